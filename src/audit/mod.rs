//! The account of what happened to a directory: what an entry of the journal says, the chain the entries make, and
//! how a change is told so that it can be taken back.
//!
//! Nothing here reads or writes a file; `store` does.

pub mod chain;
pub mod difference;
pub mod digest;
pub mod history;
pub mod objects;

pub use crate::format::journal::{Edit, Entry, FileEntry, Kept, Kind, Seen, SignIn, Who};

/// Where a change comes from; by default nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Who asked for it.
    pub who: Who,
    /// From where: a terminal, the address of a remote one.
    pub from: Option<String>,
    /// The command, secrets left out.
    pub command: Option<String>,
}

/// What a change is for; by default it is just a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// The sort.
    pub kind: Kind,
    /// The entry it undoes, or whose state it restores.
    pub of: Option<u64>,
}

impl Deed {
    /// A deed of a sort that is about no earlier entry.
    pub const fn of(kind: Kind) -> Self {
        Self { kind, of: None }
    }
}
