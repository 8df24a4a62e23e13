//! The journal: one JSON object a line, one line an entry. `docs/journal.md` is the reference.

use crate::error::{Error, Result};
use crate::model::moment;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The name of the file, in the config directory; beside it, below `priv/`, the one of kept secrets has it too.
pub const FILE: &str = ".usher.journal.jsonl";

/// The key that digests of secret files are made with.
pub const KEY: &str = "priv/journal.key";

/// What sort of thing an entry tells of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A change somebody asked for.
    #[default]
    Change,
    /// An attempt to sign in, and what it left in the files.
    SignIn,
    /// Users and groups taken over from a directory server.
    Sync,
    /// Files that were changed by other means, taken note of.
    Adopt,
    /// An earlier entry's change taken back.
    Undo,
    /// The directory put back to an earlier state.
    Restore,
}

impl Kind {
    /// All of them, as they are written.
    pub const NAMES: [&'static str; 6] = ["change", "sign-in", "sync", "adopt", "undo", "restore"];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::SignIn => "sign-in",
            Self::Sync => "sync",
            Self::Adopt => "adopt",
            Self::Undo => "undo",
            Self::Restore => "restore",
        }
    }
}

/// Who did something; what is not known is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The account of the system the program ran as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The account somebody once logged in with, whatever it became since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// The account that called sudo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sudo: Option<String>,
    /// The user of the directory whose rights counted; none is the superuser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
    /// The API token that was presented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// An attempt to sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Who, as typed.
    pub user: String,
    /// The realm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realm: Option<String>,
    /// What was presented: `password`, `token` and so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<String>,
    /// How it ended: `admitted`, `second-factor-due`, `refused`, `failed`.
    pub outcome: String,
    /// Why somebody was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Text of a file. It is a string in JSON, or, where it is not UTF-8, `{"hex": "…"}`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Text(pub Vec<u8>);

impl fmt::Debug for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

impl From<&[u8]> for Text {
    fn from(text: &[u8]) -> Self {
        Self(text.to_vec())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WrittenText<'t> {
    Plain(std::borrow::Cow<'t, str>),
    Bytes { hex: String },
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) => WrittenText::Plain(text.into()).serialize(out),
            Err(_) => WrittenText::Bytes { hex: hex(&self.0) }.serialize(out),
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        Ok(Self(match WrittenText::deserialize(input)? {
            WrittenText::Plain(text) => text.into_owned().into_bytes(),
            WrittenText::Bytes { hex } => {
                unhex(&hex).ok_or_else(|| serde::de::Error::custom("not hexadecimal"))?
            }
        }))
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads bytes written in hexadecimal.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

/// Lines of a file that others took the place of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Where they stood in the content before, in bytes.
    pub at: usize,
    /// The number of the first line there, counted from 1.
    pub line: usize,
    /// What stood there, with its line breaks.
    pub removed: Text,
    /// What stands there now.
    pub added: Text,
}

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// The file, relative to the config directory.
    pub name: String,
    /// The digest of the content before, in hexadecimal; none when the file was not there.
    pub before: Option<String>,
    /// The digest of the content now; none when the file is gone.
    pub after: Option<String>,
    /// Whether edits are not told here, or with secrets left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// Whether the exact edits are kept with the secrets.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    /// What changed in the content, in the order of the file; none when that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edits: Option<Vec<Edit>>,
    /// The whole content, where an entry takes note of a file whose content before is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Text>,
}

/// A file that was there when a journal began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The file, relative to the config directory.
    pub name: String,
    /// The digest of its content, in hexadecimal.
    pub digest: String,
}

/// One entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Counted from 1 without gaps.
    pub number: u64,
    /// When, in seconds since 1970; RFC 3339 in the file.
    #[serde(serialize_with = "write_time", deserialize_with = "read_time")]
    pub time: i64,
    /// What sort of thing happened.
    pub kind: Kind,
    /// The entry that was undone, or whose state was restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// Who did it.
    pub who: Who,
    /// From where: a terminal, the address of a remote one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The command, secrets left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The attempt to sign in this is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignIn>,
    /// What was touched, as `user joe@pve`.
    pub objects: Vec<String>,
    /// The files that changed.
    pub files: Vec<FileEntry>,
    /// In the first entry: the other files of configuration that were there already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Seen>,
    /// The digest of the line before this one, in hexadecimal; none in the first entry.
    pub previous: Option<String>,
}

/// The exact edits of files with secrets in one change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The number of the entry they belong to.
    pub number: u64,
    /// The files, with digests and edits.
    pub files: Vec<FileEntry>,
}

fn write_time<S: Serializer>(time: &i64, out: S) -> std::result::Result<S::Ok, S::Error> {
    out.serialize_str(&moment::to_rfc3339(*time))
}

fn read_time<'de, D: Deserializer<'de>>(input: D) -> std::result::Result<i64, D::Error> {
    let text = std::borrow::Cow::<'de, str>::deserialize(input)?;
    moment::from_rfc3339(&text).ok_or_else(|| serde::de::Error::custom("no moment of RFC 3339"))
}

/// The line of an entry, or of what is kept with one, with its line break.
///
/// # Errors
/// [`Error::Refused`], which does not happen with these types.
pub fn render(entry: &impl Serialize) -> Result<Vec<u8>> {
    let mut line = serde_json::to_vec(entry)
        .map_err(|error| Error::refused(format!("an entry of the journal cannot be written: {error}")))?;
    line.push(b'\n');
    Ok(line)
}

/// Reads a line; `None` when it is no entry.
pub fn parse<'l, T: Deserialize<'l>>(line: &'l [u8]) -> Option<T> {
    serde_json::from_slice(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_back_as_written() {
        let edit = Edit { at: 3, line: 1, removed: Text(b"j\xf6\n".to_vec()), added: Text::default() };
        let entry = Entry {
            number: 7,
            time: 1_801_353_600,
            kind: Kind::SignIn,
            who: Who { user: Some("root".into()), ..Who::default() },
            files: vec![FileEntry { name: "a".into(), edits: Some(vec![edit]), ..FileEntry::default() }],
            previous: Some("00ff".into()),
            ..Entry::default()
        };
        let line = render(&entry).unwrap();
        assert_eq!(parse::<Entry>(&line), Some(entry));
        let text = String::from_utf8(line).unwrap();
        assert!(
            text.starts_with("{\"number\":7,\"time\":\"2027-01-31T00:00:00Z\",\"kind\":\"sign-in\""),
            "{text}"
        );
        assert!(text.contains("{\"hex\":\"6af60a\"}"), "{text}");
    }

    #[test]
    fn names_are_those_of_the_file() {
        for name in Kind::NAMES {
            let kind: Kind = serde_json::from_str(&format!("\"{name}\"")).unwrap();
            assert_eq!(kind.as_str(), name);
        }
    }
}
