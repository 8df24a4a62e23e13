//! `realm sync --due`: jobs run when it is their turn, once, and what came of it is kept.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};
use support::slapd::{Slapd, user, users};
use support::{Place, Run};

const DUE: &str = "realm sync --due";

/// A directory with the realm `corp` on a port, and these jobs of it, each `NAME SCHEDULE`.
fn place(port: u16, jobs: &[&str]) -> Place {
    let place = Place::new();
    realm(&place, "corp", port);
    for job in jobs {
        let (name, schedule) = job.split_once(' ').unwrap();
        place
            .usher(&format!("realm job add {name} --realm corp --schedule '{schedule}' --scope users"))
            .quiet();
    }
    place
}

fn realm(place: &Place, name: &str, port: u16) {
    let server = format!("--server1 127.0.0.1 --port {port} --base_dn ou=people,dc=test --user_attr uid");
    place.usher(&format!("realm add {name} --type ldap {server}")).warned();
}

fn state(place: &Place, job: &str) -> Value {
    serde_json::from_str(&place.read(&format!("priv/jobs/realm-sync-{job}.json"))).unwrap()
}

/// Has a job count from long ago, so that it is due.
fn long_ago(place: &Place, job: &str) {
    let node = state(place, job)["node"].clone();
    write(place, job, &json!({"node": node, "since": 1_000_000_000}));
}

fn write(place: &Place, job: &str, state: &Value) {
    place.write(&format!("priv/jobs/realm-sync-{job}.json"), state.to_string());
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

#[test]
fn a_job_runs_when_it_is_due_and_not_again() {
    let server = Slapd::with(&users("u", 3));
    let place = place(server.port, &["nightly daily"]);
    place.untouched(DUE).quiet();
    assert_eq!(place.lines("user"), [""; 0], "it was added just now");
    long_ago(&place, "nightly");
    let before = now();
    assert!(place.usher(DUE).quiet().contains("users: 3 added"));
    assert_eq!(place.lines("user").len(), 4);
    let row = &place.usher("realm job list --output-format json").json()[0];
    assert_eq!(row["last-result"], "done");
    let (last, next) = (row["last-run"].as_i64().unwrap(), row["next-run"].as_i64().unwrap());
    assert!((before..=now()).contains(&last) && next > last, "{row}");
    assert_eq!(state(&place, "nightly")["since"], 1_000_000_000);
    assert_eq!(place.untouched(DUE).quiet(), "");
}

#[test]
fn what_the_job_says_holds_and_the_command_line_goes_first() {
    let server = Slapd::with(&format!("{}{}", user("ann"), user("ben")));
    let place = place(server.port, &["nightly daily"]);
    place.all(&["realm job modify nightly --enable-new 0 --remove-vanished entry", "user add old@corp"]);
    long_ago(&place, "nightly");
    let rows = place.usher(&format!("{DUE} --output-format json --enable-new 1")).json();
    assert_eq!((&rows[0]["job"], &rows[0]["users"]["added"]), (&json!("nightly"), &json!(2)));
    let users = place.lines("user");
    assert!(users.iter().any(|line| line.starts_with("ann@corp:1:")), "{users:?}");
    assert!(!users.iter().any(|line| line.starts_with("old@corp:")), "{users:?}");
    server.modify("dn: uid=ben,ou=people,dc=test\nchangetype: modrdn\nnewrdn: uid=cleo\ndeleteoldrdn: 1\n");
    long_ago(&place, "nightly");
    place.usher(DUE).quiet();
    assert!(place.lines("user").iter().any(|line| line.starts_with("cleo@corp:0:")));
}

#[test]
fn one_failure_keeps_nobody_from_the_turn() {
    let mut gone = Slapd::with("");
    gone.stop();
    let server = Slapd::with(&users("u", 2));
    let place = place(gone.port, &["first daily"]);
    realm(&place, "there", server.port);
    place.usher("realm job add second --realm there --schedule daily --scope both").quiet();
    for job in ["first", "second"] {
        long_ago(&place, job);
    }
    let run = place.usher(DUE);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.out.contains("realm there:") && run.err.contains("error: job 'first':"), "{run:?}");
    assert!(run.err.contains("1 of 2 jobs failed"), "{run:?}");
    let rows = place.usher("realm job list --output-format json").json();
    assert_eq!((&rows[0]["last-result"], &rows[1]["last-result"]), (&json!("failed"), &json!("done")));
    assert!(rows[0]["last-error"].as_str().unwrap().contains("127.0.0.1"), "{rows}");
    place.untouched(DUE).quiet();
}

