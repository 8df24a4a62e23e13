//! How far usher is from what any program would have to do: ratios, each of two things measured in
//! turn within this run. `docs/performance.md` tells what the numbers mean.
//!
//! `cargo bench --bench ratios` measures everything, `-- parse check` behind it only what is named.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a bench fails by panicking")]

mod batch;
mod data;
mod journal;
mod measure;
mod order;
mod plan;
mod process;
mod questions;
mod sign_in;
mod split;
#[path = "../../tests/support/mod.rs"]
mod support;
mod sync;

use data::{Data, Random};
use measure::{Timed, compare, cpu, median};
use std::hint::black_box;
use std::io::{Write as _, stdout};
use std::sync::Arc;
use std::time::Instant;
use usher::access::Policy;
use usher::catalogue::Catalogue;
use usher::check::{Input, Selection, Severity};
use usher::format::user_cfg;
use usher::store::Files;

const SIZES: [(&str, usize); 3] = [("S", 1_000), ("M", 10_000), ("L", 100_000)];

fn say(line: &str) {
    let mut out = stdout().lock();
    writeln!(out, "{line}").unwrap();
}

fn row(what: &str, size: &str, value: f64, goal: f64) {
    let verdict = if value <= goal { "" } else { "  MISSED" };
    say(&format!("{what:44} {size:2} {value:6.2} x   goal {goal:.1} x{verdict}"));
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let Some(("peak", command)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        say(&process::peak(command).to_string());
        return;
    }
    if let [word, stored] = arguments.as_slice()
        && word == "hash"
    {
        return sign_in::only_hash(stored);
    }
    if let [word, program, map] = arguments.as_slice()
        && word == "order"
    {
        return order::order(program.as_ref(), map.as_ref());
    }
    let wanted = |what: &str| arguments.is_empty() || arguments.iter().any(|word| word == what);
    let floor = (wanted("start") || wanted("change")).then(process::floor);
    if let Some(floor) = floor.as_ref().filter(|_| wanted("start")) {
        row("--version / empty process", "", process::start(floor), 2.0);
    }
    for (size, users) in SIZES {
        let data = Data::of(users);
        let rounds = (2_000_000 / users).clamp(21, 201);
        if wanted("parse") {
            parse(size, &data, rounds);
        }
        if wanted("change")
            && let Some(floor) = &floor
        {
            let change = process::change(floor, &data, rounds);
            row("user add / same bytes", size, change.ratio, 3.0);
            row("user add, peak memory / file", size, change.peak, 4.0);
            say(&format!("  (same bytes: {:?}, peak {:.2} x file)", change.floor, change.floor_peak));
        }
        if wanted("journal") {
            let (time, ratio) = journal::change(&data, rounds);
            row("user add with a journal / without", size, ratio, if size == "M" { 1.1 } else { 1.2 });
            say(&format!("  (without: {time:?})"));
        }
        if wanted("check") {
            check(size, &data);
        }
        if wanted("check-directory") {
            check_directory(size, &data);
        }
        if wanted("plan") {
            let plan = plan::plan(&data, rounds.min(21));
            row("plan / loading both sides", size, plan.ratio, 2.0);
            row("plan of an empty one / loading both sides", size, plan.from_nothing, 2.0);
            say(&format!("  (loading both sides: {:?})", plan.loading));
        }
        if wanted("batch") && size == "M" {
            let (one, ratio) = batch::batch(&data, 21);
            row("batch of 10,000 user add / user add", size, ratio, 20.0);
            say(&format!("  (user add: {one:?})"));
        }
        if wanted("questions") {
            questions(size, &data);
        }
        if wanted("sign-in") {
            signing_in(size, &data);
        }
    }
    if wanted("sign-in") {
        let verdict = |rate: f64| if rate >= 5000.0 { "" } else { "  MISSED" };
        let rate = sign_in::tickets();
        say(&format!("tickets verified on one core: {rate:.0} a second, goal 5000{}", verdict(rate)));
    }
    if wanted("journal") {
        let time = journal::log(1_000_000).as_secs_f64() * 1e3;
        let verdict = if time <= 50.0 { "" } else { "  MISSED" };
        say(&format!("log, the last 20 of a million entries: {time:.1} ms, goal 50{verdict}"));
    }
    // At the end: the memory it leaves behind would be at hand for the others.
    if wanted("sync") {
        sync(10_000);
        sync(100_000);
    }
}

fn signing_in(size: &str, data: &Data) {
    let beyond = sign_in::sign_in_of(data, 41);
    for (what, time) in [
        ("sign-in in memory, beyond the hash", beyond.in_memory),
        ("sign-in on disk, beyond the hash", beyond.on_disk),
        ("login-check, beyond a process with the hash", beyond.process),
    ] {
        let verdict = if time.as_millis() < 5 { "" } else { "  MISSED" };
        let milliseconds = time.as_secs_f64() * 1e3;
        say(&format!("{what:44} {size:2} {milliseconds:6.2} ms  goal 5 ms{verdict}"));
    }
    say(&format!("  (the hash alone: {:?})", beyond.hash));
}

