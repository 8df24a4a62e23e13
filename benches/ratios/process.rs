//! Whole processes, from start to end.

use super::data::Data;
use super::measure::{Timed, compare};
use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub const USHER: &str = env!("CARGO_BIN_EXE_usher");
const SCRATCH: &str = env!("CARGO_TARGET_TMPDIR");

pub fn fresh(name: &str) -> PathBuf {
    let path = Path::new(SCRATCH).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Compiles the process to compare with, linked as this one is.
pub fn floor() -> PathBuf {
    let program = fresh("floor").join("floor");
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut compile = Command::new(compiler);
    compile.args(["--edition=2024", "-Copt-level=3", "-Cpanic=abort", "-Clto=fat", "-Cstrip=symbols"]);
    if cfg!(target_feature = "crt-static") {
        compile.arg("-Ctarget-feature=+crt-static");
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ratios/floor.rs");
    assert!(compile.arg("-o").arg(&program).arg(source).status().unwrap().success());
    program
}

pub fn run(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    let end = start.elapsed();
    assert!(status.success(), "{command:?}");
    end
}

pub fn timed<'t>(mut command: impl FnMut() -> Command + 't) -> Timed<'t> {
    Box::new(move || run(&mut command()))
}

/// `usher --version` against a program that does nothing.
pub fn start(floor: &Path) -> f64 {
    let version = || {
        let mut command = Command::new(USHER);
        command.arg("--version");
        command
    };
    compare(200, vec![timed(|| Command::new(floor)), timed(version)]).1[1]
}

/// What a change costs: against the floor, and its peak of memory against the file.
pub struct Change {
    pub floor: Duration,
    pub ratio: f64,
    pub peak: f64,
    pub floor_peak: f64,
}

/// `usher user add` against the least a safe change can do.
pub fn change(floor: &Path, data: &Data, rounds: usize) -> Change {
    let (ours, theirs) = (fresh("usher"), fresh("same-bytes"));
    for directory in [&ours, &theirs] {
        fs::write(directory.join("user.cfg"), &data.text).unwrap();
    }
    let number = Cell::new(0);
    let add = || {
        number.set(number.get() + 1);
        let mut command = Command::new(USHER);
        command.arg("user").arg("add").arg(format!("new-{:04}@pve", number.get()));
        command.env("USHER_CONFIG_DIR", &ours);
        command
    };
    let same = || {
        let mut command = Command::new(floor);
        command.arg(&theirs);
        command
    };
    let (time, ratios) = compare(rounds, vec![timed(same), timed(add)]);
    let written = fs::read_to_string(ours.join("user.cfg")).unwrap();
    let lines = |text: &str| text.lines().count();
    assert_eq!(lines(&written), lines(&data.text) + number.get(), "a user more per run and nothing else");
    let peak = |command: &Command| peak_of(command) / data.text.len() as f64;
    Change { floor: time, ratio: ratios[1], peak: peak(&add()), floor_peak: peak(&same()) }
}

/// The peak of memory of a command, in bytes.
pub fn peak_of(command: &Command) -> f64 {
    let mut measured = Command::new(std::env::current_exe().unwrap());
    measured.arg("peak").arg(command.get_program()).args(command.get_args());
    measured.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = measured.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// Runs a command and tells its peak of memory in bytes. A process of its own does this, because a
/// child's peak counts in the memory of the process it was born of.
pub fn peak(command: &[String]) -> i64 {
    let [program, arguments @ ..] = command else { return 0 };
    run(Command::new(program).args(arguments));
    nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).unwrap().max_rss() * 1024
}
