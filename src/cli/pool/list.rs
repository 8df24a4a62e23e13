//! `pool list`: all pools, or one with its members.

use super::inventory::Inventory;
use crate::access::rule::{self, Rule};
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::id::VmId;
use crate::model::pool::Pool;
use serde_json::{Map, Value, json};

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the pools, or one pool with those of its members that exist.",
    parameters: &[
        Parameter::text("poolid", "Only this pool, with its members."),
        Parameter::choice("type", &["lxc", "qemu", "storage"], "Only members of this type.")
            .requires("poolid"),
        Parameter::text("member", "Only pools that hold this guest (a number) or storage.").own(),
    ],
    answers: true,
    writes: false,
    asks: Rule::Somebody,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("poolid"), Column::text("comment"), Column::text("members")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::poolid(&check);
    let id = check.end(Some(id))?;
    if id.is_some() {
        context.require(rule::READ_POOL)?;
    }
    let directory = context.directory()?;
    let member = values.text("member");
    let sight = context.sight(&directory);
    let rows = match id {
        None => directory
            .pools
            .iter()
            .filter(|pool| sight.sees_pool(&pool.id) && member.is_none_or(|name| holds(pool, name)))
            .map(|pool| row(&pool))
            .collect(),
        Some(id) => {
            let pool = directory.pool(&id)?;
            let inventory = Inventory::read(context)?;
            vec![row(&pool).with("members", members(&pool, &inventory, values.text("type")))]
        }
    };
    Ok(Answer::Rows { columns: COLUMNS, rows })
}

/// Whether a pool holds the guest of this number or the storage of this name.
fn holds(pool: &Pool, name: &str) -> bool {
    let guest = VmId::lenient(name).is_some_and(|guest| pool.guests.contains(&guest));
    guest || pool.storages.iter().any(|storage| storage.as_str() == name)
}

fn row(pool: &Pool) -> Record {
    Record::new()
        .with("poolid", pool.id.as_str())
        .with_some("comment", Some(pool.comment.clone()).filter(|comment| !comment.is_empty()))
}

fn members(pool: &Pool, inventory: &Inventory, wanted: Option<&str>) -> Value {
    let mut members = Vec::new();
    for id in &pool.guests {
        if let Some(guest) = inventory.guest(*id)
            && wanted.is_none_or(|wanted| wanted == guest.kind)
        {
            let number: Value = id.to_string().parse::<u64>().map_or(Value::Null, Value::from);
            members.push(json!({
                "id": format!("{}/{id}", guest.kind),
                "node": guest.node,
                "status": "unknown",
                "type": guest.kind,
                "vmid": number,
            }));
        }
    }
    for name in &pool.storages {
        let Some(storage) =
            inventory.storage(name.as_str()).filter(|_| wanted.is_none_or(|one| one == "storage"))
        else {
            continue;
        };
        let setting = |key: &str| storage.settings.get(key);
        let nodes: Vec<&String> = inventory.nodes().iter().collect();
        let here =
            |node: &str| setting("nodes").is_none_or(|list| list.split([',', ' ']).any(|one| one == node));
        for node in nodes.into_iter().filter(|node| here(node)) {
            let mut member = Map::new();
            member.insert("id".into(), format!("storage/{node}/{name}").into());
            member.insert("node".into(), node.as_str().into());
            member.insert("plugintype".into(), storage.kind.as_str().into());
            member
                .insert("shared".into(), i32::from(setting("shared").is_some_and(|text| text == "1")).into());
            member.insert("status".into(), "unknown".into());
            member.insert("storage".into(), name.as_str().into());
            member.insert("type".into(), "storage".into());
            if let Some(content) = setting("content") {
                member.insert("content".into(), content.as_str().into());
            }
            members.push(Value::Object(member));
        }
    }
    Value::Array(members)
}
