//! What the journal costs, and how fast it is asked.

use super::data::Data;
use super::measure::{Timed, compare, median};
use super::process::{USHER, fresh, run, timed};
use std::cell::Cell;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use usher::audit::Entry;
use usher::audit::chain::{End, digest_of};
use usher::format::journal::render;

/// `usher user add` with a journal against the same without one.
pub fn change(data: &Data, rounds: usize) -> (Duration, f64) {
    let (without, with) = (fresh("without-journal"), fresh("with-journal"));
    for directory in [&without, &with] {
        fs::write(directory.join("user.cfg"), &data.text).unwrap();
    }
    fs::write(without.join("usher.toml"), "[journal]\nenabled = false\n").unwrap();
    // Both read settings.
    fs::write(with.join("usher.toml"), "[journal]\nenabled = true\n").unwrap();
    let number = Cell::new(0);
    let add = |directory: &Path| {
        number.set(number.get() + 1);
        let mut command = Command::new(USHER);
        command
            .args(["user", "add", &format!("new-{:05}@pve", number.get())])
            .env("USHER_CONFIG_DIR", directory);
        command
    };
    let contenders: Vec<Timed<'_>> = vec![timed(|| add(&without)), timed(|| add(&with))];
    let (time, ratios) = compare(rounds, contenders);
    let lines = fs::read_to_string(with.join(".usher.journal.jsonl")).unwrap().lines().count();
    assert_eq!(lines, number.get() / 2, "an entry a change");
    (time, ratios[1])
}

/// How long the newest 20 of a journal of so many entries take, as a whole process.
pub fn log(entries: u64) -> Duration {
    let directory = fresh("long-journal");
    let mut file = fs::File::create(directory.join(".usher.journal.jsonl")).unwrap();
    let mut end = End::default();
    let mut text = Vec::new();
    for number in 1..=entries {
        let command = Some(format!("user modify user-{number}@pve --comment 'the {number}th of its kind'"));
        let objects = vec![format!("user user-{number}@pve")];
        let time = 1_700_000_000 + i64::try_from(number).unwrap();
        let previous = end.previous();
        let line = render(&Entry { number, time, command, objects, previous, ..Entry::default() }).unwrap();
        end = End { number, digest: Some(digest_of(&line)) };
        text.extend_from_slice(&line);
        if text.len() > 1 << 20 || number == entries {
            file.write_all(&text).unwrap();
            text.clear();
        }
    }
    let ask = || {
        let mut command = Command::new(USHER);
        command.args(["log", "--output-format", "json"]).env("USHER_CONFIG_DIR", &directory);
        command
    };
    let output = ask().output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found.as_array().unwrap().last().unwrap()["number"], entries);
    assert_eq!(found.as_array().unwrap().len(), 20);
    let times = (0..51).map(|_| run(&mut ask()).as_secs_f64()).collect();
    fs::remove_dir_all(directory).unwrap();
    Duration::from_secs_f64(median(times))
}
