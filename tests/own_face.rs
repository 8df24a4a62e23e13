//! What usher's own face takes care of where the original is silent.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::process::Stdio;
use support::terminal::{SIGHUP, SIGTERM, on_terminal};
use support::{Place, Run};

#[test]
fn a_directory_that_is_not_there_is_no_empty_one() {
    let place = Place::new();
    let file = place.program("p.toml");
    fs::write(&file, "[[test]]\nname = \"n\"\nwho = \"ann@pve\"\npath = \"/\"\nprivileges = []\n").unwrap();
    let file = file.display();
    place.usher(&format!("test {file}")).quiet();
    place.usher("export").quiet();
    fs::remove_dir_all(place.path()).unwrap();
    let typo = place.program("typo");
    let named = format!("--config-dir {}", typo.display());
    for line in [
        format!("test {file}"),
        format!("test {named} {file}"),
        "export".to_owned(),
        "log verify".to_owned(),
        "log adopt".to_owned(),
        "log adopt --dry-run".to_owned(),
    ] {
        let said = place.usher(&line).refused(1);
        assert!(said.starts_with("error: the config directory '"), "{line}: {said}");
        assert!(said.contains("' does not exist\nhint: "), "{line}: {said}");
        assert!(!place.path().exists() && !typo.exists(), "{line}");
    }
}

#[test]
fn whoever_is_turned_away_makes_no_directory() {
    let place = Place::new();
    fs::remove_dir(place.path()).unwrap();
    for (line, input) in [
        ("login-check", "ann@pve\nsecret12\n"),
        ("ticket ann@pve", "secret12\n"),
        ("token verify", "ann@pve!t=11111111-2222-3333-4444-555555555555\n"),
    ] {
        place.run("usher", support::words(line), input).refused(3);
        assert!(!place.path().exists(), "{line}");
    }
}

fn import(place: &Place, text: &str, options: &str) -> Run {
    let file = place.program("users.csv");
    fs::write(&file, text).unwrap();
    place.usher(&format!("user import {} {options}", file.display()))
}

#[test]
fn an_export_goes_into_an_empty_directory() {
    let place = Place::after(&[
        "group add ops",
        "user modify root@pam --email root@example.org --groups ops",
        "user add ann@pve --groups ops",
    ]);
    let table = place.usher("user export").quiet();
    let fresh = Place::new();
    let said = import(&fresh, &table, "--create-groups").warned();
    assert!(said.contains("1 users added, 1 changed, 0 as they were"), "{said}");
    assert_eq!(fresh.usher("user export").quiet(), table);
    // Where others are known already, but nothing of the superuser.
    let other = Place::after(&["group add ops", "user add ben@pve"]);
    import(&other, &table, "").warned();
    // What is known of the superuser is not overwritten unasked.
    let other = table.replace("root@example.org", "other@example.org");
    let said = import(&fresh, &other, "").refused(1);
    assert!(said.contains("user 'root@pam' already exists"), "{said}");
}

#[test]
fn what_is_not_there_is_not_taken_away_in_silence() {
    let place = Place::after(&[
        "user add ann@pve",
        "user add ben@pve",
        "tfa add recovery ann@pve",
        "acl modify /vms --users ann@pve --roles PVEAdmin,PVEAuditor",
    ]);
    for (line, words) in [
        ("tfa delete annn@pve", "no such user ('annn@pve')"),
        ("tfa delete ben@pve", "user 'ben@pve' has no second factors"),
        ("tfa delete ann@pve --id nope", "no such"),
        ("acl delete /vms/555 --users ann@pve --roles PVEAdmin", "no ACL entry at '/vms/555' for 'ann@pve'"),
        ("acl delete /vms --users ann@pve,ben@pve --roles PVEAdmin", "for 'ben@pve' with such a role"),
        ("acl delete /vms --users ann@pve --roles PVEAdmin,PVEVMUser", "with role 'PVEVMUser'"),
        ("acl delete /vms --users ben@pve --roles PVEAdmin --dry-run", "no ACL entry"),
    ] {
        let said = place.untouched(line).refused(1);
        assert!(said.contains(words), "{line}: {said}");
        let as_pveum = line.trim_end_matches(" --dry-run").replace("tfa delete", "user tfa delete");
        if !line.contains(" --id ") && !line.contains(',') {
            let run = place.pveum(&as_pveum);
            assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "", ""), "{as_pveum}");
        }
    }
    for line in [
        "tfa delete annn@pve --ignore-missing",
        "tfa delete ben@pve --ignore-missing",
        "tfa delete ann@pve --id nope --ignore-missing",
        "acl delete /vms/555 --users ann@pve --roles PVEAdmin --ignore-missing",
    ] {
        place.untouched(line).quiet();
    }
    place.all(&[
        "acl delete /vms --users ann@pve,ben@pve --roles PVEAdmin --ignore-missing",
        "acl delete /vms --users ann@pve --roles PVEAuditor",
        "tfa delete ann@pve",
    ]);
    assert_eq!(place.lines("acl"), Vec::<String>::new());
    place.write("priv/tfa.cfg", "garbage{");
    place.untouched("tfa delete ann@pve --id nope --ignore-missing").refused(1);
}

