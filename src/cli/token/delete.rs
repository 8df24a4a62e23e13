//! `user token delete`: remove an API token, its secret and its ACL entries.

use super::TOKENID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::user::USERID;
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &["remove"],
    about: "Delete an API token with its secret and ACL entries.",
    parameters: &[
        USERID,
        TOKENID,
        Parameter::boolean("ignore-missing", "Succeed without a change when there is no such token.")
            .default("0")
            .own(),
    ],
    answers: true,
    writes: true,
    asks: rule::CHANGE_TOKENS,
    failure: "deleting token failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::token_id(&check);
    let id = check.end(id)?;
    let ignore_missing = values.is_on("ignore-missing");
    let entries = context.change(|draft| match draft.remove_token(&id) {
        Err(Error::UnknownToken { .. } | Error::Unknown { noun: Noun::User, .. }) if ignore_missing => {
            Ok(Vec::new())
        }
        other => other,
    })?;
    context.note_dropped("ACL entry", entries);
    Ok(Answer::Nothing)
}
