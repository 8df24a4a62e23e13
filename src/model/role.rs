//! Roles that are not built in.

use super::id::RoleId;
use std::collections::BTreeSet;

/// A named set of privileges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The role's name.
    pub id: RoleId,
    /// The names of its privileges, those of another catalogue included: they are kept, and inert.
    pub privileges: BTreeSet<String>,
    /// Fields of the line beyond the known ones, each followed by `:`.
    pub rest: String,
}
