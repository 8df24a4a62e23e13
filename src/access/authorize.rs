//! Whether a caller may do what it asks for: the rules operations are guarded by.
//!
//! A [`Rule`] says what a caller needs, in the language of the original's programming interface; a
//! [`Request`] holds who asks for what and is checked against it. `docs/permissions.md` has the rules.

use super::Policy;
use crate::catalogue::Catalogue;
use crate::error::{Error, Lacking, Noun, Result};
use crate::model::directory::Directory;
use crate::model::id::{GroupId, RoleId, UserId};
use crate::model::path::AclPath;
use crate::model::privilege::{Privilege, PrivilegeSet};
use std::collections::BTreeSet;

/// What a caller needs.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Nothing; not even a name.
    World,
    /// To be somebody.
    Somebody,
    /// To be the superuser.
    Superuser,
    /// All of these.
    And(&'static [Rule]),
    /// One of these; a refusal does not tell which.
    Or(&'static [Rule]),
    /// Privileges on a path. `{name}` in the path stands for the parameter of that name.
    Privileges {
        /// The path.
        path: &'static str,
        /// The privileges.
        privileges: &'static [&'static str],
        /// Whether one of them is enough.
        any: bool,
    },
    /// To be the user the request is about.
    Oneself,
    /// A privilege on the realm of the user the request is about.
    OnRealmOfUser(&'static str),
    /// One of these privileges on a group of the user the request is about, or on all groups.
    OnGroupOfUser(&'static [&'static str], Groups),
    /// To be allowed to hand out permissions on a path.
    MayGrant(&'static str),
}

/// What the `groups` a request names have to do with [`Rule::OnGroupOfUser`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// Nothing.
    Unused,
    /// The user is to be created in them: the caller has to control each of them.
    Create,
    /// The user is to be changed to them: the same, and the user is in one the caller controls.
    Update,
}

/// Who asks for what.
pub struct Request<'r> {
    /// What everybody may do.
    pub policy: &'r Policy,
    /// The vocabulary.
    pub catalogue: &'r Catalogue,
    /// What exists.
    pub directory: &'r Directory,
    /// Who asks: a user or token id; `None` is somebody who did not sign in.
    pub caller: Option<&'r str>,
    /// The parameters of the request: `userid`, `groups`, `path`.
    pub parameters: &'r [(&'r str, &'r str)],
}

