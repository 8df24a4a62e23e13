//! TLS: which certificates are taken for the server's, and what is wrong with the others.

use super::settings::{Settings, TlsVersion};
use crate::error::{Error, Result};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::version::{TLS12, TLS13};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::path::Path;
use std::sync::Arc;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// Who a server says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerCertificate {
    /// The subject: `CN=ldap.example.org`.
    pub subject: String,
    /// When it expires, in seconds since 1970.
    pub expires: i64,
}

impl ServerCertificate {
    /// Reads a certificate in DER; `None` when it is none.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        Some(Self {
            subject: certificate.subject().to_string(),
            expires: certificate.validity().not_after.timestamp(),
        })
    }
}

/// Decides about the server's certificate. The name it must hold is the realm's, whatever name the
/// connection was opened with: that one cannot be an IPv6 address.
#[derive(Debug)]
struct Verifier {
    /// Looks for a trusted authority; `None`: any certificate will do.
    trusted: Option<Trusted>,
    name: ServerName<'static>,
    provider: Arc<CryptoProvider>,
}

/// Who is trusted.
#[derive(Debug)]
struct Trusted {
    authorities: Arc<WebPkiServerVerifier>,
    /// Certificates the realm itself names: a server may show one of these as its own. Many servers have
    /// a certificate they signed themselves, which is an authority's as far as its form goes.
    named: Vec<CertificateDer<'static>>,
}

