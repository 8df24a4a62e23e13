//! Expectations about permissions, and how they compare with what holds. `docs/policy-tests.md` is the reference.

use super::Policy;
use super::usable::{Unusable, Who, check_usable};
use crate::model::directory::Directory;
use crate::model::path::AclPath;
use crate::model::privilege::PrivilegeSet;

/// What somebody should be able to do at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyTest {
    /// What people call the expectation.
    pub name: String,
    /// The line of its file it begins in, counted from 1.
    pub line: usize,
    /// Who is asked for.
    pub who: Who,
    /// Where.
    pub path: AclPath,
    /// What is expected.
    pub expected: Expected,
}

/// What a test expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// All of the one, none of the other.
    Bounds {
        /// What must be held.
        can: PrivilegeSet,
        /// What must not be held.
        cannot: PrivilegeSet,
    },
    /// These privileges and no others.
    Exactly(PrivilegeSet),
}

/// How a test came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What can be used.
    pub actual: PrivilegeSet,
    /// What is expected and not there.
    pub missing: PrivilegeSet,
    /// What is there and must not be.
    pub unwanted: PrivilegeSet,
    /// Why nothing can be used, whatever is held.
    pub unusable: Option<Unusable>,
}

impl Verdict {
    /// Whether everything is as expected.
    pub fn passed(&self) -> bool {
        self.missing.is_empty() && self.unwanted.is_empty()
    }
}

impl PolicyTest {
    /// Compares with what holds at the moment `now`, in seconds since 1970. Accounts that are unknown, disabled or at
    /// their end can do nothing.
    pub fn judge(&self, directory: &Directory, policy: &Policy, now: u64) -> Verdict {
        let who = self.who.to_string();
        let unusable = check_usable(directory, &self.who, now).err();
        let actual = match unusable {
            Some(_) => PrivilegeSet::EMPTY,
            None => policy.permissions(&who, self.path.as_str()).granted,
        };
        let (missing, unwanted) = match self.expected {
            Expected::Bounds { can, cannot } => (can.difference(actual), cannot.intersection(actual)),
            Expected::Exactly(all) => (all.difference(actual), actual.difference(all)),
        };
        Verdict { actual, missing, unwanted, unusable }
    }
}
