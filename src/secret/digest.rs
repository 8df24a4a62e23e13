//! Keyed digests and the two ways bytes are written as text, by OpenSSL.

use crate::error::{Error, Result};
use openssl::base64;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::memcmp;
use openssl::pkey::PKey;
use openssl::sign::Signer;

/// HMAC-SHA256 (RFC 2104).
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> Result<Vec<u8>> {
    hmac(MessageDigest::sha256(), key, message)
}

/// HMAC-SHA1 (RFC 2104).
pub(super) fn hmac_sha1(key: &[u8], message: &[u8]) -> Result<Vec<u8>> {
    hmac(MessageDigest::sha1(), key, message)
}

fn hmac(digest: MessageDigest, key: &[u8], message: &[u8]) -> Result<Vec<u8>> {
    let key = PKey::hmac(key).map_err(|fault| failed("take a key", &fault))?;
    let mut signer = Signer::new(digest, &key).map_err(|fault| failed("compute a digest", &fault))?;
    signer.sign_oneshot_to_vec(message).map_err(|fault| failed("compute a digest", &fault))
}

/// SHA-256.
pub(super) fn sha256(message: &[u8]) -> [u8; 32] {
    openssl::sha::sha256(message)
}

/// Something OpenSSL could not do.
pub(super) fn failed(action: &str, fault: &ErrorStack) -> Error {
    Error::refused(format!("OpenSSL cannot {action}: {fault}"))
}

/// Compares without telling by its time where two texts differ.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && memcmp::eq(one, other)
}

/// Base64 with padding, on one line.
pub(super) fn to_base64(bytes: &[u8]) -> String {
    base64::encode_block(bytes)
}

/// The bytes of Base64 with padding; `None` when it is none, or is not the way these bytes are written.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let bytes = base64::decode_block(text).ok()?;
    (to_base64(&bytes) == text).then_some(bytes)
}

/// Base64 for addresses, without padding (RFC 4648, section 5).
pub(super) fn to_base64url(bytes: &[u8]) -> String {
    to_base64(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

/// The bytes of Base64 for addresses, with or without padding; `None` when it is none.
pub(super) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    from_base64(&format!("{text}{padding}"))
}

/// Lower-case hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