impl Trusted {
    /// Checks what is left to check of a certificate the realm names: its name and its dates. That the
    /// server has the key is checked by the handshake.
    fn check_named(
        certificate: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
        let (_, parsed) = X509Certificate::from_der(certificate)
            .map_err(|_| rustls::Error::from(CertificateError::BadEncoding))?;
        let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        let validity = parsed.validity();
        if seconds > validity.not_after.timestamp() {
            return Err(CertificateError::Expired.into());
        }
        if seconds < validity.not_before.timestamp() {
            return Err(CertificateError::NotValidYet.into());
        }
        Ok(ServerCertVerified::assertion())
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let Some(trusted) = &self.trusted else { return Ok(ServerCertVerified::assertion()) };
        let name = &self.name;
        match trusted.authorities.verify_server_cert(certificate, intermediates, name, ocsp_response, now) {
            Err(_) if trusted.named.contains(certificate) => Trusted::check_named(certificate, name, now),
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        if self.trusted.is_none() {
            return Ok(HandshakeSignatureValid::assertion());
        }
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        if self.trusted.is_none() {
            return Ok(HandshakeSignatureValid::assertion());
        }
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// How TLS is spoken to `server`.
///
/// # Errors
/// [`Error::Refused`] when authorities or client certificate cannot be read, [`Error::Invalid`] when
/// `server` is no name a certificate could hold.
pub(super) fn config(settings: &Settings, server: &str) -> Result<Arc<ClientConfig>> {
    let name = ServerName::try_from(server.to_owned())
        .map_err(|_| Error::invalid(format!("'{server}' is no host name and no address")))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = match settings.tls_version {
        Some(TlsVersion::Tls12) => vec![&TLS12],
        Some(TlsVersion::Tls13) => vec![&TLS13],
        None => vec![&TLS13, &TLS12],
    };
    let trusted = if settings.verify { Some(trusted(settings, &provider)?) } else { None };
    let is_address = matches!(name, ServerName::IpAddress(_));
    let verifier = Arc::new(Verifier { trusted, name, provider: Arc::clone(&provider) });
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions)
        .map_err(|fault| Error::refused(fault.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let mut config = match settings.client_certificate.as_ref().filter(|_| settings.verify) {
        Some((certificate, key)) => {
            let chain = certificates(certificate)?;
            let private =
                PrivateKeyDer::from_pem_file(key).map_err(|fault| unreadable(key, "key", &fault))?;
            builder
                .with_client_auth_cert(chain, private)
                .map_err(|fault| Error::refused(format!("the client certificate cannot be used: {fault}")))?
        }
        None => builder.with_no_client_auth(),
    };
    config.enable_sni = !is_address;
    Ok(Arc::new(config))
}

fn trusted(settings: &Settings, provider: &Arc<CryptoProvider>) -> Result<Trusted> {
    let mut store = RootCertStore::empty();
    let (found, place) = match &settings.authorities {
        Some(path) if path.is_dir() => (in_folder(path)?, path.display().to_string()),
        Some(path) => (certificates(path)?, path.display().to_string()),
        None => (rustls_native_certs::load_native_certs().certs, "the system's store".to_owned()),
    };
    let named = if settings.authorities.is_some() { found.clone() } else { Vec::new() };
    store.add_parsable_certificates(found);
    let none = || {
        Error::refused(format!("no certificate of a trusted authority in '{place}'"))
            .with_hint("--capath names a file or a directory with certificates in PEM form")
    };
    if store.is_empty() {
        return Err(none());
    }
    let authorities = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider))
        .build()
        .map_err(|_| none())?;
    Ok(Trusted { authorities, named })
}

/// Every certificate in the files of a folder; files that hold none are passed over, as OpenSSL does.
fn in_folder(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let entries = std::fs::read_dir(path).map_err(|source| Error::io("read", path, source))?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|file| file.is_file());
    Ok(files.filter_map(|file| certificates(&file).ok()).flatten().collect())
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    CertificateDer::pem_file_iter(path)
        .and_then(|found| found.collect())
        .map_err(|fault| unreadable(path, "certificate", &fault))
}

fn unreadable(path: &Path, what: &str, fault: &rustls::pki_types::pem::Error) -> Error {
    Error::refused(format!("no {what} can be read from '{}': {fault:?}", path.display()))
        .with_hint("files are in PEM form, and usher must be allowed to read them")
}

/// What is wrong with TLS to `server`.
pub(super) fn in_words(fault: &rustls::Error, server: &str) -> Error {
    match fault {
        rustls::Error::InvalidCertificate(reason) => untrusted(reason, server),
        rustls::Error::PeerIncompatible(_) | rustls::Error::AlertReceived(_) => {
            Error::server(format!("the server '{server}' and usher cannot agree on TLS: {fault}"))
                .with_hint("usher speaks TLS 1.2 and 1.3; is sslversion set to what the server has?")
        }
        rustls::Error::InvalidMessage(_) => {
            Error::server(format!("what the server '{server}' answers is not TLS"))
                .with_hint("ldaps is usually on port 636; on port 389 it is --mode ldap+starttls")
        }
        other => Error::server(format!("TLS with the server '{server}' failed: {other}")),
    }
}

fn untrusted(reason: &CertificateError, server: &str) -> Error {
    let certificate = format!("the certificate of the server '{server}'");
    let (message, hint) = match reason {
        // The second one: an authority of the same name, but with another key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => (
            format!("{certificate} is signed by an authority that is not trusted"),
            "set --capath to the file with the authority's certificate".to_owned(),
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            (format!("{certificate} has expired"), "the server needs a new one".to_owned())
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            (format!("{certificate} is not valid yet"), "are the clocks right?".to_owned())
        }
        CertificateError::NotValidForNameContext { presented, .. } if presented.is_empty() => (
            format!("{certificate} has no subjectAltName, so it belongs to no host"),
            format!(
                "the common name alone does not count (RFC 9525): \
                 the server needs a certificate with the subjectAltName '{server}'"
            ),
        ),
        CertificateError::NotValidForNameContext { presented, .. } => (
            format!("{certificate} belongs to another host: {}", presented.join(", ")),
            "set server1 to a name the certificate holds".to_owned(),
        ),
        CertificateError::NotValidForName => (
            format!("{certificate} belongs to another host"),
            "set server1 to a name the certificate holds".to_owned(),
        ),
        CertificateError::Revoked => {
            (format!("{certificate} was revoked"), "the server needs a new one".to_owned())
        }
        CertificateError::Other(fault) if fault.to_string().contains("CaUsedAsEndEntity") => (
            format!("{certificate} was signed by the server itself, and the realm does not name it"),
            "set --capath to a file with this very certificate, if you know that it is the right one"
                .to_owned(),
        ),
        CertificateError::Other(fault) if fault.to_string().contains("UnsupportedCertVersion") => (
            format!("{certificate} is of version 1, which has no subjectAltName"),
            "the server needs a certificate of version 3".to_owned(),
        ),
        other => return Error::server(format!("{certificate} is not taken: {other}")),
    };
    Error::server(message).with_hint(hint)
}
