//! `realm job show`: one job with everything that is known of it.

use super::ID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column};
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show a job: its settings, when it ran and how that went, when it runs next.",
    parameters: &[ID],
    answers: true,
    writes: false,
    asks: rule::READ_JOBS,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[
    Column::text("id"),
    Column::text("realm"),
    Column::text("schedule"),
    Column::text("scope"),
    Column::boolean("enabled"),
    Column::boolean("enable-new"),
    Column::text("remove-vanished"),
    Column::text("comment"),
    Column::text("last-run"),
    Column::text("last-result"),
    Column::text("last-error"),
    Column::text("next-run"),
];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::job_id(&check);
    let id = check.end(id)?;
    let (jobs, states) = super::load(context)?;
    let (job, state, for_people) = (jobs.get(&id)?, states.get(&id), super::for_people(values));
    let record = super::with_here(|here| super::record(job, state, here, for_people));
    Ok(Answer::Object { columns: COLUMNS, record })
}
