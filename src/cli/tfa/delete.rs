//! `tfa delete`: remove one second factor of a user, or all.

use crate::access::rule;
use crate::cli::acting;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &[],
    about: "Delete a second factor of a user, or all of them.",
    parameters: &[USERID, Parameter::text("id", "Only this one, as the list shows it.")],
    answers: false,
    writes: true,
    asks: rule::CHANGE_FACTORS,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    acting::confirm(context, None)?;
    context.change(|draft| draft.remove_factors(&id, values.text("id")))?;
    Ok(Answer::Nothing)
}
