//! Puts a matrix together: which rows a path has cells for, and their order.

use super::{Cell, Finding, Key, Matrix, Origin, Rows};
use crate::access::decision::Permissions;
use crate::access::interner::{NONE, at, number};
use crate::access::policy::{Kind, Policy, Principal};
use crate::access::tree::ROOT;
use crate::model::path::{is_below, tree_order};
use std::collections::HashMap;

/// The tokens of each user.
type Tokens = HashMap<u32, Vec<u32>>;

fn tokens_of(policy: &Policy) -> Tokens {
    let mut tokens = Tokens::new();
    for (id, subject) in (0..).zip(&policy.subjects) {
        if let Kind::Full { owner } | Kind::Separated { owner } = subject.kind {
            tokens.entry(owner).or_default().push(id);
        }
    }
    tokens
}

/// A matrix that grows.
pub(super) struct Building<'p> {
    policy: &'p Policy,
    rows: Rows,
    /// The one row asked for.
    only: Option<u32>,
    known: HashMap<Key, u32>,
    keys: Vec<Key>,
    /// Rows by their number in the policy, paths in the order they came.
    cells: Vec<Cell>,
}

impl<'p> Building<'p> {
    /// Begins one without cells.
    pub(super) fn new(policy: &'p Policy, rows: Rows, only: Option<u32>) -> Self {
        Self { policy, rows, only, known: HashMap::new(), keys: Vec::new(), cells: Vec::new() }
    }

    /// Whether somebody is a row of it.
    fn wants(&self, row: u32) -> bool {
        self.only.is_none_or(|only| only == row) && self.policy.is_row(row, self.rows)
    }

    fn put(&mut self, row: u32, path: u32, key: Key) {
        let fresh = number(self.keys.len());
        let keys = &mut self.keys;
        let finding = *self.known.entry(key).or_insert_with_key(|key| {
            keys.push(key.clone());
            fresh
        });
        self.cells.push(Cell { row, path, finding });
    }

    /// Every row at one path, whatever its spelling.
    pub(super) fn at_path(&mut self, text: &str, path: u32) {
        let Some(place) = self.policy.tree.locate(text) else { return };
        let everybody = 0..number(self.policy.subjects.len());
        for id in self.only.map_or(everybody, |only| only..only + 1) {
            if self.wants(id)
                && let Some(key) = self.policy.look(id, place)
                && (!key.granted.is_empty() || key.origin != Origin::Inherited)
            {
                self.put(id, path, key);
            }
        }
    }

    /// Every path strictly below one of `above` (or every path at all) something is set at.
    pub(super) fn set_within(&mut self, above: &[String], paths: &mut Vec<String>) {
        let policy = self.policy;
        let tokens = tokens_of(policy);
        if above.is_empty() {
            let path = number(paths.len());
            paths.push(policy.tree.path(ROOT));
            for (id, subject) in policy.subjects.iter().enumerate() {
                let (_, acting) = policy.acting(Principal(number(id)));
                let full = acting.is_some_and(|acting| acting.kind == Kind::Superuser);
                if (full || subject.kind == Kind::Superuser)
                    && self.wants(number(id))
                    && let Some(key) = policy.look(number(id), policy.tree.place(ROOT))
                {
                    self.put(number(id), path, key);
                }
            }
        }
        let mut by_pools: HashMap<(u32, u32), Vec<(u32, Key)>> = HashMap::new();
        for (id, node) in policy.tree.nodes.iter().enumerate() {
            if node.count == 0 && node.membership == NONE {
                continue;
            }
            let text = policy.tree.path(number(id));
            if !above.is_empty() && !above.iter().any(|above| is_below(&text, above)) {
                continue;
            }
            let path = number(paths.len());
            paths.push(text);
            // Guest 0 is looked at from the path above it, as everywhere.
            let own_place = policy.tree.place(number(id)).node == number(id);
            let found = match node.count {
                // Members without entries that inherit from the same path are in all the same.
                0 if own_place => by_pools
                    .entry((node.up, node.membership))
                    .or_insert_with(|| self.set_at(number(id), &tokens))
                    .clone(),
                _ => self.set_at(number(id), &tokens),
            };
            for (row, key) in found {
                self.put(row, path, key);
            }
        }
    }