impl Request<'_> {
    /// Checks the request against a rule.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Unknown`] when the user the request is about has to exist and
    /// does not.
    pub fn check(&self, rule: &Rule) -> Result<()> {
        if let Rule::World = rule {
            return Ok(());
        }
        let Some(caller) = self.caller else { return Err(Error::Denied(None)) };
        if !self.catalogue.superuser().is_empty() && caller == self.catalogue.superuser() {
            return Ok(());
        }
        match rule {
            Rule::World | Rule::Somebody => Ok(()),
            Rule::Superuser => Err(Error::Denied(None)),
            Rule::And(rules) => rules.iter().try_for_each(|rule| self.check(rule)),
            Rule::Or(rules) => match rules.iter().any(|rule| self.check(rule).is_ok()) {
                true => Ok(()),
                false => Err(Error::Denied(None)),
            },
            Rule::Privileges { path, privileges, any } => {
                let path = AclPath::parse(&self.filled(path))?;
                match any {
                    true => self.any(caller, path.as_str(), privileges),
                    false => self.all(caller, path.as_str(), privileges),
                }
            }
            Rule::Oneself => match self.existing_user()?.as_str() == caller {
                true => Ok(()),
                false => Err(Error::Denied(None)),
            },
            Rule::OnRealmOfUser(privilege) => {
                let realm = format!("{}{}", self.catalogue.administration().realms(), self.user()?.realm());
                self.all(caller, &realm, &[privilege])
            }
            Rule::OnGroupOfUser(privileges, groups) => self.on_group_of_user(caller, privileges, *groups),
            Rule::MayGrant(path) => match AclPath::parse(&self.filled(path)) {
                Ok(path) => may_grant(self.policy, self.catalogue, caller, Some(&path)),
                Err(_) => Err(Error::Denied(None)),
            },
        }
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(given, _)| *given == name).map(|(_, value)| *value)
    }

    fn filled(&self, template: &str) -> String {
        let mut path = String::new();
        let mut rest = template;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            path.push_str(before);
            path.push_str(self.parameter(name).unwrap_or("-"));
            rest = after;
        }
        path + rest
    }

    fn user(&self) -> Result<UserId> {
        UserId::parse(self.parameter("userid").unwrap_or_default())
    }

    fn existing_user(&self) -> Result<UserId> {
        let user = self.user()?;
        match self.directory.users.contains(user.as_str()) {
            true => Ok(user),
            false => Err(Error::unknown(Noun::User, user)),
        }
    }

    fn holds(&self, caller: &str, path: &str, name: &str) -> bool {
        let privilege = self.catalogue.privilege(name);
        privilege.is_some_and(|privilege| self.policy.check(caller, privilege, path))
    }

    fn all(&self, caller: &str, path: &str, privileges: &[&str]) -> Result<()> {
        match privileges.iter().find(|name| !self.holds(caller, path, name)) {
            Some(missing) => Err(denied(path, &[missing])),
            None => Ok(()),
        }
    }

    fn any(&self, caller: &str, path: &str, privileges: &[&str]) -> Result<()> {
        match privileges.iter().any(|name| self.holds(caller, path, name)) {
            true => Ok(()),
            false => Err(denied(path, privileges)),
        }
    }

    fn group_path(&self, group: &str) -> String {
        format!("{}{group}", self.catalogue.administration().groups())
    }

    /// The groups `caller` holds one of `privileges` on.
    pub fn controlled_groups(&self, caller: &str, privileges: &[&str]) -> BTreeSet<GroupId> {
        let groups = self.directory.groups.ids().filter_map(|id| GroupId::parse(id).ok());
        groups
            .filter(|group| self.any(caller, &self.group_path(group.as_str()), privileges).is_ok())
            .collect()
    }

    fn on_group_of_user(&self, caller: &str, privileges: &[&str], groups: Groups) -> Result<()> {
        let user = match groups {
            Groups::Create => None,
            Groups::Unused | Groups::Update => Some(self.existing_user()?),
        };
        let all_groups = self.catalogue.administration().groups().trim_end_matches('/');
        if self.any(caller, all_groups, privileges).is_ok() {
            return Ok(());
        }
        let controlled = self.controlled_groups(caller, privileges);
        if groups != Groups::Unused {
            let list = self.parameter("groups").unwrap_or_default();
            let mut named = list.split([',', ';', ' ']).filter(|name| !name.is_empty()).peekable();
            if named.peek().is_none() {
                return Err(denied(all_groups, privileges));
            }
            if let Some(other) = named.find(|name| !controlled.iter().any(|group| group.as_str() == *name)) {
                return Err(denied(&self.group_path(other), privileges));
            }
        }
        let Some(user) = user else { return Ok(()) };
        let member = controlled.iter().filter_map(|group| self.directory.groups.get(group.as_str()));
        match member.into_iter().any(|group| group.members.contains(&user)) {
            true => Ok(()),
            false => Err(Error::Denied(None)),
        }
    }
}

fn denied(path: &str, privileges: &[&str]) -> Error {
    let privileges = privileges.iter().map(|name| (*name).to_owned()).collect();
    Error::Denied(Some(Lacking { path: path.to_owned(), privileges }))
}

/// Whether `who` may hand out permissions on `path`, or, without one, at all.
///
/// # Errors
/// [`Error::Denied`].
pub fn may_grant(policy: &Policy, catalogue: &Catalogue, who: &str, path: Option<&AclPath>) -> Result<()> {
    let enough: Vec<Privilege> = catalogue
        .delegation()
        .into_iter()
        .chain(path.and_then(|path| catalogue.delegation_below(path)))
        .collect();
    let path = path.map_or(catalogue.administration().everything(), AclPath::as_str);
    if enough.iter().any(|privilege| policy.check(who, *privilege, path)) {
        return Ok(());
    }
    let names: Vec<&str> = enough.iter().map(|privilege| catalogue.name(*privilege)).collect();
    Err(denied(path, &names))
}

