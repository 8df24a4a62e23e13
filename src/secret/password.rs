//! Passwords: the rules for new ones, and how they are hashed.

use std::fmt;

use argon2::{Argon2, PasswordHasher};
use sha_crypt::ShaCrypt;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// The fewest characters of a new password.
const SHORTEST: usize = 8;
/// The most characters of a new password.
const LONGEST: usize = 64;
/// Bytes of salt in a SHA-256-crypt hash: eight characters. The C library takes at most sixteen, so the
/// crate's own choice of 22 could not be verified by it.
const SHA_CRYPT_SALT: usize = 6;
/// Bytes of salt in an Argon2 hash.
pub(super) const ARGON2_SALT: usize = 16;

/// How a stored password is hashed, told by the mark it starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `$5$`
    Sha256Crypt,
    /// `$6$`
    Sha512Crypt,
    /// `$y$`
    Yescrypt,
    /// `$argon2id$`
    Argon2id,
    /// Any other; it is kept as it stands and no password matches it.
    Unknown,
}

/// How a new password is to be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewScheme {
    /// Argon2id in PHC string format: strong, for usher alone.
    Argon2id,
    /// SHA-256-crypt, `$5$`: what Proxmox VE writes and every C library reads.
    Sha256Crypt,
}

/// A password hash as it is stored. Shown as its scheme only.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(Zeroizing<String>);

impl PasswordHash {
    /// A hash read from where it is stored, taken as it is.
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The hash itself, to be stored or verified.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How it was made.
    pub fn scheme(&self) -> Scheme {
        let known = [
            ("$5$", Scheme::Sha256Crypt),
            ("$6$", Scheme::Sha512Crypt),
            ("$y$", Scheme::Yescrypt),
            ("$argon2id$", Scheme::Argon2id),
        ];
        known.iter().find(|(mark, _)| self.0.starts_with(mark)).map_or(Scheme::Unknown, |(_, scheme)| *scheme)
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PasswordHash({:?})", self.scheme())
    }
}

/// A password somebody may choose: 8 to 64 characters, none of them a control character.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(Zeroizing<String>);

impl NewPassword {
    /// Checks a password against the rules.
    ///
    /// # Errors
    /// A refused parameter `password`, saying which rule is broken.
    pub fn new(text: Zeroizing<String>) -> Result<Self> {
        let length = text.chars().count();
        if length < SHORTEST {
            Err(refused(format!("value must be at least {SHORTEST} characters long")))
        } else if length > LONGEST {
            Err(refused(format!("value may only be {LONGEST} characters long")))
        } else if text.contains(char::is_control) {
            Err(refused("value must not contain control characters or line breaks".to_owned()))
        } else {
            Ok(Self(text))
        }
    }

    /// A password nobody chose: a hundred random bits, in letters and digits that are not mistaken for each other.
    ///
    /// # Errors
    /// [`Error::Refused`] when the system gives no random numbers.
    pub fn generate() -> Result<Self> {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let mut text = Zeroizing::new(String::with_capacity(LONGEST));
        for (place, byte) in random::<20>()?.into_iter().enumerate() {
            if place > 0 && place.is_multiple_of(5) {
                text.push('-');
            }
            text.extend(LETTERS.get(usize::from(byte & 31)).copied().map(char::from));
        }
        Self::new(text)
    }

    /// The password itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn refused(message: String) -> Error {
    Error::parameter("password", message)
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("NewPassword(..)")
    }
}

/// Hashes a password with a fresh random salt. Takes a while on purpose: never call it under a lock.
///
/// # Errors
/// If the system gives no randomness or not enough memory.
pub fn hash(password: &str, scheme: NewScheme) -> Result<PasswordHash> {
    match scheme {
        NewScheme::Argon2id => argon2id(password, random::<ARGON2_SALT>()?),
        NewScheme::Sha256Crypt => sha256_crypt(password, random::<SHA_CRYPT_SALT>()?),
    }
}

fn argon2id(password: &str, salt: [u8; ARGON2_SALT]) -> Result<PasswordHash> {
    let made = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map_err(failed)?;
    Ok(PasswordHash::from_stored(made.to_string()))
}

fn sha256_crypt(password: &str, salt: [u8; SHA_CRYPT_SALT]) -> Result<PasswordHash> {
    let made = ShaCrypt::SHA256.hash_password_with_salt(password.as_bytes(), &salt).map_err(failed)?;
    // 5000 rounds are what the scheme means when it names none, and not every reader knows the long form.
    Ok(PasswordHash::from_stored(made.as_str().replacen("$rounds=5000$", "$", 1)))
}

fn failed(reason: impl fmt::Display) -> Error {
    Error::refused(format!("cannot hash the password: {reason}"))
}

