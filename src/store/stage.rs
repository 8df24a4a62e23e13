//! Next contents of files, written and synced but not yet in place.

use super::commit::remove;
use super::folder::{Folder, plain};
use super::journal::append::Appender;
use super::marker::STAGED;
use super::name;
use crate::error::Result;
use crate::format::rope::Rope;
use rustix::fs::{AtFlags, Gid, Mode, OFlags, Stat, Uid, fchmod, fchown, fstat};
use rustix::io::{Errno, retry_on_intr};
use std::fs::File;
use std::io::{self, IoSlice, Write};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

const MODE: u32 = 0o640;
const PRIVATE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o750;
const PRIVATE_FOLDER_MODE: u32 = 0o700;
/// Whoever may read a file has to be able to read the marker; it holds nothing secret.
const MARKER_MODE: u32 = 0o644;

/// As many slices as the system takes at once.
const BATCH: usize = 1024;

/// The folders that a commit works in, each opened once and none through a link.
pub(super) struct Places {
    pub(super) top: Arc<Folder>,
    opened: Vec<(String, Arc<Folder>)>,
    made: Vec<(Arc<Folder>, String)>,
}

impl Places {
    pub(super) fn new(top: Arc<Folder>) -> Self {
        Self { top, opened: Vec::new(), made: Vec::new() }
    }

    /// Opens the folder `name` (empty: the config directory); `None` when it is not there.
    pub(super) fn open(&mut self, name: &str) -> Result<Option<Arc<Folder>>> {
        self.reach(name, false)
    }

    /// Opens the folder `name`, made with its parents if need be.
    pub(super) fn open_or_make(&mut self, name: &str) -> Result<Arc<Folder>> {
        match self.reach(name, true)? {
            Some(folder) => Ok(folder),
            None => Err(self.top.error("create the folder", name, Errno::NOENT)),
        }
    }

    fn reach(&mut self, name: &str, make: bool) -> Result<Option<Arc<Folder>>> {
        if name.is_empty() {
            return Ok(Some(Arc::clone(&self.top)));
        }
        if let Some((_, folder)) = self.opened.iter().find(|(known, _)| known == name) {
            return Ok(Some(Arc::clone(folder)));
        }
        let (parent, leaf) = name::split(name);
        let Some(parent) = self.reach(parent, make)? else { return Ok(None) };
        let folder = match parent.enter(leaf)? {
            None if make => {
                self.make(&parent, leaf, name::is_private(name))?;
                parent.enter(leaf)?
            }
            found => found,
        };
        let Some(folder) = folder.map(Arc::new) else { return Ok(None) };
        self.opened.push((name.to_owned(), Arc::clone(&folder)));
        Ok(Some(folder))
    }

    fn make(&mut self, parent: &Arc<Folder>, leaf: &str, private: bool) -> Result<()> {
        let mode = Mode::from_raw_mode(if private { PRIVATE_FOLDER_MODE } else { FOLDER_MODE });
        retry_on_intr(|| rustix::fs::mkdirat(&**parent, leaf, mode))
            .map_err(|error| parent.error("create the folder", leaf, error))?;
        self.made.push((Arc::clone(parent), leaf.to_owned()));
        parent.sync().map_err(|error| parent.error("sync", "", error))
    }

    /// Makes lasting what happened to names in all folders opened so far.
    pub(super) fn sync_opened(&self) -> Result<()> {
        std::iter::once(&self.top)
            .chain(self.opened.iter().map(|(_, folder)| folder))
            .try_for_each(|folder| folder.sync().map_err(|error| folder.error("sync", "", error)))
    }
}

/// Staged files, which go away again unless the commit is done.
pub(super) struct Staging {
    pub(super) places: Places,
    /// Where the journal goes on.
    pub(super) journal: Option<Appender>,
    prefix: String,
    files: Vec<(Arc<Folder>, String)>,
}

impl Staging {
    pub(super) fn new(top: Arc<Folder>, journal: Option<Appender>) -> Self {
        // Never used twice: a marker that a power failure brought back must find nothing to do.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_nanos());
        let prefix = format!("{STAGED}{now:x}-{}", std::process::id());
        Self { places: Places::new(top), journal, prefix, files: Vec::new() }
    }

    /// The commit has happened: nothing goes away.
    pub(super) fn done(&mut self) {
        self.journal = None;
        self.files.clear();
        self.places.made.clear();
    }

    /// A name for the file whose renaming is the point of no return. It tells where the journal ended before.
    fn decisive(&self, name: String) -> String {
        match &self.journal {
            Some(journal) => format!("{name}.{}", journal.mark()),
            None => name,
        }
    }

