//! `realm delete`: remove a realm and the password it binds with.

use super::REALM;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &[],
    about: "Delete a realm. Its users stay. The built-in realms are only reset.",
    parameters: &[
        REALM,
        Parameter::boolean("ignore-missing", "Succeed without a change when there is no such realm.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_REALMS,
    failure: "delete auth server failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::realm_id(&check);
    let id = check.end(id)?;
    let ignore_missing = values.is_on("ignore-missing");
    let notes = context.change(|draft| {
        let realms = draft.realms()?;
        if ignore_missing && realms.get(id.as_str()).is_none() {
            return Ok(Vec::new());
        }
        let notes = realms.remove(&id)?;
        draft.set_bind_password(&id, None);
        Ok(notes)
    })?;
    super::say_notes(&notes);
    Ok(Answer::Nothing)
}
