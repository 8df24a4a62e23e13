//! Edits of groups.

use super::Directory;
use crate::error::{Error, Noun, Result};
use crate::model::acl::{AclEntry, Subject};
use crate::model::group::Group;
use crate::model::id::{GroupId, UserId};

impl Directory {
    /// The group of this name.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn group(&self, id: &GroupId) -> Result<Group> {
        self.groups.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Group, id))
    }

    /// The groups a user is in, in order of their names.
    pub fn groups_of(&self, user: &UserId) -> Vec<Group> {
        let mut groups = self.groups.mentioning(user.as_str());
        groups.retain(|group| group.members.contains(user));
        groups.sort_by(|left, right| left.id.cmp(&right.id));
        groups
    }

    /// Adds a group. ACL entries left over under this name are dropped and returned.
    ///
    /// # Errors
    /// [`Error::Exists`].
    pub fn add_group(&mut self, group: Group) -> Result<Vec<AclEntry>> {
        if self.groups.contains(group.id.as_str()) {
            return Err(Error::exists(Noun::Group, &group.id));
        }
        let entries = self.drop_subject(&Subject::Group(group.id.clone()));
        self.groups.put(group);
        Ok(entries)
    }

    /// Changes a group's comment.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn modify_group(&mut self, id: &GroupId, comment: Option<String>) -> Result<()> {
        let mut group = self.group(id)?;
        if let Some(comment) = comment
            && comment != group.comment
        {
            group.comment = comment;
            self.groups.put(group);
        }
        Ok(())
    }

    /// Removes a group and its ACL entries, which are returned.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn remove_group(&mut self, id: &GroupId) -> Result<Vec<AclEntry>> {
        self.group(id)?;
        self.groups.remove(id);
        Ok(self.drop_subject(&Subject::Group(id.clone())))
    }
}
