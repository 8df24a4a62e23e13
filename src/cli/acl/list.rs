//! `acl list`: every ACL entry.

use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::acl::{AclEntry, Subject};

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List every ACL entry.",
    parameters: &[],
    answers: true,
    writes: false,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[
    Column::text("path"),
    Column::text("roleid"),
    Column::text("type"),
    Column::text("ugid"),
    Column::boolean("propagate"),
];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let directory = context.directory()?;
    let rows = directory.entries().map(|entry| row(&entry)).collect();
    Ok(Answer::Rows { columns: COLUMNS, rows })
}

fn row(entry: &AclEntry) -> Record {
    let (kind, name) = match &entry.subject {
        Subject::User(id) => ("user", id.to_string()),
        Subject::Group(id) => ("group", id.to_string()),
        Subject::Token(id) => ("token", id.to_string()),
    };
    Record::new()
        .with("path", entry.path.as_str())
        .with("roleid", entry.role.as_str())
        .with("type", kind)
        .with("ugid", name)
        .with("propagate", i32::from(entry.propagate))
}
