//! `realm job`: what synchronises realms by a schedule. The original has this in its API only.

pub mod add;
pub mod delete;
pub mod list;
pub mod modify;
pub mod show;

use crate::cli::command::Node;
use crate::cli::context::Context;
use crate::cli::moment;
use crate::cli::output::Record;
use crate::cli::parameter::Parameter;
use crate::cli::terminal::say_on_stderr;
use crate::cli::values::{Check, Values};
use crate::error::{Error, Result};
use crate::format::{job_state, jobs_cfg};
use crate::model::calendar::CalendarEvent;
use crate::model::id::JobId;
use crate::model::job::{Here, Jobs, Outcome, PROPERTIES, RunState, Setting, SyncJob, Turn};
use crate::model::sync::Scope;
use std::collections::BTreeMap;

/// The commands about jobs.
pub const NODE: Node = Node::Group {
    name: "job",
    about: "Jobs that synchronise realms by a schedule; 'realm sync --due' runs them.",
    own: true,
    children: &[
        Node::Verb(&add::VERB),
        Node::Verb(&delete::VERB),
        Node::Verb(&list::VERB),
        Node::Verb(&modify::VERB),
        Node::Verb(&show::VERB),
    ],
};

const ID: Parameter = Parameter::positional("id", "The job's name.");
const SCHEDULE: Parameter = Parameter::text(
    "schedule",
    "When to synchronise: [WEEKDAYS] [[YEARS-]MONTHS-DAYS] [HOURS:MINUTES[:SECONDS]], such as \
     'mon..fri 8:00', '*-*-1 3:30', '*:0/15', 'daily'. Local time, unless 'UTC' stands behind it.",
);
const SCOPE: Parameter = Parameter::choice("scope", &Scope::WORDS, "What to synchronise.");
const REMOVE_VANISHED: Parameter = Parameter::text(
    "remove-vanished",
    "What to remove of users and groups that are gone from the server: 'none', or some of 'acl', 'entry' \
     and 'properties', joined by ';'.",
);
const ENABLE_NEW: Parameter = Parameter::boolean("enable-new", "Whether new users may log in at once.");
const ENABLED: Parameter = Parameter::boolean("enabled", "Whether the job runs at all.").default("1");
const COMMENT: Parameter = Parameter::short_text("comment", 512, "Free text.");

fn job_id(check: &Check<'_>) -> Option<JobId> {
    check.one("id", JobId::parse)
}

/// The settings that were given. A schedule that never comes again is refused.
fn settings(check: &Check<'_>, values: &Values) -> Vec<Setting> {
    let given = PROPERTIES.iter().filter(|property| values.text(property.name).is_some());
    let parse = |name: &str, text: &str| {
        let setting = Setting::parse(name, text)?;
        match &setting {
            Setting::Schedule(schedule) => refuse_past(schedule).map(|()| setting),
            _ => Ok(setting),
        }
    };
    given.filter_map(|property| check.one(property.name, |text| parse(property.name, text))).collect()
}

fn refuse_past(schedule: &CalendarEvent) -> Result<()> {
    match schedule.next_after(moment::now(), &moment::zone()) {
        Some(_) => Ok(()),
        None => Err(Error::invalid(format!("'{schedule}' never comes, or never again"))),
    }
}

/// Does something with this moment, time zone, machine and process.
pub fn with_here<T>(act: impl FnOnce(&Here<'_>) -> T) -> T {
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let node = name.split('.').next().unwrap_or_default();
    act(&Here { now: moment::now(), zone: &moment::zone(), node, process: std::process::id() })
}

/// All jobs, and what is kept of their runs.
pub fn load(context: &Context) -> Result<(Jobs, BTreeMap<JobId, RunState>)> {
    let jobs = context.jobs_in(&context.load(&[jobs_cfg::FILE])?);
    let names: Vec<(JobId, String)> =
        jobs.iter().map(|job| (job.id().clone(), job_state::file(job.id()))).collect();
    let files = context.load(&names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>())?;
    let mut states = BTreeMap::new();
    for (id, name) in names {
        match files.get(&name).map(|text| job_state::parse(&id, text)) {
            Some(Ok(state)) => drop(states.insert(id, state)),
            Some(Err(error)) => say_on_stderr(&format!("warning: {error}")),
            None => {}
        }
    }
    Ok((jobs, states))
}

/// A job as it is shown. People read times as dates, programs as seconds since 1970.
fn record(job: &SyncJob, state: Option<&RunState>, here: &Here<'_>, for_people: bool) -> Record {
    let time = |seconds: i64| -> serde_json::Value {
        if for_people { moment::shown(seconds, here.zone).into() } else { seconds.into() }
    };
    let text = |name: &str| job.get(name).map(|value| value.into_owned());
    let mut record = Record::new()
        .with("id", job.id().as_str())
        .with("realm", job.realm().as_str())
        .with("schedule", job.schedule().as_str())
        .with_some("scope", text("scope"))
        .with("enabled", u8::from(job.is_enabled()))
        .with_some("remove-vanished", text("remove-vanished"))
        .with_some("enable-new", text("enable-new").map(|value| u8::from(value == "1")))
        .with_some("comment", job.comment())
        .with_some("last-run", state.and_then(|state| state.started).map(time))
        .with_some("next-run", job.next_run(state, here).map(time));
    if for_people && matches!(job.turn(state, here), Turn::Due(_)) {
        record.set("next-run", "due");
    }
    match state.map(|state| &state.outcome) {
        Some(Outcome::Done) => record.set("last-result", "done"),
        Some(Outcome::Failed(error)) => {
            record.set("last-result", "failed");
            record.set("last-error", error.trim_end());
        }
        Some(Outcome::Running(_)) => record.set("last-result", "begun"),
        Some(Outcome::Unknown) | None => {}
    }
    record
}

/// Whether the answer is a text for people.
fn for_people(values: &Values) -> bool {
    values.text("output-format").is_none_or(|format| format == "text")
        && values.boolean("human-readable") != Some(false)
}
