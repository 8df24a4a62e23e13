//! `priv/shadow.cfg`: password hashes of the built-in realm, described in `docs/secret-files.md`.

use crate::error::Result;
use crate::format::Warning;
use crate::format::secret_lines::{Grammar, Pair, SecretLines};

/// The name of the file.
pub const FILE: &str = "priv/shadow.cfg";

const GRAMMAR: Grammar = Grammar {
    file: FILE,
    complaint: "pve shadow password: ignore invalid line",
    split,
    join: |name, hash| format!("{name}:{hash}:"),
    sorted: false,
};

/// The password hashes, keyed by the user's name without the realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadow(SecretLines);

impl Shadow {
    /// Reads the file; lines that do not count are kept and told.
    pub fn parse(text: &[u8]) -> (Self, Vec<Warning>) {
        let (lines, warnings) = SecretLines::parse(text, GRAMMAR);
        (Self(lines), warnings)
    }

    /// The bytes of the file; the same as were read when nothing was changed.
    pub fn render(&self) -> Vec<u8> {
        self.0.render()
    }

    /// The users that have a password, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.names()
    }

    /// The password hash of a user.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)
    }

    /// Sets a user's password hash, in place or as the last line; tells whether anything changed.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] when the hash is empty or holds blanks or colons.
    pub fn set(&mut self, name: &str, hash: &str) -> Result<bool> {
        self.0.set(name, hash)
    }

    /// Gives the password of a user to another name, which has none; tells whether there was one.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] when the name holds blanks or colons.
    pub fn rename(&mut self, old: &str, new: &str) -> Result<bool> {
        self.0.rename(|found| (found == old).then(|| new.to_owned()))
    }

    /// Removes a user's password; tells whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        self.0.remove(|found| found == name)
    }

    /// Removes the passwords of many users; tells whether there was one.
    pub fn remove_all(&mut self, goes: impl Fn(&str) -> bool) -> bool {
        self.0.remove(goes)
    }
}

impl Default for Shadow {
    fn default() -> Self {
        Self::parse(&[]).0
    }
}

/// `NAME:HASH:` with nothing but blanks around it.
fn split(line: &[u8]) -> Option<Pair> {
    let start = line.len() - line.trim_ascii_start().len();
    let body = line.trim_ascii().strip_suffix(b":")?;
    let colon = body.iter().position(|byte| *byte == b':')?;
    let (name, hash) = (body.get(..colon)?, body.get(colon + 1..)?);
    let fine = |part: &[u8]| {
        !part.is_empty() && !part.iter().any(|byte| byte.is_ascii_whitespace() || *byte == b':')
    };
    (fine(name) && fine(hash)).then_some((start..start + colon, start + colon + 1..start + body.len()))
}