    /// The rows something is set for at a node, and what.
    fn set_at(&self, node: u32, tokens: &Tokens) -> Vec<(u32, Key)> {
        let policy = self.policy;
        let place = policy.tree.place(node);
        let mut rows = Vec::new();
        self.affected(node, tokens, &mut rows);
        if place.membership != NONE {
            // What is inherited from the top is the same with pools and without.
            let pools = policy.tree.memberships.get(at(place.membership));
            for start in pools.into_iter().flatten().chain([&policy.tree.parent(node)]) {
                let mut next = *start;
                while next != NONE && next != ROOT {
                    self.affected(next, tokens, &mut rows);
                    next = policy.tree.parent(next);
                }
            }
        }
        rows.retain(|row| self.only.is_none_or(|only| only == *row));
        rows.sort_unstable();
        rows.dedup();
        let set = |row: u32| {
            policy.look(row, place).filter(|key| policy.is_set(row, key, place)).map(|key| (row, key))
        };
        rows.into_iter().filter_map(set).collect()
    }

    /// The rows the entries of a node speak of, and the tokens of these.
    fn affected(&self, node: u32, tokens: &Tokens, into: &mut Vec<u32>) {
        let Some(node) = self.policy.tree.node(node) else { return };
        let first = into.len();
        for entry in self.policy.tree.entries(node) {
            match (self.rows, self.policy.is_row(entry.subject, Rows::Groups)) {
                (Rows::Groups, true) | (Rows::Principals, false) => into.push(entry.subject),
                (Rows::Principals, true) => {
                    into.extend(self.policy.members().of_group(entry.subject));
                }
                (Rows::Groups, false) => {}
            }
        }
        if self.rows == Rows::Principals {
            for place in first..into.len() {
                let of_user = into.get(place).and_then(|user| tokens.get(user));
                into.extend(of_user.into_iter().flatten());
            }
        }
    }

    /// Puts everything in order, and numbers into words.
    pub(super) fn finish(mut self, paths: Vec<String>) -> Matrix {
        let policy = self.policy;
        let mut rows: Vec<u32> = self.cells.iter().map(|cell| cell.row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.sort_by_key(|row| policy.names.text(*row));
        let mut row_places = vec![NONE; policy.subjects.len()];
        for (place, row) in rows.iter().enumerate() {
            if let Some(slot) = row_places.get_mut(at(*row)) {
                *slot = number(place);
            }
        }
        let mut used = vec![false; paths.len()];
        for cell in &self.cells {
            if let Some(used) = used.get_mut(at(cell.path)) {
                *used = true;
            }
        }
        let mut order: Vec<(usize, String)> =
            paths.into_iter().enumerate().filter(|(path, _)| used.get(*path) == Some(&true)).collect();
        order.sort_by(|(_, left), (_, right)| tree_order(left, right));
        let mut path_places = vec![NONE; used.len()];
        let mut paths: Vec<String> = Vec::with_capacity(order.len());
        for (path, text) in order {
            if paths.last() != Some(&text) {
                paths.push(text);
            }
            if let Some(slot) = path_places.get_mut(path) {
                *slot = number(paths.len() - 1);
            }
        }
        for cell in &mut self.cells {
            cell.row = row_places.get(at(cell.row)).copied().unwrap_or(NONE);
            cell.path = path_places.get(at(cell.path)).copied().unwrap_or(NONE);
        }
        self.cells.sort_unstable();
        self.cells.dedup_by_key(|cell| (cell.row, cell.path));
        let finding = |key: &Key| Finding {
            permissions: Permissions { granted: key.granted, propagated: key.propagated },
            roles: policy.roles_of(key),
            origin: key.origin,
            pooled: key.pooled,
            limited: key.limited,
            below: policy.below_of(key),
        };
        Matrix {
            rows: rows.iter().map(|row| policy.names.text(*row).to_owned()).collect(),
            paths,
            findings: self.keys.iter().map(finding).collect(),
            cells: self.cells,
        }
    }
}
