//! Writing to a reader that went away, and to a disk that is full.

use std::fs::OpenOptions;
use std::io::{Read, pipe};

use usher::cli::output::{Answer, Column, Format, Record, Style};
use usher::cli::terminal::Output;
use usher::error::Error;

const COLUMNS: &[Column] = &[Column::text("userid"), Column::text("comment")];

fn many() -> Answer {
    let row = |number| Record::new().with("userid", format!("u{number}@pve")).with("comment", "x".repeat(50));
    Answer::Rows { columns: COLUMNS, rows: (0..20_000).map(row).collect() }
}

fn every_format() -> [Style; 4] {
    [Format::Text, Format::Json, Format::JsonPretty, Format::Yaml]
        .map(|format| Style { format, ..Style::default() })
}

#[test]
fn a_reader_that_went_away_ends_the_output_quietly() {
    for style in every_format() {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let mut out = Output::new(writer);
        out.answer(&many(), &style).unwrap();
        assert!(out.reader_is_gone());
        out.answer(&Answer::Text("more".to_owned()), &style).unwrap();
    }
}

#[test]
fn a_reader_may_go_away_in_the_middle() {
    for style in every_format() {
        let (mut reader, writer) = pipe().unwrap();
        let writing = std::thread::spawn(move || {
            let mut out = Output::new(writer);
            (out.answer(&many(), &style).map_err(|error| error.to_string()), out.reader_is_gone())
        });
        let mut first = [0; 16];
        reader.read_exact(&mut first).unwrap();
        drop(reader);
        assert_eq!(writing.join().unwrap(), (Ok(()), true));
    }
}

#[test]
fn a_reader_that_stays_gets_everything() {
    let (mut reader, writer) = pipe().unwrap();
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        text
    });
    let mut out = Output::new(writer);
    out.answer(&Answer::Text("first".to_owned()), &Style::default()).unwrap();
    out.answer(&Answer::Text("second".to_owned()), &Style::default()).unwrap();
    assert!(!out.reader_is_gone());
    drop(out);
    assert_eq!(reading.join().unwrap(), "first\nsecond\n");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    for style in every_format() {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let error = Output::new(full).answer(&many(), &style).unwrap_err();
        assert!(matches!(error, Error::Io { action: "write", .. }), "{error}");
        assert!(error.to_string().starts_with("cannot write 'standard output': "), "{error}");
    }
}
