//! Who is named and not there, and what is there and not used.

use super::finding::{Findings, Place};
use super::input::{Book, Known};
use super::repair::Repair;
use super::rule::Rule;
use crate::model::acl::{AclEntry, Subject};
use std::collections::HashSet;

/// A member of a group who is no user.
pub(super) static UNKNOWN_MEMBER: Rule =
    Rule::warning("U010", "a group has a member who does not exist").repairs();

/// An entry for nobody.
pub(super) static UNKNOWN_SUBJECT: Rule =
    Rule::warning("U011", "an ACL entry is for a user or group that does not exist").repairs();

/// A role in no entry.
pub(super) static UNUSED_ROLE: Rule = Rule::hint("U012", "a role stands in no ACL entry").unused();

/// A group in no entry.
pub(super) static UNUSED_GROUP: Rule = Rule::hint("U013", "a group stands in no ACL entry").unused();

/// A group with entries and without members.
pub(super) static EMPTY_GROUP: Rule = Rule::hint("U014", "a group with ACL entries has no members").unused();

pub(super) fn check(book: &Book<'_>, known: &Known<'_>, findings: &mut Findings<'_>) {
    members(book, known, findings);
    entries(book, known, findings);
    roles(book, known, findings);
    groups(book, findings);
}

/// The place of an entry.
pub(super) fn place(entry: &AclEntry) -> Place {
    Place::Entry {
        path: entry.path.to_string(),
        subject: entry.subject.to_string(),
        role: entry.role.to_string(),
    }
}

fn members(book: &Book<'_>, known: &Known<'_>, findings: &mut Findings<'_>) {
    if !findings.want(&UNKNOWN_MEMBER) {
        return;
    }
    for group in &book.groups {
        let absent =
            group.members.iter().map(|member| member.as_str()).filter(|member| !known.users.contains(member));
        let unknown = group.unknown.iter().map(String::as_str);
        for member in absent.chain(unknown) {
            let place = Place::Member { group: group.id.to_string(), user: member.to_owned() };
            let message = format!("group '{}' has the member '{member}', who does not exist", group.id);
            let advice =
                "--fix takes the name out of the group; a new user of this name would be a member at once";
            findings.about(&UNKNOWN_MEMBER, place, message, advice.into());
            findings.repaired_by(Repair::DropMember { group: group.id.clone(), member: member.to_owned() });
        }
    }
}

/// Whether the subject of an entry is there; entries of tokens that are not are never read.
pub(super) fn exists(subject: &Subject, known: &Known<'_>) -> bool {
    match subject {
        Subject::User(id) => known.users.contains(id.as_str()),
        Subject::Group(id) => known.groups.contains_key(id.as_str()),
        Subject::Token(_) => true,
    }
}

fn entries(book: &Book<'_>, known: &Known<'_>, findings: &mut Findings<'_>) {
    if !findings.want(&UNKNOWN_SUBJECT) {
        return;
    }
    for entry in book.entries.iter().filter(|entry| !exists(&entry.subject, known)) {
        let message = match &entry.subject {
            Subject::Group(id) => {
                format!("{} on {} is for the group '{id}', which does not exist", entry.role, entry.path)
            }
            other => {
                format!("{} on {} is for the user '{other}', who does not exist", entry.role, entry.path)
            }
        };
        findings.about(&UNKNOWN_SUBJECT, place(entry), message, "--fix removes the entry".into());
        findings.repaired_by(Repair::DropSubject(entry.subject.clone()));
    }
}

fn roles(book: &Book<'_>, known: &Known<'_>, findings: &mut Findings<'_>) {
    if !findings.want(&UNUSED_ROLE) {
        return;
    }
    for id in book.directory.roles.ids().filter(|id| !known.granted.contains(id)) {
        let message = format!("role '{id}' stands in no ACL entry");
        let advice = format!("if nobody needs it: usher role delete {id}");
        findings.about(&UNUSED_ROLE, Place::Role(id.to_owned()), message, advice);
    }
}

fn groups(book: &Book<'_>, findings: &mut Findings<'_>) {
    if !findings.want(&UNUSED_GROUP) && !findings.want(&EMPTY_GROUP) {
        return;
    }
    let with_entries: HashSet<&str> = book
        .entries
        .iter()
        .filter_map(|entry| match &entry.subject {
            Subject::Group(id) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    for group in &book.groups {
        let id = group.id.as_str();
        let granted = with_entries.contains(id);
        if !granted && findings.want(&UNUSED_GROUP) {
            let message = format!("group '{id}' stands in no ACL entry");
            let advice = format!("if it is good for nothing else: usher group delete {id}");
            findings.about(&UNUSED_GROUP, Place::Group(id.to_owned()), message, advice);
        }
        if granted && group.members.is_empty() && findings.want(&EMPTY_GROUP) {
            let message = format!("group '{id}' has ACL entries and no members");
            let advice =
                format!("if nobody is to join it: usher group delete {id}, which removes its entries, too");
            findings.about(&EMPTY_GROUP, Place::Group(id.to_owned()), message, advice);
        }
    }
}
