//! Going back: what undoing an entry, or restoring an earlier state, does to the files.

use crate::access::administrators::has_administrator;
use crate::audit::difference::apply;
use crate::audit::history::{
    Content, Digests, Traced, back, elsewhere, in_the_way, is_state, undoing, unknown_edits,
};
use crate::audit::{Edit, Entry, FileEntry, Kept, Kind};
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::journal::{self, KEY};
use crate::format::mask::is_secret_file;
use crate::format::tfa_cfg::{self, TfaFile};
use crate::format::{USER_CFG, user_cfg};
use crate::store::change::Draft;
use crate::store::{Store, journal::View};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::audit::digest::Key;

/// Entries and the secrets kept with them, the newest first.
#[derive(Debug, Default)]
pub struct Past {
    entries: Vec<Entry>,
    kept: BTreeMap<u64, Kept>,
}

/// Whether a line is the entry `number`, without reading all of it.
pub fn is_number(line: &[u8], number: u64) -> bool {
    line.starts_with(format!("{{\"number\":{number},").as_bytes())
}

fn entry_of(line: &[u8]) -> Result<Entry> {
    journal::parse(line).ok_or_else(|| {
        Error::refused("a line of the journal is no entry").with_hint("'usher log verify' tells which")
    })
}

/// One entry; `None` when it is not in the journal, or no longer.
///
/// # Errors
/// When the journal cannot be read.
pub fn entry(view: &View, number: u64) -> Result<Option<Entry>> {
    for line in view.backwards() {
        let line = line?;
        if is_number(&line, number) {
            return entry_of(&line).map(Some);
        }
    }
    Ok(None)
}

fn absent(number: u64) -> Error {
    Error::refused(format!("the journal has no entry {number}"))
        .with_hint("'usher log' lists entries; those of files that rotation removed are gone")
}

/// The entry that undoing without a number is about: the newest change that was neither undone nor is an undoing.
///
/// # Errors
/// [`Error::Refused`] when there is none; when the journal cannot be read.
pub fn last_undoable(view: &View) -> Result<u64> {
    let mut undone = BTreeSet::new();
    for line in view.backwards() {
        let entry = entry_of(&line?)?;
        if undone.contains(&entry.number) {
            continue;
        }
        match (entry.kind, entry.of) {
            (Kind::Undo, Some(of)) => drop(undone.insert(of)),
            (Kind::Change | Kind::Sync | Kind::Restore, _)
                if entry.files.iter().any(|file| !is_state(&file.name)) =>
            {
                return Ok(entry.number);
            }
            _ => {}
        }
    }
    Err(Error::refused("the journal has no change that could be undone"))
}

/// The newest entry that is not younger than `time`, in seconds since 1970.
///
/// # Errors
/// [`Error::Refused`] when all are younger; when the journal cannot be read.
pub fn last_until(view: &View, time: i64) -> Result<u64> {
    for line in view.backwards() {
        let entry = entry_of(&line?)?;
        if entry.time <= time {
            return Ok(entry.number);
        }
    }
    Err(Error::refused("the journal begins later than that")
        .with_hint("'usher log --limit 0' lists all of it"))
}

impl Past {
    /// The entries from the newest to `number`, that one included.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is not there; when the journal cannot be read.
    pub fn back_to(store: &dyn Store, number: u64) -> Result<Self> {
        let mut past = Self::default();
        for line in store.journal()?.backwards() {
            let line = line?;
            let last = is_number(&line, number);
            past.entries.push(entry_of(&line)?);
            if last {
                past.keep(store, number)?;
                return Ok(past);
            }
        }
        Err(absent(number))
    }

    fn keep(&mut self, store: &dyn Store, first: u64) -> Result<()> {
        if !self.entries.iter().flat_map(|entry| &entry.files).any(|file| file.kept) {
            return Ok(());
        }
        for line in store.kept_secrets()?.backwards() {
            let Some(kept) = journal::parse::<Kept>(&line?) else { continue };
            if kept.number < first {
                break;
            }
            self.kept.entry(kept.number).or_insert(kept);
        }
        Ok(())
    }

    /// What is exactly known of a file's change, secrets included.
    fn exact<'p>(&'p self, entry: &Entry, file: &'p FileEntry) -> &'p FileEntry {
        if !file.secret {
            return file;
        }
        let kept = self.kept.get(&entry.number).filter(|_| file.kept);
        let exact = kept.and_then(|kept| kept.files.iter().find(|one| one.name == file.name));
        exact.unwrap_or(&UNKNOWN)
    }

    fn edits<'p>(&'p self, entry: &Entry, file: &'p FileEntry) -> Option<&'p [Edit]> {
        if file.before == file.after {
            return Some(&[]);
        }
        self.exact(entry, file).edits.as_deref()
    }
}

