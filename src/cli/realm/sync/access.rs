//! Who would gain and who would lose access by a synchronisation.

use crate::access::Policy;
use crate::catalogue::Catalogue;
use crate::model::directory::Directory;
use crate::model::privilege::PrivilegeSet;
use crate::realm::sync::{Fetched, Plan};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What one user would gain and lose at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The user.
    pub user: String,
    /// Where.
    pub path: String,
    /// Privileges that come.
    pub gains: Vec<String>,
    /// Privileges that go.
    pub loses: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} on {}:", self.user, self.path)?;
        for (word, names) in [("gains", &self.gains), ("loses", &self.loses)] {
            if !names.is_empty() {
                write!(out, " {word} {}", names.join(", "))?;
            }
        }
        Ok(())
    }
}

impl Difference {
    pub(super) fn value(&self) -> Value {
        json!({ "userid": self.user, "path": self.path, "gains": self.gains, "loses": self.loses })
    }
}

/// Everybody whose access may change: users that come or go, and members of groups that do or change.
pub(super) fn concerned(before: &Directory, plan: &Plan, fetched: &Fetched) -> BTreeSet<String> {
    let mut who: BTreeSet<String> = plan.vanished_users.iter().map(ToString::to_string).collect();
    let mut members = |group: &str| {
        let of_group = before
            .groups
            .look(group, |group| group.members.iter().map(ToString::to_string).collect::<Vec<_>>());
        who.extend(of_group.into_iter().flatten());
    };
    plan.vanished_groups.iter().for_each(|group| members(group.as_str()));
    let changed = || fetched.groups().zip(&plan.groups).filter(|(_, step)| step.changes());
    changed().for_each(|(group, _)| members(group.id()));
    who.extend(changed().flat_map(|(group, _)| group.members()).map(str::to_owned));
    let new = fetched.users().zip(&plan.users).filter(|(_, step)| step.changes());
    who.extend(new.map(|(user, _)| user.id().to_owned()));
    who
}

/// What `who` may do afterwards and not before, and the other way round. Somebody without an account
/// may do nothing, whatever the entries for that name say.
pub(super) fn differences(
    before: &Directory,
    after: &Directory,
    catalogue: &Catalogue,
    who: BTreeSet<String>,
) -> Vec<Difference> {
    let policies = (Policy::compile(before, catalogue), Policy::compile(after, catalogue));
    let granted = |directory: &Directory, policy: &Policy, user: &str| -> BTreeMap<String, PrivilegeSet> {
        let listing = if directory.users.contains(user) { policy.listing(user) } else { Vec::new() };
        listing.into_iter().map(|(path, permissions)| (path, permissions.granted)).collect()
    };
    let names = |set: PrivilegeSet| set.iter().map(|one| catalogue.name(one).to_owned()).collect::<Vec<_>>();
    let mut found = Vec::new();
    for user in who {
        let (old, new) = (granted(before, &policies.0, &user), granted(after, &policies.1, &user));
        for path in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let at = |side: &BTreeMap<String, PrivilegeSet>| side.get(path).copied().unwrap_or_default();
            let (gains, loses) = (at(&new).difference(at(&old)), at(&old).difference(at(&new)));
            if !(gains.is_empty() && loses.is_empty()) {
                let (user, path) = (user.clone(), path.clone());
                found.push(Difference { user, path, gains: names(gains), loses: names(loses) });
            }
        }
    }
    found
}
