//! Whether a caller may do what it asks for: the rules operations are guarded by.
//!
//! A [`Rule`] says what a caller needs, in the language of the original's programming interface; a
//! [`Request`] holds who asks for what and is checked against it. `docs/permissions.md` has the rules.

pub use super::rule::{Groups, Place, Rule};

use super::Policy;
use super::usable::has_ended;
use crate::catalogue::{Catalogue, Duty};
use crate::error::{Error, Lacking, Noun, Result};
use crate::model::directory::Directory;
use crate::model::id::{GroupId, JobId, PoolId, RealmId, RoleId, TokenId, UserId, VmId};
use crate::model::job::Jobs;
use crate::model::path::AclPath;
use crate::model::privilege::{Privilege, PrivilegeSet};
use std::collections::BTreeSet;

/// Who asks for what.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// What everybody may do.
    pub policy: &'r Policy,
    /// The vocabulary.
    pub catalogue: &'r Catalogue,
    /// What exists.
    pub directory: &'r Directory,
    /// The jobs there are, where a request may be about one.
    pub jobs: Option<&'r Jobs>,
    /// Who asks: a user or token id; `None` is somebody who did not sign in.
    pub caller: Option<&'r str>,
    /// The parameters of the request by the names they have on the command line: `userid`, `groups`, `path`;
    /// the items of lists are joined by `,`.
    pub parameters: &'r [(&'r str, &'r str)],
}

/// Decides whether a request may be carried out: the one function every change and every answer goes through.
/// A refusal tells what was missing, and nothing about what exists that the caller may not see.
///
/// # Errors
/// [`Error::Denied`], [`Error::Beyond`]; [`Error::Unknown`] for a user that is not there, to somebody who may
/// see every user; [`Error::Invalid`] for a name that is none.
pub fn authorize(request: &Request<'_>, rule: &Rule) -> Result<()> {
    request.check(rule).map_err(|error| super::refusal::told(request, rule, error))
}

