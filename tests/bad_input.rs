//! Everything that can be wrong with what usher is given: one clear complaint, the right status, no file
//! changed and none left behind.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "bad_input/files.rs"]
mod files;
mod support;

use std::ffi::OsStr;
use std::fs::File;
use std::io::pipe;
use std::os::unix::ffi::OsStrExt as _;
use support::{Place, Run, words};

fn place() -> Place {
    Place::after(&["group add staff", "user add joe@pve --groups staff", "token add joe@pve mon"])
}

/// Refused with this status and one line that names `about`; no file touched.
#[track_caller]
fn complains(place: &Place, line: &str, status: i32, about: &str) {
    let message = place.untouched(line).refused(status);
    let first = message.lines().next().unwrap();
    assert!(first.starts_with("error: ") && first.contains(about), "{line}: {message}");
    let further =
        message.lines().skip(1).all(|line| line.starts_with("usage: ") || line.starts_with("hint: "));
    assert!(further, "{line}: more than one complaint: {message}");
}

#[test]
fn wrong_ids() {
    let place = place();
    for id in [
        "joe",
        "joe@",
        "@pve",
        "j e@pve",
        "joe@1",
        "joe@p",
        "joe:x@pve",
        "jo/e@pve",
        "a,b@pve",
        "a;b@pve",
        "",
    ] {
        complains(&place, &format!("user add '{id}'"), 2, "userid");
    }
    complains(&place, &format!("user add {}@pve", "x".repeat(61)), 2, "userid");
    place.usher(&format!("user add {}@pve", "x".repeat(60))).quiet();
    for id in ["x", "1x", "a b", "a:b", "a!b", "mön"] {
        complains(&place, &format!("token add joe@pve '{id}'"), 2, "tokenid");
    }
    complains(&place, "role add 'a b'", 2, "roleid");
    complains(&place, "realm add '1x' --type pve", 2, "realm");
    complains(&place, "pool add 'a b'", 2, "poolid");
    complains(&place, "acl modify '/a b' --users joe@pve --roles PVEAdmin", 2, "path");
    complains(&place, "acl modify /storage/ünï --users joe@pve --roles PVEAdmin", 2, "path");
}

#[test]
fn unknown_names() {
    let place = place();
    for (line, about) in [
        ("user modify eve@pve --comment x", "'eve@pve'"),
        ("user delete eve@pve", "'eve@pve'"),
        ("user modify joe@pve --groups staff,nobody", "'nobody'"),
        ("group modify nobody --comment x", "'nobody'"),
        ("role modify nobody --privs VM.Audit", "'nobody'"),
        ("pool modify nobody --comment x", "'nobody'"),
        ("realm modify nobody --comment x", "'nobody'"),
        ("token modify joe@pve nope --comment x", "'nope'"),
        ("acl modify / --users joe@pve --roles Nope", "'Nope'"),
        ("user add eve@nowhere --password secret-enough", "'nowhere'"),
    ] {
        complains(&place, line, 1, about);
    }
}

