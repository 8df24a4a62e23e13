//! `user delete`: remove an account and everything that belongs to it.

use super::USERID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::face::Face;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &[],
    about: "Delete a user with its tokens, memberships, ACL entries, password and second factors.",
    parameters: &[
        USERID,
        Parameter::boolean("ignore-missing", "Succeed without a change when there is no such user.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::DELETE_USER,
    failure: "delete user failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::userid(&check);
    let id = check.end(id)?;
    let (face, ignore_missing) = (context.face, values.is_on("ignore-missing"));
    let removed = context.change(|draft| match draft.remove_user(&id) {
        // The original succeeds when there is nobody to delete, and scripts count on it; what names him goes.
        Err(Error::Unknown { noun: Noun::User, .. }) if face == Face::Original => {
            draft.directory()?.forget_user(&id);
            draft.remove_left_over_secrets(&id).map(|_| None)
        }
        Err(Error::Unknown { noun: Noun::User, .. }) if ignore_missing => Ok(None),
        other => other.map(Some),
    })?;
    if let Some(removed) = removed {
        context.note_dropped("ACL entry", removed.entries);
    }
    Ok(Answer::Nothing)
}
