//! What is different between two directories, thing by thing, in words an administrator uses.

mod things;

use super::directory::Directory;
use super::job::Jobs;
use super::realm::Realms;
use super::table::{Record, Source, Table};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What becomes of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It comes.
    Add,
    /// It stays, and is different.
    Change,
    /// It goes.
    Remove,
}

impl Action {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Change => "change",
            Self::Remove => "remove",
        }
    }
}

/// The sorts of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A role.
    Role,
    /// A user.
    User,
    /// An API token.
    Token,
    /// A group.
    Group,
    /// A pool.
    Pool,
    /// An ACL entry.
    AclEntry,
    /// A realm.
    Realm,
    /// A job.
    Job,
}

impl Sort {
    /// The word for one.
    pub fn word(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::User => "user",
            Self::Token => "token",
            Self::Group => "group",
            Self::Pool => "pool",
            Self::AclEntry => "ACL entry",
            Self::Realm => "realm",
            Self::Job => "job",
        }
    }
}

/// What is different about a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A field has another value.
    Field {
        /// Its name.
        name: &'static str,
        /// What it was; `None`: not set.
        before: Option<String>,
        /// What it is; `None`: not set.
        after: Option<String>,
    },
    /// Something is in the thing now: a member, a privilege.
    Gains(String),
    /// Something is not in the thing any more.
    Loses(String),
}

/// What becomes of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What becomes of it.
    pub action: Action,
    /// What it is.
    pub sort: Sort,
    /// Its name: `joe@pve`, `Operator for '@devs' on /vms`.
    pub name: String,
    /// What is different; of what goes, nothing is told.
    pub details: Vec<Detail>,
}

impl fmt::Display for Detail {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gains(name) => write!(out, "+ {name}"),
            Self::Loses(name) => write!(out, "- {name}"),
            Self::Field { name, before: None, after: Some(after) } => write!(out, "{name} '{after}'"),
            Self::Field { name, before: Some(before), after: Some(after) } => {
                write!(out, "{name} '{before}' -> '{after}'")
            }
            Self::Field { name, before: Some(before), after: None } => {
                write!(out, "no {name} (was '{before}')")
            }
            Self::Field { name, .. } => out.write_str(name),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.action.word(), self.sort.word(), self.name)?;
        for (place, detail) in self.details.iter().enumerate() {
            write!(out, "{}{detail}", if place == 0 { ": " } else { ", " })?;
        }
        Ok(())
    }
}

/// A field of a thing.
struct Field {
    name: &'static str,
    value: String,
    /// Whether the value is to be told.
    secret: bool,
}

/// What is told of a thing, and compared.
#[derive(Default)]
struct Told {
    fields: Vec<Field>,
    items: BTreeSet<String>,
}

/// What the fields of secrets are told as.
const SECRET: &str = "(secret)";

/// The change from one state of a thing to another, if there is one.
fn change(sort: Sort, name: &str, before: Option<Told>, after: Option<Told>) -> Option<Change> {
    let (action, before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(after)) => (Action::Add, Told::default(), after),
        (Some(_), None) => (Action::Remove, Told::default(), Told::default()),
        (Some(before), Some(after)) => (Action::Change, before, after),
    };
    let value = |told: &Told, name: &str| {
        let field = told.fields.iter().find(|field| field.name == name);
        field.map(|field| (field.value.clone(), field.secret))
    };
    let shown = |value: Option<(String, bool)>| {
        value.map(|(value, secret)| if secret { SECRET.to_owned() } else { value })
    };
    let mut details = Vec::new();
    let mut names: Vec<&'static str> = before.fields.iter().map(|field| field.name).collect();
    names.extend(after.fields.iter().map(|field| field.name));
    let mut seen = BTreeSet::new();
    for name in names.into_iter().filter(|name| seen.insert(*name)) {
        let (old, new) = (value(&before, name), value(&after, name));
        if old != new {
            details.push(Detail::Field { name, before: shown(old), after: shown(new) });
        }
    }
    details.extend(after.items.difference(&before.items).cloned().map(Detail::Gains));
    details.extend(before.items.difference(&after.items).cloned().map(Detail::Loses));
    if action == Action::Change && details.is_empty() {
        return None;
    }
    Some(Change { action, sort, name: name.to_owned(), details })
}

