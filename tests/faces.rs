//! The two faces of the command line: exit statuses, names and their short forms, options, help, and
//! which directory a command is about.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;
use support::{Place, Run, words};

/// A directory with one of everything.
fn place() -> Place {
    Place::after(&["group add staff", "user add joe@pve --groups staff", "token add joe@pve mon"])
}

#[test]
fn exit_statuses_tell_the_kind_as_usher_and_one_thing_as_pveum() {
    let place = place();
    for (line, status) in [
        ("user list", 0),
        ("user add joe@pve", 1),
        ("group delete nobody", 1),
        ("role delete PVEAdmin", 1),
        ("user add joe", 2),
        ("user add", 2),
        ("user add eve@pve --expire never", 2),
        ("user nonsense", 2),
        ("user", 2),
        ("", 2),
        ("ticket joe@pve", 1),
    ] {
        let before = place.files();
        let (own, original) = (place.usher(line), place.pveum(line));
        // Without a word usher shows what there is.
        let own_status = if line.is_empty() { 0 } else { status };
        let original_status = if status == 0 { 0 } else { 255 };
        assert_eq!(
            (own.status, original.status),
            (own_status, original_status),
            "{line}: {own:?} {original:?}"
        );
        assert_eq!(own.err.is_empty(), own_status == 0, "{line}: {own:?}");
        assert_eq!(original.err.is_empty(), status == 0, "{line}: {original:?}");
        assert!(place.files() == before, "{line}");
    }
    assert_eq!(place.usher("user delete joe@pve --dry-run").status, 3);
}

#[test]
fn the_name_decides_the_face_wherever_the_program_lies() {
    let place = place();
    let copy = place.program("sbin");
    fs::create_dir(&copy).unwrap();
    std::os::unix::fs::symlink(support::USHER, copy.join("pveum")).unwrap();
    assert_eq!(place.run("sbin/pveum", ["user", "add"], "").status, 255);
    assert_eq!(place.run("usher", ["pveum", "user", "add"], "").status, 255);
    assert_eq!(place.run("usher", ["user", "add"], "").status, 2);
    assert_eq!(place.run("pveum", ["pveum", "user", "list"], "").status, 255);
}

#[test]
fn names_may_be_shortened_while_one_fits() {
    let place = place();
    for line in [
        "u l",
        "us li",
        "user list",
        "g l",
        "gr list",
        "a l",
        "po l",
        "rea l",
        "ro l",
        "user to l joe@pve",
        "user p joe@pve",
        "user t l joe@pve",
    ] {
        let (own, original) = (place.usher(line), place.pveum(line));
        let ambiguous = line == "user t l joe@pve";
        assert_eq!((own.status, original.status), if ambiguous { (2, 255) } else { (0, 0) }, "{line}");
        assert_eq!(own.err.contains("incomplete command"), ambiguous, "{line}: {}", own.err);
    }
    for line in ["p", "r l", "p l"] {
        assert!(place.usher(line).refused(2).contains(&format!("incomplete command 'usher {line}'")));
        assert!(place.pveum(line).refused(255).contains(&format!("incomplete command 'pveum {line}'")));
    }
    // A name of usher's own never gets into the way of the original's.
    assert!(place.usher("t").refused(2).contains("usher ticket"));
    place.usher("tok l joe@pve").quiet();
    place.pveum("tok l joe@pve").refused(255);
}

#[test]
fn old_names_of_commands_work_in_full_only() {
    let place = Place::new();
    for line in [
        "groupadd g -comment c",
        "groupmod g -comment d",
        "useradd joe@pve -group g",
        "usermod joe@pve -comment x",
        "roleadd r -privs VM.Audit",
        "rolemod r -privs VM.Console",
        "aclmod /vms -user joe@pve -role r",
        "acldel /vms -user joe@pve -role r",
        "userdel joe@pve",
        "groupdel g",
        "roledel r",
    ] {
        let short = line.replacen("add ", "ad ", 1);
        if short != line {
            place.pveum(&short).refused(255);
        }
        place.pveum(line).quiet();
    }
    assert_eq!(place.read("user.cfg"), "user:root@pam:1:0::::::\n\n\n\n\n");
}

