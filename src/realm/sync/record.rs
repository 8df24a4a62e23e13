//! What becomes of one user or group.

use super::fetched::{FetchedGroup, FetchedUser};
use super::options::Options;
use super::property::Property;
use crate::error::Result;
use crate::model::group::Group;
use crate::model::id::{GroupId, UserId};
use crate::model::user::User;

/// The user as it is to be.
///
/// One who is new, or whose properties are replaced, has what the server says and nothing else, but
/// stays enabled or disabled as before and keeps the tokens; whether a new one may sign in is an option,
/// not the server's to say. Everybody else has what the server says over what is there.
pub(super) fn user(fetched: FetchedUser<'_>, before: Option<&User>, options: &Options) -> Result<User> {
    let replace = options.vanished.properties || before.is_none();
    let mut user = match before {
        Some(before) if !replace => before.clone(),
        Some(before) => {
            User { tokens: before.tokens.clone(), rest: before.rest.clone(), ..User::new(before.id.clone()) }
        }
        None => User::new(UserId::parse(fetched.id())?),
    };
    for property in Property::ALL {
        let Some(value) = fetched.get(property) else { continue };
        match property {
            Property::Enable => user.enable = !matches!(value, "" | "0"),
            Property::Expire => user.expire = value.parse().ok().or(user.expire),
            Property::FirstName => value.clone_into(&mut user.first_name),
            Property::LastName => value.clone_into(&mut user.last_name),
            Property::Email => value.clone_into(&mut user.email),
            Property::Comment => value.clone_into(&mut user.comment),
            Property::Keys => value.clone_into(&mut user.keys),
        }
    }
    if replace {
        user.enable = before.map_or(options.enable_new, |before| before.enable);
    }
    Ok(user)
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
