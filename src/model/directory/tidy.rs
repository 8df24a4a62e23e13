//! Edits that drop what counts for nothing.

use super::Directory;
use crate::model::id::{GroupId, RoleId};

impl Directory {
    /// Takes names out of a group, those that are no user ids included.
    pub fn drop_members(&mut self, id: &GroupId, goes: impl Fn(&str) -> bool) {
        let Some(mut group) = self.groups.get(id.as_str()) else { return };
        group.members.retain(|member| !goes(member.as_str()));
        group.unknown.retain(|name| !goes(name));
        self.groups.put(group);
    }

    /// Takes privileges out of a role; one without any stays, and still decides where it stands.
    pub fn drop_privileges(&mut self, id: &RoleId, goes: impl Fn(&str) -> bool) {
        let Some(mut role) = self.roles.get(id.as_str()) else { return };
        role.privileges.retain(|name| !goes(name));
        self.roles.put(role);
    }

    /// Drops the fields behind those that are known.
    pub fn drop_fields_beyond(&mut self) {
        for mut user in self.users.iter().collect::<Vec<_>>() {
            let beyond = user.tokens.iter_mut().map(|token| std::mem::take(&mut token.rest));
            let of_tokens = beyond.filter(|rest| !rest.is_empty()).count();
            if of_tokens > 0 || !user.rest.is_empty() {
                user.rest.clear();
                self.users.put(user);
            }
        }
        for mut group in self.groups.iter().collect::<Vec<_>>() {
            if !std::mem::take(&mut group.rest).is_empty() {
                self.groups.put(group);
            }
        }
        for mut pool in self.pools.iter().collect::<Vec<_>>() {
            if !std::mem::take(&mut pool.rest).is_empty() {
                self.pools.put(pool);
            }
        }
        for mut role in self.roles.iter().collect::<Vec<_>>() {
            if !std::mem::take(&mut role.rest).is_empty() {
                self.roles.put(role);
            }
        }
    }
}
