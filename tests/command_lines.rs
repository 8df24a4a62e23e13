//! Command lines people have published: every one of them runs unchanged, or is refused as the
//! original refuses it, with words that tell the way out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "command_lines/fill.rs"]
mod fill;
#[path = "command_lines/setting.rs"]
mod setting;
mod support;

use fill::{Filled, fill};
use setting::place;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Mutex;
use support::{Place, Run, fed, in_parallel, words};
use usher::catalogue::Catalogue;

/// Lines the original refuses: a part of the line, what usher says to it, and why it is so.
const REFUSED: &[(&str, &str, &str)] = &[
    ("VM.Monitor", "catalogue pve8", "a privilege of Proxmox VE 8"),
    ("role add PVE_Power-only", "starting with the (case-insensitive) 'PVE'", "a reserved prefix"),
    ("--roles PVEBackupOnly", "role 'PVEBackupOnly' does not exist", "neither built in nor possible to make"),
    ("pool add 100.", "put a letter in front", "a pool starts with a letter"),
    ("pool add 200.", "put a letter in front", "a pool starts with a letter"),
    ("pool add 300.", "put a letter in front", "a pool starts with a letter"),
    ("pool add 500.", "put a letter in front", "a pool starts with a letter"),
    ("pool del    ", "does not exist", "a pool starts with a letter"),
    (r"'pulse-monitor@pam\!pulse'", "does not look like a valid token ID", "an escape that is none"),
    (
        "user add developer1@pve -group developers -password",
        "requires an argument",
        "asked for by usher only",
    ),
    ("pveum realm sync ", "Realm does not exist", "tests/realm_sync.rs has realms with a server"),
];

/// Lines that find things already as they want them, or only show.
const CHANGE_NOTHING: &[&str] = &["user modify developer@pve --enable 1"];

/// Every line of the list without its source, and whether the list marks it as refused.
fn lines() -> Vec<(&'static str, bool)> {
    include_str!("data/command-lines.txt")
        .lines()
        .map(|line| {
            let (command, source) = line.rsplit_once("  # ").unwrap();
            (command, source.contains("[upstream ") || source.contains("upstream CLI rejects"))
        })
        .collect()
}