#[test]
fn control_characters_stay_out_of_names_and_off_the_screen() {
    let place = place();
    for bad in ["\n", "\r", "\t", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{9b}2J"] {
        let before = place.files();
        for words in [
            vec!["user".to_owned(), "add".to_owned(), format!("eve{bad}@pve")],
            vec!["user".to_owned(), "add".to_owned(), format!("eve@pve{bad}")],
            vec!["group".to_owned(), "add".to_owned(), format!("g{bad}")],
            vec!["role".to_owned(), "add".to_owned(), format!("r{bad}")],
            vec!["pool".to_owned(), "add".to_owned(), format!("p{bad}")],
            vec![
                "acl".to_owned(),
                "modify".to_owned(),
                format!("/vms/100{bad}"),
                "--users=joe@pve".to_owned(),
                "--roles=PVEAdmin".to_owned(),
            ],
        ] {
            let message = place.run("usher", &words, "").refused(2);
            let shown = message.chars().any(|c| c.is_control() && c != '\n');
            assert!(!shown && place.files() == before, "{words:?}: {message:?}");
        }
    }
    // What is in a file already, or is no name, is shown in a way that does no harm.
    let message = place.run("usher", ["user", "modify", "eve\u{1b}[31m@pve"], "").refused(1);
    assert!(!message.contains('\u{1b}'), "{message:?}");
    place.run("usher", ["user", "modify", "joe@pve", "--comment", "\u{1b}]0;owned\u{7}"], "").quiet();
    place.write("user.cfg", format!("user:e\u{1b}[2Jve@pve:1:0::::::\n{}", place.read("user.cfg")));
    for line in ["user list", "user add eve@pve --dry-run", "user list --output-format yaml"] {
        let text = place.usher(line).out;
        assert!(
            text.contains("[2Jve@pve") && !text.contains('\u{1b}') && !text.contains('\u{7}'),
            "{line}: {text:?}"
        );
    }
}

#[test]
fn values_that_are_too_long_or_no_numbers() {
    let place = place();
    let long = |length: usize| "x".repeat(length);
    for (option, length) in [("comment", 2048), ("firstname", 1024), ("lastname", 1024)] {
        complains(&place, &format!("user modify joe@pve --{option} {}", long(length + 1)), 2, option);
        place.usher(&format!("user modify joe@pve --{option} {}", long(length))).quiet();
    }
    complains(&place, &format!("user modify joe@pve --email {}@b.de", long(254)), 2, "email");
    complains(&place, &format!("user add eve@pve --password {}", long(65)), 2, "password");
    complains(&place, "user add eve@pve --password short", 2, "password");
    for number in
        ["-1", "1.5", "0x10", "1e3", "18446744073709551616", "999999999999999999999999999999999999999999"]
    {
        complains(&place, &format!("user modify joe@pve --expire {number}"), 2, "expire");
    }
    complains(&place, "pool modify x --vms 99", 2, "vms");
    complains(&place, "pool modify x --vms abc", 2, "vms");
    complains(&place, "user list --output-format xml", 2, "output-format");
    complains(&place, "user modify joe@pve --nope 1", 2, "nope");
}

#[test]
fn arguments_that_are_not_utf_8() {
    let place = place();
    let before = place.files();
    let bad = OsStr::from_bytes(b"j\xfc@pve");
    let message = place.run("usher", [OsStr::new("user"), OsStr::new("add"), bad], "").refused(2);
    assert!(message.contains("argument 3 is not UTF-8"), "{message}");
    assert!(place.files() == before);
    // The original replaces the byte; what comes of it is no good name either.
    place.run("pveum", [OsStr::new("user"), OsStr::new("modify"), bad], "").refused(255);
    assert!(place.files() == before);
}

#[test]
fn answers_that_nobody_takes() {
    let place = place();
    let run = |line: &str, full: bool| {
        let mut command = place.command("usher");
        command.args(words(line));
        if full {
            command.stdout(File::options().write(true).open("/dev/full").unwrap());
        } else {
            let (reader, writer) = pipe().unwrap();
            drop(reader);
            command.stdout(writer);
        }
        Run::from(command.output().unwrap())
    };
    for line in [
        "user list",
        "role list --output-format json",
        "--help",
        "--version",
        "user add --help",
        "help",
        "user delete joe@pve --dry-run",
    ] {
        let gone = run(line, false);
        let status = if line.ends_with("--dry-run") { 3 } else { 0 };
        assert_eq!(gone.status, status, "{line}: {gone:?}");
        assert!(status == 3 || gone.err.is_empty(), "{line}: {gone:?}");
        let full = run(line, true);
        assert!(
            full.status == 1 && full.err.contains("standard output") && full.err.contains("No space left"),
            "{line}: {full:?}"
        );
    }
}
