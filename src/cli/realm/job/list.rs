//! `realm job list`: all jobs, when they ran and when they run next.

use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column};
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::job::SyncJob;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the jobs, when they ran and when they run next.",
    parameters: &[],
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
    Column::boolean("enabled"),
    Column::text("last-run"),
    Column::text("last-result"),
    Column::text("next-run"),
    Column::text("comment"),
];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let (jobs, states) = super::load(context)?;
    let for_people = super::for_people(values);
    let mut sorted: Vec<&SyncJob> = jobs.iter().collect();
    sorted.sort_by_key(|job| job.id());
    let rows = super::with_here(|here| {
        sorted.iter().map(|job| super::record(job, states.get(job.id()), here, for_people)).collect()
    });
    Ok(Answer::Rows { columns: COLUMNS, rows })
}
