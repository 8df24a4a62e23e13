//! Changing all files or none.
//!
//! Next contents are staged in the config directory, those below `priv/` in `priv/`, and synced. One
//! file alone is then renamed into place. Several get a marker that lists them; the renaming of the
//! marker is the point of no return, and whoever takes the lock next finishes what it lists.

use super::folder::{Folder, content, plain};
use super::journal::append::{self, Appender};
use super::journal::{Compose, Rules};
use super::marker::{self, Digest, Entry, MARKER, STAGED, Staged};
use super::stage::{Places, Staging};
use super::{Change, name, reader};
use crate::error::{Error, Result};
use crate::format::rope::Rope;
use rustix::fs::{AtFlags, FileType};
use rustix::io::{Errno, retry_on_intr};
use std::io::{self, Read};
use std::sync::Arc;

/// What went wrong is said with these words when the change stands all the same.
const UNCONFIRMED: &str = "confirm on disk (the change is in place, but a power failure may undo it)";
const UNFINISHED: &str = "finish (the change stands, the next one completes it)";

/// Makes all changes or none, and appends what is told of them to the journal.
pub(super) fn commit(
    top: &Arc<Folder>,
    changes: &[Change],
    entry: Option<(&Rules, Compose<'_>)>,
) -> Result<()> {
    name::check_changes(changes)?;
    let (rules, compose) = entry.unzip();
    let mut staging =
        Staging::new(Arc::clone(top), rules.map(|rules| Appender::open(rules, top)).transpose()?);
    // A removal has no staged file that tells how far it came.
    let alone = match changes {
        [(_, rope)] => compose.is_none() || rope.is_some(),
        _ => false,
    };
    let mut entries = Vec::with_capacity(changes.len());
    for (name, rope) in changes {
        let staged = match rope {
            Some(rope) => Some(stage(&mut staging, name, rope, alone)?),
            None if is_there(&mut staging.places, name)? => None,
            None => continue,
        };
        entries.push(Entry { name: name.clone(), staged });
    }
    match entries.as_slice() {
        [] if changes.is_empty() => {
            append(&mut staging, compose)?;
            staging.done();
            Ok(())
        }
        [] => Ok(()),
        [entry] if alone => {
            append(&mut staging, compose)?;
            apply(&mut staging.places, entry, false)?;
            staging.done();
            let (folder, leaf) = name::split(&entry.name);
            let Some(folder) = staging.places.open(folder)? else { return Ok(()) };
            folder.sync().map_err(|error| folder.error(UNCONFIRMED, leaf, error))
        }
        _ => {
            set_marker(&mut staging, &entries, compose)?;
            staging.done();
            finish(&mut staging.places, &entries, false)
        }
    }
}

/// Appends to the journal; the staging takes it off again unless it is done.
fn append(staging: &mut Staging, compose: Option<Compose<'_>>) -> Result<()> {
    let Some((appender, compose)) = staging.journal.as_mut().zip(compose) else { return Ok(()) };
    let places = &mut staging.places;
    appender.append(|| places.open_or_make(name::PRIVATE), compose)?;
    Ok(())
}

fn stage(staging: &mut Staging, name: &str, rope: &Rope, alone: bool) -> Result<Staged> {
    let mut digest = Digest::default();
    if !alone {
        rope.slices().for_each(|slice| digest.update(slice));
    }
    let staged = staging.add(name, rope, alone)?;
    Ok(Staged { name: staged, length: rope.len() as u64, digest: digest.finish() })
}

fn is_there(places: &mut Places, name: &str) -> Result<bool> {
    let (folder, leaf) = name::split(name);
    let Some(folder) = places.open(folder)? else { return Ok(false) };
    let Some(stat) = folder.look(leaf)? else { return Ok(false) };
    // A link is removed itself, which leads nowhere.
    if FileType::from_raw_mode(stat.st_mode) != FileType::Symlink {
        plain(&stat).map_err(|error| folder.error("remove", leaf, error))?;
    }
    Ok(true)
}

/// Puts the marker in its place: from then on the change stands.
fn set_marker(staging: &mut Staging, entries: &[Entry], compose: Option<Compose<'_>>) -> Result<()> {
    let top = Arc::clone(&staging.places.top);
    let staged = staging.add_marker(marker::render(entries).as_bytes())?;
    // The marker must not outlive a power failure that takes what it lists.
    staging.places.sync_opened()?;
    append(staging, compose)?;
    let rename = |from: &str, to: &str| retry_on_intr(|| rustix::fs::renameat(&top, from, &top, to));
    rename(&staged, MARKER).map_err(|error| top.error("rename to", MARKER, error))?;
    let Err(error) = top.sync() else { return Ok(()) };
    // Under its first name it tells again that nothing has happened.
    if rename(MARKER, &staged).is_err() {
        staging.done();
        return Err(top.error(UNFINISHED, MARKER, error));
    }
    Err(top.error("sync", MARKER, error))
}

/// Does what the marker lists and takes it away.
fn finish(places: &mut Places, entries: &[Entry], again: bool) -> Result<()> {
    for entry in entries {
        apply(places, entry, again).map_err(|error| match error {
            Error::Io { path, source, .. } => Error::Io { action: UNFINISHED, path, source },
            other => other,
        })?;
    }
    let top = Arc::clone(&places.top);
    places.sync_opened().map_err(|error| match error {
        Error::Io { path, source, .. } => Error::Io { action: UNFINISHED, path, source },
        other => other,
    })?;
    remove(&top, MARKER).map_err(|error| top.error(UNFINISHED, MARKER, error))
}

/// Changes one place; `again`: part of it may have happened before.
fn apply(places: &mut Places, entry: &Entry, again: bool) -> Result<()> {
    let (folder, leaf) = name::split(&entry.name);
    let Some(staged) = &entry.staged else {
        let Some(folder) = places.open(folder)? else { return Ok(()) };
        return remove(&folder, leaf).map_err(|error| folder.error("remove", leaf, error));
    };
    let target = places.open_or_make(folder)?;
    let (folder, waiting) = name::split(&staged.name);
    let source = places.open_or_make(folder)?;
    match retry_on_intr(|| rustix::fs::renameat(&*source, waiting, &*target, leaf)) {
        Err(Errno::NOENT) if again => Ok(()),
        done => done.map_err(|error| target.error("replace", leaf, error)),
    }
}

/// Removes a file; one that is not there is removed already.
pub(super) fn remove(folder: &Folder, leaf: &str) -> io::Result<()> {
    match retry_on_intr(|| rustix::fs::unlinkat(folder, leaf, AtFlags::empty())) {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// What an interrupted commit has left behind.
pub(super) struct Leftovers {
    /// The folder of the locks of Proxmox's own tools, where there is one.
    pub(super) proxmox: Option<Folder>,
    marker: bool,
    staged: Vec<&'static str>,
    names: Vec<String>,
}

impl Leftovers {
    /// Looks for leftovers; to be believed only under the lock.
    pub(super) fn find(top: &Folder) -> Result<Self> {
        let mut found = Self { proxmox: None, marker: false, staged: Vec::new(), names: Vec::new() };
        let mut private = false;
        for (name, _) in top.list("")? {
            match name.as_str() {
                MARKER => found.marker = true,
                name::PRIVATE => private = true,
                _ if name.starts_with(STAGED) => found.note("", name),
                _ => {}
            }
        }
        if !private {
            return Ok(found);
        }
        let mut locks = false;
        for (name, sort) in top.list(name::PRIVATE)? {
            match name.as_str() {
                "lock" => locks = sort == FileType::Directory,
                _ if name.starts_with(STAGED) => found.note(name::PRIVATE, name),
                _ => {}
            }
        }
        if locks && let Some(private) = top.enter(name::PRIVATE)? {
            found.proxmox = private.enter("lock")?;
        }
        Ok(found)
    }

    fn note(&mut self, folder: &'static str, name: String) {
        self.staged.push(folder);
        self.names.push(name);
    }

    /// Finishes an interrupted commit that has its marker, undoes one that has not.
    pub(super) fn settle(self, top: &Arc<Folder>, rules: &Rules) -> Result<()> {
        let mut places = Places::new(Arc::clone(top));
        if self.marker
            && let Some((mut file, stat)) = top.open_file(MARKER)?
        {
            let text = content(&mut file, &stat).map_err(|error| top.error("read", MARKER, error))?;
            let entries =
                marker::parse(&text).ok_or_else(|| top.error("finish", MARKER, reader::damaged()))?;
            for staged in entries.iter().filter_map(|entry| entry.staged.as_ref()) {
                verify(top, staged)?;
            }
            finish(&mut places, &entries, true)?;
        }
        for (folder, name) in self.staged.into_iter().zip(self.names) {
            append::undo(rules, top, &name)?;
            if let Some(folder) = places.open(folder)? {
                remove(&folder, &name).map_err(|error| folder.error("remove the leftover", &name, error))?;
            }
        }
        Ok(())
    }
}

/// Where the journal ends without the entry of a commit that has not come to its point of no return.
pub(super) fn undecided(top: &Folder) -> Result<Option<u64>> {
    // Whoever may not look into `priv/` sees a moment too early what is only decided there.
    let Ok(leftovers) = Leftovers::find(top) else { return Ok(None) };
    Ok(leftovers.names.iter().find_map(|name| append::end_before(name)))
}

/// Refuses a staged file that is not what was staged. One that is gone has taken its place already.
fn verify(top: &Folder, staged: &Staged) -> Result<()> {
    let Some((mut file, stat)) = top.open_file(&staged.name)? else { return Ok(()) };
    let mut digest = Digest::default();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => digest.update(piece.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(top.error("read", &staged.name, error)),
        }
    }
    if u64::try_from(stat.st_size) == Ok(staged.length) && digest.finish() == staged.digest {
        return Ok(());
    }
    let source = io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the file is damaged; check all files of the directory, then remove it and '{MARKER}'"),
    );
    Err(top.error("finish an interrupted change with", &staged.name, source))
}
