//! `otpauth://totp/…`: a TOTP secret and its settings as one address (Google's key URI format).

use super::password::random;
use crate::error::{Error, Result};
use std::fmt;
use totp_rs::{Algorithm, Builder, Secret, Totp};

const START: &str = "otpauth://totp/";
const DIGITS: u8 = 6;
const PERIOD: u64 = 30;

/// A TOTP secret with everything that decides about its codes. Shown without the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Otpauth {
    /// Who asks for the codes.
    pub issuer: Option<String>,
    /// Whose codes they are.
    pub account: String,
    totp: Totp,
}

impl Otpauth {
    /// A fresh secret of 160 bits, as RFC 4226 recommends.
    ///
    /// # Errors
    /// If the system gives no randomness.
    pub fn generate(issuer: Option<String>, account: String) -> Result<Self> {
        Ok(Self::new(issuer, account, random::<20>()?.to_vec()))
    }

    /// A secret with the settings every app knows: six digits, 30 seconds, SHA-1.
    pub fn new(issuer: Option<String>, account: String, secret: Vec<u8>) -> Self {
        let settings = Settings::default();
        Self { issuer, account, totp: settings.with(secret.into()) }
    }

    /// A secret whose codes have `digits` digits and change every `period` seconds.
    ///
    /// # Errors
    /// [`Error::Invalid`] when no code can be like that.
    pub fn with(
        issuer: Option<String>,
        account: String,
        secret: Vec<u8>,
        digits: u64,
        period: u64,
    ) -> Result<Self> {
        let mut settings = Settings::default();
        settings.set_digits(digits)?;
        settings.set_period(period)?;
        Ok(Self { issuer, account, totp: settings.with(secret.into()) })
    }

    /// Reads an address.
    ///
    /// # Errors
    /// [`Error::Invalid`], which never shows the secret.
    pub fn parse(uri: &str) -> Result<Self> {
        let rest = uri.strip_prefix(START).ok_or_else(|| Error::invalid("not an otpauth uri"))?;
        let (label, query) = rest.split_once('?').ok_or_else(|| Error::invalid("missing '?' in otp uri"))?;
        // Only a colon that stands there as such parts the label.
        let (mut issuer, account) = match label.split_once(':') {
            Some((issuer, account)) => (Some(decode(issuer)?), decode(account)?),
            None => (None, decode(label)?),
        };
        let mut settings = Settings::default();
        let mut secret = None;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value)?;
            match name {
                "secret" => {
                    secret = Some(
                        Secret::try_from_base32(value)
                            .map_err(|_| Error::invalid("failed to decode otp secret in otpauth url"))?,
                    );
                }
                "digits" => settings.set_digits(number(name, &value)?)?,
                "period" => settings.set_period(number(name, &value)?)?,
                "algorithm" => settings.algorithm = algorithm(&value)?,
                "issuer" => issuer = Some(value),
                other => return Err(Error::invalid(format!("unknown otpauth uri parameter: '{other}'"))),
            }
        }
        let secret = secret.ok_or_else(|| Error::invalid("missing secret in otpauth url"))?;
        Ok(Self { issuer, account, totp: settings.with(secret) })
    }

    /// The address, in the form it is stored.
    pub fn uri(&self) -> String {
        let issuer = self.issuer.as_deref().map(encode);
        let mut uri = START.to_owned();
        if let Some(issuer) = &issuer {
            uri.push_str(issuer);
            uri.push(':');
        }
        uri.push_str(&format!(
            "{}?secret={}&digits={}&algorithm={}&period={}",
            encode(&self.account),
            self.totp.secret().to_base32(),
            self.totp.digits(),
            self.totp.algorithm(),
            self.totp.step()
        ));
        if let Some(issuer) = &issuer {
            uri.push_str("&issuer=");
            uri.push_str(issuer);
        }
        uri
    }

    /// The secret as an app asks for it when it cannot scan: Base32.
    pub fn secret_as_base32(&self) -> String {
        self.totp.secret().to_base32()
    }

    /// Which time step `code` belongs to, when it is the code of the step of `now` (seconds since 1970) or
    /// of a neighbour (RFC 6238, 5.2).
    pub fn step_of(&self, code: &str, now: i64) -> Option<u64> {
        self.totp.check(code, u64::try_from(now).ok()?)
    }

    /// The code of the moment `now`, in seconds since 1970.
    pub fn code(&self, now: u64) -> String {
        self.totp.generate(now).to_string()
    }
}

impl fmt::Debug for Otpauth {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Otpauth")
            .field("issuer", &self.issuer)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

struct Settings {
    digits: u8,
    period: u64,
    algorithm: Algorithm,
}

impl Default for Settings {
    fn default() -> Self {
        Self { digits: DIGITS, period: PERIOD, algorithm: Algorithm::SHA1 }
    }
}

impl Settings {
    fn set_digits(&mut self, digits: u64) -> Result<()> {
        // More digits than nine do not fit into what RFC 4226 makes of a digest.
        self.digits = match u8::try_from(digits) {
            Ok(digits @ 1..=9) => digits,
            _ => return Err(Error::invalid(format!("a code cannot have {digits} digits: 1 to 9"))),
        };
        Ok(())
    }

    fn set_period(&mut self, period: u64) -> Result<()> {
        if period == 0 {
            return Err(Error::invalid("a code cannot change every 0 seconds"));
        }
        self.period = period;
        Ok(())
    }

