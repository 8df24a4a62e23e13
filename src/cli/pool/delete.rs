//! `pool delete`: remove a pool and its ACL entries.

use super::POOLID;
use super::inventory::Inventory;
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
    about: "Delete an empty pool and its ACL entries.",
    parameters: &[
        POOLID,
        Parameter::boolean("force", "Delete the pool although it names members that are not there any more.")
            .default("0")
            .own(),
        Parameter::boolean("ignore-missing", "Succeed without a change when there is no such pool.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_POOL,
    failure: "delete pool failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::poolid(&check);
    let id = check.end(id)?;
    let inventory = Inventory::read(context)?;
    // The original deletes a pool whose members do not exist any more; usher asks first.
    let every_member_counts = context.face == Face::Own && !values.is_on("force");
    let ignore_missing = values.is_on("ignore-missing");
    let entries = context.change(|draft| {
        let removed = draft.directory()?.remove_pool(
            &id,
            |guest| every_member_counts || inventory.guest(guest).is_some(),
            |storage| every_member_counts || inventory.storage(storage.as_str()).is_some(),
        );
        match removed {
            Err(Error::Unknown { noun: Noun::Pool, .. }) if ignore_missing => Ok(Vec::new()),
            Err(refusal @ Error::Refused { .. }) if every_member_counts => {
                Err(refusal.with_hint("take its members out first, or use --force if they are gone"))
            }
            other => other,
        }
    })?;
    context.note_dropped("ACL entry", entries);
    Ok(Answer::Nothing)
}
