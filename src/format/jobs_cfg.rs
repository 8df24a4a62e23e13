//! `jobs.cfg`: what runs by a schedule, described in `docs/jobs-cfg.md`.
//!
//! Only jobs that synchronise realms are ours. On a Proxmox node backup jobs stand in the same file: they
//! are kept byte for byte.

use crate::format::encoding::{decode, text_of};
use crate::format::section::{self, Block as Lines, Content, Line, Section};
use crate::format::{Warning, options};
use crate::model::id::JobId;
use crate::model::job::{Block, Entry, Jobs, KIND, Setting, SyncJob};
use std::sync::Arc;

/// The name of the file.
pub const FILE: &str = "jobs.cfg";

/// Reads the jobs. Nothing is refused: what cannot be understood is kept, does not count and is told
/// in the warnings, sorted by line. Jobs of other kinds are kept without a word.
pub fn parse(text: &[u8]) -> (Jobs, Vec<Warning>) {
    let mut warnings: Vec<(usize, String)> = Vec::new();
    let entries = section::parse(text).into_iter().map(|block| match block {
        Lines::Section(section) => read_section(&section, &mut warnings),
        Lines::Loose(lines) => read_loose(&lines, &mut warnings),
    });
    let (jobs, notes) = Jobs::assemble(Arc::new(text.to_vec()), entries.collect());
    warnings.extend(notes);
    warnings.sort_by_key(|(line, _)| *line);
    (jobs, warnings.into_iter().map(|(line, message)| Warning::new(FILE, line, message)).collect())
}

/// The bytes of the file: what was read when nothing was changed, else changed sections in the
/// original's form and everything else as it stood.
pub fn render(jobs: &Jobs) -> Vec<u8> {
    let source = jobs.source().as_slice();
    if !jobs.is_edited() {
        return source.to_vec();
    }
    let mut out = Vec::with_capacity(source.len() + 256);
    for entry in jobs.entries() {
        let kept = |span: &std::ops::Range<usize>| source.get(span.clone()).unwrap_or_default();
        match entry {
            Entry::Other(block) if block.id.is_none() => section::write_line(&mut out, kept(&block.span)),
            Entry::Other(block) => section::write_whole(&mut out, kept(&block.span)),
            Entry::Job(job) if job.clean => section::write_whole(&mut out, kept(&job.span)),
            Entry::Job(job) => {
                section::write_header(&mut out, KIND, job.id().as_str());
                let values: Vec<_> = job.values().collect();
                options::write(&mut out, &values, &job.inert, source);
                out.push(b'\n');
            }
        }
    }
    out
}

fn read_loose(lines: &[Line<'_>], warnings: &mut Vec<(usize, String)>) -> Entry {
    for line in lines {
        if let Content::Garbage(text) = line.content {
            warnings.push((line.number, format!("ignore config line: {}", text_of(text))));
        }
    }
    let first = lines.first().map_or(0, |line| line.span.start);
    let last = lines.last().map_or(first, |line| line.span.end);
    let line = lines.first().map_or(0, |line| line.number);
    Entry::Other(Block { span: first..last, line, id: None, foreign: false })
}

fn read_section(section: &Section<'_>, warnings: &mut Vec<(usize, String)>) -> Entry {
    let name = text_of(section.name).into_owned();
    let kept = |foreign| {
        Entry::Other(Block {
            span: section.span.clone(),
            line: section.line,
            id: Some(name.clone()),
            foreign,
        })
    };
    if !section.kind.eq_ignore_ascii_case(KIND.as_bytes()) {
        return kept(true);
    }
    let mut settings: Vec<Setting> = Vec::new();
    let (inert, found) = options::read(&name, &section.lines, |key, value| {
        if settings.iter().any(|setting| setting.name() == key) {
            return Err("duplicate attribute".to_owned());
        }
        let setting = read_option(key, value)?;
        let name = setting.name();
        settings.push(setting);
        Ok(name)
    });
    let job = JobId::parse(&name).map_err(|error| error.to_string()).and_then(|id| {
        SyncJob::new(id, settings).map_err(|key| format!("missing value for required option '{key}'"))
    });
    warnings.extend(found);
    match job {
        Ok(mut job) => {
            job.span = section.span.clone();
            job.line = section.line;
            job.inert = inert;
            job.clean = true;
            Entry::Job(job)
        }
        Err(why) => {
            warnings.push((section.line, format!("skip section '{name}': {why}")));
            kept(false)
        }
    }
}

fn read_option(key: &str, value: Option<&[u8]>) -> Result<Setting, String> {
    let value = value.ok_or("no value")?;
    let value = if key == "comment" { decode(value) } else { text_of(value).into_owned() };
    Setting::parse(key, &value).map_err(|error| error.to_string())
}
