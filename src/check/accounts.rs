//! Accounts that are past their end, or that nobody can sign in to.

use super::finding::{Findings, Place};
use super::input::Book;
use super::rule::Rule;
use crate::access::usable::has_ended;
use std::collections::HashSet;

/// An account past its end that is not disabled.
pub(super) static EXPIRED: Rule = Rule::warning("U050", "a user is expired and was never disabled");

/// A user of a realm that is not there.
pub(super) static UNKNOWN_REALM: Rule =
    Rule::warning("U051", "a user belongs to a realm that does not exist");

pub(super) fn check(book: &Book<'_>, findings: &mut Findings<'_>) {
    let mut realms: HashSet<&str> = book.realms.iter().map(|realm| realm.id().as_str()).collect();
    // A catalogue of its own need not have the realms of any other system, but its superuser comes from somewhere.
    realms.extend(book.catalogue().superuser().rsplit_once('@').map(|(_, realm)| realm));
    let (expired, realm_unknown) = (findings.want(&EXPIRED), findings.want(&UNKNOWN_REALM));
    for user in &book.users {
        let id = &user.id;
        if expired && user.enable && has_ended(user, book.now()) {
            let message = format!("user '{id}' is expired, and neither disabled nor deleted");
            let advice = format!(
                "usher user delete {id}, usher user modify {id} --enable 0, or a later end with --expire"
            );
            findings.about(&EXPIRED, Place::User(id.to_string()), message, advice);
        }
        if realm_unknown && !realms.contains(id.realm()) {
            let message = format!(
                "user '{id}' belongs to the realm '{}', which does not exist: nobody can sign in",
                id.realm()
            );
            let advice = format!("usher user delete {id}, or add the realm");
            findings.about(&UNKNOWN_REALM, Place::User(id.to_string()), message, advice);
        }
    }
}
