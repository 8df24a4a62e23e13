//! Grants that reach too far, and denials that do not reach far enough.

use super::book::Book;
use super::entries::delete;
use super::finding::Findings;
use super::rule::Rule;
use super::subjects::place;
use crate::model::path::AclPath;
use crate::model::view::{EntryView, SubjectRef};
use foldhash::HashSet;
use std::cell::LazyCell;

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

pub(super) fn check<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    broad(book, findings);
    denials(book, findings);
}

fn broad<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    let all = book.catalogue().all();
    let full = |entry: &&EntryView<'b>| entry.path == "/" && book.privileges(entry.role) == all;
    let entries: Vec<&EntryView<'b>> = book.entries.iter().filter(full).collect();
    let mut holders: HashSet<&str> = HashSet::default();
    let mut told = false;
    for entry in &entries {
        match entry.subject {
            SubjectRef::User(id) => drop(holders.insert(id)),
            SubjectRef::Group(id) => {
                let Some(group) = book.group(id) else { continue };
                holders.extend(&group.members);
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
            SubjectRef::Token(_) => {}
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

fn denials<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    let blocks = |entry: &EntryView<'b>| entry.role == book.catalogue().blocking_role();
    for level in book.entries.chunk_by(|left, right| left.path == right.path) {
        // Who has an entry of his own there that grants something.
        let own = LazyCell::new(|| {
            let users = level.iter().filter_map(|one| match one.subject {
                SubjectRef::User(user) if !blocks(one) => Some(user),
                _ => None,
            });
            users.collect::<HashSet<&str>>()
        });
        for entry in level.iter().filter(|entry| blocks(entry)) {
            if findings.want(&ONLY_HERE) && !entry.propagate && has_places_below(book, entry.path) {
                let message = format!("{entry} does not propagate: nothing is denied below {}", entry.path);
                findings.about(&ONLY_HERE, place(entry), message, "set it with --propagate 1".into());
            }
            if let SubjectRef::Group(id) = entry.subject
                && let Some(group) = book.group(id)
                && findings.want(&NOT_STOPPED)
            {
                for user in group.members.iter().filter(|user| own.contains(*user)) {
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
fn has_places_below(book: &Book<'_>, path: &str) -> bool {
    let below = |name: &str| {
        AclPath::parse(&format!("{path}/{name}")).is_ok_and(|path| book.catalogue().allows_path(&path))
    };
    path == "/" || below("100") || below("aa")
}
