//! The first format of the file: lines of `USER:TYPE:BASE64(JSON)`.

use super::FILE;
use crate::error::{Error, Result};
use crate::format::encoding::text_of;
use crate::model::id::UserId;
use crate::model::tfa::{Factor, FactorKind, Factors};
use crate::secret::from_base64;
use crate::secret::old_keys::{CodeForm, parts, secret_of};
use crate::secret::otpauth::Otpauth;
use serde_json::{Value, json};

/// What the original calls every factor it takes over from this format, which knew no names.
const ID: &str = "v1-entry";
const DESCRIPTION: &str = "<old version 1 entry>";

/// Whether every line is one of the format, blank or a comment.
pub(super) fn is_legacy(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'\n').all(|line| {
        let line = line.trim_ascii();
        line.is_empty() || line.starts_with(b"#") || split(line).is_some()
    })
}

/// The user of a line.
pub(super) fn user_of(line: &[u8]) -> Option<&[u8]> {
    split(line).map(|(user, ..)| user)
}

/// User, type and data of a line.
fn split(line: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let line = line.trim_ascii();
    let mut parts = line.splitn(3, |byte| *byte == b':');
    let (user, kind, data) = (parts.next()?, parts.next()?, parts.next()?);
    let base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let fine = !user.is_empty()
        && !user.starts_with(b"#")
        && matches!(kind, b"oath" | b"yubico" | b"u2f")
        && !data.is_empty()
        && data.iter().all(base64);
    fine.then_some((user, kind, data))
}

/// What the lines say.
///
/// # Errors
/// [`Error::Syntax`] for a line whose data cannot be read: a second factor that got lost would be a door.
pub(super) fn read(text: &[u8]) -> Result<Factors> {
    let mut factors = Factors::default();
    for (place, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let Some((user, kind, data)) = split(line) else { continue };
        let name = text_of(user);
        // Users with an invalid name are kept as lines and do not count.
        let Ok(user) = UserId::parse(&name) else { continue };
        let found = text_of(data);
        let data = from_base64(&found).and_then(|json| serde_json::from_slice::<Value>(&json).ok());
        let entries = data.and_then(|data| entries(&user, kind, &data)).ok_or_else(|| Error::Syntax {
            file: FILE.to_owned(),
            line: place + 1,
            column: 1,
            message: "bad line in tfa config".to_owned(),
        })?;
        if !entries.is_empty() {
            factors.register(&user, |registered| {
                entries.into_iter().for_each(|(kind, entry)| {
                    registered.take_over(kind, Factor::new(ID, DESCRIPTION, 0, entry));
                });
                Ok(())
            })?;
        }
    }
    Ok(factors)
}

/// The factors of one line; `None` when its data make no sense.
fn entries(user: &UserId, kind: &[u8], data: &Value) -> Option<Vec<(FactorKind, Value)>> {
    let keys = || data.get("keys").and_then(Value::as_str).unwrap_or_default();
    Some(match kind {
        b"oath" => {
            let setting = |name: &str, otherwise: u64| match data.get("config").and_then(|all| all.get(name))
            {
                None | Some(Value::Null) => Some(otherwise),
                Some(Value::String(text)) => text.parse().ok(),
                Some(value) => value.as_u64(),
            };
            let usual = CodeForm::default();
            let (digits, period) = (setting("digits", usual.digits)?, setting("step", usual.period)?);
            let uri = |secret| Otpauth::with(None, user.to_string(), secret, digits, period).ok();
            let found: Option<Vec<Otpauth>> = parts(keys()).filter_map(secret_of).map(uri).collect();
            found?.iter().map(|totp| (FactorKind::Totp, totp.uri().into())).collect()
        }
        b"yubico" => parts(keys()).map(|key| (FactorKind::Yubico, key.into())).collect(),
        // A registration that was never finished.
        _ if data.get("challenge").is_some() => Vec::new(),
        _ => {
            let part = |name: &str| data.get(name).and_then(Value::as_str);
            let (handle, key) = (part("keyHandle")?, part("publicKey")?);
            let entry = json!({"key": {"keyHandle": handle, "version": "U2F_V2"}, "public-key": key});
            vec![(FactorKind::U2f, entry)]
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let factors = read(text.as_bytes()).unwrap();
        let users = factors.users().flat_map(|(name, registered)| {
            let kinds = [FactorKind::Totp, FactorKind::Yubico, FactorKind::U2f];
            kinds.into_iter().flat_map(move |kind| {
                let all = registered.of_kind(kind).iter();
                all.map(move |one| format!("{name} {kind} {} {}", one.id, one.entry))
            })
        });
        users.collect()
    }

    #[test]
    fn every_type_of_line_is_read() {
        // {"keys":"JBSWY3DPEHPK3PXP, bad","config":{"step":"60","digits":8}}
        let oath = "a@pve:oath:eyJrZXlzIjoiSkJTV1kzRFBFSFBLM1BYUCwgYmFkIiwiY29uZmlnIjp7InN0ZXAiOiI2MCIsImRpZ2l0cyI6OH19";
        // {"keys":"cccccccccccc;dddddddddddd"}
        let yubico = "a@pve:yubico:eyJrZXlzIjoiY2NjY2NjY2NjY2NjO2RkZGRkZGRkZGRkZCJ9";
        // {"keyHandle":"aGFuZGxl","publicKey":"a2V5"}
        let u2f = "b@pve:u2f:eyJrZXlIYW5kbGUiOiJhR0Z1Wkd4bCIsInB1YmxpY0tleSI6ImEyVjUifQ==";
        // {"challenge":"x"}
        let unfinished = "c@pve:u2f:eyJjaGFsbGVuZ2UiOiJ4In0=";
        assert_eq!(
            told(&[oath, "# comment", "", yubico, u2f, unfinished].join("\n")),
            [
                "a@pve totp v1-entry \"otpauth://totp/a%40pve?secret=JBSWY3DPEHPK3PXP&digits=8&algorithm=SHA1&period=60\"",
                "a@pve yubico v1-entry \"cccccccccccc\"",
                "a@pve yubico v1-entry \"dddddddddddd\"",
                "b@pve u2f v1-entry {\"key\":{\"keyHandle\":\"aGFuZGxl\",\"version\":\"U2F_V2\"},\"public-key\":\"a2V5\"}",
            ]
        );
    }

    #[test]
    fn a_line_that_cannot_be_read_is_no_line_less() {
        // Not Base64 of JSON; an unreadable setting; no public key.
        for line in ["a@pve:oath:AAAA", "a@pve:oath:eyJjb25maWciOnsic3RlcCI6IngifX0=", "a@pve:u2f:e30="] {
            let error = read(format!("# x\n{line}\n").as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), "priv/tfa.cfg:2:1: bad line in tfa config", "{line}");
        }
    }
}
