//! The vocabulary of a dialect as data.
//!
//! A [`Catalogue`] names the privileges that exist, the built-in roles, the paths that may carry
//! entries, who may do everything, and where pools and their members live. Nothing else in the house
//! knows such a name: whoever needs one asks the catalogue, and so a directory with a catalogue of
//! its own guards anything. `docs/catalogue.md` describes the file format.

mod duty;
mod pattern;
mod pve8;
mod pve9;
mod schema;
mod table;

pub use duty::Duty;

use crate::error::{Error, Result};
use crate::model::directory::Rules;
use crate::model::id::{RoleId, UserId};
use crate::model::path::AclPath;
use crate::model::privilege::{Privilege, PrivilegeSet};
use std::borrow::Cow;

/// A name or sentence: part of the program when shipped, on the heap when read from a file.
type Text = Cow<'static, str>;

/// The shipped catalogues by name, the default first.
const SHIPPED: [&table::Table; 2] = [&pve9::TABLE, &pve8::TABLE];

/// The vocabulary of one dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    name: Text,
    title: Text,
    superuser: Text,
    blocking_role: Text,
    full_role: Text,
    reserved_prefix: Text,
    pools: Pools,
    administration: Administration,
    listed: Vec<Text>,
    allowed: Vec<Text>,
    delegation: Delegation,
    duties: [Option<Privilege>; duty::DUTIES],
    privileges: Vec<(Text, Text)>,
    roles: Vec<(Text, PrivilegeSet)>,
    elsewhere: Vec<(Text, Text)>,
}

/// Where pools and their members live, as path prefixes that end with `/`; empty where a dialect has
/// no such thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pools {
    acl: Text,
    guests: Text,
    storages: Text,
}

impl Pools {
    /// What comes before a pool's name in the path its permissions are set at.
    pub fn acl(&self) -> &str {
        &self.acl
    }

    /// What comes before a guest's number in its path.
    pub fn guests(&self) -> &str {
        &self.guests
    }

    /// What comes before a storage's name in its path.
    pub fn storages(&self) -> &str {
        &self.storages
    }
}

/// Where permissions on the directory itself are set; empty where a dialect has no such thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Administration {
    everything: Text,
    groups: Text,
    realms: Text,
}

impl Administration {
    /// The path of everything there is to administer.
    pub fn everything(&self) -> &str {
        &self.everything
    }

    /// What comes before a group's name in its path; without the `/` at its end, all groups.
    pub fn groups(&self) -> &str {
        &self.groups
    }

    /// What comes before a realm's name in its path; without the `/` at its end, all realms.
    pub fn realms(&self) -> &str {
        &self.realms
    }
}

/// Who may hand out permissions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Delegation {
    privilege: Option<Privilege>,
    below: Vec<(Text, Privilege)>,
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::pve9()
    }
}

impl Catalogue {
    /// The catalogue of Proxmox VE 9, the default.
    pub fn pve9() -> Self {
        pve9::TABLE.catalogue()
    }

    /// The catalogue of Proxmox VE 8.0.
    pub fn pve8() -> Self {
        pve8::TABLE.catalogue()
    }

    /// A shipped catalogue by its name.
    ///
    /// # Errors
    /// [`Error::Invalid`] when none is called so.
    pub fn named(name: &str) -> Result<Self> {
        match SHIPPED.iter().find(|table| table.name == name) {
            Some(table) => Ok(table.catalogue()),
            None => {
                let known: Vec<&str> = SHIPPED.iter().map(|table| table.name).collect();
                Err(Error::invalid(format!("unknown catalogue '{name}'"))
                    .with_hint(format!("shipped are {}", known.join(", "))))
            }
        }
    }

    /// Reads a catalogue that stands alone in a TOML text (see `docs/catalogue.md`).
    ///
    /// # Errors
    /// [`Error::Syntax`] with line and column of whatever is wrong.
    pub fn parse(text: &str) -> Result<Self> {
        schema::parse("catalogue", text)
    }

    /// Reads the catalogue a directory's `usher.toml` chooses: `catalogue = "NAME"` for a shipped one,
    /// a table `[catalogue]` for its own; `None` when it says nothing.
    ///
    /// # Errors
    /// [`Error::Syntax`] with line and column of whatever is wrong.
    pub fn in_settings(text: &str) -> Result<Option<Self>> {
        schema::in_settings("usher.toml", text)
    }

    /// The name of the catalogue itself.
    pub fn id(&self) -> &str {
        &self.name
    }

    /// What the catalogue is the vocabulary of, for people.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The privilege called `name`.
    pub fn privilege(&self, name: &str) -> Option<Privilege> {
        let place = self.privileges.binary_search_by(|(known, _)| known.as_ref().cmp(name)).ok()?;
        Privilege::at(place)
    }

