//! What readers do not understand.

use super::book::Book;
use super::finding::{Findings, Place};
use super::repair::Repair;
use super::rule::Rule;
use crate::error::Error;
use crate::format::{USER_CFG, Warning, tfa_cfg};
use std::fmt::Display;

/// Text that counts for nothing.
pub(super) static NOT_UNDERSTOOD: Rule =
    Rule::warning("U001", "text nobody understands: it is kept, and counts for nothing");

/// A file that cannot be read at all.
pub(super) static BROKEN_FILE: Rule = Rule::error("U002", "a file nobody understands: nothing in it counts");

/// A reference to a token, role or owner that is not there, which no change carries on.
pub(super) static REFERS_TO_NOTHING: Rule = Rule::warning(
    "U003",
    "a token, role or list item that refers to nothing: the next change of the file drops it",
)
.repairs();

/// A privilege the catalogue does not know.
pub(super) static FOREIGN_PRIVILEGE: Rule =
    Rule::warning("U004", "a role holds a privilege this catalogue does not know").repairs();

/// Fields behind those anybody reads.
pub(super) static FIELDS_BEYOND: Rule =
    Rule::hint("U005", "a line has more fields than anybody reads").repairs();

/// How warnings begin of what is not kept when `user.cfg` is written again.
const DROPPED: [&str; 6] = [
    "ignore token '",
    "ignore invalid acl role '",
    "ignore invalid acl token '",
    "ignore invalid role name '",
    "ignore duplicate vmid '",
    "ignore fields behind ",
];

/// How warnings begin that other rules say better.
const SAID_ELSEWHERE: [&str; 5] = [
    "drop token '",
    "ignore invalid group member '",
    "ignore invalid acl group '",
    "ignore invalid acl member '",
    "ignore invalid privilege '",
];

/// How warnings begin of items that are not understood in a line that is.
const ONLY_ITEMS: [&str; 2] = ["ignore invalid vmid '", "ignore invalid storage '"];

pub(super) fn check<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    for warning in &book.contents.warnings {
        told(warning, findings);
    }
    if let Err(error) = &book.contents.factors
        && findings.want(&BROKEN_FILE)
    {
        let line = match error {
            Error::Syntax { line, .. } => Some(*line),
            _ => None,
        };
        let message = match error {
            Error::Syntax { message, .. } => message.clone(),
            other => other.to_string(),
        };
        let advice =
            "repair it by hand, or restore it: until then nobody's second factor is asked for or accepted";
        findings.at(&BROKEN_FILE, tfa_cfg::FILE, line, message, advice.into());
    }
    foreign_privileges(book, findings);
    fields_beyond(book, findings);
}

/// Whether a warning is of `user.cfg` and begins in one of these ways.
fn begins(warning: &Warning, starts: &[&str]) -> bool {
    warning.file == USER_CFG && starts.iter().any(|start| warning.message.starts_with(start))
}

/// Whether it is about something the next change of the file drops.
fn is_dropped(warning: &Warning) -> bool {
    // A token whose expiry is no number is kept like every line nobody understands.
    warning.message.ends_with("it would be several items of a list")
        || (begins(warning, &DROPPED) && !warning.message.contains("illegal characters"))
}

/// Whether it is about a line that is not understood, and so might be any record with a slip in it.
pub(super) fn is_line_not_understood(warning: &Warning) -> bool {
    !is_dropped(warning) && !begins(warning, &SAID_ELSEWHERE) && !begins(warning, &ONLY_ITEMS)
}

/// What a reader said of a line.
fn told(warning: &Warning, findings: &mut Findings<'_>) {
    let dropped = is_dropped(warning);
    let rule = if dropped { &REFERS_TO_NOTHING } else { &NOT_UNDERSTOOD };
    if begins(warning, &SAID_ELSEWHERE) || !findings.want(rule) {
        return;
    }
    let advice = match dropped {
        true => "the next change of the file drops it; correct the name now if it was meant to count",
        false => "correct it by hand if it was meant to count, or remove it",
    };
    findings.at(rule, warning.file, Some(warning.line), warning.message.clone(), advice.into());
    if dropped && warning.file == USER_CFG {
        findings.repaired_by(Repair::DropUnresolved);
    }
}

fn foreign_privileges<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    if !findings.want(&FOREIGN_PRIVILEGE) {
        return;
    }
    for role in &book.contents.roles {
        for name in &role.privileges {
            let Err(refusal) = book.catalogue().require_privilege(name) else { continue };
            let advice = match refusal.hint() {
                Some(hint) => format!("{hint}; --fix takes it out of the role"),
                None => "--fix takes it out of the role".to_owned(),
            };
            let message = format!(
                "role '{}' holds the privilege '{name}', which '{}' does not know",
                role.id,
                book.catalogue().id()
            );
            findings.about(&FOREIGN_PRIVILEGE, Place::Role(role.id.as_str()), message, advice);
            findings.repaired_by(Repair::DropPrivilege { role: role.id.clone(), privilege: name.clone() });
        }
    }
}

fn fields_beyond<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    if !findings.want(&FIELDS_BEYOND) {
        return;
    }
    let mut beyond = |place: Place<'b>, what: &str, id: &dyn Display, rest: &str| {
        if !rest.is_empty() {
            let message = format!("{what} '{id}' has fields nobody reads: '{}'", rest.trim_end_matches(':'));
            findings.about(&FIELDS_BEYOND, place, message, "--fix drops them".into());
            findings.repaired_by(Repair::DropFieldsBeyond);
        }
    };
    for user in &book.users {
        beyond(Place::User(user.id), "user", &user.id, user.rest);
    }
    for token in book.tokens() {
        beyond(Place::Token(token.id), "token", &token.id, token.rest);
    }
    for group in &book.groups {
        beyond(Place::Group(group.id), "group", &group.id, group.rest);
    }
    for role in &book.contents.roles {
        beyond(Place::Role(role.id.as_str()), "role", &role.id, &role.rest);
    }
}
