//! The walls of the house, held by reading `src/`: who may know whom, which crate comes in through
//! which door, who prints, how long a file may be. `ARCHITECTURE.md` says why.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "house/doors.rs"]
mod doors;
#[path = "house/source.rs"]
mod source;

use source::{Source, segments, sources};

/// The rooms, bottom first. A room may know itself and those before it.
const ROOMS: &[&str] = &[
    "error",
    "model",
    "catalogue",
    "access",
    "secret",
    "format",
    "audit",
    "realm",
    "store",
    "check",
    "server",
    "cli",
];

/// How many lines of code a file may have, without blank lines, comments and tests.
const LONGEST: usize = 400;

/// Files that may be longer, and why.
const LONG_FILES: &[(&str, &str)] = &[];

/// Texts outside `catalogue` and `format` that name the system the original belongs to, and why.
const NAMED_SYSTEMS: &[(&str, &str, &str)] = &[
    ("src/model/directory/pools.rs", "VM {guest}", "scripts compare these messages with the original's"),
    ("src/model/id.rs", "valid VM ID", "scripts compare this message with the original's"),
    ("src/model/realm/kind.rs", "Proxmox VE authentication server", "what the original writes into the file"),
    ("src/secret/old_keys.rs", "Proxmox VE", "what the original writes into the file"),
    ("src/secret/ticket.rs", "PVE", "how a ticket of the original begins"),
];

/// Fails with everything that was found.
fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// Whether the `use`, path or type before a word ends in `::`, so that the word is no first segment.
fn is_inner(before: &str) -> bool {
    before.trim_end().ends_with("::")
}

/// Uses of rooms that lie above the file's own.
fn upward_uses(source: &Source) -> Vec<String> {
    let module = source.module();
    let [room, ..] = module.as_slice() else { return Vec::new() };
    let Some(level) = ROOMS.iter().position(|one| one == room) else {
        return vec![format!("{}: '{room}' is no room; give it a place in the order", source.path)];
    };
    let mut found = Vec::new();
    for (before, word, behind) in source.words() {
        let above = match word {
            "crate" => true,
            // `super::super::x`: as many steps up as the file is deep lead out of the house.
            "super" => {
                let steps = before.trim_end_matches("super::");
                (before.len() - steps.len()) / "super::".len() + 1 == module.len()
            }
            _ => false,
        };
        for other in if above { segments(behind) } else { Vec::new() } {
            match ROOMS.iter().position(|one| *one == other) {
                Some(place) if place <= level => {}
                Some(_) => {
                    found.push(format!("{}: '{room}' uses '{other}', which lies above it", source.path));
                }
                None if other == "super" || other == "self" => {}
                None => found.push(format!("{}: 'crate::{other}' is no room", source.path)),
            }
        }
    }
    found
}

#[test]
fn rooms_know_only_those_below() {
    none(&sources("src").iter().flat_map(upward_uses).collect::<Vec<_>>());
}

#[test]
fn an_upward_use_is_found() {
    for (path, text) in [
        ("src/model/user.rs", "use crate::store::Store;"),
        ("src/model/user.rs", "use crate::{error::Error, cli::{face, output}};"),
        ("src/model/user.rs", "fn f() { crate::format::line::trim(\"\") }"),
        ("src/model/user.rs", "use super::super::cli::face;"),
        ("src/model/mod.rs", "use super::cli;"),
        ("src/error.rs", "pub(in crate::model) fn f() {}"),
        ("src/kitchen/mod.rs", ""),
        ("src/cli/mod.rs", "use crate::kitchen::stove;"),
    ] {
        assert_eq!(upward_uses(&Source::new(path, text)).len(), 1, "{path} {text}");
    }
    for (path, text) in [
        ("src/cli/user/add.rs", "use crate::store::Store; use super::super::face; use super::USERID;"),
        ("src/cli/user/add.rs", "use crate::{error::Error, model};\n// crate::server::x\n"),
        ("src/store/dir.rs", "use super::{Change, Files};"),
        ("src/lib.rs", "pub mod cli; pub use crate::cli::main;"),
        ("src/model/user.rs", "#[cfg(test)]\nmod tests { use crate::format::user_cfg; }"),
    ] {
        assert_eq!(upward_uses(&Source::new(path, text)), [""; 0], "{path} {text}");
    }
}

#[test]
fn the_program_knows_the_library_by_its_door() {
    let main = Source::new("src/main.rs", &source::text("src/main.rs").unwrap());
    let used: Vec<String> = main
        .words()
        .filter(|(_, word, _)| *word == "usher")
        .flat_map(|(.., behind)| segments(behind))
        .collect();
    assert_eq!(used, ["cli"]);
}

