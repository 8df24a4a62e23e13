//! The RSA keys tickets are signed with, and how long what they signed counts.

use super::digest::failed;
use crate::error::{Error, Result};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private, Public};
use openssl::rsa::Rsa;
use openssl::sign::{Signer, Verifier};
use std::fmt;
use std::ops::Range;
use zeroize::Zeroizing;

/// A key is replaced when it is so old, in seconds.
pub const KEY_LIFETIME: i64 = 24 * 3600;
/// A ticket counts for less than this, in seconds.
pub const TICKET_LIFETIME: i64 = 2 * 3600;
/// Clocks may be so far apart, in seconds.
pub const TOLERANCE: i64 = 300;

const BITS: u32 = 2048;

/// The digest a ticket is signed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// SHA-1: what the original signs and verifies with.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl Digest {
    fn algorithm(self) -> MessageDigest {
        match self {
            Self::Sha1 => MessageDigest::sha1(),
            Self::Sha256 => MessageDigest::sha256(),
        }
    }
}

/// A key that signs.
pub struct SigningKey(PKey<Private>);

impl SigningKey {
    /// A fresh key of 2048 bits. Takes a while: never call it under a lock.
    ///
    /// # Errors
    /// If OpenSSL refuses.
    pub fn generate() -> Result<Self> {
        let key = Rsa::generate(BITS).and_then(PKey::from_rsa);
        Ok(Self(key.map_err(|fault| failed("make a key", &fault))?))
    }

    /// Reads a key as it is stored: PEM.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is no RSA key; what it holds is not shown.
    pub fn from_pem(text: &[u8]) -> Result<Self> {
        let key = PKey::private_key_from_pem(text).ok().filter(|key| key.rsa().is_ok());
        Ok(Self(key.ok_or_else(|| unreadable("private"))?))
    }

    /// The key as it is stored, `RSA PRIVATE KEY`.
    ///
    /// # Errors
    /// If OpenSSL refuses.
    pub fn to_pem(&self) -> Result<Zeroizing<Vec<u8>>> {
        let pem = self.0.rsa().and_then(|key| key.private_key_to_pem());
        Ok(Zeroizing::new(pem.map_err(|fault| failed("write a key", &fault))?))
    }

    /// The public part as it is stored, `PUBLIC KEY`.
    ///
    /// # Errors
    /// If OpenSSL refuses.
    pub fn public_pem(&self) -> Result<Vec<u8>> {
        self.0.public_key_to_pem().map_err(|fault| failed("write a key", &fault))
    }

    pub(super) fn sign(&self, digest: Digest, text: &[u8]) -> Result<Vec<u8>> {
        let signed =
            Signer::new(digest.algorithm(), &self.0).and_then(|mut signer| signer.sign_oneshot_to_vec(text));
        signed.map_err(|fault| failed("sign a ticket", &fault))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SigningKey(..)")
    }
}

/// A key that verifies.
pub struct VerifyingKey(PKey<Public>);

impl VerifyingKey {
    /// Reads a key as it is stored: PEM.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is no RSA key.
    pub fn from_pem(text: &[u8]) -> Result<Self> {
        let key = PKey::public_key_from_pem(text).ok().filter(|key| key.rsa().is_ok());
        Ok(Self(key.ok_or_else(|| unreadable("public"))?))
    }

    /// Whether this is the other half of a key that signs.
    pub fn belongs_to(&self, key: &SigningKey) -> bool {
        self.0.public_eq(&key.0)
    }

    /// Whether the signature is one of this key, over either digest: the original's library was changed
    /// from one to the other.
    pub(super) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        [Digest::Sha1, Digest::Sha256].into_iter().any(|digest| {
            Verifier::new(digest.algorithm(), &self.0)
                .and_then(|mut verifier| verifier.verify_oneshot(signature, text))
                .unwrap_or(false)
        })
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("VerifyingKey(..)")
    }
}

fn unreadable(half: &str) -> Error {
    Error::refused(format!("the {half} key for tickets is no RSA key in PEM"))
        .with_hint("remove the key files; new ones are made, and all tickets end")
}

/// A key with the time since it was put in place, in seconds.
#[derive(Debug)]
pub struct Aged {
    /// The key.
    pub key: VerifyingKey,
    /// Its age.
    pub age: i64,
}

/// The keys whose tickets count.
#[derive(Debug)]
pub struct Keyring {
    /// The one that signs now.
    pub current: Aged,
    /// The one that signed before; its age counts from the rotation.
    pub previous: Option<Aged>,
}

