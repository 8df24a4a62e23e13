//! What security keys are told about this place: they answer nobody else.

use crate::error::{Error, Result};

/// Who asks WebAuthn keys (W3C Web Authentication Level 3, section 4: relying party).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    /// The name people see.
    pub name: String,
    /// The domain keys are registered for.
    pub id: String,
    /// The origin of the page that asks the browser: `https://pve.example.com:8006`.
    pub origin: String,
    /// Whether pages of subdomains of the origin may ask, too.
    pub allow_subdomains: bool,
}

impl RelyingParty {
    /// A relying party.
    ///
    /// # Errors
    /// [`Error::Invalid`] when `id` is no domain, `origin` is none, or lies outside of the domain.
    pub fn new(id: &str, origin: &str, name: Option<&str>, allow_subdomains: bool) -> Result<Self> {
        let id = id.to_ascii_lowercase();
        let labels = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        if id.is_empty() || id.starts_with('.') || id.ends_with('.') || !id.bytes().all(labels) {
            return Err(Error::invalid(format!("'{id}' is no domain")).with_hint("'pve.example.com'"));
        }
        let origin = Origin::parse(origin)?;
        let within =
            origin.host.strip_suffix(&id).is_some_and(|front| front.is_empty() || front.ends_with('.'));
        if !within {
            return Err(Error::invalid(format!("'{}' does not lie in the domain '{id}'", origin.text))
                .with_hint("the id is the host of the origin, or a domain above it"));
        }
        let name = name.map_or_else(|| id.clone(), str::to_owned);
        Ok(Self { name, id, origin: origin.text, allow_subdomains })
    }
}

/// Who asks U2F keys (FIDO AppID and Facet Specification v1.0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct U2fApplication {
    /// The AppID keys are registered for.
    pub id: String,
    /// The origin of the page that asks the browser.
    pub origin: String,
}

impl U2fApplication {
    /// An application. Without an `origin` the AppID is the one, if it has no path.
    ///
    /// # Errors
    /// [`Error::Invalid`] when `id` is no address, or there is no origin.
    pub fn new(id: &str, origin: Option<&str>) -> Result<Self> {
        let address = id.strip_prefix("https://").or_else(|| id.strip_prefix("http://"));
        if address.is_none_or(str::is_empty) || id.contains(char::is_whitespace) {
            return Err(
                Error::invalid(format!("'{id}' is no AppID")).with_hint("'https://pve.example.com:8006'")
            );
        }
        let origin = match origin {
            Some(origin) => Origin::parse(origin)?,
            None => Origin::parse(id).map_err(|error| error.with_hint("give the origin as well"))?,
        };
        Ok(Self { id: id.to_owned(), origin: origin.text })
    }
}

/// Scheme, host and port of a page, as browsers write them (RFC 6454).
struct Origin {
    host: String,
    text: String,
}

impl Origin {
    fn parse(text: &str) -> Result<Self> {
        let invalid = || {
            Error::invalid(format!("'{text}' is no origin"))
                .with_hint("'https://pve.example.com:8006', without a path")
        };
        let lower = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
        let (scheme, rest) = lower.split_once("://").ok_or_else(invalid)?;
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"/\\?#@%,\"'<>".contains(&byte);
        // Browsers let keys be used over plain HTTP on the machine itself only.
        let secure = scheme == "https" || (scheme == "http" && host == "localhost");
        if !secure || host.is_empty() || !host.bytes().all(plain) {
            return Err(invalid());
        }
        let port = port.map(|port| port.parse::<u16>().map_err(|_| invalid())).transpose()?;
        let usual = if scheme == "https" { 443 } else { 80 };
        let text = match port.filter(|port| *port != usual) {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        };
        Ok(Self { host: host.to_owned(), text })
    }
}

/// What is said about this place, to keys of both protocols; `None`: they cannot be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySettings {
    /// To WebAuthn keys.
    pub webauthn: Option<RelyingParty>,
    /// To U2F keys.
    pub u2f: Option<U2fApplication>,
}

impl KeySettings {
    /// What is said here, and `other` where nothing is.
    pub fn or(self, other: Self) -> Self {
        Self { webauthn: self.webauthn.or(other.webauthn), u2f: self.u2f.or(other.u2f) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relying_parties() {
        for (id, origin, written) in [
            ("example.com", "https://example.com", "https://example.com"),
            ("Example.com", "https://PVE.example.com:8006/", "https://pve.example.com:8006"),
            ("example.com", "https://example.com:443", "https://example.com"),
            ("localhost", "http://localhost:8006", "http://localhost:8006"),
        ] {
            let party = RelyingParty::new(id, origin, None, true).unwrap();
            assert_eq!((party.origin.as_str(), party.name), (written, id.to_ascii_lowercase()));
        }
        for (id, origin) in [
            ("", "https://example.com"),
            ("https://example.com", "https://example.com"),
            ("example.com.", "https://example.com"),
            ("example.com", "http://example.com"),
            ("example.com", "example.com"),
            ("example.com", "https://badexample.com"),
            ("example.com", "https://example.com.evil.net"),
            ("pve.example.com", "https://example.com"),
            ("example.com", "https://example.com/path"),
            ("example.com", "https://joe@example.com"),
            ("example.com", "https://example.com:x"),
        ] {
            assert!(RelyingParty::new(id, origin, None, true).is_err(), "{id} {origin}");
        }
    }

    #[test]
    fn applications() {
        let origin =
            |id: &str, origin: Option<&str>| U2fApplication::new(id, origin).map(|one| one.origin).ok();
        let here = || Some("https://pve.example.com:8006".to_owned());
        assert_eq!(origin("https://pve.example.com:8006", None), here());
        assert_eq!(origin("https://example.com/facets.json", here().as_deref()), here());
        assert_eq!(origin("https://example.com/facets.json", None), None);
        for id in ["", "example.com", "https://", "https://a b"] {
            assert_eq!(origin(id, here().as_deref()), None, "{id}");
        }
    }
}