    /// The privilege called `name`, for somebody who typed it.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is none; the hint tells which catalogue has it or what else may
    /// be meant.
    pub fn require_privilege(&self, name: &str) -> Result<Privilege> {
        self.privilege(name).ok_or_else(|| {
            let refusal = Error::invalid(format!("invalid privilege '{name}'"));
            match self.elsewhere.iter().find(|(known, _)| known == name) {
                Some((_, advice)) => refusal.with_hint(advice.as_ref()),
                None => match self.closest(name) {
                    Some(other) => refusal.with_hint(format!("did you mean '{other}'?")),
                    None => refusal,
                },
            }
        })
    }

    fn closest(&self, name: &str) -> Option<&str> {
        let wanted = name.to_lowercase();
        let distance = |known: &str| strsim::damerau_levenshtein(&wanted, &known.to_lowercase());
        let (best, known) =
            self.privileges.iter().map(|(known, _)| (distance(known), known.as_ref())).min()?;
        (best <= 2.max(known.len() / 4)).then_some(known)
    }

    /// The name of a privilege of this catalogue.
    pub fn name(&self, privilege: Privilege) -> &str {
        self.privileges.get(privilege.place()).map_or("", |(name, _)| name)
    }

    /// What a privilege of this catalogue is for, in one line.
    pub fn meaning(&self, privilege: Privilege) -> &str {
        self.privileges.get(privilege.place()).map_or("", |(_, meaning)| meaning)
    }

    /// Every privilege.
    pub fn all(&self) -> PrivilegeSet {
        (0..self.privileges.len()).filter_map(Privilege::at).collect()
    }

    /// What the built-in role called `name` holds.
    pub fn role(&self, name: &str) -> Option<PrivilegeSet> {
        let place = self.roles.binary_search_by(|(known, _)| known.as_ref().cmp(name)).ok()?;
        self.roles.get(place).map(|(_, privileges)| *privileges)
    }

    /// The built-in roles and what they hold, sorted by name.
    pub fn roles(&self) -> impl Iterator<Item = (&str, PrivilegeSet)> {
        self.roles.iter().map(|(name, privileges)| (name.as_ref(), *privileges))
    }

    /// Whether a role is built in: it cannot be changed or deleted.
    pub fn is_builtin_role(&self, name: &str) -> bool {
        self.role(name).is_some()
    }

    /// The built-in role that takes everything away where it decides; it holds nothing.
    pub fn blocking_role(&self) -> &str {
        &self.blocking_role
    }

    /// The built-in role that holds every privilege.
    pub fn full_role(&self) -> &str {
        &self.full_role
    }

    /// What the names of roles nobody may create begin with, in any letter case; may be empty.
    pub fn reserved_prefix(&self) -> &str {
        &self.reserved_prefix
    }

    /// The user who may do everything everywhere.
    pub fn superuser(&self) -> &str {
        &self.superuser
    }

    /// What every directory that uses this catalogue has to keep.
    pub fn rules(&self) -> Rules {
        Rules {
            superuser: UserId::parse(&self.superuser).ok(),
            builtin_roles: self.roles().filter_map(|(name, _)| RoleId::parse(name).ok()).collect(),
            reserved_prefix: self.reserved_prefix.to_string(),
            pools_at: self.pools.acl.to_string(),
            groups_at: self.administration.groups.to_string(),
        }
    }

    /// Whether an ACL entry may be created at `path`.
    pub fn allows_path(&self, path: &AclPath) -> bool {
        self.allows(path.as_str())
    }

    /// [`Catalogue::allows_path`] for the text of a path in normal form.
    pub fn allows(&self, path: &str) -> bool {
        self.allowed.iter().any(|pattern| pattern::fits(pattern, path))
    }

    /// The patterns of the paths ACL entries may be created at.
    pub fn path_patterns(&self) -> impl Iterator<Item = &str> {
        self.allowed.iter().map(AsRef::as_ref)
    }

    /// The paths a listing of everything somebody may do always asks.
    pub fn listed_paths(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().map(AsRef::as_ref)
    }

    /// Where pools and their members live.
    pub fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Where permissions on the directory itself are set.
    pub fn administration(&self) -> &Administration {
        &self.administration
    }

    /// The privilege whose holder may hand out any permission on a path.
    pub fn delegation(&self) -> Option<Privilege> {
        self.delegation.privilege
    }

    /// The privilege that is enough to hand out on `path` what one has there oneself.
    pub fn delegation_below(&self, path: &AclPath) -> Option<Privilege> {
        let below = |prefix: &str| path.as_str().len() > prefix.len() && path.as_str().starts_with(prefix);
        self.delegation.below.iter().find(|(prefix, _)| below(prefix)).map(|(_, privilege)| *privilege)
    }
}

#[cfg(test)]
mod tests;
