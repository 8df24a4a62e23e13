//! What was found, and where it stands.

use super::lines::Lines;
use super::repair::Repair;
use super::rule::{Rule, Selection};
use crate::format::{USER_CFG, domains_cfg};
use crate::model::view::{SubjectRef, TokenRef};
use std::borrow::Cow;

/// Something that is wrong or risky.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule it breaks.
    pub rule: &'static Rule,
    /// The file, relative to the config directory; empty for the directory itself.
    pub file: Cow<'static, str>,
    /// The line, counted from 1; `None`: it is about the whole file, or stands nowhere.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub advice: String,
    /// How to repair it without asking anybody.
    pub repair: Option<Repair>,
}

/// What a finding in `user.cfg` is about; its line is looked up at the end, in one pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place<'b> {
    User(&'b str),
    Token(TokenRef<'b>),
    Group(&'b str),
    Role(&'b str),
    Member { group: &'b str, user: &'b str },
    Entry { path: &'b str, subject: SubjectRef<'b>, role: &'b str },
}

/// Collects what is found.
pub(super) struct Findings<'b> {
    selection: &'b Selection,
    found: Vec<(Finding, Option<Place<'b>>)>,
}

impl<'b> Findings<'b> {
    pub(super) fn new(selection: &'b Selection) -> Self {
        Self { selection, found: Vec::new() }
    }

    /// Whether findings of this rule are of interest.
    pub(super) fn want(&self, rule: &Rule) -> bool {
        self.selection.holds(rule)
    }

    /// Something about a record of `user.cfg`.
    pub(super) fn about(&mut self, rule: &'static Rule, place: Place<'b>, message: String, advice: String) {
        let finding = Finding { rule, file: USER_CFG.into(), line: None, message, advice, repair: None };
        self.found.push((finding, Some(place)));
    }

    /// Something in a line of a file.
    pub(super) fn at(
        &mut self,
        rule: &'static Rule,
        file: impl Into<Cow<'static, str>>,
        line: Option<usize>,
        message: String,
        advice: String,
    ) {
        let finding = Finding { rule, file: file.into(), line, message, advice, repair: None };
        self.found.push((finding, None));
    }

    /// Something about a realm.
    pub(super) fn of_realm(&mut self, rule: &'static Rule, line: usize, message: String, advice: String) {
        self.at(rule, domains_cfg::FILE, Some(line).filter(|line| *line > 0), message, advice);
    }

    /// The finding added last can be repaired like this.
    pub(super) fn repaired_by(&mut self, repair: Repair) {
        if let Some((finding, _)) = self.found.last_mut() {
            finding.repair = Some(repair);
        }
    }

    /// The findings with their lines, by file, line and code.
    pub(super) fn finish(self, text: &[u8]) -> Vec<Finding> {
        let lines = Lines::of(text, self.found.iter().filter_map(|(_, place)| *place));
        let mut found: Vec<Finding> = self
            .found
            .into_iter()
            .map(|(mut finding, place)| {
                if let Some(place) = place {
                    finding.line = lines.line(&place);
                }
                finding
            })
            .collect();
        let key = |one: &Finding| (order(&one.file), one.line, one.rule.code);
        found.sort_by(|left, right| {
            key(left)
                .cmp(&key(right))
                .then_with(|| left.file.cmp(&right.file))
                .then_with(|| left.message.cmp(&right.message))
        });
        found
    }
}

/// `user.cfg` comes first, what is private last.
fn order(file: &str) -> u8 {
    match file {
        USER_CFG => 0,
        _ if file.starts_with("priv") => 2,
        _ => 1,
    }
}
