//! `log show`: one entry of the journal.

use super::{entry, refuse_without_journal};
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Format};
use crate::cli::parameter::{Kind, Parameter};
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::store::journal::past;

/// The number of an entry.
pub const NUMBER: Parameter =
    Parameter::of_place("number", Kind::Integer(1, i64::MAX), "The number of the entry, as 'log' lists it.");

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show one entry of the journal with everything it changed; secrets are left out. Example: usher log show 12",
    parameters: &[NUMBER],
    answers: true,
    writes: false,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let number = number(values)?;
    let format = values.text("output-format").map_or(Ok(Format::Text), Format::parse)?;
    refuse_without_journal(context)?;
    let found = past::entry(&context.store.journal()?, number)?;
    let found = found.ok_or_else(|| Error::No(format!("the journal has no entry {number}")))?;
    Ok(match format {
        Format::Text => Answer::Text(entry::in_words(&found)),
        _ => Answer::Object { columns: &[], record: entry::record(&found, true) },
    })
}

/// The number that was given.
pub fn number(values: &Values) -> Result<u64> {
    let check = values.check();
    let number = check.one("number", |text| {
        text.parse().map_err(|_| Error::invalid(format!("'{text}' is no number of an entry")))
    });
    check.end(number)
}
