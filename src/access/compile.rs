//! From the facts of a directory to a policy.

use super::decision::Decision;
use super::holdings::Holdings;
use super::interner::{BLOCK, Interner, NONE, Sought, at, number};
use super::members::Members;
use super::policy::{GROUPS, Kind, PEOPLE, Policy, Subject, Vocabulary};
use super::rows::{Crowd, Rows};
use super::tree::{Entry, Tree, mark};
use crate::catalogue::Catalogue;
use crate::model::acl::group_of;
use crate::model::facts::{self, Facts, Source};
use crate::model::id;
use crate::model::privilege::PrivilegeSet;
use std::collections::HashMap;
use std::sync::OnceLock;

/// An entry as told: not sorted, and a subject may have several at one path.
#[derive(Clone, Copy)]
struct Told {
    node: u32,
    subject: u32,
    grant: u32,
}

/// A name told of whose number is not looked up yet.
#[derive(Clone, Copy)]
struct Pending {
    sought: Sought,
    /// Where it stands in the text of all pending names.
    start: usize,
    end: usize,
    purpose: Purpose,
}

/// What for a name was told.
#[derive(Clone, Copy)]
enum Purpose {
    Member { group: u32 },
    Entry { node: u32, grant: u32 },
}

struct Compiler<'a> {
    catalogue: &'a Catalogue,
    names: Interner,
    kinds: Vec<Kind>,
    /// Who is in which group.
    members: Vec<(u32, u32)>,
    roles: Interner,
    role_privileges: Vec<PrivilegeSet>,
    /// Distinct lists of roles in the context of their flag, and what each means.
    lists: Interner,
    grants: Vec<Vec<(u32, bool)>>,
    tree: Tree,
    told: Vec<Told>,
    pending: Vec<Pending>,
    pending_text: String,
    /// Members of pools and the pool's node.
    pooled: Vec<(u32, u32)>,
    /// Room for building paths.
    text: String,
    /// The path told last, and its node.
    path: (String, u32),
}

pub(super) fn compile(source: &impl Source, catalogue: &Catalogue) -> Policy {
    let mut compiler = Compiler {
        catalogue,
        names: Interner::new(),
        kinds: Vec::new(),
        members: Vec::new(),
        roles: Interner::new(),
        role_privileges: Vec::new(),
        lists: Interner::new(),
        grants: Vec::new(),
        tree: Tree::new(),
        told: Vec::new(),
        pending: Vec::with_capacity(BLOCK),
        pending_text: String::new(),
        pooled: Vec::new(),
        text: String::new(),
        path: (String::new(), NONE),
    };
    for (name, privileges) in catalogue.roles() {
        compiler.hold(name, privileges);
    }
    compiler.person(catalogue.superuser(), Kind::Superuser);
    source.tell(&mut compiler);
    compiler.finish()
}

/// The items of a list. A record a person wrote may hold empty ones, which name nobody.
fn items(list: &str) -> impl Iterator<Item = &str> {
    facts::items(list).filter(|item| !item.is_empty())
}

impl Facts for Compiler<'_> {
    fn expect(&mut self, subjects: usize, paths: usize) {
        self.names.reserve(subjects);
        self.kinds.reserve(subjects);
        self.tree.reserve(paths);
    }

    fn user(&mut self, id: &str) {
        self.person(id, Kind::User);
    }

    fn token(&mut self, id: &str, separated: bool) {
        let Some(owner) = id.rfind('!').and_then(|bang| id.get(..bang)) else { return };
        let owner = self.person(owner, Kind::User);
        let kind = if separated { Kind::Separated { owner } } else { Kind::Full { owner } };
        let token = self.person(id, kind);
        if let Some(known) = self.kinds.get_mut(at(token)) {
            *known = kind;
        }
    }

    fn group(&mut self, id: &str, members: &str) {
        let group = self.subject(GROUPS, id, Kind::User);
        self.later(members, Purpose::Member { group });
    }

    fn pool(&mut self, id: &str, guests: &str, storages: &str) {
        let pools = self.catalogue.pools();
        if pools.acl().is_empty() {
            return;
        }
        let pool = self.path(pools.acl(), id);
        for guest in items(guests) {
            let number = guest.trim_start_matches('0');
            self.join(pools.guests(), if number.is_empty() { "0" } else { number }, pool);
        }
        for storage in items(storages) {
            self.join(pools.storages(), storage, pool);
        }
    }

    fn role(&mut self, id: &str, privileges: &str) {
        if !self.catalogue.is_builtin_role(id) {
            let known = items(privileges).filter_map(|name| self.catalogue.privilege(name)).collect();
            self.hold(id, known);
        }
    }

    fn acl(&mut self, path: &str, propagate: bool, subjects: &str, roles: &str) {
        let grant = self.grant(roles, propagate);
        if self.grants.get(at(grant)).is_none_or(Vec::is_empty) {
            return;
        }
        if self.path.0 != path {
            path.clone_into(&mut self.path.0);
            self.path.1 = self.tree.insert(path);
        }
        self.later(subjects, Purpose::Entry { node: self.path.1, grant });
    }
}