/// What the journal says files hold, where it knows it from their beginning or from when it took note of them.
///
/// # Errors
/// When the journal cannot be read.
pub fn known_contents(
    store: &dyn Store,
    digests: &Digests,
    names: &BTreeSet<String>,
) -> Result<BTreeMap<String, Content>> {
    let (journal, kept) = (store.journal()?, store.kept_secrets()?);
    let mut kept = kept.forwards().filter_map(|line| journal::parse::<Kept>(&line.ok()?)).peekable();
    let mut known: BTreeMap<String, Traced> = BTreeMap::new();
    for line in journal.forwards() {
        let line = line?;
        let Some(entry) = journal::parse::<Entry>(&line) else { continue };
        while kept.next_if(|kept| kept.number < entry.number).is_some() {}
        // What was taken off again may stand there as well; the last of a number counts.
        let mut secrets = None;
        while let Some(found) = kept.next_if(|kept| kept.number == entry.number) {
            secrets = Some(found);
        }
        for file in entry.files.iter().filter(|file| names.contains(&file.name)) {
            let of_file = |kept: &'_ Kept| kept.files.iter().find(|one| one.name == file.name).cloned();
            let exact = if file.secret { secrets.as_ref().and_then(of_file) } else { Some(file.clone()) };
            let before = match &file.before {
                None => Some(Traced::new(None, None)),
                Some(_) => known.remove(&file.name),
            };
            let content = exact.as_ref().and_then(|exact| exact.content.clone());
            let after = match content {
                Some(text) => Some(Traced::new(Some(text.0), file.after.clone())),
                None => before.and_then(|before| before.again(file, exact.as_ref()?.edits.as_deref())),
            };
            match after {
                Some(after) => drop(known.insert(file.name.clone(), after)),
                None => drop(known.remove(&file.name)),
            }
        }
    }
    let settled = known.into_iter().filter_map(|(name, traced)| {
        let content = traced.settled(digests, &name)?;
        Some((name, content))
    });
    Ok(settled.collect())
}

static UNKNOWN: FileEntry = FileEntry {
    name: String::new(),
    before: None,
    after: None,
    secret: true,
    kept: false,
    edits: None,
    content: None,
};

/// How far going back may go.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Whether files of secrets stay as they are.
    pub without_secrets: bool,
}

impl Limits {
    fn leaves(self, file: &FileEntry) -> bool {
        is_state(&file.name) || self.without_secrets && is_secret_file(&file.name)
    }
}

