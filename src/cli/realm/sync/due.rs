//! `realm sync --due`: runs the jobs whose turn it is.

use super::report::Report;
use super::{fail, synchronise, together};
use crate::cli::context::Context;
use crate::cli::output::{Answer, Format};
use crate::cli::realm::job::{load, with_here};
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::id::JobId;
use crate::model::job::{Here, Outcome, RunState, SyncJob};
use crate::model::sync::Wishes;
use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};
use std::collections::{BTreeMap, BTreeSet};

/// Runs what is due, one job after the other, each at most once; what `wishes` say goes before what the
/// jobs say. The failure of one does not keep the others from their turn.
pub(super) fn run(context: &mut Context, values: &Values, wishes: &Wishes) -> Result<Answer> {
    let (jobs, states) = load(context)?;
    let (due, unseen): (Vec<SyncJob>, bool) = with_here(|here| {
        let due = jobs.due(&states, here, |process| lives(here, process));
        (due.into_iter().cloned().collect(), !jobs.unseen(&states, here).is_empty())
    });
    let (mut reports, mut failures, mut had) = (Vec::new(), Vec::new(), BTreeSet::new());
    // Who finds nothing to do does not wait for the lock.
    if due.is_empty() && (context.dry_run || !unseen) {
        return answer(context, values, reports);
    }
    let mut due = due.into_iter();
    loop {
        let next = if context.dry_run { Ok(due.next()) } else { begin(context, &had) };
        let job = match next {
            Ok(Some(job)) => job,
            Ok(None) => break,
            Err(error) => {
                fail(&mut failures, "the schedule", &error);
                break;
            }
        };
        had.insert(job.id().clone());
        let outcome = match synchronise(context, job.realm(), wishes.clone().or(job.wishes())) {
            Ok(report) => {
                reports.push((job.id().clone(), report));
                Outcome::Done
            }
            Err(error) => {
                fail(&mut failures, &format!("job '{}'", job.id()), &error);
                Outcome::Failed(error.to_string())
            }
        };
        if !context.dry_run
            && let Err(error) = end(context, job.id(), outcome)
        {
            fail(&mut failures, &format!("job '{}'", job.id()), &error);
        }
    }
    context.failure = together(&failures, had.len(), "jobs");
    answer(context, values, reports)
}

/// Takes the next job whose turn it is and has it known that this process is at it. Jobs nobody has
/// seen before count from now on.
fn begin(context: &mut Context, had: &BTreeSet<JobId>) -> Result<Option<SyncJob>> {
    with_here(|here| {
        context.change(|draft| {
            let jobs = draft.look_at_jobs()?;
            let mut states = BTreeMap::new();
            for job in jobs.iter() {
                if let Some(state) = draft.job_state(job.id())? {
                    states.insert(job.id().clone(), state);
                }
            }
            for job in jobs.unseen(&states, here) {
                let state = states.get(job.id()).cloned().unwrap_or_default();
                draft.set_job_state(job, &state.counting_from_now(here))?;
            }
            let due = jobs.due(&states, here, |process| lives(here, process));
            let Some(job) = due.into_iter().find(|job| !had.contains(job.id())) else { return Ok(None) };
            let state = states.remove(job.id()).unwrap_or_default();
            draft.set_job_state(job, &state.begun(here))?;
            Ok(Some(job.clone()))
        })
    })
}

/// Keeps how a run went, unless the job has been deleted in the meantime.
fn end(context: &mut Context, id: &JobId, outcome: Outcome) -> Result<()> {
    context.change(|draft| {
        let jobs = draft.look_at_jobs()?;
        let Ok(job) = jobs.get(id) else { return Ok(()) };
        let state = draft.job_state(id)?.unwrap_or_default();
        draft.set_job_state(job, &RunState { outcome, ..state })
    })
}

/// Whether another process of this machine is there. One that may not be asked is.
fn lives(here: &Here<'_>, process: u32) -> bool {
    let number = i32::try_from(process).ok().and_then(Pid::from_raw);
    process != here.process
        && number.is_some_and(|number| matches!(test_kill_process(number), Ok(()) | Err(Errno::PERM)))
}

fn answer(context: &mut Context, values: &Values, reports: Vec<(JobId, Report)>) -> Result<Answer> {
    context.answers_dry_run = true;
    if values.text("output-format").map_or(Ok(Format::Text), Format::parse)? == Format::Text {
        return Ok(Answer::Text(reports.iter().map(|(_, one)| one.text(context.dry_run)).collect()));
    }
    let rows = reports.iter().map(|(id, one)| one.record().with("job", id.as_str())).collect();
    Ok(Answer::Rows { columns: &[], rows })
}
