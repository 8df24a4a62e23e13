//! Edits of roles.

use super::Directory;
use crate::error::{Error, Noun, Result};
use crate::model::acl::AclEntry;
use crate::model::id::RoleId;
use crate::model::role::Role;
use std::collections::BTreeSet;

impl Directory {
    /// Whether a role of this name is there, built in or not.
    pub fn has_role(&self, id: &RoleId) -> bool {
        self.rules.builtin_roles.contains(id) || self.roles.contains(id.as_str())
    }

    /// Adds a role.
    ///
    /// # Errors
    /// [`Error::Exists`]; a refused `roleid` when the name is reserved, `privs` when the name of a
    /// privilege would break the list.
    pub fn add_role(&mut self, role: Role) -> Result<()> {
        self.require_new_role(&role.id, "roleid")?;
        require_privileges(&role.privileges)?;
        self.roles.put(role);
        Ok(())
    }

    /// Sets a role's privileges, or adds to them.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Refused`] for a built-in role; a refused `privs` when the name of
    /// a privilege would break the list.
    pub fn modify_role(&mut self, id: &RoleId, privileges: BTreeSet<String>, append: bool) -> Result<()> {
        let mut role = self.own_role(id, "modified")?;
        require_privileges(&privileges)?;
        let before = role.clone();
        if append {
            role.privileges.extend(privileges);
        } else {
            role.privileges = privileges;
        }
        if role != before {
            self.roles.put(role);
        }
        Ok(())
    }

    /// Removes a role and the ACL entries that grant it, which are returned.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Refused`] for a built-in role.
    pub fn remove_role(&mut self, id: &RoleId) -> Result<Vec<AclEntry>> {
        self.own_role(id, "deleted")?;
        self.roles.remove(id);
        Ok(self.drop_entries(id.as_str(), |_, role| role == id))
    }

    /// Refuses what cannot be the name of a new role; `parameter` is where it was given.
    pub(super) fn require_new_role(&self, id: &RoleId, parameter: &str) -> Result<()> {
        let prefix = &self.rules.reserved_prefix;
        let start = id.as_str().get(..prefix.len());
        if !prefix.is_empty() && start.is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            let message =
                format!("cannot use role ID starting with the (case-insensitive) '{prefix}' namespace");
            return Err(Error::parameter(parameter, message));
        }
        if self.has_role(id) {
            return Err(Error::exists(Noun::Role, id));
        }
        Ok(())
    }

    pub(super) fn own_role(&self, id: &RoleId, verb: &str) -> Result<Role> {
        if self.rules.builtin_roles.contains(id) {
            return Err(Error::refused(format!("auto-generated role '{id}' cannot be {verb}")));
        }
        self.roles.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Role, id))
    }
}

/// Refuses privileges whose names would end their item, field or line.
fn require_privileges(names: &BTreeSet<String>) -> Result<()> {
    let plain = |name: &str| {
        let parts =
            |letter: char| matches!(letter, ',' | ';' | ':') || letter.is_whitespace() || letter.is_control();
        !name.is_empty() && !name.contains(parts)
    };
    match names.iter().find(|name| !plain(name)) {
        Some(name) => Err(Error::parameter("privs", format!("invalid privilege '{}'", name.escape_debug()))),
        None => Ok(()),
    }
}
