//! Recovery keys: how they are made, stored and recognised.

use super::digest::{hmac_sha256, same, to_hex};
use super::password::random;
use crate::error::Result;
use crate::model::tfa::RecoveryKeys;
use zeroize::Zeroizing;

/// How many keys a set has.
pub const COUNT: usize = 10;

/// The random parts of a set of keys.
pub struct Randomness {
    /// What the keys are hashed with.
    pub secret: [u8; 8],
    /// The keys.
    pub keys: Zeroizing<[[u8; 8]; COUNT]>,
}

impl Randomness {
    /// Fresh from the system.
    ///
    /// # Errors
    /// If the system gives none.
    pub fn fresh() -> Result<Self> {
        let mut keys = Zeroizing::new([[0; 8]; COUNT]);
        for key in keys.iter_mut() {
            *key = random()?;
        }
        Ok(Self { secret: random()?, keys })
    }
}

/// Makes a set of keys: what is stored, and the keys themselves, `xxxx-xxxx-xxxx-xxxx`, which are shown once.
///
/// # Errors
/// If the digest cannot be computed.
pub fn generate(randomness: &Randomness, now: i64) -> Result<(RecoveryKeys, Vec<Zeroizing<String>>)> {
    let secret = to_hex(&randomness.secret);
    let mut hashes = Vec::with_capacity(COUNT);
    let mut keys = Vec::with_capacity(COUNT);
    for bytes in randomness.keys.iter() {
        let parts: Vec<String> = bytes.chunks(2).map(to_hex).collect();
        let key = Zeroizing::new(parts.join("-"));
        hashes.push(hash(&secret, &key)?);
        keys.push(key);
    }
    Ok((RecoveryKeys::new(secret, hashes, now), keys))
}

/// Uses up `key`; tells whether it was one that could still be used.
///
/// # Errors
/// If the digest cannot be computed.
pub fn spend(stored: &mut RecoveryKeys, key: &str) -> Result<bool> {
    let wanted = hash(&stored.secret, key)?;
    let mut found = None;
    // All are compared, so that the time does not tell which one it was.
    for (place, entry) in stored.entries.iter().enumerate() {
        if entry.as_ref().is_some_and(|entry| same(entry.as_bytes(), wanted.as_bytes())) {
            found = Some(place);
        }
    }
    match found.and_then(|place| stored.entries.get_mut(place)) {
        Some(entry) => {
            *entry = None;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// The key of the digest is the text of the hexadecimal digits, not the bytes they stand for.
fn hash(secret: &str, key: &str) -> Result<String> {
    Ok(to_hex(&hmac_sha256(secret.as_bytes(), key.as_bytes())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted() -> Randomness {
        let mut keys = Zeroizing::new([[0; 8]; COUNT]);
        for (place, key) in keys.iter_mut().enumerate() {
            *key = [place as u8; 8];
        }
        Randomness { secret: [0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77], keys }
    }

    #[test]
    fn the_digest_is_keyed_with_the_digits_as_text() {
        // printf 0101-0101-0101-0101 | openssl dgst -sha256 -hmac 0011223344556677
        let (stored, keys) = generate(&counted(), 7).unwrap();
        assert_eq!((stored.secret.as_str(), stored.created), ("0011223344556677", 7));
        assert_eq!(*keys[1], "0101-0101-0101-0101");
        assert_eq!(
            stored.entries[1].as_deref(),
            Some("62759de4650d2756c3691f669705143ac817e65ef22270493e666c836818a5a9")
        );
    }

    #[test]
    fn a_key_works_once() {
        let (mut stored, keys) = generate(&counted(), 7).unwrap();
        assert_eq!((stored.available().len(), keys.len()), (COUNT, COUNT));
        for (place, key) in keys.iter().enumerate() {
            assert!(!spend(&mut stored, "0101-0101-0101-010").unwrap());
            assert!(spend(&mut stored, key).unwrap(), "{place}");
            assert!(!spend(&mut stored, key).unwrap(), "{place} again");
            assert!(!stored.available().contains(&place));
        }
        assert_eq!(stored.available(), Vec::<usize>::new());
    }

    #[test]
    fn fresh_keys_differ() {
        let (one, keys) = generate(&Randomness::fresh().unwrap(), 0).unwrap();
        let (other, others) = generate(&Randomness::fresh().unwrap(), 0).unwrap();
        assert_ne!((one, &keys[0]), (other, &others[0]));
        assert_ne!(keys[0], keys[1]);
    }
}
