//! `role delete`: remove a role and the ACL entries that grant it.

use super::ROLEID;
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
    about: "Delete a role and the ACL entries that grant it.",
    parameters: &[
        ROLEID,
        Parameter::boolean("ignore-missing", "Succeed without a change when there is no such role.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_ROLES,
    failure: "delete role failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::roleid(&check);
    let id = check.end(id)?;
    let ignore_missing = values.is_on("ignore-missing");
    let entries = context.change(|draft| match draft.directory()?.remove_role(&id) {
        Err(Error::Unknown { noun: Noun::Role, .. }) if ignore_missing => Ok(Vec::new()),
        other => other,
    })?;
    context.note_dropped("ACL entry", entries);
    Ok(Answer::Nothing)
}
