//! What a realm's properties say about its servers.

use crate::error::{Error, Result};
use crate::model::realm::Realm;
use crate::model::shell::Command;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;
use zeroize::Zeroizing;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Not at all: everything, passwords included, can be read on the way.
    Plain,
    /// TLS from the first byte.
    Tls,
    /// TLS after a request on the plain connection (RFC 4511, section 4.14).
    StartTls,
}

/// The TLS version of the property `sslversion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsVersion {
    /// TLS 1.2 (RFC 5246) and nothing else.
    Tls12,
    /// TLS 1.3 (RFC 8446) and nothing else.
    Tls13,
}

/// A password, wiped from memory when dropped and never printed.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The password.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("(hidden)")
    }
}

/// Who the session is, to the server.
#[derive(Clone, Debug)]
pub enum Bind {
    /// Nobody: an anonymous simple bind (RFC 4513, section 5.1.1).
    Anonymous,
    /// A DN with its password.
    Simple {
        /// The DN; Active Directory takes other forms of name too.
        dn: String,
        /// Its password, which is not empty.
        password: Secret,
    },
    /// Whoever the client certificate says; no bind is sent.
    ClientCertificate,
}

/// How long a server may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOuts {
    /// For each of: looking up the name, the TCP connection, the TLS handshake.
    pub connect: Duration,
    /// For one answer: a bind, or the next entry of a search.
    pub operation: Duration,
    /// For all answers of a session together.
    pub total: Duration,
}

impl Default for TimeOuts {
    /// 10 seconds as the original, half a minute, and 10 minutes.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            operation: Duration::from_secs(30),
            total: Duration::from_secs(600),
        }
    }
}

/// What has to be known to open a session.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the realm, for messages.
    pub realm: String,
    /// The servers in the order they are tried.
    pub servers: Vec<String>,
    /// Their port.
    pub port: u16,
    /// How the connection is protected.
    pub mode: Mode,
    /// Whether the server's certificate must be right.
    pub verify: bool,
    /// File or directory with the certificates of trusted authorities; `None`: those of the system.
    pub authorities: Option<PathBuf>,
    /// Files with the client's certificate and its key. They are sent only with `verify`.
    pub client_certificate: Option<(PathBuf, PathBuf)>,
    /// The only TLS version to speak; `None`: 1.2 or 1.3.
    pub tls_version: Option<TlsVersion>,
    /// Who the session is.
    pub bind: Bind,
    /// The DN to search below; `None`: the server tells.
    pub base: Option<String>,
    /// How long the server may take.
    pub time_outs: TimeOuts,
}

impl Settings {
    /// The settings of a realm, which binds as its `bind_dn` with `bind_password`.
    ///
    /// # Errors
    /// [`Error::Refused`] when no server stands behind the realm, when it has a bind DN and no password or
    /// an empty one, and for TLS versions that are broken.
    pub fn of(realm: &Realm, bind_password: Option<Zeroizing<String>>) -> Result<Self> {
        let mut settings = Self::without_bind(realm)?;
        settings.bind = bind(realm, bind_password)?;
        Ok(settings)
    }

    /// The settings of a realm for a session that does not bind as the realm's own user, as sign-in at
    /// an Active Directory does.
    ///
    /// # Errors
    /// As [`Settings::of`], but for the password.
    pub fn without_bind(realm: &Realm) -> Result<Self> {
        if !realm.kind().has_server() {
            return Err(Error::refused(format!(
                "realm '{}' is of type '{}': no directory server stands behind it",
                realm.id(),
                realm.kind()
            ))
            .with_hint("only realms of type ldap and ad have one"));
        }
        let mode = mode(realm);
        let path = |name: &str| realm.get(name).map(PathBuf::from);
        let default_port = if mode == Mode::Tls { 636 } else { 389 };
        Ok(Self {
            realm: realm.id().to_string(),
            servers: ["server1", "server2"]
                .iter()
                .filter_map(|name| realm.get(name))
                .map(str::to_owned)
                .collect(),
            port: realm.get("port").and_then(|port| port.parse().ok()).unwrap_or(default_port),
            mode,
            verify: realm.get("verify") == Some("1"),
            authorities: path("capath"),
            client_certificate: path("cert").zip(path("certkey")),
            tls_version: if mode == Mode::Plain { None } else { tls_version(realm)? },
            bind: Bind::Anonymous,
            base: realm.get("base_dn").map(str::to_owned),
            time_outs: TimeOuts::default(),
        })
    }

