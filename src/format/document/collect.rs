//! From a directory to its document: only what is set.

use super::acl::{Holders, Roles};
use super::settings::{RealmSettings, Settings};
use super::{Document, Group, Pool, Role, Section, Token, User};
use crate::model::acl::Subject;
use crate::model::directory::Directory;
use crate::model::job::Jobs;
use crate::model::property_string::{self, PropertyString};
use crate::model::realm::property::TFA_KEYS;
use crate::model::realm::{Realm, Realms};
use crate::model::{group, pool, token, user};
use std::collections::{BTreeMap, BTreeSet};

fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn end(moment: u64) -> Option<u64> {
    (moment != 0).then_some(moment)
}

fn token(token: &token::Token) -> Token {
    Token {
        privsep: (!token.separated).then_some(false),
        expire: end(token.expire),
        comment: text(&token.comment),
    }
}

fn user(one: &user::User) -> User {
    let tokens: BTreeMap<_, _> = one.tokens.iter().map(|one| (one.name.clone(), token(one))).collect();
    User {
        enable: (!one.enable).then_some(false),
        expire: one.expire.and_then(end),
        firstname: text(&one.first_name),
        lastname: text(&one.last_name),
        email: text(&one.email),
        comment: text(&one.comment),
        tokens: (!tokens.is_empty()).then_some(tokens),
    }
}

fn group(group: group::Group) -> Group {
    Group { comment: text(&group.comment), members: Some(group.members) }
}

fn pool(pool: pool::Pool) -> Pool {
    Pool {
        comment: text(&pool.comment),
        guests: Some(pool.guests).filter(|set| !set.is_empty()),
        storages: Some(pool.storages).filter(|set| !set.is_empty()),
    }
}

/// The settings of a second factor without the key of its server.
pub fn without_key(text: &str) -> String {
    match property_string::parse("tfa", text, TFA_KEYS) {
        Ok(mut keys) => {
            PropertyString::remove(&mut keys, "key");
            keys.to_string()
        }
        // What cannot be read may hold anything.
        Err(_) => String::new(),
    }
}

fn realm(realm: &Realm) -> RealmSettings {
    let shown = realm.properties().filter(|(property, _)| !property.secret).map(|(property, value)| {
        let value = if property.name == "tfa" { without_key(value) } else { value.to_owned() };
        (property.name, value)
    });
    let shown = shown.filter(|(_, value)| !value.is_empty());
    Settings::of(std::iter::once(("type", realm.kind().as_str().to_owned())).chain(shown))
}

impl Document {
    /// The document of a directory: these sections of it, whole.
    pub fn of(directory: &Directory, realms: &Realms, jobs: &Jobs, sections: &BTreeSet<Section>) -> Self {
        let wants = |section| sections.contains(&section);
        let superuser = directory.rules.superuser.clone().map(Subject::User);
        let acl = || {
            let mut acl: BTreeMap<_, Holders> = BTreeMap::new();
            // Entries for the superuser give nothing and are not written.
            for entry in directory.entries().filter(|entry| Some(&entry.subject) != superuser.as_ref()) {
                let Roles(roles) = acl.entry(entry.path).or_default().0.entry(entry.subject).or_default();
                roles.insert(entry.role, entry.propagate);
            }
            acl
        };
        let roles = || {
            let role = |role: crate::model::role::Role| (role.id, Role { privileges: Some(role.privileges) });
            directory.roles.iter().map(role).collect()
        };
        Self {
            roles: wants(Section::Roles).then(roles),
            users: wants(Section::Users)
                .then(|| directory.users.iter().map(|one| (one.id.clone(), user(&one))).collect()),
            groups: wants(Section::Groups)
                .then(|| directory.groups.iter().map(|one| (one.id.clone(), group(one))).collect()),
            pools: wants(Section::Pools)
                .then(|| directory.pools.iter().map(|one| (one.id.clone(), pool(one))).collect()),
            acl: wants(Section::Acl).then(acl),
            realms: wants(Section::Realms)
                .then(|| realms.iter().map(|one| (one.id().clone(), realm(one))).collect()),
            jobs: wants(Section::Jobs).then(|| {
                let job = |job: &crate::model::job::SyncJob| {
                    let values = job.values().map(|(name, value)| (name, value.into_owned()));
                    (job.id().clone(), Settings::of(values))
                };
                jobs.iter().map(job).collect()
            }),
        }
    }
}
