//! An open folder of the config directory. Everything is reached from the open top folder, one
//! component at a time, so that no symbolic link leads out of it.

use super::name;
use crate::error::{Error, Result};
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat};
use rustix::io::{Errno, retry_on_intr};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
// Without NONBLOCK a named pipe in the place of a file would hang us.
const FILE: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

/// More links than this on the way to one file are taken for a loop.
const LINKS: usize = 16;

/// How long a file that FUSE is just replacing may be missing.
const REPLACING: Duration = Duration::from_millis(25);

/// An open folder, and where it is for error messages.
#[derive(Debug)]
pub(super) struct Folder {
    handle: OwnedFd,
    path: PathBuf,
}

impl AsFd for Folder {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.handle.as_fd()
    }
}

impl Folder {
    /// Opens the config directory itself, which may be a symbolic link; `None` when it is not there.
    pub(super) fn top(path: &Path) -> Result<Option<Self>> {
        Self::outermost("open the config directory", path)
    }

    /// Opens the folder the journal is in, where that is another one; `None` when it is not there.
    pub(super) fn of_journal(path: &Path) -> Result<Option<Self>> {
        Self::outermost("open the folder of the journal", path)
    }

    fn outermost(action: &'static str, path: &Path) -> Result<Option<Self>> {
        match retry_on_intr(|| rustix::fs::open(path, FOLDER, Mode::empty())) {
            Ok(handle) => Ok(Some(Self { handle, path: path.to_owned() })),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(Error::io(action, path, error.into())),
        }
    }

    /// The path of something in this folder, for messages.
    pub(super) fn path_of(&self, name: &str) -> PathBuf {
        if name.is_empty() { self.path.clone() } else { self.path.join(name) }
    }

    /// A failure about something in this folder.
    pub(super) fn error(&self, action: &'static str, name: &str, source: impl Into<io::Error>) -> Error {
        Error::io(action, self.path_of(name), source.into())
    }

