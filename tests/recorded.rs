//! What the original was seen to do, asked of usher under the original's name: the same status, the
//! same files byte for byte, the same answers. Where it is meant to differ, a list says why, and the
//! list must be neither too short nor too long.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "recorded/compare.rs"]
mod compare;
#[path = "recorded/on_purpose.rs"]
mod on_purpose;
mod support;

use compare::{Seen, differences};
use on_purpose::ON_PURPOSE;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Mutex;
use support::slapd::Slapd;
use support::terminal::on_terminal;
use support::{Place, in_parallel};

/// What the directory server of the recording held, below [`support::slapd::BASE`].
const SERVED: &str = include_str!("data/recorded.ldif");

#[derive(Deserialize)]
struct Record {
    id: String,
    tags: Vec<String>,
    /// The files before the first step.
    initial: BTreeMap<String, String>,
    steps: Vec<Step>,
}

/// A command line and what the original did.
#[derive(Deserialize)]
struct Step {
    argv: Vec<String>,
    #[serde(default)]
    stdin: String,
    #[serde(default)]
    env: BTreeMap<String, String>,
    tty: Option<(u16, u16)>,
    rc: i32,
    stdout: String,
    stderr: String,
    /// All files afterwards.
    after: BTreeMap<String, String>,
}

/// What is not UTF-8 is recorded as `base64:…`.
fn bytes(text: &str) -> Vec<u8> {
    let Some(code) = text.strip_prefix("base64:") else { return text.as_bytes().to_vec() };
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => u32::from(letter - b'A'),
        b'a'..=b'z' => u32::from(letter - b'a') + 26,
        b'0'..=b'9' => u32::from(letter - b'0') + 52,
        b'+' => 62,
        b'/' => 63,
        _ => 0,
    };
    let padding = code.bytes().rev().take_while(|letter| *letter == b'=').count();
    let mut bytes: Vec<u8> = Vec::new();
    for four in code.as_bytes().chunks(4) {
        let number = four.iter().fold(0, |number, letter| number << 6 | value(*letter));
        bytes.extend(&number.to_be_bytes()[1..]);
    }
    bytes.truncate(bytes.len() - padding);
    bytes
}

fn all_bytes(files: &BTreeMap<String, String>) -> BTreeMap<String, Vec<u8>> {
    files.iter().map(|(name, text)| (name.clone(), bytes(text))).collect()
}

fn records() -> Vec<Record> {
    let packed: &[u8] = include_bytes!("data/recorded.jsonl.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str::<Record>(line).unwrap()).collect()
}

impl Record {
    /// Whether a directory server took part.
    fn asks_server(&self) -> bool {
        self.tags.iter().any(|tag| tag == "ldap")
    }

    /// The same with the server of this run instead of that of the recording.
    fn with_server(mut self, port: u16) -> Self {
        let here = |text: &mut String| {
            *text = text
                .replace("port 3389\n", &format!("port {port}\n"))
                .replace("dc=example,dc=com", support::slapd::BASE);
        };
        self.initial.values_mut().for_each(here);
        for step in &mut self.steps {
            step.argv.iter_mut().for_each(here);
            step.after.values_mut().for_each(here);
        }
        self
    }
}

impl Step {
    fn original(&self) -> Seen {
        Seen {
            done: self.rc == 0,
            out: bytes(&self.stdout),
            err: bytes(&self.stderr),
            files: all_bytes(&self.after),
        }
    }

    fn here(&self, place: &Place) -> Seen {
        let mut command = place.command("pveum");
        command.args(&self.argv).envs(&self.env);
        let run = match self.tty {
            Some(size) => on_terminal(&command, size, &[]),
            None => support::fed(&mut command, &self.stdin),
        };
        Seen { done: run.status == 0, out: run.out.into(), err: run.err.into(), files: place.files() }
    }
}

/// Every difference of a record, by step and by what differs.
fn replay(record: &Record) -> Vec<((String, usize, String), String)> {
    let place = Place::new();
    for (name, text) in &record.initial {
        place.write(name, bytes(text));
    }
    let mut found = Vec::new();
    for (number, step) in record.steps.iter().enumerate() {
        for (what, how) in differences(&step.argv, &step.original(), &step.here(&place)) {
            let how = format!("{}[{number}] {what}: {}\n{how}", record.id, step.argv.join(" "));
            found.push(((record.id.clone(), number, what), how));
        }
    }
    found
}

fn replay_all(records: &[Record]) -> BTreeMap<(String, usize, String), String> {
    let found = Mutex::new(BTreeMap::new());
    in_parallel(records, |record| {
        let differences = replay(record);
        found.lock().unwrap().extend(differences);
    });
    found.into_inner().unwrap()
}

#[test]
fn usher_does_what_the_original_did_but_for_what_is_listed() {
    let server = Slapd::with(SERVED);
    let served = |record: Record| if record.asks_server() { record.with_server(server.port) } else { record };
    let records: Vec<Record> = records().into_iter().map(served).collect();
    assert_eq!(records.iter().filter(|record| record.asks_server()).count(), ASKING);
    let steps: usize = records.iter().map(|record| record.steps.len()).sum();
    assert_eq!((records.len(), steps), (RECORDS, STEPS));
    assert!(records.iter().flat_map(|record| &record.steps).any(|step| step.tty.is_some()));
    let mut found = replay_all(&records);
    let mut complaints = Vec::new();
    for one in ON_PURPOSE {
        for step in one.steps {
            for what in one.what {
                let key = (one.record.to_owned(), *step, (*what).to_owned());
                if found.remove(&key).is_none() {
                    complaints.push(format!("{key:?} agrees now, or is listed twice ({})", one.reason));
                }
            }
        }
    }
    complaints.extend(found.into_values());
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n\n"));
}

/// How many records there are to replay.
const RECORDS: usize = 165;
/// How many command lines they hold.
const STEPS: usize = 465;
/// How many records a directory server took part in.
const ASKING: usize = 17;

#[test]
fn recorded_bytes_are_read() {
    assert_eq!(bytes("base64:Zm9vYg=="), b"foob");
    assert_eq!(bytes("base64:Zm9v/w=="), b"foo\xff");
    assert_eq!(bytes("foo"), b"foo");
}