    /// The address of a server as messages show it.
    pub(super) fn address(&self, server: &str) -> String {
        let scheme = if self.mode == Mode::Tls { "ldaps" } else { "ldap" };
        let colons = server.contains(':');
        let (open, close) = if colons { ("[", "]") } else { ("", "") };
        format!("{scheme}://{open}{server}{close}:{}", self.port)
    }
}

/// What is dangerous about how a realm speaks to its server, in sentences. The original takes all of it
/// in silence.
pub fn dangers(realm: &Realm) -> Vec<String> {
    let id = realm.id();
    let encrypted = "set --mode ldap+starttls or --mode ldaps";
    match mode(realm) {
        _ if !realm.kind().has_server() => Vec::new(),
        Mode::Plain if realm.get("bind_dn").is_some() => {
            vec![format!(
                "realm '{id}' sends its bind password and those of its users unencrypted; {encrypted}"
            )]
        }
        Mode::Plain => {
            vec![format!("realm '{id}' sends the passwords of its users unencrypted; {encrypted}")]
        }
        _ if realm.get("verify") == Some("1") => Vec::new(),
        _ => vec![format!(
            "realm '{id}' takes any certificate for its server's, so whoever stands between can read \
             along; set --verify 1, and --capath for an authority of your own"
        )],
    }
}

fn mode(realm: &Realm) -> Mode {
    match realm.get("mode") {
        Some("ldaps") => Mode::Tls,
        Some("ldap+starttls") => Mode::StartTls,
        None if realm.get("secure") == Some("1") => Mode::Tls,
        _ => Mode::Plain,
    }
}

fn tls_version(realm: &Realm) -> Result<Option<TlsVersion>> {
    match realm.get("sslversion") {
        Some("tlsv1_2") => Ok(Some(TlsVersion::Tls12)),
        Some("tlsv1_3") => Ok(Some(TlsVersion::Tls13)),
        Some(old) => Err(Error::refused(format!(
            "realm '{}': sslversion '{old}' is not spoken: TLS 1.0 and 1.1 are broken (RFC 8996)",
            realm.id()
        ))
        .with_hint("clear it, for 1.2 or 1.3 as the server likes: realm modify REALM --delete sslversion")),
        None => Ok(None),
    }
}