impl Compiler<'_> {
    fn subject(&mut self, context: u32, name: &str, kind: Kind) -> u32 {
        let id = self.names.intern(context, name);
        if at(id) == self.kinds.len() {
            self.kinds.push(kind);
        }
        id
    }

    fn person(&mut self, id: &str, kind: Kind) -> u32 {
        self.subject(PEOPLE, id, kind)
    }

    /// Adds privileges to a role.
    fn hold(&mut self, role: &str, privileges: PrivilegeSet) {
        let role = self.roles.intern(0, role);
        match self.role_privileges.get_mut(at(role)) {
            Some(known) => *known = known.union(privileges),
            None => self.role_privileges.push(privileges),
        }
    }

    /// Puts off the names of a list until a whole block of them can be looked up.
    fn later(&mut self, list: &str, purpose: Purpose) {
        let mut start = self.pending_text.len();
        self.pending_text.push_str(list);
        for name in facts::items(list) {
            let end = start + name.len();
            let group = if matches!(purpose, Purpose::Entry { .. }) { group_of(name) } else { None };
            if let Some(group) = group {
                let sought = self.names.sought(GROUPS, group);
                self.pending.push(Pending { sought, start: start + 1, end, purpose });
            } else if !name.is_empty() {
                let sought = self.names.sought(PEOPLE, name);
                self.pending.push(Pending { sought, start, end, purpose });
            }
            start = end + 1;
        }
        if self.pending.len() >= BLOCK {
            self.settle();
        }
    }

    /// Looks up the names put off.
    fn settle(&mut self) {
        let (mut pending, mut text) =
            (std::mem::take(&mut self.pending), std::mem::take(&mut self.pending_text));
        for block in pending.chunks(BLOCK) {
            let name = |one: &Pending| text.as_bytes().get(one.start..one.end).unwrap_or_default();
            let found = self.names.find_block(block.iter().map(|one| (one.sought, name(one))));
            for (one, found) in block.iter().zip(found) {
                let id = if found == NONE {
                    let name = text.get(one.start..one.end).unwrap_or_default();
                    let context = one.sought.context();
                    if context == PEOPLE && is_unknown_token(name, one.purpose) {
                        continue;
                    }
                    self.subject(context, name, Kind::User)
                } else {
                    found
                };
                match one.purpose {
                    Purpose::Member { group } => self.members.push((id, group)),
                    Purpose::Entry { node, grant } => self.told.push(Told { node, subject: id, grant }),
                }
            }
        }
        pending.clear();
        text.clear();
        (self.pending, self.pending_text) = (pending, text);
    }

    /// What a list of roles means with a flag; roles nobody told of are left out.
    fn grant(&mut self, list: &str, propagate: bool) -> u32 {
        let grant = self.lists.intern(u32::from(propagate), list);
        if at(grant) == self.grants.len() {
            let roles = items(list).filter_map(|role| self.roles.find(0, role));
            let mut roles: Vec<(u32, bool)> = roles.map(|role| (role, propagate)).collect();
            roles.sort_unstable();
            roles.dedup();
            self.grants.push(roles);
        }
        grant
    }

    /// The node of `name` below `prefix`.
    fn path(&mut self, prefix: &str, name: &str) -> u32 {
        self.text.clear();
        self.text.push_str(prefix);
        self.text.push_str(name);
        self.tree.insert(&self.text)
    }

    /// Makes `name` below `prefix` a member of a pool.
    fn join(&mut self, prefix: &str, name: &str, pool: u32) {
        if !prefix.is_empty() {
            let member = self.path(prefix, name);
            self.pooled.push((member, pool));
        }
    }

    fn finish(mut self) -> Policy {
        self.settle();
        let (decisions, holdings) = self.place_entries();
        self.place_pools();
        self.tree.link(|entries| {
            entries.iter().any(|entry| decisions.get(at(entry.holding)).is_some_and(Decision::propagates))
        });
        let (subjects, groups) = self.place_groups();
        let names = &self.names;
        let members = OnceLock::new();
        let crowd = Crowd {
            decisions: &decisions,
            subjects: subjects.len(),
            members: &|| members.get_or_init(|| Members::of(&subjects, &groups)),
            is_group: &|subject| names.context(subject) == GROUPS,
        };
        let rows = Rows::fill(&mut self.tree, &crowd);
        let vocabulary = Vocabulary {
            all: self.catalogue.all(),
            full_role: self.catalogue.full_role().to_owned(),
            blocking_role: self.catalogue.blocking_role().to_owned(),
            listed: self.catalogue.listed_paths().map(str::to_owned).collect(),
        };
        let blocking = self.roles.find(0, self.catalogue.blocking_role());
        let Self { names, roles, role_privileges, tree, .. } = self;
        Policy {
            vocabulary,
            names,
            subjects,
            groups,
            tree,
            rows,
            decisions,
            holdings,
            roles,
            role_privileges,
            blocking,
            members,
            paths: OnceLock::new(),
        }
    }

    /// Sorts the entries by node and subject, and makes one of several for the same subject.
    fn place_entries(&mut self) -> (Vec<Decision>, Vec<Vec<(u32, bool)>>) {
        let mut told = sorted_by_node(&self.told, self.tree.nodes.len());
        let mut holdings = Holdings::default();
        let mut entries: Vec<Entry> = Vec::with_capacity(told.len());
        for group in told.chunk_by_mut(|a, b| a.node == b.node) {
            let start = number(entries.len());
            let mut marks = 0;
            group.sort_by_key(|one| one.subject);
            for same in group.chunk_by(|a, b| a.subject == b.subject) {
                let Some(first) = same.first() else { continue };
                marks |= mark(first.subject);
                let holding = match same {
                    [one] => holdings.of_grant(one.grant, &self.grants),
                    several => holdings.of_grants(several.iter().map(|one| one.grant), &self.grants),
                };
                entries.push(Entry { subject: first.subject, holding });
            }
            let count = number(entries.len()) - start;
            let Some(first) = group.first() else { continue };
            self.tree.occupy(first.node);
            if let Some(node) = self.tree.nodes.get_mut(at(first.node)) {
                (node.start, node.count, node.marks) = (start, count, marks);
            }
        }
        self.tree.entries = entries;
        let blocking = self.roles.find(0, self.catalogue.blocking_role());
        let decide = |roles: &Vec<(u32, bool)>| {
            let mut decision = Decision::default();
            for (role, propagate) in roles {
                let privileges = self.role_privileges.get(at(*role)).copied().unwrap_or_default();
                decision.add(privileges, Some(*role) == blocking, *propagate);
            }
            decision
        };
        (holdings.sets.iter().map(decide).collect(), holdings.sets)
    }

    /// Tells every member which pools it is in.
    fn place_pools(&mut self) {
        self.pooled.sort_by_key(|(member, _)| *member);
        let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
        for same in self.pooled.chunk_by(|a, b| a.0 == b.0) {
            let Some((member, _)) = same.first() else { continue };
            let mut pools: Vec<u32> = same.iter().map(|(_, pool)| *pool).collect();
            pools.dedup();
            let fresh = number(self.tree.memberships.len());
            let membership = *known.entry(pools).or_insert_with_key(|pools| {
                self.tree.memberships.push(pools.clone());
                fresh
            });
            if let Some(node) = self.tree.nodes.get_mut(at(*member)) {
                node.membership = membership;
            }
        }
    }

    /// Gives every subject its groups.
    fn place_groups(&self) -> (Vec<Subject>, Vec<u32>) {
        let fresh =
            |(id, kind): (usize, &Kind)| Subject { marks: mark(number(id)), start: 0, count: 0, kind: *kind };
        let mut subjects: Vec<Subject> = self.kinds.iter().enumerate().map(fresh).collect();
        for (member, group) in &self.members {
            if let Some(subject) = subjects.get_mut(at(*member)) {
                subject.count += 1;
                subject.marks |= mark(*group);
            }
        }
        let mut end = 0;
        for subject in &mut subjects {
            (subject.start, end) = (end, end + subject.count);
            subject.count = 0;
        }
        let mut groups = vec![NONE; self.members.len()];
        for (member, group) in &self.members {
            let Some(subject) = subjects.get_mut(at(*member)) else { continue };
            if let Some(slot) = groups.get_mut(at(subject.start + subject.count)) {
                *slot = *group;
            }
            subject.count += 1;
        }
        (subjects, groups)
    }
}

/// Whether a name nobody told of is that of a token in an entry: such a token is nobody.
fn is_unknown_token(name: &str, purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Entry { .. }) && id::split_token(name).is_some()
}

/// The same entries by node; those of one node keep their order.
fn sorted_by_node(told: &[Told], nodes: usize) -> Vec<Told> {
    let mut next = vec![0u32; nodes];
    for one in told {
        if let Some(count) = next.get_mut(at(one.node)) {
            *count += 1;
        }
    }
    let mut end = 0;
    for count in &mut next {
        (*count, end) = (end, end + *count);
    }
    let mut sorted = told.to_vec();
    for one in told {
        if let Some(place) = next.get_mut(at(one.node)) {
            if let Some(slot) = sorted.get_mut(at(*place)) {
                *slot = *one;
            }
            *place += 1;
        }
    }
    sorted
}