#[test]
fn options_have_the_habits_of_the_original() {
    let place = place();
    let comment = |line: &str| {
        assert_eq!(place.pveum(line).quiet(), "", "{line}");
        place.lines("user")[0].split(':').nth(6).unwrap().to_owned()
    };
    assert_eq!(comment("user modify joe@pve -comment a"), "a");
    assert_eq!(comment("user modify joe@pve --COMMENT b"), "b");
    assert_eq!(comment("user modify --comm c joe@pve"), "c");
    assert_eq!(comment("user modify joe@pve --comment=d=e"), "d=e");
    assert_eq!(comment("user modify joe@pve --comment x --comment y"), "y");
    assert_eq!(comment("user modify joe@pve --comment --enable"), "--enable");
    assert_eq!(comment("user modify --comment z -- joe@pve"), "z");
    assert_eq!(comment("user modify joe@pve --comment ''"), "");
    for (line, said) in [
        ("user modify joe@pve --comment=", "requires an argument"),
        ("user modify joe@pve --comment", "requires an argument"),
        ("user modify joe@pve -e 1", "ambiguous (email, enable, expire)"),
        ("user modify joe@pve --noenable", "Unknown option: noenable"),
        ("user modify joe@pve eve@pve", "too many arguments"),
        ("user modify --enable=maybe joe@pve", "unable to parse boolean option"),
    ] {
        assert!(place.pveum(line).refused(255).contains(said), "{line}");
        assert!(place.usher(line).refused(2).contains(said), "{line}");
    }
}

#[test]
fn a_switch_swallows_the_next_word_only_as_pveum() {
    let place = place();
    place.pveum("user add --enable eve@pve").refused(255);
    place.usher("user add --enable eve@pve").quiet();
    for (value, stored) in [("0", '0'), ("on", '1'), ("NO", '0'), ("True", '1'), ("off", '0'), ("yes", '1')] {
        for run in [
            place.pveum(&format!("user modify joe@pve --enable {value}")),
            place.usher(&format!("user modify --enable {value} joe@pve")),
        ] {
            run.quiet();
            let line = &place.lines("user")[1];
            assert_eq!(line.split(':').nth(1).unwrap(), stored.to_string(), "{value}: {line}");
        }
    }
}

#[test]
fn usher_guesses_what_was_meant() {
    let place = place();
    for (line, meant) in
        [("usr list", "user"), ("user lst", "list"), ("user token ad x", "add"), ("gruop list", "group")]
    {
        let run = place.usher(line);
        assert!(run.status != 0 && run.err.contains(meant), "{line}: {run:?}");
    }
    assert!(place.usher("role add x --privs VM.Adit").refused(2).contains("VM.Audit"));
}

#[test]
fn what_is_wrong_with_values_is_told_at_once_and_in_order() {
    let place = place();
    let line = "user add joe --expire x --email nope";
    let names = |run: String| -> Vec<String> {
        run.lines()
            .filter_map(|line| Some(line.trim_start_matches("error: ").split_once(": ")?.0.to_owned()))
            .collect()
    };
    let told = names(place.pveum(line).refused(255));
    assert_eq!(told, ["email", "expire", "userid"]);
    assert_eq!(names(place.usher(line).refused(2))[..3], told);
}

#[test]
fn the_output_format_is_checked_before_anything_is_done() {
    let place = place();
    for line in [
        "token add joe@pve other --output-format nope",
        "user list --output-format nope",
        "token delete joe@pve mon --output-format xml",
    ] {
        assert!(place.untouched(line).refused(2).contains("json-pretty"), "{line}");
        let before = place.files();
        place.pveum(&format!("user {}", line.trim_start_matches("user "))).refused(255);
        assert!(place.files() == before, "{line}");
    }
}

