//! API tokens that can do nothing, or everything.

use super::book::Book;
use super::finding::{Findings, Place};
use super::powerless::powerless;
use super::rule::Rule;
use crate::access::usable::is_token_past;
use crate::model::shell::Command;
use crate::model::view::TokenRef;
use foldhash::HashSet;

/// A separated token nobody gave anything.
pub(super) static WITHOUT_ENTRY: Rule =
    Rule::warning("U040", "a separated API token has no ACL entry: it can do nothing").unused();

/// A separated token whose owner holds nothing of what it was given.
pub(super) static POWERLESS: Rule = Rule::warning(
    "U041",
    "a separated API token has ACL entries and can do nothing, because its owner holds none of it",
)
.unused();

/// A token past its end.
pub(super) static EXPIRED: Rule = Rule::hint("U042", "an API token is expired").unused();

/// A token that is as good as the superuser.
pub(super) static ALMIGHTY: Rule =
    Rule::hint("U043", "an API token of the superuser is not separated: it may do everything");

pub(super) const DELETE: &str = "usher token delete";

/// A command about a token.
pub(super) fn of_token<'b>(words: &'b str, id: TokenRef<'b>) -> Command<'b> {
    Command::new(words).about(id.user).about(id.name)
}

pub(super) fn check<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    let now = book.now();
    let powerless = if findings.want(&POWERLESS) { powerless(book) } else { HashSet::default() };
    for token in book.tokens() {
        let (id, place) = (token.id, Place::Token(token.id));
        let owner = id.user;
        if is_token_past(token.expire, now) && findings.want(&EXPIRED) {
            let message = format!("token '{id}' is expired");
            let later = of_token("usher token modify", id).option("--expire DATE");
            let advice = format!("{}, or a later end: {later}", of_token(DELETE, id));
            findings.about(&EXPIRED, place, message, advice);
        }
        if token.separated && book.paths_of(id).is_empty() && findings.want(&WITHOUT_ENTRY) {
            let message = format!("token '{id}' is separated and has no ACL entry: it can do nothing");
            let grant = Command::new("usher acl modify PATH --roles ROLE").with("--tokens", &id.to_string());
            let advice = format!("{grant}, or {}", of_token(DELETE, id));
            findings.about(&WITHOUT_ENTRY, place, message, advice);
        }
        if powerless.contains(&id) {
            let message =
                format!("token '{id}' has ACL entries and can do nothing: its owner holds none of it there");
            let advice = format!("give '{owner}' the same, or {}", of_token(DELETE, id));
            findings.about(&POWERLESS, place, message, advice);
        }
        if !token.separated && owner == book.catalogue().superuser() && findings.want(&ALMIGHTY) {
            let message =
                format!("token '{id}' is not separated from the superuser: whoever has it may do everything");
            let separate = of_token("usher token modify", id).option("--privsep 1");
            let advice = format!("{separate}, and ACL entries for what it needs");
            findings.about(&ALMIGHTY, place, message, advice);
        }
    }
}
