//! Who is named and not there, and what is there and not used.

use super::book::Book;
use super::finding::{Findings, Place};
use super::repair::Repair;
use super::rule::Rule;
use crate::model::acl::Subject;
use crate::model::id::GroupId;
use crate::model::shell::Command;
use crate::model::view::{EntryView, SubjectRef};
use foldhash::HashSet;

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

pub(super) fn check<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    members(book, findings);
    entries(book, findings);
    roles(book, findings);
    groups(book, findings);
}

/// The place of an entry.
pub(super) fn place<'b>(entry: &EntryView<'b>) -> Place<'b> {
    Place::Entry { path: entry.path, subject: entry.subject, role: entry.role }
}

fn members<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    if !findings.want(&UNKNOWN_MEMBER) {
        return;
    }
    for group in &book.groups {
        let absent = group.members.iter().filter(|member| !book.has_user(member));
        for member in absent.chain(&group.unknown) {
            let place = Place::Member { group: group.id, user: member };
            let message = format!("group '{}' has the member '{member}', who does not exist", group.id);
            let advice =
                "--fix takes the name out of the group; a new user of this name would be a member at once";
            findings.about(&UNKNOWN_MEMBER, place, message, advice.into());
            if let Ok(group) = GroupId::parse(group.id) {
                findings.repaired_by(Repair::DropMember { group, member: (*member).to_owned() });
            }
        }
    }
}

fn entries<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    if !findings.want(&UNKNOWN_SUBJECT) {
        return;
    }
    for entry in book.entries.iter().filter(|entry| !book.exists(entry.subject)) {
        let message = match entry.subject {
            SubjectRef::Group(id) => {
                format!("{} on {} is for the group '{id}', which does not exist", entry.role, entry.path)
            }
            other => {
                format!("{} on {} is for the user '{other}', who does not exist", entry.role, entry.path)
            }
        };
        findings.about(&UNKNOWN_SUBJECT, place(entry), message, "--fix removes the entry".into());
        if let Some(subject) = Subject::parse(&entry.subject.to_string()) {
            findings.repaired_by(Repair::DropSubject(subject));
        }
    }
}

fn roles<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    if !findings.want(&UNUSED_ROLE) {
        return;
    }
    let granted: HashSet<&str> = book.entries.iter().map(|entry| entry.role).collect();
    for id in book.contents.roles.iter().map(|role| role.id.as_str()).filter(|id| !granted.contains(id)) {
        let message = format!("role '{id}' stands in no ACL entry");
        let advice = format!("if nobody needs it: {}", Command::new("usher role delete").about(id));
        findings.about(&UNUSED_ROLE, Place::Role(id), message, advice);
    }
}

fn groups<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    if !findings.want(&UNUSED_GROUP) && !findings.want(&EMPTY_GROUP) {
        return;
    }
    let with_entries: HashSet<&str> = book
        .entries
        .iter()
        .filter_map(|entry| match entry.subject {
            SubjectRef::Group(id) => Some(id),
            _ => None,
        })
        .collect();
    for group in &book.groups {
        let id = group.id;
        let granted = with_entries.contains(id);
        let delete = Command::new("usher group delete").about(id);
        if !granted && findings.want(&UNUSED_GROUP) {
            let message = format!("group '{id}' stands in no ACL entry");
            let advice = format!("if it is good for nothing else: {delete}");
            findings.about(&UNUSED_GROUP, Place::Group(id), message, advice);
        }
        if granted && group.members.is_empty() && findings.want(&EMPTY_GROUP) {
            let message = format!("group '{id}' has ACL entries and no members");
            let advice = format!("if nobody is to join it: {delete}, which removes its entries, too");
            findings.about(&EMPTY_GROUP, Place::Group(id), message, advice);
        }
    }
}
