//! Records that stand in `user.cfg` more than once.

use super::book::Book;
use super::finding::Findings;
use super::rule::Rule;
use crate::format::USER_CFG;
use crate::format::user_cfg::{self, Line, LineKind};
use foldhash::fast::RandomState;
use foldhash::{HashMap, HashSet};
use std::hash::BuildHasher as _;

/// A record with more than one line.
pub(super) static TOLD_TWICE: Rule =
    Rule::warning("U006", "a second line for the same user, token, group, pool or role");

/// How warnings begin of lines that are no records.
const NO_RECORDS: [&str; 6] = [
    "ignore user '",
    "ignore token '",
    "ignore invalid tokenid '",
    "ignore group '",
    "ignore pool '",
    "ignore role '",
];

/// A line for a record that had one before.
pub(super) struct Duplicate {
    kind: LineKind,
    id: String,
    /// The number of the line.
    pub(super) line: usize,
    /// The number of the line before it for the same record.
    pub(super) before: usize,
}

/// All lines for records that had one before, in their order.
pub(super) fn find(book: &Book<'_>) -> Vec<Duplicate> {
    let warnings = book.contents.warnings.iter().filter(|one| one.file == USER_CFG);
    let no_records: HashSet<usize> = warnings
        .filter(|one| NO_RECORDS.iter().any(|start| one.message.starts_with(start)))
        .map(|one| one.line)
        .collect();
    let records = || {
        let records = user_cfg::lines(book.text(USER_CFG));
        records.filter(|line| {
            !matches!(line.kind, LineKind::Acl | LineKind::Other) && !no_records.contains(&line.number)
        })
    };
    // Of the names of a large directory only hashes are kept; the few lines that share one are looked at again.
    let hasher = RandomState::default();
    let hash = |line: &Line<'_>| hasher.hash_one((line.kind, line.field(0)));
    let (mut seen, mut shared) = (HashSet::default(), HashSet::default());
    for hash in records().map(|line| hash(&line)) {
        if !seen.insert(hash) {
            shared.insert(hash);
        }
    }
    let mut duplicates = Vec::new();
    if shared.is_empty() {
        return duplicates;
    }
    let mut last: HashMap<(LineKind, String), usize> = HashMap::default();
    for line in records().filter(|line| shared.contains(&hash(line))) {
        let (kind, id) = (line.kind, line.field(0).to_owned());
        if let Some(before) = last.insert((kind, id.clone()), line.number) {
            duplicates.push(Duplicate { kind, id, line: line.number, before });
        }
    }
    duplicates
}

pub(super) fn check(duplicates: &[Duplicate], findings: &mut Findings<'_>) {
    for Duplicate { kind, id, line, before } in duplicates {
        let (noun, counts) = match kind {
            LineKind::User => {
                ("user", "this line counts and that one does not, nor does an API token between both")
            }
            LineKind::Token => (
                "token",
                "end and separation are those of this line, the comment is that of the last that has one",
            ),
            LineKind::Group => {
                ("group", "the members of both count, and the comment of the last that has one")
            }
            LineKind::Pool => ("pool", "the members of both count, and the comment of the last that has one"),
            _ => ("role", "the privileges of both count"),
        };
        findings.at(
            &TOLD_TWICE,
            USER_CFG,
            Some(*line),
            format!("{noun} '{id}' stands in {USER_CFG}:{before} already: {counts}"),
            "make one line of both; the next change of the file writes what counts and nothing else".into(),
        );
    }
}
