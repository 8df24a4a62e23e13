//! Users, groups, roles, ACLs and pools together, and every edit of them.
//!
//! Each edit checks the rules between things first and then changes everything that belongs
//! together, so that no edit leaves a reference to something that is gone.

use super::acl::{AclEntry, AclNode, Subject};
use super::facts;
use super::group::Group;
use super::id::{GroupId, PoolId, RoleId, StorageId, TokenId, TokenName, UserId, VmId};
use super::path::AclPath;
use super::pool::Pool;
use super::role::Role;
use super::table::{Source, Table};
use super::token::Token;
use super::user::User;
use crate::error::{Error, Noun, Result};
use std::collections::BTreeSet;

/// What a catalogue fixes about every directory that uses it.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The account that may everything and is always there; a dialect may have none.
    pub superuser: Option<UserId>,
    /// Roles nobody may change.
    pub builtin_roles: BTreeSet<RoleId>,
    /// What a new role's name must not begin with, in any letter case; empty: nothing is reserved.
    pub reserved_prefix: String,
    /// What stands before a pool's name in the path of its ACL entries, `/pool/`.
    pub pools_at: String,
}

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

/// The attributes of a token to be changed; `None` leaves one as it is.
#[derive(Clone, Debug, Default)]
pub struct TokenChange {
    /// When the token ends; 0 never.
    pub expire: Option<u64>,
    /// Whether the token is separated from its owner.
    pub separated: Option<bool>,
    /// Free text.
    pub comment: Option<String>,
}

/// The change of a pool's members.
#[derive(Clone, Debug, Default)]
pub struct PoolChange {
    /// Free text; `None` leaves it as it is.
    pub comment: Option<String>,
    /// Guests to put in, or with `remove` to take out.
    pub guests: Vec<VmId>,
    /// Storages to put in, or with `remove` to take out.
    pub storages: Vec<StorageId>,
    /// Take the named members out instead of putting them in.
    pub remove: bool,
    /// Take a guest out of the pool it is in now.
    pub allow_move: bool,
}

/// Everything `user.cfg` holds.
#[derive(Clone, Debug)]
pub struct Directory {
    /// What the catalogue fixes.
    pub rules: Rules,
    /// Users with their tokens.
    pub users: Table<User>,
    /// Groups.
    pub groups: Table<Group>,
    /// Pools.
    pub pools: Table<Pool>,
    /// Roles that are not built in.
    pub roles: Table<Role>,
    /// ACL entries by path.
    pub acl: Table<AclNode>,
    /// Lines nobody understands after the last record, newlines included.
    pub tail: Vec<u8>,
}

impl Directory {
    /// A directory nobody wrote to yet.
    pub fn empty(rules: Rules) -> Self {
        let mut directory = Self {
            rules,
            users: Table::default(),
            groups: Table::default(),
            pools: Table::default(),
            roles: Table::default(),
            acl: Table::default(),
            tail: Vec::new(),
        };
        if let Some(id) = &directory.rules.superuser {
            directory.users.put(User { expire: None, ..User::new(id.clone()) });
        }
        directory
    }

