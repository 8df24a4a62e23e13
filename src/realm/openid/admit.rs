//! What becomes of users and groups when a provider vouches for somebody.

use super::claims::Person;
use crate::error::{Error, Result};
use crate::model::acl::AclEntry;
use crate::model::directory::{Directory, Dropped, UserChange};
use crate::model::group::Group;
use crate::model::id::GroupId;
use crate::model::realm::Realm;
use crate::model::user::User;
use crate::realm::login::{Reason, Refusal, account_is_open};

/// What was done for somebody who was let in.
#[derive(Debug, Default)]
pub struct Admitted {
    /// Whether the user is new.
    pub created: bool,
    /// The groups that are new.
    pub new_groups: Vec<GroupId>,
    /// What was left over under the names that are new, and went.
    pub dropped: Dropped,
    /// Groups the provider names that are not there and are not to be created.
    pub unknown_groups: Vec<GroupId>,
}

/// Lets somebody in at the moment `now`, in seconds since 1970: creates the user and groups where the realm
/// wants that, and sees to the memberships. Existing users keep their attributes. Whoever is refused changes
/// nothing.
///
/// # Errors
/// Those of the edits. Somebody who is not let in is an `Ok(Err(_))`.
pub fn admit(
    directory: &mut Directory,
    realm: &Realm,
    person: &Person,
    now: i64,
) -> Result<std::result::Result<Admitted, Refusal>> {
    let is_on = |name: &str| realm.get(name) == Some("1");
    let mut admitted = Admitted::default();
    match account_is_open(directory, &person.id, now) {
        Ok(()) => {}
        Err(Refusal { reason: Reason::UnknownUser, .. }) if is_on("autocreate") => admitted.created = true,
        Err(refusal) => {
            let detail = Error::refused(explanation(person, refusal.reason));
            return Ok(Err(Refusal { detail: Some(detail), ..refusal }));
        }
    }
    if admitted.created {
        let user = User {
            email: person.email.clone(),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            ..User::new(person.id.clone())
        };
        admitted.dropped = directory.add_user(user, &[])?;
    }
    if let Some(named) = &person.groups {
        let (mut groups, mut entries) = (Vec::new(), Vec::new());
        for group in named {
            if directory.groups.contains(group.as_str()) {
                groups.push(group.clone());
            } else if is_on("groups-autocreate") {
                entries.extend(add_group(directory, group)?);
                admitted.new_groups.push(group.clone());
                groups.push(group.clone());
            } else {
                admitted.unknown_groups.push(group.clone());
            }
        }
        admitted.dropped.entries.extend(entries);
        let append = !is_on("groups-overwrite");
        directory
            .modify_user(&person.id, UserChange { groups: Some(groups), append, ..UserChange::default() })?;
    }
    Ok(Ok(admitted))
}

fn add_group(directory: &mut Directory, id: &GroupId) -> Result<Vec<AclEntry>> {
    directory.add_group(Group::new(id.clone()))
}

/// Why somebody the provider vouches for is not let in. They have shown who they are: this is no secret.
fn explanation(person: &Person, reason: Reason) -> String {
    let id = &person.id;
    match reason {
        Reason::UnknownUser => {
            format!("user '{id}' is not there, and the realm does not create users (autocreate)")
        }
        Reason::Disabled => format!("user '{id}' is disabled"),
        Reason::Expired => format!("the account of user '{id}' is at its end"),
        _ => format!("user '{id}' may not sign in"),
    }
}
