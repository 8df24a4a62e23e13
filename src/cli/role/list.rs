//! `role list`: all roles.

use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::privilege::PrivilegeSet;
use std::collections::BTreeMap;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the roles and their privileges.",
    parameters: &[
        Parameter::list("privilege", "Only roles that hold all of these privileges.").own(),
        Parameter::boolean("own", "Only roles of this directory; 0: only those that are built in.").own(),
    ],
    answers: true,
    writes: false,
    asks: Rule::Somebody,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("roleid"), Column::text("privs"), Column::boolean("special")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let wanted = check.list("privilege", |name| context.catalogue.require_privilege(name));
    let wanted: PrivilegeSet = check.end(Some(wanted))?.unwrap_or_default().into_iter().collect();
    let own = values.boolean("own");
    let directory = context.directory()?;
    let catalogue = &context.catalogue;
    let mut roles: BTreeMap<String, (String, i32)> = BTreeMap::new();
    let builtin = catalogue.roles().filter(|(_, held)| own != Some(true) && held.contains_all(wanted));
    for (name, privileges) in builtin {
        let names: Vec<&str> = privileges.iter().map(|one| catalogue.name(one)).collect();
        roles.insert(name.to_owned(), (names.join(","), 1));
    }
    for role in directory.roles.iter().filter(|_| own != Some(false)) {
        let held: PrivilegeSet =
            role.privileges.iter().filter_map(|name| catalogue.privilege(name)).collect();
        if !held.contains_all(wanted) {
            continue;
        }
        let known = role.privileges.iter().filter(|name| catalogue.privilege(name).is_some());
        let names: Vec<&str> = known.map(String::as_str).collect();
        roles.insert(role.id.to_string(), (names.join(","), 0));
    }
    let rows = roles.into_iter().map(|(name, (privileges, special))| {
        Record::new().with("roleid", name).with("privs", privileges).with("special", special)
    });
    Ok(Answer::Rows { columns: COLUMNS, rows: rows.collect() })
}
