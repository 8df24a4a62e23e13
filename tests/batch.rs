//! Many commands as one change.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::Place;

const TEAM: &str = "\
# The new team
usher group add ops --comment 'Keep \"it\" running'
user add ann@pve --groups ops   # the first one

user add ben@pve --groups ops --comment \"Ben's account\" --expire 2030-01-01
role add watch --privs VM.Audit
acl modify /vms --groups ops --roles watch
token add ann@pve ci
user delete ben@pve
";

fn batch(place: &Place, options: &[&str], text: &str) -> support::Run {
    place.run("usher", ["batch"].iter().chain(options), text)
}

fn entries(place: &Place) -> usize {
    place.usher("log --output-format json").json().as_array().unwrap().len()
}

#[test]
fn all_lines_are_one_change() {
    let place = Place::new();
    let run = batch(&place, &[], TEAM);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.contains("ann@pve!ci"), "the token's secret is told: {run:?}");
    // What comes later in the batch sees what came before, and finds nothing of who has gone.
    assert_eq!(place.lines("group"), ["ops:ann@pve:Keep \"it\" running:"]);
    assert_eq!(place.lines("acl"), ["1:/vms:@ops:watch:"]);
    assert!(place.read("priv/token.cfg").starts_with("ann@pve!ci "));
    assert!(!place.read("user.cfg").contains("ben"));
    assert_eq!(entries(&place), 1);
    let file = place.path().join("team.txt");
    std::fs::write(&file, "user delete ann@pve\n").unwrap();
    place.usher(&format!("batch {}", file.display())).warned();
    assert_eq!(place.lines("group"), ["ops::Keep \"it\" running:"]);
}

#[test]
fn nothing_happens_when_one_line_fails() {
    let place = Place::after(&["user add joe@pve"]);
    let before = place.files();
    for (text, line, words) in [
        ("user add ann@pve\nuser add joe@pve\nuser add ben@pve\n", 2, "user 'joe@pve' already exists"),
        ("user add ann@pve\n\n# x\nuser add ben@pve --email nobody\n", 4, "email: value does not look like"),
        ("user add ann@pve\nusr add ben@pve --x 1\n", 2, "unknown command 'usr'"),
        ("user add ann@pve\nuser add ben@pve --nonsense 1\n", 2, "nonsense"),
        ("user\n", 1, "incomplete command 'user'"),
        ("user add 'ann@pve\n", 1, "a quote does not end"),
        ("user add ann@pve \\\n", 1, "the line ends in a '\\'"),
        ("user add ann@pve\nuser list\n", 2, "'user list' changes nothing"),
        ("batch x\n", 1, "'batch' cannot be part of a batch"),
        ("undo\n", 1, "cannot be part of a batch"),
        ("realm sync pve\n", 1, "cannot be part of a batch"),
        ("user add ann@pve --password\n", 1, "would ask for a password"),
        ("user add ann@pve --password -\n", 1, "would ask for a password"),
        ("passwd joe@pve\n", 1, "would ask for a password"),
        ("user add ann@pve --dry-run\n", 1, "--dry-run holds for the whole batch"),
        ("user add ann@pve --config-dir /x\n", 1, "--config-dir holds for the whole batch"),
        ("user add ann@pve\npasswd root@pam --password 'correct horse battery'\n", 2, "of the system"),
    ] {
        let said = batch(&place, &[], text).refused(1);
        assert!(said.contains(&format!("standard input:{line}: error: ")), "{text}: {said}");
        assert!(said.contains(words) && said.contains("error: nothing was changed"), "{text}: {said}");
        assert!(place.files() == before, "{text}");
    }
    let said = batch(&place, &[], "x\nuser add ann@pve\ny\n").refused(1);
    assert!(said.contains(":1: ") && said.contains(":3: ") && said.contains("2 of 3 lines"), "{said}");
    assert!(place.usher("batch /nowhere").refused(1).contains("cannot read '/nowhere'"));
    assert_eq!(batch(&place, &[], "# nothing\n").quiet(), "");
    assert_ne!(place.pveum("batch").status, 0);
}

#[test]
fn those_that_can_be_are_done_with_keep_going() {
    let place = Place::after(&["user add joe@pve"]);
    let before = entries(&place);
    let text = "user add ann@pve\nuser add joe@pve\nnonsense\nuser add ben@pve\n";
    let run = batch(&place, &["--keep-going"], text);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.err.contains("standard input:2: error: user 'joe@pve' already exists"), "{run:?}");
    assert!(run.err.contains("standard input:3: error: unknown command 'nonsense'"), "{run:?}");
    assert!(run.err.contains("2 of 4 lines failed"), "{run:?}");
    assert_eq!(entries(&place), before + 2);
    assert_eq!(place.lines("user").len(), 4);
    place.untouched("batch --keep-going --dry-run").refused(2);
}

