//! When a job ran, and whether it is its turn.

use super::SyncJob;
use jiff::tz::TimeZone;

/// For how many seconds a run that another machine has begun is believed to go on.
const CLAIM: i64 = 60;

/// For how many seconds a run that this machine has begun is believed to go on while a process of
/// its number is there: numbers come again.
const LONGEST_RUN: i64 = 24 * 60 * 60;

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
    /// Nobody has seen it before: its schedule counts from now on.
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

    /// Whether the last run goes on at `now`, seen from the machine `node`; `lives` tells whether a
    /// process of that machine is there.
    pub fn is_running(&self, now: i64, node: &str, lives: impl Fn(u32) -> bool) -> bool {
        let Some(age) = self.started.and_then(|started| now.checked_sub(started)) else { return false };
        match self.outcome {
            Outcome::Running(Some(process)) if self.node == node => age < LONGEST_RUN && lives(process),
            Outcome::Running(_) => age < CLAIM,
            _ => false,
        }
    }
}

impl SyncJob {
    /// Whether it is the job's turn at `now`, in seconds since 1970, by the clocks of `zone`.
    ///
    /// Times that were missed count once. A run that failed is a run: the next one is the
    /// schedule's next.
    pub fn turn(&self, state: Option<&RunState>, now: i64, zone: &TimeZone) -> Turn {
        if !self.is_enabled() {
            return Turn::Disabled;
        }
        let Some(base) = state.and_then(RunState::base) else { return Turn::Unseen };
        match self.schedule().next_after(base, zone) {
            Some(next) if next > now => Turn::Waiting(next),
            Some(next) => Turn::Due(next),
            None => Turn::Over,
        }
    }

    /// When the job runs next, in seconds since 1970: a moment that is past when it is due.
    pub fn next_run(&self, state: Option<&RunState>, now: i64, zone: &TimeZone) -> Option<i64> {
        match self.turn(state, now, zone) {
            Turn::Disabled | Turn::Over => None,
            Turn::Unseen => self.schedule().next_after(now, zone),
            Turn::Waiting(next) | Turn::Due(next) => Some(next),
        }
    }
}
