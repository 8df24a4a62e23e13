//! Taking note of files that are not as the journal has them.

use super::past::known_contents;
use super::survey::Reading;
use super::{account, present};
use crate::audit::difference::{Grain, between, masked};
use crate::audit::history::{Content, Digests, is_state};
use crate::audit::objects::{self, Changed};
use crate::audit::{Deed, FileEntry, Kind};
use crate::error::Result;
use crate::format::journal::{KEY, Text};
use crate::format::mask::is_secret_file;
use crate::store::{Files, Store};
use std::collections::BTreeSet;

/// A file to be taken note of.
#[derive(Clone, Debug)]
pub struct Adopted {
    /// The file.
    pub name: String,
    /// The last entry that told of it.
    pub since: Option<u64>,
    /// The entry before which it was found different; `None`: it is different now.
    pub before: Option<u64>,
    /// Whether it is as it was when the journal began; what it held was not known until now.
    pub only_seen: bool,
    /// What it held as far as the journal knows; `None`: it does not know.
    pub old: Option<Content>,
    /// What it holds.
    pub new: Content,
}

/// What was taken note of.
#[derive(Clone, Debug, Default)]
pub struct Adoption {
    /// The files.
    pub files: Vec<Adopted>,
    /// Whether the key was missing that digests of secret files were made with: a new one is made.
    pub new_key: bool,
}

impl Adoption {
    /// Whether there was nothing to take note of.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.new_key
    }
}

/// Takes note of all files as they are, in an entry of its own, unless the journal knows them so already or it is only a
/// `dry_run`. Tells which ones it did not know, or found changed by other means between entries.
///
/// # Errors
/// When journal or files cannot be read, or the entry cannot be written.
pub fn adopt(store: &dyn Store, dry_run: bool) -> Result<Adoption> {
    let transaction = store.begin()?;
    let Reading { told, between, is_keyed, .. } = Reading::of(store)?;
    let mut names = present::names(store)?;
    names.extend(told.keys().cloned());
    let mut files = Files::new();
    for name in &names {
        files.extend(transaction.read(name)?.map(|text| (name.clone(), text)));
    }
    let (key, made) = account::key(transaction.as_ref())?;
    let digests = Digests { key };
    let content = |name: &str| -> Content { files.get(name).map(|text| text.to_vec()) };
    let as_told =
        |name: &str| digests.fits(name, &content(name), told.get(name).and_then(|told| told.after.as_ref()));
    let only_seen = |name: &str| told.get(name).is_some_and(|told| told.only_seen) && as_told(name);
    let gap = |name: &str| between.iter().find(|stray| stray.name == name);
    names.retain(|name| {
        let looked_after = told.contains_key(name) || !is_state(name);
        looked_after && (!as_told(name) || only_seen(name) || gap(name).is_some())
    });
    let mut known = known_contents(store, &digests, &names)?;
    let adopted = |name: String| {
        let gap = gap(&name).filter(|_| as_told(&name));
        Adopted {
            since: gap.map_or_else(|| told.get(&name).map(|told| told.number), |gap| gap.since),
            before: gap.and_then(|gap| gap.before),
            only_seen: only_seen(&name),
            old: known.remove(&name),
            new: content(&name),
            name,
        }
    };
    let files: Vec<Adopted> = names.into_iter().map(adopted).collect();
    let adoption = Adoption { files, new_key: made && is_keyed };
    if !dry_run && !adoption.is_empty() {
        let before = |name: &str| told.get(name).and_then(|told| told.after.clone());
        let occasion =
            account::Occasion { origin: store.origin(), deed: Deed::of(Kind::Adopt), ..Default::default() };
        let secret = adoption.files.iter().any(|file| is_secret_file(&file.name));
        let key = digests.key.as_ref().filter(|_| made && (secret || is_keyed));
        account::note(transaction, &occasion, key, |rules| {
            let mut account = account::Account::default();
            for file in &adoption.files {
                let (entry, kept) = told_of(rules.keep_secrets, &digests, file, before(&file.name));
                account.files.push(entry);
                account.kept.extend(kept);
                touched(file, &mut account.objects);
            }
            if adoption.new_key {
                account.objects.insert(format!("file {KEY}"));
            }
            account
        })?;
    }
    Ok(adoption)
}

/// What an entry says of the file, and what is kept with the secrets.
fn told_of(
    keep_secrets: bool,
    digests: &Digests,
    file: &Adopted,
    before: Option<String>,
) -> (FileEntry, Option<FileEntry>) {
    let text = file.new.clone().unwrap_or_default();
    let after = file.new.as_ref().and_then(|text| digests.of(&file.name, std::iter::once(text.as_slice())));
    let entry = FileEntry { name: file.name.clone(), before, after, ..FileEntry::default() };
    if is_state(&file.name) {
        return (FileEntry { secret: is_secret_file(&file.name), ..entry }, None);
    }
    let exact = match &file.old {
        Some(old) => {
            let edits = between(old.as_deref().unwrap_or_default(), &text, Grain::Line);
            FileEntry { edits: Some(edits), ..entry.clone() }
        }
        None => FileEntry { content: file.new.as_ref().map(|text| Text(text.clone())), ..entry.clone() },
    };
    let whole = between(b"", &text, Grain::Line);
    let edits = exact.edits.as_ref().unwrap_or(&whole);
    let (shown, hidden) = masked(&file.name, edits);
    if is_secret_file(&file.name) || hidden {
        let kept = keep_secrets;
        let shown = (exact.edits.is_some() && !is_secret_file(&file.name)).then_some(shown);
        return (FileEntry { secret: true, kept, edits: shown, ..entry }, kept.then_some(exact));
    }
    (exact, None)
}

fn touched(file: &Adopted, found: &mut BTreeSet<String>) {
    match &file.old {
        Some(old) => {
            let (old, new) = (old.as_deref().unwrap_or_default(), file.new.as_deref().unwrap_or_default());
            let edits = between(old, new, Grain::Line);
            objects::collect(Changed { name: &file.name, old, new, edits: &edits }, found);
        }
        None => drop(found.insert(format!("file {}", file.name))),
    }
}
