//! Secrets of API tokens.

use std::fmt;

use zeroize::Zeroizing;

use super::digest::same;
use super::password::random;
use crate::error::Result;

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
    /// right.
    pub fn is(&self, presented: &str) -> bool {
        same(self.0.as_bytes(), presented.as_bytes())
    }

    /// The secret itself, to be stored, or shown once to its owner.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TokenSecret(..)")
    }
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
    fn debug_tells_no_secret() {
        assert_eq!(format!("{:?}", TokenSecret::from_stored("7fe154d3")), "TokenSecret(..)");
    }
}
