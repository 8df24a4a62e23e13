//! The journal: what it tells of changes, and how it is asked.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use support::Place;

const JOURNAL: &str = ".usher.journal.jsonl";

/// The entries as they stand in the file.
fn entries(place: &Place) -> Vec<Value> {
    place.read(JOURNAL).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn filled() -> Place {
    Place::after(&[
        "user add joe@pve --comment 'the first'",
        "group add devs",
        "user modify joe@pve --groups devs",
        "token add joe@pve ci",
        "acl modify /vms --users joe@pve --roles PVEAuditor",
    ])
}

#[test]
fn every_change_has_one_entry_in_both_faces() {
    let place = filled();
    assert!(place.pveum("user modify joe@pve -comment other").quiet().is_empty());
    let entries = entries(&place);
    let commands: Vec<&str> = entries.iter().map(|entry| entry["command"].as_str().unwrap()).collect();
    assert_eq!(
        commands,
        [
            "user add joe@pve --comment 'the first'",
            "group add devs",
            "user modify joe@pve --groups devs",
            "token add joe@pve ci",
            "acl modify /vms --roles PVEAuditor --users joe@pve",
            "user modify joe@pve --comment other",
        ]
    );
    let objects = |place: usize| entries[place]["objects"].to_string();
    assert_eq!(objects(2), r#"["group devs","user joe@pve"]"#);
    assert_eq!(objects(3), r#"["token joe@pve!ci"]"#);
    assert_eq!(objects(4), r#"["acl /vms","user joe@pve"]"#);
    assert!(entries.iter().all(|entry| entry["who"]["user"].is_string() && entry["kind"] == "change"));
    assert!(place.usher("log verify").quiet().contains("unbroken"));
}

#[test]
fn what_changes_nothing_has_no_entry() {
    let place = filled();
    let before = place.read(JOURNAL);
    assert_eq!(place.usher("user delete joe@pve --dry-run").status, 3);
    place.usher("user modify joe@pve --groups devs").quiet();
    place.usher("user list").quiet();
    assert_ne!(place.usher("user add joe@pve").status, 0);
    assert_eq!(place.read(JOURNAL), before);
    assert!(!Place::after(&["user list"]).path().join(JOURNAL).exists());
}

#[test]
fn no_secret_is_told() {
    let place = filled();
    let run = place.run(
        "pveum",
        ["user", "add", "ann@pve", "-password", "SESAME-open-1", "-keys", "SESAMEKEY"],
        "",
    );
    assert_eq!(run.status, 0, "{run:?}");
    let line = "realm add corp --type openid --issuer-url https://x --client-id c --client-key SESAME3";
    assert_eq!(place.usher(line).status, 0);
    let text = place.read(JOURNAL);
    assert!(!text.contains("SESAME"), "{text}");
    assert!(text.contains("--password (secret)") && text.contains("--client-key (secret)"), "{text}");
    let shown = place.usher("log --diff").quiet();
    assert!(shown.contains("client-key (secret)") && !shown.contains("SESAME"), "{shown}");
}

#[test]
fn entries_are_found_by_what_is_asked_for() {
    let place = filled();
    let numbers = |options: &str| -> Vec<u64> {
        let rows = place.usher(&format!("log --output-format json {options}")).json();
        rows.as_array().unwrap().iter().map(|row| row["number"].as_u64().unwrap()).collect()
    };
    assert_eq!(numbers(""), [1, 2, 3, 4, 5]);
    assert_eq!(numbers("--limit 2"), [4, 5]);
    assert_eq!(numbers("--object joe@pve"), [1, 3, 5]);
    assert_eq!(numbers("--object 'user joe@pve' --limit 1"), [5]);
    assert_eq!(numbers("--object 'group joe@pve'"), [0; 0]);
    assert_eq!(numbers("--kind sync"), [0; 0]);
    assert_eq!(numbers("--since 1h"), [1, 2, 3, 4, 5]);
    assert_eq!(numbers("--since 2100-01-01"), [0; 0]);
    assert_eq!(numbers("--until 2000-01-01"), [0; 0]);
    assert_eq!(numbers("--who nobody-of-that-name"), [0; 0]);
    let who = entries(&place)[0]["who"]["user"].as_str().unwrap().to_owned();
    assert_eq!(numbers(&format!("--who '{who}'")), [1, 2, 3, 4, 5]);
    assert!(place.usher("log --since sometime").refused(2).contains("point in time"));
    assert!(place.usher("log --limit few").refused(2).contains("limit"));
}

#[test]
fn an_entry_is_shown() {
    let place = filled();
    let text = place.usher("log show 3").quiet();
    assert!(text.starts_with("entry 3, 20"), "{text}");
    assert!(text.contains("objects:  group devs, user joe@pve\nuser.cfg\n@@ line "), "{text}");
    assert!(text.contains("-group:devs:::\n+group:devs:joe@pve::\n"), "{text}");
    let entry = place.usher("log show 3 --output-format json").json();
    assert_eq!(entry["files"][0]["edits"][0]["added"], "group:devs:joe@pve::\n");
    assert!(place.usher("log show 4").quiet().contains("priv/token.cfg (new)\n  (secrets are left out"));
    assert!(place.usher("log show 99").refused(3).contains("no entry 99"));
    let list = place.usher("log").quiet();
    assert!(list.contains("joe@pve --comment 'the first'"), "{list}");
    let rows = place.usher("log --output-format json").json();
    assert!(rows[2]["files"][0].get("edits").is_none(), "{rows}");
}

#[test]
fn new_entries_are_shown_as_they_come() {
    let place = filled();
    let mut command = place.command("usher");
    command.args(["log", "--follow", "--limit", "1", "--output-format", "json"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next =
        || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap()["number"].clone();
    assert_eq!(next(), 5);
    place.all(&["user add ann@pve", "group add ops"]);
    assert_eq!((next(), next()), (6.into(), 7.into()));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_changed_journal_does_not_verify() {
    let place = filled();
    let whole = place.read(JOURNAL);
    let lines: Vec<&str> = whole.lines().collect();
    for (broken, told) in [
        (whole.replace("the first", "the third"), "entry 2: the entry before it is not the one"),
        (format!("{}\n{}\n", lines[0], lines[2..].join("\n")), "entry 3: the entry follows number 1"),
        (format!("{}\nx\n{}\n", lines[0], lines[1..].join("\n")), "entry 2: the line is no entry"),
    ] {
        place.write(JOURNAL, broken);
        let run = place.usher("log verify");
        assert_eq!(run.status, 3, "{run:?}");
        assert!(run.out.contains(told), "{}", run.out);
        let found = place.usher("log verify --output-format json");
        let found: Value = serde_json::from_str(&found.out).unwrap();
        assert!(found["sound"] == false && !found["faults"].as_array().unwrap().is_empty(), "{found}");
        // It goes on all the same.
        place.usher("group modify devs --comment x").quiet();
        place.usher("group modify devs --comment y").quiet();
    }
    place.write(JOURNAL, format!("{}\n", lines[1..].join("\n")));
    assert!(place.usher("log verify").out.contains("entries before 2 were removed"));
}

#[test]
fn a_hand_edit_shows_and_can_be_adopted() {
    let place = filled();
    let by_hand = |from: &str, to: &str| place.write("user.cfg", place.read("user.cfg").replace(from, to));
    by_hand("the first", "by hand");
    place.write("domains.cfg", "pve: pve\n\tcomment mine\n\npam: pam\n");
    let run = place.usher("log verify");
    assert_eq!(run.status, 3);
    assert!(run.out.contains("user.cfg: changed by other means since entry 5"), "{}", run.out);
    let before = place.read(JOURNAL);
    let dry = place.usher("log adopt --dry-run");
    assert_eq!((dry.status, place.read(JOURNAL) == before), (3, true), "{dry:?}");
    assert!(
        dry.out.contains("-user:joe@pve:1:0::::the first::\n+user:joe@pve:1:0::::by hand::\n"),
        "{}",
        dry.out
    );
    assert!(dry.out.contains("domains.cfg: the journal has not seen it before"), "{}", dry.out);
    let done = place.usher("log adopt").quiet();
    assert!(done.contains("noted in the journal now"), "{done}");
    let last = entries(&place).pop().unwrap();
    assert_eq!(
        (&last["kind"], &last["objects"]),
        (&"adopt".into(), &serde_json::json!(["file domains.cfg", "user joe@pve"]))
    );
    place.usher("log verify").quiet();
    assert!(place.usher("log adopt").quiet().contains("knows all files"));
    // One that was changed since is told, too, until somebody takes note.
    by_hand("by hand", "again");
    place.usher("user modify joe@pve --comment usher").quiet();
    let run = place.usher("log verify");
    assert!(run.status == 3 && run.out.contains("between entries 6 and 7"), "{}", run.out);
    by_hand("usher", "once more");
    place.usher("log adopt").quiet();
    place.usher("log verify").quiet();
}

/// What `log verify` says when it says no.
#[track_caller]
fn unsound(place: &Place) -> String {
    let run = place.usher("log verify");
    assert_eq!(run.status, 3, "{run:?}");
    assert!(place.usher("log verify --output-format json").out.contains("\"sound\":false"));
    run.out
}

#[test]
fn what_was_changed_between_entries_can_be_adopted() {
    let place = Place::after(&["user add ben@pve"]);
    place.write("user.cfg", format!("# note\n{}", place.read("user.cfg")));
    place.all(&["user modify ben@pve --comment x"]);
    assert!(unsound(&place).contains("user.cfg: changed by other means between entries 1 and 2"));
    let dry = place.usher("log adopt --dry-run");
    assert_eq!((dry.status, entries(&place).len()), (3, 2), "{dry:?}");
    let said = place.usher("log adopt").quiet();
    assert!(said.contains("user.cfg: changed by other means between entries 1 and 2"), "{said}");
    place.usher("log verify").quiet();
    assert!(place.usher("log adopt").quiet().contains("knows all files"));
    assert_eq!(entries(&place).len(), 3);
    // It changed nothing: what was done before is undone all the same, and there is nothing to undo in it.
    assert!(place.usher("undo 3").refused(1).contains("changed nothing"));
    place.all(&["undo 2"]);
    assert!(!place.read("user.cfg").contains(":x:"));
    // What files held is known again.
    place.write("user.cfg", place.read("user.cfg").replace("user:ben@pve:1", "user:ben@pve:0"));
    let said = place.usher("log adopt --dry-run").out;
    assert!(said.contains("-user:ben@pve:1") && said.contains("+user:ben@pve:0"), "{said}");
}

#[test]
fn files_of_the_system_that_changed_can_be_adopted() {
    let place = filled();
    let typed = "Tr0ub4dor-and-3\n";
    assert_eq!(place.run("usher", ["passwd", "joe@pve"], &typed.repeat(2)).status, 0);
    assert_eq!(place.run("usher", ["ticket", "joe@pve"], typed).status, 0);
    let named: Vec<String> = entries(&place)
        .iter()
        .flat_map(|entry| entry["files"].as_array().unwrap())
        .map(|file| file["name"].as_str().unwrap().to_owned())
        .filter(|name| name.contains("authkey"))
        .collect();
    assert!(named.iter().any(|name| name == "priv/authkey.key"), "{named:?}");
    place.write("priv/authkey.key", "SESAME");
    assert!(unsound(&place).contains("priv/authkey.key"));
    place.usher("log adopt").quiet();
    place.usher("log verify").quiet();
    assert!(
        !place.read(JOURNAL).contains("SESAME") && !place.read(&format!("priv/{JOURNAL}")).contains("SESAME")
    );
}

#[test]
fn without_its_key_the_journal_does_not_verify() {
    let place = filled();
    let key = place.path().join("priv/journal.key");
    for broken in [None, Some("00\n"), Some("é")] {
        match broken {
            None => fs::remove_file(&key).unwrap(),
            Some(text) => fs::write(&key, text).unwrap(),
        }
        let said = unsound(&place);
        assert!(
            said.contains("priv/token.cfg: cannot be compared") && said.contains("put priv/journal.key back"),
            "{said}"
        );
    }
    fs::write(&key, format!("{}\n", "07".repeat(32))).unwrap();
    assert!(unsound(&place).contains("priv/token.cfg: changed by other means since entry 4"));
    // Also when no file is left that it was used for.
    place.all(&["log adopt", "token delete joe@pve ci"]);
    fs::remove_file(place.path().join("priv/token.cfg")).unwrap();
    place.all(&["log adopt"]);
    fs::remove_file(&key).unwrap();
    unsound(&place);
    let dry = place.usher("log adopt --dry-run");
    assert!(dry.status == 3 && dry.out.contains("a new key is made"), "{dry:?}");
    place.all(&["log adopt"]);
    place.usher("log verify").quiet();
}

const THERE_BEFORE: &[(&str, &str)] = &[
    ("domains.cfg", "pve: pve\n\tcomment mine\n\npam: pam\n"),
    ("user.cfg", "user:root@pam:1:0::::::\n"),
    ("priv/shadow.cfg", "joe@pve:$5$x$SESAME:\n"),
    ("priv/realm/corp.pw", "SESAME\n"),
    ("priv/authkey.key", "SESAME\n"),
];

#[test]
fn files_that_were_there_before_are_no_strangers() {
    let place = Place::with(THERE_BEFORE);
    let before = place.files();
    place.usher("user add ben@pve").quiet();
    place.usher("log verify").quiet();
    let first = entries(&place).pop().unwrap();
    let names: Vec<&str> =
        first["seen"].as_array().unwrap().iter().map(|seen| seen["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["domains.cfg", "priv/realm/corp.pw", "priv/shadow.cfg"]);
    assert!(!place.read(JOURNAL).contains("SESAME") && first["number"] == 1);
    assert!(place.usher("log show 1").quiet().contains("there before the journal began: domains.cfg, "));
    place.usher("undo").quiet();
    assert!(place.files() == before, "undoing the first entry touches no other file");
    place.usher("log verify").quiet();
    assert!(entries(&place)[1].get("seen").is_none());
    // They are looked after from now on.
    place.write("domains.cfg", "pam: pam\n");
    assert!(unsound(&place).contains("domains.cfg: changed by other means since entry 1"));
    let said = place.usher("log adopt").quiet();
    assert!(said.contains("priv/shadow.cfg: known by its digest only"), "{said}");
    place.usher("log verify").quiet();
    assert!(place.usher("log adopt").quiet().contains("knows all files"));
}

#[test]
fn a_journal_that_begins_with_a_sign_in_knows_the_files_too() {
    let place = Place::with(THERE_BEFORE);
    assert_eq!(place.run("usher", ["login-check"], "joe@pve\nwrong\n").status, 3);
    assert_eq!(entries(&place).len(), 1);
    place.usher("log verify").quiet();
    place.write("priv/shadow.cfg", "joe@pve:$5$x$other:\n");
    assert!(unsound(&place).contains("priv/shadow.cfg: changed by other means since entry 1"));
}

#[test]
fn files_made_by_other_means_are_found() {
    let place = filled();
    place.usher("log verify").quiet();
    let files = [
        ("domains.cfg", "pve: pve\n\npam: pam\n"),
        ("priv/shadow.cfg", "joe@pve:$5$x$y:\n"),
        ("priv/realm/corp.pw", "x"),
    ];
    for (name, text) in files {
        place.write(name, text);
        let said = unsound(&place);
        assert!(said.contains(&format!("{name}: the journal has not seen it; 'usher log adopt'")), "{said}");
        place.usher("log adopt").quiet();
        place.usher("log verify").quiet();
    }
}

#[test]
fn a_journal_that_was_removed_is_missed() {
    let place = filled();
    assert!(Place::new().usher("log verify").quiet().contains("The journal is empty"));
    fs::remove_file(place.path().join(JOURNAL)).unwrap();
    let said = unsound(&place);
    assert!(said.contains("The journal is missing") && said.contains("up to 4"), "{said}");
}

#[test]
fn an_undoing_names_its_entry() {
    let place = filled();
    place.all(&["undo", "restore --at 3"]);
    let list = place.usher("log --limit 2").quiet();
    assert!(list.contains(" undo 5 ") && list.contains(" restore 3 "), "{list}");
    let rows = place.usher("log --limit 2 --output-format json").json();
    assert_eq!((&rows[0]["kind"], &rows[0]["of"]), (&"undo".into(), &5.into()));
}

#[test]
fn links_and_folders_in_the_way_are_named() {
    for name in [".usher.lock", JOURNAL] {
        let place = filled();
        let path = place.path().join(name);
        fs::rename(&path, place.path().join("aside")).unwrap();
        std::os::unix::fs::symlink("aside", &path).unwrap();
        let refused = place.untouched("user add ann@pve").refused(1);
        assert!(refused.contains(name) && refused.contains("it is a symbolic link"), "{refused}");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let refused = place.untouched("user add ann@pve").refused(1);
        assert!(refused.contains(name) && refused.contains("it is a directory"), "{refused}");
    }
}

#[test]
fn attempts_to_sign_in_are_noted() {
    let place = filled();
    let known = place.run("usher", ["passwd", "joe@pve"], "Tr0ub4dor-and-3\nTr0ub4dor-and-3\n");
    assert_eq!(known.status, 0, "{known:?}");
    assert_eq!(place.run("usher", ["login-check"], "joe@pve\nTr0ub4dor-and-3\n").status, 0);
    assert_eq!(place.run("usher", ["login-check", "--from", "10.0.0.5"], "joe@pve\nSESAME\n").status, 3);
    let found = place.usher("log --kind sign-in --output-format json").json();
    let ends: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            format!(
                "{} {} {}",
                entry["sign_in"]["user"], entry["sign_in"]["outcome"], entry["sign_in"]["reason"]
            )
        })
        .collect();
    assert_eq!(ends, [r#""joe@pve" "admitted" null"#, r#""joe@pve" "refused" "wrong password""#]);
    assert_eq!((&found[1]["from"], &found[1]["sign_in"]["way"]), (&"10.0.0.5".into(), &"password".into()));
    assert!(!place.read(JOURNAL).contains("SESAME"));
    assert!(place.usher("log --who joe@pve").quiet().contains("refused: wrong password"));
    place.write("usher.toml", "[journal]\nsign-ins = false\n");
    assert_eq!(place.run("usher", ["login-check"], "joe@pve\nSESAME\n").status, 3);
    assert_eq!(place.usher("log --kind sign-in --output-format json").json().as_array().unwrap().len(), 2);
}

#[test]
fn without_a_journal_nobody_gets_in_and_nothing_changes() {
    let place = filled();
    assert_eq!(place.run("usher", ["passwd", "joe@pve"], "Tr0ub4dor-and-3\nTr0ub4dor-and-3\n").status, 0);
    fs::remove_file(place.path().join(JOURNAL)).unwrap();
    fs::create_dir(place.path().join(JOURNAL)).unwrap();
    let run = place.run("usher", ["login-check"], "joe@pve\nTr0ub4dor-and-3\n");
    assert!(run.status == 1 && run.err.contains("journal"), "{run:?}");
    assert!(place.untouched("user add ann@pve").refused(1).contains("journal"));
    place.write("usher.toml", "[journal]\nenabled = false\n");
    assert_eq!(place.run("usher", ["login-check"], "joe@pve\nTr0ub4dor-and-3\n").status, 0);
    place.usher("user add ann@pve").quiet();
    assert!(place.usher("log").refused(1).contains("keeps no journal"));
}
