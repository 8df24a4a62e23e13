//! `role modify`: change what a role grants.

use super::{PRIVS, ROLEID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "modify",
    aliases: &[],
    about: "Replace a role's privileges, or add to them.",
    parameters: &[
        ROLEID,
        Parameter::boolean("append", "Add to the role's privileges instead of replacing them.")
            .default("0")
            .requires("privs"),
        PRIVS,
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_ROLES,
    failure: "update role failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::roleid(&check);
    let privileges = super::privileges(context, &check);
    let (id, privileges) = check.end(id.zip(Some(privileges)))?;
    // The original takes no privileges to mean none at all, and empties the role.
    let Some(privileges) = privileges else {
        return Err(Error::Usage(format!(
            "nothing to do: give --privs (--privs '' takes every privilege from role '{id}')"
        )));
    };
    context.change(|draft| draft.directory()?.modify_role(&id, privileges, values.is_on("append")))?;
    Ok(Answer::Nothing)
}
