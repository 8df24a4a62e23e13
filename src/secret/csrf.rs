//! Tokens that prove that a request came from a page of ours (cross-site request forgery).

use super::digest::{hmac_sha256, same, to_base64};
use crate::error::Result;
use crate::model::id::UserId;

const LIFETIME: i64 = 2 * 3600;
const TOLERANCE: i64 = 300;

/// Makes the token of a user at `now` (seconds since 1970); `www_key` is the content of the web server's key
/// file.
///
/// # Errors
/// If OpenSSL refuses.
pub fn issue(www_key: &[u8], user: &UserId, now: i64) -> Result<String> {
    let time = format!("{now:08X}");
    let digest = digest(www_key, &time, user)?;
    Ok(format!("{time}:{digest}"))
}

/// Whether a token is one of this user, and fresh at `now`.
///
/// # Errors
/// If OpenSSL refuses.
pub fn verify(www_key: &[u8], user: &UserId, token: &str, now: i64) -> Result<bool> {
    let Some((time, signature)) = token.split_once(':') else { return Ok(false) };
    let Some(issued) = i64::from_str_radix(time, 16).ok().filter(|_| time.len() == 8) else {
        return Ok(false);
    };
    let age = now - issued;
    let right = same(signature.as_bytes(), digest(www_key, time, user)?.as_bytes());
    Ok(right && -TOLERANCE < age && age < LIFETIME)
}

/// The file's content is the key of a digest of nothing, whose text is the key of the token's.
fn digest(www_key: &[u8], time: &str, user: &UserId) -> Result<String> {
    let secret = unpadded(&hmac_sha256(www_key, b"")?);
    Ok(unpadded(&hmac_sha256(secret.as_bytes(), format!("{time}:{user}").as_bytes())?))
}

fn unpadded(bytes: &[u8]) -> String {
    to_base64(bytes).trim_end_matches('=').to_owned()
}
