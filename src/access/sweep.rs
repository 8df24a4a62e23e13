//! What one subject has at every path, worked out in one pass from the top down.

use super::decision::{Permissions, Standing};
use super::interner::{NONE, at, number};
use super::policy::{Policy, Subject};
use super::tree::Place;

/// What [`Policy::walk`] gives from every node. Most nodes inherit all they have, so they share standings.
pub(super) struct Sweep {
    /// The first one is that of who has nothing.
    standings: Vec<Standing>,
    /// By node: which standing at it and, inherited, below it.
    nodes: Vec<(u32, u32)>,
}

impl Sweep {
    pub(super) fn of(policy: &Policy, id: u32, subject: &Subject) -> Self {
        let mut sweep =
            Self { standings: vec![Standing::default()], nodes: Vec::with_capacity(policy.tree.nodes.len()) };
        for (node, level) in (0..).zip(&policy.tree.nodes) {
            let both = if level.marks & subject.marks == 0 {
                // Parents come before their children.
                let inherited = sweep.nodes.get(at(policy.tree.parent(node))).map_or(0, |(_, below)| *below);
                [inherited; 2]
            } else {
                [true, false].map(|last| {
                    let place = Place { node, last, membership: NONE };
                    policy.walk(id, subject, place, &mut ()).map_or(0, |standing| sweep.add(standing))
                })
            };
            sweep.nodes.push(both.into());
        }
        sweep
    }

    fn add(&mut self, standing: Standing) -> u32 {
        self.standings.push(standing);
        number(self.standings.len() - 1)
    }

    fn standing(&self, node: u32, last: bool) -> Standing {
        let (here, below) = self.nodes.get(at(node)).copied().unwrap_or_default();
        self.standings.get(at(if last { here } else { below })).copied().unwrap_or_default()
    }

    /// What the entries for the subject and its groups grant at a place.
    pub(super) fn permissions(&self, policy: &Policy, place: Place) -> Permissions {
        let own = self.standing(place.node, place.last);
        policy.with_pools(place, false, own, |pool| self.standing(pool, true)).permissions()
    }
}
