//! `priv/tfa-challenges.json`: questions security keys were asked and did not answer yet, described in
//! `docs/secret-files.md`.

use crate::error::{Error, Result};
use crate::model::tfa::ChallengesByUser;

/// The name of the file.
pub const FILE: &str = "priv/tfa-challenges.json";

/// Reads the file. What cannot be read counts for nothing: a question that got lost is put again, and everything in
/// the file is old in two minutes.
pub fn parse(text: &[u8]) -> ChallengesByUser {
    serde_json::from_slice(text).unwrap_or_default()
}

/// The bytes of the file; nothing when no question is open.
///
/// # Errors
/// [`Error::Unsupported`] when the questions cannot be written as JSON, which they always can.
pub fn render(challenges: &ChallengesByUser) -> Result<Option<Vec<u8>>> {
    if challenges.is_empty() {
        return Ok(None);
    }
    let text = serde_json::to_vec(challenges);
    text.map(Some).map_err(|fault| Error::Unsupported(format!("cannot write {FILE}: {fault}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_read_and_written_alike() {
        let text = br#"{"ann@pve":{"u2f_auths":[{"challenge":"YQ","created":1}]},"joe@pve":{"webauthn_auths":[{"challenge":"Yg","created":2,"state":{"x":[1]}}]}}"#;
        assert_eq!(render(&parse(text)).unwrap().unwrap(), text);
        for damaged in [&b"{"[..], b"[]", br#"{"ann@pve":{"x":1}}"#, b""] {
            assert_eq!(render(&parse(damaged)).unwrap(), None);
        }
    }
}
