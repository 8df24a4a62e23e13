//! What becomes of one user or group.

use super::fetched::{FetchedGroup, FetchedUser};
use super::options::Options;
use crate::error::Result;
use crate::model::group::Group;
use crate::model::id::{GroupId, UserId};
use crate::model::user::User;
use crate::realm::user_property::Property;

/// The user as it is to be, and whether that is different from before.
///
/// One who is new, or whose properties are replaced, has what the server says and nothing else, but
/// stays enabled or disabled as before and keeps the tokens; whether a new one may sign in is an option,
/// not the server's to say. Everybody else has what the server says over what is there.
pub(super) fn user(
    fetched: FetchedUser<'_>,
    before: Option<User>,
    options: &Options,
) -> Result<(User, bool)> {
    match before {
        Some(mut user) if !options.vanished.properties => {
            let changes = says(fetched, &mut user);
            Ok((user, changes))
        }
        Some(before) => {
            let (tokens, rest) = (before.tokens.clone(), before.rest.clone());
            let mut user = User { tokens, rest, ..User::new(before.id.clone()) };
            says(fetched, &mut user);
            user.enable = before.enable;
            let changes = user != before;
            Ok((user, changes))
        }
        None => {
            let mut user = User::new(UserId::parse(fetched.id())?);
            says(fetched, &mut user);
            user.enable = options.enable_new;
            Ok((user, true))
        }
    }
}

/// Writes what the server says over a user; tells whether that changed anything.
fn says(fetched: FetchedUser<'_>, user: &mut User) -> bool {
    let mut changes = false;
    let mut text = |field: &mut String, value: &str| {
        if field != value {
            value.clone_into(field);
            changes = true;
        }
    };
    for property in Property::ALL {
        let Some(value) = fetched.get(property) else { continue };
        match property {
            Property::FirstName => text(&mut user.first_name, value),
            Property::LastName => text(&mut user.last_name, value),
            Property::Email => text(&mut user.email, value),
            Property::Comment => text(&mut user.comment, value),
            Property::Keys => text(&mut user.keys, value),
            Property::Enable | Property::Expire => {}
        }
    }
    let before = (user.enable, user.expire);
    if let Some(value) = fetched.get(Property::Enable) {
        user.enable = !matches!(value, "" | "0");
    }
    if let Some(value) = fetched.get(Property::Expire) {
        user.expire = value.parse().ok().or(user.expire);
    }
    changes || before != (user.enable, user.expire)
}

/// The group as it is to be: its members are always the server's; a comment stays unless properties are
/// replaced. Members whose name would part the list are left out and told.
pub(super) fn group(
    fetched: FetchedGroup<'_>,
    before: Option<&Group>,
    options: &Options,
) -> Result<(Group, Vec<UserId>)> {
    let mut group = Group::new(GroupId::parse(fetched.id())?);
    if let Some(before) = before {
        group.rest.clone_from(&before.rest);
        if !options.vanished.properties {
            group.comment.clone_from(&before.comment);
        }
    }
    let mut left_out = Vec::new();
    for member in fetched.members() {
        let member = UserId::parse(member)?;
        if member.holds_list_separator() {
            left_out.push(member);
        } else {
            group.members.insert(member);
        }
    }
    Ok((group, left_out))
}
