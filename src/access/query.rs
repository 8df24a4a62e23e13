//! Questions about more than one privilege.

use super::decision::{Permissions, Roles};
use super::interner::at;
use super::paths::Paths;
use super::policy::{Kind, Observer, Policy, Seen, Weight};
use super::sweep::Sweep;
use super::tree::Place;
use std::collections::BTreeMap;

/// Collects the entries that decide.
#[derive(Default)]
struct Deciding {
    holdings: Vec<u32>,
    node: u32,
}

impl Observer for Deciding {
    fn sees(&mut self, seen: Seen) {
        if seen.weight == Weight::Decides {
            self.node = seen.node;
            self.holdings.push(seen.holding);
        }
    }
}

impl Policy {
    /// The roles `who` has on `path` by ACL entries, and whether each comes from an entry that reaches
    /// further down. Pools are not considered here, nor what a token's owner may do.
    pub fn roles(&self, who: &str, path: &str) -> Roles {
        let nothing = Roles::Held(BTreeMap::new());
        let Some((who, Some(subject))) = self.principal(who).map(|who| self.acting(who)) else {
            return nothing;
        };
        if subject.kind == Kind::Superuser {
            return Roles::Full(self.vocabulary.full_role.clone());
        }
        let Some(place) = self.tree.locate(path) else { return nothing };
        let mut deciding = Deciding::default();
        self.walk(who.0, subject, place, &mut deciding);
        let last = place.last && deciding.node == place.node;
        let mut held = BTreeMap::new();
        for (role, propagate) in
            deciding.holdings.iter().filter_map(|id| self.holdings.get(at(*id))).flatten()
        {
            if last || *propagate {
                *held.entry(self.roles.text(*role).to_owned()).or_default() |= *propagate;
            }
        }
        match held.remove_entry(&self.vocabulary.blocking_role) {
            Some(blocking) => Roles::Held(BTreeMap::from([blocking])),
            None => Roles::Held(held),
        }
    }

    /// Everything `who` may do: on the paths the catalogue lists, on every path with an entry at or
    /// below it, and on every member of a pool. Paths where he may do nothing are left out; sorted.
    pub fn listing(&self, who: &str) -> Vec<(&str, Permissions)> {
        let Some(principal) = self.principal(who) else { return Vec::new() };
        let paths = self.paths.get_or_init(|| Paths::of(&self.tree, &self.vocabulary.listed));
        // Of a separated token its owner's, too.
        let mut sweeps: Vec<(u32, Sweep)> = Vec::new();
        self.combine(principal, true, |id, subject| {
            sweeps.push((id, Sweep::of(self, id, subject)));
            Permissions::NONE
        });
        let at_place = |place: Option<Place>| {
            self.combine(principal, false, |id, _| {
                let sweep = sweeps.iter().find(|(of, _)| *of == id);
                sweep
                    .zip(place)
                    .map_or(Permissions::NONE, |((_, sweep), place)| sweep.permissions(self, place))
            })
        };
        let mut found = Vec::with_capacity(paths.len());
        let all = paths.iter().map(|(path, place)| (path, at_place(place)));
        found.extend(all.filter(|(_, permissions)| !permissions.is_empty()));
        found
    }
}
