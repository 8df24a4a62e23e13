//! `acl modify`: grant roles.

use super::{GROUPS, PATH, PROPAGATE, ROLES, TOKENS, USERS};
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
    about: "Grant roles at a path to users, groups or API tokens.",
    parameters: &[PATH, GROUPS, PROPAGATE, ROLES, TOKENS, USERS],
    answers: false,
    writes: true,
    asks: rule::GRANT,
    failure: "ACL update failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let request = super::request(values, values.check(), |path| context.catalogue.allows_path(path))?;
    let propagate = values.boolean("propagate").unwrap_or(true);
    context.change(|draft| {
        draft.directory()?.grant(&request.path, &request.subjects, &request.roles, propagate)
    })?;
    Ok(Answer::Nothing)
}
