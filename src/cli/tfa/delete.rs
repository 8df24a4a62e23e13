//! `tfa delete`: remove one second factor of a user, or all.

use crate::access::rule;
use crate::cli::acting;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::face::Face;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::{Error, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &[],
    about: "Delete a second factor of a user, or all of them.",
    parameters: &[
        USERID,
        Parameter::text("id", "Only this one, as the list shows it."),
        Parameter::boolean("ignore-missing", "Succeed without a change when there is nothing to delete.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_FACTORS,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    acting::confirm(context, None)?;
    let ignore_missing = values.is_on("ignore-missing");
    // The original succeeds without a word; whoever misspells a name would take a lost phone for removed.
    let demanding = context.face == Face::Own && !ignore_missing;
    context.change(|draft| {
        if demanding {
            draft.require_factors(&id)?;
        }
        // From here on only a factor can be missing.
        draft.second_factors()?;
        match draft.remove_factors(&id, values.text("id")) {
            Err(Error::Refused { .. }) if ignore_missing => Ok(()),
            other => other,
        }
    })?;
    Ok(Answer::Nothing)
}
