//! `user modify`: change an account.

use super::{COMMENT, EMAIL, ENABLE, EXPIRE, FIRSTNAME, GROUPS, KEYS, LASTNAME, USERID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::directory::UserChange;
use crate::model::id::GroupId;

/// The command.
pub static VERB: Verb = Verb {
    name: "modify",
    aliases: &[],
    about: "Change a user.",
    parameters: &[
        USERID,
        Parameter::boolean("append", "Add to the groups instead of replacing them.")
            .default("0")
            .requires("groups"),
        COMMENT,
        EMAIL,
        ENABLE,
        EXPIRE,
        FIRSTNAME,
        GROUPS,
        KEYS,
        LASTNAME,
    ],
    answers: false,
    writes: true,
    asks: rule::UPDATE_USER,
    failure: "update user failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::userid(&check);
    let change = UserChange {
        enable: values.boolean("enable"),
        expire: check.moment("expire"),
        first_name: check.text("firstname"),
        last_name: check.text("lastname"),
        email: check.one("email", super::email),
        comment: check.text("comment"),
        keys: check.one("keys", super::keys),
        groups: check.list("groups", GroupId::parse),
        append: values.is_on("append"),
    };
    let id = check.end(id)?;
    context.change(|draft| draft.directory()?.modify_user(&id, change))?;
    Ok(Answer::Nothing)
}
