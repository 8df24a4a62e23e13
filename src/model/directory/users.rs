//! Edits of users.

use super::Directory;
use crate::error::{Error, Noun, Result};
use crate::model::acl::{AclEntry, Subject};
use crate::model::id::{GroupId, TokenId, UserId};
use crate::model::user::User;

/// References that pointed at something which is gone, or not there yet, and went with an edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// ACL entries.
    pub entries: Vec<AclEntry>,
    /// Memberships of users that did not exist.
    pub memberships: Vec<(GroupId, UserId)>,
}

/// The attributes of a user to be changed; `None` leaves one as it is.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// Whether the user may sign in.
    pub enable: Option<bool>,
    /// When the account ends; 0 never.
    pub expire: Option<u64>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Free text.
    pub comment: Option<String>,
    /// Keys of second factors in the old form.
    pub keys: Option<String>,
    /// The groups the user is to be in: all of them, or (`append`) these too.
    pub groups: Option<Vec<GroupId>>,
    /// Whether `groups` come on top of those the user is in.
    pub append: bool,
}

impl Directory {
    /// The user of this id.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn user(&self, id: &UserId) -> Result<User> {
        self.users.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::User, id))
    }

    /// The user that is called `id` when letter case does not count.
    pub fn user_without_case(&self, id: &UserId) -> Option<UserId> {
        let wanted = id.as_str().to_lowercase();
        let mut ids = self.users.ids().filter(|id| id.len() == wanted.len());
        let same =
            |id: &str| id.eq_ignore_ascii_case(&wanted) || !id.is_ascii() && id.to_lowercase() == wanted;
        ids.find(|id| same(id)).and_then(|id| UserId::parse(id).ok())
    }

    /// Adds a user to the directory and to `groups`. What was left over under this name, from an
    /// account that is gone or a slip of the pen, is not given to the new one: it is dropped.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::Unknown`] for a group, a refused `userid` for a name that would break
    /// lists or cannot be shown.
    pub fn add_user(&mut self, user: User, groups: &[GroupId]) -> Result<Dropped> {
        self.require_new_user(&user.id, "userid")?;
        require_raw("email", &user.email)?;
        require_raw("keys", &user.keys)?;
        self.require_groups(groups)?;
        let dropped = self.forget_user(&user.id);
        self.join_groups(&user.id, groups);
        self.users.put(user);
        Ok(dropped)
    }

    /// Removes the ACL entries and memberships that name somebody who is not there.
    pub fn forget_user(&mut self, id: &UserId) -> Dropped {
        let entries = self.drop_subject(&Subject::User(id.clone()));
        let memberships = self.leave_groups(id, &[]).into_iter().map(|group| (group, id.clone()));
        Dropped { entries, memberships: memberships.collect() }
    }

    /// Changes attributes and groups of a user.
    ///
    /// # Errors
    /// [`Error::Unknown`] for the user or a group, [`Error::Parameters`] for a mail address or keys
    /// that would break the line.
    pub fn modify_user(&mut self, id: &UserId, change: UserChange) -> Result<()> {
        let before = self.user(id)?;
        require_raw("email", change.email.as_deref().unwrap_or_default())?;
        require_raw("keys", change.keys.as_deref().unwrap_or_default())?;
        if let Some(groups) = &change.groups {
            self.require_groups(groups)?;
            if id.holds_list_separator() && !groups.is_empty() {
                return Err(Error::refused(format!(
                    "user '{id}' cannot be in a group: its name would part the list"
                )));
            }
            if !change.append {
                self.leave_groups(id, groups);
            }
            self.join_groups(id, groups);
        }
        let mut user = before.clone();
        let set = |field: &mut String, value: Option<String>| {
            if let Some(value) = value {
                *field = value;
            }
        };
        set(&mut user.first_name, change.first_name);
        set(&mut user.last_name, change.last_name);
        set(&mut user.email, change.email);
        set(&mut user.comment, change.comment);
        set(&mut user.keys, change.keys);
        user.enable = change.enable.unwrap_or(user.enable);
        user.expire = change.expire.or(user.expire);
        if user != before {
            self.users.put(user);
        }
        Ok(())
    }

    /// Removes a user with its tokens, memberships and ACL entries, and tells which tokens and
    /// entries went.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Refused`] for the superuser.
    pub fn remove_user(&mut self, id: &UserId) -> Result<(Vec<TokenId>, Vec<AclEntry>)> {
        let user = self.user(id)?;
        if Some(id) == self.rules.superuser.as_ref() {
            return Err(Error::refused(format!("the superuser '{id}' cannot be deleted"))
                .with_hint("'user modify' changes its attributes"));
        }
        let tokens: Vec<TokenId> =
            user.tokens.into_iter().map(|token| TokenId { user: id.clone(), name: token.name }).collect();
        let mut entries = self.drop_subject(&Subject::User(id.clone()));
        for token in &tokens {
            entries.extend(self.drop_subject(&Subject::Token(token.clone())));
        }
        self.leave_groups(id, &[]);
        self.users.remove(id);
        Ok((tokens, entries))
    }

    /// Refuses what cannot be the id of a new user; `parameter` is where it was given.
    pub(super) fn require_new_user(&self, id: &UserId, parameter: &str) -> Result<()> {
        if self.users.contains(id.as_str()) {
            return Err(Error::exists(Noun::User, id));
        }
        if id.holds_list_separator() {
            let message = format!("user name '{id}' holds a ',' or ';', which part the items of lists");
            return Err(Error::parameter(parameter, message));
        }
        if id.holds_control_character() {
            return Err(Error::parameter(parameter, "user name holds a control character"));
        }
        Ok(())
    }

    pub(super) fn require_groups(&self, groups: &[GroupId]) -> Result<()> {
        match groups.iter().find(|id| !self.groups.contains(id.as_str())) {
            Some(missing) => Err(Error::unknown(Noun::Group, missing)),
            None => Ok(()),
        }
    }

    pub(super) fn join_groups(&mut self, id: &UserId, groups: &[GroupId]) {
        for name in groups {
            // Not copied: many may join a large group, one after the other.
            if self.groups.look(name.as_str(), |group| group.members.contains(id)) == Some(false) {
                self.groups.revise(name, Some(id.as_str()), |group| group.members.insert(id.clone()));
            }
        }
    }

    pub(super) fn leave_groups(&mut self, id: &UserId, stay: &[GroupId]) -> Vec<GroupId> {
        let mut left = self.groups.ids_mentioning(id.as_str());
        left.retain(|name| {
            !stay.contains(name)
                && self.groups.look(name.as_str(), |group| group.members.contains(id)) == Some(true)
        });
        for name in &left {
            self.groups.revise(name, None, |group| group.members.remove(id));
        }
        left
    }
}

/// Refuses a text that is stored without escapes and would end its field or line.
pub(super) fn require_raw(name: &str, text: &str) -> Result<()> {
    let ends = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    if ends || text.contains(|letter: char| letter == ':' || letter.is_control()) {
        let message =
            format!("'{}' holds a ':', a control character or blanks at its ends", text.escape_debug());
        return Err(Error::parameter(name, message));
    }
    Ok(())
}
