//! `jobs.cfg`: what is read, what is written, what is kept.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use usher::format::{domains_cfg, jobs_cfg};
use usher::model::id::JobId;
use usher::model::job::{JobChanges, Jobs, Setting};
use usher::model::realm::Realms;

const BACKUP: &str = "vzdump: backup-1\n\tcomment not%20ours\n\tschedule 2:00\n\tenabled 0\n  odd  line\n\n";

const NIGHTLY: &str = "realm-sync: nightly\n\tcomment At night%3A %C3%BC\n\trealm corp\n\tschedule mon..fri 3:00\n\
    \tscope both\n\tenable-new 0\n\tenabled 1\n\tremove-vanished acl;entry\n\n";

const NOISE: &str = "# jobs\n\nrealm-sync:  loose \n  scope   users \n\trealm corp\n# why\n\tscope both\n\tcolour red\n\
    \tschedule daily\n\tenabled yes\n \n\trealm\n\nrealm-sync: half\n\trealm corp\n\tscope both\n\n\
    realm-sync: 1bad\n\trealm corp\n\tschedule daily\n\tscope both\n\ngarbage\n";

fn jobs(text: &str) -> Jobs {
    let (jobs, warnings) = jobs_cfg::parse(text.as_bytes());
    assert_eq!(warnings, []);
    jobs
}

fn rendered(jobs: &Jobs) -> String {
    String::from_utf8(jobs_cfg::render(jobs)).unwrap()
}

fn realms() -> Realms {
    let ldap = "ldap: corp\n\tbase_dn dc=x\n\tserver1 127.0.0.1\n\tuser_attr uid\n\n";
    domains_cfg::parse(ldap.as_bytes()).0
}

fn id(text: &str) -> JobId {
    JobId::parse(text).unwrap()
}

fn settings(pairs: &[(&str, &str)]) -> Vec<Setting> {
    pairs.iter().map(|(name, value)| Setting::parse(name, value).unwrap()).collect()
}

fn change(jobs: &mut Jobs, name: &str, set: &[(&str, &str)], delete: &[&str]) {
    let delete = delete.iter().map(|name| (*name).to_owned()).collect();
    jobs.modify(&id(name), JobChanges { set: settings(set), delete }).unwrap();
}

#[test]
fn a_job_is_written_in_the_original_order() {
    let mut fresh = jobs(BACKUP);
    let all = [
        ("scope", "both"),
        ("remove-vanished", "acl;entry"),
        ("enabled", "1"),
        ("schedule", "mon..fri 3:00"),
        ("enable-new", "0"),
        ("realm", "corp"),
        ("comment", "At night: ü"),
    ];
    fresh.add(id("nightly"), settings(&all), &realms()).unwrap();
    assert_eq!(rendered(&fresh), format!("{BACKUP}{NIGHTLY}"));
    assert_eq!(jobs(&rendered(&fresh)), fresh);
    let least = [("realm", "corp"), ("schedule", "daily"), ("scope", "users")];
    fresh.add(id("short"), settings(&least), &realms()).unwrap();
    let short = "realm-sync: short\n\trealm corp\n\tschedule daily\n\tscope users\n\n";
    assert_eq!(rendered(&fresh), format!("{BACKUP}{NIGHTLY}{short}"));
    assert!(fresh.get(&id("short")).unwrap().is_enabled());
}

#[test]
fn jobs_of_other_kinds_are_kept_byte_for_byte() {
    let text = format!("{BACKUP}{NIGHTLY}# end\nvzdump:b-2\n\tschedule  */5\n\tbad\u{1}");
    let mut both = jobs(&text);
    assert_eq!(both.iter().count(), 1);
    assert_eq!(rendered(&both), text);
    change(&mut both, "nightly", &[], &["comment", "enable-new", "enabled"]);
    let changed = "realm-sync: nightly\n\trealm corp\n\tschedule mon..fri 3:00\n\tscope both\n\
        \tremove-vanished acl;entry\n\n";
    assert_eq!(rendered(&both), text.replace(NIGHTLY, changed) + "\n\n");
    both.remove(&id("nightly")).unwrap();
    assert_eq!(rendered(&both), text.replace(NIGHTLY, "") + "\n\n");
}

#[test]
fn nothing_changed_nothing_written() {
    let mut noise = jobs_cfg::parse(NOISE.as_bytes()).0;
    change(&mut noise, "loose", &[("scope", "users")], &[]);
    assert!(noise.is_edited(), "a line that did not count goes with the setting");
    let mut nightly = jobs(NIGHTLY);
    change(&mut nightly, "nightly", &[("scope", "both"), ("realm", "corp")], &[]);
    assert!(!nightly.is_edited());
}

