//! `role add`: create a role.

use super::{PRIVS, ROLEID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::role::Role;

/// The command.
pub static VERB: Verb = Verb {
    name: "add",
    aliases: &[],
    about: "Create a role.",
    parameters: &[
        ROLEID,
        PRIVS,
        Parameter::boolean("if-not-exists", "Succeed without a change when the role is there.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_ROLES,
    failure: "create role failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::roleid(&check);
    let privileges = super::privileges(context, &check).unwrap_or_default();
    let id = check.end(id)?;
    let if_not_exists = values.is_on("if-not-exists");
    context.change(|draft| {
        match draft.directory()?.add_role(Role { id, privileges, rest: String::new() }) {
            Err(Error::Exists { .. }) if if_not_exists => Ok(()),
            other => other,
        }
    })?;
    Ok(Answer::Nothing)
}
