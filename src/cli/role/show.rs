//! `role show`: everything about one role.

use super::ROLEID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::entries;
use crate::cli::log::LastChange;
use crate::cli::output::{Answer, Record};
use crate::cli::sheet::Sheet;
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};
use crate::format::USER_CFG;
use serde_json::{Value, json};

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show a role: its privileges and what they are for, and the ACL entries that give it, with their lines in \
            user.cfg. Example: usher role show Operator",
    parameters: &[ROLEID],
    answers: true,
    writes: false,
    asks: rule::AUDIT,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::roleid(&check);
    let id = check.end(id)?;
    let files = context.load(&[USER_CFG])?;
    let directory = context.directory_in(&files);
    let catalogue = &context.catalogue;
    let builtin = catalogue.role(id.as_str());
    let (privileges, inert): (Vec<_>, Vec<String>) = match builtin {
        Some(privileges) => (privileges.iter().collect(), Vec::new()),
        None => {
            let role = directory.roles.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Role, &id))?;
            let (known, unknown): (Vec<String>, Vec<String>) =
                role.privileges.into_iter().partition(|name| catalogue.privilege(name).is_some());
            (known.iter().filter_map(|name| catalogue.privilege(name)).collect(), unknown)
        }
    };
    let acl = directory.entries_with(&id);
    let places = entries::places(&files, &[id.to_string()]);
    let line = places.role(id.as_str());
    let last_change = LastChange::of(context, format!("role {id}"));
    if values.for_people() {
        let privileges = privileges
            .iter()
            .map(|one| vec![catalogue.name(*one).to_owned(), catalogue.meaning(*one).to_owned()]);
        let place = line.map(|line| entries::place(Some(line)));
        let mut sheet = Sheet::new("role", id.as_str(), place);
        if builtin.is_some() {
            sheet = sheet.line("built in", format!("in the catalogue {}", catalogue.id()));
        }
        if id.as_str() == catalogue.blocking_role() {
            sheet = sheet.line("blocks", "takes every privilege away where it decides");
        }
        let given = acl.iter().map(|entry| {
            let line = entries::place(entries::line(&places, entry));
            let reach = entries::reach(entry).to_owned();
            vec![entry.path.to_string(), entry.subject.to_string(), reach, line]
        });
        let inert = inert.into_iter().map(|name| vec![name, "not in the catalogue: without effect".into()]);
        let sheet =
            sheet.list("privileges", privileges.chain(inert).collect()).list("ACL entries", given.collect());
        return Ok(Answer::Text(sheet.line("last change", last_change.words()).text()));
    }
    let privileges: Vec<Value> = privileges
        .iter()
        .map(|one| json!({"name": catalogue.name(*one), "meaning": catalogue.meaning(*one)}))
        .collect();
    let acl: Vec<Value> = acl.iter().map(|entry| entries::value(&places, entry)).collect();
    let record = Record::new()
        .with("roleid", id.as_str())
        .with_some("line", line)
        .with("special", i32::from(builtin.is_some()))
        .with("privileges", privileges)
        .with("unknown-privileges", inert)
        .with("acl", acl)
        .with_some("last-change", last_change.value());
    Ok(Answer::Object { columns: &[], record })
}
