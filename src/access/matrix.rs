//! The access matrix: what everybody may do at many paths at once.
//!
//! A full matrix of a large directory has hundreds of millions of cells, nearly all of which say what
//! the one above them says. So a [`Matrix`] holds cells of two sorts: those at paths asked for by
//! name, and those at which something is *set* for somebody: an entry for him or a group of his stands
//! there, or a pool adds to what he has. What holds at a path without a cell is what
//! its nearest path above with one says of those below.

mod building;

use super::decision::Permissions;
use super::interner::{NONE, at, number};
use super::policy::{GROUPS, Kind, Observer, PEOPLE, Policy, Principal, Seen, Weight};
use super::tree::Place;
use crate::model::privilege::PrivilegeSet;
use building::Building;
use std::collections::BTreeMap;

/// Who the rows of a matrix are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Users and tokens.
    Principals,
    /// Groups: what somebody may do who is a member of this group alone.
    Groups,
}

/// Where the entries stand that decide a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Nowhere: the superuser needs none.
    Superuser,
    /// At the path, for the principal of the row.
    Entry,
    /// At the path, for groups the user is in.
    Group,
    /// Further up.
    Inherited,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What may be done.
    pub permissions: Permissions,
    /// The roles this comes from by name, and whether each reaches further down.
    pub roles: Vec<(String, bool)>,
    /// Where the entries stand.
    pub origin: Origin,
    /// Whether pools the path is in add something.
    pub pooled: bool,
    /// Whether a separated token has less than its roles grant because its owner has less.
    pub limited: bool,
    /// What holds at paths below that have no cell of their own, where it is not simply what is propagated
    /// from here: an entry that does not propagate hides others here, but not further down.
    pub below: Option<Below>,
}

/// What holds below a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Below {
    /// What may be done there.
    pub granted: PrivilegeSet,
    /// The roles this comes from.
    pub roles: Vec<String>,
}

/// One cell: places in the lists of the [`Matrix`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Whose.
    pub row: u32,
    /// Where.
    pub path: u32,
    /// Says what.
    pub finding: u32,
}

/// Who may do what where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// Ids of users and tokens, or names of groups; sorted, and only those with a cell.
    pub rows: Vec<String>,
    /// The paths in tree order; only those with a cell.
    pub paths: Vec<String>,
    /// What cells say; each once.
    pub findings: Vec<Finding>,
    /// The cells, by row and path.
    pub cells: Vec<Cell>,
}

/// Which paths a matrix is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'a> {
    /// The paths asked for; none: every path something is set at.
    pub paths: &'a [String],
    /// Whether paths below these count as well, where something is set.
    pub below: bool,
    /// The one row asked for; none: every row.
    pub only: Option<&'a str>,
}

/// Watches a decision: which entries it comes from.
#[derive(Default)]
struct Deciding {
    /// How many times the walk turned to somebody: first to whom it is about, then to a token's owner.
    turns: usize,
    /// How many walks began for him: first at the path, then at pools.
    walks: usize,
    /// The first subject with an entry that decides at the path, and whether it stands at that very path.
    first: Option<(u32, bool)>,
    /// Sets of roles that decide, and whether they stand where the walk began.
    holdings: Vec<(u32, bool)>,
    pool_holdings: Vec<(u32, bool)>,
    /// What this comes to before the owner's rights are taken into account.
    own: Permissions,
}

impl Observer for Deciding {
    fn turns_to(&mut self, _: u32) {
        self.turns += 1;
        self.walks = 0;
    }

    fn sets_out(&mut self, _: u32) {
        self.walks += 1;
    }

    fn sees(&mut self, seen: Seen) {
        match (self.turns, self.walks) {
            _ if seen.weight != Weight::Decides => {}
            (1, 1) => {
                self.first.get_or_insert((seen.subject, seen.last));
                self.holdings.push((seen.holding, seen.last));
            }
            (1, _) => self.pool_holdings.push((seen.holding, seen.last)),
            _ => {}
        }
    }

    fn sums_up(&mut self, permissions: Permissions) {
        if self.turns == 1 {
            self.own = permissions;
        }
    }
}

/// What decides a cell, in numbers; as many cells say the same, each is put into words once.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    granted: PrivilegeSet,
    propagated: PrivilegeSet,
    /// Sets of roles, and whether they stand at the path itself.
    holdings: Vec<(u32, bool)>,
    /// Sets of roles at pools, likewise.
    pool_holdings: Vec<(u32, bool)>,
    origin: Origin,
    pooled: bool,
    limited: bool,
    /// What may be done below, and the sets of roles this comes from.
    below: (PrivilegeSet, Vec<(u32, bool)>),
}

