//! A directory as one readable document without secrets, in TOML or JSON. `docs/export-apply.md` is the reference.

mod acl;
mod collect;
mod error;
mod settings;
mod words;
mod write;

pub use settings::{JobSettings, RealmSettings};
pub use write::{json, toml, value};

use crate::error::{Error, Result};
use crate::model::id::{GroupId, JobId, PoolId, RealmId, RoleId, StorageId, TokenName, UserId, VmId};
use crate::model::path::AclPath;
use acl::Holders;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Roles that are not built in.
    Roles,
    /// Users with their API tokens.
    Users,
    /// Groups with their members.
    Groups,
    /// Pools with their guests and storages.
    Pools,
    /// ACL entries.
    Acl,
    /// Authentication realms.
    Realms,
    /// Jobs that synchronise realms.
    Jobs,
}

impl Section {
    /// Every section.
    pub const ALL: [Self; 7] =
        [Self::Roles, Self::Users, Self::Groups, Self::Pools, Self::Acl, Self::Realms, Self::Jobs];

    /// The key it stands under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::Users => "users",
            Self::Groups => "groups",
            Self::Pools => "pools",
            Self::Acl => "acl",
            Self::Realms => "realms",
            Self::Jobs => "jobs",
        }
    }

    /// The section called so.
    ///
    /// # Errors
    /// [`Error::Invalid`], naming all.
    pub fn parse(name: &str) -> Result<Self> {
        let names = || Self::ALL.map(Self::name).join(", ");
        let found = Self::ALL.into_iter().find(|section| section.name() == name);
        found.ok_or_else(|| {
            Error::invalid(format!("there is no section '{name}'"))
                .with_hint(format!("known are {}", names()))
        })
    }
}

/// What a document says. A section that is not there, and a field that is `None`, says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Roles that are not built in.
    #[serde(default, deserialize_with = "words::named", skip_serializing_if = "Option::is_none")]
    pub roles: Option<BTreeMap<RoleId, Role>>,
    /// Users with their API tokens.
    #[serde(default, deserialize_with = "words::named", skip_serializing_if = "Option::is_none")]
    pub users: Option<BTreeMap<UserId, User>>,
    /// Groups with their members.
    #[serde(default, deserialize_with = "words::named", skip_serializing_if = "Option::is_none")]
    pub groups: Option<BTreeMap<GroupId, Group>>,
    /// Pools with their members.
    #[serde(default, deserialize_with = "words::named", skip_serializing_if = "Option::is_none")]
    pub pools: Option<BTreeMap<PoolId, Pool>>,
    /// Who holds which roles, by path.
    #[serde(default, deserialize_with = "words::named", skip_serializing_if = "Option::is_none")]
    pub acl: Option<BTreeMap<AclPath, Holders>>,
    /// Realms without their secrets.
    #[serde(default, deserialize_with = "words::named", skip_serializing_if = "Option::is_none")]
    pub realms: Option<BTreeMap<RealmId, RealmSettings>>,
    /// Jobs that synchronise realms.
    #[serde(default, deserialize_with = "words::named", skip_serializing_if = "Option::is_none")]
    pub jobs: Option<BTreeMap<JobId, JobSettings>>,
}

/// What is said of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// All its privileges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privileges: Option<BTreeSet<String>>,
}

/// What is said of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Whether the user may sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// When the account ends, in seconds since 1970; 0 never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire: Option<u64>,
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firstname: Option<String>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lastname: Option<String>,
    /// Mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// API tokens, without their secrets.
    #[serde(default, deserialize_with = "words::named", skip_serializing_if = "Option::is_none")]
    pub tokens: Option<BTreeMap<TokenName, Token>>,
}

/// What is said of an API token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Whether the token has only what is granted to it, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privsep: Option<bool>,
    /// When the token ends, in seconds since 1970; 0 never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire: Option<u64>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What is said of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// All its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<BTreeSet<UserId>>,
}

/// What is said of a pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// All its guests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guests: Option<BTreeSet<VmId>>,
    /// All its storages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storages: Option<BTreeSet<StorageId>>,
}

impl Document {
    /// Reads a document: JSON when it begins with `{`, else TOML. `file` is its name in messages.
    ///
    /// # Errors
    /// [`Error::Syntax`] with line and column of whatever is wrong.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        if text.trim_start().starts_with('{') {
            return serde_json::from_str(text).map_err(|fault| error::of_json(file, text, &fault));
        }
        ::toml::from_str(text).map_err(|fault| error::of_toml(file, text, &fault))
    }

    /// Leaves out all sections but these.
    pub fn keep_only(&mut self, sections: &BTreeSet<Section>) {
        for section in Section::ALL.into_iter().filter(|section| !sections.contains(section)) {
            match section {
                Section::Roles => self.roles = None,
                Section::Users => self.users = None,
                Section::Groups => self.groups = None,
                Section::Pools => self.pools = None,
                Section::Acl => self.acl = None,
                Section::Realms => self.realms = None,
                Section::Jobs => self.jobs = None,
            }
        }
    }
}

#[cfg(test)]
mod tests;
