//! `user add`: create an account.

use super::{COMMENT, EMAIL, ENABLE, EXPIRE, FIRSTNAME, GROUPS, KEYS, LASTNAME, USERID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::passwd::{self, given_password};
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};
use crate::model::directory::Dropped;
use crate::model::id::{GroupId, UserId};
use crate::model::user::User;
use crate::store::change::Draft;

/// The command.
pub static VERB: Verb = Verb {
    name: "add",
    aliases: &[],
    about: "Create a user.",
    parameters: &[
        USERID,
        COMMENT,
        EMAIL,
        ENABLE,
        EXPIRE,
        FIRSTNAME,
        GROUPS,
        KEYS,
        LASTNAME,
        Parameter::password(
            "password",
            "Initial password, 8 to 64 characters. In usher without a value: asked for; '-': read from stdin.",
        ),
        Parameter::boolean("if-not-exists", "Succeed without a change when the user is there.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CREATE_USER,
    failure: "create user failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::userid(&check);
    let groups = check.list("groups", GroupId::parse).unwrap_or_default();
    let email = check.one("email", super::email).unwrap_or_default();
    let keys = check.one("keys", super::keys).unwrap_or_default();
    let expire = check.moment("expire").unwrap_or(0);
    let text = |name: &str| check.text(name).unwrap_or_default();
    let (comment, first_name, last_name) = (text("comment"), text("firstname"), text("lastname"));
    let password = given_password(context.face, values, &check, "password");
    let id = check.end(id)?;
    let user = User {
        enable: values.boolean("enable").unwrap_or(true),
        expire: Some(expire),
        first_name,
        last_name,
        email,
        comment,
        keys,
        ..User::new(id.clone())
    };
    let password = match password {
        Some(source) => {
            passwd::require_settable(context, &id)?;
            Some(source.hash(context, &user)?)
        }
        None => None,
    };
    let if_not_exists = values.is_on("if-not-exists");
    let dropped = context.change(|draft| {
        let dropped = match require_new(draft, &id).and_then(|()| draft.directory()?.add_user(user, &groups))
        {
            Err(Error::Exists { .. }) if if_not_exists => return Ok(None),
            other => other?,
        };
        let secrets = draft.remove_left_over_secrets(&id)?;
        if let Some(hash) = &password {
            passwd::store(draft, &id, hash)?;
        }
        Ok(Some((dropped, secrets, has_realm(draft, &id)?)))
    })?;
    if let Some((dropped, secrets, has_realm)) = dropped {
        note_left_over(context, &id, dropped, secrets);
        if !has_realm {
            note_unknown_realm(context, &id);
        }
    }
    Ok(Answer::Nothing)
}

/// Names what somebody of the name of `id` had left behind.
pub(super) fn note_left_over(context: &Context, id: &UserId, dropped: Dropped, secrets: Vec<&str>) {
    // What somebody else left is none of the business of whoever acts with rights of its own.
    for secret in secrets.into_iter().filter(|_| context.permit.is_none()) {
        context.note(&format!("removed left-over {secret} of '{id}'"));
    }
    context.note_dropped("left-over ACL entry", dropped.entries);
    let memberships = dropped.memberships.iter().map(|(group, user)| format!("'{user}' in '{group}'"));
    context.note_dropped("left-over membership", memberships);
}

/// In a realm where letter case does not count, no user may differ from another by case alone.
pub(super) fn require_new(draft: &mut Draft<'_>, id: &UserId) -> Result<()> {
    let case_counts = draft.realms()?.get(id.realm()).is_none_or(|realm| realm.is_case_sensitive());
    if case_counts {
        return Ok(());
    }
    match draft.directory()?.user_without_case(id) {
        Some(other) => Err(Error::exists(Noun::User, other)),
        None => Ok(()),
    }
}

/// Whether the realm of a user is there.
pub(super) fn has_realm(draft: &mut Draft<'_>, id: &UserId) -> Result<bool> {
    Ok(draft.realms()?.get(id.realm()).is_some())
}

/// A user of a realm nobody defined is accepted, as ever; usher's own face says so.
pub(super) fn note_unknown_realm(context: &Context, id: &UserId) {
    context
        .note(&format!("realm '{}' does not exist; nobody can sign in as '{id}' until it does", id.realm()));
}
