//! Realms whose servers cannot be trusted or reached, and jobs of realms that are not there.

use super::book::Book;
use super::finding::Findings;
use super::rule::Rule;
use crate::format::jobs_cfg;
use crate::model::realm::Realm;
use crate::model::shell::Command;
use crate::realm::ldap::{Mode, Settings, dangers};

/// Passwords that can be read on the way.
pub(super) static UNENCRYPTED: Rule = Rule::warning("U060", "a realm sends passwords unencrypted");

/// A server that may be anybody.
pub(super) static UNVERIFIED: Rule =
    Rule::warning("U061", "a realm does not verify its server's certificate");

/// A realm no session can be opened for.
pub(super) static CANNOT_CONNECT: Rule =
    Rule::error("U062", "a realm's settings keep it from asking its server");

/// A job that can only fail.
pub(super) static JOB_WITHOUT_REALM: Rule =
    Rule::error("U063", "a job synchronises a realm that does not exist or has no server");

pub(super) fn check(book: &Book<'_>, findings: &mut Findings<'_>) {
    for realm in book.contents.realms.iter().filter(|realm| realm.kind().has_server()) {
        endangered(realm, findings);
        if findings.want(&CANNOT_CONNECT)
            && let Err(error) = book.settings(realm)
        {
            let advice = error.hint().unwrap_or("correct its settings: realm modify").to_owned();
            findings.of_realm(&CANNOT_CONNECT, realm.line, error.to_string(), advice);
        }
    }
    if !findings.want(&JOB_WITHOUT_REALM) {
        return;
    }
    for job in book.contents.jobs.iter() {
        let (id, name) = (job.id(), job.realm());
        let message = match book.contents.realms.get(name.as_str()) {
            None => format!("job '{id}' synchronises the realm '{name}', which does not exist"),
            Some(realm) if !realm.kind().has_server() => {
                format!("job '{id}' synchronises the realm '{name}', which has no server")
            }
            Some(_) => continue,
        };
        let advice =
            format!("{}, or add the realm", Command::new("usher realm job delete").about(id.as_str()));
        findings.at(
            &JOB_WITHOUT_REALM,
            jobs_cfg::FILE,
            Some(job.line).filter(|line| *line > 0),
            message,
            advice,
        );
    }
}

fn endangered(realm: &Realm, findings: &mut Findings<'_>) {
    let plain = Settings::without_bind(realm).is_ok_and(|settings| settings.mode == Mode::Plain);
    let rule = if plain { &UNENCRYPTED } else { &UNVERIFIED };
    if !findings.want(rule) {
        return;
    }
    for danger in dangers(realm) {
        let (message, advice) = danger.split_once("; ").unwrap_or((&danger, "correct its settings"));
        let advice = format!("{}: {advice}", Command::new("usher realm modify").about(realm.id().as_str()));
        findings.of_realm(rule, realm.line, message.to_owned(), advice);
    }
}
