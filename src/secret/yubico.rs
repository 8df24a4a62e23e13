//! Yubico one-time passwords: what is sent to a validation server and what its answer is worth
//! (Yubico validation protocol 2.0). The network is somebody else's.

use super::digest::{from_base64, hmac_sha1, same, to_base64, to_hex};
use super::password::random;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// The server that is asked when a realm names none.
pub const SERVER: &str = "https://api2.yubico.com/wsapi/2.0/verify";

/// How many characters the id of a key has.
const ID: usize = 12;

/// A one-time password, not yet verified.
pub struct Otp<'t>(&'t str);

impl<'t> Otp<'t> {
    /// Takes a text for a one-time password: 32 to 48 letters and digits.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn parse(text: &'t str) -> Result<Self> {
        if (32..=48).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(Self(text));
        }
        Err(Error::invalid("yubico: wrong OTP length").with_hint("touch the key once: it types 44 letters"))
    }

    /// The id of the key it claims to come from, in lower case.
    pub fn key_id(&self) -> String {
        self.0.chars().take(ID).collect::<String>().to_ascii_lowercase()
    }
}

/// What a realm knows about its validation server.
pub struct Service {
    /// The address that is asked.
    pub url: String,
    /// Who asks.
    pub id: String,
    key: Zeroizing<Vec<u8>>,
}

impl Service {
    /// A server at `url`, asked as `id` with the shared `key` (Base64).
    ///
    /// # Errors
    /// [`Error::Invalid`] when the key is no Base64.
    pub fn new(url: Option<&str>, id: &str, key: &str) -> Result<Self> {
        let key = from_base64(key).ok_or_else(|| Error::invalid("the yubico API key is not Base64"))?;
        Ok(Self { url: url.unwrap_or(SERVER).to_owned(), id: id.to_owned(), key: Zeroizing::new(key) })
    }

    /// The address to ask about a one-time password. `nonce` is 40 random hexadecimal digits.
    ///
    /// # Errors
    /// If the digest cannot be computed.
    pub fn request(&self, otp: &Otp<'_>, nonce: &str) -> Result<String> {
        let fields =
            BTreeMap::from([("id", self.id.as_str()), ("nonce", nonce), ("otp", otp.0), ("timestamp", "1")]);
        let query = joined(&fields);
        let signature = to_base64(&hmac_sha1(&self.key, query.as_bytes())?);
        let separator = if self.url.contains('?') { '&' } else { '?' };
        Ok(format!("{}{separator}{query}&h={}", self.url, escaped(&signature)))
    }

    /// Whether an answer to [`Service::request`] says that the password is good.
    ///
    /// # Errors
    /// [`Error::Refused`] when it says no, or cannot be trusted.
    pub fn verify(&self, answer: &str, otp: &Otp<'_>, nonce: &str) -> Result<()> {
        let lines = answer.lines().map(str::trim).filter_map(|line| line.split_once('='));
        let mut fields: BTreeMap<&str, &str> = lines.collect();
        let signature = fields.remove("h").ok_or_else(|| refused("its answer is not signed"))?;
        let expected = to_base64(&hmac_sha1(&self.key, joined(&fields).as_bytes())?);
        if !same(signature.as_bytes(), expected.as_bytes()) {
            return Err(refused("the signature of its answer is wrong"));
        }
        match fields.get("status") {
            Some(&"OK") => {}
            Some(status) => return Err(refused(&format!("it says {status}"))),
            None => return Err(refused("its answer has no status")),
        }
        // A signed answer to another question must not do.
        if fields.get("otp") != Some(&otp.0) || fields.get("nonce") != Some(&nonce) {
            return Err(refused("its answer is to another question"));
        }
        Ok(())
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Service").field("url", &self.url).field("id", &self.id).finish_non_exhaustive()
    }
}

/// A fresh nonce: 40 hexadecimal digits.
///
/// # Errors
/// If the system gives no randomness.
pub fn nonce() -> Result<String> {
    Ok(to_hex(&random::<20>()?))
}

fn refused(why: &str) -> Error {
    Error::refused(format!("yubico: the validation server does not confirm the password: {why}"))
}

fn joined(fields: &BTreeMap<&str, &str>) -> String {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

fn escaped(text: &str) -> String {
    text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTP: &str = "ccccccbcgujhingjrdejhgfnuetrgigvejhhgbkugded";
    const NONCE: &str = "0123456789abcdef0123456789abcdef01234567";

    fn service() -> Service {
        Service::new(Some("http://127.0.0.1:1/verify"), "87", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM=").unwrap()
    }

    fn signed(fields: &[(&str, &str)]) -> String {
        let fields: BTreeMap<&str, &str> = fields.iter().copied().collect();
        let h = to_base64(&hmac_sha1(&service().key, joined(&fields).as_bytes()).unwrap());
        let lines: String = fields.iter().map(|(name, value)| format!("{name}={value}\r\n")).collect();
        format!("h={h}\r\n{lines}\r\n")
    }

    #[test]
    fn the_request_is_sorted_and_signed() {
        let request = service().request(&Otp::parse(OTP).unwrap(), NONCE).unwrap();
        // printf 'id=87&nonce=…&otp=…&timestamp=1' | openssl dgst -sha1 -hmac 0123456789abcdef0123 -binary | base64
        assert_eq!(
            request,
            format!(
                "http://127.0.0.1:1/verify?id=87&nonce={NONCE}&otp={OTP}&timestamp=1&h=%2Bc4I%2Fi8c8P5rLBQzE5TyamfXx3g%3D"
            )
        );
    }

    #[test]
    fn only_a_signed_yes_to_this_question_counts() {
        let otp = Otp::parse(OTP).unwrap();
        let good = [
            ("otp", OTP),
            ("nonce", NONCE),
            ("status", "OK"),
            ("t", "2026-11-22T00:00:00Z0001"),
            ("sl", "25"),
        ];
        let verify = |answer: &str| service().verify(answer, &otp, NONCE).map_err(|error| error.to_string());
        assert_eq!(verify(&signed(&good)), Ok(()));
        let other = |name: &str, value: &'static str| -> String {
            let fields: Vec<(&str, &str)> =
                good.iter().map(|(key, old)| (*key, if *key == name { value } else { *old })).collect();
            signed(&fields)
        };
        for (answer, reason) in [
            (signed(&good).replace("OK", "OK "), "Ok"),
            (other("status", "REPLAYED_OTP"), "it says REPLAYED_OTP"),
            (other("status", "BAD_OTP"), "it says BAD_OTP"),
            (other("otp", "x"), "another question"),
            (other("nonce", "x"), "another question"),
            (signed(&good[..2]), "no status"),
            (signed(&good).replace("sl=25", "sl=100"), "signature"),
            (signed(&good).replace("h=", "g="), "not signed"),
            (String::new(), "not signed"),
        ] {
            match reason {
                "Ok" => assert_eq!(verify(&answer), Ok(())),
                _ => assert!(verify(&answer).unwrap_err().contains(reason), "{answer}"),
            }
        }
    }

    #[test]
    fn passwords_of_keys() {
        assert_eq!(Otp::parse(&OTP.to_uppercase()).unwrap().key_id(), "ccccccbcgujh");
        for text in ["", "cccccc", &"c".repeat(31), &"c".repeat(49), &format!("{OTP}&"), &"ä".repeat(20)] {
            assert!(Otp::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn debug_tells_no_secret() {
        assert_eq!(
            format!("{:?}", service()),
            "Service { url: \"http://127.0.0.1:1/verify\", id: \"87\", .. }"
        );
    }
}
