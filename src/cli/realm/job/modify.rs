//! `realm job modify`: change a job.

use super::{COMMENT, ENABLE_NEW, ENABLED, ID, REMOVE_VANISHED, SCHEDULE, SCOPE};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::job::JobChanges;

/// The command.
pub static VERB: Verb = Verb {
    name: "modify",
    aliases: &[],
    about: "Change a job. Its realm stays.",
    parameters: &[
        ID,
        SCHEDULE,
        SCOPE,
        REMOVE_VANISHED,
        ENABLE_NEW,
        ENABLED,
        COMMENT,
        Parameter::list("delete", "Settings to clear: comment, enable-new, enabled, remove-vanished."),
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
    let set = super::settings(&check, values);
    let delete = check.list("delete", |name| Ok(name.to_owned())).unwrap_or_default();
    let id = check.end(id)?;
    context.change(|draft| {
        let counts_anew = draft.jobs()?.modify(&id, JobChanges { set, delete })?;
        if counts_anew {
            let job = draft.jobs()?.get(&id)?.clone();
            let old = draft.job_state(&id)?.unwrap_or_default();
            let state = super::with_here(|here| old.counting_from_now(here));
            draft.set_job_state(&job, &state)?;
        }
        Ok(())
    })?;
    Ok(Answer::Nothing)
}
