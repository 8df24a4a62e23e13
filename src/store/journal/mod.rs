//! The journal on disk: one line an entry, written in the same commit as the files it tells of.
//!
//! The line is written and synced before the commit's point of no return, and taken off again when the commit does
//! not come to it. Whoever takes the lock next can tell: the staged file whose renaming is the point of no return
//! (the one file, or the marker) has in its name where the journal ended before. Is that file still there, the commit has not
//! happened, and the journal is cut back to there. So there is exactly one entry for every change that stands, and
//! finishing a change twice writes nothing twice.

pub(super) mod account;
pub mod adopt;
pub(super) mod append;
pub mod past;
mod place;
mod present;
pub mod survey;
mod syslog;
mod view;

pub(super) use place::Place;
pub(super) use view::Piece;
pub use view::{Backwards, Forwards, View};

use crate::audit::chain::End;
use crate::error::Result;
use crate::format::settings::{Journal, Syslog};
use std::path::PathBuf;

/// How a directory keeps its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether it keeps one.
    pub enabled: bool,
    /// Where; `None`: in the config directory.
    pub file: Option<PathBuf>,
    /// When the file is this long, in bytes, another one is begun.
    pub rotate_at: u64,
    /// How many full files are kept.
    pub keep: usize,
    /// Whether secrets a change took away are kept, below `priv/`, so that the change can be undone.
    pub keep_secrets: bool,
    /// Whether attempts to sign in are noted.
    pub sign_ins: bool,
    /// The socket of the system's log that every entry is sent to as well.
    pub syslog: Option<PathBuf>,
}

impl Rules {
    /// When a file is full, unless told otherwise: 64 MiB.
    pub const ROTATE_AT: u64 = 64 << 20;
    /// How many full files are kept unless told otherwise.
    pub const KEEP: usize = 15;
    /// Where the system's log listens.
    pub const SYSLOG: &str = "/dev/log";
    /// Where the journal of a directory is that several machines share: their file system is small, and each has its own.
    pub const SHARED: &str = "/var/log/usher/journal.jsonl";
}

impl Rules {
    /// What the settings of a directory say; whether it is `shared` with other programs and machines decides what they do
    /// not.
    pub fn of(said: &Journal, shared: bool) -> Self {
        let usual = Self::default();
        Self {
            enabled: said.enabled.unwrap_or(usual.enabled),
            file: said.file.clone().or_else(|| shared.then(|| PathBuf::from(Self::SHARED))),
            rotate_at: said.rotate_at.unwrap_or(usual.rotate_at),
            keep: said.keep.unwrap_or(usual.keep),
            keep_secrets: said.keep_secrets.unwrap_or(!shared),
            sign_ins: said.sign_ins.unwrap_or(usual.sign_ins),
            syslog: match &said.syslog {
                None | Some(Syslog::Off) => None,
                Some(Syslog::Usual) => Some(PathBuf::from(Self::SYSLOG)),
                Some(Syslog::Socket(path)) => Some(path.clone()),
            },
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            enabled: true,
            file: None,
            rotate_at: Self::ROTATE_AT,
            keep: Self::KEEP,
            keep_secrets: true,
            sign_ins: true,
            syslog: None,
        }
    }
}

/// The lines of one entry, with their line breaks.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The entry itself.
    pub entry: Vec<u8>,
    /// The secrets that are kept with it.
    pub kept: Option<Vec<u8>>,
}

/// Writes the entry of a commit, as soon as it is known where the journal ends.
pub type Compose<'c> = Box<dyn FnOnce(End) -> Result<Lines> + 'c>;
