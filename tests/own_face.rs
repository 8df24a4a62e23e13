//! What usher's own face takes care of where the original is silent.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fs;
use support::Place;

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
