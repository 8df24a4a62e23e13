//! Jobs that synchronise realms: how they are made, shown and removed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{SystemTime, UNIX_EPOCH};
use support::Place;

const LDAP: &str = "realm add corp --type ldap --base_dn dc=example --server1 192.0.2.1 --user_attr uid";
const NIGHTLY: &str = "realm job add nightly --realm corp --schedule 'mon..fri 3:00' --scope both";
const STATE: &str = "priv/jobs/realm-sync-nightly.json";
const BACKUP: &str = "vzdump: backup-1\n\tschedule 2:00\n\tmode  snapshot\n\n";

fn place() -> Place {
    let place = Place::with(&[("jobs.cfg", BACKUP)]);
    place.all(&[LDAP, NIGHTLY]);
    place
}

#[test]
fn a_job_comes_changes_and_goes_with_its_state() {
    let place = place();
    let section = "realm-sync: nightly\n\trealm corp\n\tschedule mon..fri 3:00\n\tscope both\n\n";
    assert_eq!(place.read("jobs.cfg"), format!("{BACKUP}{section}"));
    let mode = |name: &str| place.path().join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(STATE), mode("priv/jobs"), mode("jobs.cfg")), (0o600, 0o700, 0o644));
    assert!(place.read(STATE).contains("\"since\":"), "{}", place.read(STATE));
    place
        .usher("realm job modify nightly --comment 'At night: ü' --remove-vanished 'acl;entry' --enabled 0")
        .quiet();
    let section = "realm-sync: nightly\n\tcomment At night%3A %C3%BC\n\trealm corp\n\tschedule mon..fri 3:00\n\
        \tscope both\n\tenabled 0\n\tremove-vanished acl;entry\n\n";
    assert_eq!(place.read("jobs.cfg"), format!("{BACKUP}{section}"));
    place
        .usher("realm job modify nightly --delete comment,enabled --delete remove-vanished --scope users")
        .quiet();
    let section = "realm-sync: nightly\n\trealm corp\n\tschedule mon..fri 3:00\n\tscope users\n\n";
    assert_eq!(place.read("jobs.cfg"), format!("{BACKUP}{section}"));
    place.usher("realm job delete nightly").quiet();
    assert_eq!(place.read("jobs.cfg"), BACKUP);
    assert!(!place.files().contains_key(STATE));
}