#[test]
fn what_is_not_understood_is_told_and_kept() {
    let (noise, warnings) = jobs_cfg::parse(NOISE.as_bytes());
    assert!(warnings.iter().all(|warning| warning.file == "jobs.cfg"));
    let told: Vec<(usize, &str)> = warnings.iter().map(|one| (one.line, one.message.as_str())).collect();
    assert_eq!(
        told,
        [
            (7, "section 'loose': unable to parse value of 'scope': duplicate attribute"),
            (8, "section 'loose': unable to parse value of 'colour': unexpected property 'colour'"),
            (
                10,
                "section 'loose': unable to parse value of 'enabled': type check ('boolean') failed - got 'yes'"
            ),
            (11, "section 'loose': ignore config line of blanks"),
            (12, "section 'loose': unable to parse value of 'realm': duplicate attribute"),
            (14, "skip section 'half': missing value for required option 'schedule'"),
            (18, "skip section '1bad': invalid configuration ID '1bad'"),
            (23, "ignore config line: garbage"),
        ]
    );
    assert_eq!(noise.iter().map(|job| job.id().as_str()).collect::<Vec<_>>(), ["loose"]);
    assert_eq!(rendered(&noise), NOISE);
    let mut changed = noise.clone();
    change(&mut changed, "loose", &[("schedule", "4:00")], &[]);
    let section = "realm-sync: loose\n\trealm corp\n\trealm\n# why\n\tcolour red\n\tschedule 4:00\n\tscope users\n\
        \tscope both\n\tenabled yes\n \n\n";
    let start = NOISE.find("realm-sync:  loose").unwrap();
    let end = NOISE.find("realm-sync: half").unwrap();
    assert_eq!(rendered(&changed), NOISE[..start].to_owned() + section + &NOISE[end..]);
    assert_eq!(jobs_cfg::parse(rendered(&changed).as_bytes()).0, changed);
}

#[test]
fn a_bad_schedule_or_name_twice() {
    let bad = "realm-sync: bad\n\trealm corp\n\tschedule sometimes\n\tscope both\n\n";
    let warnings = jobs_cfg::parse(bad.as_bytes()).1;
    assert_eq!((warnings[0].line, warnings[1].line), (1, 3));
    assert!(warnings[1].message.contains("'sometimes' is no calendar event"), "{}", warnings[1].message);
    let other = NIGHTLY.replace("3:00", "4:00");
    let (twice, warnings) = jobs_cfg::parse(format!("{NIGHTLY}{other}").as_bytes());
    assert_eq!(warnings[0].message, "skip section 'nightly': the name comes again further down");
    assert_eq!(twice.get(&id("nightly")).unwrap().schedule().as_str(), "mon..fri 4:00");
    let mut gone = twice.clone();
    gone.remove(&id("nightly")).unwrap();
    assert_eq!(rendered(&gone), "", "the first must not come to life");
    let taken = format!("{NIGHTLY}vzdump: nightly\n\tschedule 5:00\n\n");
    let (none, warnings) = jobs_cfg::parse(taken.as_bytes());
    assert_eq!((none.iter().count(), warnings.len()), (0, 1));
}

fn values() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let value = (0..7usize, any::<bool>(), "[^\\x00]{0,40}");
    prop::collection::vec(value, 0..6).prop_map(|list| {
        let set = |(which, on, text): (usize, bool, String)| match which {
            0 => ("scope", if on { "users" } else { "groups" }.to_owned()),
            1 => ("enabled", u8::from(on).to_string()),
            2 => ("enable-new", u8::from(on).to_string()),
            3 => ("remove-vanished", if on { "none" } else { "properties;acl" }.to_owned()),
            4 => ("schedule", if on { "*:0/15 UTC" } else { "sat *-1..7 15:00" }.to_owned()),
            _ => ("comment", text),
        };
        list.into_iter().map(set).collect()
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read(first in values(), second in values(), behind in any::<bool>()) {
        let mut list = vec![("realm", "corp".to_owned()), ("schedule", "daily".to_owned()), ("scope", "both".to_owned())];
        list.extend(first);
        let parse = |list: Vec<(&str, String)>| list.iter().map(|(n, v)| Setting::parse(n, v).unwrap()).collect();
        let mut all = jobs(if behind { "" } else { BACKUP });
        all.add(id("one"), parse(list), &realms()).unwrap();
        let again = jobs(&rendered(&all));
        prop_assert_eq!(&again, &all);
        prop_assert_eq!(rendered(&again), rendered(&all));
        let mut changed = again;
        if !second.is_empty() {
            changed.modify(&id("one"), JobChanges { set: parse(second), delete: Vec::new() }).unwrap();
        }
        prop_assert_eq!(&jobs(&rendered(&changed)), &changed);
        let start = if behind { "realm-sync" } else { BACKUP };
        prop_assert!(rendered(&changed).starts_with(start));
    }

    #[test]
    fn any_file_stays_as_it_is(text in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(jobs_cfg::render(&jobs_cfg::parse(&text).0), text);
    }

    /// A change to one job loses no line of the others.
    #[test]
    fn other_lines_survive(lines in prop::collection::vec("(\t|vzdump: |realm-sync: |#|)[a-z ]{0,8}", 0..12)) {
        let text = lines.join("\n") + "\n\n" + NIGHTLY;
        let (mut all, _) = jobs_cfg::parse(text.as_bytes());
        change(&mut all, "nightly", &[("scope", "users")], &[]);
        let new = rendered(&all);
        for line in &lines {
            prop_assert!(new.lines().any(|other| other == line), "{line:?} is gone: {new}");
        }
    }
}