/// What is different between two states of users, tokens, groups, roles, pools and ACL entries, in the order of
/// sorts and names.
pub fn of_directories(before: &Directory, after: &Directory) -> Vec<Change> {
    let mut changes = Vec::new();
    walk(&before.roles, &after.roles, |id, old, new| {
        changes.extend(change(Sort::Role, id, old.map(things::role), new.map(things::role)));
    });
    let mut tokens = Vec::new();
    walk(&before.users, &after.users, |id, old, new| {
        things::tokens(id, old.as_ref(), new.as_ref(), &mut tokens);
        changes.extend(change(
            Sort::User,
            id,
            old.as_ref().map(things::user),
            new.as_ref().map(things::user),
        ));
    });
    changes.append(&mut tokens);
    walk(&before.groups, &after.groups, |id, old, new| {
        changes.extend(change(Sort::Group, id, old.map(things::group), new.map(things::group)));
    });
    walk(&before.pools, &after.pools, |id, old, new| {
        changes.extend(change(Sort::Pool, id, old.map(things::pool), new.map(things::pool)));
    });
    walk(&before.acl, &after.acl, |_, old, new| {
        things::entries(before.rules.superuser.as_ref(), old, new, &mut changes);
    });
    changes
}

/// What is different between two states of the realms.
pub fn of_realms(before: &Realms, after: &Realms) -> Vec<Change> {
    let old: BTreeMap<_, _> = before.iter().map(|realm| (realm.id().clone(), realm)).collect();
    let new: BTreeMap<_, _> = after.iter().map(|realm| (realm.id().clone(), realm)).collect();
    let ids: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let told = |realm: Option<&&super::realm::Realm>| realm.map(|realm| things::realm(realm));
    ids.into_iter()
        .filter_map(|id| change(Sort::Realm, id.as_str(), told(old.get(id)), told(new.get(id))))
        .collect()
}

/// What is different between two states of the jobs.
pub fn of_jobs(before: &Jobs, after: &Jobs) -> Vec<Change> {
    let old: BTreeMap<_, _> = before.iter().map(|job| (job.id().clone(), job)).collect();
    let new: BTreeMap<_, _> = after.iter().map(|job| (job.id().clone(), job)).collect();
    let ids: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let told = |job: Option<&&super::job::SyncJob>| job.map(|job| things::job(job));
    ids.into_iter()
        .filter_map(|id| change(Sort::Job, id.as_str(), told(old.get(id)), told(new.get(id))))
        .collect()
}

/// Shows `see` the records that differ, or may, in order of their ids. Those whose text is the same are not decoded.
fn walk<R: Record + Clone>(
    before: &Table<R>,
    after: &Table<R>,
    mut see: impl FnMut(&str, Option<R>, Option<R>),
) {
    let decoded = |source: &Source<'_, R>| match source {
        Source::Text(lines) => R::decode(lines),
        Source::Record(record) => Some((*record).clone()),
    };
    let mut old = before.ids().zip(before.sources()).peekable();
    let mut new = after.ids().zip(after.sources()).peekable();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((left, _)), Some((right, _))) => <R::Id as super::table::Key>::order(left, right),
        };
        let left = if order.is_le() { old.next() } else { None };
        let right = if order.is_ge() { new.next() } else { None };
        if let (Some((_, Source::Text(left))), Some((_, Source::Text(right)))) = (&left, &right)
            && left == right
        {
            continue;
        }
        let id = left.as_ref().or(right.as_ref()).map_or("", |(id, _)| *id);
        see(
            id,
            left.as_ref().and_then(|(_, source)| decoded(source)),
            right.as_ref().and_then(|(_, source)| decoded(source)),
        );
    }
}
