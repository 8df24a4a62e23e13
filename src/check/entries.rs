//! ACL entries that do nothing, or not what they seem to.

use super::book::Book;
use super::finding::Findings;
use super::rule::Rule;
use super::subjects::place;
use super::tokens::of_token;
use crate::access::Effect;
use crate::model::privilege::PrivilegeSet;
use crate::model::shell::Command;
use crate::model::view::{EntryView, SubjectRef, TokenRef};
use foldhash::HashSet;

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

pub(super) fn check<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    paths(book, findings);
    let full = full_tokens(book);
    let wanted = [&SHADOWED, &REDUNDANT, &TAKES_AWAY, &FULL_TOKEN];
    if !wanted.iter().any(|rule| findings.want(rule)) {
        return;
    }
    let mut effects = book.policy().effects(MOST_STANDINGS);
    for entry in book.entries.iter().filter(|entry| book.exists(entry.subject)) {
        if let SubjectRef::Token(token) = entry.subject
            && full.contains(&token)
        {
            if findings.want(&FULL_TOKEN) {
                let message =
                    format!("{entry} counts for nothing: the token is not separated from its owner");
                findings.about(&FULL_TOKEN, place(entry), message, separate(entry));
            }
            continue;
        }
        match effects.of(entry.path, entry.subject, entry.role) {
            Effect::Shadowed if findings.want(&SHADOWED) => {
                let message =
                    format!("{entry} has no effect: other entries hide it, or take everything away");
                let advice = format!(
                    "{} shows what decides; remove what is not meant: {}",
                    Command::new("usher explain USER").about(entry.path),
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
fn full_tokens<'b>(book: &Book<'b>) -> HashSet<TokenRef<'b>> {
    book.tokens().filter(|token| !token.separated).map(|token| token.id).collect()
}

fn takes<'b>(book: &Book<'b>, entry: &EntryView<'b>, lost: PrivilegeSet, findings: &mut Findings<'b>) {
    // Taking away is what the blocking role is for.
    if entry.role == book.catalogue().blocking_role() {
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

fn paths<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    if !findings.want(&ODD_PATH) {
        return;
    }
    for level in book.entries.chunk_by(|left, right| left.path == right.path) {
        if level.first().is_none_or(|first| book.catalogue().allows(first.path)) {
            continue;
        }
        for entry in level {
            let message = format!("{entry} stands at a path where '{}' knows nothing", book.catalogue().id());
            let advice =
                format!("mind the spelling of the path; remove it if nothing is there: {}", delete(entry));
            findings.about(&ODD_PATH, place(entry), message, advice);
        }
    }
}

/// The line that removes an entry.
pub(super) fn delete(entry: &EntryView<'_>) -> String {
    let command = Command::new("usher acl delete").about(entry.path).with("--roles", entry.role);
    match entry.subject {
        SubjectRef::Group(id) => command.with("--groups", id).to_string(),
        SubjectRef::User(id) => command.with("--users", id).to_string(),
        SubjectRef::Token(id) => command.with("--tokens", &id.to_string()).to_string(),
    }
}

fn separate(entry: &EntryView<'_>) -> String {
    match entry.subject {
        SubjectRef::Token(id) => format!(
            "if the token is to have no more than this: {}; else {}",
            of_token("usher token modify", id).option("--privsep 1"),
            delete(entry)
        ),
        _ => delete(entry),
    }
}
