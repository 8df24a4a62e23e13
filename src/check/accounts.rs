//! Accounts that are past their end, or that nobody can sign in to.

use super::book::Book;
use super::finding::{Findings, Place};
use super::rule::Rule;
use crate::access::usable::is_past;
use crate::model::shell::Command;
use foldhash::HashSet;

/// An account past its end that is not disabled.
pub(super) static EXPIRED: Rule = Rule::warning("U050", "a user is expired and was never disabled");

/// A user of a realm that is not there.
pub(super) static UNKNOWN_REALM: Rule =
    Rule::warning("U051", "a user belongs to a realm that does not exist");

pub(super) fn check<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    let mut realms: HashSet<&str> = book.contents.realms.iter().map(|realm| realm.id().as_str()).collect();
    // A catalogue of its own need not have the realms of any other system, but its superuser comes from somewhere.
    realms.extend(book.catalogue().superuser().rsplit_once('@').map(|(_, realm)| realm));
    let (expired, realm_unknown) = (findings.want(&EXPIRED), findings.want(&UNKNOWN_REALM));
    for user in &book.users {
        let (id, realm) = (user.id, user.realm());
        if expired && user.enable && is_past(user.expire, book.now()) {
            let message = format!("user '{id}' is expired, and neither disabled nor deleted");
            let delete = Command::new("usher user delete").about(id);
            let disable = Command::new("usher user modify").about(id).option("--enable 0");
            let advice = format!("{delete}, {disable}, or a later end with --expire");
            findings.about(&EXPIRED, Place::User(id), message, advice);
        }
        if realm_unknown && !realms.contains(realm) {
            let message = format!(
                "user '{id}' belongs to the realm '{realm}', which does not exist: nobody can sign in"
            );
            let advice = format!("{}, or add the realm", Command::new("usher user delete").about(id));
            findings.about(&UNKNOWN_REALM, Place::User(id), message, advice);
        }
    }
}
