//! ACL entries that do nothing, or not what they seem to.

use super::finding::Findings;
use super::input::{Book, Known};
use super::rule::Rule;
use super::subjects::{exists, place};
use crate::access::Effect;
use crate::model::acl::{AclEntry, Subject};
use crate::model::path::AclPath;
use crate::model::privilege::PrivilegeSet;
use std::collections::HashSet;

/// An entry something else keeps from counting.
pub(super) static SHADOWED: Rule =
    Rule::warning("U020", "an ACL entry has no effect: others at its path hide it or take everything away")
        .unused();

/// An entry that grants what is there anyway.
pub(super) static REDUNDANT: Rule =
    Rule::hint("U021", "an ACL entry has no effect: whoever it is for has all of it without it").unused();

/// An entry of a token that has its owner's permissions.
pub(super) static FULL_TOKEN: Rule =
    Rule::warning("U022", "an ACL entry of an API token that is not separated counts for nothing").unused();

/// An entry that leaves less than there would be without it.
pub(super) static TAKES_AWAY: Rule =
    Rule::hint("U023", "an ACL entry takes away what its user would have there without it");

/// An entry where none can be made.
pub(super) static ODD_PATH: Rule =
    Rule::warning("U024", "an ACL entry stands at a path the catalogue knows nothing at");

/// So many standings are worked out at most; what is not looked at by then is not reported.
const MOST_STANDINGS: usize = 6_000_000;

pub(super) fn check(book: &Book<'_>, known: &Known<'_>, findings: &mut Findings<'_>) {
    paths(book, findings);
    let full = full_tokens(book);
    let wanted = [&SHADOWED, &REDUNDANT, &TAKES_AWAY, &FULL_TOKEN];
    if !wanted.iter().any(|rule| findings.want(rule)) {
        return;
    }
    let privileges = |role: &str| book.privileges(role);
    let mut effects = book.policy().effects(&privileges, MOST_STANDINGS);
    for entry in book.entries.iter().filter(|entry| exists(&entry.subject, known)) {
        let subject = entry.subject.to_string();
        if full.contains(&subject) {
            if findings.want(&FULL_TOKEN) {
                let message =
                    format!("{entry} counts for nothing: the token is not separated from its owner");
                findings.about(&FULL_TOKEN, place(entry), message, separate(entry));
            }
            continue;
        }
        match effects.of(entry.path.as_str(), &subject, entry.role.as_str()) {
            Effect::Shadowed if findings.want(&SHADOWED) => {
                let message =
                    format!("{entry} has no effect: other entries hide it, or take everything away");
                let advice = format!(
                    "usher explain USER {} shows what decides; remove what is not meant: {}",
                    entry.path,
                    delete(entry)
                );
                findings.about(&SHADOWED, place(entry), message, advice);
            }
            Effect::Redundant if findings.want(&REDUNDANT) => {
                let message = format!("{entry} has no effect: all of it is there without it");
                findings.about(
                    &REDUNDANT,
                    place(entry),
                    message,
                    format!("if it is not meant to stay when others go: {}", delete(entry)),
                );
            }
            Effect::Decides { takes_away } if !takes_away.is_empty() && findings.want(&TAKES_AWAY) => {
                takes(book, entry, takes_away, findings);
            }
            _ => {}
        }
    }
}

/// The tokens that are as good as their owners.
fn full_tokens(book: &Book<'_>) -> HashSet<String> {
    book.tokens().filter(|(_, token, _)| !token.separated).map(|(.., id)| id).collect()
}

fn takes(book: &Book<'_>, entry: &AclEntry, lost: PrivilegeSet, findings: &mut Findings<'_>) {
    // Taking away is what the blocking role is for.
    if entry.role.as_str() == book.catalogue().blocking_role() {
        return;
    }
    let first = lost.iter().next().map(|one| book.catalogue().name(one)).unwrap_or_default();
    let more = match lost.len() {
        0 | 1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let message = format!("{entry} takes away {first}{more}, which would be there without it");
    let advice = "an entry replaces what groups have at its path and what is inherited: give these roles there, too, if that is not meant";
    findings.about(&TAKES_AWAY, place(entry), message, advice.into());
}

fn paths(book: &Book<'_>, findings: &mut Findings<'_>) {
    if !findings.want(&ODD_PATH) {
        return;
    }
    let mut last: Option<(&AclPath, bool)> = None;
    for entry in &book.entries {
        let allowed = match last {
            Some((path, allowed)) if *path == entry.path => allowed,
            _ => book.catalogue().allows_path(&entry.path),
        };
        last = Some((&entry.path, allowed));
        if !allowed {
            let message = format!("{entry} stands at a path where '{}' knows nothing", book.catalogue().id());
            let advice =
                format!("mind the spelling of the path; remove it if nothing is there: {}", delete(entry));
            findings.about(&ODD_PATH, place(entry), message, advice);
        }
    }
}

/// The line that removes an entry.
pub(super) fn delete(entry: &AclEntry) -> String {
    let (option, who) = match &entry.subject {
        Subject::Group(id) => ("groups", id.to_string()),
        Subject::User(id) => ("users", id.to_string()),
        Subject::Token(id) => ("tokens", format!("'{id}'")),
    };
    format!("usher acl delete {} --roles {} --{option} {who}", entry.path, entry.role)
}

fn separate(entry: &AclEntry) -> String {
    match &entry.subject {
        Subject::Token(id) => format!(
            "if the token is to have no more than this: usher token modify {} {} --privsep 1; else {}",
            id.user,
            id.name,
            delete(entry)
        ),
        _ => delete(entry),
    }
}
