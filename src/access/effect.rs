//! What would change if an ACL entry were not there.
//!
//! An entry decides through what its level says to those who ask from the path itself, and to those who ask from
//! below. Where both stay the same for everybody the entry is for, nothing changes anywhere: every other path is
//! decided elsewhere, or by what this one says.

use super::decision::{Decision, Standing};
use super::interner::{NONE, at};
use super::policy::{GROUPS, Kind, PEOPLE, Policy, find};
use super::tree::{Place, mark};
use crate::model::privilege::PrivilegeSet;
use std::collections::HashMap;

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Somebody's permissions would change without it.
    Decides {
        /// What whom it is for would have at its path without it, and has not with it; of entries for a single user.
        takes_away: PrivilegeSet,
    },
    /// Nothing would change: whoever it is for has what it grants anyway.
    Redundant,
    /// Nothing would change, because something else keeps it from granting what it is there for.
    Shadowed,
    /// It is for nobody: a group without members, or a name nobody told of.
    Nobody,
    /// It was not looked at: there was too much to look at before it.
    Unknown,
}

/// Tells what entries of a policy do; see [`Policy::effects`].
pub struct Effects<'p> {
    policy: &'p Policy,
    privileges: &'p dyn Fn(&str) -> PrivilegeSet,
    members: HashMap<u32, Vec<u32>>,
    left: usize,
}

impl Policy {
    /// A look at single entries. `privileges` tells what a role holds. No more than `most` standings are worked
    /// out: an entry for a large group takes up to four for each of its members.
    pub fn effects<'p>(&'p self, privileges: &'p dyn Fn(&str) -> PrivilegeSet, most: usize) -> Effects<'p> {
        let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
        for (id, subject) in (0..).zip(&self.subjects) {
            let groups = self.groups.get(at(subject.start)..at(subject.start) + at(subject.count));
            for group in groups.into_iter().flatten() {
                members.entry(*group).or_default().push(id);
            }
        }
        Effects { policy: self, privileges, members, left: most }
    }
}

/// An entry, or all entries of its subject at the path, in their place in the policy.
#[derive(Clone, Copy)]
struct Site<'d> {
    node: u32,
    subject: u32,
    /// What is left of the subject's roles there.
    rest: Option<&'d Decision>,
}

impl Effects<'_> {
    /// What the entry does that gives `subject` (`@group`, user id or token id) the role `role` at `path`, a path in
    /// normal form. Of a token only its own side is looked at, not what its owner may do.
    pub fn of(&mut self, path: &str, subject: &str, role: &str) -> Effect {
        self.find(path, subject, role).unwrap_or(Effect::Nobody)
    }

    fn find(&mut self, path: &str, name: &str, role: &str) -> Option<Effect> {
        let policy = self.policy;
        let place = policy.tree.locate(path).filter(|place| place.last)?;
        let (subject, is_group) = match name.strip_prefix('@') {
            Some(group) => (policy.names.find(GROUPS, group)?, true),
            None => (policy.names.find(PEOPLE, name)?, false),
        };
        let level = policy.tree.node(place.node)?;
        let entry = find(policy.tree.entries(level), subject)?;
        let roles = policy.holdings.get(at(entry.holding))?;
        let role = policy.roles.find(0, role)?;
        let rest = self.decision(roles.iter().filter(|(one, _)| *one != role));
        let site = Site { node: place.node, subject, rest: rest.as_ref() };
        let concerned = match is_group {
            true => self.members.remove(&subject).unwrap_or_default(),
            false => vec![subject],
        };
        let effect = self.for_all(site, &concerned, (self.privileges)(policy.roles.text(role)), is_group);
        if is_group {
            self.members.insert(subject, concerned);
        }
        Some(effect)
    }

    fn for_all(
        &mut self,
        site: Site<'_>,
        concerned: &[u32],
        granted: PrivilegeSet,
        is_group: bool,
    ) -> Effect {
        let mut effect = None;
        for who in concerned {
            if self.left < 4 {
                return Effect::Unknown;
            }
            self.left -= 4;
            match self.for_one(site, *who, granted, is_group) {
                Effect::Redundant if effect.is_none() => effect = Some(Effect::Redundant),
                Effect::Redundant => {}
                Effect::Shadowed => effect = Some(Effect::Shadowed),
                other => return other,
            }
        }
        effect.unwrap_or(Effect::Nobody)
    }

    fn for_one(&self, site: Site<'_>, who: u32, granted: PrivilegeSet, is_group: bool) -> Effect {
        if self.policy.subjects.get(at(who)).is_some_and(|one| one.kind == Kind::Superuser) {
            return Effect::Redundant;
        }
        let (here, below) = (self.standing(site, who, true, true), self.standing(site, who, false, true));
        let without = self.standing(site, who, true, false);
        if !same(here, without) || !same(below, self.standing(site, who, false, false)) {
            let lost = without.permissions().granted.difference(here.permissions().granted);
            return Effect::Decides { takes_away: if is_group { PrivilegeSet::EMPTY } else { lost } };
        }
        match here.permissions().granted.contains_all(granted) {
            true => Effect::Redundant,
            false => Effect::Shadowed,
        }
    }

    /// What somebody's standing is at the site's path (`last`) or below it, with the entry or without.
    fn standing(&self, site: Site<'_>, who: u32, last: bool, with: bool) -> Standing {
        let policy = self.policy;
        let (Some(level), Some(subject)) = (policy.tree.node(site.node), policy.subjects.get(at(who))) else {
            return Standing::default();
        };
        let entries = policy.tree.entries(level);
        let see = |one: u32| {
            if one == site.subject && !with {
                return site.rest.and_then(|rest| rest.seen(last));
            }
            let entry = if level.marks & mark(one) == 0 { None } else { find(entries, one) };
            policy.decisions.get(at(entry?.holding))?.seen(last)
        };
        let groups = policy.groups.get(at(subject.start)..at(subject.start) + at(subject.count));
        let by_groups = || {
            let seen = groups.into_iter().flatten().filter_map(|group| see(*group));
            seen.reduce(|mut all, one| {
                all.join(one);
                all
            })
        };
        let above = || {
            let place = Place { node: level.up, last: false, membership: NONE };
            policy.walk(who, subject, place, &mut ())
        };
        see(who).or_else(by_groups).or_else(above).unwrap_or_default()
    }

    /// What roles come to; `None`: there are none.
    fn decision<'r>(&self, roles: impl Iterator<Item = &'r (u32, bool)>) -> Option<Decision> {
        let mut decision: Option<Decision> = None;
        for (role, propagate) in roles {
            let name = self.policy.roles.text(*role);
            let blocks = name == self.policy.vocabulary.blocking_role;
            decision.get_or_insert_default().add((self.privileges)(name), blocks, *propagate);
        }
        decision
    }
}

/// Whether two standings come to the same, wherever they are joined with others: what is blocked, is.
fn same(one: Standing, other: Standing) -> bool {
    one.blocked == other.blocked && (one.blocked || one == other)
}