#[test]
fn help_and_version_are_answers() {
    let place = Place::new();
    let version = format!("usher {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(place.usher("--version").quiet(), version);
    assert_eq!(place.usher("-V").quiet(), version);
    for line in [
        "--help",
        "-h",
        "user --help",
        "user add --help",
        "user add joe@pve -h",
        "help",
        "help user add",
        "--config-dir /nowhere user list --help",
    ] {
        let text = place.usher(line).quiet();
        assert!(text.to_lowercase().contains("usage: usher"), "{line}: {text}");
    }
    let text = place.usher("user add --help").quiet();
    assert!(
        text.contains("--if-not-exists") && text.contains("--dry-run") && text.contains("--config-dir"),
        "{text}"
    );
    let text = place.pveum("help user add").quiet();
    assert!(
        text.contains("--groups") && !text.contains("--if-not-exists") && !text.contains("--dry-run"),
        "{text}"
    );
    for line in ["--help", "--version", "user add --help", "-h"] {
        place.pveum(line).refused(255);
    }
    assert!(place.files().is_empty());
}

/// Where a command that was told these things looks.
fn looks_in(place: &Place, run: impl FnOnce(&Place) -> Run, directory: &Path) {
    let other = Place::after(&["group add elsewhere"]);
    fs::create_dir_all(directory).unwrap();
    fs::copy(other.path().join("user.cfg"), directory.join("user.cfg")).unwrap();
    let run = run(place);
    assert!(run.status == 0 && run.out.contains("elsewhere"), "{directory:?}: {run:?}");
}

#[test]
fn the_option_beats_the_variable() {
    let place = place();
    let directory = place.program("elsewhere");
    let text = directory.to_str().unwrap();
    for line in [
        format!("--config-dir {text} group list"),
        format!("--config-dir={text} group list"),
        format!("group list --config-dir {text}"),
        format!("group list --config-dir={text} --output-format json"),
    ] {
        looks_in(&place, |place| place.usher(&line), &directory);
    }
    let relative = |place: &Place| {
        let mut command = place.command("usher");
        command.current_dir(place.program("")).args(["--config-dir", "elsewhere", "group", "list"]);
        support::fed(&mut command, "")
    };
    looks_in(&place, relative, &directory);
    assert!(place.usher("--config-dir= user list").refused(2).contains("--config-dir"));
    place.usher("user list --config-dir").refused(2);
    place.pveum(&format!("--config-dir {text} group list")).refused(255);
    place.pveum(&format!("group list --config-dir {text}")).refused(255);
    let by_variable = |place: &Place| {
        let mut command = place.command("pveum");
        command.env("USHER_CONFIG_DIR", &directory).args(words("group list"));
        support::fed(&mut command, "")
    };
    looks_in(&place, by_variable, &directory);
}

#[test]
fn without_a_word_a_user_has_a_directory_of_their_own() {
    let place = Place::new();
    let home = place.program("home");
    let settings = place.program("settings");
    let set = [("HOME", home.as_path()), ("XDG_CONFIG_HOME", settings.as_path())];
    looks_in(&place, |place| place.unprivileged("group list", &set), &settings.join("usher"));
    looks_in(&place, |place| place.unprivileged("group list", &set[..1]), &home.join(".config/usher"));
    let empty = [
        ("HOME", home.as_path()),
        ("USHER_CONFIG_DIR", Path::new("")),
        ("XDG_CONFIG_HOME", Path::new("relative")),
    ];
    looks_in(&place, |place| place.unprivileged("group list", &empty), &home.join(".config/usher"));
    let message = place.unprivileged("group list", &[("HOME", Path::new(""))]).refused(2);
    assert!(message.contains("--config-dir") && message.contains("USHER_CONFIG_DIR"), "{message}");
    // It is made by the first change, and by nothing else.
    fs::remove_dir_all(&home).unwrap();
    fs::create_dir(&home).unwrap();
    place.unprivileged("group list", &set[..1]).quiet();
    assert!(!home.join(".config").exists());
    place.unprivileged("group add first", &set[..1]).quiet();
    assert!(home.join(".config/usher/user.cfg").exists());
}
