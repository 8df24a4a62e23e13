//! `realm list`: all realms.

use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::domains_cfg;
use crate::model::realm::Realm;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the realms.",
    parameters: &[],
    answers: true,
    writes: false,
    asks: Rule::World,
    failure: "",
    run,
};

const COLUMNS: &[Column] =
    &[Column::text("realm").at_most(32), Column::text("type"), Column::text("comment"), Column::text("tfa")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let files = context.load(&[domains_cfg::FILE])?;
    let realms = context.realms_in(&files);
    let mut sorted: Vec<&Realm> = realms.iter().collect();
    sorted.sort_by_key(|realm| realm.id().as_str());
    Ok(Answer::Rows { columns: COLUMNS, rows: sorted.into_iter().map(row).collect() })
}

fn row(realm: &Realm) -> Record {
    Record::new()
        .with("realm", realm.id().as_str())
        .with("type", realm.kind().as_str())
        .with_some("comment", realm.comment().map(str::to_owned))
        .with_some("tfa", realm.tfa_type())
        .with_some("default", Some(1).filter(|_| realm.is_default()))
}
