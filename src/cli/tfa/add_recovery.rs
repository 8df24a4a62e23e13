//! `tfa add recovery`: ten single-use keys, shown once.

use crate::access::rule;
use crate::cli::acting;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment::now;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::Result;
use crate::secret::recovery::{Randomness, generate};

/// The command.
pub static VERB: Verb = Verb {
    name: "recovery",
    aliases: &[],
    about: "Make ten recovery keys for a user. They are shown this once and never again.",
    parameters: &[USERID],
    answers: true,
    writes: true,
    asks: rule::CHANGE_FACTORS,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::integer("number"), Column::text("key")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    acting::confirm(context, None)?;
    let (stored, keys) = generate(&Randomness::fresh()?, now())?;
    context.change(|draft| draft.add_recovery_keys(&id, stored))?;
    let rows = keys.iter().enumerate();
    let rows =
        rows.map(|(place, key)| Record::new().with("number", place).with("key", key.as_str())).collect();
    Ok(Answer::Rows { columns: COLUMNS, rows })
}