    /// The user of this id.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn user(&self, id: &UserId) -> Result<User> {
        self.users.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::User, id))
    }

    fn group(&self, id: &GroupId) -> Result<Group> {
        self.groups.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Group, id))
    }

    /// The pool of this id.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn pool(&self, id: &PoolId) -> Result<Pool> {
        self.pools.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Pool, id))
    }

    /// The user that is called `id` when letter case does not count.
    pub fn user_without_case(&self, id: &UserId) -> Option<UserId> {
        let wanted = id.as_str().to_lowercase();
        let mut ids = self.users.ids().filter(|id| id.len() == wanted.len());
        ids.find(|id| id.to_lowercase() == wanted).and_then(|id| UserId::parse(id).ok())
    }

    /// Adds a user to the directory and to `groups`. What was left over under this name, from an
    /// account that is gone or a slip of the pen, is not given to the new one: it is dropped.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::Unknown`] for a group, a refused `userid` for a name that would break
    /// lists or cannot be shown.
    pub fn add_user(&mut self, user: User, groups: &[GroupId]) -> Result<Dropped> {
        if self.users.contains(user.id.as_str()) {
            return Err(Error::exists(Noun::User, &user.id));
        }
        if user.id.holds_list_separator() {
            let message =
                format!("user name '{}' holds a ',' or ';', which part the items of lists", user.id);
            return Err(Error::parameter("userid", message));
        }
        if user.id.holds_control_character() {
            return Err(Error::parameter("userid", "user name holds a control character"));
        }
        self.require_groups(groups)?;
        let mut dropped =
            Dropped { entries: self.drop_subject(&Subject::User(user.id.clone())), ..Dropped::default() };
        for group in self.leave_groups(&user.id, &[]) {
            dropped.memberships.push((group, user.id.clone()));
        }
        self.join_groups(&user.id, groups);
        self.users.put(user);
        Ok(dropped)
    }

    /// Changes attributes and groups of a user.
    ///
    /// # Errors
    /// [`Error::Unknown`] for the user or a group.
    pub fn modify_user(&mut self, id: &UserId, change: UserChange) -> Result<()> {
        let before = self.user(id)?;
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

    fn require_groups(&self, groups: &[GroupId]) -> Result<()> {
        match groups.iter().find(|id| !self.groups.contains(id.as_str())) {
            Some(missing) => Err(Error::unknown(Noun::Group, missing)),
            None => Ok(()),
        }
    }

    fn join_groups(&mut self, id: &UserId, groups: &[GroupId]) {
        for name in groups {
            if let Some(mut group) = self.groups.get(name.as_str())
                && group.members.insert(id.clone())
            {
                self.groups.put(group);
            }
        }
    }

    fn leave_groups(&mut self, id: &UserId, stay: &[GroupId]) -> Vec<GroupId> {
        let mut left = Vec::new();
        for mut group in self.groups.mentioning(id.as_str()) {
            if !stay.contains(&group.id) && group.members.remove(id) {
                left.push(group.id.clone());
                self.groups.put(group);
            }
        }
        left
    }

    /// Adds an API token to a user. ACL entries left over under its id are dropped and returned.
    ///
    /// # Errors
    /// [`Error::Unknown`] for the owner; [`Error::Refused`] when it is there already.
    pub fn add_token(&mut self, owner: &UserId, token: Token) -> Result<Vec<AclEntry>> {
        let mut user = self.user(owner)?;
        let id = TokenId { user: owner.clone(), name: token.name.clone() };
        match user.tokens.binary_search_by(|one| one.name.cmp(&token.name)) {
            Ok(_) => Err(Error::refused(format!("token '{id}' already exists"))),
            Err(place) => {
                user.tokens.insert(place, token);
                self.users.put(user);
                Ok(self.drop_subject(&Subject::Token(id)))
            }
        }
    }

    /// Changes a token and returns it as it is then.
    ///
    /// # Errors
    /// [`Error::Unknown`] for the owner, [`Error::UnknownToken`].
    pub fn modify_token(&mut self, owner: &UserId, name: &TokenName, change: TokenChange) -> Result<Token> {
        let mut user = self.user(owner)?;
        let Some(token) = user.tokens.iter_mut().find(|token| token.name == *name) else {
            return Err(unknown_token(owner, name));
        };
        let before = token.clone();
        token.expire = change.expire.unwrap_or(token.expire);
        token.separated = change.separated.unwrap_or(token.separated);
        if let Some(comment) = change.comment {
            token.comment = comment;
        }
        let after = token.clone();
        if after != before {
            self.users.put(user);
        }
        Ok(after)
    }

    /// Removes a token and its ACL entries, which are returned.
    ///
    /// # Errors
    /// [`Error::Unknown`] for the owner, [`Error::UnknownToken`].
    pub fn remove_token(&mut self, owner: &UserId, name: &TokenName) -> Result<Vec<AclEntry>> {
        let mut user = self.user(owner)?;
        let before = user.tokens.len();
        user.tokens.retain(|token| token.name != *name);
        if user.tokens.len() == before {
            return Err(unknown_token(owner, name));
        }
        self.users.put(user);
        Ok(self.drop_subject(&Subject::Token(TokenId { user: owner.clone(), name: name.clone() })))
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

    /// Whether a role of this name is there, built in or not.
    pub fn has_role(&self, id: &RoleId) -> bool {
        self.rules.builtin_roles.contains(id) || self.roles.contains(id.as_str())
    }

    /// Adds a role.
    ///
    /// # Errors
    /// [`Error::Exists`]; a refused `roleid` when the name is reserved.
    pub fn add_role(&mut self, role: Role) -> Result<()> {
        let prefix = &self.rules.reserved_prefix;
        let start = role.id.as_str().get(..prefix.len());
        if !prefix.is_empty() && start.is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            let message =
                format!("cannot use role ID starting with the (case-insensitive) '{prefix}' namespace");
            return Err(Error::parameter("roleid", message));
        }
        if self.has_role(&role.id) {
            return Err(Error::exists(Noun::Role, &role.id));
        }
        self.roles.put(role);
        Ok(())
    }

    /// Sets a role's privileges, or adds to them.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Refused`] for a built-in role.
    pub fn modify_role(&mut self, id: &RoleId, privileges: BTreeSet<String>, append: bool) -> Result<()> {
        let mut role = self.own_role(id, "modified")?;
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
        Ok(self.drop_entries(id.as_str(), |entry| entry.role == *id))
    }

    fn own_role(&self, id: &RoleId, verb: &str) -> Result<Role> {
        if self.rules.builtin_roles.contains(id) {
            return Err(Error::refused(format!("auto-generated role '{id}' cannot be {verb}")));
        }
        self.roles.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Role, id))
    }

    fn require_entries(&self, subjects: &[Subject], roles: &[RoleId]) -> Result<()> {
        for role in roles {
            if !self.has_role(role) {
                return Err(Error::unknown(Noun::Role, role));
            }
            for subject in subjects {
                match subject {
                    Subject::Group(id) => drop(self.group(id)?),
                    Subject::User(id) => drop(self.user(id)?),
                    Subject::Token(id) => {
                        let user = self.user(&id.user)?;
                        if user.token(id.name.as_str()).is_none() {
                            return Err(unknown_token(&id.user, &id.name));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Gives every subject every role at `path`. Entries of the superuser are accepted and not
    /// stored: it may everything anyway.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::UnknownToken`].
    pub fn grant(
        &mut self,
        path: &AclPath,
        subjects: &[Subject],
        roles: &[RoleId],
        propagate: bool,
    ) -> Result<()> {
        self.require_entries(subjects, roles)?;
        let mut node = self.acl.get(path.as_str()).unwrap_or_else(|| AclNode::new(path.clone()));
        let before = node.entries.clone();
        let superuser = self.rules.superuser.clone().map(Subject::User);
        for subject in subjects.iter().filter(|subject| Some(*subject) != superuser.as_ref()) {
            for role in roles {
                node.entries.insert((subject.clone(), role.clone()), propagate);
            }
        }
        if node.entries != before {
            self.acl.put(node);
        }
        Ok(())
    }

    /// Takes every role at `path` from every subject; one that is not held is no error.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::UnknownToken`].
    pub fn revoke(&mut self, path: &AclPath, subjects: &[Subject], roles: &[RoleId]) -> Result<()> {
        self.require_entries(subjects, roles)?;
        let Some(mut node) = self.acl.get(path.as_str()) else { return Ok(()) };
        let before = node.entries.len();
        node.entries.retain(|(subject, role), _| !(subjects.contains(subject) && roles.contains(role)));
        if node.entries.len() != before {
            self.put_node(node);
        }
        Ok(())
    }

    /// Every ACL entry: by path in tree order, then by subject as it is printed, then by role.
    pub fn entries(&self) -> impl Iterator<Item = AclEntry> {
        self.acl.iter().flat_map(|node| {
            let path = node.path;
            node.entries.into_iter().map(move |((subject, role), propagate)| AclEntry {
                path: path.clone(),
                subject,
                role,
                propagate,
            })
        })
    }

    fn put_node(&mut self, node: AclNode) {
        if node.entries.is_empty() {
            self.acl.remove(&node.path);
        } else {
            self.acl.put(node);
        }
    }

    fn drop_subject(&mut self, subject: &Subject) -> Vec<AclEntry> {
        self.drop_entries(&subject.to_string(), |entry| entry.subject == *subject)
    }

    fn drop_entries(&mut self, word: &str, goes: impl Fn(&AclEntry) -> bool) -> Vec<AclEntry> {
        let mut dropped = Vec::new();
        for mut node in self.acl.mentioning(word) {
            let path = node.path.clone();
            let before = dropped.len();
            node.entries.retain(|(subject, role), propagate| {
                let entry = AclEntry {
                    path: path.clone(),
                    subject: subject.clone(),
                    role: role.clone(),
                    propagate: *propagate,
                };
                let stays = !goes(&entry);
                if !stays {
                    dropped.push(entry);
                }
                stays
            });
            if dropped.len() != before {
                self.put_node(node);
            }
        }
        dropped.sort_by(|a, b| a.path.cmp(&b.path));
        dropped
    }

    /// Adds a pool.
    ///
    /// # Errors
    /// [`Error::Exists`]; [`Error::Refused`] when its parent is missing or its name does not begin
    /// with a letter.
    pub fn add_pool(&mut self, pool: Pool) -> Result<()> {
        if let Some(parent) = pool.id.parent().filter(|parent| !self.pools.contains(parent.as_str())) {
            return Err(Error::refused(format!("parent '{parent}' of pool '{}' does not exist", pool.id))
                .with_hint(format!("create it first: pool add {parent}")));
        }
        if self.pools.contains(pool.id.as_str()) {
            return Err(Error::exists(Noun::Pool, &pool.id));
        }
        if !pool.id.leaf().starts_with(|first: char| first.is_ascii_alphabetic()) {
            return Err(Error::refused(format!(
                "pool name must start with a letter, not '{}'",
                pool.id.leaf()
            ))
            .with_hint("put a letter in front of it"));
        }
        self.pools.put(pool);
        Ok(())
    }

    /// The pool a guest is in.
    pub fn pool_of(&self, guest: VmId) -> Option<PoolId> {
        let pools = self.pools.mentioning(&guest.to_string()).into_iter();
        pools.filter(|pool| pool.guests.contains(&guest)).map(|pool| pool.id).next()
    }

    /// Changes a pool's comment and members.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Refused`] when a member is there already, is not there, or is in
    /// another pool and may not be moved.
    pub fn modify_pool(&mut self, id: &PoolId, change: PoolChange) -> Result<()> {
        let mut pool = self.pool(id)?;
        let before = pool.clone();
        if let Some(comment) = change.comment {
            pool.comment = comment;
        }
        for guest in change.guests {
            if change.remove {
                if !pool.guests.remove(&guest) {
                    return Err(Error::refused(format!("VM {guest} is not a pool member")));
                }
                continue;
            }
            if !pool.guests.insert(guest) {
                return Err(Error::refused(format!("VM {guest} is already a pool member")));
            }
            if let Some(other) = self.pool_of(guest) {
                if !change.allow_move {
                    let message =
                        format!("VM {guest} belongs already to pool '{other}' and 'allow-move' is not set");
                    return Err(Error::refused(message).with_hint("--allow-move moves it"));
                }
                let mut from = self.pool(&other)?;
                from.guests.remove(&guest);
                self.pools.put(from);
            }
        }
        for storage in change.storages {
            let text = storage.to_string();
            if change.remove && !pool.storages.remove(&storage) {
                return Err(Error::refused(format!("Storage '{text}' is not a pool member")));
            }
            if !change.remove && !pool.storages.insert(storage) {
                return Err(Error::refused(format!("Storage '{text}' is already a pool member")));
            }
        }
        if pool != before {
            self.pools.put(pool);
        }
        Ok(())
    }

    /// Removes a pool and the ACL entries at its path and below, which are returned. Whether its
    /// members may go with it is asked of `member_exists`.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Refused`] when it holds another pool or a member that exists.
    pub fn remove_pool(
        &mut self,
        id: &PoolId,
        guest_exists: impl Fn(VmId) -> bool,
        storage_exists: impl Fn(&StorageId) -> bool,
    ) -> Result<Vec<AclEntry>> {
        let pool = self.pool(id)?;
        let below = format!("{id}/");
        let holds = if let Some(inner) = self.pools.ids().find(|other| other.starts_with(&below)) {
            Some(format!("pool '{inner}'"))
        } else if let Some(guest) = pool.guests.iter().find(|guest| guest_exists(**guest)) {
            Some(format!("VM {guest}"))
        } else {
            let mut storages = pool.storages.iter();
            storages.find(|storage| storage_exists(storage)).map(|storage| format!("storage '{storage}'"))
        };
        if let Some(holds) = holds {
            return Err(Error::refused(format!("pool '{id}' is not empty (contains {holds})")));
        }
        self.pools.remove(id);
        let node = AclPath::parse(&format!("{}{id}", self.rules.pools_at))?;
        Ok(self.drop_entries(node.as_str(), |entry| entry.path.is_within(&node)))
    }
}

fn unknown_token(owner: &UserId, name: &TokenName) -> Error {
    Error::UnknownToken { user: owner.to_string(), token: name.to_string() }
}

/// A record that can tell its facts from its canonical text.
pub trait Tell: super::table::Record {
    /// Tells the facts of one record, given its canonical lines.
    fn tell(lines: &str, facts: &mut impl facts::Facts);
}

fn tell_all<R: Tell + Clone>(table: &Table<R>, facts: &mut impl facts::Facts) {
    let mut text = String::new();
    for source in table.sources() {
        match source {
            Source::Text(lines) => R::tell(lines, facts),
            Source::Record(record) => {
                text.clear();
                record.encode(&mut text);
                R::tell(&text, facts);
            }
        }
    }
}

impl facts::Source for Directory
where
    User: Tell,
    Group: Tell,
    Pool: Tell,
    Role: Tell,
    AclNode: Tell,
{
    fn tell(&self, facts: &mut impl facts::Facts) {
        tell_all(&self.users, facts);
        tell_all(&self.groups, facts);
        tell_all(&self.pools, facts);
        tell_all(&self.roles, facts);
        tell_all(&self.acl, facts);
    }
}
