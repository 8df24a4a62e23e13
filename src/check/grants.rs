//! Grants that reach too far, and denials that do not reach far enough.

use super::entries::delete;
use super::finding::Findings;
use super::input::{Book, Known};
use super::rule::Rule;
use super::subjects::place;
use crate::model::acl::{AclEntry, Subject};
use crate::model::id::UserId;
use crate::model::path::AclPath;
use std::collections::{BTreeSet, HashSet};

/// Everything everywhere for a large group.
pub(super) static BROAD_GROUP: Rule =
    Rule::warning("U030", "a role with every privilege is granted on / to a group of more than ten");

/// Everything everywhere for many.
pub(super) static BROAD: Rule = Rule::warning("U031", "more than ten users hold every privilege on /");

/// A denial that a member of the group is not stopped by.
pub(super) static NOT_STOPPED: Rule =
    Rule::warning("U032", "a group is denied everything at a path where a member has an entry of his own");

/// A denial at a single path with others below it.
pub(super) static ONLY_HERE: Rule =
    Rule::warning("U033", "everything is denied at a path and, without propagation, at nothing below it");

/// From how many on users are many.
const MANY: usize = 10;

pub(super) fn check(book: &Book<'_>, known: &Known<'_>, findings: &mut Findings<'_>) {
    broad(book, known, findings);
    denials(book, known, findings);
}

fn broad(book: &Book<'_>, known: &Known<'_>, findings: &mut Findings<'_>) {
    let all = book.catalogue().all();
    let full =
        |entry: &&AclEntry| entry.path == AclPath::root() && book.privileges(entry.role.as_str()) == all;
    let entries: Vec<&AclEntry> = book.entries.iter().filter(full).collect();
    let mut holders: BTreeSet<&str> = BTreeSet::new();
    let mut told = false;
    for entry in &entries {
        match &entry.subject {
            Subject::User(id) => drop(holders.insert(id.as_str())),
            Subject::Group(id) => {
                let Some(group) = known.groups.get(id.as_str()) else { continue };
                holders.extend(group.members.iter().map(UserId::as_str));
                if group.members.len() > MANY {
                    told = true;
                    if findings.want(&BROAD_GROUP) {
                        let message = format!(
                            "{entry} gives everything to the {} members of the group",
                            group.members.len()
                        );
                        let advice =
                            format!("grant what they need where they need it, and then {}", delete(entry));
                        findings.about(&BROAD_GROUP, place(entry), message, advice);
                    }
                }
            }
            Subject::Token(_) => {}
        }
    }
    if let Some(first) = entries.first()
        && holders.len() > MANY
        && !told
        && findings.want(&BROAD)
    {
        let message = format!("{} users hold every privilege on /, by this entry and others", holders.len());
        let advice =
            "grant what they need where they need it; whoever holds everything can hand out everything";
        findings.about(&BROAD, place(first), message, advice.into());
    }
}

fn denials(book: &Book<'_>, known: &Known<'_>, findings: &mut Findings<'_>) {
    let blocks = |entry: &&AclEntry| entry.role.as_str() == book.catalogue().blocking_role();
    for level in book.entries.chunk_by(|left, right| left.path == right.path) {
        for entry in level.iter().filter(blocks) {
            if findings.want(&ONLY_HERE) && !entry.propagate && has_places_below(book, &entry.path) {
                let message = format!("{entry} does not propagate: nothing is denied below {}", entry.path);
                findings.about(&ONLY_HERE, place(entry), message, "set it with --propagate 1".into());
            }
            if let Subject::Group(id) = &entry.subject
                && let Some(group) = known.groups.get(id.as_str())
                && findings.want(&NOT_STOPPED)
            {
                let own: HashSet<&UserId> = level
                    .iter()
                    .filter_map(|one| match &one.subject {
                        Subject::User(user) if !blocks(&one) => Some(user),
                        _ => None,
                    })
                    .collect();
                for user in own.into_iter().filter(|user| group.members.contains(*user)) {
                    let message =
                        format!("{entry} does not stop '{user}', who has an entry of his own there");
                    let advice = format!(
                        "one's own entries come before those of one's groups: remove his, or deny '{user}' as well"
                    );
                    findings.about(&NOT_STOPPED, place(entry), message, advice);
                }
            }
        }
    }
}

/// Whether the catalogue knows paths directly below this one.
fn has_places_below(book: &Book<'_>, path: &AclPath) -> bool {
    let below = |name: &str| {
        AclPath::parse(&format!("{path}/{name}")).is_ok_and(|path| book.catalogue().allows_path(&path))
    };
    path.as_str() == "/" || below("100") || below("aa")
}
