//! What the documentation shows is what happens: every `console` block of the README and of the page
//! about the command line, the examples, the tour.
//!
//! `TRYCMD=overwrite cargo test --test examples` writes the real answers into the pages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../examples/new_starter.rs"]
mod new_starter;
#[path = "../examples/permission.rs"]
mod permission;
#[path = "../examples/who_may.rs"]
mod who_may;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_usher");

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the console blocks of a page one after the other, all in one new config directory.
fn page(name: &str) {
    let scratch = tempfile::tempdir().unwrap();
    let pveum = scratch.path().join("pveum");
    symlink(PROGRAM, &pveum).unwrap();
    trycmd::TestCases::new()
        .register_bin("usher", Path::new(PROGRAM))
        .register_bin("pveum", pveum.as_path())
        .env("USHER_CONFIG_DIR", scratch.path().join("config").to_str().unwrap())
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .case(repository().join(name))
        .run();
}

#[test]
fn readme() {
    page("README.md");
}

#[test]
fn command_line() {
    page("docs/command-line.md");
}

#[test]
fn delegation() {
    page("docs/delegation.md");
}

#[test]
fn signing_in() {
    page("docs/signing-in.md");
}

#[test]
fn tour() {
    let run = Command::new("sh")
        .arg(repository().join("examples/tour.sh"))
        .env("USHER", PROGRAM)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (stdout, stderr) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
    assert!(run.status.success(), "{stdout}\n{stderr}");
    for line in [
        "│ /pool/lab │ VM.Audit (*)     │",
        "│ /vms/301  │ VM.Audit         │",
        "-acl:1:/vms/300:dora@pve!ci:PVEAuditor:",
    ] {
        assert!(stdout.contains(line), "{line}\n{stdout}");
    }
    assert_eq!(stderr, "warning: would be removed ACL entry: PVEAuditor for 'dora@pve!ci' on /vms/300\n");
}

#[test]
fn the_example_directory_holds_no_surprises() {
    let run = Command::new(PROGRAM)
        .args(["--config-dir", "examples/config", "user", "list"])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_example_policy_holds() {
    let run = Command::new(PROGRAM)
        .args(["test", "examples/policy.toml"])
        .current_dir(repository())
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let stdout = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{stdout}");
    assert!(stdout.ends_with("\ntest result: ok. 5 passed; 0 failed\n"), "{stdout}");
}

#[test]
fn examples_of_the_library() {
    let config = repository().join("examples/config");
    assert_eq!(who_may::who_may_start(&config).unwrap(), ["ann@pve", "ben@pve", "root@pam"]);
    let text = new_starter::hire(&usher::store::MemoryStore::default()).unwrap();
    assert!(text.contains("\nacl:1:/vms:@crew:PVEVMUser:\n"), "{text}");
    who_may::main().unwrap();
    new_starter::main().unwrap();
    permission::main().unwrap();
}

/// Links from one page to another that lead nowhere.
fn dead_links(folder: &Path, text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    let local = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    let dead = local.filter(|target| !folder.join(target.split('#').next().unwrap()).exists());
    dead.map(str::to_owned).collect()
}

/// Pages named in a text that do not exist.
fn missing_pages(text: &str) -> Vec<String> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let names = text.split("docs/").skip(1).map(|rest| rest.split(|c| !part(c)).next().unwrap());
    let pages = names.map(|name| name.trim_end_matches('.')).filter(|name| name.ends_with(".md"));
    pages.filter(|name| !repository().join("docs").join(name).exists()).map(str::to_owned).collect()
}

#[test]
fn pages_that_are_named_exist() {
    let mut folders = vec![repository()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name());
            let text = path.extension().is_some_and(|kind| kind == "md" || kind == "rs" || kind == "toml");
            if entry.file_type().unwrap().is_dir() {
                folders.extend(Some(path).filter(|_| name != "target" && name != ".git"));
            } else if text && !path.ends_with("tests/examples.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let mut missing = missing_pages(&text);
                if name.to_str().unwrap().ends_with(".md") {
                    missing.extend(dead_links(&folder, &text));
                }
                assert!(missing.is_empty(), "{}: {missing:?}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "only {seen} files were looked at");
}

#[test]
fn a_page_that_is_missing_is_found() {
    assert_eq!(missing_pages("see `docs/user-cfg.md` and docs/nowhere.md."), ["nowhere.md"]);
    assert_eq!(
        dead_links(&repository(), "[a](README.md#x) [b](https://x.org) [c](nowhere.md)"),
        ["nowhere.md"]
    );
}
