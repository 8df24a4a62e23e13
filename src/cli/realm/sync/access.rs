//! Who would gain and who would lose access by a synchronisation.

use crate::access::Policy;
use crate::catalogue::Catalogue;
use crate::model::acl::Subject;
use crate::model::directory::Directory;
use crate::model::id::{GroupId, UserId};
use crate::model::privilege::PrivilegeSet;
use crate::realm::sync::{Fetched, Plan, Step};
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

/// Everybody whose access may change: users that come or go and hold ACL entries or are in a group that
/// does, and members of such groups that come, go or change. Nobody else is looked at: a realm may have
/// 100,000 users.
pub(super) fn concerned(
    before: &Directory,
    after: &Directory,
    plan: &Plan,
    fetched: &Fetched,
) -> BTreeSet<String> {
    let (mut users, mut groups) = (BTreeSet::new(), BTreeSet::new());
    for entry in before.entries().chain(after.entries()) {
        match entry.subject {
            Subject::Group(id) => drop(groups.insert(id)),
            Subject::User(id) => drop(users.insert(id.to_string())),
            Subject::Token(_) => {}
        }
    }
    let members = |id: &GroupId| {
        let of = |side: &Directory| side.groups.look(id.as_str(), |group| group.members.clone());
        [before, after].into_iter().filter_map(of).flatten().map(|user| user.to_string()).collect::<Vec<_>>()
    };
    let changed: BTreeSet<&str> = fetched
        .groups()
        .zip(&plan.groups)
        .filter(|(_, step)| step.changes())
        .map(|(group, _)| group.id())
        .chain(plan.vanished_groups.iter().map(GroupId::as_str))
        .collect();
    let of_changed = groups.iter().filter(|id| changed.contains(id.as_str())).flat_map(members);
    let mut who: BTreeSet<String> = of_changed.collect();
    users.extend(groups.iter().flat_map(members));
    let new = fetched.users().zip(&plan.users).filter(|(_, step)| **step == Step::Add);
    let come = new.map(|(user, _)| user.id()).filter(|id| users.contains(*id)).map(str::to_owned);
    let go = plan.vanished_users.iter().map(UserId::as_str).filter(|id| users.contains(*id));
    who.extend(come.chain(go.map(str::to_owned)));
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
