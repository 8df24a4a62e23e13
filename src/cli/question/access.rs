//! `access`: everything somebody may do, where, and by which lines of the file.

use super::sources::Sources;
use super::{Asked, WHO, names, note_odd_path, path, phrase, who};
use crate::access::Permissions;
use crate::access::explain::{Acting, Explanation, Fate};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::USER_CFG;
use serde_json::{Map, Value};

/// The command.
pub static VERB: Verb = Verb {
    name: "access",
    aliases: &[],
    about: "List everything a user or an API token may do, path by path, with the ACL entries it comes from and \
            their lines. Exits 3 when there is nothing he may do. Example: usher access joe@pve",
    parameters: &[WHO, Parameter::text("path", "Only this path.")],
    answers: true,
    writes: false,
    asks: rule::AUDIT,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("path"), Column::text("permissions"), Column::text("from")];

/// One path, what is held there, and why.
type Place<'p> = (String, Permissions, Explanation<'p>);

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let who = check.one("who", who);
    let only = check.one("path", path);
    let who = check.end(who)?;
    only.iter().for_each(|path| note_odd_path(context, path));

    let (asked, text) = Asked::whole(context)?;
    let name = who.to_string();
    let held = match &only {
        Some(path) => vec![(path.as_str(), asked.policy.permissions(&name, path.as_str()))],
        None => asked.policy.listing(&name),
    };
    let mut places: Vec<String> = Vec::with_capacity(held.len());
    let (mut permissions, mut explanations) = (Vec::new(), Vec::new());
    for (path, granted) in held.into_iter().filter(|(_, granted)| !granted.is_empty()) {
        explanations.push(asked.policy.explain(&name, path));
        permissions.push(granted);
        places.push(path.to_owned());
    }
    let unusable = asked.unusable(&who);
    if let Some(why) = &unusable {
        context.note(&format!("{why}: nothing of this can be used"));
    }
    context.says_no = places.is_empty() || unusable.is_some();
    if places.is_empty() && values.for_people() {
        return Ok(Answer::Text(format!("{who} may do nothing at all\n")));
    }
    let sources = Sources::of(&text, &explanations, context.catalogue.pools().acl());
    let listed: Vec<Place<'_>> = places
        .into_iter()
        .zip(permissions)
        .zip(explanations)
        .map(|((path, granted), why)| (path, granted, why))
        .collect();
    let row = |place: &Place<'_>| match values.for_people() {
        true => for_people(context, &sources, place),
        false => for_programs(context, &sources, place),
    };
    Ok(Answer::Rows { columns: COLUMNS, rows: listed.iter().map(row).collect() })
}

fn for_people(context: &Context, sources: &Sources, (path, granted, explanation): &Place<'_>) -> Record {
    let privilege = |(privilege, propagated)| {
        format!("{}{}", context.catalogue.name(privilege), if propagated { " (*)" } else { "" })
    };
    let privileges: Vec<String> = granted.iter().map(privilege).collect();
    let mut from = Vec::new();
    match explanation.acting {
        Acting::Superuser => from.push("the superuser".to_owned()),
        Acting::FullToken { owner, superuser: true } => from.push(format!("{owner}, the superuser")),
        _ => {}
    }
    for side in &explanation.sides {
        for (level, entry) in side.entries().filter(|(_, entry)| entry.fate == Fate::Decides) {
            let line = sources.entry(side, &level.path, entry).map(|line| format!("{USER_CFG}:{line}: "));
            let subject = entry.via.subject(side.subject);
            from.push(format!("{}{} for {subject} on {}", line.unwrap_or_default(), entry.role, level.path));
        }
    }
    from.dedup();
    Record::new()
        .with("path", path.as_str())
        .with("permissions", privileges.join("\n"))
        .with("from", from.join("\n"))
}

fn for_programs(context: &Context, sources: &Sources, (path, granted, explanation): &Place<'_>) -> Record {
    let mut entries: Vec<Value> = Vec::new();
    for side in &explanation.sides {
        for (place, walk) in side.walks().enumerate() {
            let pool = (place > 0).then(|| phrase::pool(&context.catalogue, walk));
            for level in &walk.levels {
                for entry in level.entries.iter().filter(|entry| entry.fate == Fate::Decides) {
                    let mut record = Map::new();
                    record.insert("path".into(), level.path.as_str().into());
                    record.insert("propagate".into(), entry.propagate.into());
                    record.insert("role".into(), entry.role.into());
                    record.insert("subject".into(), entry.via.subject(side.subject).into());
                    let line = sources.entry(side, &level.path, entry);
                    record.extend(line.map(|line| ("line".to_owned(), line.into())));
                    record.extend(pool.map(|pool| ("pool".to_owned(), pool.into())));
                    entries.push(Value::Object(record));
                }
            }
        }
    }
    entries.dedup();
    Record::new()
        .with("entries", entries)
        .with("granted", names(&context.catalogue, granted.granted))
        .with("path", path.as_str())
        .with("propagated", names(&context.catalogue, granted.propagated))
}
