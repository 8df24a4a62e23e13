use super::*;
use crate::error::Error;
use crate::model::realm::RealmKind;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

fn id(text: &str) -> JobId {
    JobId::parse(text).unwrap()
}

fn settings(pairs: &[(&str, &str)]) -> Vec<Setting> {
    pairs.iter().map(|(name, value)| Setting::parse(name, value).unwrap()).collect()
}

const NIGHTLY: &[(&str, &str)] = &[("realm", "corp"), ("schedule", "3:00"), ("scope", "both")];

fn realms() -> Realms {
    let mut realms = Realms::default();
    let ldap = [("server1", "127.0.0.1"), ("base_dn", "dc=x"), ("user_attr", "uid")];
    let ldap = ldap.map(|(name, value)| (name.to_owned(), value.to_owned()));
    realms.add(RealmKind::Ldap, RealmId::parse("corp").unwrap(), ldap.to_vec()).unwrap();
    realms
}

/// A broken job `broken`, one of another kind `backup`, and one job `nightly`.
fn jobs() -> Jobs {
    let other = |id: &str, foreign| Entry::Other(Block { span: 0..0, line: 3, id: Some(id.into()), foreign });
    let (mut jobs, _) = Jobs::assemble(Arc::default(), vec![other("broken", false), other("backup", true)]);
    jobs.add(id("nightly"), settings(NIGHTLY), &realms()).unwrap();
    jobs
}

fn change(set: &[(&str, &str)], delete: &[&str]) -> JobChanges {
    JobChanges { set: settings(set), delete: delete.iter().map(|name| (*name).to_owned()).collect() }
}

fn said(result: Result<impl std::fmt::Debug>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn who_may_be_added() {
    let mut jobs = jobs();
    let mut add = |name: &str, list: &[(&str, &str)]| said(jobs.add(id(name), settings(list), &realms()));
    assert_eq!(add("nightly", NIGHTLY), "Job 'nightly' already exists");
    assert_eq!(add("backup", NIGHTLY), "Job 'backup' already exists");
    assert_eq!(add("broken", NIGHTLY), "Job 'broken' already exists: its section is broken");
    let of = |realm| [("realm", realm), NIGHTLY[1], NIGHTLY[2]];
    assert_eq!(add("new", &of("nope")), "realm: No such realm 'nope'");
    assert_eq!(add("new", &of("pve")), "realm: Only LDAP/AD realms can be synced.");
    for (place, name) in ["realm", "schedule", "scope"].into_iter().enumerate() {
        let mut list = NIGHTLY.to_vec();
        list.remove(place);
        assert_eq!(add("new", &list), format!("missing value for required option '{name}'"));
    }
    assert_eq!(jobs.iter().count(), 1);
}

#[test]
fn values_of_settings() {
    for (name, value, why) in [
        ("scope", "all", "value 'all' does not have a value in the enumeration 'users, groups, both'"),
        ("remove-vanished", "users", "value does not match the regex pattern"),
        ("enable-new", "yes", "type check ('boolean') failed - got 'yes'"),
        ("enabled", "2", "type check ('boolean') failed - got '2'"),
        ("full", "1", "unexpected property 'full'"),
        ("purge", "1", "unexpected property 'purge'"),
        ("colour", "red", "unexpected property 'colour'"),
        ("realm", "1x", "value does not look like a valid realm"),
    ] {
        assert_eq!(said(Setting::parse(name, value)), why);
    }
    assert!(Setting::parse("comment", &"ü".repeat(512)).is_ok());
    assert_eq!(said(Setting::parse("comment", &"ü".repeat(513))), "value may only be 512 characters long");
    let names = PROPERTIES.iter().map(|property| property.name).collect::<Vec<_>>();
    let mut sorted = PROPERTIES.to_vec();
    sorted.sort_by_key(|one| (one.name != "comment", !one.required, one.name));
    assert_eq!(names, sorted.iter().map(|one| one.name).collect::<Vec<_>>());
}

#[test]
fn changes() {
    let mut jobs = jobs();
    for (name, set, delete, why) in [
        ("nope", &[("comment", "x")][..], &[][..], "No such job 'nope'"),
        ("backup", &[("comment", "x")], &[], "no such realm-sync job: 'backup' is of another kind"),
        ("broken", &[("comment", "x")], &[], "no such realm-sync job: the section 'broken' is broken"),
        ("nightly", &[], &[], "no job options specified"),
        ("nightly", &[("realm", "other")], &[], "the realm of job 'nightly' is fixed"),
        ("nightly", &[], &["scope"], "unable to delete required option 'scope'"),
        ("nightly", &[], &["colour"], "unknown option 'colour'"),
        (
            "nightly",
            &[("comment", "x")],
            &["comment"],
            "cannot set and delete property 'comment' at the same time!",
        ),
    ] {
        assert_eq!(said(jobs.modify(&id(name), change(set, delete))), why);
    }
    // What is set and deleted, whether the schedule counts anew, and what there is then.
    for (set, delete, anew, name, value) in [
        (&[("comment", " x ")][..], &[][..], false, "comment", Some("x")),
        (&[("comment", "")], &[], false, "comment", None),
        (&[("realm", "corp"), ("scope", "users")], &[], false, "scope", Some("users")),
        (&[("schedule", "4:00")], &[], true, "schedule", Some("4:00")),
        (&[("schedule", "4:00")], &[], false, "schedule", Some("4:00")),
        (&[("enabled", "0")], &[], false, "enabled", Some("0")),
        (&[], &["enabled"], true, "enabled", None),
        (&[("enabled", "1")], &[], false, "enabled", Some("1")),
        (&[("remove-vanished", "entry;acl")], &[], false, "remove-vanished", Some("entry;acl")),
        (&[], &["remove-vanished"], false, "remove-vanished", None),
    ] {
        assert_eq!(jobs.modify(&id("nightly"), change(set, delete)).unwrap(), anew, "{set:?} {delete:?}");
        let job = jobs.get(&id("nightly")).unwrap();
        assert_eq!(job.get(name).as_deref(), value, "{set:?} {delete:?}");
    }
}

#[test]
fn what_is_not_ours_is_not_removed() {
    let mut jobs = jobs();
    assert_eq!(said(jobs.remove(&id("backup"))), "no such realm-sync job: 'backup' is of another kind");
    assert_eq!(said(jobs.remove(&id("nope"))), "No such job 'nope'");
    assert!(matches!(jobs.remove(&id("nope")), Err(Error::Unknown { .. })));
    jobs.remove(&id("nightly")).unwrap();
    assert_eq!((jobs.iter().count(), jobs.entries().len()), (0, 2));
}

fn at(now: i64) -> Here<'static> {
    static UTC: TimeZone = TimeZone::UTC;
    Here { now, zone: &UTC, node: "here", process: 7 }
}

