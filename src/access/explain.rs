//! Why somebody may do something somewhere, or may not: the walk that decides, written down.

use super::decision::{Permissions, Standing};
use super::interner::{NONE, at};
use super::policy::{Kind, Observer, Policy, Principal, Seen, Subject, Weight};
use crate::model::privilege::{Privilege, PrivilegeSet};

/// In what capacity somebody is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acting<'p> {
    /// Nothing and nobody mentions that name.
    Nobody,
    /// As the superuser, who may do everything.
    Superuser,
    /// As himself.
    User,
    /// As a token that may do what its owner may; entries for the token itself count for nothing.
    FullToken {
        /// The owner.
        owner: &'p str,
        /// Whether that is the superuser.
        superuser: bool,
    },
    /// As a token that may do what both it and its owner may.
    SeparatedToken {
        /// The owner.
        owner: &'p str,
        /// Whether that is the superuser, who limits nothing.
        superuser: bool,
    },
}

/// How an entry is about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via<'p> {
    /// It names him.
    Itself,
    /// It names a group he is a member of.
    Group(&'p str),
}

impl Via<'_> {
    /// The subject as it stands in the entry: `oneself`, a user or token id, or `@group`.
    pub fn subject(self, oneself: &str) -> String {
        match self {
            Self::Itself => oneself.to_owned(),
            Self::Group(group) => format!("@{group}"),
        }
    }
}

/// What becomes of a role in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Decides,
    /// It is the blocking role, and takes away everything.
    Blocks,
    /// It would count, and the blocking role takes it away.
    Blocked,
    /// It is a group's, and an entry of one's own stands at the same path.
    Outranked,
    /// An entry at a deeper path replaces it.
    Covered,
    /// It does not propagate, and the path asked for is further down.
    OutOfReach,
}

/// One role of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'p> {
    /// How the entry is about the one who is asked for.
    pub via: Via<'p>,
    /// The role.
    pub role: &'p str,
    /// What the role holds.
    pub privileges: PrivilegeSet,
    /// Whether the entry reaches deeper paths.
    pub propagate: bool,
    /// What becomes of it.
    pub fate: Fate,
}

/// A path on the way to the top at which entries are about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level<'p> {
    /// Where.
    pub path: String,
    /// Whether it stands above the path the walk began at.
    pub inherited: bool,
    /// The entries: one's own first.
    pub entries: Vec<Entry<'p>>,
}

/// A way from a path to the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk<'p> {
    /// The deepest path on the way that is known; for a pool, the path of the pool.
    pub from: String,
    /// The levels that have entries, deepest first.
    pub levels: Vec<Level<'p>>,
    /// Whether the blocking role is among what decides.
    pub blocked: bool,
}

/// What the entries for one subject come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side<'p> {
    /// Whom the entries are for: a user or token id, or the name of a group that was asked for itself.
    pub subject: &'p str,
    /// The way from the path that was asked for.
    pub walk: Walk<'p>,
    /// The ways from the pools that path is a member of; what they give does not propagate.
    pub pools: Vec<Walk<'p>>,
    /// What all this comes to.
    pub permissions: Permissions,
}

impl<'p> Side<'p> {
    /// All ways: that from the path itself first.
    pub fn walks(&self) -> impl Iterator<Item = &Walk<'p>> {
        std::iter::once(&self.walk).chain(&self.pools)
    }

    /// Every entry with its level, in the order they are met.
    pub fn entries(&self) -> impl Iterator<Item = (&Level<'p>, &Entry<'p>)> {
        let levels = self.walks().flat_map(|walk| &walk.levels);
        levels.flat_map(|level| level.entries.iter().map(move |entry| (level, entry)))
    }

    /// The entries that give a privilege.
    pub fn granting(&self, privilege: Privilege) -> impl Iterator<Item = (&Level<'p>, &Entry<'p>)> {
        self.entries()
            .filter(move |(_, entry)| entry.fate == Fate::Decides && entry.privileges.contains(privilege))
    }
}

/// How a decision was come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'p> {
    /// In what capacity the one who was asked for is answered.
    pub acting: Acting<'p>,
    /// The sides that were looked at: of a user his own; of a full token its owner's; of a separated token its own
    /// and, unless that is the superuser, its owner's. None for the superuser, for nobody, and on a text that is
    /// no path.
    pub sides: Vec<Side<'p>>,
    /// The decision: what all sides have in common.
    pub permissions: Permissions,
}

impl Explanation<'_> {
    /// Whether a privilege is held.
    pub fn holds(&self, privilege: Privilege) -> bool {
        self.permissions.granted.contains(privilege)
    }
}

/// Writes down what a walk comes across.
struct Recorder<'p> {
    policy: &'p Policy,
    sides: Vec<Side<'p>>,
    /// Whose entries are looked at.
    subject: u32,
    /// Where the walk is.
    node: u32,
}

