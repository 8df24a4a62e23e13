//! ACL entries as they are shown, and the lines they stand in.

use super::output::Record;
use super::sheet::Cells;
use crate::access::explain::{Explanation, Fate};
use crate::format::USER_CFG;
use crate::format::user_cfg::{Line, Places};
use crate::model::acl::{AclEntry, Subject};
use crate::model::id::RoleId;
use crate::model::path::AclPath;
use crate::store::Files;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A line of `user.cfg`, as people read it.
pub fn place(line: Option<usize>) -> String {
    line.map(|line| format!("{USER_CFG}:{line}")).unwrap_or_default()
}

/// Notes where the records and entries stand whose line names one of `names`, alone or in a list.
pub fn places(files: &Files, names: &[String]) -> Places {
    let names: HashSet<&str> = names.iter().map(String::as_str).collect();
    // To look for a few names is much cheaper than to take every line of a large file apart.
    let holds_one = |text: &str| names.len() > 8 || names.iter().any(|name| text.contains(name));
    let is_name = |part: &str| names.contains(part);
    places_where(files, |line| {
        holds_one(line.text()) && line.text().split([':', ',', ';', ' ', '\t']).any(is_name)
    })
}

/// Notes where the records and entries stand whose line is `wanted`.
pub fn places_where(files: &Files, wanted: impl Fn(&Line<'_>) -> bool) -> Places {
    Places::of(files.get(USER_CFG).map(|text| text.as_slice()).unwrap_or_default(), wanted)
}

/// The line an entry stands in.
pub fn line(places: &Places, entry: &AclEntry) -> Option<usize> {
    places.entry(entry.path.as_str(), &entry.subject.to_string(), entry.role.as_str())
}

/// Sort and name of a subject, as lists have them.
pub fn subject(subject: &Subject) -> (&'static str, String) {
    match subject {
        Subject::User(id) => ("user", id.to_string()),
        Subject::Group(id) => ("group", id.to_string()),
        Subject::Token(id) => ("token", id.to_string()),
    }
}

/// An entry as lists have it.
pub fn record(entry: &AclEntry) -> Record {
    let (kind, name) = subject(&entry.subject);
    Record::new()
        .with("path", entry.path.as_str())
        .with("roleid", entry.role.as_str())
        .with("type", kind)
        .with("ugid", name)
        .with("propagate", i32::from(entry.propagate))
}

/// An entry and its line, for programs.
pub fn value(places: &Places, entry: &AclEntry) -> Value {
    object(record(entry).with_some("line", line(places, entry)))
}

/// A record within another one.
pub fn object(record: Record) -> Value {
    Value::Object(record.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect::<Map<_, _>>())
}

/// How far an entry reaches.
pub fn reach(entry: &AclEntry) -> &'static str {
    if entry.propagate { "here and below" } else { "only here" }
}

/// The entries a decision comes from, in the order of lists: those that count, and those that take everything away.
pub fn counting(explanation: &Explanation<'_>) -> Vec<AclEntry> {
    let mut found = Vec::new();
    for side in &explanation.sides {
        for (level, entry) in
            side.entries().filter(|(_, entry)| matches!(entry.fate, Fate::Decides | Fate::Blocks))
        {
            let subject = Subject::parse(&entry.via.subject(side.subject));
            let place = AclPath::parse(&level.path).ok().zip(RoleId::parse(entry.role).ok());
            if let (Some(subject), Some((path, role))) = (subject, place) {
                found.push(AclEntry { path, subject, role, propagate: entry.propagate });
            }
        }
    }
    let key = |entry: &AclEntry| (entry.path.clone(), entry.subject.clone(), entry.role.clone());
    found.sort_by_cached_key(key);
    found.dedup();
    found
}

/// Entries for people: where, which role, whom (unless that goes without saying), how far.
pub fn cells(places: &Places, entries: &[AclEntry], obvious: Option<&Subject>) -> Vec<Cells> {
    let row = |entry: &AclEntry| {
        let mut cells = vec![entry.path.to_string(), entry.role.to_string()];
        if obvious.is_none() {
            cells.push(entry.subject.to_string());
        }
        cells.extend([reach(entry).to_owned(), place(line(places, entry))]);
        cells
    };
    entries.iter().map(row).collect()
}