const DAY: i64 = 86_400;
const THREE: i64 = 3 * 3600;

#[test]
fn turns() {
    let mut job = SyncJob::new(id("nightly"), settings(NIGHTLY)).unwrap();
    let turn = |job: &SyncJob, since, started, now| {
        let state = RunState { since, started, ..RunState::default() };
        (job.turn(Some(&state), &at(now)), job.next_run(Some(&state), &at(now)))
    };
    for (since, started, now, expected, next) in [
        (None, None, 0, Turn::Unseen, Some(THREE)),
        (Some(0), None, 0, Turn::Waiting(THREE), Some(THREE)),
        (Some(0), None, THREE - 1, Turn::Waiting(THREE), Some(THREE)),
        (Some(0), None, THREE, Turn::Due(THREE), Some(THREE)),
        (Some(0), None, 5 * DAY, Turn::Due(THREE), Some(THREE)),
        (Some(0), Some(5 * DAY), 5 * DAY, Turn::Waiting(5 * DAY + THREE), Some(5 * DAY + THREE)),
        (None, Some(THREE), THREE, Turn::Waiting(DAY + THREE), Some(DAY + THREE)),
        (Some(DAY), Some(THREE), DAY, Turn::Waiting(DAY + THREE), Some(DAY + THREE)),
        // A clock that was, or is, wrong: a little, and by years.
        (Some(0), Some(DAY + 3600), DAY, Turn::Waiting(DAY + THREE), Some(DAY + THREE)),
        (Some(0), Some(4000 * DAY), DAY, Turn::Unseen, Some(DAY + THREE)),
        (Some(4000 * DAY), None, DAY, Turn::Unseen, Some(DAY + THREE)),
    ] {
        assert_eq!(turn(&job, since, started, now), (expected, next), "{since:?} {started:?} {now}");
    }
    assert_eq!(job.turn(None, &at(0)), Turn::Unseen);
    job.set(Setting::parse("schedule", "1970-1-1 3:00").unwrap());
    assert_eq!(turn(&job, Some(0), None, DAY), (Turn::Due(THREE), Some(THREE)));
    assert_eq!(turn(&job, None, Some(THREE), DAY), (Turn::Over, None));
    job.set(Setting::Enabled(false));
    assert_eq!(turn(&job, Some(0), None, DAY), (Turn::Disabled, None));
}

