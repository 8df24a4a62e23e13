//! `user token permissions`: what an API token may do, and where.

use super::TOKENID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::user::USERID;
use crate::cli::user::permissions::{PATH, answer};
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "permissions",
    aliases: &[],
    about: "Show what an API token may do, and where.",
    parameters: &[USERID, TOKENID, PATH],
    answers: true,
    writes: false,
    asks: rule::READ_PERMISSIONS,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::token_id(&check);
    let id = check.end(id)?;
    answer(context, &id.to_string(), values.text("path"))
}
