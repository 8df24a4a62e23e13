//! `group add`: create a group.

use super::{COMMENT, GROUPID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::group::Group;

/// The command.
pub static VERB: Verb = Verb {
    name: "add",
    aliases: &[],
    about: "Create a group.",
    parameters: &[
        GROUPID,
        COMMENT,
        Parameter::boolean("if-not-exists", "Succeed without a change when the group is there.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_GROUPS,
    failure: "create group failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::groupid(&check);
    let comment = check.text("comment").unwrap_or_default();
    let id = check.end(id)?;
    let if_not_exists = values.is_on("if-not-exists");
    let entries =
        context.change(|draft| match draft.directory()?.add_group(Group { comment, ..Group::new(id) }) {
            Err(Error::Exists { .. }) if if_not_exists => Ok(Vec::new()),
            other => other,
        })?;
    context.note_dropped("left-over ACL entry", entries);
    Ok(Answer::Nothing)
}
