//! What everybody inherits at crowded paths, worked out beforehand.
//!
//! Entries near the top of the tree are met by almost every walk, and a path with many of them is
//! searched once for every group. So for the few paths that have many, every subject's standing as
//! seen from further down is written into a row: the walk ends there with one look.

use super::decision::{Decision, Standing};
use super::interner::{NONE, at, number};
use super::members::Members;
use super::tree::{Entry, Node, Tree};
use std::collections::HashMap;

/// From how many entries on a path is crowded.
const CROWDED: u32 = 32;
/// How many paths get a row; the first ones, which are the upper ones of a sorted file.
const MOST: usize = 16;

#[derive(Default)]
pub(super) struct Rows {
    /// First those of the decisions, as seen from below, then joined ones.
    standings: Vec<Standing>,
    /// By path and subject: which standing; [`NONE`]: none.
    rows: Vec<Vec<u32>>,
}

/// What has to be known to fill rows.
pub(super) struct Crowd<'a> {
    pub(super) decisions: &'a [Decision],
    /// How many subjects there are.
    pub(super) subjects: usize,
    /// Who is in which group; worked out when it is asked for.
    pub(super) members: &'a dyn Fn() -> &'a Members,
    /// Whether a subject is a group.
    pub(super) is_group: &'a dyn Fn(u32) -> bool,
}

impl Rows {
    /// What a subject inherits at the path a row is for.
    #[inline]
    pub(super) fn inherited(&self, row: u32, subject: u32) -> Option<Standing> {
        let standing = self.rows.get(at(row)).and_then(|row| row.get(at(subject)))?;
        self.standings.get(at(*standing)).copied()
    }

    /// Fills rows for the crowded paths of a tree, and tells these which row is theirs.
    pub(super) fn fill(tree: &mut Tree, crowd: &Crowd<'_>) -> Self {
        let propagates =
            |entry: &Entry| crowd.decisions.get(at(entry.holding)).is_some_and(Decision::propagates);
        let crowded =
            |(_, node): &(usize, &Node)| node.count > CROWDED && tree.entries(node).iter().any(propagates);
        let nodes: Vec<u32> =
            tree.nodes.iter().enumerate().filter(crowded).map(|(id, _)| number(id)).collect();
        let mut rows = Self::default();
        if nodes.is_empty() {
            return rows;
        }
        rows.standings =
            crowd.decisions.iter().map(|decision| decision.seen(false).unwrap_or_default()).collect();
        let mut joined = HashMap::new();
        for id in nodes.into_iter().take(MOST) {
            let row = rows.row(tree, id, crowd, &mut joined);
            if let Some(node) = tree.nodes.get_mut(at(id)) {
                node.row = number(rows.rows.len());
            }
            rows.rows.push(row);
        }
        rows
    }

    fn row(
        &mut self,
        tree: &Tree,
        id: u32,
        crowd: &Crowd<'_>,
        joined: &mut HashMap<(u32, u32), u32>,
    ) -> Vec<u32> {
        let Some(node) = tree.node(id) else { return vec![NONE; crowd.subjects] };
        if let Some(known) = self.rows.get(at(node.row)) {
            return known.clone();
        }
        let mut row = self.row(tree, node.up, crowd, joined);
        let mut level = vec![NONE; crowd.subjects];
        let reaches =
            |entry: &&Entry| crowd.decisions.get(at(entry.holding)).is_some_and(Decision::propagates);
        for entry in tree.entries(node).iter().filter(reaches) {
            if (crowd.is_group)(entry.subject) {
                // What a group gives by itself can be asked for, too.
                if let Some(standing) = level.get_mut(at(entry.subject)) {
                    *standing = entry.holding;
                }
                for member in (crowd.members)().of_group(entry.subject) {
                    if let Some(standing) = level.get_mut(at(*member)) {
                        *standing = self.join(*standing, entry.holding, joined);
                    }
                }
            }
        }
        for entry in tree.entries(node).iter().filter(reaches) {
            if !(crowd.is_group)(entry.subject)
                && let Some(standing) = level.get_mut(at(entry.subject))
            {
                *standing = entry.holding;
            }
        }
        for (inherited, own) in row.iter_mut().zip(level) {
            if own != NONE {
                *inherited = own;
            }
        }
        row
    }

    fn join(&mut self, one: u32, other: u32, joined: &mut HashMap<(u32, u32), u32>) -> u32 {
        if one == NONE || one == other {
            return other;
        }
        *joined.entry((one, other)).or_insert_with(|| {
            let standing = |id: u32| self.standings.get(at(id)).copied().unwrap_or_default();
            let mut both = standing(one);
            both.join(standing(other));
            self.standings.push(both);
            number(self.standings.len() - 1)
        })
    }
}