fn sync(users: usize) {
    let sync = sync::sync(users, 7);
    let size = format!("{} k", users / 1000);
    row("realm test (fetch only) / ldapsearch", &size, sync.fetch, 1.1);
    row("realm sync / ldapsearch", &size, sync.first, 1.4);
    row("realm sync without changes / realm sync", &size, sync.second, 1.0);
    let verdict = if sync.peak <= 100.0 { "" } else { "  MISSED" };
    say(&format!("realm sync, peak memory {size}: {:.0} MiB, goal 100{verdict}", sync.peak));
    say(&format!("  (ldapsearch: {:?})", sync.search));
}

fn parse(size: &str, data: &Data, rounds: usize) {
    let catalogue = Catalogue::pve9();
    let text = Arc::new(data.text.clone().into_bytes());
    let (directory, warnings) = user_cfg::parse(&text, &catalogue);
    assert!(warnings.is_empty(), "{:?}", warnings.first());
    assert!(user_cfg::render(&directory).equals(&text), "the data are in canonical form");
    let contenders: Vec<Timed<'_>> = vec![
        Box::new(|| {
            cpu(|| {
                let mut pieces = Vec::new();
                split::split(&text, |piece| pieces.push(piece));
                pieces
            })
        }),
        Box::new(|| {
            cpu(|| {
                split::split(&text, |piece| {
                    black_box(piece);
                })
            })
        }),
        Box::new(|| cpu(|| user_cfg::parse(&text, &catalogue))),
        Box::new(|| cpu(|| user_cfg::parse_and_check(&text, &catalogue))),
        Box::new(|| {
            cpu(|| {
                let directory = user_cfg::parse(&text, &catalogue).0;
                (Policy::compile(&directory, &catalogue), directory)
            })
        }),
    ];
    let (time, ratios) = compare(rounds, contenders);
    let lines = data.text.lines().count();
    say(&format!(
        "  ({size}: {lines} lines, {} bytes; split {time:?}, {:.0} ns a line; {:.2} x of it when nothing is kept)",
        data.text.len(),
        time.as_secs_f64() * 1e9 / lines as f64,
        ratios[1]
    ));
    row("parse, validated / split", size, ratios[2], 2.0);
    row("parse, references looked up / split", size, ratios[3], 2.0);
    row("parse and compile / split", size, ratios[4], 4.0);
}

/// Everything `usher check` looks for, hints included.
fn check_directory(size: &str, data: &Data) {
    let catalogue = Catalogue::pve9();
    let files = Files::from([("user.cfg".to_owned(), Arc::new(data.text.clone().into_bytes()))]);
    let input =
        Input { files: &files, catalogue: &catalogue, migrate_to: None, modes: &[], now: 1_800_000_000 };
    let all = Selection::from(Severity::Hint);
    let mut found = 0;
    let times = (0..5).map(|_| cpu(|| found = usher::check::check(&input, &all).len()).as_secs_f64());
    let time = median(times.collect());
    let verdict = if time <= 2.0 { "" } else { "  MISSED" };
    say(&format!("check of a whole directory {size}: {time:.2} s ({found} findings), goal 2.0 s{verdict}"));
}

fn questions(size: &str, data: &Data) {
    let nanoseconds = |what: &str, value: f64, goal: f64| {
        let verdict = if value <= goal { "" } else { "  MISSED" };
        say(&format!("{what:44} {size:2} {value:6.1} ns  goal {goal:.0} ns{verdict}"));
    };
    let measured = questions::Questions::of(data);
    nanoseconds("who can, a principal", measured.who_can, 20.0);
    nanoseconds("who can at a crowded path, a principal", measured.who_can_crowded, 20.0);
    nanoseconds("all paths of one user, a path", measured.access, 50.0);
    nanoseconds("all paths of who may do everything, a path", measured.access_everywhere, 50.0);
    row("explain / check", size, measured.explain, 10.0);
    row("explain of who has entries / check", size, measured.explain_held, 10.0);
    row("usher can / cat", size, questions::can(data), 2.5);
}

fn check(size: &str, data: &Data) {
    const ASKED: usize = 200_000;
    let catalogue = Catalogue::pve9();
    let text = Arc::new(data.text.clone().into_bytes());
    let policy = Policy::compile(&user_cfg::parse(&text, &catalogue).0, &catalogue);
    let privileges: Vec<_> = ["VM.Audit", "VM.PowerMgmt", "Datastore.Audit", "Sys.Audit"]
        .map(|name| catalogue.privilege(name).unwrap())
        .into();
    let mut random = Random::new(7);
    let questions: Vec<_> = (0..ASKED)
        .map(|_| {
            let who = if random.percent(90) { random.of(&data.users) } else { random.of(&data.tokens) };
            let path = match random.percent(60) {
                true => format!("/vms/{}", 100 + random.below(data.users.len() * 2)),
                false => random.of(&data.paths).clone(),
            };
            (who.clone(), *random.of(&privileges), path)
        })
        .collect();
    let mut allowed = 0;
    let times = (0..11).map(|_| {
        let start = Instant::now();
        allowed =
            questions.iter().filter(|(who, privilege, path)| policy.check(who, *privilege, path)).count();
        start.elapsed().as_secs_f64() / ASKED as f64
    });
    let time = median(times.collect());
    let share = allowed as f64 * 100.0 / ASKED as f64;
    say(&format!("checks {size}: {:.1} million a second ({share:.1} % allowed), goal 5.0", 1e-6 / time));
}
