//! `usher.toml`: how usher treats this directory. `docs/usher-toml.md` is the reference.

use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::secret::ticket_key::Digest;
use crate::secret::{NewScheme, SecretForm};
use serde::Deserialize;
use std::time::Duration;

/// The name of the file.
pub const FILE: &str = "usher.toml";

/// How usher treats a directory.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The catalogue the file selects or brings; `None`: it says nothing.
    pub catalogue: Option<Catalogue>,
    /// How new passwords are hashed; `None`: it says nothing.
    pub password_hash: Option<NewScheme>,
    /// Whether a password hash that is not made so is replaced when the password was right; `None`: it says
    /// nothing.
    pub rehash: Option<bool>,
    /// In which form secrets of API tokens are kept; `None`: it says nothing.
    pub token_secrets: Option<SecretForm>,
    /// The digest tickets are signed over; `None`: it says nothing.
    pub ticket_digest: Option<Digest>,
    /// How long a command waits for the lock; `None`: it says nothing.
    pub lock_timeout: Option<Duration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Read by the catalogue room.
    #[serde(default, rename = "catalogue")]
    _catalogue: Option<toml::Value>,
    #[serde(default)]
    password: Password,
    #[serde(default)]
    token: Token,
    #[serde(default)]
    ticket: Ticket,
    #[serde(default)]
    lock: Lock,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Password {
    hash: Option<Hash>,
    rehash: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Token {
    secrets: Option<Secrets>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Secrets {
    Clear,
    Hashed,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ticket {
    digest: Option<TicketDigest>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TicketDigest {
    Sha1,
    Sha256,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Hash {
    Argon2id,
    Sha256Crypt,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    timeout: Option<u32>,
}

/// Reads the file.
///
/// # Errors
/// [`Error::Syntax`] with line and column of whatever is wrong.
pub fn parse(text: &[u8]) -> Result<Settings> {
    let text = std::str::from_utf8(text).map_err(|fault| {
        let before = text.get(..fault.valid_up_to()).unwrap_or_default();
        syntax(&String::from_utf8_lossy(before), before.len(), "not UTF-8".into())
    })?;
    let file: File = toml::from_str(text).map_err(|fault| {
        let place = fault.span().map_or(0, |span| span.start);
        syntax(text, place, fault.message().to_owned())
    })?;
    Ok(Settings {
        catalogue: Catalogue::in_settings(text)?,
        password_hash: file.password.hash.map(|hash| match hash {
            Hash::Argon2id => NewScheme::Argon2id,
            Hash::Sha256Crypt => NewScheme::Sha256Crypt,
        }),
        rehash: file.password.rehash,
        token_secrets: file.token.secrets.map(|secrets| match secrets {
            Secrets::Clear => SecretForm::Clear,
            Secrets::Hashed => SecretForm::Hashed,
        }),
        ticket_digest: file.ticket.digest.map(|digest| match digest {
            TicketDigest::Sha1 => Digest::Sha1,
            TicketDigest::Sha256 => Digest::Sha256,
        }),
        lock_timeout: file.lock.timeout.map(|seconds| Duration::from_secs(seconds.into())),
    })
}

fn syntax(text: &str, place: usize, message: String) -> Error {
    let before = text.get(..place).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Error::Syntax {
        file: FILE.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        message: message.replace('\n', ", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        let settings =
            parse(b"catalogue = \"pve8\"\n[password]\nhash = \"sha256-crypt\"\nrehash = false\n[token]\nsecrets = \"hashed\"\n[ticket]\ndigest = \"sha1\"\n[lock]\ntimeout = 3\n")
                .unwrap();
        assert_eq!(settings.token_secrets, Some(SecretForm::Hashed));
        assert_eq!((settings.rehash, settings.ticket_digest), (Some(false), Some(Digest::Sha1)));
        assert_eq!(settings.catalogue.unwrap().id(), "pve8");
        assert!(matches!(settings.password_hash, Some(NewScheme::Sha256Crypt)));
        assert_eq!(settings.lock_timeout, Some(Duration::from_secs(3)));
        assert!(parse(b"").unwrap().catalogue.is_none());
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, place) in [
            ("[password]\nhash = \"md5\"\n", "usher.toml:2:8"),
            ("[lokc]\n", "usher.toml:1:2"),
            ("catalogue = 1\n", "usher.toml:1:"),
        ] {
            let error = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(place), "{error}");
        }
        assert!(parse(b"a = 1\n\xff").unwrap_err().to_string().starts_with("usher.toml:2:1"));
    }
}
