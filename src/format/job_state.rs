//! `priv/jobs/realm-sync-ID.json`: the last run of a job, described in `docs/jobs-cfg.md`.
//!
//! One JSON object. `node`, `time`, `upid` and `error` are the original's, which reads what usher
//! writes; `pid`, `since` and `status` are usher's own.

use crate::error::{Error, Result};
use crate::model::id::JobId;
use crate::model::job::{KIND, Outcome, RunState, SyncJob};
use serde::{Deserialize, Serialize};

/// Where what is kept of jobs lies.
pub const FOLDER: &str = "priv/jobs/";

/// What usher writes behind a run that was done, as the original's tasks end.
const OK: &str = "OK";

/// The file of a job.
pub fn file(id: &JobId) -> String {
    format!("priv/jobs/{KIND}-{id}.json")
}

#[derive(Default, Deserialize, Serialize)]
struct Record {
    #[serde(default)]
    node: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pid: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
}

/// Reads what is kept of the runs of the job `id`.
///
/// # Errors
/// [`Error::Syntax`] when it is not such an object.
pub fn parse(id: &JobId, text: &[u8]) -> Result<RunState> {
    let record: Record = serde_json::from_slice(text).map_err(|error| Error::Syntax {
        file: file(id),
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
    })?;
    let of_task = record.upid.as_deref().map(start_of_task);
    let outcome = match (&record.upid, record.error, record.status) {
        (_, Some(error), _) => Outcome::Failed(error),
        (Some(_), None, Some(status)) if status == OK => Outcome::Done,
        (Some(_), None, _) => Outcome::Unknown,
        (None, None, _) if record.time.is_some() => Outcome::Running(record.pid),
        (None, None, _) => Outcome::Unknown,
    };
    let started = of_task.flatten().or(record.time);
    Ok(RunState { node: record.node, since: record.since, started, outcome, task: record.upid })
}

/// The content of the file. A run that was done is named as the original names its tasks, so that it
/// knows when that was.
///
/// # Errors
/// None that is known: everything in it can be written as JSON.
pub fn render(job: &SyncJob, state: &RunState) -> Result<Vec<u8>> {
    let mut record = Record { node: state.node.clone(), since: state.since, ..Record::default() };
    match &state.outcome {
        Outcome::Done | Outcome::Unknown => {
            let named = state.started.map(|started| task(job, &state.node, started));
            record.upid = state.task.clone().or(named);
            record.status = (state.outcome == Outcome::Done).then(|| OK.to_owned());
        }
        Outcome::Running(process) => (record.time, record.pid) = (state.started, *process),
        Outcome::Failed(error) => (record.time, record.error) = (state.started, Some(error.clone())),
    }
    serde_json::to_vec(&record).map_err(|error| Error::invalid(error.to_string()))
}

/// `UPID:NODE:PROCESS:BEGINNING OF IT:START:TYPE:ID:USER:`, numbers in hexadecimal.
fn task(job: &SyncJob, node: &str, started: i64) -> String {
    format!("UPID:{node}:00000000:00000000:{started:08X}:auth-{KIND}:{}:root@pam:", job.realm())
}

fn start_of_task(task: &str) -> Option<i64> {
    let mut parts = task.strip_prefix("UPID:")?.split(':');
    i64::from_str_radix(parts.nth(3)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::job::Setting;

    fn job() -> SyncJob {
        let settings = [("realm", "corp"), ("schedule", "daily"), ("scope", "both")];
        let settings = settings.map(|(name, value)| Setting::parse(name, value).unwrap());
        SyncJob::new(JobId::parse("nightly").unwrap(), settings.into()).unwrap()
    }

    fn state(started: Option<i64>, outcome: Outcome) -> RunState {
        RunState { node: "alpha".into(), since: Some(5), started, outcome, task: None }
    }

    #[test]
    fn both_ways() {
        assert_eq!(file(job().id()), "priv/jobs/realm-sync-nightly.json");
        for (state, text) in [
            (state(None, Outcome::Unknown), r#"{"node":"alpha","since":5}"#),
            (state(Some(7), Outcome::Running(Some(9))), r#"{"node":"alpha","time":7,"pid":9,"since":5}"#),
            (
                state(Some(0x6500_0000), Outcome::Done),
                r#"{"node":"alpha","upid":"UPID:alpha:00000000:00000000:65000000:auth-realm-sync:corp:root@pam:","since":5,"status":"OK"}"#,
            ),
            (
                state(Some(7), Outcome::Failed("a \"b\"".into())),
                r#"{"node":"alpha","time":7,"error":"a \"b\"","since":5}"#,
            ),
        ] {
            assert_eq!(String::from_utf8(render(&job(), &state).unwrap()).unwrap(), text);
            let read = parse(job().id(), text.as_bytes()).unwrap();
            assert_eq!(RunState { task: None, ..read.clone() }, state);
            assert_eq!(String::from_utf8(render(&job(), &read).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn what_the_original_writes() {
        for (text, started, outcome) in [
            (r#"{"node":"pve1","time":1700000000}"#, Some(1_700_000_000), Outcome::Running(None)),
            (
                r#"{"upid":"UPID:pve1:0003A1B2:00D4E5F6:6553F100:auth-realm-sync:corp:root@pam:","node":"pve1"}"#,
                Some(1_700_000_000),
                Outcome::Unknown,
            ),
            (
                r#"{"time":1700000000,"error":"no\n","node":"pve1"}"#,
                Some(1_700_000_000),
                Outcome::Failed("no\n".into()),
            ),
            (r#"{"node":"pve1","upid":"odd"}"#, None, Outcome::Unknown),
            ("{}", None, Outcome::Unknown),
        ] {
            let state = parse(job().id(), text.as_bytes()).unwrap();
            let again = parse(job().id(), &render(&job(), &state).unwrap()).unwrap();
            assert_eq!((state.started, &state.outcome), (started, &outcome), "{text}");
            assert_eq!(again, state, "{text}");
        }
        for text in ["", "[]", "{", r#"{"time":"now"}"#] {
            let error = parse(job().id(), text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("priv/jobs/realm-sync-nightly.json:"), "{error}");
        }
    }
}
