//! Man pages and completions are generated from the command tree and kept in the repository. This
//! test writes them again and compares; `USHER_WRITE_GENERATED=1 cargo test --test generated`
//! puts the new ones in place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use clap::Command;
use clap_complete::Shell;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::{env, fs};

/// Files by their name inside their folder.
type Files = BTreeMap<String, Vec<u8>>;

/// One page for every command and group: `usher-user-add.1`.
fn man_pages(command: &Command, name: &str, pages: &mut Files) {
    let page = command.clone().name(name.to_owned()).bin_name(name.replace('-', " "));
    // Without a date: the same tree gives the same page on every day.
    let manual = format!("usher {}", env!("CARGO_PKG_VERSION"));
    let mut text = Vec::new();
    clap_mangen::Man::new(page)
        .title(name)
        .date("")
        .source(manual)
        .manual("User manager")
        .render(&mut text)
        .unwrap();
    pages.insert(format!("{name}.1"), text);
    for inner in command.get_subcommands() {
        man_pages(inner, &format!("{name}-{}", inner.get_name()), pages);
    }
}

fn completions() -> Files {
    let shells = [("usher.bash", Shell::Bash), ("_usher", Shell::Zsh), ("usher.fish", Shell::Fish)];
    let generate = |shell| {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut usher::cli::tree::whole(), "usher", &mut text);
        text
    };
    shells.into_iter().map(|(name, shell)| (name.to_owned(), generate(shell))).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().file_name());
    entries.map(|name| name.into_string().unwrap()).collect()
}

/// What of `wanted` is missing, different or too much in `folder`.
fn differences(folder: &Path, wanted: &Files) -> Vec<String> {
    let mut found: Vec<String> = wanted
        .iter()
        .filter(|(name, text)| fs::read(folder.join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| format!("{name} is missing or differs"))
        .collect();
    let left_over = names(folder).into_iter().filter(|name| !wanted.contains_key(name));
    found.extend(left_over.map(|name| format!("{name} is left over")));
    found
}

fn write(folder: &Path, wanted: &Files) {
    fs::create_dir_all(folder).unwrap();
    for name in names(folder) {
        fs::remove_file(folder.join(name)).unwrap();
    }
    for (name, text) in wanted {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn compare(folder: &str, wanted: &Files) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if env::var_os("USHER_WRITE_GENERATED").is_some_and(|value| value == OsStr::new("1")) {
        write(&folder, wanted);
    }
    let found = differences(&folder, wanted);
    assert!(
        found.is_empty(),
        "the command tree has changed; run USHER_WRITE_GENERATED=1 cargo test --test generated\n{}",
        found.join("\n")
    );
}

#[test]
fn man_pages_are_those_of_the_command_tree() {
    let mut pages = Files::new();
    let mut tree = usher::cli::tree::whole();
    tree.build();
    man_pages(&tree, "usher", &mut pages);
    compare("man", &pages);
}

#[test]
fn completions_are_those_of_the_command_tree() {
    compare("completions", &completions());
}

#[test]
fn differences_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut wanted = Files::from([("a.1".to_owned(), b"a".to_vec()), ("b.1".to_owned(), b"b".to_vec())]);
    assert_eq!(differences(folder.path(), &wanted).len(), 2);
    write(folder.path(), &wanted);
    assert!(differences(folder.path(), &wanted).is_empty());
    wanted.insert("a.1".to_owned(), b"other".to_vec());
    wanted.remove("b.1");
    assert_eq!(differences(folder.path(), &wanted), ["a.1 is missing or differs", "b.1 is left over"]);
}
