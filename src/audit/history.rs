//! Going back: what a file held before entries that are known.

use super::difference::{inverse, rebased, revert};
use super::digest::{Digest, Key};
use crate::error::{Error, Result};
use crate::format::journal::{Edit, Entry, FileEntry, Kind};
use crate::format::{job_state, journal, mask, tfa_challenges, tfa_failures};

/// A file's content; `None` when it is not there.
pub type Content = Option<Vec<u8>>;

/// Whether a file is no configuration but what programs keep for themselves from day to day: the keys of tickets,
/// failures of sign-ins, questions to security keys, runs of jobs. Such a file is told of in the journal and never put back.
pub fn is_state(name: &str) -> bool {
    matches!(name, "authkey.pub" | "authkey.pub.old" | "priv/authkey.key" | journal::KEY)
        || matches!(name, tfa_failures::FILE | tfa_challenges::FILE)
        || name.starts_with(job_state::FOLDER)
}

/// Makes and compares digests of files.
#[derive(Clone, Debug, Default)]
pub struct Digests {
    /// What digests of secret files are made with, when it is there.
    pub key: Option<Key>,
}

impl Digests {
    /// The digest of a file's content in hexadecimal; `None` of a secret file without the key.
    pub fn of<'p>(&self, name: &str, pieces: impl Iterator<Item = &'p [u8]>) -> Option<String> {
        let key = mask::is_secret_file(name).then_some(self.key.as_ref());
        match key {
            Some(None) => None,
            key => Some(Digest::of_pieces(pieces, key.flatten()).to_hex()),
        }
    }

    /// Whether the file holds what an entry says it held.
    pub fn fits(&self, name: &str, content: &Content, told: Option<&String>) -> bool {
        match (content, told) {
            (None, None) => true,
            (Some(text), Some(told)) => {
                self.of(name, std::iter::once(text.as_slice())).is_some_and(|digest| digest == *told)
            }
            _ => false,
        }
    }
}

/// Takes one entry's change of a file back; `exact` are its edits, secrets included.
///
/// # Errors
/// [`Error::Refused`] when the content is not the one the entry left, or the edits are not known.
pub fn back(
    digests: &Digests,
    number: u64,
    file: &FileEntry,
    exact: Option<&[Edit]>,
    content: Content,
) -> Result<Content> {
    if !digests.fits(&file.name, &content, file.after.as_ref()) {
        return Err(elsewhere(number, &file.name));
    }
    if file.before.is_none() {
        return Ok(None);
    }
    let edits = exact.ok_or_else(|| unknown_edits(number, &file.name))?;
    let before = revert(&content.unwrap_or_default(), edits);
    let before = before.filter(|text| digests.fits(&file.name, &Some(text.clone()), file.before.as_ref()));
    before.map(Some).ok_or_else(|| elsewhere(number, &file.name))
}

/// A file's content on its way through entries. Their digests are compared with each other; that of the content is made
/// once, at the end.
#[derive(Clone, Debug)]
pub struct Traced {
    content: Content,
    digest: Option<String>,
}

impl Traced {
    /// A content with the digest it is known to have.
    pub fn new(content: Content, digest: Option<String>) -> Self {
        Self { content, digest }
    }

    /// The content before the entry `number`; `exact` are its edits, secrets included.
    ///
    /// # Errors
    /// As [`back`].
    pub fn back(self, number: u64, file: &FileEntry, exact: Option<&[Edit]>) -> Result<Self> {
        if self.digest != file.after {
            return Err(elsewhere(number, &file.name));
        }
        let content = match file.before.is_some() {
            true => {
                let edits = exact.ok_or_else(|| unknown_edits(number, &file.name))?;
                let text = revert(&self.content.unwrap_or_default(), edits);
                Some(text.ok_or_else(|| elsewhere(number, &file.name))?)
            }
            false => None,
        };
        Ok(Self { content, digest: file.before.clone() })
    }

    /// The content behind an entry; `None` when it does not go on from here.
    #[must_use]
    pub fn again(self, file: &FileEntry, exact: Option<&[Edit]>) -> Option<Self> {
        if self.digest != file.before {
            return None;
        }
        let digest = file.after.clone();
        if digest.is_none() {
            return Some(Self { content: None, digest });
        }
        let mut text = self.content.unwrap_or_default();
        // From the end, so that the places of the others stay true.
        for edit in exact?.iter().rev() {
            let end = edit.at.checked_add(edit.removed.0.len())?;
            if text.get(edit.at..end)? != edit.removed.0 {
                return None;
            }
            text.splice(edit.at..end, edit.added.0.iter().copied());
        }
        Some(Self { content: Some(text), digest })
    }

    /// The content, if it has the digest it should have.
    pub fn settled(self, digests: &Digests, name: &str) -> Option<Content> {
        digests.fits(name, &self.content, self.digest.as_ref()).then_some(self.content)
    }
}

