//! `priv/tfa.cfg`: second factors, described in `docs/secret-files.md`.

mod legacy;

use crate::error::{Error, Result};
use crate::format::Warning;
use crate::format::encoding::text_of;
use crate::model::id::UserId;
use crate::model::tfa::Factors;
use std::fmt;
use zeroize::Zeroizing;

/// The name of the file.
pub const FILE: &str = "priv/tfa.cfg";

/// The content of the file.
#[derive(Clone)]
pub struct TfaFile {
    source: Zeroizing<Vec<u8>>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    /// JSON, and what it said when it was read.
    Current { factors: Factors, read: Option<Factors> },
    /// Lines of the first format, kept as they are, and what they say.
    Legacy(Factors),
}

impl TfaFile {
    /// Reads the file. Users with an invalid name are kept, do not count and are told.
    ///
    /// # Errors
    /// [`Error::Syntax`] with line and column when it is of neither format.
    pub fn parse(text: &[u8]) -> Result<(Self, Vec<Warning>)> {
        let source = Zeroizing::new(text.to_vec());
        let content = match serde_json::from_slice::<Factors>(text) {
            Ok(factors) => Content::Current { read: Some(factors.clone()), factors },
            Err(_) if text.trim_ascii().is_empty() => {
                Content::Current { factors: Factors::default(), read: Some(Factors::default()) }
            }
            Err(_) if legacy::is_legacy(text) => Content::Legacy(legacy::read(text)?),
            Err(fault) => return Err(syntax(text, &fault)),
        };
        let file = Self { source, content };
        let warnings = complain(text, file.factors());
        Ok((file, warnings))
    }

    /// The second factors.
    pub fn factors(&self) -> &Factors {
        match &self.content {
            Content::Current { factors, .. } | Content::Legacy(factors) => factors,
        }
    }

    /// The second factors, to change them. A file of the first format is written in the current one then.
    pub fn factors_mut(&mut self) -> &mut Factors {
        if let Content::Legacy(factors) = &self.content {
            self.content = Content::Current { factors: factors.clone(), read: Some(factors.clone()) };
        }
        match &mut self.content {
            Content::Current { factors, .. } | Content::Legacy(factors) => factors,
        }
    }

    /// Whether the file is of the first format: `USER:TYPE:DATA` lines.
    pub fn is_legacy(&self) -> bool {
        matches!(self.content, Content::Legacy(_))
    }

    /// Gives everything of a user to another one, who has nothing; tells whether there was anything. A file of the first
    /// format is written in the current one then.
    pub fn rename_user(&mut self, old: &UserId, new: &UserId) -> bool {
        self.factors().get(old).is_some() && self.factors_mut().rename_user(old, new)
    }

    /// Removes everything of a user; tells whether there was anything.
    pub fn remove_user(&mut self, user: &UserId) -> bool {
        self.remove_users(|name| name == user.as_str())
    }

    /// Removes everything of all users whose name `goes`; tells whether there was anything.
    pub fn remove_users(&mut self, goes: impl Fn(&str) -> bool) -> bool {
        match &mut self.content {
            Content::Current { factors, .. } => factors.remove_users(goes),
            Content::Legacy(factors) => {
                factors.remove_users(&goes);
                let kept: Vec<u8> = self
                    .source
                    .split_inclusive(|byte| *byte == b'\n')
                    .filter(|line| legacy::user_of(line).is_none_or(|name| !goes(&text_of(name))))
                    .flatten()
                    .copied()
                    .collect();
                let changed = kept.len() != self.source.len();
                self.source = Zeroizing::new(kept);
                changed
            }
        }
    }

    /// The bytes of the file: what was read when nothing was changed, else compact JSON.
    ///
    /// # Errors
    /// [`Error::Unsupported`] when the factors cannot be written as JSON, which they always can.
    pub fn render(&self) -> Result<Vec<u8>> {
        match &self.content {
            Content::Current { factors, read } if read.as_ref() != Some(factors) => {
                serde_json::to_vec(factors)
                    .map_err(|fault| Error::Unsupported(format!("cannot write {FILE}: {fault}")))
            }
            _ => Ok(self.source.to_vec()),
        }
    }
}

impl Default for TfaFile {
    /// What a missing file means.
    fn default() -> Self {
        let content = Content::Current { factors: Factors::default(), read: Some(Factors::default()) };
        Self { source: Zeroizing::default(), content }
    }
}

impl PartialEq for TfaFile {
    /// Compares what the files say.
    fn eq(&self, other: &Self) -> bool {
        self.factors() == other.factors()
    }
}

impl fmt::Debug for TfaFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("TfaFile").field(&self.factors()).finish()
    }
}

fn complain(text: &[u8], factors: &Factors) -> Vec<Warning> {
    let bad = factors.users().map(|(name, _)| name).filter(|name| UserId::parse(name).is_err());
    bad.map(|name| {
        let message = format!("user tfa config - ignore user '{name}' - invalid user name");
        Warning::new(FILE, line_of(text, name), message)
    })
    .collect()
}

/// The line a name stands on, counted from 1; the first one when it is written with escapes.
pub fn line_of(text: &[u8], name: &str) -> usize {
    let quoted = serde_json::to_vec(name).unwrap_or_default();
    let place = text.windows(quoted.len().max(1)).position(|window| window == quoted).unwrap_or(0);
    1 + text.iter().take(place).filter(|byte| **byte == b'\n').count()
}

fn syntax(text: &[u8], fault: &serde_json::Error) -> Error {
    let (line, column) = (fault.line().max(1), fault.column());
    let bytes = text.split(|byte| *byte == b'\n').nth(line - 1).unwrap_or_default();
    let before = bytes.get(..column.saturating_sub(1)).unwrap_or(bytes);
    let whole = fault.to_string();
    let reason = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(reason, _)| reason);
    Error::Syntax {
        file: FILE.to_owned(),
        line,
        column: String::from_utf8_lossy(before).chars().count() + 1,
        message: format!("failed to parse TFA file, neither old style nor valid json: {reason}"),
    }
}
