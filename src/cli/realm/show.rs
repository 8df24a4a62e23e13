//! `realm show`: everything about one realm but its secrets.

use super::REALM;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::log::LastChange;
use crate::cli::output::{Answer, Record};
use crate::cli::sheet::Sheet;
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};
use crate::format::{USER_CFG, domains_cfg, jobs_cfg};
use crate::model::id::split_user;
use crate::model::realm::{Property, Realm};
use serde_json::{Map, Value};

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show a realm: its kind and settings without secrets, how many users it has, and the jobs that synchronise it. \
            Example: usher realm show corp",
    parameters: &[REALM],
    answers: true,
    writes: false,
    asks: rule::READ_REALM,
    failure: "",
    run,
};

/// What stands in the place of a secret.
const HIDDEN: &str = "(not shown)";

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::realm_id(&check);
    let id = check.end(id)?;
    let files = context.load(&[USER_CFG, domains_cfg::FILE, jobs_cfg::FILE])?;
    let realms = context.realms_in(&files);
    let realm = realms.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Realm, &id))?;
    let directory = context.directory_in(&files);
    let of_realm = |user: &&str| split_user(user).and_then(|at| user.get(at + 1..)) == Some(id.as_str());
    let users = directory.users.ids().filter(of_realm).count();
    let jobs = context.jobs_in(&files);
    let jobs: Vec<&str> = jobs.iter().filter(|job| *job.realm() == id).map(|job| job.id().as_str()).collect();
    let settings: Vec<(&str, String)> = realm
        .properties()
        .filter(|(property, _)| !matches!(property.name, "comment" | "default"))
        .map(|(property, value)| (property.name, shown(realm, property, value)))
        .collect();
    let line = Some(realm.line).filter(|line| *line > 0);
    let last_change = LastChange::of(context, format!("realm {id}"));
    if values.for_people() {
        let place = line.map(|line| format!("{}:{line}", domains_cfg::FILE));
        let users = match users {
            0 => "none".to_owned(),
            count => count.to_string(),
        };
        let mut sheet = Sheet::new("realm", id.as_str(), place)
            .line("kind", realm.kind().as_str())
            .line("comment", realm.comment().unwrap_or_default());
        if realm.is_default() {
            sheet = sheet.line("default", "offered first at login");
        }
        let sheet = sheet
            .line("users", users)
            .list_if_any(
                "settings",
                settings.into_iter().map(|(name, text)| vec![name.into(), text]).collect(),
            )
            .line("jobs", jobs.join(", "))
            .line("last change", last_change.words());
        return Ok(Answer::Text(sheet.text()));
    }
    let settings: Map<String, Value> =
        settings.into_iter().map(|(name, text)| (name.to_owned(), text.into())).collect();
    let record = Record::new()
        .with("realm", id.as_str())
        .with_some("line", line)
        .with("type", realm.kind().as_str())
        .with_some("comment", realm.comment())
        .with("default", i32::from(realm.is_default()))
        .with("users", users)
        .with("settings", settings)
        .with("jobs", jobs)
        .with_some("last-change", last_change.value());
    Ok(Answer::Object { columns: &[], record })
}

/// The value of a property without what nobody is to see.
fn shown(realm: &Realm, property: &Property, value: &str) -> String {
    if property.secret {
        return HIDDEN.to_owned();
    }
    if property.name != "tfa" {
        return value.to_owned();
    }
    // The key of a service that verifies second factors stands among the settings.
    match realm.tfa() {
        Some(mut tfa) => match tfa.remove("key") {
            Some(_) => format!("{tfa},key={HIDDEN}"),
            None => tfa.to_string(),
        },
        None => HIDDEN.to_owned(),
    }
}