/// What is said of a file that is not as an entry has it.
pub fn elsewhere(number: u64, name: &str) -> Error {
    Error::refused(format!(
        "'{name}' is not as entry {number} of the journal has it: it was changed by other means"
    ))
    .with_hint("'usher log verify' tells what the journal does not know of")
}

/// What is said where it is not known what an entry changed.
pub fn unknown_edits(number: u64, name: &str) -> Error {
    let message = match mask::is_secret_file(name) {
        true => format!("the secrets entry {number} changed in '{name}' were not kept"),
        false => format!("what entry {number} changed in '{name}' is not known"),
    };
    Error::refused(message).with_hint(match mask::is_secret_file(name) {
        true => "'--without-secrets' leaves files of secrets as they are",
        false => "put the file back from a backup, then note it with 'usher log adopt'",
    })
}

/// What is said where a later entry's change of the file `name` is in the way of undoing the entry `number`; `known` tells
/// whether what the later one changed there is, so that it can be undone itself.
pub fn in_the_way(number: u64, later: &Entry, name: &str, known: bool) -> Error {
    let (way, command) = (later.number, later.command.as_deref().unwrap_or("a change"));
    let by_hand =
        format!("take it back by hand: 'usher log show {number}' tells what entry {number} changed");
    let hint = match (later.kind, known) {
        (Kind::SignIn, _) => format!("attempts to sign in cannot be undone; {by_hand}"),
        (_, true) => {
            format!("'usher log show {way}' tells what it did; 'usher undo {way}' takes it back first")
        }
        (_, false) if mask::is_secret_file(name) => {
            "the secrets it changed were not kept; '--without-secrets' leaves files of secrets as they are"
                .to_owned()
        }
        (_, false) => format!(
            "what entry {way} changed in '{name}' is not known, so it cannot be undone either; {by_hand}, or put the file \
             back from a copy and note it with 'usher log adopt'"
        ),
    };
    let message = format!("entry {number} cannot be undone: entry {way} is in the way ('{command}')");
    Error::refused(message).with_hint(hint)
}

/// The edits that take a change back, moved past what happened since; `Err` names the entry in the way.
///
/// # Errors
/// The number of the later entry that touches the same lines, or whose edits are not known.
pub fn undoing(edits: &[Edit], later: &[(u64, Option<Vec<Edit>>)]) -> std::result::Result<Vec<Edit>, u64> {
    later.iter().try_fold(inverse(edits), |edits, (number, later)| {
        rebased(edits, later.as_ref().ok_or(*number)?).ok_or(*number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::difference::{Grain, apply, between};

    fn entry(digests: &Digests, old: Option<&str>, new: Option<&str>) -> (FileEntry, Vec<Edit>) {
        let digest =
            |text: Option<&str>| text.map(|text| digests.of("a", std::iter::once(text.as_bytes())).unwrap());
        let edits =
            between(old.unwrap_or_default().as_bytes(), new.unwrap_or_default().as_bytes(), Grain::Line);
        (
            FileEntry { name: "a".into(), before: digest(old), after: digest(new), ..FileEntry::default() },
            edits,
        )
    }

    #[test]
    fn back_and_again() {
        let digests = Digests::default();
        for (old, new) in
            [(None, Some("x\n")), (Some("x\n"), None), (Some("x\ny\n"), Some("y\n")), (None, Some(""))]
        {
            let (file, edits) = entry(&digests, old, new);
            let content = |text: Option<&str>| text.map(|text| text.as_bytes().to_vec());
            assert_eq!(back(&digests, 1, &file, Some(&edits), content(new)).unwrap(), content(old));
            let traced = |text, digest: &Option<String>| Traced::new(content(text), digest.clone());
            let again = traced(old, &file.before).again(&file, Some(&edits)).unwrap();
            assert_eq!(again.settled(&digests, "a"), Some(content(new)));
            let before = traced(new, &file.after).back(1, &file, Some(&edits)).unwrap();
            assert_eq!(before.settled(&digests, "a"), Some(content(old)));
            assert!(traced(new, &Some("other".into())).back(1, &file, Some(&edits)).is_err());
            assert!(traced(new, &None).settled(&digests, "a").is_none_or(|text| text.is_none()));
            let other = Some(b"other".to_vec());
            assert!(back(&digests, 1, &file, Some(&edits), other).is_err());
        }
    }

    #[test]
    fn who_is_in_the_way() {
        let first = between(b"a\n", b"a\nb\n", Grain::Line);
        let beside = between(b"a\nb\n", b"0\na\nb\n", Grain::Line);
        let same = between(b"0\na\nb\n", b"0\na\nB\n", Grain::Line);
        let edits = undoing(&first, &[(2, Some(beside.clone()))]).unwrap();
        assert_eq!(apply(b"0\na\nb\n", &edits).unwrap(), b"0\na\n");
        assert_eq!(undoing(&first, &[(2, Some(beside)), (3, Some(same))]), Err(3));
        assert_eq!(undoing(&first, &[(2, None)]), Err(2));
    }
}
