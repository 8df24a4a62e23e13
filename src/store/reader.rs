//! Reading a whole state without a lock.
//!
//! The files are opened and read, then the commit marker is looked at, then every file's place. A
//! commit replaces files by renaming and never changes one, and a file that is held open keeps its
//! inode number to itself; so when every place still holds what was opened, all files were there
//! together at the moment of the look at the marker. What has changed meanwhile is read again,
//! and with it what was absent: that it still is says nothing of the time between.

use super::folder::{Folder, content, same};
use super::marker::{self, Entry, MARKER};
use super::{Files, name};
use crate::error::{Error, Result};
use rustix::fs::{FileType, Stat};
use std::fs::File;
use std::io::{self, Read};
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
type Slot<T> = Option<(File, Stat, T)>;

/// So much is read at once of a file that is read by pieces.
const PIECE: usize = 32 * 1024;

/// Reads the files `names`, all from one state.
pub(super) fn load(top: &Folder, names: &[&str]) -> Result<Files> {
    let read = load_as(top, names, |file, stat| content(file, stat).map(Arc::new))?;
    Ok(read.into_iter().map(|(name, text)| (name.to_owned(), text)).collect())
}

/// Reads one file piece by piece, each with its place; from the beginning again when it changed meanwhile. `false`: it
/// is not there.
pub(super) fn by_pieces(top: &Folder, name: &str, take: &mut dyn FnMut(u64, &[u8])) -> Result<bool> {
    let mut piece = vec![0; PIECE];
    let read = load_as(top, &[name], |file, _| {
        let mut place = 0;
        loop {
            let length = match file.read(&mut piece) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if length == 0 && place > 0 {
                return Ok(());
            }
            take(place, piece.get(..length).unwrap_or_default());
            if length == 0 {
                return Ok(());
            }
            place += length as u64;
        }
    })?;
    Ok(!read.is_empty())
}

/// Reads the files `names`, all from one state, as `read_file` does; those that are not there are left out.
fn load_as<'n, T>(
    top: &Folder,
    names: &[&'n str],
    mut read_file: impl FnMut(&mut File, &Stat) -> io::Result<T>,
) -> Result<Vec<(&'n str, T)>> {
    names.iter().try_for_each(|name| name::check(name))?;
    let mut slots: Vec<(&str, Option<Slot<T>>)> = names.iter().map(|name| (*name, None)).collect();
    let mut pending = None;
    for attempt in 0..ATTEMPTS {
        for (name, slot) in &mut slots {
            if slot.is_none() {
                *slot = Some(read(top, pending.as_ref(), name, &mut read_file)?);
            }
        }
        let settled = is_current(top, pending.as_ref())?;
        let mut whole = settled;
        for (name, slot) in &mut slots {
            let stat = slot.as_ref().map(|slot| slot.as_ref().map(|(_, stat, _)| stat));
            if !stat.map_or(Ok(false), |stat| is_in_place(top, pending.as_ref(), name, stat))? {
                *slot = None;
                whole = false;
            }
        }
        if whole {
            let read = slots.into_iter().filter_map(|(name, slot)| Some((name, slot??)));
            return Ok(read.map(|(name, (_, _, content))| (name, content)).collect());
        }
        for (_, slot) in slots.iter_mut().filter(|(_, slot)| matches!(slot, Some(None))) {
            *slot = None;
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
    let slot = read(top, None, name, &mut |file, stat| content(file, stat).map(Arc::new))?;
    Ok(slot.map(|(_, _, text)| text))
}

fn read<T>(
    top: &Folder,
    pending: Option<&Pending>,
    name: &str,
    read_file: &mut impl FnMut(&mut File, &Stat) -> io::Result<T>,
) -> Result<Slot<T>> {
    let opened = match pending.and_then(|pending| pending.entry(name)) {
        Some(Entry { staged: None, .. }) => None,
        Some(Entry { staged: Some(staged), .. }) => match top.open_file(&staged.name)? {
            None => top.open_file(name)?,
            found => found,
        },
        None => top.open_file(name)?,
    };
    let Some((mut file, stat)) = opened else { return Ok(None) };
    let content = read_file(&mut file, &stat).map_err(|error| top.error("read", name, error))?;
    Ok(Some((file, stat, content)))
}

/// Whether the place of a file still holds what was read from it; `then` is that file, `None`: there was none.
fn is_in_place(top: &Folder, pending: Option<&Pending>, name: &str, then: Option<&Stat>) -> Result<bool> {
    let now = match pending.and_then(|pending| pending.entry(name)) {
        Some(Entry { staged: None, .. }) => None,
        Some(Entry { staged: Some(staged), .. }) => match top.peek(&staged.name)? {
            None => top.peek(name)?,
            found => found,
        },
        None => top.peek(name)?,
    };
    Ok(match (then, now) {
        (None, None) => true,
        (Some(then), Some(now)) => same(then, &now),
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