    /// Stages the next content of the file `name` with the mode and owner it has; tells where. Whether it is `alone`,
    /// its renaming is the whole commit.
    pub(super) fn add(&mut self, name: &str, rope: &Rope, alone: bool) -> Result<String> {
        let (folder, leaf) = name::split(name);
        let private = name::is_private(name);
        let target = self.places.open_or_make(folder)?;
        let old = target.look(leaf)?;
        if let Some(old) = &old {
            plain(old).map_err(|error| target.error("replace", leaf, error))?;
        }
        // Only these two folders are ever searched for leftovers.
        let waiting = if private { name::PRIVATE } else { "" };
        let source = self.places.open_or_make(waiting)?;
        if waiting != folder {
            self.check_device(&source, &target)?;
        }
        let staged = format!("{}.{}", self.prefix, self.files.len());
        let staged = if alone { self.decisive(staged) } else { staged };
        let mode = if private { PRIVATE_MODE } else { MODE };
        let written = self.write(&source, &staged, old.as_ref(), mode, |file| write(file, rope.slices()));
        written.map_err(|error| target.error("write", leaf, error))?;
        Ok(if waiting.is_empty() { staged } else { format!("{waiting}/{staged}") })
    }

    /// Stages the marker; tells where.
    pub(super) fn add_marker(&mut self, text: &[u8]) -> Result<String> {
        let top = Arc::clone(&self.places.top);
        let staged = self.decisive(format!("{}.commit", self.prefix));
        let written = self.write(&top, &staged, None, MARKER_MODE, |file| file.write_all(text));
        written.map_err(|error| top.error("write", &staged, error))?;
        Ok(staged)
    }

    /// A file can only be renamed into a folder on the same file system.
    fn check_device(&self, source: &Folder, target: &Folder) -> Result<()> {
        let device = |folder: &Folder| {
            fstat(folder).map(|stat| stat.st_dev).map_err(|error| folder.error("look at", "", error))
        };
        if device(source)? == device(target)? {
            return Ok(());
        }
        Err(target.error("write to (another file system is mounted there)", "", Errno::XDEV))
    }

    fn write(
        &mut self,
        folder: &Arc<Folder>,
        staged: &str,
        old: Option<&Stat>,
        mode: u32,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<()> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        // Nobody else may open it before it has its owner.
        let narrow = Mode::RUSR | Mode::WUSR;
        let handle = retry_on_intr(|| rustix::fs::openat(&**folder, staged, flags, narrow))?;
        self.files.push((Arc::clone(folder), staged.to_owned()));
        dress(folder, &handle, old, mode)?;
        let mut file = File::from(handle);
        fill(&mut file)?;
        file.sync_all()
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be taken back now is taken back by the next transaction, as the names of these files say.
        if self.journal.as_mut().is_some_and(|journal| journal.cut_back().is_err()) {
            return;
        }
        for (folder, name) in self.files.drain(..) {
            let _ = remove(&folder, &name);
        }
        for (parent, name) in self.places.made.drain(..).rev() {
            let _ = rustix::fs::unlinkat(&*parent, name.as_str(), AtFlags::REMOVEDIR);
        }
    }
}

/// Gives the staged file the owner and mode of the one it is to replace, or of a new one.
fn dress(folder: &Folder, handle: &rustix::fd::OwnedFd, old: Option<&Stat>, mode: u32) -> io::Result<()> {
    let now = fstat(handle)?;
    // The cluster file system of Proxmox has its own mind about modes and owners.
    let lenient = |done: rustix::io::Result<()>| match done {
        Err(Errno::PERM) if folder.is_fuse() => Ok(()),
        other => other,
    };
    if let Some(old) = old
        && (old.st_uid != now.st_uid || old.st_gid != now.st_gid)
    {
        let owner = (old.st_uid != now.st_uid).then(|| Uid::from_raw(old.st_uid));
        let group = (old.st_gid != now.st_gid).then(|| Gid::from_raw(old.st_gid));
        lenient(fchown(handle, owner, group)).map_err(|error| {
            let error = io::Error::from(error);
            io::Error::new(error.kind(), format!("its owner cannot be kept: {error}"))
        })?;
    }
    let mode = old.map_or(Mode::from_raw_mode(mode), |old| Mode::from_raw_mode(old.st_mode & 0o7777));
    if Mode::from_raw_mode(now.st_mode & 0o7777) != mode {
        lenient(fchmod(handle, mode))?;
    }
    Ok(())
}

/// Writes many slices with few calls.
fn write<'a>(file: &mut File, mut slices: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
    loop {
        let mut batch: Vec<IoSlice<'_>> =
            slices.by_ref().filter(|slice| !slice.is_empty()).take(BATCH).map(IoSlice::new).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let mut left = batch.as_mut_slice();
        while !left.is_empty() {
            match file.write_vectored(left) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => IoSlice::advance_slices(&mut left, written),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
