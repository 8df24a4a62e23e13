//! `group delete`: remove a group and its ACL entries.

use super::GROUPID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &[],
    about: "Delete a group and its ACL entries. Its members stay.",
    parameters: &[
        GROUPID,
        Parameter::boolean("ignore-missing", "Succeed without a change when there is no such group.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_GROUPS,
    failure: "delete group failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::groupid(&check);
    let id = check.end(id)?;
    let ignore_missing = values.is_on("ignore-missing");
    let entries = context.change(|draft| match draft.directory()?.remove_group(&id) {
        Err(Error::Unknown { noun: Noun::Group, .. }) if ignore_missing => Ok(Vec::new()),
        other => other,
    })?;
    context.note_dropped("ACL entry", entries);
    Ok(Answer::Nothing)
}
