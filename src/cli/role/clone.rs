//! `role clone`: a role with the privileges of another one.

use super::ROLEID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "clone",
    aliases: &[],
    about: "Create a role with the privileges of another one, built in or not. Nobody is given the new one. \
            Example: usher role clone Operator NightOperator",
    parameters: &[ROLEID, Parameter::positional("newid", "The new role's name.")],
    answers: false,
    writes: true,
    asks: rule::CHANGE_ROLES,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let (old, new) = super::old_and_new(values)?;
    let catalogue = &context.catalogue;
    if old.as_str() == catalogue.blocking_role() {
        return Err(Error::refused(format!("role '{old}' blocks by its name; a copy would block nothing"))
            .with_hint(format!("give '{old}' itself")));
    }
    let builtin = catalogue
        .role(old.as_str())
        .map(|privileges| privileges.iter().map(|one| catalogue.name(one).to_owned()).collect());
    context.change(|draft| draft.directory()?.clone_role(&old, builtin, new))?;
    Ok(Answer::Nothing)
}
