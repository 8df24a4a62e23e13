//! Who may do something at one path, asked for everybody at once.
//!
//! A walk for each would meet the same few levels again and again. Here the levels are gone through once, from the
//! top down: each overwrites the standing of those it has something to say about.

use super::decision::{Permissions, Standing};
use super::interner::{NONE, at, number};
use super::policy::{GROUPS, PEOPLE, Policy, Principal};
use super::tree::{Node, Place};
use std::collections::HashMap;

/// What every subject has at one place, and at which level it was last overwritten.
struct Standings {
    of: Vec<Standing>,
    levels: Vec<u32>,
}

impl Policy {
    /// What everybody the policy knows may do on `path`: users and tokens, also those that are only mentioned as
    /// members or in entries. Those who may do nothing are left out.
    pub fn everybody<'p>(&'p self, path: &str) -> impl Iterator<Item = (Principal, Permissions)> + 'p {
        let standings = self.standings_at(path);
        let of = move |id: u32| standings.get(at(id)).copied().unwrap_or_default().permissions();
        (0..number(self.subjects.len())).filter(|id| self.names.context(*id) == PEOPLE).filter_map(
            move |id| {
                let permissions = self.combine(Principal(id), false, |id, _| of(id));
                (!permissions.is_empty()).then_some((Principal(id), permissions))
            },
        )
    }

    /// What everybody gets on `path` by the entries for a group alone. Groups that give nothing are left out.
    pub fn groups_at<'p>(&'p self, path: &str) -> impl Iterator<Item = (Principal, Permissions)> + 'p {
        (0..).zip(self.standings_at(path)).filter_map(|(id, standing)| {
            let permissions = standing.permissions();
            let is_group = self.names.context(id) == GROUPS;
            (is_group && !permissions.is_empty()).then_some((Principal(id), permissions))
        })
    }

    /// What the entries for each subject and its groups say at a path, pools included; of tokens only their own side.
    fn standings_at(&self, path: &str) -> Vec<Standing> {
        let Some(place) = self.tree.locate(path) else { return Vec::new() };
        let mut standings = self.standings(place);
        if place.membership != NONE {
            let pools = self.tree.memberships.get(at(place.membership)).into_iter().flatten();
            let at_pool = |pool: &u32| self.standings(Place { node: *pool, last: true, membership: NONE });
            let pools: HashMap<u32, Vec<Standing>> = pools.map(|pool| (*pool, at_pool(pool))).collect();
            for (id, standing) in standings.iter_mut().enumerate() {
                *standing = self.with_pools(place, false, *standing, |pool| {
                    pools.get(&pool).and_then(|all| all.get(id)).copied().unwrap_or_default()
                });
            }
        }
        standings
    }

    /// What [`Policy::walk`] gives from a place, for every subject.
    fn standings(&self, place: Place) -> Vec<Standing> {
        let mut levels = Vec::new();
        let (mut node, mut inherited) = (place.node, NONE);
        while let Some(level) = self.tree.node(node) {
            let last = levels.is_empty() && place.last;
            if !last && level.row != NONE {
                inherited = level.row;
                break;
            }
            levels.push((level, last));
            node = level.up;
        }
        let count = self.subjects.len();
        let of = match inherited {
            NONE => vec![Standing::default(); count],
            row => (0..number(count)).map(|id| self.rows.inherited(row, id).unwrap_or_default()).collect(),
        };
        let mut standings = Standings { of, levels: vec![0; count] };
        for (number, (level, last)) in (1..).zip(levels.into_iter().rev()) {
            self.overwrite(&mut standings, number, level, last);
        }
        standings.of
    }

    /// Takes in what one level says: an entry of one's own, else those of one's groups together.
    fn overwrite(&self, standings: &mut Standings, number: u32, level: &Node, last: bool) {
        let entries = self.tree.entries(level).iter();
        let seen = entries
            .filter_map(|entry| Some((entry.subject, self.decisions.get(at(entry.holding))?.seen(last)?)));
        for (group, said) in seen.clone().filter(|(subject, _)| self.names.context(*subject) == GROUPS) {
            for member in self.members().of_group(group) {
                let level = standings.levels.get_mut(at(*member));
                let Some((level, standing)) = level.zip(standings.of.get_mut(at(*member))) else { continue };
                match *level == number {
                    true => standing.join(said),
                    false => (*level, *standing) = (number, said),
                }
            }
        }
        for (subject, said) in seen {
            if let Some(standing) = standings.of.get_mut(at(subject)) {
                *standing = said;
            }
        }
    }
}
