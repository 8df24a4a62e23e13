//! `priv/tfa-failures.json`: how often second factors were wrong in a row, described in
//! `docs/secret-files.md`.

use crate::error::{Error, Result};
use crate::model::tfa::FailuresByUser;

/// The name of the file.
pub const FILE: &str = "priv/tfa-failures.json";

/// Reads the file.
///
/// # Errors
/// [`Error::Syntax`] when it is none: without the counts nobody could be kept from guessing on.
pub fn parse(text: &[u8]) -> Result<FailuresByUser> {
    if text.trim_ascii().is_empty() {
        return Ok(FailuresByUser::default());
    }
    serde_json::from_slice(text).map_err(|fault| Error::Syntax {
        file: FILE.to_owned(),
        line: fault.line().max(1),
        column: fault.column().max(1),
        message: format!("this is no list of failures; remove the file to start at 0: {fault}"),
    })
}

/// The bytes of the file; nothing when nobody failed.
///
/// # Errors
/// [`Error::Unsupported`] when the counts cannot be written as JSON, which they always can.
pub fn render(failures: &FailuresByUser) -> Result<Vec<u8>> {
    if failures.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::to_vec(failures).map_err(|fault| Error::Unsupported(format!("cannot write {FILE}: {fault}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::UserId;
    use crate::model::tfa::Failures;

    #[test]
    fn counts_are_read_and_written_alike() {
        let text = br#"{"ann@pve":{"totp_failures":3,"tfa_failures":5},"joe@pve":{"tfa_failures":1}}"#;
        let mut failures = parse(text).unwrap();
        let (ann, joe) = (UserId::parse("ann@pve").unwrap(), UserId::parse("joe@pve").unwrap());
        assert_eq!(failures.get(&ann), Failures { totp: 3, all: 5 });
        assert_eq!(render(&failures).unwrap(), text);
        for user in [&ann, &joe] {
            failures.set(user, Failures::default());
        }
        assert_eq!((render(&failures).unwrap(), failures), (Vec::new(), parse(b"").unwrap()));
    }

    #[test]
    fn a_damaged_file_is_no_empty_one() {
        for text in ["{", "[]", r#"{"joe@pve":{"x":1}}"#, r#"{"joe@pve":{"totp_failures":-1}}"#] {
            assert!(parse(text.as_bytes()).unwrap_err().to_string().starts_with(FILE), "{text}");
        }
    }
}
