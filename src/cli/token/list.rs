//! `user token list`: the API tokens of a user.

use super::COLUMNS;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the API tokens of a user.",
    parameters: &[USERID],
    answers: true,
    writes: false,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    let user = context.directory()?.user(&id)?;
    let tokens = user.tokens.iter();
    let rows = tokens.map(|token| super::attributes(token).with("tokenid", token.name.as_str())).collect();
    Ok(Answer::Rows { columns: COLUMNS, rows })
}
