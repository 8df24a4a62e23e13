//! Edits that give something another name; every reference follows.

use super::{Directory, Dropped};
use crate::error::{Error, Noun, Result};
use crate::model::acl::{AclEntry, AclNode, Subject};
use crate::model::id::{GroupId, RoleId, TokenId, UserId};
use crate::model::path::AclPath;
use crate::model::role::Role;
use crate::model::shell::Command;
use std::collections::BTreeSet;

impl Directory {
    /// Gives a user another id. Tokens, memberships and ACL entries follow; what was left over under the new id, from
    /// an account that is gone, is dropped and told, as [`Directory::add_user`] does.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Exists`]; [`Error::Refused`] for the superuser; a refused `newid` for a name that
    /// would break lists or cannot be shown.
    pub fn rename_user(&mut self, old: &UserId, new: &UserId) -> Result<Dropped> {
        let mut user = self.user(old)?;
        if Some(old) == self.rules.superuser.as_ref() {
            return Err(Error::refused(format!("the superuser '{old}' cannot be renamed"))
                .with_hint("add a user and give it the role that may do everything"));
        }
        self.require_new_user(new, "newid")?;
        let of_new = |subject: &Subject| match subject {
            Subject::User(id) | Subject::Token(TokenId { user: id, .. }) => id == new,
            Subject::Group(_) => false,
        };
        let mut dropped = Dropped {
            entries: self.drop_entries(new.as_str(), |subject, _| of_new(subject)),
            ..Dropped::default()
        };
        for group in self.leave_groups(new, &[]) {
            dropped.memberships.push((group, new.clone()));
        }
        let groups = self.leave_groups(old, &[]);
        self.join_groups(new, &groups);
        self.replace_in_entries(old.as_str(), |(subject, role)| {
            let subject = match subject {
                Subject::User(id) if id == old => Subject::User(new.clone()),
                Subject::Token(TokenId { user, name }) if user == old => {
                    Subject::Token(TokenId { user: new.clone(), name: name.clone() })
                }
                _ => return None,
            };
            Some((subject, role.clone()))
        });
        user.id = new.clone();
        self.users.rename(old, user);
        Ok(dropped)
    }

    /// Gives a group another name. ACL entries follow, those that are set on the group itself included; what was left
    /// over for a group of the new name is dropped and returned.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Exists`]; [`Error::Refused`] when there are entries already at the path of
    /// the new name: nobody said that they were meant for this group.
    pub fn rename_group(&mut self, old: &GroupId, new: &GroupId) -> Result<Vec<AclEntry>> {
        let mut group = self.group(old)?;
        if self.groups.contains(new.as_str()) {
            return Err(Error::exists(Noun::Group, new));
        }
        self.move_entries_of_group(old, new)?;
        let dropped = self.drop_subject(&Subject::Group(new.clone()));
        self.replace_in_entries(old.as_str(), |(subject, role)| match subject {
            Subject::Group(id) if id == old => Some((Subject::Group(new.clone()), role.clone())),
            _ => None,
        });
        group.id = new.clone();
        self.groups.rename(old, group);
        Ok(dropped)
    }

    /// Gives a role another name. ACL entries follow; what was left over for a role of the new name is dropped and
    /// returned.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Exists`]; [`Error::Refused`] for a built-in role; a refused `newid` when the new
    /// name is reserved.
    pub fn rename_role(&mut self, old: &RoleId, new: &RoleId) -> Result<Vec<AclEntry>> {
        let mut role = self.own_role(old, "renamed").map_err(|error| match error {
            Error::Refused { .. } => error.with_hint(format!(
                "'{}' makes a role of your own with its privileges",
                Command::new("role clone").about(old.as_str()).about("NEW")
            )),
            other => other,
        })?;
        self.require_new_role(new, "newid")?;
        let dropped = self.drop_entries(new.as_str(), |_, role| role == new);
        self.replace_in_entries(old.as_str(), |(subject, role)| {
            (role == old).then(|| (subject.clone(), new.clone()))
        });
        role.id = new.clone();
        self.roles.rename(old, role);
        Ok(dropped)
    }

    /// Adds a role with the privileges of another one. Those of a `builtin` one are told, for they stand in the catalogue.
    /// Nobody is given the new role.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Exists`]; a refused `newid` when the new name is reserved.
    pub fn clone_role(&mut self, old: &RoleId, builtin: Option<BTreeSet<String>>, new: RoleId) -> Result<()> {
        let privileges = match builtin {
            Some(privileges) => privileges,
            None => self.own_role(old, "copied")?.privileges,
        };
        self.require_new_role(&new, "newid")?;
        self.add_role(Role { id: new, privileges, rest: String::new() })
    }

    /// Moves what is set on the group itself.
    fn move_entries_of_group(&mut self, old: &GroupId, new: &GroupId) -> Result<()> {
        if self.rules.groups_at.is_empty() {
            return Ok(());
        }
        let path = |id: &GroupId| AclPath::parse(&format!("{}{id}", self.rules.groups_at));
        let (from, to) = (path(old)?, path(new)?);
        let Some(node) = self.acl.get(from.as_str()) else { return Ok(()) };
        if self.acl.contains(to.as_str()) {
            return Err(Error::refused(format!("there are ACL entries at '{to}' already")).with_hint(
                format!(
                    "'{}' shows them; delete those that are not meant for it",
                    Command::new("acl list").with("--path", to.as_str())
                ),
            ));
        }
        self.acl.rename(&from, AclNode { path: to, ..node });
        Ok(())
    }

    /// Puts other entries in the place of those for which `other` has one.
    fn replace_in_entries(
        &mut self,
        word: &str,
        other: impl Fn(&(Subject, RoleId)) -> Option<(Subject, RoleId)>,
    ) {
        for mut node in self.acl.mentioning(word) {
            let changed: Vec<_> =
                node.entries.keys().filter_map(|key| Some((key.clone(), other(key)?))).collect();
            if changed.is_empty() {
                continue;
            }
            for (old, new) in changed {
                if let Some(propagate) = node.entries.remove(&old) {
                    node.entries.insert(new, propagate);
                }
            }
            self.acl.put(node);
        }
    }
}
