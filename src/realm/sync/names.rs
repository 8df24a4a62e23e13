//! Finding users and groups by name among the texts of an answer, without a copy of the names.

use super::fetched::Span;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher as _;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A user, by id.
    User,
    /// A user, by the key of a DN.
    UserDn,
    /// A group, by the key of a DN.
    GroupDn,
}

/// Names and the places of whom they name.
#[derive(Default)]
pub(super) struct Names {
    users: HashTable<(Span, u32)>,
    user_dns: HashTable<(Span, u32)>,
    group_dns: HashTable<(Span, u32)>,
    hasher: RandomState,
}

fn cut(span: Span, text: &str) -> &str {
    let start = span.start as usize;
    text.get(start..start.saturating_add(span.length as usize)).unwrap_or_default()
}

impl Names {
    fn table(&self, kind: Kind) -> &HashTable<(Span, u32)> {
        match kind {
            Kind::User => &self.users,
            Kind::UserDn => &self.user_dns,
            Kind::GroupDn => &self.group_dns,
        }
    }

    /// The place of whoever has this name; names stand in `text`.
    pub(super) fn find(&self, kind: Kind, name: &str, text: &str) -> Option<u32> {
        self.table(kind)
            .find(self.hasher.hash_one(name), |(span, _)| cut(*span, text) == name)
            .map(|(_, place)| *place)
    }

    /// Gives whoever is at `place` the name that stands at `span`; the first one keeps it.
    pub(super) fn put(&mut self, kind: Kind, span: Span, place: u32, text: &str) {
        let name = cut(span, text);
        if self.find(kind, name, text).is_some() {
            return;
        }
        let hasher = &self.hasher;
        let table = match kind {
            Kind::User => &mut self.users,
            Kind::UserDn => &mut self.user_dns,
            Kind::GroupDn => &mut self.group_dns,
        };
        table.insert_unique(hasher.hash_one(name), (span, place), |(span, _)| {
            hasher.hash_one(cut(*span, text))
        });
    }
}