/// Programs in the place of the system's own, so that no account of this machine is touched.
fn fake_system(place: &Place) -> String {
    for name in ["getent", "chpasswd"] {
        let path = place.program(name);
        fs::write(&path, "#!/bin/sh\nexec /bin/cat > /dev/null\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    place.program("").to_str().unwrap().to_owned()
}

/// Runs a command in a directory that is ready for it. With `own` the program goes by its own name and is told
/// to speak as `pveum`.
fn run(command: &Filled, place: &Place, own: bool) -> Run {
    let path = fake_system(place);
    let mut process = place.command(if own { "usher" } else { "pveum" });
    process.env("PATH", path).args(own.then_some("pveum")).args(&command.words);
    fed(&mut process, "secret-enough\nsecret-enough\n")
}

fn writes(command: &Filled) -> bool {
    let system = command.path == ["passwd"] && command.positionals[0].ends_with("@pam");
    !system && !matches!(command.path.last(), Some(&"list" | &"permissions"))
}

#[track_caller]
fn accepted(line: &str, command: &Filled, catalogue: &Catalogue, settings: &str) {
    for own in [false, true] {
        let place = place(command, catalogue);
        if !settings.is_empty() {
            place.write("usher.toml", settings);
        }
        let before = place.files();
        let run = run(command, &place, own);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{line}\n{:?}", command.words);
        let expected = writes(command) && !CHANGE_NOTHING.iter().any(|part| line.contains(part));
        assert_eq!(before != place.files(), expected, "{line}: whether it changes a file");
    }
}

#[track_caller]
fn refused(line: &str, command: &Filled, said: &str) {
    for own in [false, true] {
        let place = place(command, &Catalogue::pve9());
        let before = place.files();
        let err = run(command, &place, own).refused(255);
        assert!(err.contains(said), "{line}\n{err}");
        assert!(place.files() == before, "{line} is refused and changes a file");
    }
}

#[test]
fn published_command_lines_run_unchanged() {
    let counts = Mutex::new(BTreeMap::new());
    in_parallel(&lines(), |(line, marked)| {
        let command = fill(line);
        let refusal = REFUSED.iter().find(|(part, ..)| line.contains(part));
        let sort = match refusal {
            Some((part, said, _)) => {
                refused(line, &command, said);
                *part
            }
            None => {
                assert!(!marked, "the list says that the original refuses: {line}");
                accepted(line, &command, &Catalogue::pve9(), "");
                "run"
            }
        };
        *counts.lock().unwrap().entry(sort).or_insert(0) += 1;
    });
    let mut counts: BTreeMap<&str, i32> = counts.into_inner().unwrap();
    let run = counts.remove("run");
    for (part, ..) in REFUSED {
        assert!(counts.contains_key(part), "listed and in no line: {part}");
    }
    assert_eq!((run, counts.values().sum()), (Some(372), 30), "run, and refused");
}

/// What only VE 9 refuses, the other catalogue takes.
#[test]
fn the_older_catalogue_takes_the_older_privilege() {
    let mut lines = lines();
    lines.retain(|(line, _)| line.contains("VM.Monitor"));
    assert_eq!(lines.len(), 14);
    in_parallel(&lines, |(line, _)| {
        accepted(line, &fill(line), &Catalogue::pve8(), "catalogue = \"pve8\"\n");
    });
}

/// What a manual says, in the order in which it says it.
#[test]
fn documented_command_lines_run_one_after_the_other() {
    let place = Place::new();
    let documented = [
        ("user add testuser@pve -comment \"Just a test\"", ""),
        ("passwd testuser@pve", "secret-enough\nsecret-enough\n"),
        ("user modify testuser@pve -enable 0", ""),
        ("group add admin -comment \"System Administrators\"", ""),
        ("acl modify / -group admin -role Administrator", ""),
        ("user modify testuser@pve -group admin", ""),
        ("role add VM_Power-only --privs \"VM.PowerMgmt VM.Console\"", ""),
        ("user add joe@pve", ""),
        ("acl modify /access/realm/pve -user joe@pve -role PVEUserAdmin", ""),
        ("user token add joe@pve monitoring -privsep 1", ""),
        ("acl modify /vms -token 'joe@pve!monitoring' -role PVEAuditor", ""),
        ("user permissions joe@pve", ""),
        ("user token permissions joe@pve monitoring", ""),
        ("group add developers -comment \"Our software developers\"", ""),
        ("pool add dev-pool --comment \"IT development pool\"", ""),
        ("acl modify /pool/dev-pool/ -group developers -role PVEAdmin", ""),
        (
            "realm add myrealm1 --type openid --issuer-url https://accounts.google.com \
             --client-id XXXX --client-key YYYY --username-claim email",
            "",
        ),
        ("realm add corp --type ad --domain example.com --server1 192.0.2.10", ""),
        ("realm modify corp --case-sensitive 0", ""),
    ];
    for (line, input) in documented {
        place.run("pveum", words(line), input).quiet();
    }
    let line = "user add developer1@pve -group developers -password";
    place.run("pveum", words(line), "").refused(255);
    place.run("usher", words(line), "secret-enough\nsecret-enough\n").quiet();
    assert_eq!(place.read("user.cfg"), DOCUMENTED);
    assert_eq!(place.read("priv/shadow.cfg").lines().count(), 2);
    assert!(place.read("domains.cfg").contains("case-sensitive 0"));
}

/// What the documented lines leave.
const DOCUMENTED: &str = "\
user:developer1@pve:1:0::::::
user:joe@pve:1:0::::::
token:joe@pve!monitoring:0:1::
user:root@pam:1:0::::::
user:testuser@pve:0:0::::Just a test::

group:admin:testuser@pve:System Administrators:
group:developers:developer1@pve:Our software developers:

pool:dev-pool:IT development pool:::

role:VM_Power-only:VM.Console,VM.PowerMgmt:

acl:1:/:@admin:Administrator:
acl:1:/access/realm/pve:joe@pve:PVEUserAdmin:
acl:1:/pool/dev-pool:@developers:PVEAdmin:
acl:1:/vms:joe@pve!monitoring:PVEAuditor:
";
