//! What of a directory somebody sees in lists.

use super::Policy;
use super::authorize::{Request, may_grant};
use super::usable::Who;
use crate::catalogue::{Catalogue, Duty};
use crate::model::directory::Directory;
use crate::model::id::{GroupId, PoolId, UserId};
use crate::model::path::AclPath;
use std::collections::HashSet;

/// What somebody sees of a directory.
pub struct Sight<'d>(Option<Limited<'d>>);

/// The sight of somebody who is not the superuser.
struct Limited<'d> {
    policy: Policy,
    catalogue: &'d Catalogue,
    caller: String,
    /// The users in groups the caller looks after; `None`: everybody.
    users: Option<HashSet<String>>,
}

impl<'d> Sight<'d> {
    /// What `caller` sees of `directory`; `None` is the superuser, who sees everything.
    pub fn of(caller: Option<&Who>, catalogue: &'d Catalogue, directory: &Directory) -> Self {
        let Some(caller) = caller.map(Who::to_string) else { return Self(None) };
        let policy = Policy::compile(directory, catalogue);
        let request = Request {
            policy: &policy,
            catalogue,
            directory,
            jobs: None,
            caller: Some(&caller),
            parameters: &[],
        };
        let duties = [Duty::Users, Duty::Audit];
        let users = (!request.holds(&caller, request.all_groups(), &duties)).then(|| {
            let groups = request.controlled_groups(&caller, &duties);
            let groups = groups.iter().filter_map(|group| directory.groups.get(group.as_str()));
            groups.flat_map(|group| group.members).map(|user| user.to_string()).collect()
        });
        Self(Some(Limited { policy, catalogue, caller, users }))
    }

    /// Whether a user is seen: those in groups whose users the caller looks after or may look at, and itself.
    pub fn sees_user(&self, user: &UserId) -> bool {
        let Some(limited) = &self.0 else { return true };
        let users = limited.users.as_ref();
        user.as_str() == limited.caller || users.is_none_or(|users| users.contains(user.as_str()))
    }

    /// Whether a group is seen.
    pub fn sees_group(&self, group: &GroupId) -> bool {
        let Some(limited) = &self.0 else { return true };
        let groups = limited.catalogue.administration().groups();
        limited.holds_below(&[Duty::Users, Duty::Audit, Duty::Groups], groups, group.as_str())
    }

    /// Whether a pool is seen.
    pub fn sees_pool(&self, pool: &PoolId) -> bool {
        let Some(limited) = &self.0 else { return true };
        limited.holds_below(&[Duty::PoolAudit], limited.catalogue.pools().acl(), pool.as_str())
    }

    /// Whether the ACL entries at a path are seen: by who may look at everything, or hand out roles there.
    pub fn sees_entries(&self, path: &AclPath) -> bool {
        let Some(limited) = &self.0 else { return true };
        limited.holds(&[Duty::Audit], limited.catalogue.administration().everything())
            || may_grant(&limited.policy, limited.catalogue, &limited.caller, Some(path)).is_ok()
    }
}

impl Limited<'_> {
    fn holds(&self, duties: &[Duty], path: &str) -> bool {
        let mut privileges = duties.iter().filter_map(|duty| self.catalogue.duty(*duty));
        !path.is_empty() && privileges.any(|privilege| self.policy.check(&self.caller, privilege, path))
    }

    fn holds_below(&self, duties: &[Duty], prefix: &str, name: &str) -> bool {
        !prefix.is_empty() && self.holds(duties, &format!("{prefix}{name}"))
    }
}
