//! `user rename`: another id for an account, and everything that belongs to it follows.

use super::USERID;
use super::add::{has_realm, note_left_over, note_unknown_realm};
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::id::UserId;

/// The command.
pub static VERB: Verb = Verb {
    name: "rename",
    aliases: &[],
    about: "Give a user another id. Tokens with their secrets, memberships, ACL entries, second factors and the password \
            follow, in one change. Example: usher user rename ann@pve ann.miller@pve",
    parameters: &[
        USERID,
        Parameter::positional("newid", "The new user id, in the form name@realm."),
        Parameter::boolean(
            "drop-password",
            "Remove a password that is kept here when the new realm asks elsewhere.",
        )
        .default("0"),
    ],
    answers: false,
    writes: true,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let old = super::userid(&check);
    let new = check.one("newid", UserId::parse);
    let (old, new) = check.end(old.zip(new))?;
    let drop_password = values.is_on("drop-password");
    let (renamed, has_realm) = context.change(|draft| {
        let renamed = draft.rename_user(&old, &new, drop_password)?;
        Ok((renamed, has_realm(draft, &new)?))
    })?;
    note_left_over(context, &new, renamed.dropped, renamed.secrets);
    if renamed.lost_password {
        context.note(&format!("removed password of '{old}'"));
    }
    if old.realm() != new.realm() && !has_realm {
        note_unknown_realm(context, &new);
    }
    Ok(Answer::Nothing)
}
