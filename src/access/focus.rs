//! What of a directory matters for one question about one principal at one path.

use crate::catalogue::Catalogue;
use crate::model::facts::{Facts, Source, items};
use crate::model::id::split_token;
use crate::model::path::{AclPath, is_within};

/// The facts a question about `who` at `path` needs. A policy compiled from them answers and explains that question
/// as one compiled from everything, and sooner; what it says of anybody or anything else means nothing. Who is no user
/// and is not mentioned in what matters is nobody in it.
pub struct Focus<'a, S> {
    source: &'a S,
    who: &'a str,
    /// The path as entries are kept at it.
    node: AclPath,
    /// What comes before the name of a pool in its path.
    pools: &'a str,
}

impl<'a, S: Source> Focus<'a, S> {
    /// Looks at a directory from one question.
    pub fn on(source: &'a S, catalogue: &'a Catalogue, who: &'a str, path: &AclPath) -> Self {
        Self { source, who, node: path.node(), pools: catalogue.pools().acl() }
    }
}

impl<S: Source> Source for Focus<'_, S> {
    fn tell(&self, facts: &mut impl Facts) {
        let owner = split_token(self.who).and_then(|bang| self.who.get(..bang));
        let narrow = Narrow {
            facts,
            who: self.who,
            owner: owner.unwrap_or(self.who),
            node: &self.node,
            pools: self.pools,
        };
        self.source.tell(&mut { narrow });
    }
}

/// Whether a walk that begins at a pool may meet entries at `path`: those at pools, and those above all of them. `pools` is
/// what comes before the name of a pool in its path; empty: there are none.
pub(crate) fn reaches_pools(pools: &str, path: &str) -> bool {
    let top = pools.trim_end_matches('/');
    !pools.is_empty() && (path.starts_with(top) || is_within(top, path))
}

/// Passes on what matters.
struct Narrow<'a, F> {
    facts: &'a mut F,
    who: &'a str,
    /// Of a token its owner.
    owner: &'a str,
    node: &'a AclPath,
    pools: &'a str,
}

impl<F: Facts> Facts for Narrow<'_, F> {
    fn expect(&mut self, _: usize, _: usize) {}

    fn user(&mut self, id: &str) {
        if id == self.owner || id == self.who {
            self.facts.user(id);
        }
    }

    fn token(&mut self, id: &str, separated: bool) {
        if id == self.who {
            self.facts.token(id, separated);
        }
    }

    fn group(&mut self, id: &str, members: &str) {
        if !members.contains(self.owner) {
            return;
        }
        if let Some(member) = items(members).find(|member| *member == self.owner) {
            self.facts.group(id, member);
        }
    }

    fn pool(&mut self, id: &str, guests: &str, storages: &str) {
        self.facts.pool(id, guests, storages);
    }

    fn role(&mut self, id: &str, privileges: &str) {
        self.facts.role(id, privileges);
    }

    fn acl(&mut self, path: &str, propagate: bool, subjects: &str, roles: &str) {
        if reaches_pools(self.pools, path) || is_within(self.node.as_str(), path) {
            self.facts.acl(path, propagate, subjects, roles);
        }
    }
}
