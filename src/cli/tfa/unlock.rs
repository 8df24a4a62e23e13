//! `tfa unlock`: let a user in again whose second factors were wrong too often.

use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "unlock",
    aliases: &[],
    about: "Lift the locks of a user whose second factors were wrong too often.",
    parameters: &[USERID],
    answers: false,
    writes: true,
    asks: rule::UNLOCK_FACTORS,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    context.change(|draft| draft.unlock_factors(&id))?;
    Ok(Answer::Nothing)
}