#[test]
fn what_is_known_of_runs() {
    let place = place();
    place.write(
        STATE,
        r#"{"node":"pve1","upid":"UPID:pve1:00000001:00000002:6553F100:auth-realm-sync:corp:root@pam:"}"#,
    );
    let row = |more: serde_json::Value| {
        let mut row = json!({"id": "nightly", "realm": "corp", "schedule": "mon..fri 3:00", "scope": "both",
            "enabled": 1});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([row])
    };
    let list = || place.usher("realm job list --output-format json").json();
    assert_eq!(list(), row(json!({"last-run": 1_700_000_000, "next-run": 1_700_017_200})));
    place.write(STATE, r#"{"node":"here","time":1700000000,"error":"ldap bind failed\n"}"#);
    let failed = json!({"last-run": 1_700_000_000, "next-run": 1_700_017_200, "last-result": "failed",
        "last-error": "ldap bind failed"});
    assert_eq!(list(), row(failed));
    let shown = place.usher("realm job show nightly --noborder").quiet();
    for line in ["last-run 2023-11-14 22:13", "last-error ldap bind failed", "next-run due"] {
        let found = shown.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        assert!(found.clone().any(|found| found == line), "{line}: {shown}");
    }
    place.usher("realm job modify nightly --enabled 0").quiet();
    let disabled = list();
    assert_eq!((&disabled[0]["enabled"], &disabled[0]["next-run"]), (&json!(0), &json!(null)));
    place.write(STATE, "{");
    let run = place.usher("realm job list --noborder");
    assert!(run.warned().contains("warning: priv/jobs/realm-sync-nightly.json:1:"));
}

#[test]
fn another_schedule_counts_from_now() {
    let place = place();
    let old = r#"{"node":"here","time":1700000000,"error":"no","since":5}"#;
    place.write(STATE, old);
    place.usher("realm job modify nightly --comment x").quiet();
    place.usher("realm job modify nightly --schedule 'mon..fri 3:00'").quiet();
    assert_eq!(place.read(STATE), old);
    let before = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    place.usher("realm job modify nightly --schedule '*:0/15'").quiet();
    let row = &place.usher("realm job list --output-format json").json()[0];
    assert_eq!((&row["last-run"], &row["last-error"]), (&json!(1_700_000_000), &json!("no")));
    assert!(row["next-run"].as_u64().unwrap() > before, "not due at once: {row}");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let place = place();
    place.usher("realm add web --type openid --issuer-url https://i --client-id c").quiet();
    let add = |name: &str, rest: &str| format!("realm job add {name} --schedule daily --scope both {rest}");
    for (line, status, words) in [
        (add("nightly", "--realm corp"), 1, "Job 'nightly' already exists"),
        (add("backup-1", "--realm corp --if-not-exists"), 1, "Job 'backup-1' already exists"),
        (add("new", "--realm nope"), 1, "realm: No such realm 'nope'"),
        (add("new", "--realm web"), 1, "realm: Only LDAP/AD realms can be synced."),
        (add("new", ""), 2, "realm: property is missing and it is not optional"),
        (add("1new", "--realm corp"), 2, "id: invalid configuration ID '1new'"),
        (add("new", "--realm corp --full"), 2, "full"),
        (
            add("new", "--realm corp --schedule 25:00"),
            2,
            "schedule: '25:00' is no calendar event: hour 25 is not",
        ),
        (add("new", "--realm corp --schedule 2-30"), 2, "schedule: '2-30' never comes"),
        (add("new", "--realm corp --scope all"), 2, "scope: value 'all'"),
        (add("new", "--realm corp --remove-vanished users"), 2, "remove-vanished: value does not match"),
        ("realm job modify nightly".into(), 1, "no job options specified"),
        ("realm job modify nope --scope both".into(), 1, "No such job 'nope'"),
        ("realm job modify backup-1 --scope both".into(), 1, "no such realm-sync job"),
        ("realm job modify nightly --realm corp".into(), 2, "realm"),
        ("realm job modify nightly --delete realm".into(), 1, "unable to delete required option 'realm'"),
        ("realm job modify nightly --delete colour".into(), 1, "unknown option 'colour'"),
        ("realm job delete nope".into(), 1, "No such job 'nope'"),
        ("realm job delete backup-1".into(), 1, "no such realm-sync job"),
        ("realm job show nope".into(), 1, "No such job 'nope'"),
    ] {
        let said = place.untouched(&line).refused(status);
        assert!(said.contains(words), "{line}: {said}");
    }
    place.untouched(&add("nightly", "--realm corp --if-not-exists")).quiet();
    place.untouched("realm job delete nope --ignore-missing").quiet();
    place.untouched("realm job modify nightly --scope both").quiet();
    assert_eq!(place.untouched("realm job delete nightly --dry-run").status, 3);
    place.write(STATE, "{}");
    let run = place.untouched("realm job modify nightly --schedule daily --dry-run");
    assert!(
        run.status == 3 && run.out.contains("+\tschedule daily") && run.out.contains("\"since\":"),
        "{run:?}"
    );
}

#[test]
fn the_original_has_no_such_command() {
    let place = place();
    place.pveum("realm job list").refused(255);
    place.pveum("realm j l").refused(255);
    assert!(!place.pveum("help").out.contains("job"));
}

#[test]
fn an_empty_directory_has_no_jobs() {
    let place = Place::new();
    assert_eq!(place.untouched("realm job list").quiet(), "");
    assert_eq!(place.untouched("realm job list --output-format json").json(), json!([]));
}
