//! Where a config directory lives.
//!
//! A [`Store`] hands out whole states for reading and transactions for writing. The contract, which
//! one test suite (`tests/store.rs`) holds for every engine:
//!
//! * [`Store::load`] never waits for a writer and never sees half of a commit: all files come from
//!   one state. A file that is not there is absent, not an error; a directory that is not there
//!   holds no files.
//! * [`Store::begin`] waits for the lock, at most as long as the store was told to; the error names
//!   the holder. Only one transaction exists at a time, across processes.
//! * [`Transaction::read`] sees the newest state and nothing of it changes while the lock is held.
//! * [`Transaction::commit`] changes all files or none, also when the process is killed at any
//!   moment or the disk is full; no temporary file is left behind when it fails. Modes and owners of
//!   files survive; new files are 0640, below `priv/` 0600 in a directory of mode 0700.
//! * Dropping a transaction changes nothing.
//! * [`Transaction::commit_with_entry`] writes the entry of the journal along: exactly one for every commit
//!   that stands, whatever happens meanwhile.
//!
//! A commit has a point of no return. What fails before it is undone; a failure after it (a failing disk)
//! is still an error, whose words say that the change stands: readers see it, and the next
//! transaction completes it.

pub mod apply;
pub mod change;
mod commit;
mod dir;
mod folder;
mod jobs;
pub mod journal;
pub mod location;
mod lock;
mod marker;
mod memory;
pub mod modes;
mod name;
mod openid;
mod pve_lock;
mod reader;
pub mod removal;
pub mod rename;
pub mod second_factors;
pub mod sign_in;
mod stage;
pub mod synchronise;
pub mod ticket_keys;

pub use dir::DirStore;
pub use memory::MemoryStore;

use crate::audit::Origin;
use crate::error::Result;
use crate::format::rope::Rope;
use journal::{Compose, Rules, View};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The contents of some files of one state of the directory, by name relative to it
/// (`user.cfg`, `priv/token.cfg`); absent files have no entry.
pub type Files = BTreeMap<String, Arc<Vec<u8>>>;

/// One file's change: its name relative to the directory, and its next content (`None`: remove it).
pub type Change = (String, Option<Rope>);

/// Where a config directory lives.
pub trait Store {
    /// Reads the files `names`, all from one state.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`] when a file is there and cannot be read, or leads outside;
    /// [`crate::error::Error::Invalid`] when a name is none inside the directory.
    fn load(&self, names: &[&str]) -> Result<Files>;

    /// Reads the file `name` piece by piece: `take` is given each with its place in the file. A piece at place 0 begins anew,
    /// also when the file changed meanwhile. A file that is absent has one piece without content.
    ///
    /// # Errors
    /// Those of [`Store::load`].
    fn load_by_pieces(&self, name: &str, take: &mut dyn FnMut(u64, &[u8])) -> Result<()>;

    /// The names of the plain files directly inside the folder `folder` (relative, `nodes/a/lxc`), sorted;
    /// `folders` asks for its sub-folders instead. A missing folder holds nothing.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`] when the folder is there and cannot be listed.
    fn list(&self, folder: &str, folders: bool) -> Result<Vec<String>>;

    /// When the file `name` was written last, in seconds since 1970; `None` when it is absent.
    ///
    /// # Errors
    /// Those of [`Store::load`].
    fn written_at(&self, name: &str) -> Result<Option<i64>>;

    /// Whether there is anything to read at all. To most a directory that is not there is an empty one.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`] when that cannot be found out.
    fn exists(&self) -> Result<bool> {
        Ok(true)
    }

    /// Takes the lock.
    ///
    /// # Errors
    /// [`crate::error::Error::Locked`] when somebody else holds it for too long,
    /// [`crate::error::Error::Io`] when the directory cannot be created or written.
    fn begin(&self) -> Result<Box<dyn Transaction + '_>>;

    /// The journal as it stands, an entry that is just being written left out.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    fn journal(&self) -> Result<View>;

    /// The secrets kept with the journal; what is kept is [`crate::audit::Kept`].
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    fn kept_secrets(&self) -> Result<View>;

    /// How the journal is kept.
    fn journal_rules(&self) -> Rules;

    /// Where the changes made through this store come from.
    fn origin(&self) -> Origin;
}

/// The right to change a directory: holds its lock until committed or dropped.
pub trait Transaction {
    /// Reads a file as it stands; `None` when it is absent.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`] when it is there and cannot be read.
    fn read(&self, name: &str) -> Result<Option<Arc<Vec<u8>>>>;

    /// Makes all changes or none. An empty list of changes writes nothing at all.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`]; then nothing was changed, unless the words say that the change is in
    /// place or stands. [`crate::error::Error::Invalid`] or [`crate::error::Error::Refused`] for a name that
    /// is none inside the directory, or that comes twice.
    fn commit(self: Box<Self>, changes: Vec<Change>) -> Result<()> {
        self.commit_with_entry(changes, None)
    }

    /// The same, with the entry of the journal that `compose` writes. Without changes the entry is written all the
    /// same.
    ///
    /// # Errors
    /// Those of [`Transaction::commit`] and of `compose`.
    fn commit_with_entry(self: Box<Self>, changes: Vec<Change>, compose: Option<Compose<'_>>) -> Result<()>;

    /// Whether the next entry is the first of the journal.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    fn begins_journal(&self) -> Result<bool>;

    /// How the journal is kept.
    fn journal_rules(&self) -> Rules;
}
