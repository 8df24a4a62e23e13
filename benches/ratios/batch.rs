//! What many commands in one change take, against one of them.

use super::data::Data;
use super::measure::{Timed, compare};
use super::process::{USHER, fresh, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LINES: usize = 10_000;

/// `usher batch` of so many `user add` lines against one `usher user add`, each time in a new copy of the directory.
pub fn batch(data: &Data, rounds: usize) -> (Duration, f64) {
    let lines: String = (1..=LINES).map(|number| format!("user add new-{number:05}@pve\n")).collect();
    let file = fresh("batch-lines").join("lines");
    fs::write(&file, lines).unwrap();
    let copy = |name: &str| -> PathBuf {
        let directory = fresh(name);
        fs::write(directory.join("user.cfg"), &data.text).unwrap();
        directory
    };
    let usher = |directory: &Path, words: &[&str]| {
        let mut command = Command::new(USHER);
        command.args(words).env("USHER_CONFIG_DIR", directory);
        run(&mut command)
    };
    let one = || usher(&copy("one"), &["user", "add", "new-00001@pve"]);
    let many = || usher(&copy("many"), &["batch", file.to_str().unwrap()]);
    let contenders: Vec<Timed<'_>> = vec![Box::new(one), Box::new(many)];
    let (time, ratios) = compare(rounds, contenders);
    let written = fs::read_to_string(Path::new(env!("CARGO_TARGET_TMPDIR")).join("many/user.cfg")).unwrap();
    assert_eq!(written.lines().count(), data.text.lines().count() + LINES, "a user a line and nothing else");
    (time, ratios[1])
}
