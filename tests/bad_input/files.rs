//! Files, directories and disks that are not as they should be.

use crate::support::{self, Place, Run, fed, words};
use crate::{complains, place};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

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
