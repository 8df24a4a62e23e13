//! `realm job delete`: remove a job and what is known of its runs.

use super::ID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &[],
    about: "Delete a job. What it synchronised stays.",
    parameters: &[
        ID,
        Parameter::boolean("ignore-missing", "Succeed without a change when there is no such job.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::DELETE_JOB,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::job_id(&check);
    let id = check.end(id)?;
    let ignore_missing = values.is_on("ignore-missing");
    context.change(|draft| match draft.remove_job(&id) {
        Err(Error::Unknown { .. }) if ignore_missing => Ok(()),
        other => other,
    })?;
    Ok(Answer::Nothing)
}
