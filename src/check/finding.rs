//! What was found, and where it stands.

use super::repair::Repair;
use super::rule::{Rule, Selection};
use crate::format::user_cfg::{Line, LineKind, Places};
use crate::format::{USER_CFG, domains_cfg};
use crate::model::path::AclPath;
use std::borrow::Cow;
use std::collections::HashSet;

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
#[derive(Clone, Debug)]
pub(super) enum Place {
    User(String),
    Token(String),
    Group(String),
    Role(String),
    Member { group: String, user: String },
    Entry { path: String, subject: String, role: String },
}

/// Collects what is found.
pub(super) struct Findings<'s> {
    selection: &'s Selection,
    found: Vec<(Finding, Option<Place>)>,
}

impl<'s> Findings<'s> {
    pub(super) fn new(selection: &'s Selection) -> Self {
        Self { selection, found: Vec::new() }
    }

    /// Whether findings of this rule are of interest.
    pub(super) fn want(&self, rule: &Rule) -> bool {
        self.selection.holds(rule)
    }

    /// Something about a record of `user.cfg`.
    pub(super) fn about(&mut self, rule: &'static Rule, place: Place, message: String, advice: String) {
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
        let places = places(text, self.found.iter().filter_map(|(_, place)| place.as_ref()));
        let mut found: Vec<Finding> = self
            .found
            .into_iter()
            .map(|(mut finding, place)| {
                if let Some(place) = place {
                    finding.line = line(&places, &place);
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

/// Where the wanted records stand; lines nobody asks for are passed over.
fn places<'p>(text: &[u8], wanted: impl Iterator<Item = &'p Place>) -> Places {
    let (mut ids, mut paths) = (HashSet::new(), HashSet::new());
    for place in wanted {
        match place {
            Place::User(id) | Place::Token(id) | Place::Group(id) | Place::Role(id) => {
                ids.insert(id.as_str());
            }
            Place::Member { group, .. } => {
                ids.insert(group.as_str());
            }
            Place::Entry { path, .. } => {
                paths.insert(path.as_str());
            }
        }
    }
    if ids.is_empty() && paths.is_empty() {
        return Places::default();
    }
    Places::of(text, |line: &Line<'_>| match line.kind {
        LineKind::Acl => {
            let path = line.field(1);
            paths.contains(path)
                || (!AclPath::is_normal(path)
                    && AclPath::parse(path).is_ok_and(|path| paths.contains(path.node().as_str())))
        }
        _ => ids.contains(line.field(0)),
    })
}

fn line(places: &Places, place: &Place) -> Option<usize> {
    match place {
        Place::User(id) => places.user(id),
        Place::Token(id) => places.token(id),
        Place::Group(id) => places.group(id),
        Place::Role(id) => places.role(id),
        Place::Member { group, user } => places.member(group, user),
        Place::Entry { path, subject, role } => places.entry(path, subject, role),
    }
}
