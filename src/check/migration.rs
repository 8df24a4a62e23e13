//! What changes when a directory moves to another catalogue.

use super::book::Book;
use super::entries::delete;
use super::finding::{Findings, Place};
use super::rule::Rule;
use super::subjects::place;
use crate::catalogue::Catalogue;
use std::collections::BTreeSet;

/// A privilege that is not there any more.
pub(super) static LOST_PRIVILEGE: Rule =
    Rule::warning("U090", "a role holds a privilege the catalogue to come does not know");

/// A role whose name is taken.
pub(super) static TAKEN_NAME: Rule =
    Rule::warning("U091", "a role has a name that is built in or reserved in the catalogue to come");

/// A path that is not there any more.
pub(super) static LOST_PATH: Rule =
    Rule::warning("U092", "an ACL entry stands at a path the catalogue to come knows nothing at");

/// A built-in role that holds something else.
pub(super) static OTHER_ROLE: Rule = Rule::warning(
    "U093",
    "a granted built-in role loses privileges in the catalogue to come, or is not there",
);

pub(super) fn check<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    let Some(target) = book.input.migrate_to else { return };
    for role in &book.contents.roles {
        let id = role.id.as_str();
        let held = role.privileges.iter().filter(|name| book.catalogue().privilege(name).is_some());
        for (name, refusal) in held.filter_map(|name| Some((name, target.require_privilege(name).err()?))) {
            if findings.want(&LOST_PRIVILEGE) {
                let message = format!("role '{id}' holds '{name}', which '{}' does not know", target.id());
                let advice = refusal.hint().unwrap_or("nothing takes its place").to_owned();
                findings.about(&LOST_PRIVILEGE, Place::Role(id), message, advice);
            }
        }
        let prefix = target.reserved_prefix();
        let start = id.get(..prefix.len());
        let reserved = !prefix.is_empty() && start.is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if (reserved || target.is_builtin_role(id)) && findings.want(&TAKEN_NAME) {
            let message = format!("role '{id}' has a name that '{}' keeps for itself", target.id());
            let advice = "make a role of another name with these privileges, and grant that one instead";
            findings.about(&TAKEN_NAME, Place::Role(id), message, advice.into());
        }
    }
    entries(book, target, findings);
}

fn entries<'b>(book: &Book<'b>, target: &Catalogue, findings: &mut Findings<'b>) {
    let mut told = BTreeSet::new();
    for entry in &book.entries {
        let (from, role) = (book.catalogue(), entry.role);
        if from.allows(entry.path) && !target.allows(entry.path) && findings.want(&LOST_PATH) {
            let message = format!("{entry} stands at a path where '{}' knows nothing", target.id());
            findings.about(&LOST_PATH, place(entry), message, delete(entry));
        }
        let Some(held) = from.role(role) else { continue };
        if !findings.want(&OTHER_ROLE) || !told.insert(role) {
            continue;
        }
        let lost: Vec<&str> = match target.role(role) {
            None => Vec::new(),
            Some(then) => held
                .iter()
                .map(|one| from.name(one))
                .filter(|name| !target.privilege(name).is_some_and(|one| then.contains(one)))
                .collect(),
        };
        if target.role(role).is_none() {
            let message = format!("{entry} grants a built-in role '{}' does not have", target.id());
            findings.about(&OTHER_ROLE, place(entry), message, "grant another role instead".into());
        } else if !lost.is_empty() {
            let message =
                format!("{entry}, the first of its role, loses {} with '{}'", lost.join(", "), target.id());
            let hints = lost
                .iter()
                .filter_map(|name| target.require_privilege(name).err()?.hint().map(str::to_owned));
            let advice = hints.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("; ");
            let advice = if advice.is_empty() { "nothing takes its place".to_owned() } else { advice };
            findings.about(&OTHER_ROLE, place(entry), message, advice);
        }
    }
}