/// Random bytes from the system.
///
/// # Errors
/// [`Error::Refused`] when the system gives none.
pub fn random<const LENGTH: usize>() -> Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes)
        .map_err(|reason| Error::refused(format!("the system gives no random numbers: {reason}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha_crypt::PasswordVerifier;

    fn new(text: &str) -> std::result::Result<String, String> {
        NewPassword::new(Zeroizing::new(text.to_owned()))
            .map(|password| password.as_str().to_owned())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(new("12345678"), Ok("12345678".into()));
        assert_eq!(new("äöüäöüäö"), Ok("äöüäöüäö".into()));
        assert_eq!(new("äöüäöüä"), Err("password: value must be at least 8 characters long".into()));
        assert!(new(&"ä".repeat(64)).is_ok());
        assert_eq!(new(&"x".repeat(65)), Err("password: value may only be 64 characters long".into()));
    }

    #[test]
    fn control_characters_are_refused() {
        for text in ["12345678\n", "1234\u{0}5678", "1234\t5678", "1234\u{9b}5678"] {
            let message = new(text).unwrap_err();
            assert_eq!(message, "password: value must not contain control characters or line breaks");
        }
    }

    #[test]
    fn sha256_crypt_is_what_the_c_library_makes() {
        // openssl passwd -5 -salt SALT PASSWORD
        let vectors = [
            ("password", [0; 6], "$5$........$LAlX6UbsmBwxIHeTEZER8qUzJLDl7Y0/n44qluBBIJ/"),
            (
                "correct horse",
                [1, 2, 3, 250, 251, 252],
                "$5$/6k.ujDz$aRhukA3HWJRi2G4riwhOYcIbFaGk/afeFzhtqbjlzFA",
            ),
            ("pässwört", [255; 6], "$5$zzzzzzzz$yQLtM0DQjaebW9yHVA3TGJoHc7Sag03ZgdnL5iWIJ41"),
        ];
        for (password, salt, expected) in vectors {
            assert_eq!(sha256_crypt(password, salt).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn a_hash_of_libcrypt_verifies() {
        let stored = "$5$saltsalt$gOjOtoMpVhru2uyjeJSEc/JaLQWOXMNmlOnj6T4AtC.";
        assert!(ShaCrypt::SHA256.verify_password(b"password", stored).is_ok());
        assert!(ShaCrypt::SHA256.verify_password(b"something else", stored).is_err());
    }

    #[test]
    fn a_fresh_sha256_crypt_hash_has_the_short_form() {
        let made = hash("correct horse", NewScheme::Sha256Crypt).unwrap();
        let parts: Vec<&str> = made.as_str().split('$').collect();
        let [before, mark, salt, digest] = parts.as_slice() else { panic!("{} parts", parts.len()) };
        assert_eq!((*before, *mark, salt.len(), digest.len()), ("", "5", 8, 43));
        assert!(salt.chars().all(|one| one.is_ascii_alphanumeric() || "./".contains(one)));
        assert!(ShaCrypt::SHA256.verify_password(b"correct horse", made.as_str()).is_ok());
        assert_ne!(made, hash("correct horse", NewScheme::Sha256Crypt).unwrap());
    }

    #[test]
    fn a_fresh_argon2id_hash_is_a_phc_string_with_the_crate_s_costs() {
        let made = hash("correct horse", NewScheme::Argon2id).unwrap();
        assert!(made.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", made.as_str());
        assert!(!made.as_str().contains(':'), "would split a line of the password file");
        assert_eq!(made.scheme(), Scheme::Argon2id);
        let parsed = argon2::PasswordHash::new(made.as_str()).unwrap();
        assert!(
            argon2::PasswordVerifier::verify_password(&Argon2::default(), b"correct horse", &parsed).is_ok()
        );
        assert!(
            argon2::PasswordVerifier::verify_password(&Argon2::default(), b"correct hors", &parsed).is_err()
        );
    }

    #[test]
    fn the_scheme_is_told_by_its_mark() {
        let schemes = [
            ("$5$saltsalt$x", Scheme::Sha256Crypt),
            ("$6$rounds=1000$salt$x", Scheme::Sha512Crypt),
            ("$y$j9T$salt$x", Scheme::Yescrypt),
            ("$argon2id$v=19$x", Scheme::Argon2id),
            ("$argon2i$v=19$x", Scheme::Unknown),
            ("$1$salt$x", Scheme::Unknown),
            ("*", Scheme::Unknown),
            ("", Scheme::Unknown),
        ];
        for (text, scheme) in schemes {
            let stored = PasswordHash::from_stored(text);
            assert_eq!(stored.scheme(), scheme, "{text}");
            assert_eq!(stored.as_str(), text);
        }
    }

    #[test]
    fn debug_tells_no_secret() {
        let shown = format!("{:?}", PasswordHash::from_stored("$5$saltsalt$digest"));
        assert_eq!(shown, "PasswordHash(Sha256Crypt)");
        let shown = format!("{:?}", NewPassword::new(Zeroizing::new("correct horse".into())).unwrap());
        assert_eq!(shown, "NewPassword(..)");
    }
}
