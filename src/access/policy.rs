//! The compiled form of a directory, and the walk every answer comes from.

use super::decision::{Decision, Permissions, Standing};
use super::interner::{Interner, NONE, at};
use super::members::Members;
use super::paths::Paths;
use super::rows::Rows;
use super::tree::{Entry, Place, Tree, mark};
use crate::catalogue::Catalogue;
use crate::model::facts::Source;
use crate::model::privilege::{Privilege, PrivilegeSet};
use std::sync::OnceLock;

/// The context of user and token ids among the subjects.
pub(super) const PEOPLE: u32 = 0;
/// The context of group names among the subjects.
pub(super) const GROUPS: u32 = 1;

/// A user or token, looked up once; valid for the policy it comes from only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal(pub(super) u32);

/// What sort of subject somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A user, known or only mentioned; groups, too, which nobody can ask as.
    User,
    /// May do everything.
    Superuser,
    /// A token that may do what its owner may.
    Full { owner: u32 },
    /// A token that may do what both it and its owner may.
    Separated { owner: u32 },
}

/// Somebody entries can be for.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    /// Its own mark and those of its groups.
    pub(super) marks: u64,
    /// Where its groups begin, and how many there are.
    pub(super) start: u32,
    pub(super) count: u32,
    pub(super) kind: Kind,
}

impl Subject {
    /// Its groups, among those of all.
    #[inline]
    pub(super) fn groups<'g>(&self, all: &'g [u32]) -> &'g [u32] {
        all.get(at(self.start)..at(self.start) + at(self.count)).unwrap_or_default()
    }
}

/// What a policy takes over from the catalogue.
pub(super) struct Vocabulary {
    pub(super) all: PrivilegeSet,
    pub(super) full_role: String,
    pub(super) blocking_role: String,
    pub(super) listed: Vec<String>,
}

/// What becomes of an entry a walk comes across, before the blocking role is taken into account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It stands at the level that decides, and counts.
    Decides,
    /// A deeper level has decided already.
    Covered,
    /// It is a group's, and an entry of one's own stands at the same path.
    Outranked,
    /// It does not reach down to where the walk began.
    OutOfReach,
}

/// An entry a walk comes across.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// Where it stands.
    pub(super) node: u32,
    /// Who is asked for, or a group of his.
    pub(super) subject: u32,
    /// Its roles.
    pub(super) holding: u32,
    /// Whether it stands where the walk began.
    pub(super) last: bool,
    pub(super) weight: Weight,
}

/// Sees how a decision is come to.
pub(super) trait Observer {
    /// Whether it wants to see anything; if not, the walk may take short cuts.
    const WATCHES: bool = true;
    /// Whether a walk goes on after the decision, to show what does not count.
    const GOES_ON: bool = false;

    /// The entries for `subject` and its groups are going to be looked at.
    fn turns_to(&mut self, _subject: u32) {}

    /// A walk begins: first at the path asked for, then at each pool it is a member of.
    fn sets_out(&mut self, _node: u32) {}

    /// The walk comes across an entry.
    fn sees(&mut self, seen: Seen);

    /// The walk has ended with this.
    fn arrives(&mut self, _decided: Option<Standing>) {}

    /// This is what the entries for the subject come to.
    fn sums_up(&mut self, _permissions: Permissions) {}
}

impl Observer for () {
    const WATCHES: bool = false;

    #[inline]
    fn sees(&mut self, _: Seen) {}
}

/// Who may do what where, for one state of a directory.
pub struct Policy {
    pub(super) vocabulary: Vocabulary,
    /// Users, tokens and groups by name.
    pub(super) names: Interner,
    pub(super) subjects: Vec<Subject>,
    /// The groups of all subjects.
    pub(super) groups: Vec<u32>,
    pub(super) tree: Tree,
    pub(super) rows: Rows,
    /// What the distinct sets of roles grant.
    pub(super) decisions: Vec<Decision>,
    /// What they consist of: roles, and whether each propagates.
    pub(super) holdings: Vec<Vec<(u32, bool)>>,
    pub(super) roles: Interner,
    /// What each role holds.
    pub(super) role_privileges: Vec<PrivilegeSet>,
    /// The role that takes everything away.
    pub(super) blocking: Option<u32>,
    /// Worked out when somebody asks about everybody.
    pub(super) members: OnceLock<Members>,
    /// Worked out when somebody asks about every path.
    pub(super) paths: OnceLock<Paths>,
}

