//! Who has to be looked at, and where: nobody else can have gained or lost anything.

use super::Side;
use crate::access::decision::Decision;
use crate::access::interner::{NONE, at, number};
use crate::access::policy::{GROUPS, Kind, PEOPLE, Policy};
use crate::model::path::{is_within, upwards};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// A user or token, or (`true`) a group, by name.
type Name<'p> = (bool, &'p str);

/// A policy by names, so that two of them can be compared.
struct Named<'p> {
    /// By path and subject: what the entries there come to.
    entries: HashMap<String, HashMap<Name<'p>, &'p Decision>>,
    /// Where a subject has entries.
    paths: HashMap<Name<'p>, Vec<String>>,
    members: HashMap<&'p str, Vec<&'p str>>,
    groups: HashMap<&'p str, BTreeSet<&'p str>>,
    /// Users and tokens, and for tokens the owner and whether they are separated.
    people: HashMap<&'p str, Option<(&'p str, bool)>>,
    /// By member: the paths of its pools.
    pools: HashMap<String, BTreeSet<String>>,
    superuser: Option<&'p str>,
}

impl<'p> Named<'p> {
    fn of(policy: &'p Policy) -> Self {
        let name = |id: u32| (policy.names.context(id) == GROUPS, policy.names.text(id));
        let mut named = Self {
            entries: HashMap::new(),
            paths: HashMap::new(),
            members: HashMap::new(),
            groups: HashMap::new(),
            people: HashMap::new(),
            pools: HashMap::new(),
            superuser: None,
        };
        for (id, node) in policy.tree.nodes.iter().enumerate() {
            if node.count > 0 {
                let path = policy.tree.path(number(id));
                let subjects = policy.tree.entries(node).iter().filter_map(|entry| {
                    Some((name(entry.subject), policy.decisions.get(at(entry.holding))?))
                });
                let subjects: HashMap<Name<'p>, &Decision> = subjects.collect();
                for subject in subjects.keys() {
                    named.paths.entry(*subject).or_default().push(path.clone());
                }
                named.entries.insert(path, subjects);
            }
            if node.membership != NONE {
                let pools = policy.tree.memberships.get(at(node.membership)).into_iter().flatten();
                let pools = pools.map(|pool| policy.tree.path(*pool)).collect();
                named.pools.insert(policy.tree.path(number(id)), pools);
            }
        }
        for (id, subject) in policy.subjects.iter().enumerate() {
            let who = number(id);
            if policy.names.context(who) != PEOPLE {
                continue;
            }
            let who = policy.names.text(who);
            let owner = match subject.kind {
                Kind::Full { owner } => Some((policy.names.text(owner), false)),
                Kind::Separated { owner } => Some((policy.names.text(owner), true)),
                Kind::Superuser => {
                    named.superuser = Some(who);
                    None
                }
                Kind::User => None,
            };
            named.people.insert(who, owner);
            for group in subject.groups(&policy.groups) {
                let group = policy.names.text(*group);
                named.members.entry(group).or_default().push(who);
                named.groups.entry(who).or_default().insert(group);
            }
        }
        named
    }

    fn paths_of(&self, subject: Name<'p>) -> &[String] {
        self.paths.get(&subject).map(Vec::as_slice).unwrap_or_default()
    }

    fn groups_of(&self, who: &str) -> impl Iterator<Item = &'p str> {
        self.groups.get(who).into_iter().flatten().copied()
    }

    fn members_of(&self, group: &str) -> impl Iterator<Item = &'p str> {
        self.members.get(group).into_iter().flatten().copied()
    }

    /// Whether somebody is a token that may do what its owner may.
    fn is_full_token(&self, who: &str) -> bool {
        matches!(self.people.get(who), Some(Some((_, false))))
    }
}

struct Concerned<'n, 'p> {
    sides: [&'n Named<'p>; 2],
    found: BTreeMap<String, BTreeSet<String>>,
    /// What was asked of [`Concerned::members_near`].
    near: HashMap<String, Rc<BTreeSet<String>>>,
}

/// Everybody who may have gained or lost something, and the paths to look at.
pub(super) fn concerned(before: Side<'_>, after: Side<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let (old, new) = (Named::of(before.policy), Named::of(after.policy));
    let mut concerned = Concerned { sides: [&old, &new], found: BTreeMap::new(), near: HashMap::new() };
    concerned.by_entries(&old, &new);
    concerned.by_entries(&new, &old);
    concerned.by_pools();
    let people: BTreeSet<&str> = old.people.keys().chain(new.people.keys()).copied().collect();
    for who in people {
        let kinds = [&old, &new].map(|side| side.people.get(who).copied().flatten());
        let changed = (before.acts)(who) != (after.acts)(who) || kinds[0] != kinds[1];
        let full = [&old, &new].into_iter().all(|side| side.is_full_token(who));
        if changed && !full {
            concerned.everywhere(who);
        }
        concerned.by_groups(who);
    }
    concerned.separated_tokens();
    let Concerned { mut found, .. } = concerned;
    found.retain(|who, _| ![&old, &new].into_iter().all(|side| side.is_full_token(who)));
    found
}

impl<'n, 'p> Concerned<'n, 'p> {
    fn add(&mut self, who: &str, path: &str) {
        let paths = match self.found.get_mut(who) {
            Some(paths) => paths,
            None => self.found.entry(who.to_owned()).or_default(),
        };
        if !paths.contains(path) {
            paths.insert(path.to_owned());
        }
    }

