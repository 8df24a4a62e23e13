//! `group modify`: change a group.

use super::{COMMENT, GROUPID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "modify",
    aliases: &[],
    about: "Change a group.",
    parameters: &[GROUPID, COMMENT],
    answers: false,
    writes: true,
    asks: rule::CHANGE_GROUPS,
    failure: "update group failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::groupid(&check);
    let comment = check.text("comment");
    let id = check.end(id)?;
    context.change(|draft| draft.directory()?.modify_group(&id, comment))?;
    Ok(Answer::Nothing)
}
