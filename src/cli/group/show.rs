//! `group show`: everything about one group.

use super::GROUPID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::entries;
use crate::cli::log::LastChange;
use crate::cli::output::{Answer, Record};
use crate::cli::sheet::Sheet;
use crate::cli::standing;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::USER_CFG;
use crate::model::acl::Subject;
use serde_json::{Value, json};

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show a group: its members with their state, and the ACL entries that name it, with their lines in \
            user.cfg. Example: usher group show admins",
    parameters: &[GROUPID],
    answers: true,
    writes: false,
    asks: rule::SHOW_GROUP,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::groupid(&check);
    let id = check.end(id)?;
    let files = context.load(&[USER_CFG])?;
    let directory = context.directory_in(&files);
    let group = directory.group(&id)?;
    let now = standing::now();
    let records = directory.users.get_each(group.members.iter().map(|member| member.as_str()));
    let members: Vec<(&str, &str)> = group
        .members
        .iter()
        .zip(records)
        .map(|(member, user)| (member.as_str(), user.map_or("unknown", |user| standing::of_user(&user, now))))
        .collect();
    let subject = Subject::Group(id.clone());
    let acl = directory.entries_for(&subject);
    let places = entries::places(&files, &[id.to_string(), subject.to_string()]);
    let line = places.group(id.as_str());
    let last_change = LastChange::of(context, format!("group {id}"));
    if values.for_people() {
        let members = members.into_iter().map(|(name, state)| {
            let state = match state {
                "enabled" => "",
                "unknown" => "there is no such user",
                other => other,
            };
            vec![name.to_owned(), state.to_owned()]
        });
        let place = line.map(|line| entries::place(Some(line)));
        let sheet = Sheet::new("group", id.as_str(), place)
            .line("comment", group.comment.as_str())
            .list("members", members.collect())
            .list("ACL entries", entries::cells(&places, &acl, Some(&subject)))
            .line("last change", last_change.words());
        return Ok(Answer::Text(sheet.text()));
    }
    let members: Vec<Value> =
        members.into_iter().map(|(name, state)| json!({"userid": name, "state": state})).collect();
    let acl: Vec<Value> = acl.iter().map(|entry| entries::value(&places, entry)).collect();
    let record = Record::new()
        .with("groupid", id.as_str())
        .with_some("line", line)
        .with_some("comment", Some(group.comment).filter(|comment| !comment.is_empty()))
        .with("members", members)
        .with("acl", acl)
        .with_some("last-change", last_change.value());
    Ok(Answer::Object { columns: &[], record })
}
