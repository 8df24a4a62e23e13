//! Whether the files are what the journal says.

use super::present;
use crate::audit::chain::{Chain, Fault};
use crate::audit::digest::Key;
use crate::audit::history::{Content, Digests, is_state};
use crate::audit::{Kept, Kind};
use crate::error::Result;
use crate::format::journal::{self, KEY};
use crate::format::mask::is_secret_file;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// A file that is not as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The file.
    pub name: String,
    /// The last entry that tells of it; `None`: none does.
    pub since: Option<u64>,
    /// The entry before which it was found different; `None`: it is different now.
    pub before: Option<u64>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The number of the first entry there is.
    pub first: u64,
    /// That of the last one.
    pub last: u64,
    /// The digest of the last line.
    pub digest: Option<String>,
    /// What is wrong with the chain.
    pub faults: Vec<Fault>,
    /// Files that were changed by other means, and nobody took note.
    pub strays: Vec<Stray>,
    /// How many files are as the journal has them.
    pub sound: usize,
    /// Whether the key is missing, or damaged, that digests of secret files were made with.
    pub key_is_missing: bool,
    /// Files whose digests cannot be made for want of it.
    pub unknown: Vec<String>,
    /// The journal is empty, but secrets are kept of entries up to this one.
    pub lost: Option<u64>,
}

impl Survey {
    /// How many findings there are; 0 when all is well.
    pub fn findings(&self) -> usize {
        self.faults.len()
            + self.strays.len()
            + usize::from(self.key_is_missing)
            + usize::from(self.lost.is_some())
    }
}

/// The last word of the journal about a file.
pub(super) struct Told {
    /// The entry that has it.
    pub(super) number: u64,
    pub(super) after: Option<String>,
    /// Whether the file was only seen when the journal began: nobody knows what it held.
    pub(super) only_seen: bool,
}

/// The journal, read from its beginning.
#[derive(Default)]
pub(super) struct Reading {
    chain: Chain,
    pub(super) told: BTreeMap<String, Told>,
    /// What was changed by other means between two entries, since the last taking note.
    pub(super) between: Vec<Stray>,
    /// Whether any digest was made with the key.
    pub(super) is_keyed: bool,
}

impl Reading {
    pub(super) fn of(store: &dyn Store) -> Result<Self> {
        let mut reading = Self::default();
        for line in store.journal()?.forwards() {
            let Some(entry) = reading.chain.take(&line?) else { continue };
            let number = entry.number;
            if entry.kind == Kind::Adopt {
                reading.between.clear();
            }
            for seen in entry.seen {
                reading.is_keyed |= is_secret_file(&seen.name);
                let told = Told { number, after: Some(seen.digest), only_seen: true };
                reading.told.insert(seen.name, told);
            }
            for file in entry.files {
                reading.is_keyed |=
                    is_secret_file(&file.name) && (file.before.is_some() || file.after.is_some());
                let told = Told { number, after: file.after, only_seen: false };
                let known = reading.told.insert(file.name.clone(), told);
                if let Some(known) =
                    known.filter(|known| known.after != file.before && entry.kind != Kind::Adopt)
                {
                    let (since, before) = (Some(known.number), Some(number));
                    reading.between.push(Stray { name: file.name, since, before });
                }
            }
        }
        Ok(reading)
    }

    /// Whether no entry is missing that could tell of a file.
    fn is_whole(&self) -> bool {
        self.chain.first() == Some(1)
    }
}

/// The number of the last entry secrets are kept of.
fn last_kept(store: &dyn Store) -> Result<Option<u64>> {
    for line in store.kept_secrets()?.backwards() {
        if let Some(kept) = journal::parse::<Kept>(&line?) {
            return Ok(Some(kept.number));
        }
    }
    Ok(None)
}

/// Follows the journal from its beginning and compares its end with the files.
///
/// # Errors
/// When journal or files cannot be read.
pub fn survey(store: &dyn Store) -> Result<Survey> {
    let mut reading = Reading::of(store)?;
    let mut found = Survey { strays: std::mem::take(&mut reading.between), ..Survey::default() };
    (found.first, found.last) = (reading.chain.first().unwrap_or_default(), reading.chain.end().number);
    found.digest = reading.chain.end().previous();
    found.faults = reading.chain.faults().to_vec();
    if found.digest.is_none() {
        found.lost = last_kept(store)?;
        return Ok(found);
    }
    let whole = reading.is_whole();
    let mut names = if whole { present::names(store)? } else { BTreeSet::new() };
    names.extend(reading.told.keys().cloned());
    let wanted: Vec<&str> = names.iter().map(String::as_str).chain([KEY]).collect();
    let mut files = store.load(&wanted)?;
    let digests = Digests { key: files.get(KEY).and_then(|text| Key::parse(text)) };
    found.key_is_missing = reading.is_keyed && digests.key.is_none();
    for name in names {
        let content: Content = files.remove(&name).map(|text| text.to_vec());
        let Some(told) = reading.told.get(&name) else {
            if content.is_some() && !is_state(&name) {
                found.strays.push(Stray { name, since: None, before: None });
            }
            continue;
        };
        if is_secret_file(&name) && digests.key.is_none() && content.is_some() && told.after.is_some() {
            found.unknown.push(name);
        } else if digests.fits(&name, &content, told.after.as_ref()) {
            found.sound += 1;
        } else {
            found.strays.push(Stray { name, since: Some(told.number), before: None });
        }
    }
    Ok(found)
}
