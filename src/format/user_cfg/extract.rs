//! What of the file matters for one question about one principal at one path.
//!
//! Of a large file hardly any line does, and to see that takes much less time than to read it. A line is passed over
//! only when it is sure to say nothing about the question however it is read: it begins as the records usher writes
//! do, and does not hold the name it would have to hold. Every other line is kept, whatever it is.

use super::scan::{Depth, scan};
use crate::access::reaches_pools;
use crate::access::usable::Who;
use crate::catalogue::Catalogue;
use crate::format::Warning;
use crate::format::line::trim;
use crate::model::byte::NAME;
use crate::model::directory::Directory;
use crate::model::path::{AclPath, is_within};
use memchr::memmem::Finder;
use std::iter::once;
use std::ops::Range;
use std::sync::Arc;

/// What a line is to the question.
#[derive(PartialEq)]
enum Fate {
    Kept,
    /// An entry at a pool: it matters when the pool does.
    AtPool,
    PassedOver,
}

/// A line that may be kept: where it stands among the texts of all of them, and its number in the file.
struct Candidate {
    line: Range<usize>,
    number: usize,
    at_pool: bool,
}

struct Search<'s> {
    /// Where entries would matter.
    node: AclPath,
    /// What comes before the name of a pool in its path; empty: there are no pools.
    pools: &'s str,
    /// The last part of a path that may be a member of pools.
    member: Option<Finder<'s>>,
    /// The paths of the pools it may be a member of.
    joined: Vec<String>,
}

/// Takes out of a file what matters for a question about one principal at one path. It is given the file piece by piece, so
/// that all of it need never be in memory.
pub struct Extractor<'q> {
    catalogue: &'q Catalogue,
    user: Finder<'q>,
    search: Search<'q>,
    /// How many lines there were.
    lines: usize,
    kept: Kept,
    /// The beginning of a line whose end is still to come.
    begun: Vec<u8>,
}

/// The lines that may be kept.
#[derive(Default)]
struct Kept {
    text: String,
    candidates: Vec<Candidate>,
    /// Whether one of them is not UTF-8, which may be spelled in more than one way.
    failed: bool,
}

impl Kept {
    fn take(&mut self, line: &[u8], number: usize, at_pool: bool) {
        let Ok(line) = std::str::from_utf8(line) else {
            self.failed = true;
            return;
        };
        let start = self.text.len();
        self.text.push_str(line);
        self.candidates.push(Candidate { line: start..self.text.len(), number, at_pool });
    }
}

impl<'q> Extractor<'q> {
    /// For a question about `who` at `path`. `None`: what matters cannot be told by looking at bytes. A name that is not
    /// ASCII may be spelled in more than one way, and the superuser is there without a line.
    pub fn new(catalogue: &'q Catalogue, who: &'q Who, path: &'q AclPath) -> Option<Self> {
        let user = who.user().as_str();
        (user.is_ascii() && user != catalogue.superuser()).then(|| Self {
            catalogue,
            user: Finder::new(user),
            search: Search::at(path, catalogue),
            lines: 0,
            kept: Kept::default(),
            begun: Vec::new(),
        })
    }

    /// Forgets what it was given.
    pub fn restart(&mut self) {
        self.kept = Kept::default();
        self.begun.clear();
        self.search.joined.clear();
        self.lines = 0;
    }

    /// Takes the next piece of the file.
    pub fn take(&mut self, mut piece: &[u8]) {
        if !self.begun.is_empty() {
            let end = memchr::memchr(b'\n', piece).map_or(piece.len(), |end| end + 1);
            let (rest, next) = piece.split_at_checked(end).unwrap_or((piece, &[]));
            self.begun.extend_from_slice(rest);
            if !rest.ends_with(b"\n") {
                return;
            }
            let line = std::mem::take(&mut self.begun);
            self.take_lines(&line);
            piece = next;
        }
        let end = memchr::memrchr(b'\n', piece).map_or(0, |end| end + 1);
        let (lines, begun) = piece.split_at_checked(end).unwrap_or((piece, &[]));
        self.take_lines(lines);
        self.begun.extend_from_slice(begun);
    }

