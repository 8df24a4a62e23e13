//! `tfa unlock`: let a user in again whose second factors were wrong too often.

use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::face::Face;
use crate::cli::output::Answer;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::{Error, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "unlock",
    aliases: &[],
    about: "Lift the locks of a user whose second factors were wrong too often.",
    parameters: &[USERID],
    answers: false,
    writes: true,
    asks: rule::UNLOCK_FACTORS,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    let own = context.face == Face::Own;
    let locked = context.change(|draft| match draft.unlock_factors(&id)? {
        None if own => draft.look_at_directory()?.user(&id).map(|_| None),
        None => Err(Error::refused("no such user")),
        locked => Ok(locked),
    })?;
    if locked.is_none() && !context.dry_run {
        context.note(&format!("nothing was locked: user '{id}' has no second factors"));
    }
    Ok(Answer::Nothing)
}
