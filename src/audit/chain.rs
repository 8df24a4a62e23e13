//! The chain of entries: each holds the digest of the line before it.

use super::digest::Digest;
use crate::format::journal::{self, Entry};

/// Where a journal ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// The number of the last entry; 0 when there is none.
    pub number: u64,
    /// The digest of its line.
    pub digest: Option<Digest>,
}

impl End {
    /// The digest in hexadecimal.
    pub fn previous(&self) -> Option<String> {
        self.digest.map(Digest::to_hex)
    }
}

/// The digest of a line, whether or not its line break is given along.
pub fn digest_of(line: &[u8]) -> Digest {
    Digest::of(line.strip_suffix(b"\n").unwrap_or(line))
}

/// Something about a journal that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The entry it shows at: its number, or the one it should have.
    pub number: u64,
    /// What is wrong.
    pub message: String,
}

/// Follows a chain from its first line to its last.
#[derive(Debug, Default)]
pub struct Chain {
    end: End,
    first: Option<u64>,
    faults: Vec<Fault>,
}

impl Chain {
    /// Takes the next line; `None` when it is no entry.
    pub fn take(&mut self, line: &[u8]) -> Option<Entry> {
        let digest = Some(digest_of(line));
        let expected = self.end.number + 1;
        let Some(entry) = journal::parse::<Entry>(line) else {
            self.complain(expected, "the line is no entry");
            self.end.digest = digest;
            return None;
        };
        if self.end.digest.is_none() && self.first.is_none() {
            // Older entries may have been removed by rotation.
            if entry.number == 1 && entry.previous.is_some() {
                self.complain(1, "the first entry names one before it");
            }
            if entry.number != 1 && entry.previous.is_none() {
                self.complain(entry.number, "the entry names none before it");
            }
        } else {
            if entry.number != expected {
                self.complain(entry.number, &format!("the entry follows number {}", self.end.number));
            }
            if entry.previous != self.end.previous() {
                self.complain(entry.number, "the entry before it is not the one it was written behind");
            }
        }
        self.first.get_or_insert(entry.number);
        self.end = End { number: entry.number, digest };
        Some(entry)
    }

    fn complain(&mut self, number: u64, message: &str) {
        self.faults.push(Fault { number, message: message.to_owned() });
    }

    /// The number of the first entry.
    pub fn first(&self) -> Option<u64> {
        self.first
    }

    /// Where it ends so far.
    pub fn end(&self) -> End {
        self.end
    }

    /// What is wrong with it.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: u64) -> Vec<Vec<u8>> {
        let mut end = End::default();
        (1..=count)
            .map(|number| {
                let line =
                    journal::render(&Entry { number, previous: end.previous(), ..Entry::default() }).unwrap();
                end = End { number, digest: Some(digest_of(&line)) };
                line
            })
            .collect()
    }

    fn faults(lines: &[Vec<u8>]) -> Vec<u64> {
        let mut chain = Chain::default();
        lines.iter().for_each(|line| drop(chain.take(line)));
        chain.faults().iter().map(|fault| fault.number).collect()
    }

    #[test]
    fn a_broken_chain_is_found() {
        let whole = lines(5);
        assert!(faults(&whole).is_empty());
        assert!(faults(&whole[2..]).is_empty(), "older pieces may be gone");
        let without = |place: usize| {
            let mut lines = whole.clone();
            lines.remove(place);
            faults(&lines)
        };
        assert_eq!(without(2), [4, 4]);
        let mut changed = whole.clone();
        let text = String::from_utf8(changed[1].clone()).unwrap().replace("1970", "1971");
        changed[1] = text.into_bytes();
        assert_eq!(faults(&changed), [3]);
        let mut swapped = whole.clone();
        swapped.swap(1, 2);
        assert!(faults(&swapped).contains(&3));
        let mut torn = whole.clone();
        torn[2].truncate(20);
        assert_eq!(faults(&torn), [3, 4, 4]);
    }
}