    /// Whoever an entry for `subject` is about, in either state.
    fn people_of(&self, (is_group, name): Name<'p>) -> Vec<&'p str> {
        if !is_group {
            return vec![name];
        }
        self.sides.into_iter().flat_map(|side| side.members_of(name)).collect()
    }

    /// Where entries of one state are not the same in the other: there, and at the members of a pool.
    fn by_entries(&mut self, one: &'n Named<'p>, other: &Named<'p>) {
        for (path, subjects) in &one.entries {
            let there = other.entries.get(path);
            let same = |subject: &Name<'p>, decision: &Decision| {
                there.and_then(|there| there.get(subject)).is_some_and(|other| *other == decision)
            };
            for (subject, decision) in subjects {
                if !same(subject, decision) {
                    self.people_of(*subject).into_iter().for_each(|who| self.add_with_members(who, path));
                }
            }
        }
    }

    /// The members of pools something set at a path may matter for: those below it, and those of pools there or
    /// below it.
    fn members_near(&mut self, path: &str) -> Rc<BTreeSet<String>> {
        if let Some(known) = self.near.get(path) {
            return Rc::clone(known);
        }
        let near = |(member, pools): &(&String, &BTreeSet<String>)| {
            is_within(member, path) || pools.iter().any(|pool| is_within(pool, path))
        };
        let members = self.sides.into_iter().flat_map(|side| &side.pools);
        let found: Rc<BTreeSet<String>> =
            Rc::new(members.filter(near).map(|(member, _)| member.clone()).collect());
        self.near.insert(path.to_owned(), Rc::clone(&found));
        found
    }

    /// A path, and the members of pools something else may be true of: those that are not below the path
    /// themselves, and those something is set for elsewhere on the way to them or to their pools.
    fn add_with_members(&mut self, who: &'p str, path: &str) {
        self.add(who, path);
        if path != "/" {
            let near = self.members_near(path);
            near.iter().filter(|member| !is_within(member, path)).for_each(|member| self.add(who, member));
        }
        for other in self.own_paths(who).into_iter().filter(|other| *other != path) {
            let near = self.members_near(other);
            near.iter().filter(|member| is_within(member, path)).for_each(|member| self.add(who, member));
        }
    }

    /// Somebody, and for a token its owner, who counts as well.
    fn with_owner(&self, who: &'p str) -> Vec<&'p str> {
        let owners = self.sides.into_iter().filter_map(|side| side.people.get(who)?.map(|(owner, _)| owner));
        std::iter::once(who).chain(owners).collect()
    }

    /// Where somebody, his groups or the owner have entries.
    fn own_paths(&self, who: &'p str) -> BTreeSet<&'n String> {
        let names = self.with_owner(who);
        let of = |side: &'n Named<'p>| {
            let groups = names.iter().flat_map(|name| side.groups_of(name)).map(|group| (true, group));
            let people = names.iter().map(|name| (false, *name));
            groups.chain(people).flat_map(|name| side.paths_of(name)).collect::<Vec<_>>()
        };
        self.sides.into_iter().flat_map(of).collect()
    }

    /// Members that joined or left a pool, for everybody with an entry there or above.
    fn by_pools(&mut self) {
        let [old, new] = self.sides;
        let members: BTreeSet<&String> = old.pools.keys().chain(new.pools.keys()).collect();
        for member in members {
            let sides = [old, new].map(|side| side.pools.get(member));
            if sides[0] == sides[1] {
                continue;
            }
            let mut who = HashSet::new();
            for pool in sides.into_iter().flatten().flatten() {
                for path in upwards(pool) {
                    let subjects = [old, new].into_iter().filter_map(|side| side.entries.get(path));
                    for subject in subjects.flat_map(HashMap::keys) {
                        who.extend(self.people_of(*subject));
                    }
                }
            }
            who.into_iter().for_each(|who| self.add(who, member));
        }
    }

    /// Groups joined or left: where they have entries.
    fn by_groups(&mut self, who: &'p str) {
        let [old, new] = self.sides;
        if old.groups.get(who) == new.groups.get(who) {
            return;
        }
        let groups = [old, new].map(|side| side.groups.get(who).cloned().unwrap_or_default());
        for group in groups[0].symmetric_difference(&groups[1]) {
            let paths: BTreeSet<&'n String> =
                self.sides.into_iter().flat_map(|side| side.paths_of((true, group))).collect();
            paths.into_iter().for_each(|path| self.add_with_members(who, path));
        }
    }

    /// All paths that have to do with somebody who came or went, was enabled or disabled.
    fn everywhere(&mut self, who: &'p str) {
        let names = self.with_owner(who);
        if self.sides.into_iter().any(|side| side.superuser.is_some_and(|one| names.contains(&one))) {
            self.add(who, "/");
        }
        self.own_paths(who).into_iter().for_each(|path| self.add_with_members(who, path));
    }

    /// Separated tokens that were found, and those of owners that were: what they may do changes wherever either of
    /// the two has entries.
    fn separated_tokens(&mut self) {
        for side in self.sides {
            for (token, owner) in &side.people {
                let Some((owner, true)) = owner else { continue };
                let paths = self.found.get(*owner).cloned();
                if paths.is_some() || self.found.contains_key(*token) {
                    paths.iter().flatten().for_each(|path| self.add(token, path));
                    self.everywhere(token);
                }
            }
        }
    }
}
