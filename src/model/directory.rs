//! Users, groups, roles, ACLs and pools together, and every edit of them.
//!
//! Each edit checks the rules between things first and then changes everything that belongs
//! together, so that no edit leaves a reference to something that is gone.

mod acl;
mod bulk;
mod groups;
mod pools;
mod rename;
mod roles;
mod tidy;
mod tokens;
mod users;

pub use pools::PoolChange;
pub use tokens::TokenChange;
pub use users::{Dropped, UserChange};

use super::acl::AclNode;
use super::facts;
use super::group::Group;
use super::id::{RoleId, UserId};
use super::pool::Pool;
use super::role::Role;
use super::table::{Source, Table};
use super::user::User;
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
    /// What stands before a group's name in the path of the ACL entries set on the group itself, `/access/groups/`;
    /// empty where a dialect has no such thing.
    pub groups_at: String,
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
        facts.expect(self.users.room() + self.groups.room(), self.acl.room());
        tell_all(&self.users, facts);
        tell_all(&self.groups, facts);
        tell_all(&self.pools, facts);
        tell_all(&self.roles, facts);
        tell_all(&self.acl, facts);
    }
}