impl std::fmt::Debug for Policy {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Policy")
            .field("subjects", &self.subjects.len())
            .field("paths", &self.tree.nodes.len())
            .field("entries", &self.tree.entries.len())
            .finish_non_exhaustive()
    }
}

impl Policy {
    /// Takes in the facts `source` tells, in the vocabulary of `catalogue`.
    ///
    /// Nothing is refused: a privilege the catalogue does not know is left out of its role, a role or
    /// token nobody told of counts for nothing in an ACL entry, and a role named like a built-in one
    /// does not change that.
    pub fn compile(source: &impl Source, catalogue: &Catalogue) -> Self {
        super::compile::compile(source, catalogue)
    }

    /// Looks up a user or token.
    ///
    /// Somebody only mentioned, as a member of a group or in an ACL entry, is found; `None` means that
    /// there is nothing he may do.
    #[inline]
    pub fn principal(&self, who: &str) -> Option<Principal> {
        self.names.find(PEOPLE, who).map(Principal)
    }

    /// Whether `who` (a user or token id) has `privilege` on `path`.
    ///
    /// The path is taken as it is given (`docs/permissions.md` tells what odd spellings mean). Whether
    /// an account is enabled and not expired is for the login to say.
    #[inline]
    pub fn check(&self, who: &str, privilege: Privilege, path: &str) -> bool {
        self.principal(who).is_some_and(|principal| self.check_principal(principal, privilege, path))
    }

    /// [`Policy::check`] for somebody looked up before.
    #[inline]
    pub fn check_principal(&self, who: Principal, privilege: Privilege, path: &str) -> bool {
        self.permissions_of(who, path).granted.contains(privilege)
    }

    /// Everything `who` may do on `path`.
    pub fn permissions(&self, who: &str, path: &str) -> Permissions {
        self.principal(who).map_or(Permissions::NONE, |principal| self.permissions_of(principal, path))
    }

    /// [`Policy::permissions`] for somebody looked up before.
    #[inline]
    pub fn permissions_of(&self, who: Principal, path: &str) -> Permissions {
        self.permissions_at(who, self.tree.locate(path))
    }

    /// What somebody may do at a place; `None` is a text that is no path, where only the superuser may
    /// do anything.
    #[inline]
    pub(super) fn permissions_at(&self, who: Principal, place: Option<Place>) -> Permissions {
        self.decide(who, place, &mut ())
    }

    /// [`Policy::permissions_at`], watched.
    pub(super) fn decide<O: Observer>(
        &self,
        who: Principal,
        place: Option<Place>,
        observer: &mut O,
    ) -> Permissions {
        self.combine(who, O::GOES_ON, |id, subject| match place {
            Some(place) => self.evaluate(id, subject, place, observer),
            None => Permissions::NONE,
        })
    }

    /// What somebody may do, from what `evaluate` says the entries for a subject and its groups grant: an owner stands
    /// for his full token, and limits his separated one. With `goes_on` both sides of the latter are asked for.
    #[inline]
    pub(super) fn combine(
        &self,
        who: Principal,
        goes_on: bool,
        mut evaluate: impl FnMut(u32, &Subject) -> Permissions,
    ) -> Permissions {
        let (who, Some(subject)) = self.acting(who) else { return Permissions::NONE };
        if subject.kind == Kind::Superuser {
            return Permissions { granted: self.vocabulary.all, propagated: self.vocabulary.all };
        }
        let own = evaluate(who.0, subject);
        let Kind::Separated { owner } = subject.kind else { return own };
        match self.subject(owner) {
            Some(Subject { kind: Kind::Superuser, .. }) => own,
            Some(by) if goes_on || !own.is_empty() => own.limited_to(evaluate(owner, by)),
            _ => Permissions::NONE,
        }
    }

