//! `priv/token.cfg`: secrets of API tokens, described in `docs/secret-files.md`.

use crate::error::Result;
use crate::format::Warning;
use crate::format::encoding::text_of;
use crate::format::secret_lines::{Grammar, Pair, SecretLines};
use crate::model::id::{TokenId, UserId, split_token};
use std::collections::BTreeSet;

/// The name of the file.
pub const FILE: &str = "priv/token.cfg";

const GRAMMAR: Grammar = Grammar {
    file: FILE,
    complaint: "skipping invalid token.cfg entry",
    split,
    join: |token, secret| format!("{token} {secret}"),
    sorted: true,
};

/// The secrets of API tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSecrets(SecretLines);

impl TokenSecrets {
    /// Reads the file; lines that do not count are kept and told.
    pub fn parse(text: &[u8]) -> (Self, Vec<Warning>) {
        let (lines, warnings) = SecretLines::parse(text, GRAMMAR);
        (Self(lines), warnings)
    }

    /// The bytes of the file; the same as were read when nothing was changed.
    pub fn render(&self) -> Vec<u8> {
        self.0.render()
    }

    /// The ids of the tokens that have a secret, in the order of the file.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.names()
    }

    /// The secret of a token.
    pub fn get(&self, token: &TokenId) -> Option<&str> {
        self.0.get(&token.to_string())
    }

    /// Sets a token's secret, and sorts the file; tells whether anything changed.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] when the secret is empty or holds blanks.
    pub fn set(&mut self, token: &TokenId, secret: &str) -> Result<bool> {
        self.0.set(&token.to_string(), secret)
    }

    /// Removes a token's secret; tells whether there was one.
    pub fn remove(&mut self, token: &TokenId) -> bool {
        let token = token.to_string();
        self.0.remove(|found| found == token)
    }

    /// Gives the secrets of all tokens of a user to another one, who has none; tells whether there were any.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] when the name holds blanks.
    pub fn rename_user(&mut self, old: &UserId, new: &UserId) -> Result<bool> {
        self.0.rename(|found| {
            let bang = split_token(found)?;
            (found.get(..bang)? == old.as_str())
                .then(|| format!("{new}{}", found.get(bang..).unwrap_or_default()))
        })
    }

    /// Removes the secrets of all tokens of these users; tells whether there were any.
    pub fn remove_users(&mut self, users: &BTreeSet<UserId>) -> bool {
        let owner = |token: &str| split_token(token).and_then(|bang| users.get(token.get(..bang)?)).is_some();
        self.0.remove(owner)
    }

    /// Removes the secrets of all tokens of a user; tells whether there were any.
    pub fn remove_user(&mut self, user: &UserId) -> bool {
        self.0.remove(|found| split_token(found).is_some_and(|bang| found.get(..bang) == Some(user.as_str())))
    }
}

impl Default for TokenSecrets {
    fn default() -> Self {
        Self::parse(&[]).0
    }
}

/// `USER@REALM!TOKEN SECRET`, with exactly one blank and nothing around it.
fn split(line: &[u8]) -> Option<Pair> {
    let blank = line.iter().position(|byte| byte.is_ascii_whitespace())?;
    let (token, secret) = (line.get(..blank)?, line.get(blank + 1..)?);
    let fine = line.get(blank) == Some(&b' ')
        && !secret.is_empty()
        && !secret.iter().any(u8::is_ascii_whitespace)
        && split_token(&text_of(token)).is_some();
    fine.then_some((0..blank, blank + 1..line.len()))
}
