//! `group rename`: another name for a group, and every ACL entry follows.

use super::GROUPID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::id::GroupId;

/// The command.
pub static VERB: Verb = Verb {
    name: "rename",
    aliases: &[],
    about: "Give a group another name. Its members stay; ACL entries for it, and those set on the group itself, follow. \
            Example: usher group rename devs developers",
    parameters: &[GROUPID, Parameter::positional("newid", "The group's new name.")],
    answers: false,
    writes: true,
    asks: rule::CHANGE_GROUPS,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let old = super::groupid(&check);
    let new = check.one("newid", GroupId::parse);
    let (old, new) = check.end(old.zip(new))?;
    let entries = context.change(|draft| draft.directory()?.rename_group(&old, &new))?;
    context.note_dropped("left-over ACL entry", entries);
    Ok(Answer::Nothing)
}
