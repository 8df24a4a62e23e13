//! Where the keys of tickets lie, and their rotation: every day a new one, and the one before is kept.

use super::change::{Draft, Order, change};
use super::{Files, Store};
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::secret::ticket_key::{Aged, Keyring, SigningKey, VerifyingKey, is_due};
use std::sync::Arc;

/// The key that signs.
pub const PRIVATE: &str = "priv/authkey.key";
/// The key that verifies; it is as old as the file.
pub const PUBLIC: &str = "authkey.pub";
/// The one before it; the rotation was when the file was written.
pub const PREVIOUS: &str = "authkey.pub.old";

/// So often the files may be replaced while they are read.
const ATTEMPTS: u32 = 10;

/// The files of one state, with the moments they were written.
struct Found {
    files: Files,
    public: Option<i64>,
    previous: Option<i64>,
}

fn find(store: &dyn Store, names: &[&str]) -> Result<Found> {
    let mut files = store.load(names)?;
    for _ in 0..ATTEMPTS {
        let found = (store.written_at(PUBLIC)?, store.written_at(PREVIOUS)?);
        let again = store.load(names)?;
        if again == files {
            return Ok(Found { files, public: found.0, previous: found.1 });
        }
        files = again;
    }
    Err(Error::refused("the keys of tickets change all the time; try again"))
}

/// The keys whose tickets count at `now` (seconds since 1970); `None` when no ticket was ever issued.
///
/// # Errors
/// Those of the store; [`Error::Refused`] when a file is no key.
pub fn keyring(store: &dyn Store, now: i64) -> Result<Option<Keyring>> {
    let found = find(store, &[PUBLIC, PREVIOUS])?;
    let aged = |name: &str, written: Option<i64>| match (found.files.get(name), written) {
        (Some(text), Some(written)) => {
            Ok(Some(Aged { key: VerifyingKey::from_pem(text)?, age: now - written }))
        }
        _ => Ok(None),
    };
    let Some(current) = aged(PUBLIC, found.public)? else { return Ok(None) };
    Ok(Some(Keyring { current, previous: aged(PREVIOUS, found.previous)? }))
}

/// The key that signs at `now`: made when there is none, replaced when it is a day old, but never where
/// another program looks after it (`shared`).
///
/// # Errors
/// Those of the store; [`Error::Refused`] when the files are no keys, do not belong together, or are missing
/// where they are not ours to make.
pub fn signing_key(store: &dyn Store, catalogue: &Catalogue, shared: bool, now: i64) -> Result<SigningKey> {
    let found = find(store, &[PUBLIC, PRIVATE])?;
    let fresh = found.public.is_some_and(|written| !is_due(now - written));
    match (found.files.get(PRIVATE), found.files.get(PUBLIC)) {
        (Some(private), Some(public)) if fresh || shared => pair(private, public),
        _ if shared => {
            Err(Error::refused(format!("the keys of tickets, '{PRIVATE}' and '{PUBLIC}', are missing"))
                .with_hint("in a directory that is shared, the system's own service makes them"))
        }
        (_, public) => replace(store, catalogue, public),
    }
}

/// A private key, with the public one it must belong to.
fn pair(private: &[u8], public: &[u8]) -> Result<SigningKey> {
    let key = SigningKey::from_pem(private)?;
    if VerifyingKey::from_pem(public)?.belongs_to(&key) {
        return Ok(key);
    }
    Err(Error::refused(format!("'{PRIVATE}' and '{PUBLIC}' do not belong together"))
        .with_hint("remove both; new ones are made, and all tickets end"))
}

/// Puts a new key in the place of the one that was seen, unless somebody else just did.
fn replace(store: &dyn Store, catalogue: &Catalogue, seen: Option<&Arc<Vec<u8>>>) -> Result<SigningKey> {
    let new = SigningKey::generate()?;
    let (private, public) = (new.to_pem()?, new.public_pem()?);
    let edit = |draft: &mut Draft<'_>| {
        let now = draft.whole_file(PUBLIC)?;
        if now.as_ref() != seen {
            let private = draft.whole_file(PRIVATE)?.unwrap_or_default();
            return pair(&private, &now.unwrap_or_default());
        }
        if let Some(old) = now {
            draft.replace_file(PREVIOUS.to_owned(), Some(old.to_vec()));
        }
        draft.replace_file(PUBLIC.to_owned(), Some(public));
        draft.replace_file(PRIVATE.to_owned(), Some(private.to_vec()));
        Ok(new)
    };
    Ok(change(store, catalogue, &Order::default(), edit)?.value)
}