/// How old a ticket may be that the current key of this age signed, in seconds: inside the range.
pub(super) fn ages_of_current(age: i64) -> Range<i64> {
    match age.max(0) {
        // It cannot be older than the key, clocks aside.
        young if young < TICKET_LIFETIME => -TOLERANCE + 1..young + TOLERANCE,
        grown if grown <= KEY_LIFETIME => -TOLERANCE + 1..TICKET_LIFETIME,
        // Signed when the key should have been replaced already.
        old => old - KEY_LIFETIME + 1..TICKET_LIFETIME,
    }
}

/// The same for the previous key, so long after the rotation.
pub(super) fn ages_of_previous(age: i64) -> Range<i64> {
    age.max(0) - TOLERANCE + 1..TICKET_LIFETIME
}

/// Whether a key of this age is to be replaced: it is a day old, or dated in the future.
pub fn is_due(age: i64) -> bool {
    !(-TOLERANCE..KEY_LIFETIME).contains(&age)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_old_a_ticket_may_be() {
        for (key, accepted, refused) in [
            (-50, &[-299, 0, 299][..], &[-300, 300][..]),
            (0, &[-299, 0, 299], &[-300, 300]),
            (100, &[-299, 399], &[-300, 400]),
            (7199, &[-299, 7498], &[-300, 7499]),
            (7200, &[-299, 7199], &[-300, 7200]),
            (86_400, &[-299, 7199], &[-300, 7200]),
            (86_401, &[2, 7199], &[-1, 0, 1, 7200]),
            (86_400 + 7199, &[], &[0, 7198, 7199, 7200]),
            (1_000_000, &[], &[0, 7199, 913_601]),
        ] {
            let ages = ages_of_current(key);
            for age in accepted {
                assert!(ages.contains(age), "key {key}, ticket {age}");
            }
            for age in refused {
                assert!(!ages.contains(age), "key {key}, ticket {age}");
            }
        }
        for (key, accepted, refused) in [
            (-9, &[-299, 0, 7199][..], &[-300, 7200][..]),
            (300, &[1, 7199], &[0, 7200]),
            (7000, &[6701, 7199], &[6700, 7200]),
            (7499, &[], &[7199, 7200]),
        ] {
            let ages = ages_of_previous(key);
            assert!(accepted.iter().all(|age| ages.contains(age)), "previous {key}: {ages:?}");
            assert!(!refused.iter().any(|age| ages.contains(age)), "previous {key}: {ages:?}");
        }
    }

    #[test]
    fn a_key_is_due_after_a_day() {
        for (age, due) in [(0, false), (86_399, false), (86_400, true), (-300, false), (-301, true)] {
            assert_eq!(is_due(age), due, "{age}");
        }
    }

    #[test]
    fn keys_survive_their_files() {
        let key = SigningKey::generate().unwrap();
        let pem = key.to_pem().unwrap();
        assert!(pem.starts_with(b"-----BEGIN RSA PRIVATE KEY-----\n"));
        let public = key.public_pem().unwrap();
        assert!(public.starts_with(b"-----BEGIN PUBLIC KEY-----\n"));
        let again = SigningKey::from_pem(&pem).unwrap();
        let other = SigningKey::generate().unwrap();
        let verifying = VerifyingKey::from_pem(&public).unwrap();
        assert!(verifying.belongs_to(&again) && !verifying.belongs_to(&other));
        for digest in [Digest::Sha1, Digest::Sha256] {
            let signature = again.sign(digest, b"text").unwrap();
            assert!(verifying.verifies(b"text", &signature) && !verifying.verifies(b"texts", &signature));
            assert!(!verifying.verifies(b"text", &other.sign(digest, b"text").unwrap()));
            assert!(!verifying.verifies(b"text", &[]) && !verifying.verifies(b"text", &signature[1..]));
        }
        let shown = format!("{again:?} {verifying:?}");
        assert_eq!(shown, "SigningKey(..) VerifyingKey(..)");
    }

    #[test]
    fn what_is_no_key_is_refused_without_showing_it() {
        for text in ["", "hush", "-----BEGIN PUBLIC KEY-----\naHVzaA==\n-----END PUBLIC KEY-----\n"] {
            for error in [
                SigningKey::from_pem(text.as_bytes()).unwrap_err(),
                VerifyingKey::from_pem(text.as_bytes()).unwrap_err(),
            ] {
                assert!(!error.to_string().contains("hush"), "{error}");
            }
        }
    }
}