#[test]
fn who_has_no_second_factors_has_no_locks() {
    let place = Place::after(&["user add ann@pve"]);
    let said = place.untouched("tfa unlock ann@pve").warned();
    assert!(said.contains("nothing was locked: user 'ann@pve' has no second factors"), "{said}");
    assert!(place.untouched("tfa unlock annn@pve").refused(1).contains("no such user ('annn@pve')"));
    assert_eq!(place.pveum("user tfa unlock ann@pve").refused(255), "no such user\n");
}

#[test]
fn an_answer_that_is_lost_is_told_with_the_change() {
    let place = Place::after(&["user add ben@pve"]);
    let full = |name: &str, line: &str| {
        let mut command = place.command(name);
        command.args(support::words(line)).stdin(Stdio::null());
        command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        Run::from(command.output().unwrap())
    };
    let way = "'usher token modify ben@pve t1 --regenerate' makes a new one";
    for (line, hint) in [
        ("token add ben@pve t1", way),
        ("token modify ben@pve t1 --regenerate", way),
        ("token modify ben@pve t1 --comment x", "the change was made, only its answer is lost"),
        ("tfa add recovery ben@pve", "'usher tfa delete ben@pve --id recovery'"),
    ] {
        let run = full("usher", line);
        assert_eq!(run.status, 1, "{line}: {run:?}");
        assert!(run.err.contains("the change was made") && run.err.contains(hint), "{line}: {run:?}");
        assert!(run.err.starts_with("error: cannot write 'standard output': "), "{line}: {run:?}");
    }
    for line in ["user list", "check", "log adopt"] {
        assert!(!full("usher", line).err.contains("the change was made"), "{line}");
    }
    let run = full("pveum", "user token add ben@pve t2");
    assert!(run.status == 255 && !run.err.contains("change"), "{run:?}");

    // A reader that has gone away is nobody's fault, unless a secret was for it.
    let gone = |line: &str| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = place.command("usher");
        command.args(support::words(line)).stdin(Stdio::null()).stdout(writer);
        Run::from(command.output().unwrap())
    };
    let run = gone("token add ben@pve t3");
    assert!(run.status == 1 && run.err.contains("modify ben@pve t3 --regenerate"), "{run:?}");
    let run = gone("token modify ben@pve t3 --comment x");
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
}

#[test]
fn help_tells_every_option() {
    let place = Place::new();
    let text = place.usher("help user add").quiet();
    for option in ["--dry-run", "--output-format", "--as", "--config-dir", "--if-not-exists"] {
        assert!(text.contains(&format!("\n  {option} ")), "{option}: {text}");
    }
    assert!(place.usher("help user list").quiet().contains("--noborder"));
    let text = place.pveum("help user add").quiet();
    assert!(!text.contains("--dry-run") && !text.contains("--config-dir"), "{text}");
}

#[test]
fn what_was_expected_is_named_when_input_ends() {
    let place = Place::after(&["user add ann@pve"]);
    for (line, what) in [
        ("ticket verify", "ticket"),
        ("token verify", "token"),
        ("tfa verify ann@pve", "second factor"),
        ("tfa add totp ann@pve", "code"),
        ("passwd ann@pve", "password"),
    ] {
        let run = place.run("usher", support::words(line), "");
        assert!(
            run.status == 1 && run.err.contains(&format!("EOF while reading {what}\n")),
            "{line}: {run:?}"
        );
    }
    let said = place.run("usher", ["passwd", "nobody@pve"], "").refused(1);
    assert!(said.contains("no such user ('nobody@pve')"), "{said}");
    let said = place.run("pveum", ["passwd", "nobody@pve"], "").refused(255);
    assert!(said.contains("EOF while reading password"), "{said}");
}

