//! `undo`: take back what an entry of the journal changed.

use super::command::Verb;
use super::context::Context;
use super::log::refuse_without_journal;
use super::log::show::number;
use super::moment::now;
use super::output::{Answer, Record};
use super::parameter::{Kind, Parameter};
use super::values::Values;
use crate::access::rule::Rule;
use crate::audit::{Deed, Kind as Sort};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::store::journal::past::{Limits, last_undoable};

/// Going back without files of secrets.
pub const WITHOUT_SECRETS: Parameter = Parameter::boolean(
    "without-secrets",
    "Leave files of secrets as they are, such as passwords and second factors.",
);
/// Going back although nobody can repair the directory then.
pub const FORCE: Parameter =
    Parameter::boolean("force", "Do it although nobody would be left who may hand out every permission.");

/// The command.
pub static VERB: Verb = Verb {
    name: "undo",
    aliases: &[],
    about: "Take back what an entry of the journal changed; without a number, the last change that was not taken back yet. \
            What was changed since stays, as long as it is not in the same lines. Undoing is an entry itself, \
            and can be undone. Example: usher undo 12 --dry-run",
    parameters: &[
        Parameter::of_place(
            "number",
            Kind::Integer(1, i64::MAX),
            "The number of the entry, as 'log' lists it.",
        )
        .optional(),
        WITHOUT_SECRETS,
        FORCE,
    ],
    answers: true,
    writes: true,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let given = values.text("number").map(|_| number(values)).transpose()?;
    let limits = Limits { without_secrets: values.is_on("without-secrets") };
    let force = values.is_on("force");
    refuse_without_journal(context)?;
    let store = context.store.clone();
    let catalogue = context.catalogue.clone();
    let number = given.map_or_else(|| last_undoable(&store.journal()?), Ok)?;
    context.deed = Deed { kind: Sort::Undo, of: Some(number) };
    context.change(|draft| {
        if given.is_none() && last_undoable(&store.journal()?)? != number {
            return Err(Error::refused("somebody else changed the directory meanwhile")
                .with_hint("'usher log' lists what; try again"));
        }
        draft.undo(&store, &catalogue, number, limits)?;
        if force { Ok(()) } else { draft.refuse_lock_out(&catalogue, now()) }
    })?;
    Ok(Answer::Object { columns: &[], record: Record::new().with("undone", number) })
}
