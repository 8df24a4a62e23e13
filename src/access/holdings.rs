//! What subjects hold at paths: the distinct sets of roles entries come to.

use super::interner::{NONE, at, number};
use std::collections::HashMap;

/// The distinct sets of roles with their flags.
#[derive(Default)]
pub(super) struct Holdings {
    pub(super) sets: Vec<Vec<(u32, bool)>>,
    known: HashMap<Vec<(u32, bool)>, u32>,
    by_grant: Vec<u32>,
}

impl Holdings {
    /// The set a single grant means.
    pub(super) fn of_grant(&mut self, grant: u32, grants: &[Vec<(u32, bool)>]) -> u32 {
        if self.by_grant.is_empty() {
            self.by_grant.resize(grants.len(), NONE);
        }
        match self.by_grant.get(at(grant)) {
            Some(known) if *known != NONE => *known,
            _ => {
                let holding = self.of_grants(std::iter::once(grant), grants);
                if let Some(known) = self.by_grant.get_mut(at(grant)) {
                    *known = holding;
                }
                holding
            }
        }
    }

    /// The set several grants mean together. A role told of twice keeps the flag told last.
    pub(super) fn of_grants(&mut self, told: impl Iterator<Item = u32>, grants: &[Vec<(u32, bool)>]) -> u32 {
        let mut set: Vec<(u32, bool)> = Vec::new();
        for (role, propagate) in told.filter_map(|grant| grants.get(at(grant))).flatten() {
            match set.iter_mut().find(|(known, _)| known == role) {
                Some((_, flag)) => *flag = *propagate,
                None => set.push((*role, *propagate)),
            }
        }
        set.sort_unstable();
        let fresh = number(self.sets.len());
        *self.known.entry(set).or_insert_with_key(|set| {
            self.sets.push(set.clone());
            fresh
        })
    }
}