#[test]
fn a_variable_that_lets_nobody_in_is_named() {
    let place = Place::after(&["user add ann@pve", "token add ann@pve mon"]);
    let with = |token: &str| {
        let mut command = place.command("usher");
        support::fed(command.env("USHER_TOKEN", token).args(["user", "list"]), "")
    };
    for empty in ["", " \n"] {
        assert!(with(empty).refused(2).contains("error: USHER_TOKEN is empty: "));
    }
    let secret = "11111111-2222-3333-4444-555555555555";
    let said = [format!("ann@pve!mon={secret}"), format!("ann@pve!nope={secret}"), "nonsense".to_owned()]
        .map(|token| with(&token).refused(3));
    assert!(said[0].starts_with("error: authentication failure\nhint: USHER_TOKEN is set"), "{said:?}");
    assert!(said[0] == said[1] && said[1] == said[2], "{said:?}");
}

#[test]
fn tables_and_batches_come_in_any_way() {
    let place = Place::new();
    let file = place.program("lines.txt");
    fs::write(&file, "\u{feff}user add ann@pve\nuser add ben@pve\n").unwrap();
    place.usher(&format!("batch {}", file.display())).quiet();
    place.run("usher", ["batch", "-"], "\u{feff}user add cleo@pve\n").quiet();
    let said = place.run("usher", ["user", "import", "-"], "userid\ndora@pve\n").warned();
    assert!(said.contains("1 users added"), "{said}");
    let said = place.run("usher", ["user", "import", "-"], "userid\nnobody\n").refused(1);
    assert!(said.starts_with("standard input:2: userid: "), "{said}");
    assert_eq!(place.lines("user").len(), 5);
}

#[test]
fn questions_about_an_odd_path_are_answered_with_a_warning() {
    let place = Place::after(&["user add ann@pve", "acl modify / --users ann@pve --roles PVEAuditor"]);
    for line in [
        "access ann@pve --path /vm/100",
        "matrix --path /vm/100",
        "tree /vm/100",
        "can ann@pve VM.Audit /vm/100",
        "who-can VM.Audit /vm/100",
    ] {
        let said = place.untouched(line).err;
        assert!(said.contains("warning: no ACL entry can be set at '/vm/100': "), "{line}: {said}");
        assert_eq!(place.untouched(&line.replace("/vm/", "/vms/")).err, "", "{line}");
    }
}

#[test]
fn what_others_left_is_not_told_to_a_delegate() {
    let config = "user:joe@pve:1:0::::::\n\ngroup:team:joe@pve,gone@pve::\n\n\
                  acl:1:/access/realm/pve:joe@pve:PVEUserAdmin:\nacl:1:/access/groups:joe@pve:PVEUserAdmin:\n\
                  acl:1:/vms:gone@pve:PVEAdmin:\n";
    for (options, told) in [("", true), ("--as joe@pve", false)] {
        let place = Place::with(&[("user.cfg", config), ("priv/shadow.cfg", "gone:$5$x$y:\n")]);
        let run = place.usher(&format!("{options} user add gone@pve --groups team"));
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(run.err.contains("left-over"), told, "{options}: {run:?}");
    }
}

#[test]
fn a_realm_that_is_not_there_is_told_in_one_way() {
    let place = Place::new();
    for line in ["realm sync nope", "realm test nope", "realm show nope"] {
        assert!(place.untouched(line).refused(1).contains("error: domain 'nope' does not exist"), "{line}");
    }
    assert!(place.pveum("realm sync nope").refused(255).contains("realm: Realm does not exist."));
}

#[test]
fn a_signal_at_a_prompt_leaves_the_terminal_as_it_was() {
    let place = Place::after(&["user add ann@pve"]);
    let asked = ("Enter new password: ", "some");
    for (name, signal) in [("usher", SIGTERM), ("usher", SIGHUP), ("pveum", SIGTERM)] {
        let mut command = place.command(name);
        command.args(["passwd", "ann@pve"]);
        // That the terminal is as before is seen there, and the last star is awaited.
        let run = on_terminal(&command, (80, 24), &[asked, ("****", signal)]);
        assert_eq!(run.status, -1, "{name} {signal}: {run:?}");
    }
    assert!(place.read("priv/shadow.cfg").is_empty());
}
