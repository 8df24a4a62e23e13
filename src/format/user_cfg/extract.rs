//! What of the file matters for one question about one principal at one path.
//!
//! Of a large file hardly any line does, and to see that takes much less time than to read it. A line is passed over
//! only when it is sure to say nothing about the question however it is read: it begins as the records usher writes
//! do, and does not hold the name it would have to hold. Every other line is kept, whatever it is.

use crate::access::usable::Who;
use crate::catalogue::Catalogue;
use crate::format::line::{is_blank, trim};
use crate::model::path::{AclPath, is_within};
use memchr::memmem::{self, Finder};
use std::iter::once;
use std::ops::Range;

/// The lines that are kept, as a text of its own.
pub struct Extract {
    pub text: Vec<u8>,
    /// For each of its lines, which line of the file it is, counted from 1.
    numbers: Vec<usize>,
}

impl Extract {
    /// The line of the file that is line `number` of the extract.
    pub fn line(&self, number: usize) -> usize {
        number.checked_sub(1).and_then(|place| self.numbers.get(place)).copied().unwrap_or(number)
    }
}

/// What a line is to the question.
#[derive(PartialEq)]
enum Fate {
    Kept,
    /// An entry at a pool: it matters when the pool does.
    AtPool,
    PassedOver,
}

/// A line that may be kept.
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
    /// Whether there may be pools that were not noticed.
    unsure: bool,
}

/// Takes out what matters for a question about `who` at `path`. `None`: it cannot be told by looking at bytes. A name that
/// is not ASCII may be spelled in more than one way, as may everything in a file that is not UTF-8; and the superuser is
/// there without a line.
pub fn extract(text: &[u8], catalogue: &Catalogue, who: &Who, path: &AclPath) -> Option<Extract> {
    let text = std::str::from_utf8(text).ok()?;
    let user = who.user().as_str();
    if !user.is_ascii() || user == catalogue.superuser() {
        return None;
    }
    let mut mentions = memmem::find_iter(text.as_bytes(), user).peekable();
    let mut mentioned = |line: &Range<usize>| {
        while mentions.next_if(|place| *place < line.start).is_some() {}
        mentions.peek().is_some_and(|place| *place < line.end)
    };
    let mut search = Search::at(path, catalogue);
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut start = 0;
    for (number, end) in (1..).zip(memchr::memchr_iter(b'\n', text.as_bytes()).chain(once(text.len()))) {
        let line = start..end;
        start = end + 1;
        // Behind the last end of a line there is no other line.
        let Some(content) = text.get(line.clone()).filter(|_| line.start < text.len()) else { continue };
        let fate = search.fate(content, || mentioned(&line));
        if fate != Fate::PassedOver {
            candidates.push(Candidate { line, number, at_pool: fate == Fate::AtPool });
        }
    }
    let mut extract = Extract { text: Vec::new(), numbers: Vec::new() };
    for candidate in candidates {
        let line = text.get(candidate.line).unwrap_or_default();
        if !candidate.at_pool || search.pool_matters(line) {
            extract.text.extend_from_slice(line.as_bytes());
            extract.text.push(b'\n');
            extract.numbers.push(candidate.number);
        }
    }
    Some(extract)
}

impl<'s> Search<'s> {
    fn at(path: &'s AclPath, catalogue: &'s Catalogue) -> Self {
        let pools = catalogue.pools();
        let below = |prefix: &str| path.as_str().strip_prefix(prefix).filter(|_| !prefix.is_empty());
        let member = below(pools.guests()).or_else(|| below(pools.storages()));
        Self {
            node: path.node(),
            pools: pools.acl(),
            member: member.filter(|_| !pools.acl().is_empty()).map(Finder::new),
            joined: Vec::new(),
            unsure: false,
        }
    }

    fn fate(&mut self, line: &str, mentioned: impl FnOnce() -> bool) -> Fate {
        let matters = match line.as_bytes() {
            [b'a', b'c', b'l', b':', ..] => return self.fate_of_entry(line),
            [b'u', b's', b'e', b'r', b':', ..]
            | [b't', b'o', b'k', b'e', b'n', b':', ..]
            | [b'g', b'r', b'o', b'u', b'p', b':', ..] => mentioned(),
            [b'p', b'o', b'o', b'l', b':', pool @ ..] => {
                let joined = self.member.as_ref().is_some_and(|member| member.find(pool).is_some());
                if joined {
                    let id = trim(line.split(':').nth(1).unwrap_or_default());
                    self.joined.push(format!("{}{id}", self.pools));
                }
                joined
            }
            _ => {
                self.unsure |= !line.starts_with("role:") && !line.bytes().all(is_blank);
                true
            }
        };
        if matters { Fate::Kept } else { Fate::PassedOver }
    }

    fn fate_of_entry(&self, line: &str) -> Fate {
        let Some(path) = path_of(line) else { return Fate::Kept };
        if is_within(self.node.as_str(), path) {
            Fate::Kept
        } else if self.member.is_some() && path.starts_with(self.pools.trim_end_matches('/')) {
            Fate::AtPool
        } else {
            Fate::PassedOver
        }
    }

    /// Whether an entry at a pool is for one the path may be a member of.
    fn pool_matters(&self, line: &str) -> bool {
        let path = path_of(line).unwrap_or_default();
        self.unsure || self.joined.iter().any(|pool| is_within(pool, path))
    }
}

/// The path of an ACL entry that is written as usher would.
fn path_of(line: &str) -> Option<&str> {
    let [b'a', b'c', b'l', b':', b'0' | b'1', b':', rest @ ..] = line.as_bytes() else { return None };
    let length = rest.iter().position(|byte| *byte == b':')?;
    let path = line.get(line.len() - rest.len()..)?.get(..length)?;
    AclPath::is_normal(path).then_some(path)
}
