//! Commits with the entry that tells of them.

use super::present::Beginning;
use super::{Compose, Lines, Rules, syslog};
use crate::audit::chain::End;
use crate::audit::difference::{self, Grain};
use crate::audit::digest::Key;
use crate::audit::history::Digests;
use crate::audit::objects::{self, Changed};
use crate::audit::{Deed, Entry, FileEntry, Kept, Origin, Seen, SignIn};
use crate::error::{Error, Result};
use crate::format::journal::{self, KEY};
use crate::format::mask::is_secret_file;
use crate::format::{shadow_cfg, token_cfg};
use crate::secret;
use crate::store::change::FileChange;
use crate::store::{Change, Store, Transaction};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

/// Files longer than this are digested while others are written.
const LONG: usize = 256 * 1024;

/// What an entry tells besides the files.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Occasion {
    pub(in crate::store) origin: Origin,
    pub(in crate::store) deed: Deed,
    pub(in crate::store) sign_in: Option<SignIn>,
    /// When, in seconds since 1970; `None`: now.
    pub(in crate::store) time: Option<i64>,
    /// From where, when that is known better than where the program is called from.
    pub(in crate::store) from: Option<String>,
}

/// Commits the changes of files and the entry that tells of them. Tells what kept the entry from the system's log.
pub(in crate::store) fn commit(
    store: &dyn Store,
    transaction: Box<dyn Transaction + '_>,
    files: &[FileChange],
    occasion: &Occasion,
) -> Result<Option<Error>> {
    let mut changes: Vec<Change> = files.iter().map(|file| (file.name.clone(), file.new.clone())).collect();
    let rules = transaction.journal_rules();
    if !rules.enabled {
        return transaction.commit(changes).map(|()| None);
    }
    let beginning =
        Beginning::find(store, transaction.as_ref(), |name| files.iter().any(|file| file.name == name))?;
    let (key, made) = match files.iter().any(|file| is_secret_file(&file.name)) || beginning.has_secrets() {
        true => key(transaction.as_ref())?,
        false => (None, false),
    };
    if let Some(key) = key.as_ref().filter(|_| made) {
        changes.push((KEY.to_owned(), Some(key.render().into())));
    }
    let digests = Digests { key };
    let seen = beginning.seen(&digests);
    let sent = RefCell::new(None);
    std::thread::scope(|scope| {
        let long = files.iter().any(|file| file.new.as_ref().is_some_and(|rope| rope.len() > LONG));
        let digest = || files.iter().map(|file| both(&digests, file)).collect::<Vec<_>>();
        // The disk takes its time; meanwhile there is a processor to spare.
        let aside = long.then(|| std::thread::Builder::new().spawn_scoped(scope, digest).ok()).flatten();
        let compose: Compose<'_> = Box::new(|end| {
            let digested = match aside {
                Some(thread) => thread.join().map_err(|_| Error::refused("a digest could not be made"))?,
                None => digest(),
            };
            let lines =
                compose(&rules, files, digested, occasion, Account { seen, ..Account::default() }, end)?;
            *sent.borrow_mut() = rules.syslog.is_some().then(|| lines.entry.clone());
            Ok(lines)
        });
        transaction.commit_with_entry(changes, Some(compose))
    })?;
    Ok(send(&rules, sent.into_inner()))
}

/// Reads the key of digests of secrets, or makes one; tells whether it was made.
pub(super) fn key(transaction: &dyn Transaction) -> Result<(Option<Key>, bool)> {
    if let Some(key) = transaction.read(KEY)?.and_then(|text| Key::parse(&text)) {
        return Ok((Some(key), false));
    }
    Ok((Some(Key::new(secret::random()?)), true))
}

type Both = (Option<String>, Option<String>);

fn both(digests: &Digests, file: &FileChange) -> Both {
    let old = file.old.as_ref().and_then(|old| digests.of(&file.name, std::iter::once(old.as_slice())));
    (old, file.new.as_ref().and_then(|new| digests.of(&file.name, new.slices())))
}

fn compose(
    rules: &Rules,
    files: &[FileChange],
    digested: Vec<Both>,
    occasion: &Occasion,
    mut account: Account,
    end: End,
) -> Result<Lines> {
    for (file, digested) in files.iter().zip(digested) {
        let (entry, exact) = told_of(rules, file, digested, &mut account.objects);
        account.files.push(entry);
        account.kept.extend(exact);
    }
    lines(account, occasion, end)
}

