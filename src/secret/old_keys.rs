//! Keys of second factors in the forms older versions wrote.

use super::otpauth::Otpauth;
use crate::error::Result;
use crate::model::id::UserId;
use crate::model::tfa::{Factor, FactorKind};
use totp_rs::Secret;

/// What the original puts into the address of a key it takes over.
const ISSUER: &str = "Proxmox VE";

/// How the codes of a realm look that demands them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeForm {
    /// How many digits a code has.
    pub digits: u64,
    /// How long a code holds, in seconds.
    pub period: u64,
}

impl Default for CodeForm {
    fn default() -> Self {
        Self { digits: 6, period: 30 }
    }
}

/// The keys of a list: parted by `,`, `;` or blanks.
pub fn parts(keys: &str) -> impl Iterator<Item = &str> {
    keys.split([',', ';', ' ', '\t', '\n']).filter(|key| !key.is_empty())
}

/// The secret an old key stands for: `v2-0x` and hexadecimal digits, `v2-` and Base32, 16 characters of
/// Base32, or 40 hexadecimal digits. `None` when it is none of these.
pub fn secret_of(key: &str) -> Option<Vec<u8>> {
    let base32 = |text: &str| Some(Secret::try_from_base32(text).ok()?.as_bytes().to_vec());
    let found = match (key.strip_prefix("v2-0x"), key.strip_prefix("v2-")) {
        (Some(digits), _) => hexadecimal(digits),
        (None, Some(text)) => base32(text),
        _ if key.len() == 16 => base32(key),
        _ if key.len() == 40 => hexadecimal(key),
        _ => None,
    };
    found.filter(|secret| !secret.is_empty())
}

fn hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|_| pair.len() == 2)?, 16).ok())
        .collect()
}

/// The factors that the field `keys` of a user stands for in a realm that demands `kind`. Keys nobody
/// recognises are left out; `x` marks a user whose factors are kept elsewhere.
///
/// # Errors
/// When the realm demands codes that cannot be.
pub fn factors(user: &UserId, keys: &str, kind: FactorKind, form: CodeForm) -> Result<Vec<Factor>> {
    let mut found = Vec::new();
    if keys == "x" || keys.starts_with("x!") {
        return Ok(found);
    }
    for (place, key) in parts(keys).enumerate() {
        let entry = match kind {
            FactorKind::Yubico => Some(key.chars().take(12).collect::<String>().to_ascii_lowercase()),
            FactorKind::Totp => match secret_of(key) {
                Some(secret) => {
                    let account = format!("Old key for {user}");
                    let (digits, period) = (form.digits, form.period);
                    Some(Otpauth::with(Some(ISSUER.into()), account, secret, digits, period)?.uri())
                }
                None => None,
            },
            _ => None,
        };
        let name = format!("<old userconfig key {place}>");
        found.extend(entry.map(|entry| Factor::new(format!("old-key-{place}"), name, 0, entry)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_of_a_secret() {
        let bytes = vec![0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x21, 0xde, 0xad, 0xbe, 0xef];
        for key in ["v2-0x48656c6c6f21deadbeef", "v2-JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP"] {
            assert_eq!(secret_of(key), Some(bytes.clone()), "{key}");
        }
        assert_eq!(secret_of(&"00ff".repeat(10)), Some([0x00, 0xff].repeat(10)));
        for key in ["", "x", "v2-", "v2-0x", "v2-0x1", "v2-0xzz", "JBSWY3DPEHPK3PX1", &"g".repeat(40), "1234"]
        {
            assert_eq!(secret_of(key), None, "{key}");
        }
    }

    #[test]
    fn keys_become_factors_of_the_kind_the_realm_demands() {
        let joe = UserId::parse("joe@pve").unwrap();
        let form = CodeForm { digits: 8, period: 60 };
        let found = factors(&joe, "JBSWY3DPEHPK3PXP,nonsense;v2-AE", FactorKind::Totp, form).unwrap();
        let told: Vec<(&str, &str)> =
            found.iter().map(|one| (one.description.as_str(), one.entry.as_str().unwrap())).collect();
        let uri = |secret: &str| {
            format!(
                "otpauth://totp/Proxmox%20VE:Old%20key%20for%20joe%40pve?secret={secret}&digits=8&algorithm=SHA1&period=60&issuer=Proxmox%20VE"
            )
        };
        assert_eq!(
            told,
            [
                ("<old userconfig key 0>", uri("JBSWY3DPEHPK3PXP").as_str()),
                ("<old userconfig key 2>", uri("AE").as_str())
            ]
        );
        let keys = factors(&joe, "CCCCCCBCGUJHrest cccccccccccc", FactorKind::Yubico, form).unwrap();
        assert_eq!(
            keys.iter().map(|one| one.entry.as_str().unwrap()).collect::<Vec<_>>(),
            ["ccccccbcgujh", "cccccccccccc"]
        );
        for marker in ["", "x", "x!yubico"] {
            assert!(factors(&joe, marker, FactorKind::Yubico, form).unwrap().is_empty(), "{marker}");
        }
    }
}