    /// Who stands for somebody: a full token's owner, everybody else himself.
    pub(super) fn acting(&self, who: Principal) -> (Principal, Option<&Subject>) {
        match self.subject(who.0) {
            Some(Subject { kind: Kind::Full { owner }, .. }) => (Principal(*owner), self.subject(*owner)),
            subject => (who, subject),
        }
    }

    #[inline]
    pub(super) fn subject(&self, id: u32) -> Option<&Subject> {
        self.subjects.get(at(id))
    }

    /// Who is in which group.
    pub(super) fn members(&self) -> &Members {
        self.members.get_or_init(|| Members::of(&self.subjects, &self.groups))
    }

    /// What a role holds.
    pub(super) fn privileges_of(&self, role: u32) -> PrivilegeSet {
        self.role_privileges.get(at(role)).copied().unwrap_or_default()
    }

    /// What the entries for a subject and its groups grant, and those of the pools `place` is in.
    #[inline]
    fn evaluate<O: Observer>(
        &self,
        id: u32,
        subject: &Subject,
        place: Place,
        observer: &mut O,
    ) -> Permissions {
        observer.turns_to(id);
        let standing = self.walk(id, subject, place, observer).unwrap_or_default();
        let standing = self.with_pools(place, O::GOES_ON, standing, |pool| {
            let pool = Place { node: pool, last: true, membership: NONE };
            self.walk(id, subject, pool, observer).unwrap_or_default()
        });
        let permissions = standing.permissions();
        observer.sums_up(permissions);
        permissions
    }

    /// Adds what the pools a place is in give, as `at_pool` tells for the node of each.
    #[inline]
    pub(super) fn with_pools(
        &self,
        place: Place,
        goes_on: bool,
        mut standing: Standing,
        mut at_pool: impl FnMut(u32) -> Standing,
    ) -> Standing {
        // What is blocked stays so whatever the pools say.
        if place.membership != NONE && (goes_on || !standing.blocked) {
            for pool in self.tree.memberships.get(at(place.membership)).into_iter().flatten() {
                standing.join(Standing { propagated: PrivilegeSet::EMPTY, ..at_pool(*pool) });
            }
        }
        standing
    }

    /// Walks from a place to the top: the first level with anything to see decides.
    #[inline]
    pub(super) fn walk<O: Observer>(
        &self,
        id: u32,
        subject: &Subject,
        place: Place,
        observer: &mut O,
    ) -> Option<Standing> {
        let Place { mut node, mut last, .. } = place;
        let mut decided = None;
        observer.sets_out(node);
        while let Some(level) = self.tree.node(node) {
            if !O::WATCHES && !last && level.row != NONE {
                return self.rows.inherited(level.row, id);
            }
            if level.marks & subject.marks != 0 {
                let entries = self.tree.entries(level);
                let covered = decided.is_some();
                let mut see = |subject: u32, outranked: bool| {
                    let entry = if level.marks & mark(subject) == 0 { None } else { find(entries, subject) };
                    let holding = entry?.holding;
                    let seen = self.decisions.get(at(holding))?.seen(last);
                    let weight = match seen {
                        None => Weight::OutOfReach,
                        Some(_) if covered => Weight::Covered,
                        Some(_) if outranked => Weight::Outranked,
                        Some(_) => Weight::Decides,
                    };
                    observer.sees(Seen { node, subject, holding, last, weight });
                    seen
                };
                let own = see(id, false);
                if own.is_some() && !O::GOES_ON {
                    return own;
                }
                let groups = subject.groups(&self.groups).iter();
                let by_groups = groups.filter_map(|group| see(*group, own.is_some()));
                decided = decided.or(own).or(Standing::joined(by_groups));
                if decided.is_some() && !O::GOES_ON {
                    return decided;
                }
            }
            node = if O::GOES_ON { self.tree.parent(node) } else { level.up };
            last = false;
        }
        observer.arrives(decided);
        decided
    }
}

/// The entry of a subject among those of a node.
#[inline]
pub(super) fn find(entries: &[Entry], subject: u32) -> Option<&Entry> {
    if entries.len() <= 8 {
        return entries.iter().find(|entry| entry.subject == subject);
    }
    let place = entries.partition_point(|entry| entry.subject < subject);
    entries.get(place).filter(|entry| entry.subject == subject)
}