/// A change of an access control list: these roles, at this path.
#[derive(Clone, Copy, Debug)]
pub struct Grant<'g> {
    /// Where.
    pub path: &'g AclPath,
    /// The roles.
    pub roles: &'g [RoleId],
    /// Whether they reach deeper paths.
    pub propagate: bool,
    /// Whether they are taken back.
    pub delete: bool,
}

/// Whether `who` may make a change of an access control list. Who holds the privilege to hand out
/// permissions there may hand out any role; who holds only the lesser one may hand out what he holds.
///
/// # Errors
/// [`Error::Denied`]; a refused `role` that goes beyond what `who` holds.
pub fn may_change_acl(
    policy: &Policy,
    catalogue: &Catalogue,
    directory: &Directory,
    who: &str,
    grant: Grant<'_>,
) -> Result<()> {
    may_grant(policy, catalogue, who, Some(grant.path))?;
    let path = grant.path.as_str();
    if catalogue.delegation().is_some_and(|privilege| policy.check(who, privilege, path)) {
        return Ok(());
    }
    let full = catalogue.delegation().map_or("", |privilege| catalogue.name(privilege));
    let held = policy.permissions(who, path);
    let verb = if grant.delete { "remove" } else { "add" };
    for role in grant.roles {
        let refuse = |what: &str| Err(Error::parameter("role", format!("Cannot {verb} role '{role}'{what}")));
        if role.as_str() == catalogue.blocking_role() {
            return refuse(&format!(" - requires '{full}'"));
        }
        let wanted = privileges_of(catalogue, directory, role);
        if !held.granted.contains_all(wanted) {
            return refuse(&format!(" - requires '{full}' or superset of privileges."));
        }
        if !grant.delete && grant.propagate && !held.propagated.contains_all(wanted) {
            return refuse(&format!(
                " with propagation - requires '{full}' or propagated superset of privileges."
            ));
        }
    }
    Ok(())
}

/// What a role grants, built in or not; nothing when it is not there.
fn privileges_of(catalogue: &Catalogue, directory: &Directory, role: &RoleId) -> PrivilegeSet {
    match catalogue.role(role.as_str()) {
        Some(privileges) => privileges,
        None => {
            let names = directory.roles.get(role.as_str()).map(|role| role.privileges).unwrap_or_default();
            names.iter().filter_map(|name| catalogue.privilege(name)).collect()
        }
    }
}

/// Whether `who` holds one of `privileges` on `path` or on a path with entries directly below it.
pub fn any_here_or_below(
    policy: &Policy,
    directory: &Directory,
    who: &str,
    path: &AclPath,
    privileges: PrivilegeSet,
) -> bool {
    let holds = |path: &str| privileges.iter().any(|privilege| policy.check(who, privilege, path));
    let below = format!("{path}/");
    let child = |id: &&str| id.strip_prefix(below.as_str()).is_some_and(|rest| !rest.contains('/'));
    holds(path.as_str()) || directory.acl.ids().filter(child).any(holds)
}

/// Whether a user may sign in at the moment `now`, in seconds since 1970.
///
/// # Errors
/// [`Error::Unknown`]; [`Error::Refused`] when the account is disabled or at its end.
pub fn check_enabled(directory: &Directory, user: &UserId, now: u64) -> Result<()> {
    let found = directory.user(user)?;
    if !found.enable {
        return Err(Error::refused(format!("user '{user}' is disabled")));
    }
    match found.expire {
        Some(end) if end != 0 && end < now => Err(Error::refused(format!("user '{user}' access expired"))),
        _ => Ok(()),
    }
}