    fn take_lines(&mut self, lines: &[u8]) {
        let mut mentions = self.user.find_iter(lines).peekable();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', lines).chain(once(lines.len())) {
            let begin = std::mem::replace(&mut start, end + 1);
            // Behind the last end of a line there is no other line.
            let Some(line) = lines.get(begin..end).filter(|_| begin < lines.len()) else { continue };
            self.lines += 1;
            let fate = self.search.fate(line, || {
                while mentions.next_if(|place| *place < begin).is_some() {}
                mentions.peek().is_some_and(|place| *place < end)
            });
            if fate != Fate::PassedOver {
                self.kept.take(line, self.lines, fate == Fate::AtPool);
            }
        }
    }

    /// Reads what matters: who looks at the directory through a [`Focus`](crate::access::Focus) on the question finds what he
    /// would in the whole one. Other records may be missing, and lines that do not matter are not warned of. `None`: the
    /// whole file has to be read.
    pub fn read(mut self) -> Option<(Directory, Vec<Warning>)> {
        let last = std::mem::take(&mut self.begun);
        self.take_lines(&last);
        let kept = self.kept;
        if kept.failed {
            return None;
        }
        let mut text = Vec::with_capacity(kept.text.len() + kept.candidates.len());
        let mut numbers = Vec::with_capacity(kept.candidates.len());
        for candidate in kept.candidates {
            let line = kept.text.get(candidate.line).unwrap_or_default();
            if !candidate.at_pool || self.search.pool_matters(line) {
                text.extend_from_slice(line.as_bytes());
                text.push(b'\n');
                numbers.push(candidate.number);
            }
        }
        let (directory, mut warnings) = scan(&Arc::new(text), self.catalogue, Depth::Part)?;
        for warning in &mut warnings {
            let number = warning.line.checked_sub(1).and_then(|place| numbers.get(place));
            warning.line = number.copied().unwrap_or(warning.line);
        }
        Some((directory, warnings))
    }
}

impl<'s> Search<'s> {
    fn at(path: &'s AclPath, catalogue: &'s Catalogue) -> Self {
        let pools = catalogue.pools();
        let below = |prefix: &str| !prefix.is_empty() && path.as_str().starts_with(prefix);
        let member = path.as_str().rsplit('/').next();
        let member = member.filter(|_| below(pools.guests()) || below(pools.storages()));
        Self {
            node: path.node(),
            pools: pools.acl(),
            member: member.filter(|_| !pools.acl().is_empty()).map(Finder::new),
            joined: Vec::new(),
        }
    }

    #[inline]
    fn fate(&mut self, line: &[u8], mentioned: impl FnOnce() -> bool) -> Fate {
        let matters = match line {
            [b'a', b'c', b'l', b':', ..] => return self.fate_of_entry(line),
            [b'u', b's', b'e', b'r', b':', ..]
            | [b't', b'o', b'k', b'e', b'n', b':', ..]
            | [b'g', b'r', b'o', b'u', b'p', b':', ..] => mentioned(),
            [b'p', b'o', b'o', b'l', b':', pool @ ..] => {
                let joined = self.member.as_ref().is_some_and(|member| member.find(pool).is_some());
                if joined {
                    let id = pool.split(|byte| *byte == b':').next().unwrap_or_default();
                    self.joined.push(format!("{}{}", self.pools, trim(text(id))));
                }
                joined
            }
            // A record that begins otherwise than usher writes it has the whole file read.
            _ => true,
        };
        if matters { Fate::Kept } else { Fate::PassedOver }
    }

    fn fate_of_entry(&self, line: &[u8]) -> Fate {
        let [b'a', b'c', b'l', b':', b'0' | b'1', b':', fields @ ..] = line else { return Fate::Kept };
        let pools = self.pools.trim_end_matches('/');
        if leads_elsewhere(fields, self.node.as_str())
            && (self.member.is_none() || leads_elsewhere(fields, pools))
        {
            return Fate::PassedOver;
        }
        let Some(path) = path_of(fields) else { return Fate::Kept };
        if is_within(self.node.as_str(), path) {
            Fate::Kept
        } else if self.member.is_some() && reaches_pools(self.pools, path) {
            Fate::AtPool
        } else {
            Fate::PassedOver
        }
    }

    /// Whether an entry at a pool is for one the path may be a member of.
    fn pool_matters(&self, line: &str) -> bool {
        let path = line.get("acl:1:".len()..).and_then(|fields| path_of(fields.as_bytes()));
        self.joined.iter().any(|pool| path.is_none_or(|path| is_within(pool, path)))
    }
}

/// Whether fields that begin with a path are surely for one that is neither `whole` nor above or below it. Most are told
/// apart by their first bytes: a part of another name is no part of `whole`, however the path goes on. A `0` may be a part
/// of its own, which counts for nothing.
#[inline]
fn leads_elsewhere(fields: &[u8], whole: &str) -> bool {
    let differ = whole.bytes().zip(fields).find(|(ours, theirs)| ours != *theirs);
    fields.starts_with(b"/") && differ.is_some_and(|(_, theirs)| *theirs != b'0' && NAME.holds(*theirs))
}

/// The path fields begin with, in normal form.
fn path_of(fields: &[u8]) -> Option<&str> {
    let (path, rest) = fields.split_at_checked(AclPath::normal_prefix(fields)?)?;
    rest.starts_with(b":").then(|| text(path))
}

/// What is no text is no path and no name.
fn text(name: &[u8]) -> &str {
    std::str::from_utf8(name).unwrap_or_default()
}
