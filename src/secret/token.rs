//! Secrets of API tokens.

use std::fmt;

use zeroize::Zeroizing;

use super::digest::{same, sha256, to_hex};
use super::password::random;
use crate::error::Result;

/// What begins a stored secret that is only a digest.
const DIGEST: &str = "$sha256$";

/// In which form secrets of API tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretForm {
    /// As they are, which the original needs to verify them.
    Clear,
    /// As SHA-256 digests. A secret of 122 random bits needs neither salt nor slowness.
    Hashed,
}

/// The secret of an API token: a random UUID. Never shown unless asked by name.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret(Zeroizing<String>);

impl TokenSecret {
    /// A fresh secret: 122 random bits as a UUID of version 4, lower case, with hyphens.
    ///
    /// # Errors
    /// If the system gives no randomness.
    pub fn generate() -> Result<Self> {
        let bytes = Zeroizing::new(random()?);
        let made = uuid::Builder::from_random_bytes(*bytes).into_uuid();
        Ok(Self(Zeroizing::new(made.hyphenated().to_string())))
    }

    /// A secret read from where it is stored, taken as it is.
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Whether somebody presents this secret; how long the answer takes does not tell how much of it is
    /// right. A secret that is kept as a digest is found by that; the digest itself is no secret.
    pub fn is(&self, presented: &str) -> bool {
        match self.0.starts_with(DIGEST) {
            true => same(self.0.as_bytes(), hashed(presented).as_bytes()),
            false => same(self.0.as_bytes(), presented.as_bytes()),
        }
    }

    /// The text that is kept of a fresh secret.
    pub fn kept(&self, form: SecretForm) -> Zeroizing<String> {
        match form {
            SecretForm::Clear => self.0.clone(),
            SecretForm::Hashed => Zeroizing::new(hashed(&self.0)),
        }
    }

    /// The secret itself, to be shown once to its owner.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TokenSecret(..)")
    }
}

fn hashed(secret: &str) -> String {
    format!("{DIGEST}{}", to_hex(&sha256(secret.as_bytes())))
}

/// A random UUID of version 4: a name nothing else has.
///
/// # Errors
/// If the system gives no randomness.
pub fn new_id() -> Result<String> {
    Ok(uuid::Builder::from_random_bytes(random()?).into_uuid().hyphenated().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_secret_is_a_lower_case_uuid_of_version_4() {
        let secret = TokenSecret::generate().unwrap();
        let text = secret.as_str();
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(text.chars().all(|one| matches!(one, '0'..='9' | 'a'..='f' | '-')), "{text}");
        assert_eq!(text.chars().nth(14), Some('4'));
        assert!(matches!(text.chars().nth(19), Some('8' | '9' | 'a' | 'b')), "{text}");
        assert_ne!(secret, TokenSecret::generate().unwrap());
    }

    #[test]
    fn a_secret_is_recognised_by_what_is_kept_of_it() {
        let secret = TokenSecret::generate().unwrap();
        for form in [SecretForm::Clear, SecretForm::Hashed] {
            let kept = secret.kept(form);
            let stored = TokenSecret::from_stored(kept.as_str());
            assert!(stored.is(secret.as_str()), "{form:?}");
            for wrong in ["", "x", &secret.as_str().to_uppercase(), &format!("{} ", secret.as_str())] {
                assert!(!stored.is(wrong), "{form:?} {wrong}");
            }
            assert_eq!(stored.is(&kept), form == SecretForm::Clear, "{form:?}: what is kept");
            assert_eq!(kept.contains(secret.as_str()), form == SecretForm::Clear);
        }
        // printf 7fe154d3 | sha256sum
        let kept = TokenSecret::from_stored("7fe154d3").kept(SecretForm::Hashed);
        assert_eq!(*kept, "$sha256$c7285789cdcd39793ec88bb268f25350eda848a358fe7d4f4d42478aa61997db");
    }

    #[test]
    fn debug_tells_no_secret() {
        assert_eq!(format!("{:?}", TokenSecret::from_stored("7fe154d3")), "TokenSecret(..)");
    }
}
