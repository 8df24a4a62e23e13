//! `group list`: all groups.

use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::group::Group;
use crate::model::id::UserId;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the groups and their members.",
    parameters: &[],
    answers: true,
    writes: false,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("groupid"), Column::text("comment"), Column::text("users")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let directory = context.directory()?;
    let rows = directory.groups.iter().map(|group| row(&group)).collect();
    Ok(Answer::Rows { columns: COLUMNS, rows })
}

fn row(group: &Group) -> Record {
    let members: Vec<&str> = group.members.iter().map(UserId::as_str).collect();
    Record::new()
        .with("groupid", group.id.as_str())
        .with("users", members.join(","))
        .with_some("comment", Some(group.comment.clone()).filter(|comment| !comment.is_empty()))
}