impl Draft<'_> {
    fn digests(&self) -> Result<Digests> {
        Ok(Digests { key: self.whole_file(KEY)?.and_then(|text| Key::parse(&text)) })
    }

    fn present(&self, name: &str) -> Result<Content> {
        Ok(self.whole_file(name)?.map(|text| text.to_vec()))
    }

    /// Takes back what the entry `number` of the journal changed. What was changed since stays, as long as it is not in the same
    /// lines.
    ///
    /// # Errors
    /// [`Error::Refused`] that names the later entry in the way, or what else is; those of reading.
    pub fn undo(
        &mut self,
        store: &dyn Store,
        catalogue: &Catalogue,
        number: u64,
        limits: Limits,
    ) -> Result<()> {
        let past = Past::back_to(store, number)?;
        let digests = self.digests()?;
        let Some((target, later)) = past.entries.split_last() else { return Err(absent(number)) };
        if target.kind == Kind::SignIn {
            return Err(Error::refused(format!(
                "entry {number} is an attempt to sign in, which cannot be undone"
            )));
        }
        let mut any = false;
        for file in target.files.iter().filter(|file| !limits.leaves(file) && file.before != file.after) {
            any = true;
            let content = self.present(&file.name)?;
            let edits = past.edits(target, file);
            if digests.fits(&file.name, &content, file.after.as_ref()) {
                let before = back(&digests, number, file, edits, content)?;
                self.replace_file(file.name.clone(), before);
                continue;
            }
            let since: Vec<(&Entry, &FileEntry)> = later
                .iter()
                .rev()
                .filter_map(|entry| Some((entry, entry.files.iter().find(|one| one.name == file.name)?)))
                .collect();
            let edits = edits.ok_or_else(|| unknown_edits(number, &file.name))?;
            let content = self.without(&past, &digests, (number, file, edits), &since, content, catalogue)?;
            self.replace_file(file.name.clone(), content);
        }
        if any {
            return Ok(());
        }
        Err(Error::refused(format!("entry {number} changed nothing that could be undone")))
    }

    /// A file with the edits of one entry taken back and later ones left.
    fn without(
        &self,
        past: &Past,
        digests: &Digests,
        (number, file, edits): (u64, &FileEntry, &[Edit]),
        since: &[(&Entry, &FileEntry)],
        content: Content,
        catalogue: &Catalogue,
    ) -> Result<Content> {
        let mut told = file.after.as_ref();
        for (entry, later) in since {
            if later.before.as_ref() != told {
                return Err(changed_elsewhere(number, &file.name, entry.number));
            }
            told = later.after.as_ref();
        }
        if !digests.fits(&file.name, &content, told) {
            let last = since.last().map_or(number, |(entry, _)| entry.number);
            return Err(Error::refused(format!(
                "entry {number} cannot be undone: '{}' was changed by other means since entry {last}",
                file.name
            ))
            .with_hint("'usher log verify' tells what the journal does not know of"));
        }
        let in_the_way = |later: u64| match since.iter().find(|(entry, _)| entry.number == later) {
            Some((entry, file)) => in_the_way(number, entry, &file.name, past.edits(entry, file).is_some()),
            // It is its own change that no longer fits.
            None => unknown_edits(number, &file.name),
        };
        let later: Vec<(u64, Option<Vec<Edit>>)> = since
            .iter()
            .map(|(entry, file)| (entry.number, past.edits(entry, file).map(<[Edit]>::to_vec)))
            .collect();
        let last = later.last().map_or(number, |(number, _)| *number);
        let edits = undoing(edits, &later).map_err(in_the_way)?;
        let old = content.unwrap_or_default();
        let new = apply(&old, &edits).ok_or_else(|| in_the_way(last))?;
        let fits = match file.name.as_str() {
            USER_CFG => return settled(&old, new, catalogue).map(Some).ok_or_else(|| in_the_way(last)),
            tfa_cfg::FILE => TfaFile::parse(&new).is_ok(),
            _ => true,
        };
        if fits { Ok(Some(new)) } else { Err(in_the_way(last)) }
    }

    /// Puts the directory back to how the entry `number` left it; tells whether that changes anything.
    ///
    /// # Errors
    /// [`Error::Refused`] when a file was changed by other means since, or what an entry changed in it is not known;
    /// those of reading.
    pub fn restore(&mut self, store: &dyn Store, number: u64, limits: Limits) -> Result<bool> {
        let past = Past::back_to(store, number)?;
        let digests = self.digests()?;
        let mut contents: BTreeMap<String, Traced> = BTreeMap::new();
        for entry in past.entries.iter().filter(|entry| entry.number > number) {
            for file in entry.files.iter().filter(|file| !limits.leaves(file)) {
                let traced = match contents.remove(&file.name) {
                    Some(traced) => traced,
                    None => {
                        let content = self.present(&file.name)?;
                        if !digests.fits(&file.name, &content, file.after.as_ref()) {
                            return Err(elsewhere(entry.number, &file.name));
                        }
                        Traced::new(content, file.after.clone())
                    }
                };
                let before = traced.back(entry.number, file, past.edits(entry, file))?;
                contents.insert(file.name.clone(), before);
            }
        }
        let mut changed = false;
        for (name, traced) in contents {
            let content = traced.settled(&digests, &name).ok_or_else(|| elsewhere(number, &name))?;
            changed |= self.present(&name)? != content;
            self.replace_file(name, content);
        }
        Ok(changed)
    }

    /// Refuses to go back to where nobody is who may hand out every permission, at the moment `now` in seconds since
    /// 1970, unless nobody is now.
    ///
    /// # Errors
    /// [`Error::Refused`]; those of reading.
    pub fn refuse_lock_out(&self, catalogue: &Catalogue, now: i64) -> Result<()> {
        let Some(next) = self.replaced(USER_CFG) else { return Ok(()) };
        let now = u64::try_from(now).unwrap_or_default();
        let has =
            |text: &Arc<Vec<u8>>| has_administrator(&user_cfg::parse(text, catalogue).0, catalogue, now);
        if has(&Arc::new(next.unwrap_or_default())) || !has(&self.whole_file(USER_CFG)?.unwrap_or_default()) {
            return Ok(());
        }
        Err(Error::refused(
            "nobody would be left who may hand out every permission: the superuser would be disabled",
        )
        .with_hint("'--force' does it all the same"))
    }
}

fn changed_elsewhere(number: u64, name: &str, before: u64) -> Error {
    Error::refused(format!(
        "entry {number} cannot be undone: '{name}' was changed by other means between it and entry {before}"
    ))
    .with_hint(format!("take it back by hand: 'usher log show {number}' tells what entry {number} changed"))
}

/// The file as usher writes it, when nothing in it has lost what it refers to.
fn settled(old: &[u8], new: Vec<u8>, catalogue: &Catalogue) -> Option<Vec<u8>> {
    let messages = |text: &[u8]| {
        let (directory, warnings) = user_cfg::parse_and_check(&Arc::new(text.to_vec()), catalogue);
        let messages: BTreeSet<String> = warnings.into_iter().map(|warning| warning.message).collect();
        (directory, messages)
    };
    let (_, before) = messages(old);
    let (directory, after) = messages(&new);
    after.is_subset(&before).then(|| user_cfg::render(&directory).to_vec())
}
