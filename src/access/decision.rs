//! What an entry grants, and how several combine.

use crate::model::privilege::{Privilege, PrivilegeSet};
use std::collections::BTreeMap;

/// What somebody may do at one path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// The privileges held there.
    pub granted: PrivilegeSet,
    /// Those among them that come from an entry which reaches further down.
    pub propagated: PrivilegeSet,
}

impl Permissions {
    /// No privilege at all.
    pub const NONE: Self = Self { granted: PrivilegeSet::EMPTY, propagated: PrivilegeSet::EMPTY };

    /// Whether no privilege is held.
    pub fn is_empty(self) -> bool {
        self.granted.is_empty()
    }

    /// What both have; propagated where both propagate.
    #[must_use]
    pub(super) fn limited_to(self, other: Self) -> Self {
        Self {
            granted: self.granted.intersection(other.granted),
            propagated: self.propagated.intersection(other.propagated),
        }
    }

    /// Every privilege held, in catalogue order, and whether it is propagated.
    pub fn iter(self) -> impl Iterator<Item = (Privilege, bool)> {
        self.granted.iter().map(move |one| (one, self.propagated.contains(one)))
    }
}

/// The roles somebody has at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roles {
    /// The superuser's: the role of this name, which holds everything.
    Full(String),
    /// Each role and whether the entry it comes from reaches further down.
    Held(BTreeMap<String, bool>),
}

/// What the entries of one level say, before the blocking role is taken into account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) granted: PrivilegeSet,
    pub(super) propagated: PrivilegeSet,
    /// The blocking role is among the roles.
    pub(super) blocked: bool,
}

impl Standing {
    pub(super) fn join(&mut self, other: Self) {
        self.granted = self.granted.union(other.granted);
        self.propagated = self.propagated.union(other.propagated);
        self.blocked |= other.blocked;
    }

    /// All of them together; `None`: there are none.
    #[inline]
    pub(super) fn joined(standings: impl Iterator<Item = Self>) -> Option<Self> {
        standings.reduce(|mut all, one| {
            all.join(one);
            all
        })
    }

    pub(super) fn permissions(self) -> Permissions {
        if self.blocked {
            return Permissions::NONE;
        }
        Permissions { granted: self.granted, propagated: self.propagated }
    }
}

/// One distinct set of roles with their flags, seen from both places an entry can be seen from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Decision {
    /// At the very path the entry stands at.
    here: Standing,
    /// From further down: propagating roles only.
    below: Standing,
    /// Whether anything is to be seen from further down; a role without privileges counts.
    propagates: bool,
}

impl Decision {
    /// Adds a role that holds `privileges`.
    pub(super) fn add(&mut self, privileges: PrivilegeSet, blocks: bool, propagate: bool) {
        let propagated = if propagate { privileges } else { PrivilegeSet::EMPTY };
        self.here.join(Standing { granted: privileges, propagated, blocked: blocks });
        if propagate {
            self.below.join(Standing { granted: privileges, propagated, blocked: blocks });
            self.propagates = true;
        }
    }

    /// What the entry says at its own path (`last`) or below; `None` when it cannot be seen.
    #[inline]
    pub(super) fn seen(&self, last: bool) -> Option<Standing> {
        match (last, self.propagates) {
            (true, _) => Some(self.here),
            (false, true) => Some(self.below),
            (false, false) => None,
        }
    }

    pub(super) fn propagates(&self) -> bool {
        self.propagates
    }
}
