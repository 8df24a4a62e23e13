//! Which records hold a word, for those who look for many of them.

use super::Key;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// So often a search through the text is cheaper than taking it apart.
const PATIENCE: u32 = 8;

/// The words of one table, found out when they are asked for often. A clone begins anew.
#[derive(Debug)]
pub(super) struct Words<Id> {
    asked: AtomicU32,
    known: OnceLock<Known<Id>>,
}

impl<Id> Default for Words<Id> {
    fn default() -> Self {
        Self { asked: AtomicU32::new(0), known: OnceLock::new() }
    }
}

impl<Id> Clone for Words<Id> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<Id: Key> Words<Id> {
    /// Who holds words, once they were asked for often: `find_out` tells it. `None` for now, and for a `word` that is
    /// several.
    pub(super) fn known(&self, word: &str, find_out: impl FnOnce() -> Known<Id>) -> Option<&Known<Id>> {
        if word.is_empty() || word.bytes().any(parts) || self.asked.fetch_add(1, Ordering::Relaxed) < PATIENCE
        {
            return None;
        }
        Some(self.known.get_or_init(find_out))
    }

    /// What is known already, to add to it.
    pub(super) fn known_already(&mut self) -> Option<&mut Known<Id>> {
        self.known.get_mut()
    }
}

/// Who holds which word: nobody is missing, but some may be named who hold it no more.
#[derive(Debug)]
pub(super) struct Known<Id> {
    /// The digest of a word and the place of a row, in this order.
    rows: Vec<(u64, usize)>,
    edited: HashMap<u64, BTreeSet<Id>>,
}

impl<Id: Key> Known<Id> {
    /// Takes the texts of all rows apart.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t [u8]>) -> Self {
        let mut rows = Vec::new();
        for (place, text) in texts.enumerate() {
            each_name(text, |name| rows.push((name, place)));
        }
        rows.sort_unstable();
        rows.dedup();
        Self { rows, edited: HashMap::new() }
    }

    /// Notes the words of an edited record.
    pub(super) fn note(&mut self, id: &Id, text: &[u8]) {
        each_name(text, |name| {
            let holders = self.edited.entry(name).or_default();
            if !holders.contains(id) {
                holders.insert(id.clone());
            }
        });
    }

    /// The places of the rows that hold `word` as a name, or did before they were edited.
    pub(super) fn rows(&self, word: &str) -> impl Iterator<Item = usize> {
        let name = digest(word.as_bytes());
        let first = self.rows.partition_point(|(other, _)| *other < name);
        let rows = self.rows.get(first..).unwrap_or_default().iter();
        rows.take_while(move |(other, _)| *other == name).map(|(_, place)| *place)
    }

    /// The edited records that hold `word` as a name, or did, as far as they were noted.
    pub(super) fn edited(&self, word: &str) -> impl Iterator<Item = &Id> {
        self.edited.get(&digest(word.as_bytes())).into_iter().flatten()
    }
}

/// What parts the fields of a line and the items of a list.
fn parts(byte: u8) -> bool {
    matches!(byte, b':' | b',' | b';' | b'\n' | b' ')
}

fn digest(word: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Every name in `text`: its words, users whose tokens they are, and groups, which stand behind an `@`.
fn each_name(text: &[u8], mut note: impl FnMut(u64)) {
    for word in text.split(|byte| parts(*byte)).filter(|word| !word.is_empty()) {
        note(digest(word));
        if let Some(group) = word.strip_prefix(b"@") {
            note(digest(group));
        }
        if let Some(bang) = memchr::memrchr(b'!', word) {
            note(digest(word.get(..bang).unwrap_or_default()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::UserId;

    #[test]
    fn nobody_is_missing() {
        let texts =
            ["acl:1:/vms:@devs,a!b@pve!ci,joe@pve:watch,PVEAuditor:\n", "group:x:joe@pve,zed@pve::\n"];
        let words = Words::<UserId>::default();
        let find_out = || Known::of(texts.iter().map(|text| text.as_bytes()));
        assert!((0..PATIENCE).all(|_| words.known("nobody@pve", find_out).is_none()));
        assert!(words.known("a,b", find_out).is_none(), "several words");
        let rows = |word| words.known(word, find_out).unwrap().rows(word).collect::<Vec<_>>();
        for there in ["devs", "@devs", "a!b@pve", "a!b@pve!ci", "watch"] {
            assert_eq!(rows(there), [0], "{there}");
        }
        assert_eq!(rows("joe@pve"), [0, 1]);
        assert_eq!(rows("zed@pve"), [1]);
        for lacking in ["nobody@pve", "dev", "oe@pve", "ci", "@joe@pve"] {
            assert_eq!(rows(lacking), [0; 0], "{lacking}");
        }
    }
}