/// What an entry tells.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) files: Vec<FileEntry>,
    pub(super) kept: Vec<FileEntry>,
    pub(super) objects: BTreeSet<String>,
    pub(super) seen: Vec<Seen>,
}

fn lines(account: Account, occasion: &Occasion, end: End) -> Result<Lines> {
    let number = end.number + 1;
    let entry = Entry {
        number,
        time: occasion.time.unwrap_or_else(now),
        kind: occasion.deed.kind,
        of: occasion.deed.of,
        who: occasion.origin.who.clone(),
        from: occasion.from.clone().or_else(|| occasion.origin.from.clone()),
        command: occasion.origin.command.clone(),
        sign_in: occasion.sign_in.clone(),
        objects: account.objects.into_iter().collect(),
        files: account.files,
        seen: account.seen,
        previous: end.previous(),
    };
    let kept = (!account.kept.is_empty()).then_some(Kept { number, files: account.kept });
    let kept = kept.as_ref().map(journal::render).transpose()?;
    Ok(Lines { entry: journal::render(&entry)?, kept })
}

/// Writes an entry of something that changes no file, but perhaps makes a key.
pub(super) fn note(
    transaction: Box<dyn Transaction + '_>,
    occasion: &Occasion,
    key: Option<&Key>,
    account: impl FnOnce(&Rules) -> Account,
) -> Result<Option<Error>> {
    let rules = transaction.journal_rules();
    if !rules.enabled {
        return Ok(None);
    }
    let changes = key.map(|key| (KEY.to_owned(), Some(key.render().into()))).into_iter().collect();
    let sent = RefCell::new(None);
    let compose: Compose<'_> = Box::new(|end| {
        let lines = lines(account(&rules), occasion, end)?;
        *sent.borrow_mut() = rules.syslog.is_some().then(|| lines.entry.clone());
        Ok(lines)
    });
    transaction.commit_with_entry(changes, Some(compose))?;
    Ok(send(&rules, sent.into_inner()))
}

fn send(rules: &Rules, line: Option<Vec<u8>>) -> Option<Error> {
    let (socket, line) = rules.syslog.as_ref().zip(line)?;
    syslog::send(socket, &line).err()
}

/// Notes an attempt to sign in.
pub(in crate::store) fn note_sign_in(store: &dyn Store, occasion: &Occasion) -> Result<Option<Error>> {
    let transaction = store.begin()?;
    let beginning = Beginning::find(store, transaction.as_ref(), |_| false)?;
    let (key, made) = match beginning.has_secrets() {
        true => key(transaction.as_ref())?,
        false => (None, false),
    };
    let digests = Digests { key };
    let seen = beginning.seen(&digests);
    let key = digests.key.filter(|_| made);
    note(transaction, occasion, key.as_ref(), |_| Account { seen, ..Account::default() })
}

/// What is told of a file, and what is kept of it with the secrets.
fn told_of(
    rules: &Rules,
    file: &FileChange,
    (before, after): Both,
    touched: &mut BTreeSet<String>,
) -> (FileEntry, Option<FileEntry>) {
    let name = file.name.as_str();
    let old = file.old.as_deref().map(Vec::as_slice).unwrap_or_default();
    let nothing = crate::format::rope::Rope::default();
    let new = file.new.as_ref().unwrap_or(&nothing);
    let replaced = new.replacements(old);
    let edits = difference::edits(old, &replaced, Grain::Line);
    let small = old.len().max(new.len()) <= LONG || is_secret_file(name);
    let whole = if small { new.to_vec() } else { Vec::new() };
    objects::collect(Changed { name, old, new: &whole, edits: &edits }, touched);
    let entry = FileEntry { name: name.to_owned(), before, after, ..FileEntry::default() };
    if is_secret_file(name) {
        // Some are one long line.
        let by_lines = matches!(name, token_cfg::FILE | shadow_cfg::FILE);
        let fine = || if by_lines { edits.clone() } else { difference::edits(old, &replaced, Grain::Byte) };
        let keep = rules.keep_secrets && !crate::audit::history::is_state(name);
        let exact = keep.then(|| FileEntry { edits: Some(fine()), ..entry.clone() });
        return (FileEntry { secret: true, kept: keep, ..entry }, exact);
    }
    let (shown, hidden) = difference::masked(name, &edits);
    let keep = hidden && rules.keep_secrets;
    let exact = keep.then(|| FileEntry { edits: Some(edits), ..entry.clone() });
    (FileEntry { secret: hidden, kept: keep, edits: Some(shown), ..entry }, exact)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
