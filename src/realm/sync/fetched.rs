//! What a directory server said, compactly: 100,000 users are a few dozen megabytes.

use crate::realm::user_property::{PROPERTIES, Property};
use std::ops::Range;

/// Where a text stands among all texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) length: u32,
}

impl Span {
    /// There is no text.
    pub(super) const NONE: Self = Self { start: u32::MAX, length: 0 };
}

/// A user as the server has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct UserRow {
    pub(super) id: Span,
    pub(super) properties: [Span; PROPERTIES],
}

/// A group as the server has it.
#[derive(Clone, Debug)]
pub(super) struct GroupRow {
    pub(super) id: Span,
    /// Its members among those of all groups: places of users.
    pub(super) members: Range<usize>,
}

/// Something a person should know of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it is about: a DN, or a property of the realm.
    pub about: String,
    /// What was done about it and why, in usher's words.
    pub reason: String,
    /// What the original says; `None`: it says nothing.
    pub original: Option<String>,
}

/// Users and groups of a directory server, sorted by name, each name once.
#[derive(Clone, Debug, Default)]
pub struct Fetched {
    pub(super) text: String,
    pub(super) users: Vec<UserRow>,
    pub(super) groups: Vec<GroupRow>,
    pub(super) members: Vec<u32>,
    pub(super) remarks: Vec<Remark>,
}

impl Fetched {
    pub(super) fn text(&self, span: Span) -> Option<&str> {
        let start = span.start as usize;
        self.text.get(start..start.checked_add(span.length as usize)?)
    }

    /// The users in the order of their names.
    pub fn users(&self) -> impl ExactSizeIterator<Item = FetchedUser<'_>> {
        self.users.iter().map(|row| FetchedUser { fetched: self, row })
    }

    /// The groups in the order of their names.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = FetchedGroup<'_>> {
        self.groups.iter().map(|row| FetchedGroup { fetched: self, row })
    }

    /// What a person should know of the answer, in the order it was found.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Adds something a person should know: what a search said besides its entries.
    pub fn remark(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }
}

/// One user of an answer.
#[derive(Clone, Copy, Debug)]
pub struct FetchedUser<'f> {
    fetched: &'f Fetched,
    row: &'f UserRow,
}

impl<'f> FetchedUser<'f> {
    /// The name with the realm; a valid user id.
    pub fn id(self) -> &'f str {
        self.fetched.text(self.row.id).unwrap_or_default()
    }

    /// The value of a property, checked; `None` when the server does not have it.
    pub fn get(self, property: Property) -> Option<&'f str> {
        let span = self.row.properties.get(property.place())?;
        self.fetched.text(*span)
    }
}

/// One group of an answer.
#[derive(Clone, Copy, Debug)]
pub struct FetchedGroup<'f> {
    fetched: &'f Fetched,
    row: &'f GroupRow,
}

impl<'f> FetchedGroup<'f> {
    /// The name with the realm behind it; a valid group name.
    pub fn id(self) -> &'f str {
        self.fetched.text(self.row.id).unwrap_or_default()
    }

    /// The ids of its members in no order; one may come twice.
    pub fn members(self) -> impl Iterator<Item = &'f str> {
        let places = self.fetched.members.get(self.row.members.clone()).unwrap_or_default();
        let row = |place: &u32| self.fetched.users.get(*place as usize);
        places.iter().filter_map(row).filter_map(|row| self.fetched.text(row.id))
    }
}