    /// Opens the folder `part` directly inside, which must not be a link; `None` when it is not there.
    pub(super) fn enter(&self, part: &str) -> Result<Option<Self>> {
        let flags = FOLDER.union(OFlags::NOFOLLOW);
        match retry_on_intr(|| rustix::fs::openat(self, part, flags, Mode::empty())) {
            Ok(handle) => Ok(Some(Self { handle, path: self.path.join(part) })),
            Err(Errno::NOENT) => Ok(None),
            Err(Errno::LOOP | Errno::NOTDIR) => {
                let source = match self.look(part)? {
                    Some(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::Symlink => linked(),
                    _ => Errno::NOTDIR.into(),
                };
                Err(self.error("open the folder", part, source))
            }
            Err(error) => Err(self.error("open the folder", part, error)),
        }
    }

    /// What is at `name`, links followed: only good for being compared with something opened.
    pub(super) fn peek(&self, name: &str) -> Result<Option<Stat>> {
        self.found(name, retry_on_intr(|| rustix::fs::statat(self, name, AtFlags::empty())))
    }

    /// What is directly inside under the name `part`, a link itself included.
    pub(super) fn look(&self, part: &str) -> Result<Option<Stat>> {
        self.found(part, retry_on_intr(|| rustix::fs::statat(self, part, AtFlags::SYMLINK_NOFOLLOW)))
    }

    /// A failure to open a file of our own directly inside, which is never a link.
    pub(super) fn not_opened(&self, action: &'static str, leaf: &str, error: Errno) -> Error {
        match error {
            Errno::LOOP => self.error(action, leaf, linked()),
            Errno::ISDIR => self.error(action, leaf, directory()),
            error => self.error(action, leaf, error),
        }
    }

    fn found(&self, name: &str, answer: rustix::io::Result<Stat>) -> Result<Option<Stat>> {
        match answer {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(self.error("look at", name, error)),
        }
    }

    /// Opens the plain file `name`, relative and possibly deep inside; `None` when it is not there.
    pub(super) fn open_file(&self, name: &str) -> Result<Option<(File, Stat)>> {
        let opened = match self.walk(name, FILE) {
            Err(error) if error.raw_os_error() == Some(Errno::NOENT.raw_os_error()) => {
                self.open_again(name).map_err(|error| self.error("open", name, error))?
            }
            other => Some(other.map_err(|error| self.error("open", name, error))?),
        };
        let Some(handle) = opened else { return Ok(None) };
        let stat = rustix::fs::fstat(&handle).map_err(|error| self.error("look at", name, error))?;
        plain(&stat).map_err(|error| self.error("read", name, error))?;
        Ok(Some((File::from(handle), stat)))
    }

    /// FUSE moves a file that is being read out of the way before the new one takes its place: for a
    /// moment the name is missing. Only the listing tells that from a file that is not there.
    fn open_again(&self, name: &str) -> io::Result<Option<OwnedFd>> {
        if !self.is_fuse() {
            return Ok(None);
        }
        let (folder, leaf) = name::split(name);
        let end = Instant::now() + REPLACING;
        loop {
            let names = self.entries(folder)?.into_iter().map(|(entry, _)| entry);
            let hint = being_replaced(leaf, names);
            match self.walk(name, FILE) {
                Ok(handle) => return Ok(Some(handle)),
                Err(error) if error.raw_os_error() != Some(Errno::NOENT.raw_os_error()) => return Err(error),
                Err(_) if !hint || Instant::now() >= end => return Ok(None),
                Err(_) => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    /// Whether the file system is a FUSE one, as that of a Proxmox cluster is.
    pub(super) fn is_fuse(&self) -> bool {
        rustix::fs::fstatfs(self).is_ok_and(|system| system.f_type == 0x6573_5546)
    }

    /// Opens `name` component by component. A link is followed as long as it stays inside.
    fn walk(&self, name: &str, flags: OFlags) -> io::Result<OwnedFd> {
        let mut rest: Vec<String> = name.rsplit('/').map(str::to_owned).collect();
        let mut entered: Vec<OwnedFd> = Vec::new();
        let mut links = 0;
        while let Some(part) = rest.pop() {
            if part == ".." {
                entered.pop().ok_or_else(outside)?;
                continue;
            }
            let base = entered.last().map_or(self.as_fd(), AsFd::as_fd);
            let wanted = if rest.is_empty() { flags } else { FOLDER } | OFlags::NOFOLLOW;
            match retry_on_intr(|| rustix::fs::openat(base, part.as_str(), wanted, Mode::empty())) {
                Ok(handle) if rest.is_empty() => return Ok(handle),
                Ok(handle) => entered.push(handle),
                Err(error @ (Errno::LOOP | Errno::NOTDIR)) => {
                    let target =
                        rustix::fs::readlinkat(base, part.as_str(), Vec::new()).map_err(|_| error)?;
                    links += 1;
                    if links > LINKS {
                        return Err(Errno::LOOP.into());
                    }
                    let target = target.to_str().map_err(|_| outside())?;
                    if target.starts_with('/') {
                        return Err(outside());
                    }
                    rest.extend(
                        target.rsplit('/').filter(|one| !one.is_empty() && *one != ".").map(str::to_owned),
                    );
                }
                Err(error) => return Err(error.into()),
            }
        }
        // Only a link to a folder (`x -> ..`) ends here.
        let base = entered.last().map_or(self.as_fd(), AsFd::as_fd);
        Ok(rustix::fs::openat(base, ".", FOLDER, Mode::empty())?)
    }

    fn entries(&self, folder: &str) -> io::Result<Vec<(String, FileType)>> {
        let mut stream = if folder.is_empty() {
            Dir::read_from(self)?
        } else {
            match self.walk(folder, FOLDER) {
                Ok(handle) => Dir::new(handle)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                Err(error) => return Err(error),
            }
        };
        let mut entries = Vec::new();
        while let Some(entry) = stream.read() {
            let entry = entry?;
            // A name that is not UTF-8 is none of ours.
            if let Ok(name) = entry.file_name().to_str()
                && name != "."
                && name != ".."
            {
                let sort = match entry.file_type() {
                    FileType::Unknown => stream
                        .fd()
                        .and_then(|fd| rustix::fs::statat(fd, name, AtFlags::SYMLINK_NOFOLLOW))
                        .map_or(FileType::Unknown, |stat| FileType::from_raw_mode(stat.st_mode)),
                    known => known,
                };
                entries.push((name.to_owned(), sort));
            }
        }
        Ok(entries)
    }

    /// Everything directly inside the folder `folder` (empty: this one), unsorted; nothing when it is
    /// not there.
    pub(super) fn list(&self, folder: &str) -> Result<Vec<(String, FileType)>> {
        self.entries(folder).map_err(|error| self.error("list the folder", folder, error))
    }

    /// Makes what happened to the names in this folder last.
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::fsync(self))?)
    }
}

/// Whether a name that could not be opened may only be missing for a moment, as the listing tells.
fn being_replaced(leaf: &str, mut names: impl Iterator<Item = String>) -> bool {
    names.any(|name| name == leaf || name.starts_with(name::FUSE_HIDDEN))
}

fn outside() -> io::Error {
    io::Error::new(
        io::ErrorKind::PermissionDenied,
        "a symbolic link leads out of the config directory; put the file itself there",
    )
}

fn linked() -> io::Error {
    io::Error::new(
        io::ErrorKind::PermissionDenied,
        "it is a symbolic link, which is never written through; put what it leads to there",
    )
}

fn directory() -> io::Error {
    io::Error::new(io::ErrorKind::IsADirectory, "it is a directory and must be a file; move it away")
}

/// Refuses everything that is not a plain file.
pub(super) fn plain(stat: &Stat) -> io::Result<()> {
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Ok(()),
        FileType::Directory => Err(directory()),
        FileType::Symlink => Err(linked()),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file; move it away")),
    }
}

/// Whether two looks saw the same file with the same content. The inode number is only meaningful
/// while one of both looks still holds the file open.
pub(super) fn same(one: &Stat, other: &Stat) -> bool {
    one.st_dev == other.st_dev
        && one.st_ino == other.st_ino
        && one.st_size == other.st_size
        && one.st_mtime == other.st_mtime
        && one.st_mtime_nsec == other.st_mtime_nsec
}

/// The content of a file, in memory of exactly its size.
pub(super) fn content(file: &mut File, stat: &Stat) -> io::Result<Vec<u8>> {
    let size = u64::try_from(stat.st_size).unwrap_or_default();
    let mut text = Vec::with_capacity(usize::try_from(size).map_err(io::Error::other)?);
    file.take(size).read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_name_is_only_doubted_with_a_hint() {
        let names = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>().into_iter();
        assert!(!being_replaced("user.cfg", names(&["domains.cfg", "priv"])));
        assert!(being_replaced("user.cfg", names(&["user.cfg"])));
        assert!(being_replaced("user.cfg", names(&["priv", ".fuse_hidden0001"])));
    }
}
