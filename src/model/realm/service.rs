//! Services of PAM.

use crate::error::{Error, Result};
use std::borrow::Cow;

/// The name of a service of PAM: the file with the rules an account is judged by, below `/etc/pam.d` as
/// pam.d(5) has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PamService(Cow<'static, str>);

impl PamService {
    /// The service of the original.
    pub const ORIGINAL: Self = Self(Cow::Borrowed("proxmox-ve-auth"));

    /// The service of usher.
    pub const OWN: Self = Self(Cow::Borrowed("usher"));

    /// Reads a name: small letters, digits, `.`, `_`, `-`, and a letter or digit first. PAM would find capital
    /// letters in small ones, and a path in a name with a slash.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is anything else.
    pub fn parse(text: &str) -> Result<Self> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let all = text.bytes().all(|byte| plain(byte) || b"._-".contains(&byte));
        if !all || !text.bytes().next().is_some_and(plain) {
            return Err(Error::invalid(format!("'{text}' is no name of a PAM service"))
                .with_hint("it is the name of a file in /etc/pam.d"));
        }
        Ok(Self(Cow::Owned(text.to_owned())))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for text in ["usher", "proxmox-ve-auth", "runuser-l", "2fa", "a.b_c"] {
            assert_eq!(PamService::parse(text).unwrap().as_str(), text);
        }
        for text in ["", ".", "..", "../usher", "/etc/shadow", "a/b", "Usher", "a b", "a\0", "-x", "_x", "ä"]
        {
            assert!(PamService::parse(text).is_err(), "{text:?}");
        }
        for service in [PamService::ORIGINAL, PamService::OWN] {
            assert_eq!(PamService::parse(service.as_str()).unwrap(), service);
        }
    }
}