#[test]
fn who_is_not_to_run_does_not() {
    let server = Slapd::with(&users("u", 1));
    let place = place(server.port, &["off daily", "busy minutely", "foreign minutely"]);
    place.usher("realm job modify off --enabled 0").quiet();
    long_ago(&place, "off");
    let node = state(&place, "busy")["node"].clone();
    let begun =
        |node: &Value, process: u32, ago: i64| json!({"node": node, "time": now() - ago, "pid": process});
    write(&place, "busy", &begun(&node, std::process::id(), 3600));
    write(&place, "foreign", &begun(&json!("elsewhere"), std::process::id(), -5));
    place.untouched(DUE).quiet();
    // Somebody who has ended is at nothing any more.
    let mut ended = Command::new("true").spawn().unwrap();
    ended.wait().unwrap();
    write(&place, "busy", &begun(&node, ended.id(), 3600));
    assert!(place.usher(DUE).quiet().contains("1 added"));
    write(&place, "foreign", &begun(&json!("elsewhere"), std::process::id(), 3600));
    assert!(place.usher(DUE).quiet().contains("1 unchanged"));
}

#[test]
fn a_job_somebody_wrote_into_the_file_counts_from_now() {
    let server = Slapd::with(&users("u", 1));
    let place = place(server.port, &[]);
    place.write("jobs.cfg", "realm-sync: by-hand\n\trealm corp\n\tschedule daily\n\tscope users\n\n");
    assert_eq!(place.untouched(&format!("{DUE} --dry-run")).quiet(), "");
    let before = now();
    assert_eq!(place.usher(DUE).quiet(), "");
    assert!(state(&place, "by-hand")["since"].as_i64().unwrap() >= before);
    assert_eq!(place.lines("user"), [""; 0]);
    place.untouched(DUE).quiet();
    place.write("priv/jobs/realm-sync-by-hand.json", "{");
    assert!(place.usher(DUE).warned().contains("priv/jobs/realm-sync-by-hand.json"));
    place.untouched(DUE).quiet();
}

#[test]
fn a_clock_that_was_years_ahead_stops_no_job() {
    let server = Slapd::with(&users("u", 1));
    let place = place(server.port, &["nightly daily"]);
    let node = state(&place, "nightly")["node"].clone();
    let ahead = now() + 1_000_000_000;
    let upid = format!("UPID:here:00000000:00000000:{ahead:08X}:auth-realm-sync:corp:root@pam:");
    for wrong in [
        json!({"node": node, "since": ahead}),
        json!({"node": node, "upid": upid, "status": "OK"}),
        json!({"node": node, "time": ahead, "error": "x"}),
    ] {
        write(&place, "nightly", &wrong);
        let before = now();
        place.usher(DUE).quiet();
        assert!(state(&place, "nightly")["since"].as_i64().unwrap() >= before, "{wrong}");
        let next = place.usher("realm job list --output-format json").json()[0]["next-run"].clone();
        assert!(next.as_i64().unwrap() <= before + 25 * 3600, "{wrong}: {next}");
        place.untouched(DUE).quiet();
    }
}

#[test]
fn several_at_once_run_it_once() {
    let server = Slapd::with(&users("u", 50));
    let place = place(server.port, &["nightly daily", "other daily"]);
    for job in ["nightly", "other"] {
        long_ago(&place, job);
    }
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..4).map(|_| scope.spawn(|| place.usher(DUE))).collect();
        started.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let reports: usize = runs.into_iter().map(|run| run.quiet().matches("realm corp:").count()).sum();
    assert_eq!(reports, 2);
}

#[test]
fn a_dry_run_shows_and_leaves_the_turn() {
    let server = Slapd::with(&users("u", 2));
    let place = place(server.port, &["nightly daily"]);
    long_ago(&place, "nightly");
    let run = place.untouched(&format!("{DUE} --dry-run"));
    assert!(run.status == 3 && run.out.contains("2 added"), "{run:?}");
    assert!(place.usher(DUE).quiet().contains("2 added"));
}

#[test]
fn it_stands_alone() {
    let place = Place::new();
    assert_eq!(place.untouched(DUE).quiet(), "");
    assert_eq!(place.untouched(&format!("{DUE} --output-format json")).json(), json!([]));
    for line in ["realm sync corp --due", "realm sync --all --due"] {
        assert!(place.untouched(line).refused(2).contains("due: "), "{line}");
    }
    place.pveum(DUE).refused(255);
}