fn bind(realm: &Realm, password: Option<Zeroizing<String>>) -> Result<Bind> {
    let Some(dn) = realm.get("bind_dn") else {
        let certificate = realm.get("cert").is_some() && realm.get("certkey").is_some();
        return Ok(if certificate { Bind::ClientCertificate } else { Bind::Anonymous });
    };
    let set = Command::new("realm modify").about(realm.id().as_str()).option("--password");
    match password {
        None => Err(Error::refused(format!("missing password for realm {}", realm.id()))
            .with_hint(format!("it binds as '{dn}'; store a password: {set}"))),
        Some(password) if password.is_empty() => {
            Err(Error::refused(format!("empty password for realm {}", realm.id())).with_hint(format!(
                "a bind without a password proves nothing (RFC 4513, section 5.1.2); store one: {set}"
            )))
        }
        Some(password) => Ok(Bind::Simple { dn: dn.to_owned(), password: Secret(password) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::RealmId;
    use crate::model::realm::{RealmKind, Realms};

    fn realm(kind: RealmKind, values: &[(&str, &str)]) -> Realm {
        let all = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut realms = Realms::default();
        realms.add(kind, RealmId::parse("ex").unwrap(), all).unwrap();
        realms.get("ex").unwrap().clone()
    }

    fn ldap(values: &[(&str, &str)]) -> Realm {
        let mut all = vec![("base_dn", "dc=x"), ("server1", "one"), ("user_attr", "uid")];
        all.extend(values);
        realm(RealmKind::Ldap, &all)
    }

    fn password(text: &str) -> Option<Zeroizing<String>> {
        Some(Zeroizing::new(text.to_owned()))
    }

    #[test]
    fn mode_and_port() {
        for (values, mode, port) in [
            (&[][..], Mode::Plain, 389),
            (&[("secure", "1")], Mode::Tls, 636),
            (&[("secure", "0")], Mode::Plain, 389),
            (&[("secure", "1"), ("mode", "ldap")], Mode::Plain, 389),
            (&[("secure", "1"), ("mode", "ldap+starttls")], Mode::StartTls, 389),
            (&[("mode", "ldaps")], Mode::Tls, 636),
            (&[("mode", "ldaps"), ("port", "1636")], Mode::Tls, 1636),
        ] {
            let settings = Settings::of(&ldap(values), None).unwrap();
            assert_eq!((settings.mode, settings.port), (mode, port), "{values:?}");
        }
    }

    #[test]
    fn servers_in_order() {
        let settings = Settings::of(&ldap(&[("server2", "::1")]), None).unwrap();
        assert_eq!(settings.servers, ["one", "::1"]);
        assert_eq!(settings.address("::1"), "ldap://[::1]:389");
        let settings =
            Settings::of(&realm(RealmKind::Ad, &[("domain", "x"), ("server1", "a")]), None).unwrap();
        assert_eq!(settings.base, None);
    }

    #[test]
    fn binds() {
        let dn = ("bind_dn", "cn=a");
        let bind = |values: &[_], password| Settings::of(&ldap(values), password).map(|one| one.bind);
        assert!(matches!(bind(&[], None).unwrap(), Bind::Anonymous));
        assert!(matches!(bind(&[], password("x")).unwrap(), Bind::Anonymous));
        assert!(matches!(bind(&[("cert", "a"), ("certkey", "b")], None).unwrap(), Bind::ClientCertificate));
        assert!(matches!(
            bind(&[dn, ("cert", "a"), ("certkey", "b")], password("x")).unwrap(),
            Bind::Simple { .. }
        ));
        assert_eq!(bind(&[dn], None).unwrap_err().to_string(), "missing password for realm ex");
        assert_eq!(bind(&[dn], password("")).unwrap_err().to_string(), "empty password for realm ex");
        assert!(!format!("{:?}", bind(&[dn], password("s3cret"))).contains("s3cret"));
        assert!(Settings::of(Realms::default().get("pve").unwrap(), None).is_err());
    }

    #[test]
    fn broken_tls_is_refused_where_there_is_tls() {
        let refused = |values: &[_]| Settings::of(&ldap(values), None).is_err();
        assert!(refused(&[("mode", "ldaps"), ("sslversion", "tlsv1")]));
        assert!(refused(&[("mode", "ldap+starttls"), ("sslversion", "tlsv1_1")]));
        assert!(!refused(&[("sslversion", "tlsv1")]));
        assert!(!refused(&[("mode", "ldaps"), ("sslversion", "tlsv1_3")]));
    }

    #[test]
    fn what_is_dangerous() {
        let told = |values: &[_]| dangers(&ldap(values)).concat();
        assert!(told(&[("bind_dn", "cn=a")]).contains("bind password"));
        assert!(told(&[]).contains("unencrypted") && !told(&[]).contains("bind password"));
        assert!(told(&[("mode", "ldaps")]).contains("any certificate"));
        assert!(told(&[("secure", "1"), ("verify", "1")]).is_empty());
        assert!(dangers(Realms::default().get("pam").unwrap()).is_empty());
    }
}
