//! What is told of each sort of thing.

use super::{Change, Field, Sort, Told, change};
use crate::model::acl::{AclNode, Subject};
use crate::model::group::Group;
use crate::model::id::UserId;
use crate::model::job::SyncJob;
use crate::model::pool::Pool;
use crate::model::property_string;
use crate::model::realm::Realm;
use crate::model::realm::property::TFA_KEYS;
use crate::model::role::Role;
use crate::model::token::Token;
use crate::model::user::User;
use std::collections::BTreeSet;

fn yes(on: bool) -> String {
    if on { "yes" } else { "no" }.to_owned()
}

impl Told {
    /// Adds a field, unless its value is empty.
    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.fields.push(Field { name, value, secret: false });
        }
        self
    }

    fn with_secret(mut self, name: &'static str, value: &str) -> Self {
        if !value.is_empty() {
            self.fields.push(Field { name, value: value.to_owned(), secret: true });
        }
        self
    }

    fn with_end(self, moment: u64) -> Self {
        self.with("expire", if moment == 0 { String::new() } else { moment.to_string() })
    }
}

pub(super) fn role(role: Role) -> Told {
    Told { items: role.privileges, ..Told::default() }
}

pub(super) fn user(user: &User) -> Told {
    Told::default()
        .with("enable", yes(user.enable))
        .with_end(user.expire.unwrap_or_default())
        .with("firstname", user.first_name.as_str())
        .with("lastname", user.last_name.as_str())
        .with("email", user.email.as_str())
        .with("comment", user.comment.as_str())
        .with_secret("keys", &user.keys)
}

fn token(token: &Token) -> Told {
    Told::default()
        .with("privsep", yes(token.separated))
        .with_end(token.expire)
        .with("comment", token.comment.as_str())
}

/// The changes of a user's tokens.
pub(super) fn tokens(id: &str, old: Option<&User>, new: Option<&User>, changes: &mut Vec<Change>) {
    let all = |user: Option<&User>| user.map(|user| user.tokens.clone()).unwrap_or_default();
    let names: BTreeSet<_> = all(old).into_iter().chain(all(new)).map(|token| token.name).collect();
    for name in names {
        let told = |user: Option<&User>| user.and_then(|user| user.token(name.as_str())).map(token);
        changes.extend(change(Sort::Token, &format!("{id}!{name}"), told(old), told(new)));
    }
}

pub(super) fn group(group: Group) -> Told {
    let members = group.members.iter().map(UserId::to_string).chain(group.unknown).collect();
    Told { items: members, ..Told::default() }.with("comment", group.comment)
}

pub(super) fn pool(pool: Pool) -> Told {
    let guests = pool.guests.iter().map(ToString::to_string).chain(pool.unknown_guests);
    let storages = pool.storages.iter().map(ToString::to_string).chain(pool.unknown_storages);
    Told { items: guests.chain(storages).collect(), ..Told::default() }.with("comment", pool.comment)
}

/// The changes of the entries at one path. Those for the superuser give nothing.
pub(super) fn entries(
    superuser: Option<&UserId>,
    old: Option<AclNode>,
    new: Option<AclNode>,
    changes: &mut Vec<Change>,
) {
    let nodes: Vec<&AclNode> = old.iter().chain(&new).collect();
    let Some(path) = nodes.first().map(|node| node.path.clone()) else { return };
    let keys: BTreeSet<_> = nodes.iter().flat_map(|node| node.entries.keys()).collect();
    for key in keys {
        let (subject, role) = key;
        if matches!(subject, Subject::User(id) if Some(id) == superuser) {
            continue;
        }
        let told = |node: &Option<AclNode>| {
            let propagate = node.as_ref()?.entries.get(key)?;
            Some(Told::default().with("propagate", yes(*propagate)))
        };
        changes.extend(change(
            Sort::AclEntry,
            &format!("{role} for '{subject}' on {path}"),
            told(&old),
            told(&new),
        ));
    }
}

pub(super) fn realm(realm: &Realm) -> Told {
    let mut told = Told::default().with("type", realm.kind().as_str());
    for (property, value) in realm.properties() {
        let keys =
            if property.name == "tfa" { property_string::parse("tfa", value, TFA_KEYS).ok() } else { None };
        let secret = property.secret || keys.is_some_and(|keys| keys.get("key").is_some());
        told.fields.push(Field { name: property.name, value: value.to_owned(), secret });
    }
    told
}

pub(super) fn job(job: &SyncJob) -> Told {
    job.values().fold(Told::default(), |told, (name, value)| told.with(name, value))
}