    // Secrets of other programs are often shorter than the standard asks for.
    fn with(self, secret: Secret) -> Totp {
        Builder::new()
            .with_secret(secret)
            .with_algorithm(self.algorithm)
            .with_digits(self.digits)
            .with_step_duration(self.period)
            .with_skew(1)
            .build_noncompliant()
    }
}

fn number(name: &str, value: &str) -> Result<u64> {
    value.parse().map_err(|_| Error::invalid(format!("'{name}' of an otpauth uri is no number: '{value}'")))
}

fn algorithm(name: &str) -> Result<Algorithm> {
    let known = [Algorithm::SHA1, Algorithm::SHA256, Algorithm::SHA512];
    let found = known.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(name));
    found.ok_or_else(|| Error::invalid(format!("unsupported algorithm: '{name}'")))
}

/// Everything but ASCII letters and digits as `%XX`.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn decode(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let escaped = behind
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).map_err(|_| Error::invalid("an otpauth uri holds text that is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "JBSWY3DPEHPK3PXP";

    #[test]
    fn stored_addresses_are_read_and_written_alike() {
        for uri in [
            "otpauth://totp/Proxmox:a%40pve?secret=JBSWY3DPEHPK3PXP&digits=6&algorithm=SHA1&period=30&issuer=Proxmox",
            "otpauth://totp/a%40pve?secret=JBSWY3DPEHPK3PXP&digits=8&algorithm=SHA512&period=60",
            "otpauth://totp/A%20B%3AC:%C3%A4%2E%2D?secret=AE&digits=6&algorithm=SHA256&period=30&issuer=A%20B%3AC",
        ] {
            assert_eq!(Otpauth::parse(uri).unwrap().uri(), uri);
        }
    }

    #[test]
    fn what_is_left_out_has_a_meaning() {
        let short = Otpauth::parse(&format!("otpauth://totp/joe?secret={SECRET}")).unwrap();
        assert_eq!(
            short.uri(),
            format!("otpauth://totp/joe?secret={SECRET}&digits=6&algorithm=SHA1&period=30")
        );
        let other =
            Otpauth::parse(&format!("otpauth://totp/One:joe?issuer=Two&algorithm=sha256&secret={SECRET}"));
        let other = other.unwrap();
        assert_eq!((other.issuer.as_deref(), other.account.as_str()), (Some("Two"), "joe"));
        let colon = Otpauth::parse(&format!("otpauth://totp/One%3Ajoe?secret={SECRET}")).unwrap();
        assert_eq!((colon.issuer, colon.account.as_str()), (None, "One:joe"));
    }

    #[test]
    fn mistakes_are_told_without_the_secret() {
        for (uri, message) in [
            ("https://x", "not an otpauth uri"),
            ("otpauth://hotp/joe?secret=AE", "not an otpauth uri"),
            ("otpauth://totp/joe", "missing '?' in otp uri"),
            ("otpauth://totp/joe?digits=6", "missing secret in otpauth url"),
            ("otpauth://totp/joe?secret=1089", "failed to decode otp secret in otpauth url"),
            ("otpauth://totp/joe?secret=AE&algorithm=MD5", "unsupported algorithm: 'MD5'"),
            ("otpauth://totp/joe?secret=AE&image=x", "unknown otpauth uri parameter: 'image'"),
            ("otpauth://totp/joe?secret=AE&digits=x", "'digits' of an otpauth uri is no number: 'x'"),
            ("otpauth://totp/joe?secret=AE&digits=10", "a code cannot have 10 digits: 1 to 9"),
            ("otpauth://totp/joe?secret=AE&period=0", "a code cannot change every 0 seconds"),
            ("otpauth://totp/%FF?secret=AE", "an otpauth uri holds text that is not UTF-8"),
        ] {
            assert_eq!(Otpauth::parse(uri).unwrap_err().to_string(), message, "{uri}");
        }
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B; the secrets are as long as the digests.
        let digits = "1234567890";
        for (algorithm, length, at_59, at_1111111109) in [
            ("SHA1", 20, "94287082", "07081804"),
            ("SHA256", 32, "46119246", "68084774"),
            ("SHA512", 64, "90693936", "25091201"),
        ] {
            let secret: Vec<u8> = digits.bytes().cycle().take(length).collect();
            let secret = Secret::from(secret).to_base32();
            let uri = format!("otpauth://totp/x?secret={secret}&digits=8&algorithm={algorithm}");
            let totp = Otpauth::parse(&uri).unwrap();
            assert_eq!(totp.code(59), at_59, "{algorithm}");
            assert_eq!(totp.step_of(at_59, 59), Some(1), "{algorithm}");
            assert_eq!(totp.step_of(at_1111111109, 1_111_111_109), Some(37_037_036), "{algorithm}");
        }
    }

    #[test]
    fn a_code_counts_in_its_step_and_the_neighbours() {
        let totp = Otpauth::new(None, "joe".into(), b"12345678901234567890".to_vec());
        let code = totp.code(3000);
        for (now, expected) in
            [(2969, None), (2970, Some(100)), (3000, Some(100)), (3059, Some(100)), (3060, None), (-1, None)]
        {
            assert_eq!(totp.step_of(&code, now), expected, "{now}");
        }
        let short = code.get(1..).unwrap();
        for wrong in ["", " ", short, &format!("0{code}"), &format!("+{short}"), "abcdef", "١٢٣"] {
            assert_eq!(totp.step_of(wrong, 3000), None, "{wrong:?}");
        }
    }

    #[test]
    fn debug_tells_no_secret() {
        let shown = format!("{:?}", Otpauth::new(None, "joe".into(), b"12345678901234567890".to_vec()));
        assert_eq!(shown, "Otpauth { issuer: None, account: \"joe\", .. }");
    }
}