/// Everything a file prints.
fn prints(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (before, word, behind) in source.words() {
        let is_macro = matches!(word, "print" | "println" | "eprint" | "eprintln" | "dbg")
            && behind.trim_start().starts_with('!');
        let is_stream = matches!(word, "stdout" | "stderr" | "Stdout" | "Stderr") && is_inner(before);
        let imported = matches!(word, "stdout" | "stderr")
            && before.lines().last().is_some_and(|line| line.contains("use std::io"));
        if is_macro || is_stream || imported {
            found.push(format!("{}: '{word}'; only 'cli' prints", source.path));
        }
    }
    found
}

#[test]
fn only_the_command_line_prints() {
    let outside = |source: &&Source| !source.path.starts_with("src/cli/");
    none(&sources("src").iter().filter(outside).flat_map(prints).collect::<Vec<_>>());
}

#[test]
fn a_print_is_found() {
    for text in [
        "fn f() { println!(\"x\") }",
        "fn f() { eprint! (\"x\") }",
        "fn f() { dbg!(1); }",
        "fn f() { std::io::stdout().lock(); }",
        "use std::io::{self, stderr};",
    ] {
        assert_eq!(prints(&Source::new("src/model/x.rs", text)).len(), 1, "{text}");
    }
    let innocent = "fn println() {} fn g(stdout: u8) {} // println!()\nconst A: &str = \"println!\";";
    assert!(prints(&Source::new("src/model/x.rs", innocent)).is_empty());
}

/// A file that is too long, or a permission to be so that nobody needs.
fn too_long(source: &Source, exceptions: &[(&str, &str)]) -> Option<String> {
    let lines = source.lines_of_code();
    let excepted = exceptions.iter().any(|(path, _)| *path == source.path);
    match (lines > LONGEST, excepted) {
        (true, false) => Some(format!("{}: {lines} lines of code, {LONGEST} are enough", source.path)),
        (false, true) => Some(format!("{}: {lines} lines of code need no exception", source.path)),
        _ => None,
    }
}

#[test]
fn files_are_short() {
    let sources = sources("src");
    let all = sources.iter().filter(|source| !source.is_test());
    none(&all.filter_map(|source| too_long(source, LONG_FILES)).collect::<Vec<_>>());
    for (path, _) in LONG_FILES {
        assert!(sources.iter().any(|source| source.path == *path), "{path} is gone");
    }
}

#[test]
fn a_long_file_is_found() {
    let lines = |count: usize| Source::new("src/x.rs", &"let a = 1;\n\n// why\n".repeat(count));
    assert!(too_long(&lines(LONGEST), &[]).is_none());
    assert!(too_long(&lines(LONGEST + 1), &[]).is_some());
    assert!(too_long(&lines(LONGEST + 1), &[("src/x.rs", "")]).is_none());
    assert!(too_long(&lines(LONGEST), &[("src/x.rs", "")]).is_some());
}

/// Words of one system in a room that serves all: `PVE`, `VM`, `Proxmox`.
fn system_words(source: &Source) -> Vec<(String, String)> {
    let names = |text: &str| {
        text.contains("PVE")
            || text.contains("Proxmox")
            || text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "VM")
    };
    let literals = source.literals.iter().filter(|(_, text)| names(text));
    let code = source.words().map(|(_, word, _)| word).filter(|word| word.contains("PVE"));
    let found = literals.map(|(line, text)| (format!("{}:{line}", source.path), text.clone()));
    found.chain(code.map(|word| (source.path.clone(), word.to_owned()))).collect()
}

#[test]
fn one_vocabulary_stays_in_its_rooms() {
    let mut used = vec![false; NAMED_SYSTEMS.len()];
    let mut found = Vec::new();
    for source in sources("src") {
        if source.path.starts_with("src/catalogue/")
            || source.path.starts_with("src/format/")
            || source.is_test()
        {
            continue;
        }
        for (place, text) in system_words(&source) {
            let excepted =
                NAMED_SYSTEMS.iter().position(|(path, part, _)| *path == source.path && text.contains(part));
            match excepted {
                Some(exception) => used[exception] = true,
                None => found.push(format!("{place}: '{text}' belongs into a catalogue")),
            }
        }
    }
    for (exception, _) in NAMED_SYSTEMS.iter().zip(used).filter(|(_, used)| !used) {
        found.push(format!("{}: nothing says '{}' any more, the exception can go", exception.0, exception.1));
    }
    none(&found);
}

