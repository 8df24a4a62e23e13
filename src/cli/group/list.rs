//! `group list`: all groups.

use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::group::Group;
use crate::model::id::UserId;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the groups and their members.",
    parameters: &[Parameter::text("member", "Only groups this user is in.").own()],
    answers: true,
    writes: false,
    asks: Rule::Somebody,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("groupid"), Column::text("comment"), Column::text("users")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let member = check.one("member", UserId::parse);
    let member = check.end(Some(member))?;
    let directory = context.directory()?;
    let sight = context.sight(&directory);
    let seen = |group: &Group| sight.sees_group(&group.id);
    let rows = match member {
        None => directory.groups.iter().filter(seen).map(|group| row(&group)).collect(),
        Some(user) => {
            let groups = directory.groups_of(&user);
            // A member need not exist; a name that is nowhere is a slip.
            if groups.is_empty() && context.permit.is_none() {
                directory.user(&user)?;
            }
            groups.iter().filter(|group| seen(group)).map(row).collect()
        }
    };
    Ok(Answer::Rows { columns: COLUMNS, rows })
}

fn row(group: &Group) -> Record {
    let members: Vec<&str> = group.members.iter().map(UserId::as_str).collect();
    Record::new()
        .with("groupid", group.id.as_str())
        .with("users", members.join(","))
        .with_some("comment", Some(group.comment.clone()).filter(|comment| !comment.is_empty()))
}
