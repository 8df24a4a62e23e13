//! The test binary as another process: it runs the test [`child`] alone, which then plays a part.

use crate::set;
use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio, exit};
use std::time::Duration;
use usher::store::{DirStore, Store};

const PART: &str = "USHER_TEST_PART";
const FOLDER: &str = "USHER_TEST_FOLDER";

/// The exit status of a part that failed and changed nothing.
pub const FAILED: i32 = 11;
/// The exit status of a part that failed, but said that its change stands.
pub const STANDS: i32 = 10;

/// The arguments (program first) that play a part.
pub fn arguments() -> Vec<String> {
    let program = env::current_exe().unwrap().to_str().unwrap().to_owned();
    [&program, "child::child", "--exact", "--test-threads=1"].map(str::to_owned).to_vec()
}

/// Tells a command which part to play where.
pub fn play<'a>(command: &'a mut Command, part: &str, folder: &Path) -> &'a mut Command {
    command.env(PART, part).env(FOLDER, folder).stdout(Stdio::null()).stderr(Stdio::null())
}

/// A command that plays `part` under strace with one fault.
pub fn disturbed(part: &str, folder: &Path, fault: &str) -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", fault]).args(arguments());
    play(&mut command, part, folder);
    command
}

/// What is said when strace cannot be started.
pub const STRACE: &str = "strace is needed: apt-get install strace";

/// A process in the middle of a transaction.
pub struct Holder {
    process: Child,
}

impl Holder {
    /// Starts one and waits until it has the lock.
    pub fn new(folder: &Path) -> Self {
        let arguments = arguments();
        let mut command = Command::new(&arguments[0]);
        play(command.args(&arguments[1..]), "hold", folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let output = process.stdout.as_mut().unwrap();
        assert!(
            BufReader::new(output).lines().any(|line| line.unwrap() == "holding"),
            "the child has no lock"
        );
        Self { process }
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Kills it in the middle of its transaction.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Lets it drop its transaction.
    pub fn release(mut self) {
        drop(self.process.stdin.take());
        assert!(self.process.wait().unwrap().success());
    }
}

/// Plays the part given in the environment; without one this is no test.
#[test]
fn child() {
    let (Ok(part), Ok(folder)) = (env::var(PART), env::var(FOLDER)) else { return };
    let mut store = DirStore::new(folder).command(format!("test {part}"));
    if let Some(number) = part.strip_prefix("token ") {
        exit(i32::from(crate::journal::add_token(&store, number).is_err()));
    }
    if part == "hasty" {
        store = store.patience(Duration::ZERO);
    }
    let done = store.begin().and_then(|transaction| match part.as_str() {
        "begin" | "hasty" => Ok(()),
        "hold" => {
            std::io::stdout().write_all(b"\nholding\n").unwrap();
            std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
            Ok(())
        }
        "count" => {
            let old = transaction.read("n")?.unwrap();
            let next = std::str::from_utf8(&old).unwrap().parse::<u32>().unwrap() + 1;
            transaction.commit(vec![set("n", &next.to_string())])
        }
        other => match crate::crash::CASES.iter().find(|case| case.part == other) {
            Some(case) => case.commit(transaction),
            None => panic!("no such part: {other}"),
        },
    });
    exit(match done {
        Ok(()) => 0,
        Err(error) if error.to_string().contains("the change ") => STANDS,
        Err(_) => FAILED,
    });
}
