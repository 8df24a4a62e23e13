//! When a job ran, and whether it is its turn.

use super::{Jobs, SyncJob};
use crate::model::id::JobId;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// For how many seconds a run that another machine has begun is believed to go on.
const CLAIM: i64 = 60;

/// For how many seconds a run that this machine has begun is believed to go on while a process of
/// its number is there: numbers come again.
const LONGEST_RUN: i64 = 24 * 60 * 60;

/// By how many seconds the clocks of machines that share jobs may differ. What lies further ahead was
/// noted by a clock that was wrong.
const AHEAD: i64 = 60 * 60;

/// Who asks, and when.
#[derive(Clone, Copy, Debug)]
pub struct Here<'h> {
    /// The moment, in seconds since 1970.
    pub now: i64,
    /// The time zone of schedules that name none.
    pub zone: &'h TimeZone,
    /// The name of this machine.
    pub node: &'h str,
    /// The number of this process.
    pub process: u32,
}

/// How the last run went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is known of it: there was none, or another program ran it.
    #[default]
    Unknown,
    /// It has begun; the number of the process that is at it, if that is known.
    Running(Option<u32>),
    /// It was done.
    Done,
    /// It failed, for this reason.
    Failed(String),
}

/// What is kept of a job's runs. Times are in seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunState {
    /// The machine of the last run.
    pub node: String,
    /// From when the schedule counts: when the job was added, first seen, given another schedule, or
    /// enabled again.
    pub since: Option<i64>,
    /// When the last run began.
    pub started: Option<i64>,
    /// How it went.
    pub outcome: Outcome,
    /// The name of the task that did it, if another program named it so.
    pub task: Option<String>,
}

/// Whether it is a job's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is not enabled.
    Disabled,
    /// Nobody has seen it before, or only at a time that is yet to come: its schedule counts from now on.
    Unseen,
    /// Not before this moment, in seconds since 1970.
    Waiting(i64),
    /// Since this moment, in seconds since 1970.
    Due(i64),
    /// Never again: the schedule names no later moment.
    Over,
}

impl RunState {
    /// The moment behind which the next run lies.
    fn base(&self) -> Option<i64> {
        self.since.max(self.started)
    }

    /// The state of a job that is begun here and now.
    #[must_use]
    pub fn begun(self, here: &Here<'_>) -> Self {
        Self {
            node: here.node.to_owned(),
            since: self.since,
            started: Some(here.now),
            outcome: Outcome::Running(Some(here.process)),
            task: None,
        }
    }

    /// The state of a job whose schedule counts from now on. A run that is yet to come, as a clock had it
    /// that was wrong, began now.
    #[must_use]
    pub fn counting_from_now(self, here: &Here<'_>) -> Self {
        let node = if self.started.is_some() { self.node } else { here.node.to_owned() };
        let ahead = self.started.is_some_and(|started| started > here.now);
        let (started, task) = if ahead { (Some(here.now), None) } else { (self.started, self.task) };
        Self { node, since: Some(here.now), started, task, ..self }
    }

    /// Whether the last run goes on; `lives` tells whether a process of this machine is there.
    pub fn is_running(&self, here: &Here<'_>, lives: impl Fn(u32) -> bool) -> bool {
        let Some(age) = self.started.and_then(|started| here.now.checked_sub(started)) else { return false };
        match self.outcome {
            Outcome::Running(Some(process)) if self.node == here.node => age < LONGEST_RUN && lives(process),
            Outcome::Running(_) => age < CLAIM,
            _ => false,
        }
    }
}

impl Jobs {
    /// The jobs whose turn it is and that nobody is at, those first that wait longest; `lives` tells
    /// whether a process of this machine is there.
    pub fn due(
        &self,
        states: &BTreeMap<JobId, RunState>,
        here: &Here<'_>,
        lives: impl Fn(u32) -> bool,
    ) -> Vec<&SyncJob> {
        let mut due: Vec<(i64, &SyncJob)> = Vec::new();
        for job in self.iter() {
            let state = states.get(job.id());
            if let Turn::Due(since) = job.turn(state, here)
                && !state.is_some_and(|state| state.is_running(here, &lives))
            {
                due.push((since, job));
            }
        }
        due.sort_by_key(|(since, _)| *since);
        due.into_iter().map(|(_, job)| job).collect()
    }

    /// The enabled jobs nobody has seen before: their schedules count from now on.
    pub fn unseen(&self, states: &BTreeMap<JobId, RunState>, here: &Here<'_>) -> Vec<&SyncJob> {
        self.iter().filter(|job| job.turn(states.get(job.id()), here) == Turn::Unseen).collect()
    }
}

impl SyncJob {
    /// Whether it is the job's turn.
    ///
    /// Times that were missed count once. A run that failed is a run: the next one is the
    /// schedule's next.
    pub fn turn(&self, state: Option<&RunState>, here: &Here<'_>) -> Turn {
        if !self.is_enabled() {
            return Turn::Disabled;
        }
        let believable = |base: &i64| *base <= here.now.saturating_add(AHEAD);
        let Some(base) = state.and_then(RunState::base).filter(believable) else { return Turn::Unseen };
        match self.schedule().next_after(base, here.zone) {
            Some(next) if next > here.now => Turn::Waiting(next),
            Some(next) => Turn::Due(next),
            None => Turn::Over,
        }
    }

    /// When the job runs next, in seconds since 1970: a moment that is past when it is due.
    pub fn next_run(&self, state: Option<&RunState>, here: &Here<'_>) -> Option<i64> {
        match self.turn(state, here) {
            Turn::Disabled | Turn::Over => None,
            Turn::Unseen => self.schedule().next_after(here.now, here.zone),
            Turn::Waiting(next) | Turn::Due(next) => Some(next),
        }
    }
}
