//! `pool show`: everything the directory holds about one pool.

use super::POOLID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::entries;
use crate::cli::log::LastChange;
use crate::cli::output::{Answer, Record};
use crate::cli::sheet::{Cells, Sheet};
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::USER_CFG;
use crate::model::path::AclPath;
use serde_json::Value;

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show a pool: its guests and storages, whether they exist or not, the pools in it, and the ACL entries at its \
            path, with their lines in user.cfg. Example: usher pool show web",
    parameters: &[POOLID],
    answers: true,
    writes: false,
    asks: rule::SHOW_POOL,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::poolid(&check);
    let id = check.end(id)?;
    let files = context.load(&[USER_CFG])?;
    let directory = context.directory_in(&files);
    let pool = directory.pool(&id)?;
    let below = format!("{id}/");
    let inner: Vec<&str> = directory.pools.ids().filter(|name| name.starts_with(&below)).collect();
    let path = AclPath::parse(&format!("{}{id}", context.catalogue.pools().acl()))?.node();
    let acl = directory.entries_at(&path);
    let places = entries::places(&files, &[id.to_string(), path.to_string()]);
    let line = places.pool(id.as_str());
    let last_change = LastChange::of(context, format!("pool {id}"));
    if values.for_people() {
        let one_each = |names: Vec<String>| names.into_iter().map(|name| vec![name]).collect::<Vec<Cells>>();
        let joined = |names: Vec<String>| match names.is_empty() {
            true => "none".to_owned(),
            false => names.join(", "),
        };
        let place = line.map(|line| entries::place(Some(line)));
        let sheet = Sheet::new("pool", id.as_str(), place)
            .line("comment", pool.comment.as_str())
            .line("path", path.as_str())
            .line("guests", joined(pool.guests.iter().map(ToString::to_string).collect()))
            .line("storages", joined(pool.storages.iter().map(ToString::to_string).collect()))
            .list_if_any("pools in it", one_each(inner.iter().map(ToString::to_string).collect()))
            .list("ACL entries", entries::cells(&places, &acl, None))
            .line("last change", last_change.words());
        return Ok(Answer::Text(sheet.text()));
    }
    let guests: Vec<Value> = pool
        .guests
        .iter()
        .map(|guest| guest.to_string().parse::<u64>().map_or(Value::Null, Value::from))
        .collect();
    let storages: Vec<String> = pool.storages.iter().map(ToString::to_string).collect();
    let acl: Vec<Value> = acl.iter().map(|entry| entries::value(&places, entry)).collect();
    let record = Record::new()
        .with("poolid", id.as_str())
        .with_some("line", line)
        .with_some("comment", Some(pool.comment).filter(|comment| !comment.is_empty()))
        .with("path", path.as_str())
        .with("guests", guests)
        .with("storages", storages)
        .with("pools", inner)
        .with("acl", acl)
        .with_some("last-change", last_change.value());
    Ok(Answer::Object { columns: &[], record })
}
