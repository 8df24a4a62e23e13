//! `role rename`: another name for a role, and every ACL entry follows.

use super::ROLEID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "rename",
    aliases: &[],
    about: "Give a role another name. The ACL entries that give it follow. Example: usher role rename watch Watcher",
    parameters: &[ROLEID, Parameter::positional("newid", "The role's new name.")],
    answers: false,
    writes: true,
    asks: rule::CHANGE_ROLES,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let (old, new) = super::old_and_new(values)?;
    let entries = context.change(|draft| draft.directory()?.rename_role(&old, &new))?;
    context.note_dropped("left-over ACL entry", entries);
    Ok(Answer::Nothing)
}
