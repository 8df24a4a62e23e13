//! Whether the files are what the journal says, and taking note of those that are not.

use super::account;
use super::past::known_contents;
use crate::audit::chain::{Chain, Fault};
use crate::audit::difference::{Grain, between, masked};
use crate::audit::digest::Key;
use crate::audit::history::{Content, Digests, is_state};
use crate::audit::objects::{self, Changed};
use crate::audit::{Deed, Entry, FileEntry, Kind};
use crate::error::Result;
use crate::format::journal::{self, KEY, Text};
use crate::format::mask::is_secret_file;
use crate::format::{USER_CFG, bind_password, domains_cfg, jobs_cfg, shadow_cfg, tfa_cfg, token_cfg};
use crate::store::{Files, Store, Transaction};
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
    /// Files whose digests cannot be made, as the key is missing.
    pub unknown: Vec<String>,
}

/// The last word of the journal about a file.
struct Told {
    number: u64,
    after: Option<String>,
}

fn digests(files: &Files) -> Digests {
    Digests { key: files.get(KEY).and_then(|text| Key::parse(text)) }
}

/// Follows the journal from its beginning and compares its end with the files.
///
/// # Errors
/// When journal or files cannot be read.
pub fn survey(store: &dyn Store) -> Result<Survey> {
    let mut chain = Chain::default();
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    let mut found = Survey::default();
    for line in store.journal()?.forwards() {
        let Some(entry) = chain.take(&line?) else { continue };
        if entry.kind == Kind::Adopt {
            found.strays.clear();
        }
        for file in entry.files {
            let known = told.insert(file.name.clone(), Told { number: entry.number, after: file.after });
            if let Some(known) = known.filter(|known| known.after != file.before && entry.kind != Kind::Adopt)
            {
                let (since, before) = (Some(known.number), Some(entry.number));
                found.strays.push(Stray { name: file.name, since, before });
            }
        }
    }
    let names: Vec<&str> = told.keys().map(String::as_str).chain([KEY]).collect();
    let mut files = store.load(&names)?;
    let digests = digests(&files);
    for (name, told) in told {
        let content: Content = files.remove(&name).map(|text| text.to_vec());
        if is_secret_file(&name) && digests.key.is_none() && content.is_some() {
            found.unknown.push(name);
        } else if digests.fits(&name, &content, told.after.as_ref()) {
            found.sound += 1;
        } else {
            found.strays.push(Stray { name, since: Some(told.number), before: None });
        }
    }
    (found.first, found.last) = (chain.first().unwrap_or_default(), chain.end().number);
    found.digest = chain.end().previous();
    found.faults = chain.faults().to_vec();
    Ok(found)
}

/// A file to be taken note of.
#[derive(Clone, Debug)]
pub struct Adopted {
    /// The file.
    pub name: String,
    /// The last entry that told of it.
    pub since: Option<u64>,
    /// What it held as far as the journal knows; `None`: it does not know.
    pub old: Option<Content>,
    /// What it holds.
    pub new: Content,
}

/// Takes note of all files as they are, in an entry of its own, unless the journal knows them so already or it is only a
/// `dry_run`. Tells which ones it did not know.
///
/// # Errors
/// When journal or files cannot be read, or the entry cannot be written.
pub fn adopt(store: &dyn Store, dry_run: bool) -> Result<Vec<Adopted>> {
    let transaction = store.begin()?;
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    for line in store.journal()?.forwards() {
        let Some(entry) = journal::parse::<Entry>(&line?) else { continue };
        for file in entry.files {
            told.insert(file.name, Told { number: entry.number, after: file.after });
        }
    }
    let files = present(store, transaction.as_ref(), told.keys())?;
    let (key, made) = account::key(transaction.as_ref())?;
    let digests = Digests { key };
    let names: BTreeSet<&String> = told.keys().chain(files.keys()).collect();
    let content = |name: &str| -> Content { files.get(name).map(|text| text.to_vec()) };
    let as_told =
        |name: &str| digests.fits(name, &content(name), told.get(name).and_then(|told| told.after.as_ref()));
    let names: BTreeSet<String> =
        names.into_iter().filter(|name| !is_state(name) && !as_told(name)).cloned().collect();
    let mut known = known_contents(store, &digests, &names)?;
    let adopted = |name: String| {
        let (since, old, new) =
            (told.get(&name).map(|told| told.number), known.remove(&name), content(&name));
        Adopted { name, since, old, new }
    };
    let strange: Vec<Adopted> = names.into_iter().map(adopted).collect();
    if !dry_run && !strange.is_empty() {
        let before = |name: &str| told.get(name).and_then(|told| told.after.clone());
        let occasion =
            account::Occasion { origin: store.origin(), deed: Deed::of(Kind::Adopt), ..Default::default() };
        let secret = strange.iter().any(|file| is_secret_file(&file.name));
        let key = digests.key.as_ref().filter(|_| made && secret);
        account::note(transaction, &occasion, key, |rules| {
            let mut account = account::Account::default();
            for file in &strange {
                let (entry, kept) = told_of(rules.keep_secrets, &digests, file, before(&file.name));
                account.files.push(entry);
                account.kept.extend(kept);
                touched(file, &mut account.objects);
            }
            account
        })?;
    }
    Ok(strange)
}

/// The files of configuration that are there.
fn present<'n>(
    store: &dyn Store,
    transaction: &dyn Transaction,
    told: impl Iterator<Item = &'n String>,
) -> Result<Files> {
    let usual =
        [USER_CFG, domains_cfg::FILE, jobs_cfg::FILE, shadow_cfg::FILE, token_cfg::FILE, tfa_cfg::FILE];
    let mut names: BTreeSet<String> = usual.into_iter().map(str::to_owned).chain(told.cloned()).collect();
    for folder in bind_password::FOLDERS {
        names.extend(store.list(folder, false)?.into_iter().map(|leaf| format!("{folder}/{leaf}")));
    }
    let mut files = Files::new();
    for name in names {
        if let Some(text) = transaction.read(&name)? {
            files.insert(name, text);
        }
    }
    Ok(files)
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
