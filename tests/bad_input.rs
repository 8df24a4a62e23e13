//! Everything that can be wrong with what usher is given: one clear complaint, the right status, no file
//! changed and none left behind.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::pipe;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;
use support::{Place, Run, fed, words};

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
fn files_that_hold_anything() {
    for junk in [
        &b"\0\0\0"[..],
        b"\xff\xfe\xfd\n",
        b"user:joe@\0pve:1:0::::::\n",
        b":::::\n",
        b"user:\nacl:\n",
        &[b'x'; 100_000],
    ] {
        let place = place();
        let mut text = place.read("user.cfg").into_bytes();
        text.extend_from_slice(junk);
        place.write("user.cfg", &text);
        let run = place.usher("user list --output-format json");
        assert!(run.err.contains("warning: user.cfg:") && !run.err.contains('\0'), "{run:?}");
        assert_eq!(run.json().as_array().unwrap().len(), 2);
        place.usher("user add eve@pve").warned();
        let kept = fs::read(place.path().join("user.cfg")).unwrap();
        let line = junk.split(|byte| *byte == b'\n').next().unwrap();
        let found = kept.windows(line.len()).any(|window| window == line);
        assert!(found, "lost: {:?}", String::from_utf8_lossy(junk));
    }
}

#[test]
fn a_file_that_is_none_or_leads_away() {
    let place = place();
    fs::remove_file(place.path().join("user.cfg")).unwrap();
    fs::create_dir(place.path().join("user.cfg")).unwrap();
    complains(&place, "user add eve@pve", 1, "user.cfg");
    complains(&place, "user list", 1, "it is a directory");
    fs::remove_dir(place.path().join("user.cfg")).unwrap();
    fs::write(place.program("outside"), "user:eve@pve:1:0::::::\n").unwrap();
    symlink(place.program("outside"), place.path().join("user.cfg")).unwrap();
    let message = place.usher("user list").refused(1);
    assert!(message.contains("symbolic link"), "{message}");
    place.usher("user add joe@pve").refused(1);
    assert_eq!(fs::read_to_string(place.program("outside")).unwrap(), "user:eve@pve:1:0::::::\n");
}

#[test]
fn directories_that_are_none() {
    let place = place();
    let file = place.program("file");
    fs::write(&file, "").unwrap();
    complains(&place, &format!("user list --config-dir {}", file.display()), 1, "Not a directory");
    complains(
        &place,
        &format!("user add eve@pve --config-dir {}/deeper", file.display()),
        1,
        "Not a directory",
    );
    let missing = place.program("missing");
    let line = format!("user list --output-format json --config-dir {}", missing.display());
    assert_eq!(place.usher(&line).json().as_array().unwrap().len(), 1, "nothing there: only the superuser");
    assert!(!missing.exists());
    place.usher(&format!("user delete eve@pve --config-dir {}", missing.display())).refused(1);
    assert!(!missing.exists(), "a failure leaves no directory");
}

#[test]
fn directories_that_are_not_for_us() {
    let place = place();
    let path = place.path();
    let run = |line: &str| place.unprivileged(&format!("{line} --config-dir {}", path.display()), &[]);
    run("user list").quiet();
    let before = place.files();
    for (mode, line) in [(0o000, "user list"), (0o555, "user add eve@pve"), (0o000, "user add eve@pve")] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        // The lock file is there already; what cannot be made is the new file beside the old one.
        let message = run(line).refused(1);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(message.contains("Permission denied") && message.contains("config"), "{line}: {message}");
        assert!(place.files() == before, "{line}");
    }
    fs::set_permissions(path.join("user.cfg"), fs::Permissions::from_mode(0o000)).unwrap();
    assert!(run("user list").refused(1).contains("user.cfg"));
    assert!(run("user add eve@pve").refused(1).contains("user.cfg"));
}

/// Runs a line under strace with a fault in it.
fn disturbed(place: &Place, fault: &str, line: &str) -> Run {
    let mut command = Command::new("strace");
    support::environment(&mut command, &place.path());
    command.args(["-qq", "-f", "-o", "/dev/null", "-e", &format!("inject={fault}")]);
    command.arg(place.program("usher")).args(words(line));
    fed(&mut command, "")
}

#[test]
fn a_disk_that_is_full_or_read_only_changes_nothing() {
    for (calls, error, said) in [
        ("write,pwrite64,writev", "ENOSPC", "No space left"),
        ("fsync,fdatasync", "EDQUOT", "quota"),
        ("rename,renameat,renameat2", "EROFS", "Read-only"),
    ] {
        let mut refused = 0;
        for count in 1.. {
            assert!(count < 40, "{calls} never succeeds");
            let place = place();
            let before = place.files();
            let run = disturbed(
                &place,
                &format!("{calls}:error={error}:when={count}"),
                "token add joe@pve more --quiet",
            );
            if run.status == 0 {
                break;
            }
            refused += 1;
            assert_eq!(run.status, 1, "{calls} {count}: {run:?}");
            let stands = run.err.contains("stands") || run.err.contains("in place");
            assert!(run.err.contains(said) || calls.starts_with("write"), "{calls} {count}: {run:?}");
            assert!(stands || place.files() == before, "{calls} {count}: {run:?} {:?}", place.files().keys());
            place.usher("user list").quiet();
            place.usher("user modify joe@pve --comment x").quiet();
            assert!(!place.files().keys().any(|name| name.contains(".usher.")), "{calls} {count}");
        }
        assert!(refused > 0, "{calls} is never called");
    }
}

#[test]
fn broken_settings() {
    for (text, place_of_fault) in [
        ("catalogue = ", "usher.toml:1:"),
        ("\nnonsense = 1\n", "usher.toml:2:"),
        ("catalogue = \"pve7\"", "pve8"),
        ("[lock]\ntimeout = -1\n", "usher.toml:2:"),
        ("\u{0}", "usher.toml:1:"),
    ] {
        let place = place();
        place.write("usher.toml", text);
        for line in ["user list", "user add eve@pve", "user list --output-format json"] {
            let message = place.untouched(line).refused(1);
            assert!(message.contains(place_of_fault), "{text:?}: {message}");
        }
    }
    let place = place();
    place.write("usher.toml", b"# \xff\n");
    assert!(place.usher("user list").refused(1).contains("usher.toml:1:"));
}

#[test]
fn broken_secret_files() {
    let place = place();
    place.write("priv/tfa.cfg", "{\"users\":");
    let run = place.usher("user list");
    assert!(run.status == 0 && run.err.contains("priv/tfa.cfg:1:") && run.out.contains("joe@pve"), "{run:?}");
    place.usher("user add eve@pve").quiet();
    complains(&place, "user delete eve@pve", 1, "priv/tfa.cfg:1:");
    place.write("priv/token.cfg", "what is this\njoe@pve!mon 1-2\n\0\n");
    place.write("priv/tfa.cfg", "{}");
    place.usher("token delete joe@pve mon").warned();
    assert_eq!(place.read("priv/token.cfg"), "what is this\n\0\n");
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