#[test]
fn a_word_of_one_system_is_found() {
    for text in ["\"VM.Audit\"", "\"PVEAdmin\"", "\"a VM\"", "const PVE: u8 = 1;", "r#\"Proxmox\"#"] {
        assert_eq!(system_words(&Source::new("src/access/x.rs", text)).len(), 1, "{text}");
    }
    for text in
        ["// VM.Audit", "\"pve\"", "struct VmId;", "\"KVM\"", "#[cfg(test)]\nmod tests { \"VM.Audit\"; }"]
    {
        assert!(system_words(&Source::new("src/access/x.rs", text)).is_empty(), "{text}");
    }
}

/// Where the compiler's or clippy's rules are suspended without a reason, or memory safety at all.
fn suspended_rules(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (before, word, behind) in source.words() {
        let line = || before.matches('\n').count() + 1;
        if word == "unsafe" {
            found.push(format!("{}:{}: 'unsafe'", source.path, line()));
        }
        let in_attribute =
            before.ends_with("#[") || before.ends_with("#![") || before.ends_with("cfg_attr(test, ");
        if matches!(word, "allow" | "expect") && in_attribute {
            let attribute = behind.split_once(']').map_or(behind, |(attribute, _)| attribute);
            if !attribute.contains("reason =") {
                found.push(format!("{}:{}: '{word}' without a reason", source.path, line()));
            }
        }
    }
    found
}

#[test]
fn no_rule_is_suspended_without_a_reason() {
    let folders = ["src", "tests", "examples", "benches", "fuzz"];
    none(
        &folders
            .iter()
            .flat_map(|folder| sources(folder))
            .flat_map(|one| suspended_rules(&one))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn a_suspended_rule_is_found() {
    for text in
        ["#[allow(dead_code)]\nfn f() {}", "#![expect(\n    clippy::panic\n)]", "fn f() { unsafe { g() } }"]
    {
        assert_eq!(suspended_rules(&Source::new("src/x.rs", text)).len(), 1, "{text}");
    }
    for text in ["#[allow(dead_code, reason = \"x\")]", "fn allow(unsafety: u8) {}", "// unsafe\n"] {
        assert!(suspended_rules(&Source::new("src/x.rs", text)).is_empty(), "{text}");
    }
}

/// Folders of one machine that a text names.
fn machine_paths(text: &str) -> Vec<&str> {
    // Put together here, so that this file does not hold them.
    let folders = ["work", "home", "Users"].map(|name| format!("/{name}/"));
    let names = |word: &&str| {
        folders.iter().any(|folder| {
            word.match_indices(folder.as_str()).any(|(place, _)| {
                // `a/home/b` is no path from the top.
                !word[..place].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}'))
            })
        })
    };
    text.split_whitespace().filter(names).collect()
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let mut found = Vec::new();
    for path in source::files("") {
        let Some(text) = source::text(&path) else { continue };
        found.extend(machine_paths(&text).iter().map(|word| format!("{path}: '{word}'")));
    }
    none(&found);
}

#[test]
fn a_folder_of_one_machine_is_found() {
    for name in ["work", "home", "Users"] {
        assert_eq!(machine_paths(&format!("see '/{name}/x' there")).len(), 1);
        assert!(
            machine_paths(&format!("see a/{name}/x and $D/{name}/x of https://x.org/{name}/y there"))
                .iter()
                .all(|word| word.starts_with("$D"))
        );
    }
}

/// Imports of everything, and modules named for what is left over.
fn vague_names(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (line, text) in source.code.lines().enumerate() {
        if text.contains("::*") {
            found.push(format!("{}:{}: glob import", source.path, line + 1));
        }
    }
    for name in source.module() {
        if matches!(name, "util" | "utils" | "helper" | "helpers" | "common" | "misc") {
            found.push(format!("{}: a module named '{name}' says nothing", source.path));
        }
    }
    found
}

#[test]
fn names_say_something() {
    let sources = sources("src");
    let all = sources.iter().filter(|source| !source.is_test());
    none(&all.flat_map(vague_names).collect::<Vec<_>>());
}

#[test]
fn a_vague_name_is_found() {
    for (path, text) in [
        ("src/cli/x.rs", "use super::*;"),
        ("src/cli/x.rs", "use crate::model::{id::*, path};"),
        ("src/cli/utils.rs", ""),
        ("src/helpers/mod.rs", ""),
    ] {
        assert_eq!(vague_names(&Source::new(path, text)).len(), 1, "{path} {text}");
    }
    let innocent = "#[cfg(test)]\nmod tests { use super::*; }\n// a::*\n";
    assert!(vague_names(&Source::new("src/cli/utility.rs", innocent)).is_empty());
}
