//! The two faces of the command line.

use crate::error::{Error, Kind};

/// Whose habits the command line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// The original's: called as `pveum`.
    Original,
    /// usher's own.
    Own,
}

impl Face {
    /// The name the program goes by.
    pub fn program(self) -> &'static str {
        match self {
            Self::Original => "pveum",
            Self::Own => "usher",
        }
    }

    /// The exit status of a failure.
    pub fn status(self, error: &Error) -> u8 {
        match (self, error.kind()) {
            (Self::Original, _) => 255,
            (Self::Own, Kind::Failed) => 1,
            (Self::Own, Kind::Usage) => 2,
            (Self::Own, Kind::No) => 3,
            (Self::Own, Kind::Excessive) => 4,
        }
    }
}
