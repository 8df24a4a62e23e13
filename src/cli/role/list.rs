//! `role list`: all roles.

use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::values::Values;
use crate::error::Result;
use std::collections::BTreeMap;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the roles and their privileges.",
    parameters: &[],
    answers: true,
    writes: false,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("roleid"), Column::text("privs"), Column::boolean("special")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let directory = context.directory()?;
    let catalogue = &context.catalogue;
    let mut roles: BTreeMap<String, (String, i32)> = BTreeMap::new();
    for (name, privileges) in catalogue.roles() {
        let names: Vec<&str> = privileges.iter().map(|one| catalogue.name(one)).collect();
        roles.insert(name.to_owned(), (names.join(","), 1));
    }
    for role in directory.roles.iter() {
        let known = role.privileges.iter().filter(|name| catalogue.privilege(name).is_some());
        let names: Vec<&str> = known.map(String::as_str).collect();
        roles.insert(role.id.to_string(), (names.join(","), 0));
    }
    let rows = roles.into_iter().map(|(name, (privileges, special))| {
        Record::new().with("roleid", name).with("privs", privileges).with("special", special)
    });
    Ok(Answer::Rows { columns: COLUMNS, rows: rows.collect() })
}