impl Request<'_> {
    /// Checks the request against a rule, and refuses in the words of the original.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Unknown`] when the user the request is about has to exist and
    /// does not.
    pub fn check(&self, rule: &Rule) -> Result<()> {
        if let Rule::World = rule {
            return Ok(());
        }
        let Some(caller) = self.caller else { return Err(Error::Denied(None)) };
        if self.is_superuser(caller) {
            return Ok(());
        }
        let require = |holds: bool| if holds { Ok(()) } else { Err(Error::Denied(None)) };
        match rule {
            Rule::World | Rule::Somebody => Ok(()),
            Rule::Superuser => Err(Error::Denied(None)),
            Rule::And(rules) => rules.iter().try_for_each(|rule| self.check(rule)),
            Rule::Or(rules) => require(rules.iter().any(|rule| self.check(rule).is_ok())),
            Rule::Holds(duties, place) => self.any(caller, &self.place(*place)?, duties),
            Rule::Oneself => require(self.existing_user()?.as_str() == caller),
            Rule::OwnToken => require(
                self.token()
                    .is_some_and(|token| caller == token.to_string() || caller == token.user.as_str()),
            ),
            Rule::InPerson => require(TokenId::parse(caller).is_err()),
            Rule::NotSuperuser => {
                require(self.parameter("userid").is_none_or(|user| !self.is_superuser(user)))
            }
            Rule::OnRealmOfUser(duty) => self.on_realm(caller, self.user()?.realm(), *duty),
            Rule::OnRealm(duty) => match (self.parameter("realm"), self.realm()) {
                (Some(_), Some(realm)) => self.on_realm(caller, realm.as_str(), *duty),
                // Which realm a job is about is not told.
                (None, Some(realm)) => require(self.on_realm(caller, realm.as_str(), *duty).is_ok()),
                (_, None) => Err(Error::Denied(None)),
            },
            Rule::OnGroupOfUser(duties, groups) => self.on_group_of_user(caller, duties, *groups),
            Rule::MayGrant => may_grant(self.policy, self.catalogue, caller, Some(&self.path()?)),
            Rule::ChangesAcl { delete } => {
                let (path, roles) = (self.path()?, self.roles()?);
                let grant =
                    Grant { path: &path, roles: &roles, propagate: self.propagates(), delete: *delete };
                may_change_acl(self.policy, self.catalogue, self.directory, caller, grant)
            }
            Rule::PoolMembers => self.pool_members(caller),
        }
    }

    fn is_superuser(&self, name: &str) -> bool {
        !self.catalogue.superuser().is_empty() && name == self.catalogue.superuser()
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(given, _)| *given == name).map(|(_, value)| *value)
    }

    fn items(&self, name: &str) -> impl Iterator<Item = &str> {
        let list = self.parameter(name).unwrap_or_default();
        list.split(|c: char| matches!(c, ',' | ';') || c.is_whitespace()).filter(|item| !item.is_empty())
    }

    /// The path of a place. Where the catalogue knows no such place, only the superuser is anything there.
    pub(super) fn place(&self, place: Place) -> Result<String> {
        let administration = self.catalogue.administration();
        let path = match place {
            Place::Top => "/".to_owned(),
            Place::Everything => administration.everything().to_owned(),
            Place::Groups => administration.groups().trim_end_matches('/').to_owned(),
            Place::Realms => administration.realms().trim_end_matches('/').to_owned(),
            Place::Pool => {
                let pool = self.parameter("poolid").and_then(|name| PoolId::parse(name).ok());
                below(self.catalogue.pools().acl(), pool.as_ref().map_or("-", PoolId::as_str))
            }
        };
        if path.is_empty() { Err(Error::Denied(None)) } else { Ok(path) }
    }

    /// The user the request is about: the one named, or the owner of the token that is named.
    pub(super) fn user(&self) -> Result<UserId> {
        let name = self.parameter("userid").unwrap_or_default();
        TokenId::parse(name).map(|token| token.user).or_else(|_| UserId::parse(name))
    }

    pub(super) fn existing_user(&self) -> Result<UserId> {
        let user = self.user()?;
        match self.directory.users.contains(user.as_str()) {
            true => Ok(user),
            false => Err(Error::unknown(Noun::User, user)),
        }
    }

    /// The token the request is about, named by its whole id or beside its owner.
    fn token(&self) -> Option<TokenId> {
        let user = self.parameter("userid")?;
        match self.parameter("tokenid") {
            Some(name) => TokenId::parse(&format!("{user}!{name}")).ok(),
            None => TokenId::parse(user).ok(),
        }
    }

    /// The realm the request names, else the one of its job.
    pub(super) fn realm(&self) -> Option<RealmId> {
        if let Some(name) = self.parameter("realm") {
            return RealmId::parse(name).ok();
        }
        let job = JobId::parse(self.parameter("id")?).ok()?;
        self.jobs?.get(&job).ok().map(|job| job.realm().clone())
    }

    /// The path entries at the one that is named are kept at. What is none is refused without a word.
    pub(super) fn path(&self) -> Result<AclPath> {
        let path = AclPath::parse(self.parameter("path").unwrap_or("-"));
        path.map(|path| path.node()).map_err(|_| Error::Denied(None))
    }

    pub(super) fn roles(&self) -> Result<Vec<RoleId>> {
        self.items("roles").map(RoleId::parse).collect()
    }

    pub(super) fn propagates(&self) -> bool {
        self.parameter("propagate") != Some("0")
    }

    /// The names of the privileges that stand for duties.
    pub(super) fn names(&self, duties: &[Duty]) -> Vec<&str> {
        let privileges = duties.iter().filter_map(|duty| self.catalogue.duty(*duty));
        privileges.map(|privilege| self.catalogue.name(privilege)).collect()
    }

    pub(super) fn holds(&self, caller: &str, path: &str, duties: &[Duty]) -> bool {
        let mut privileges = duties.iter().filter_map(|duty| self.catalogue.duty(*duty));
        !path.is_empty() && privileges.any(|privilege| self.policy.check(caller, privilege, path))
    }

    fn any(&self, caller: &str, path: &str, duties: &[Duty]) -> Result<()> {
        match self.holds(caller, path, duties) {
            true => Ok(()),
            false => Err(denied(path, &self.names(duties))),
        }
    }

    fn on_realm(&self, caller: &str, realm: &str, duty: Duty) -> Result<()> {
        self.any(caller, &below(self.catalogue.administration().realms(), realm), &[duty])
    }

    fn group_path(&self, group: &str) -> String {
        below(self.catalogue.administration().groups(), group)
    }

    /// The path of all groups; empty where the catalogue knows none.
    pub(super) fn all_groups(&self) -> &str {
        self.catalogue.administration().groups().trim_end_matches('/')
    }

    /// The groups `caller` is entrusted with one of `duties` on.
    pub fn controlled_groups(&self, caller: &str, duties: &[Duty]) -> BTreeSet<GroupId> {
        let groups = self.directory.groups.ids().filter_map(|id| GroupId::parse(id).ok());
        groups.filter(|group| self.holds(caller, &self.group_path(group.as_str()), duties)).collect()
    }

    fn on_group_of_user(&self, caller: &str, duties: &[Duty], groups: Groups) -> Result<()> {
        let user = match groups {
            Groups::Create => None,
            Groups::Unused | Groups::Update => Some(self.existing_user()?),
        };
        let all_groups = self.all_groups();
        if self.holds(caller, all_groups, duties) {
            return Ok(());
        }
        let controlled = self.controlled_groups(caller, duties);
        if groups != Groups::Unused {
            let mut named = self.items("groups").peekable();
            if named.peek().is_none() {
                return Err(denied(all_groups, &self.names(duties)));
            }
            if let Some(other) = named.find(|name| !controlled.iter().any(|group| group.as_str() == *name)) {
                return Err(denied(&self.group_path(other), &self.names(duties)));
            }
        }
        let Some(user) = user else { return Ok(()) };
        let member = controlled.iter().filter_map(|group| self.directory.groups.get(group.as_str()));
        match member.into_iter().any(|group| group.members.contains(&user)) {
            true => Ok(()),
            false => Err(Error::Denied(None)),
        }
    }

    fn pool_members(&self, caller: &str) -> Result<()> {
        let pools = self.catalogue.pools();
        let may_grant = |prefix: &str, name: &str| {
            let path = AclPath::parse(&below(prefix, name)).map_err(|_| Error::Denied(None))?.node();
            may_grant(self.policy, self.catalogue, caller, Some(&path))
        };
        for name in self.items("vms") {
            let guest = VmId::parse(name)?;
            may_grant(pools.guests(), &guest.to_string())?;
            let moved = self.parameter("allow-move") == Some("1") && self.parameter("delete") != Some("1");
            if moved && let Some(old) = self.directory.pool_of(guest) {
                self.any(caller, &below(pools.acl(), old.as_str()), &[Duty::Pools])?;
            }
        }
        self.items("storage").try_for_each(|name| may_grant(pools.storages(), name))
    }
}

/// The path of something below a prefix; empty where the catalogue knows no such prefix.
fn below(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { String::new() } else { format!("{prefix}{name}") }
}

/// The refusal that names what was missing, if there is a name for it.
pub(super) fn denied(path: &str, privileges: &[&str]) -> Error {
    if path.is_empty() || privileges.is_empty() {
        return Error::Denied(None);
    }
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
pub(super) fn privileges_of(catalogue: &Catalogue, directory: &Directory, role: &RoleId) -> PrivilegeSet {
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
    match has_ended(&found, now) {
        true => Err(Error::refused(format!("user '{user}' access expired"))),
        false => Ok(()),
    }
}
