//! Edits of many users and groups at once: one pass over groups and ACL entries for all of them.

use super::Directory;
use super::users::require_raw;
use crate::error::{Error, Result};
use crate::model::acl::{AclEntry, Subject};
use crate::model::group::Group;
use crate::model::id::{GroupId, TokenId, UserId};
use crate::model::table::Headed;
use crate::model::user::User;
use std::collections::BTreeSet;

impl Directory {
    /// Puts a user as it is to be, with its tokens, in the place of the one of that id. Memberships and
    /// ACL entries are left alone; whether the name is a good one for a new user is for the caller to
    /// say.
    ///
    /// # Errors
    /// [`Error::Parameters`] for a mail address or keys that would break the line.
    pub fn set_user(&mut self, user: User) -> Result<()> {
        require_raw("email", &user.email)?;
        require_raw("keys", &user.keys)?;
        self.users.put(user);
        Ok(())
    }

    /// Puts many users, which come in the order of their ids; see [`Directory::set_user`].
    ///
    /// # Errors
    /// Those of `users`, and [`Error::Parameters`] as above; then no user was put.
    pub fn set_users(&mut self, users: impl Iterator<Item = Result<User>>) -> Result<()>
    where
        User: Headed,
    {
        self.users.put_all(users.map(|user| {
            let user = user?;
            require_raw("email", &user.email)?;
            require_raw("keys", &user.keys)?;
            Ok(user)
        }))
    }

    /// Puts a group as it is to be in the place of the one of that id.
    ///
    /// # Errors
    /// [`Error::Refused`] for a member whose name would break the list.
    pub fn set_group(&mut self, group: Group) -> Result<()> {
        if let Some(id) = group.members.iter().find(|id| id.holds_list_separator()) {
            return Err(Error::refused(format!(
                "user '{id}' cannot be in a group: its name would part the list"
            )));
        }
        self.groups.put(group);
        Ok(())
    }

    /// Removes users with their tokens, and the ACL entries of these, which can count for nothing any
    /// more; tells which tokens and entries went. Users that are not there are passed over.
    ///
    /// # Errors
    /// [`Error::Refused`] for the superuser.
    pub fn remove_users(&mut self, ids: &BTreeSet<UserId>) -> Result<(Vec<TokenId>, Vec<AclEntry>)> {
        if let Some(id) = self.rules.superuser.as_ref().filter(|id| ids.contains(*id)) {
            return Err(Error::refused(format!("the superuser '{id}' cannot be deleted")));
        }
        let mut tokens = Vec::new();
        for user in ids.iter().filter_map(|id| self.users.remove(id)) {
            let of_user = user.tokens.into_iter();
            tokens.extend(of_user.map(|token| TokenId { user: user.id.clone(), name: token.name }));
        }
        let entries = match tokens.is_empty() {
            true => Vec::new(),
            false => {
                self.drop_subjects(|one| matches!(one, Subject::Token(token) if ids.contains(&token.user)))
            }
        };
        Ok((tokens, entries))
    }

    /// Takes users out of all groups; tells which were in which.
    pub fn remove_memberships(&mut self, ids: &BTreeSet<UserId>) -> Vec<(GroupId, UserId)> {
        let mut left = Vec::new();
        if ids.is_empty() {
            return left;
        }
        for mut group in self.groups.iter().collect::<Vec<_>>() {
            let before = left.len();
            group.members.retain(|member| {
                let stays = !ids.contains(member);
                if !stays {
                    left.push((group.id.clone(), member.clone()));
                }
                stays
            });
            if left.len() != before {
                self.groups.put(group);
            }
        }
        left
    }

    /// Removes groups. Their ACL entries stay until [`Directory::drop_subjects`]; groups that are not
    /// there are passed over.
    pub fn remove_groups(&mut self, ids: &BTreeSet<GroupId>) {
        for id in ids {
            self.groups.remove(id);
        }
    }

    /// Drops the ACL entries of all subjects that are to go, and tells which these are.
    pub fn drop_subjects(&mut self, goes: impl Fn(&Subject) -> bool) -> Vec<AclEntry> {
        let mut dropped = Vec::new();
        for mut node in self.acl.iter().collect::<Vec<_>>() {
            let before = dropped.len();
            let path = node.path.clone();
            node.entries.retain(|(subject, role), propagate| {
                let stays = !goes(subject);
                if !stays {
                    dropped.push(AclEntry {
                        path: path.clone(),
                        subject: subject.clone(),
                        role: role.clone(),
                        propagate: *propagate,
                    });
                }
                stays
            });
            if dropped.len() != before {
                self.put_node(node);
            }
        }
        dropped
    }
}