#[test]
fn who_is_at_it() {
    let running = |node: &str, process, age, lives: bool| {
        let outcome = Outcome::Running(process);
        let state = RunState { node: node.into(), started: Some(1000), outcome, ..RunState::default() };
        state.is_running(&at(1000 + age), |number| lives && number == 7)
    };
    assert!(running("here", Some(7), 3600, true));
    assert!(!running("here", Some(8), 30, true));
    assert!(!running("here", Some(7), 30, false));
    assert!(!running("here", Some(7), DAY, true), "the number belongs to somebody else by now");
    assert!(running("here", None, 59, false) && !running("here", None, 60, false));
    assert!(running("there", Some(7), 59, false) && !running("there", Some(7), 60, true));
    for outcome in [Outcome::Unknown, Outcome::Done, Outcome::Failed(String::new())] {
        let state = RunState { node: "here".into(), started: Some(1000), outcome, ..RunState::default() };
        assert!(!state.is_running(&at(1001), |_| true));
    }
}

#[test]
fn who_is_due() {
    let mut jobs = Jobs::default();
    for (name, schedule, enabled) in [
        ("late", "5:00", "1"),
        ("early", "3:00", "1"),
        ("off", "3:00", "0"),
        ("new", "3:00", "1"),
        ("next", "9:00", "1"),
    ] {
        let list = [NIGHTLY[0], ("schedule", schedule), NIGHTLY[2], ("enabled", enabled)];
        jobs.add(id(name), settings(&list), &realms()).unwrap();
    }
    let since = RunState { since: Some(0), ..RunState::default() };
    let mut states: BTreeMap<JobId, RunState> =
        ["late", "early", "off", "next"].map(|name| (id(name), since.clone())).into();
    let names = |list: Vec<&SyncJob>| list.iter().map(|job| job.id().to_string()).collect::<Vec<_>>();
    let here = at(2 * THREE);
    let due = |states: &BTreeMap<JobId, RunState>, lives| names(jobs.due(states, &here, |_| lives));
    assert_eq!(due(&states, false), ["early", "late"]);
    assert_eq!(names(jobs.unseen(&states, &here)), ["new"]);
    let begun = since.clone().begun(&here);
    assert_eq!((begun.started, begun.since, begun.node.as_str()), (Some(here.now), Some(0), "here"));
    states.insert(id("early"), begun);
    assert_eq!(due(&states, false), ["late"], "whoever has begun has had the turn");
    // A schedule that comes again while the run goes on.
    let yesterday = RunState { started: Some(THREE - 60), ..since.clone().begun(&here) };
    states.insert(id("early"), yesterday);
    assert_eq!(due(&states, true), ["late"]);
    assert_eq!(due(&states, false), ["early", "late"]);
    states.insert(id("late"), since.counting_from_now(&here));
    assert_eq!(due(&states, false), ["early"]);
}

#[test]
fn what_a_job_asks_for() {
    let list = [NIGHTLY, &[("remove-vanished", "entry;acl"), ("enable-new", "0")]].concat();
    let wishes = SyncJob::new(id("nightly"), settings(&list)).unwrap().wishes();
    assert_eq!((wishes.scope, wishes.enable_new), (Some(Scope::Both), Some(false)));
    assert_eq!(wishes.vanished, Some(Vanished::parse("entry;acl").unwrap()));
    let wishes = SyncJob::new(id("nightly"), settings(NIGHTLY)).unwrap().wishes();
    assert_eq!((wishes.vanished, wishes.enable_new, wishes.max_delete), (None, None, None));
    for word in Scope::WORDS {
        assert_eq!(Scope::parse(word).unwrap().word(), word);
    }
}
