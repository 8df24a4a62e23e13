//! Whose the files of a config directory are, and who may read and write them.

use super::dir::DirStore;
use super::folder::Folder;
use super::{Store, name};
use crate::error::Result;
use crate::format::journal;
use rustix::fs::{FileType, Mode, OFlags, Stat, fchmod, openat};
use rustix::io::retry_on_intr;

/// So deep files lie at most.
const DEEPEST: usize = 4;

/// A file or folder, its mode and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMode {
    /// Its name relative to the config directory; empty for that itself.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its permission bits.
    pub mode: u32,
    /// The number of the user of the system who owns it.
    pub owner: u32,
}

impl FileMode {
    fn of(name: String, is_folder: bool, stat: &Stat) -> Self {
        Self { name, is_folder, mode: stat.st_mode & 0o7777, owner: stat.st_uid }
    }

    /// Whether it is for its owner alone.
    pub fn is_private(&self) -> bool {
        name::is_private(&self.name)
    }
}

impl DirStore {
    /// The modes and owners of the directory, the plain files in it, and everything in its folder of secrets, by name.
    /// What a link leads to is not looked at, and nothing the store keeps for itself but the journal.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn modes(&self) -> Result<Vec<FileMode>> {
        let mut modes = Vec::new();
        let Some(top) = Folder::top(self.path())? else { return Ok(modes) };
        let stat = rustix::fs::fstat(&top).map_err(|error| top.error("look at", "", error))?;
        modes.push(FileMode::of(String::new(), true, &stat));
        collect(&top, "", &mut modes)?;
        modes.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(modes)
    }

    /// Sets modes, under the lock. What is gone by then is passed over, and nothing is done to links.
    ///
    /// # Errors
    /// Those of [`Store::begin`], and [`crate::error::Error::Io`] when the system refuses.
    pub fn set_modes(&self, modes: &[(String, u32)]) -> Result<()> {
        let _lock = self.begin()?;
        let Some(top) = Folder::top(self.path())? else { return Ok(()) };
        for (name, mode) in modes {
            set(&top, name, *mode)?;
        }
        Ok(())
    }
}

fn collect(folder: &Folder, prefix: &str, modes: &mut Vec<FileMode>) -> Result<()> {
    for (leaf, sort) in folder.list("")? {
        let is_folder = sort == FileType::Directory;
        let name = format!("{prefix}{leaf}");
        let wanted = match is_folder {
            true => name::is_private(&name) && name.split('/').count() < DEEPEST,
            false => sort == FileType::RegularFile,
        };
        // Files of the journal that were put aside have its name with a number behind it.
        let is_journal = leaf.starts_with(journal::FILE);
        if !wanted || (name::is_hidden(&leaf) && !is_journal) {
            continue;
        }
        let Some(stat) = folder.look(&leaf)? else { continue };
        modes.push(FileMode::of(name.clone(), is_folder, &stat));
        if is_folder && let Some(inner) = folder.enter(&leaf)? {
            collect(&inner, &format!("{name}/"), modes)?;
        }
    }
    Ok(())
}

fn set(top: &Folder, name: &str, mode: u32) -> Result<()> {
    let mode = Mode::from_raw_mode(mode);
    let refused = |error| top.error("set the mode of", name, error);
    if name.is_empty() {
        return fchmod(top, mode).map_err(refused);
    }
    let (folder, leaf) = name::split(name);
    let mut inner: Option<Folder> = None;
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        inner = match inner.as_ref().unwrap_or(top).enter(part)? {
            Some(next) => Some(next),
            None => return Ok(()),
        };
    }
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = inner.as_ref().unwrap_or(top);
    match retry_on_intr(|| openat(folder, leaf, flags, Mode::empty())) {
        Ok(handle) => fchmod(&handle, mode).map_err(refused),
        Err(rustix::io::Errno::NOENT) => Ok(()),
        Err(error) => Err(refused(error)),
    }
}