impl Policy {
    /// What everybody may do within `scope`.
    ///
    /// At a path asked for by name, every row has a cell that may do something there or for which
    /// something is set there. At other paths, only rows have one for which something is set. The
    /// superuser has a single cell at the top, or one at each path asked for.
    pub fn matrix(&self, rows: Rows, scope: Scope<'_>) -> Matrix {
        let only = match scope.only {
            None => None,
            Some(name) => {
                let context = if rows == Rows::Groups { GROUPS } else { PEOPLE };
                let Some(id) = self.names.find(context, name) else { return Matrix::default() };
                Some(id)
            }
        };
        let mut building = Building::new(self, rows, only);
        let mut paths: Vec<String> = Vec::new();
        for path in scope.paths {
            let known = paths.contains(path);
            if !known {
                building.at_path(path, number(paths.len()));
                paths.push(path.clone());
            }
        }
        if scope.below || scope.paths.is_empty() {
            building.set_within(scope.paths, &mut paths);
        }
        building.finish(paths)
    }

    fn is_row(&self, id: u32, rows: Rows) -> bool {
        let context = self.names.context(id);
        match rows {
            Rows::Principals => context == PEOPLE && !self.names.text(id).is_empty(),
            Rows::Groups => context == GROUPS,
        }
    }

    /// What a row may do at a place and what decides it; `None` when nothing at all was found there.
    fn look(&self, row: u32, place: Place) -> Option<Key> {
        let (who, subject) = self.acting(Principal(row));
        let subject = subject?;
        let mut key = Key {
            granted: self.vocabulary.all,
            propagated: self.vocabulary.all,
            holdings: Vec::new(),
            pool_holdings: Vec::new(),
            origin: Origin::Superuser,
            pooled: false,
            limited: false,
            below: (self.vocabulary.all, Vec::new()),
        };
        if subject.kind == Kind::Superuser {
            return Some(key);
        }
        let mut seen = Deciding::default();
        let effective = self.decide(who, Some(place), &mut seen);
        let (first, here) = seen.first.unwrap_or((NONE, false));
        key.origin = match here {
            false => Origin::Inherited,
            true if first == who.0 => Origin::Entry,
            true => Origin::Group,
        };
        key.limited = effective != seen.own;
        key.pooled = place.membership != NONE
            && effective
                != self.decide(who, Some(Place { membership: NONE, ..place }), &mut Deciding::default());
        let mut further = Deciding::default();
        let below = Place { last: false, membership: NONE, ..place };
        key.below = (self.decide(who, Some(below), &mut further).granted, further.holdings);
        (key.granted, key.propagated) = (effective.granted, effective.propagated);
        (key.holdings, key.pool_holdings) = (seen.holdings, seen.pool_holdings);
        let found = !key.holdings.is_empty() || !key.pool_holdings.is_empty();
        found.then_some(key)
    }

    /// Whether it is at this very place that a row's rights are what `key` says: by an entry, by a pool,
    /// or because something is set here for the owner of a token.
    fn is_set(&self, row: u32, key: &Key, place: Place) -> bool {
        match (key.origin, self.subject(row).map(|subject| subject.kind)) {
            (Origin::Superuser, _) => false,
            (Origin::Entry | Origin::Group, _) => true,
            (Origin::Inherited, _) if key.pooled => true,
            (Origin::Inherited, Some(Kind::Separated { owner })) => {
                let of_owner = self.look(owner, place).map(|key| key.origin);
                matches!(of_owner, Some(Origin::Entry | Origin::Group))
            }
            _ => false,
        }
    }

    /// The roles of a cell by name.
    fn roles_of(&self, key: &Key) -> Vec<(String, bool)> {
        if key.origin == Origin::Superuser {
            return vec![(self.vocabulary.full_role.clone(), true)];
        }
        let of_path = key.holdings.iter().map(|(holding, here)| (*holding, *here, true));
        let of_pools = key.pool_holdings.iter().map(|(holding, here)| (*holding, *here, false));
        self.role_names(of_path.chain(of_pools))
    }

    /// What holds below, where a cell does not tell it already.
    fn below_of(&self, key: &Key) -> Option<Below> {
        let (granted, holdings) = &key.below;
        let roles = self.role_names(holdings.iter().map(|(holding, here)| (*holding, *here, true)));
        let below = Below { granted: *granted, roles: roles.into_iter().map(|(name, _)| name).collect() };
        let passed_on =
            self.roles_of(key).into_iter().filter(|(_, propagate)| *propagate).map(|(name, _)| name);
        let told = *granted == key.propagated && below.roles.iter().eq(passed_on.collect::<Vec<_>>().iter());
        (!told && key.origin != Origin::Superuser).then_some(below)
    }

    /// The roles in sets of roles by name: of each set, whether it stands where it is looked at, and whether what it
    /// grants may reach further down.
    fn role_names(&self, sets: impl Iterator<Item = (u32, bool, bool)>) -> Vec<(String, bool)> {
        let mut held: BTreeMap<&str, bool> = BTreeMap::new();
        for (holding, here, reaches) in sets {
            for (role, propagate) in self.holdings.get(at(holding)).into_iter().flatten() {
                if here || *propagate {
                    *held.entry(self.roles.text(*role)).or_default() |= *propagate && reaches;
                }
            }
        }
        let owned = |(name, propagate): (&str, bool)| (name.to_owned(), propagate);
        match held.remove_entry(self.vocabulary.blocking_role.as_str()) {
            Some(blocking) => vec![owned(blocking)],
            None => held.into_iter().map(owned).collect(),
        }
    }
}
