//! Where secrets can be seen while they pass: nowhere, at no moment. Every system call is looked at.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use support::{Place, fed};

const PASSWORD: &str = "tide gravel onion";

/// The system calls of a line, as `strace` writes them down, with a umask that forbids nothing.
fn calls(place: &Place, line: &str, input: &str) -> Vec<String> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "umask 0; exec strace -f -y -s 4096 -o \"$0\" -- \"$@\""]).arg(log.path());
    command.arg(place.program("usher")).args(support::words(line));
    support::environment(&mut command, &place.path());
    let run = fed(&mut command, input);
    let log = fs::read_to_string(log.path()).unwrap();
    assert!(run.status == 0 && !log.is_empty(), "apt-get install strace? {run:?}");
    log.lines().map(str::to_owned).collect()
}

/// The permissions a call that makes a file, or changes them, asks for.
fn mode(call: &str) -> Option<u32> {
    let (arguments, _) = call.rsplit_once(") = ").or_else(|| call.rsplit_once(')'))?;
    u32::from_str_radix(arguments.rsplit([',', ' ']).next()?, 8).ok()
}

#[test]
fn nobody_else_can_read_a_secret_at_any_moment() {
    let place = Place::new();
    for (line, input) in [
        ("user add joe@pve --password -", PASSWORD),
        ("passwd joe@pve --password -", PASSWORD),
        ("token add joe@pve ci", ""),
        ("tfa add recovery joe@pve", ""),
        (
            "realm add corp --type ldap --server1 127.0.0.1 --base_dn dc=x --user_attr uid --bind_dn cn=x --password -",
            PASSWORD,
        ),
    ] {
        let mut below = 0;
        for call in calls(&place, line, input) {
            let makes = ["O_CREAT", "mkdir(", "mkdirat("].iter().any(|sign| call.contains(sign));
            let changes = ["chmod(", "fchmod(", "fchmodat("].iter().any(|sign| call.contains(sign));
            if (makes || changes) && call.contains("/priv") {
                below += 1;
                let mode = mode(&call).unwrap_or_else(|| panic!("{line}: {call}"));
                assert_eq!(mode & 0o077, 0, "{line}: {call}");
            }
        }
        assert!(below > 0, "{line}: nothing was made below priv/");
        let priv_mode = place.path().join("priv").metadata().unwrap().permissions().mode();
        assert_eq!(priv_mode & 0o077, 0, "{line}");
    }
}

#[test]
fn a_password_is_read_and_never_handed_on() {
    let place = Place::after(&["user add ann@pve"]);
    for (line, input) in [
        ("user add joe@pve --password -", format!("{PASSWORD}\n")),
        ("passwd ann@pve", format!("{PASSWORD}\n{PASSWORD}\n")),
        ("login-check", format!("joe@pve\n{PASSWORD}\n")),
        ("ticket joe@pve", format!("{PASSWORD}\n")),
    ] {
        let calls = calls(&place, line, &input);
        let read = |call: &&String| call.contains(" read(0<");
        // It comes byte by byte.
        let typed = calls.iter().filter(read).count();
        assert!(typed >= PASSWORD.len(), "{line}: the password was not read");
        for call in calls.iter().filter(|call| !read(call)) {
            assert!(!call.contains(PASSWORD), "{line}: {call}");
        }
        let position = |sign: &str| calls.iter().position(|call| call.contains(sign));
        let first = calls.iter().position(|call| read(&call)).unwrap();
        for sign in ["PR_SET_DUMPABLE, SUID_DUMP_DISABLE", "RLIMIT_CORE, {rlim_cur=0, rlim_max=0}"] {
            let closed = position(sign).unwrap_or_else(|| panic!("{line}: no {sign}"));
            assert!(closed < first, "{line}: {sign} comes after the password");
        }
    }
}

/// What is written down does not hold what was typed, whatever goes wrong.
#[test]
fn no_refusal_repeats_a_secret() {
    let place = Place::after(&["user add joe@pve", "user add joe@pam"]);
    for (line, input) in [
        ("passwd joe@pve", "secret word one\nsecret word two\n"),
        ("passwd eve@pve --password -", "secret word one\n"),
        ("passwd joe@nowhere --password -", "secret word one\n"),
        ("passwd joe@pve --password -", "secret\n"),
        ("login-check", "joe@pve\nsecret word one\n"),
        ("ticket joe@pve", "secret word one\n"),
        ("ticket verify", "PVE:secret:word::one\n"),
        ("token verify", "joe@pve!secret=word\n"),
        ("tfa verify joe@pve", "totp:secret\n"),
        ("tfa add totp joe@pve --key-from-stdin", "secretsecret!\n0\n"),
    ] {
        for name in ["usher", "pveum"] {
            let run = place.run(name, support::words(line), input);
            assert_ne!(run.status, 0, "{name} {line}");
            assert!(!run.err.contains("secret") && !run.out.contains("secret"), "{name} {line}: {run:?}");
        }
    }
    let files = place.files();
    assert!(files.values().all(|text| !String::from_utf8_lossy(text).contains("secret")));
}

/// A name with the end of a line in it makes no line of its own.
#[test]
fn a_name_forges_no_line() {
    let place = Place::after(&["user add joe@pve"]);
    let forged = "joe@pve\nerror: root@pam signed in\u{1b}[2K\r";
    for words in [
        &["ticket", forged][..],
        &["passwd", forged],
        &["user", "add", forged],
        &["user", "tfa", "unlock", forged],
        &["user", "token", "add", forged, "ci"],
    ] {
        for name in ["usher", "pveum"] {
            let run = place.run(name, words, "secret word one\nsecret word one\n");
            assert_ne!(run.status, 0, "{words:?}");
            assert!(!run.err.contains(['\u{1b}', '\r']), "{run:?}");
            assert!(!run.err.lines().any(|line| line.starts_with("error: root@pam")), "{run:?}");
        }
    }
    assert_eq!(place.lines("user").len(), 2, "{:?}", place.lines("user"));
}
