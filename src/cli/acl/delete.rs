//! `acl delete`: take roles back.

use super::{GROUPS, PATH, PROPAGATE, ROLES, TOKENS, USERS};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &[],
    about: "Take roles at a path back from users, groups or API tokens.",
    parameters: &[PATH, GROUPS, PROPAGATE, ROLES, TOKENS, USERS],
    answers: false,
    writes: true,
    asks: rule::REVOKE,
    failure: "ACL update failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    // What a file holds at a path no catalogue allows can still be taken away.
    let request = super::request(values, values.check(), |_| true)?;
    context.change(|draft| draft.directory()?.revoke(&request.path, &request.subjects, &request.roles))?;
    Ok(Answer::Nothing)
}
