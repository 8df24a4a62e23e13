//! Who may do more or less in one state of a directory than in another.

mod concerned;

use super::interner::NONE;
use super::policy::{Policy, Principal};
use super::tree::Place;
use crate::model::privilege::PrivilegeSet;

/// A state of a directory.
#[derive(Clone, Copy)]
pub struct Side<'s> {
    /// Who holds what in it.
    pub policy: &'s Policy,
    /// Whether a user or token (by its id) can act in it: is there, enabled and not at its end. Who cannot act
    /// holds nothing.
    pub acts: &'s dyn Fn(&str) -> bool,
}

/// Which paths a difference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The path and deeper ones that inherit from it.
    HereAndBelow,
    /// The path only.
    Here,
    /// Deeper paths that inherit from it only.
    Below,
}

/// What somebody gains and loses at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The user or token.
    pub who: String,
    /// The path.
    pub path: String,
    /// Which paths it stands for.
    pub reach: Reach,
    /// Privileges that come.
    pub gains: PrivilegeSet,
    /// Privileges that go.
    pub loses: PrivilegeSet,
}

/// Who may do what in `after` and not in `before`, and the other way round, sorted by who and path.
///
/// Told are the paths where something changed: entries, roles, members of groups with entries, pools. What
/// deeper paths inherit from there is not told again, nor is a token that may do what its owner may beside its owner,
/// unless it comes or goes itself.
pub fn differences(before: Side<'_>, after: Side<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    for (who, paths) in concerned::concerned(before, after) {
        let (old, new) = (Sight::of(before, &who), Sight::of(after, &who));
        for path in paths {
            for (reach, old, new) in reaches(old.at(&path), new.at(&path)) {
                let (gains, loses) = (new.difference(old), old.difference(new));
                if !(gains.is_empty() && loses.is_empty()) {
                    found.push(Difference { who: who.clone(), path: path.clone(), reach, gains, loses });
                }
            }
        }
    }
    found
}

/// What one side lets somebody do.
struct Sight<'s> {
    policy: &'s Policy,
    who: Option<Principal>,
}

/// What may be done at a path, and at a deeper one nothing is set at.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Granted {
    here: PrivilegeSet,
    below: PrivilegeSet,
}

impl<'s> Sight<'s> {
    fn of(side: Side<'s>, who: &str) -> Self {
        let who = if (side.acts)(who) { side.policy.principal(who) } else { None };
        Self { policy: side.policy, who }
    }

    fn at(&self, path: &str) -> Granted {
        let here = self.policy.tree.locate(path);
        let below = here.map(|place| Place { last: false, membership: NONE, ..place });
        let granted = |place| self.who.map(|who| self.policy.permissions_at(who, place).granted);
        Granted { here: granted(here).unwrap_or_default(), below: granted(below).unwrap_or_default() }
    }
}

/// The same sets before and after, told once where the path and those below it agree.
fn reaches(old: Granted, new: Granted) -> Vec<(Reach, PrivilegeSet, PrivilegeSet)> {
    let change = |old: PrivilegeSet, new: PrivilegeSet| (new.difference(old), old.difference(new));
    if change(old.here, new.here) == change(old.below, new.below) {
        return vec![(Reach::HereAndBelow, old.here, new.here)];
    }
    vec![(Reach::Here, old.here, new.here), (Reach::Below, old.below, new.below)]
}
