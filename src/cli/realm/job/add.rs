//! `realm job add`: have a realm synchronised by a schedule.

use super::{COMMENT, ENABLE_NEW, ENABLED, ID, REMOVE_VANISHED, SCHEDULE, SCOPE};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::job::RunState;

/// The command.
pub static VERB: Verb = Verb {
    name: "add",
    aliases: &[],
    about: "Have a realm synchronised by a schedule.",
    parameters: &[
        ID,
        Parameter::text("realm", "The realm to synchronise, of type ldap or ad.").required(),
        SCHEDULE.required(),
        SCOPE.required(),
        REMOVE_VANISHED,
        ENABLE_NEW,
        ENABLED,
        COMMENT,
        Parameter::boolean("if-not-exists", "Succeed without a change when the job is there.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::SYNCHRONISE,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::job_id(&check);
    let settings = super::settings(&check, values);
    let id = check.end(id)?;
    let if_not_exists = values.is_on("if-not-exists");
    context.change(|draft| {
        let realms = draft.realms()?.clone();
        let jobs = draft.jobs()?;
        match jobs.add(id.clone(), settings, &realms) {
            Err(Error::Exists { .. }) if if_not_exists && jobs.get(&id).is_ok() => return Ok(()),
            other => other?,
        }
        let job = jobs.get(&id)?.clone();
        let state = super::with_here(|here| RunState::default().counting_from_now(here));
        draft.set_job_state(&job, &state)
    })?;
    Ok(Answer::Nothing)
}
