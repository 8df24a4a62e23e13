//! `ticket verify`: who holds a ticket.

use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::prompt;
use crate::cli::sign_in::holder;
use crate::cli::values::Values;
use crate::error::Result;
use crate::secret::ticket_key::TICKET_LIFETIME;

/// The command.
pub static VERB: Verb = Verb {
    name: "verify",
    aliases: &[],
    about: "Check a ticket, read from stdin, and tell whose it is. Exits 3 when it is none.",
    parameters: &[],
    answers: true,
    writes: false,
    asks: Rule::World,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("userid"), Column::integer("age"), Column::integer("seconds-left")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let ticket = prompt::secret("Ticket: ", "ticket")?;
    let (id, age) = holder(context, ticket.trim())?;
    let record = Record::new()
        .with("userid", id.to_string())
        .with("age", age)
        .with("seconds-left", TICKET_LIFETIME - age);
    Ok(Answer::Object { columns: COLUMNS, record })
}