impl<'p> Recorder<'p> {
    fn walk(&mut self) -> Option<&mut Walk<'p>> {
        let side = self.sides.last_mut()?;
        Some(side.pools.last_mut().unwrap_or(&mut side.walk))
    }
}

impl Walk<'_> {
    const fn none() -> Self {
        Self { from: String::new(), levels: Vec::new(), blocked: false }
    }
}

impl Observer for Recorder<'_> {
    const GOES_ON: bool = true;

    fn turns_to(&mut self, subject: u32) {
        self.subject = subject;
        self.sides.push(Side {
            subject: self.policy.names.text(subject),
            walk: Walk::none(),
            pools: Vec::new(),
            permissions: Permissions::NONE,
        });
    }

    fn sets_out(&mut self, node: u32) {
        self.node = NONE;
        let Some(side) = self.sides.last_mut() else { return };
        let walk = Walk { from: self.policy.tree.path(node), ..Walk::none() };
        match side.walk.from.is_empty() {
            true => side.walk = walk,
            false => side.pools.push(walk),
        }
    }

    fn sees(&mut self, Seen { node, subject, holding, last, weight }: Seen) {
        let (policy, itself) = (self.policy, self.subject);
        let moved = std::mem::replace(&mut self.node, node) != node;
        let Some(walk) = self.walk() else { return };
        if moved {
            let path = policy.tree.path(node);
            walk.levels.push(Level { path, inherited: !last, entries: Vec::new() });
        }
        let Some(level) = walk.levels.last_mut() else { return };
        let via = match subject == itself {
            true => Via::Itself,
            false => Via::Group(policy.names.text(subject)),
        };
        // A group may name a member twice.
        if via != Via::Itself && level.entries.iter().any(|known| known.via == via) {
            return;
        }
        for (role, propagate) in policy.holdings.get(at(holding)).into_iter().flatten() {
            let fate = match weight {
                _ if !last && !propagate => Fate::OutOfReach,
                Weight::OutOfReach => Fate::OutOfReach,
                Weight::Covered => Fate::Covered,
                Weight::Outranked => Fate::Outranked,
                Weight::Decides if policy.blocking == Some(*role) => Fate::Blocks,
                Weight::Decides => Fate::Decides,
            };
            level.entries.push(Entry {
                via,
                role: policy.roles.text(*role),
                privileges: policy.privileges_of(*role),
                propagate: *propagate,
                fate,
            });
        }
    }

    fn arrives(&mut self, decided: Option<Standing>) {
        if let Some(walk) = self.walk() {
            walk.blocked = decided.is_some_and(|standing| standing.blocked);
        }
    }

    fn sums_up(&mut self, permissions: Permissions) {
        let Some(side) = self.sides.last_mut() else { return };
        side.permissions = permissions;
        if side.walks().any(|walk| walk.blocked) {
            let walks = std::iter::once(&mut side.walk).chain(&mut side.pools);
            let entries = walks.flat_map(|walk| &mut walk.levels).flat_map(|level| &mut level.entries);
            for entry in entries.filter(|entry| entry.fate == Fate::Decides) {
                entry.fate = Fate::Blocked;
            }
        }
    }
}

impl Policy {
    /// How it comes that `who` may do on `path` what [`Policy::permissions`] says, recorded by the same walk.
    pub fn explain(&self, who: &str, path: &str) -> Explanation<'_> {
        match self.principal(who) {
            Some(principal) => self.explain_principal(principal, path),
            None => Explanation { acting: Acting::Nobody, sides: Vec::new(), permissions: Permissions::NONE },
        }
    }

    /// [`Policy::explain`] for somebody looked up before.
    pub fn explain_principal(&self, who: Principal, path: &str) -> Explanation<'_> {
        let mut recorder = Recorder { policy: self, sides: Vec::new(), subject: NONE, node: NONE };
        let permissions = self.decide(who, self.tree.locate(path), &mut recorder);
        Explanation { acting: self.capacity(who), sides: recorder.sides, permissions }
    }

    fn capacity(&self, who: Principal) -> Acting<'_> {
        let is_superuser = |id: u32| self.subject(id).is_some_and(|one| one.kind == Kind::Superuser);
        match self.subject(who.0) {
            None => Acting::Nobody,
            Some(Subject { kind: Kind::Superuser, .. }) => Acting::Superuser,
            Some(Subject { kind: Kind::User, .. }) => Acting::User,
            Some(Subject { kind: Kind::Full { owner }, .. }) => {
                Acting::FullToken { owner: self.names.text(*owner), superuser: is_superuser(*owner) }
            }
            Some(Subject { kind: Kind::Separated { owner }, .. }) => {
                Acting::SeparatedToken { owner: self.names.text(*owner), superuser: is_superuser(*owner) }
            }
        }
    }

    /// The name somebody was looked up by.
    pub fn name(&self, who: Principal) -> &str {
        self.names.text(who.0)
    }
}
