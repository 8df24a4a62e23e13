//! Groups of users.

use super::id::{GroupId, UserId};
use std::collections::BTreeSet;

/// A group of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The group's name.
    pub id: GroupId,
    /// Its members; a member need not exist.
    pub members: BTreeSet<UserId>,
    /// Free text.
    pub comment: String,
    /// What stands among the members and is no user id.
    pub unknown: BTreeSet<String>,
    /// Fields of the line beyond the known ones, each followed by `:`.
    pub rest: String,
}

impl Group {
    /// A group without members.
    pub fn new(id: GroupId) -> Self {
        Self {
            id,
            members: BTreeSet::new(),
            comment: String::new(),
            unknown: BTreeSet::new(),
            rest: String::new(),
        }
    }
}
