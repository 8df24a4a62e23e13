//! Reading a whole state without a lock.
//!
//! The files are opened and read, then the commit marker is looked at, then every file's place. A
//! commit replaces files by renaming and never changes one, and a file that is held open keeps its
//! inode number to itself; so when every place still holds what was opened, all files were there
//! together at the moment of the look at the marker. What has changed meanwhile is read again.

use super::folder::{Folder, content, same};
use super::marker::{self, Entry, MARKER};
use super::{Files, name};
use crate::error::{Error, Result};
use rustix::fs::{FileType, Stat};
use std::fs::File;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// So many times in a row the files may change while they are read.
const ATTEMPTS: u32 = 400;

/// After so many attempts the reader lets the writer go ahead.
const EAGER: u32 = 20;

/// A commit that is past its point of no return and not yet over: its staged files count as in place.
struct Pending {
    // Held open so that no later marker can have the same inode number.
    _file: File,
    stat: Stat,
    entries: Vec<Entry>,
}

/// What was read of one file; `None` stands for a file that is not there.
type Slot = Option<(File, Stat, Arc<Vec<u8>>)>;

/// Reads the files `names`, all from one state.
pub(super) fn load(top: &Folder, names: &[&str]) -> Result<Files> {
    names.iter().try_for_each(|name| name::check(name))?;
    let mut slots: Vec<(&str, Option<Slot>)> = names.iter().map(|name| (*name, None)).collect();
    let mut pending = None;
    for attempt in 0..ATTEMPTS {
        for (name, slot) in &mut slots {
            if slot.is_none() {
                *slot = Some(read(top, pending.as_ref(), name)?);
            }
        }
        let settled = is_current(top, pending.as_ref())?;
        let mut whole = settled;
        for (name, slot) in &mut slots {
            if !slot.as_ref().map_or(Ok(false), |slot| is_in_place(top, pending.as_ref(), name, slot))? {
                *slot = None;
                whole = false;
            }
        }
        if whole {
            let read = slots.into_iter().filter_map(|(name, slot)| Some((name, slot??)));
            return Ok(read.map(|(name, (_, _, text))| (name.to_owned(), text)).collect());
        }
        if !settled {
            pending = find_pending(top)?;
        }
        if attempt >= EAGER {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    let source = io::Error::new(io::ErrorKind::WouldBlock, "it changes all the time; try again");
    Err(Error::io("read one whole state of", top.path_of(""), source))
}

/// What is directly inside a folder, with a pending commit counted as done.
pub(super) fn list(top: &Folder, folder: &str, folders: bool) -> Result<Vec<String>> {
    if !folder.is_empty() {
        name::check(folder)?;
    }
    let pending = find_pending(top)?;
    let wanted = if folders { FileType::Directory } else { FileType::RegularFile };
    let entries = top.list(folder)?.into_iter();
    let mut names: Vec<String> = entries
        .filter(|(name, sort)| *sort == wanted && !name::is_hidden(name))
        .map(|(name, _)| name)
        .collect();
    if let Some(pending) = pending.filter(|_| !folders) {
        for entry in pending.entries {
            let (place, leaf) = name::split(&entry.name);
            if place == folder {
                names.retain(|name| name != leaf);
                if entry.staged.is_some() {
                    names.push(leaf.to_owned());
                }
            }
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Reads one file for somebody who holds the lock.
pub(super) fn read_locked(top: &Folder, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
    name::check(name)?;
    Ok(read(top, None, name)?.map(|(_, _, text)| text))
}

fn read(top: &Folder, pending: Option<&Pending>, name: &str) -> Result<Slot> {
    let opened = match pending.and_then(|pending| pending.entry(name)) {
        Some(Entry { staged: None, .. }) => None,
        Some(Entry { staged: Some(staged), .. }) => match top.open_file(&staged.name)? {
            None => top.open_file(name)?,
            found => found,
        },
        None => top.open_file(name)?,
    };
    let Some((mut file, stat)) = opened else { return Ok(None) };
    let text = content(&mut file, &stat).map_err(|error| top.error("read", name, error))?;
    Ok(Some((file, stat, Arc::new(text))))
}

/// Whether the place of a file still holds what was read from it.
fn is_in_place(top: &Folder, pending: Option<&Pending>, name: &str, slot: &Slot) -> Result<bool> {
    let now = match pending.and_then(|pending| pending.entry(name)) {
        Some(Entry { staged: None, .. }) => None,
        Some(Entry { staged: Some(staged), .. }) => match top.peek(&staged.name)? {
            None => top.peek(name)?,
            found => found,
        },
        None => top.peek(name)?,
    };
    Ok(match (slot, now) {
        (None, None) => true,
        (Some((_, then, _)), Some(now)) => same(then, &now),
        _ => false,
    })
}

/// Whether the marker is the one we know, or still none.
fn is_current(top: &Folder, pending: Option<&Pending>) -> Result<bool> {
    Ok(match (pending, top.peek(MARKER)?) {
        (None, None) => true,
        (Some(pending), Some(now)) => same(&pending.stat, &now),
        _ => false,
    })
}

fn find_pending(top: &Folder) -> Result<Option<Pending>> {
    let Some((mut file, stat)) = top.open_file(MARKER)? else { return Ok(None) };
    let text = content(&mut file, &stat).map_err(|error| top.error("read", MARKER, error))?;
    let entries = marker::parse(&text).ok_or_else(|| top.error("read", MARKER, damaged()))?;
    Ok(Some(Pending { _file: file, stat, entries }))
}

/// What is said about a marker that makes no sense.
pub(super) fn damaged() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "the record of an interrupted change is damaged; check the files beside it, then remove it",
    )
}

impl Pending {
    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}
