//! Files that pair a name with a secret, one pair to a line.

use crate::error::{Error, Result};
use crate::format::Warning;
use crate::format::encoding::text_of;
use std::fmt;
use std::ops::Range;
use zeroize::Zeroizing;

/// Where name and secret stand in a line.
pub type Pair = (Range<usize>, Range<usize>);

/// How the lines of one file are built.
#[derive(Clone, Copy)]
pub struct Grammar {
    /// The file, relative to the config directory.
    pub file: &'static str,
    /// What is said of a line that is none.
    pub complaint: &'static str,
    /// Finds name and secret in a line without its line break.
    pub split: fn(&[u8]) -> Option<Pair>,
    /// Writes a line without its line break.
    pub join: fn(&str, &str) -> String,
    /// Whether a rewrite sorts the pairs by name.
    pub sorted: bool,
}

#[derive(Clone)]
struct Line {
    /// As it stands in the file, with the line break if it had one.
    text: Zeroizing<Vec<u8>>,
    /// The name, and where the secret stands; `None` for a line that does not count.
    pair: Option<(String, Range<usize>)>,
}

/// The lines of a file of secrets. They are wiped from memory when dropped and never printed.
#[derive(Clone)]
pub struct SecretLines {
    grammar: Grammar,
    lines: Vec<Line>,
    /// Whether the lines are in the order of a rewrite.
    settled: bool,
}

impl SecretLines {
    /// Reads a file; lines that do not count are kept and told.
    pub fn parse(text: &[u8], grammar: Grammar) -> (Self, Vec<Warning>) {
        let mut warnings = Vec::new();
        let mut lines = Vec::new();
        for (place, raw) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let line = raw.strip_suffix(b"\n").unwrap_or(raw);
            let pair = (grammar.split)(line).and_then(|(name, secret)| {
                str::from_utf8(line.get(secret.clone())?).ok()?;
                Some((text_of(line.get(name)?).into_owned(), secret))
            });
            if pair.is_none() && !line.trim_ascii().is_empty() {
                let message = grammar.complaint.to_owned();
                warnings.push(Warning::new(grammar.file, place + 1, message));
            }
            lines.push(Line { text: Zeroizing::new(raw.to_vec()), pair });
        }
        (Self { grammar, lines, settled: false }, warnings)
    }

    /// The bytes of the file.
    pub fn render(&self) -> Vec<u8> {
        self.lines.iter().flat_map(|line| line.text.iter().copied()).collect()
    }

    /// The names that have a secret, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter_map(|line| Some(line.pair.as_ref()?.0.as_str()))
    }

    /// The secret of `name`: the last one, should there be several.
    pub fn get(&self, name: &str) -> Option<&str> {
        let line = self.lines.iter().rev().find(|line| line.is_of(name))?;
        str::from_utf8(line.text.get(line.pair.as_ref()?.1.clone())?).ok()
    }

    /// Sets the secret of `name`; tells whether anything changed.
    ///
    /// # Errors
    /// [`Error::Invalid`] when name or secret cannot stand in such a file.
    pub fn set(&mut self, name: &str, secret: &str) -> Result<bool> {
        if self.get(name) == Some(secret) {
            return Ok(false);
        }
        let Some(line) = Line::written(self.grammar, name, secret) else {
            return Err(Error::invalid(format!(
                "the secret of '{name}' cannot be kept in {}: blanks or colons in it",
                self.grammar.file
            )));
        };
        let first = self.lines.iter().position(|line| line.is_of(name));
        if first.is_none() && self.settled && self.lines.last().is_none_or(|last| last.pair.is_some()) {
            let before = |line: &Line| line.pair.as_ref().is_some_and(|(other, _)| other.as_str() < name);
            let place = match self.grammar.sorted {
                true => self.lines.iter().rposition(before).map_or(0, |last| last + 1),
                false => self.lines.len(),
            };
            self.lines.insert(place, line);
            return Ok(true);
        }
        let mut place = 0;
        self.lines.retain(|line| {
            place += 1;
            Some(place - 1) == first || !line.is_of(name)
        });
        match first.and_then(|first| self.lines.get_mut(first)) {
            Some(old) => *old = line,
            None => self.lines.push(line),
        }
        self.settle();
        Ok(true)
    }

    /// Removes what `unwanted` says of a name; tells whether anything changed.
    pub fn remove(&mut self, unwanted: impl Fn(&str) -> bool) -> bool {
        let before = self.lines.len();
        self.lines.retain(|line| !line.pair.as_ref().is_some_and(|(name, _)| unwanted(name)));
        let changed = self.lines.len() != before;
        if changed {
            self.settle();
        }
        changed
    }

    /// Puts other names in the place of those for which `other` has one; tells whether anything changed.
    ///
    /// # Errors
    /// [`Error::Invalid`] when a name cannot stand in such a file.
    pub fn rename(&mut self, other: impl Fn(&str) -> Option<String>) -> Result<bool> {
        let mut changed = false;
        for line in &mut self.lines {
            let Some((new, secret)) = line.pair.as_ref().and_then(|(old, secret)| {
                Some((other(old)?, str::from_utf8(line.text.get(secret.clone())?).ok()?))
            }) else {
                continue;
            };
            let Some(written) = Line::written(self.grammar, &new, secret) else {
                return Err(Error::invalid(format!("'{new}' cannot have a secret in {}", self.grammar.file)));
            };
            *line = written;
            changed = true;
        }
        if changed {
            self.settle();
        }
        Ok(changed)
    }

    /// Brings the lines into the order of a rewrite; a line that does not count stays before the
    /// pair it stood before.
    fn settle(&mut self) {
        self.settled = true;
        for line in self.lines.iter_mut().filter(|line| !line.text.ends_with(b"\n")) {
            line.text.push(b'\n');
        }
        if !self.grammar.sorted {
            return;
        }
        let mut groups: Vec<Vec<Line>> = vec![Vec::new()];
        for line in self.lines.drain(..) {
            let ends = line.pair.is_some();
            if let Some(group) = groups.last_mut() {
                group.push(line);
            }
            if ends {
                groups.push(Vec::new());
            }
        }
        groups.sort_by(|left, right| Self::order(left).cmp(&Self::order(right)));
        self.lines = groups.into_iter().flatten().collect();
    }

    /// Groups sort by the name they end in; the one without a name goes last.
    fn order(group: &[Line]) -> (bool, Option<&str>) {
        let name = group.last().and_then(|line| Some(line.pair.as_ref()?.0.as_str()));
        (name.is_none(), name)
    }
}

impl Line {
    fn is_of(&self, name: &str) -> bool {
        self.pair.as_ref().is_some_and(|(found, _)| found == name)
    }

    /// `None` when name or secret cannot stand in such a file.
    fn written(grammar: Grammar, name: &str, secret: &str) -> Option<Self> {
        let mut text = Zeroizing::new((grammar.join)(name, secret).into_bytes());
        let (found, range) = (grammar.split)(&text)?;
        let same =
            text.get(found) == Some(name.as_bytes()) && text.get(range.clone()) == Some(secret.as_bytes());
        if !same || text.contains(&b'\n') {
            return None;
        }
        text.push(b'\n');
        Some(Self { text, pair: Some((name.to_owned(), range)) })
    }
}

impl PartialEq for SecretLines {
    fn eq(&self, other: &Self) -> bool {
        let texts = |lines: &Self| lines.lines.iter().map(|line| line.text.to_vec()).collect::<Vec<_>>();
        texts(self) == texts(other)
    }
}

impl Eq for SecretLines {}

impl fmt::Debug for SecretLines {
    /// Names only.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.names()).finish()
    }
}
