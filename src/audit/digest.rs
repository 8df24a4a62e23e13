//! Digests of files and of lines of the journal: BLAKE3, so that `b3sum` says the same.

use crate::format::journal::{hex, unhex};
use std::fmt;

/// A digest of 256 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of some text.
    pub fn of(text: &[u8]) -> Self {
        Self::of_pieces(std::iter::once(text), None)
    }

    /// The digest of a text in pieces. With a key nobody can find out by trying what a short text was.
    pub fn of_pieces<'p>(pieces: impl Iterator<Item = &'p [u8]>, key: Option<&Key>) -> Self {
        let mut hasher = match key {
            Some(Key(key)) => blake3::Hasher::new_keyed(key),
            None => blake3::Hasher::new(),
        };
        for piece in pieces {
            hasher.update(piece);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// The digest in hexadecimal.
    pub fn to_hex(self) -> String {
        hex(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.to_hex())
    }
}

/// What digests of secrets are made with.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// A key of these random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the file a key is kept in.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let bytes = unhex(std::str::from_utf8(text).ok()?.trim())?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The file to keep it in.
    pub fn render(&self) -> Vec<u8> {
        format!("{}\n", hex(&self.0)).into_bytes()
    }
}

impl fmt::Debug for Key {
    /// Nothing of it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests() {
        let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!(Digest::of(b"").to_hex(), empty);
        let pieces = [b"ab".as_slice(), b"", b"c"];
        assert_eq!(Digest::of_pieces(pieces.into_iter(), None), Digest::of(b"abc"));
        let key = Key::new([7; 32]);
        assert_eq!(Key::parse(&key.render()).as_ref(), Some(&key));
        let keyed = Digest::of_pieces(pieces.into_iter(), Some(&key));
        assert_ne!(keyed, Digest::of(b"abc"));
        assert_eq!(Key::parse(b"00"), None);
    }
}
