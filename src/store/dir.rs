//! A store over a real directory.

use super::commit::{self, Leftovers};
use super::folder::Folder;
use super::journal::{Compose, Place, Rules, View};
use super::lock::{DirectoryLock, LOCK, Patience};
use super::pve_lock::ProxmoxLocks;
use super::{Change, Files, Store, Transaction, name, reader};
use crate::audit::Origin;
use crate::error::{Error, Result};
use rustix::fs::AtFlags;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A config directory on disk.
///
/// A directory that is not there is made with mode 0750 by the first transaction, and goes away
/// with it when that changes nothing. Where `priv/lock/` exists, the directory is taken for one of a
/// Proxmox node, and the locks of Proxmox's own tools are taken as well.
#[derive(Clone, Debug)]
pub struct DirStore {
    path: PathBuf,
    command: String,
    patience: Duration,
    rules: Rules,
    origin: Origin,
}

impl DirStore {
    /// How long a transaction waits for the lock unless told otherwise.
    pub const PATIENCE: Duration = Duration::from_secs(10);

    /// The store over the directory `path`; nothing is touched yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            command: "usher".to_owned(),
            patience: Self::PATIENCE,
            rules: Rules::default(),
            origin: Origin::default(),
        }
    }

    /// Names the command (`user add`, never its values) that others are told when they wait for us.
    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = command.into();
        self
    }

    /// Waits at most so long for the lock.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Says how the journal is kept; by default in the directory itself.
    #[must_use]
    pub fn with_journal(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Says where the changes made through this store come from; by default nobody knows.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Store for DirStore {
    fn load(&self, names: &[&str]) -> Result<Files> {
        Folder::top(&self.path)?.map_or_else(|| Ok(Files::new()), |top| reader::load(&top, names))
    }

    fn load_by_pieces(&self, name: &str, take: &mut dyn FnMut(u64, &[u8])) -> Result<()> {
        let found = Folder::top(&self.path)?.map_or(Ok(false), |top| reader::by_pieces(&top, name, take))?;
        if !found {
            take(0, &[]);
        }
        Ok(())
    }

    fn list(&self, folder: &str, folders: bool) -> Result<Vec<String>> {
        Folder::top(&self.path)?.map_or_else(|| Ok(Vec::new()), |top| reader::list(&top, folder, folders))
    }

    fn written_at(&self, name: &str) -> Result<Option<i64>> {
        name::check(name)?;
        let Some(top) = Folder::top(&self.path)? else { return Ok(None) };
        Ok(top.open_file(name)?.map(|(_, stat)| stat.st_mtime))
    }

    fn exists(&self) -> Result<bool> {
        Ok(Folder::top(&self.path)?.is_some())
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>> {
        let patience = Patience::new(self.patience);
        loop {
            let (top, made) = open_or_make(&self.path)?;
            let mut fresh = Fresh { top: Arc::clone(&top), locked: false, made };
            let Some(lock) = DirectoryLock::take(&top, &self.command, &patience)? else {
                // Whoever had made the directory took it away again.
                fresh.made.clear();
                if !patience.sleep(Duration::from_millis(1)) {
                    let source = io::Error::new(io::ErrorKind::NotFound, "it is removed again and again");
                    return Err(Error::io("lock", &self.path, source));
                }
                continue;
            };
            fresh.locked = true;
            let mut leftovers = Leftovers::find(&top)?;
            let proxmox = match leftovers.proxmox.take() {
                Some(folder) => {
                    let locks = ProxmoxLocks::take(folder, &lock, &patience)?;
                    // Only now nobody on another node can be at work.
                    leftovers = Leftovers::find(&top)?;
                    Some(locks)
                }
                None => None,
            };
            leftovers.settle(&top, &self.rules)?;
            return Ok(Box::new(DirTransaction {
                _proxmox: proxmox,
                fresh,
                _lock: lock,
                top,
                rules: &self.rules,
            }));
        }
    }

    fn journal(&self) -> Result<View> {
        let Some(top) = Folder::top(&self.path)?.map(Arc::new) else { return Ok(View::default()) };
        let Some(place) = Place::of(&self.rules, &top, false)? else { return Ok(View::default()) };
        // How long it is was looked up before: an entry of a commit that is not yet through has its file by now.
        place.view(|_| if self.rules.file.is_some() { Ok(None) } else { commit::undecided(&top) })
    }

    fn kept_secrets(&self) -> Result<View> {
        let Some(top) = Folder::top(&self.path)? else { return Ok(View::default()) };
        let Some(private) = top.enter(name::PRIVATE)? else { return Ok(View::default()) };
        Place::kept(Arc::new(private)).view(|_| Ok(None))
    }

    fn journal_rules(&self) -> Rules {
        self.rules.clone()
    }

    fn origin(&self) -> Origin {
        self.origin.clone()
    }
}

/// Fields are dropped in this order: the lock goes last.
struct DirTransaction<'s> {
    rules: &'s Rules,
    _proxmox: Option<ProxmoxLocks>,
    fresh: Fresh,
    _lock: DirectoryLock,
    top: Arc<Folder>,
}

impl Transaction for DirTransaction<'_> {
    fn read(&self, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
        reader::read_locked(&self.top, name)
    }

    fn commit_with_entry(
        mut self: Box<Self>,
        changes: Vec<Change>,
        compose: Option<Compose<'_>>,
    ) -> Result<()> {
        if changes.is_empty() && compose.is_none() {
            return Ok(());
        }
        commit::commit(&self.top, &changes, compose.map(|compose| (self.rules, compose)))?;
        self.fresh.made.clear();
        Ok(())
    }

    fn begins_journal(&self) -> Result<bool> {
        Place::of(self.rules, &self.top, false)?.map_or(Ok(true), |place| place.is_empty())
    }

    fn journal_rules(&self) -> Rules {
        self.rules.clone()
    }
}

/// Folders that a transaction made and that go with it unless it commits; outermost first.
struct Fresh {
    top: Arc<Folder>,
    // Without the lock, the lock file is somebody else's.
    locked: bool,
    made: Vec<PathBuf>,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if self.locked && !self.made.is_empty() {
            let _ = rustix::fs::unlinkat(&*self.top, LOCK, AtFlags::empty());
        }
        for path in self.made.drain(..).rev() {
            // Somebody else may have put something there meanwhile: then it stays.
            let _ = std::fs::remove_dir(path);
        }
    }
}

/// Opens the directory, made with its parents if need be; tells what was made.
fn open_or_make(path: &Path) -> Result<(Arc<Folder>, Vec<PathBuf>)> {
    let mut made = Vec::new();
    loop {
        if let Some(top) = Folder::top(path)? {
            return Ok((Arc::new(top), made));
        }
        let mut missing = vec![path];
        let parents = path.ancestors().skip(1).filter(|parent| !parent.as_os_str().is_empty());
        missing.extend(parents.take_while(|parent| !parent.exists()));
        for folder in missing.into_iter().rev() {
            let mode = if folder == path { 0o750 } else { 0o755 };
            match std::fs::DirBuilder::new().mode(mode).create(folder) {
                Ok(()) => made.push(folder.to_owned()),
                // Somebody else was faster; a link to nowhere is no folder though.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.exists() => {}
                Err(error) => {
                    made.drain(..).rev().for_each(|one| drop(std::fs::remove_dir(one)));
                    return Err(Error::io("create the config directory", folder, error));
                }
            }
        }
    }
}
