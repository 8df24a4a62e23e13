//! Secrets nobody owns, and tokens without one.

use super::book::Book;
use super::finding::{Findings, Place};
use super::input::BIND_PASSWORDS;
use super::repair::Repair;
use super::rule::Rule;
use super::tokens::{DELETE, of_token};
use crate::format::{shadow_cfg, tfa_cfg, token_cfg};
use crate::model::id::{RealmId, TokenId};
use crate::model::realm::RealmKind;
use crate::model::view::TokenRef;
use foldhash::{HashMap, HashSet};

/// A secret of a token that is not there.
pub(super) static WITHOUT_TOKEN: Rule =
    Rule::warning("U070", "a secret is kept for an API token that does not exist").repairs();

/// A token nobody can use.
pub(super) static TOKEN_WITHOUT: Rule = Rule::warning("U071", "an API token has no secret");

/// A password of a user who is not there.
pub(super) static PASSWORD_WITHOUT_USER: Rule =
    Rule::warning("U072", "a password is kept for a user who does not exist").repairs();

/// Second factors of a user who is not there.
pub(super) static FACTORS_WITHOUT_USER: Rule =
    Rule::warning("U073", "second factors are kept for a user who does not exist").repairs();

/// A password of a realm that is not there.
pub(super) static BIND_PASSWORD_WITHOUT_REALM: Rule =
    Rule::warning("U074", "a bind password is kept for a realm that does not exist").repairs();

const LEFT_OVER: &str = "--fix removes it: whoever gets the name next must not get it, too";

pub(super) fn check<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    of_tokens(book, findings);
    if findings.want(&PASSWORD_WITHOUT_USER) {
        let lines = lines_by_start(book.text(shadow_cfg::FILE), b':');
        let absent = |name: &&str| !book.has_user(&format!("{name}@{}", RealmKind::Pve));
        for name in book.contents.passwords.names().filter(absent) {
            let message = format!("a password is kept for '{name}@{}', who does not exist", RealmKind::Pve);
            findings.at(
                &PASSWORD_WITHOUT_USER,
                shadow_cfg::FILE,
                lines.get(name).copied(),
                message,
                LEFT_OVER.into(),
            );
            findings.repaired_by(Repair::DropPassword(name.to_owned()));
        }
    }
    if let Ok(file) = &book.contents.factors
        && findings.want(&FACTORS_WITHOUT_USER)
    {
        for (name, _) in file.factors().users().filter(|(name, _)| !book.has_user(name)) {
            let message = format!("second factors are kept for '{name}', who does not exist");
            let line = tfa_cfg::line_of(book.text(tfa_cfg::FILE), name);
            findings.at(&FACTORS_WITHOUT_USER, tfa_cfg::FILE, Some(line), message, LEFT_OVER.into());
            findings.repaired_by(Repair::DropSecondFactors(name.to_owned()));
        }
    }
    of_realms(book, findings);
}

fn of_tokens<'b>(book: &Book<'b>, findings: &mut Findings<'b>) {
    let with_secret: HashSet<TokenRef<'_>> = book.contents.secrets.ids().filter_map(TokenRef::of).collect();
    let mut without = with_secret.clone();
    for token in book.tokens() {
        let id = token.id;
        without.remove(&id);
        if !with_secret.contains(&id) && findings.want(&TOKEN_WITHOUT) {
            let message = format!("token '{id}' has no secret: nobody can use it");
            let (delete, add) = (of_token(DELETE, id), of_token("usher token add", id));
            let advice = format!("{delete}; made anew with {add} it gets one");
            findings.about(&TOKEN_WITHOUT, Place::Token(id), message, advice);
        }
    }
    if without.is_empty() || !findings.want(&WITHOUT_TOKEN) {
        return;
    }
    let lines = lines_by_start(book.text(token_cfg::FILE), b' ');
    for id in without.into_iter().map(|id| id.to_string()) {
        let Ok(token) = TokenId::parse(&id) else { continue };
        let message = format!("a secret is kept for the token '{id}', which does not exist");
        findings.at(
            &WITHOUT_TOKEN,
            token_cfg::FILE,
            lines.get(id.as_str()).copied(),
            message,
            LEFT_OVER.into(),
        );
        findings.repaired_by(Repair::DropSecret(token));
    }
}

fn of_realms(book: &Book<'_>, findings: &mut Findings<'_>) {
    if !findings.want(&BIND_PASSWORD_WITHOUT_REALM) {
        return;
    }
    for name in book.input.files.keys() {
        let Some((folder, id)) = name.strip_suffix(".pw").and_then(|name| name.rsplit_once('/')) else {
            continue;
        };
        let Ok(realm) = RealmId::parse(id) else { continue };
        if !BIND_PASSWORDS.contains(&folder) || book.contents.realms.get(id).is_some() {
            continue;
        }
        let message = format!("a bind password is kept for the realm '{id}', which does not exist");
        findings.at(&BIND_PASSWORD_WITHOUT_REALM, name.clone(), None, message, LEFT_OVER.into());
        // Only the newer one of the two places is ever written.
        if folder == BIND_PASSWORDS[0] {
            findings.repaired_by(Repair::DropBindPassword(realm));
        }
    }
}

/// Where a line stands by its text before `end`; the last of several.
fn lines_by_start(text: &[u8], end: u8) -> HashMap<&str, usize> {
    let lines = text.split(|byte| *byte == b'\n').enumerate();
    lines
        .filter_map(|(place, line)| {
            let start = line.split(|byte| *byte == end).next()?.trim_ascii_start();
            Some((std::str::from_utf8(start).ok()?, place + 1))
        })
        .collect()
}
