//! `user list`: all accounts.

use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::token::describe;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::{USER_CFG, domains_cfg, tfa_cfg};
use crate::model::directory::Directory;
use crate::model::realm::Realms;
use crate::model::tfa::Factors;
use crate::model::user::User;
use serde_json::Value;
use std::collections::HashMap;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the users.",
    parameters: &[
        Parameter::boolean("enabled", "Only users that may sign in; 0: only those that may not."),
        Parameter::boolean("full", "Show groups and tokens as well.").default("0"),
    ],
    answers: true,
    writes: false,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[
    Column::text("userid").at_most(64),
    Column::text("comment").at_most(2048),
    Column::text("email").at_most(254),
    Column::boolean("enable"),
    Column::integer("expire"),
    Column::text("firstname").at_most(1024),
    Column::text("groups"),
    Column::text("keys"),
    Column::text("lastname").at_most(1024),
    Column::text("realm-type"),
    Column::integer("tfa-locked-until"),
    Column::text("tokens"),
    Column::boolean("totp-locked"),
];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let files = context.load(&[USER_CFG, domains_cfg::FILE, tfa_cfg::FILE])?;
    let directory = context.directory_in(&files);
    let realms = context.realms_in(&files);
    let factors = context.second_factors_in(&files);
    let mut factors = factors.as_ref().map(|file| file.factors().clone());
    if let Some(factors) = &mut factors {
        factors.forget_ended_locks(moment::now());
    }
    let groups = if values.is_on("full") { Some(memberships(&directory)) } else { None };
    let wanted = values.boolean("enabled");
    let rows = directory
        .users
        .iter()
        .filter(|user| wanted.is_none_or(|enabled| user.enable == enabled))
        .map(|user| row(&user, &realms, factors.as_ref(), groups.as_ref()))
        .collect();
    Ok(Answer::Rows { columns: COLUMNS, rows })
}

/// The groups of every user, joined with `,`.
fn memberships(directory: &Directory) -> HashMap<String, String> {
    let mut groups: HashMap<String, String> = HashMap::new();
    for group in directory.groups.iter() {
        for member in &group.members {
            let names = groups.entry(member.to_string()).or_default();
            if !names.is_empty() {
                names.push(',');
            }
            names.push_str(group.id.as_str());
        }
    }
    groups
}

fn row(
    user: &User,
    realms: &Realms,
    factors: Option<&Factors>,
    groups: Option<&HashMap<String, String>>,
) -> Record {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    // An empty address shows when a later field of the line is in use, because then it is stored.
    let email_stored = !user.email.is_empty() || !user.comment.is_empty() || !user.keys.is_empty();
    let factors = factors.and_then(|factors| factors.get(&user.id));
    let mut record = Record::new()
        .with("userid", user.id.as_str())
        .with("enable", i32::from(user.enable))
        .with_some("expire", user.expire)
        .with_some("comment", text(&user.comment))
        .with_some("email", Some(user.email.clone()).filter(|_| email_stored))
        .with_some("firstname", text(&user.first_name))
        .with_some("lastname", text(&user.last_name))
        .with_some("keys", text(&user.keys))
        .with_some("realm-type", realms.get(user.id.realm()).map(|realm| realm.kind().as_str()))
        .with_some("totp-locked", factors.filter(|factors| factors.totp_locked).map(|_| 1))
        .with_some("tfa-locked-until", factors.and_then(|factors| factors.locked_until));
    if let Some(groups) = groups {
        record.set("groups", groups.get(user.id.as_str()).cloned().unwrap_or_default());
        let tokens: Vec<Value> = user.tokens.iter().map(|token| describe(token).into()).collect();
        record.set("tokens", if tokens.is_empty() { Value::Null } else { Value::Array(tokens) });
    }
    record
}