#[test]
fn a_dry_run_shows_the_whole_difference() {
    let place = Place::after(&["user add joe@pve"]);
    let before = place.files();
    let run = batch(&place, &["--dry-run"], TEAM);
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.out.contains("+user:ann@pve:") && run.out.contains("+group:ops:"), "{run:?}");
    assert!(run.out.contains("+ ann@pve") && run.out.contains("via @ops"), "{run:?}");
    assert!(place.files() == before);
    let run = batch(&place, &["--dry-run"], "user modify joe@pve --enable 1\n");
    assert_eq!((run.status, run.out.as_str()), (0, ""));
}

#[test]
fn passwords_of_a_batch_let_in() {
    let place = Place::with(&[("domains.cfg", "pam: pam\n\npve: pve\n")]);
    let text = "user add ann@pve --password 'correct horse battery'\nuser add ben@pve\npasswd ben@pve --password 'staple of many words'\n";
    batch(&place, &[], text).quiet();
    assert_eq!(place.read("priv/shadow.cfg").lines().count(), 2);
    for (user, password, status) in [
        ("ann@pve", "correct horse battery", 0),
        ("ben@pve", "staple of many words", 0),
        ("ben@pve", "correct horse battery", 3),
    ] {
        let run = place.run("usher", ["ticket", user], &format!("{password}\n"));
        assert_eq!(run.status, status, "{user}: {run:?}");
    }
    let said = batch(&place, &[], "user add cleo@pve --password password1\n").refused(1);
    assert!(!said.contains("password1"), "{said}");
}

#[test]
fn answers_and_failures_as_data() {
    let place = Place::after(&["user add joe@pve"]);
    let run = batch(&place, &["--output-format", "json"], "# x\ntoken add joe@pve ci\nuser add x1@pve\n");
    let answer = run.json();
    assert_eq!((&answer["lines"], &answer["failed"]), (&json!(2), &json!([])));
    assert_eq!(
        (&answer["answers"][0]["line"], &answer["answers"][0]["command"]),
        (&json!(2), &json!("token add"))
    );
    assert_eq!(answer["answers"][0]["answer"]["full-tokenid"], "joe@pve!ci");
    let run = batch(&place, &["--output-format", "json", "--keep-going"], "user add joe@pve\n");
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["failed"], json!([{"line": 1, "error": "user 'joe@pve' already exists"}]));
}

#[test]
fn a_batch_comes_to_what_its_lines_come_to() {
    let lines: Vec<String> = (0..60)
        .flat_map(|number| {
            let name = format!("u{number:03}@pve");
            let group = format!("g{}", number % 3);
            [
                format!("user add {name} --groups {group}"),
                format!("acl modify /vms/{} --users {name} --roles PVEAuditor", 100 + number % 7),
                match number % 4 {
                    0 => format!("user delete {name}"),
                    1 => format!("token add {name} tok --comment x"),
                    2 => format!("user rename {name} r{number}@pve"),
                    _ => format!("user modify {name} --enable 0"),
                },
            ]
        })
        .collect();
    let first = ["group add g0", "group add g1", "group add g2", "user add ghost@pve --groups g0"];
    let (one, many) = (Place::after(&first), Place::after(&first));
    // What somebody left behind under a name that comes back.
    for place in [&one, &many] {
        place.write("priv/shadow.cfg", "u003:$5$a$b:\nu007:$5$a$b:\nother:$5$a$b:\n");
        place.write("priv/token.cfg", "u005@pve!old 1\nzed@pve!old 2\n");
        place.write(
            "user.cfg",
            place.read("user.cfg") + "acl:1:/:u001@pve,u009@pve,u009@pve!tok:Administrator:\n",
        );
    }
    for line in &lines {
        assert_eq!(one.usher(line).status, 0, "{line}");
    }
    let run = batch(&many, &[], &lines.join("\n"));
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(many.read("user.cfg"), one.read("user.cfg"));
    assert_eq!(many.read("priv/shadow.cfg"), one.read("priv/shadow.cfg"));
    let tokens = |place: &Place| -> Vec<String> {
        place.read("priv/token.cfg").lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(tokens(&many), tokens(&one));
}
