//! `restore`: the directory as it was.

use super::command::Verb;
use super::context::Context;
use super::log::refuse_without_journal;
use super::moment::{self, now};
use super::output::{Answer, Format, Record};
use super::parameter::Parameter;
use super::undo::{FORCE, WITHOUT_SECRETS};
use super::values::Values;
use crate::access::rule::Rule;
use crate::audit::{Deed, Kind};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::store::journal::past::{Limits, last_until};

/// The command.
pub static VERB: Verb = Verb {
    name: "restore",
    aliases: &[],
    about: "Put the directory back to how it was at some time, or after some entry of the journal, secrets included where \
            they are kept. It is one change, with an entry of its own, and can be undone. Example: usher restore --at \
            '2027-01-31 08:00' --dry-run",
    parameters: &[
        Parameter::text(
            "at",
            "The number of an entry, or a time: 2027-01-31, '2027-01-31 08:00', 2h for two hours ago.",
        )
        .required(),
        WITHOUT_SECRETS,
        FORCE,
    ],
    answers: true,
    writes: true,
    asks: Rule::Superuser,
    failure: "",
    run,
};

/// The state that is asked for.
enum At {
    Entry(u64),
    Time(i64),
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let format = values.text("output-format").map_or(Ok(Format::Text), Format::parse)?;
    let check = values.check();
    let at = check.one("at", |text| match text.parse() {
        Ok(number) => Ok(At::Entry(number)),
        Err(_) => time(text).map(At::Time),
    });
    let at = check.end(at)?;
    let limits = Limits { without_secrets: values.is_on("without-secrets") };
    let force = values.is_on("force");
    refuse_without_journal(context)?;
    let store = context.store.clone();
    let catalogue = context.catalogue.clone();
    let number = match at {
        At::Entry(number) => number,
        At::Time(time) => last_until(&store.journal()?, time)?,
    };
    context.deed = Deed { kind: Kind::Restore, of: Some(number) };
    let changed = context.change(|draft| {
        let changed = draft.restore(&store, number, limits)?;
        if !force {
            draft.refuse_lock_out(&catalogue, now())?;
        }
        Ok(changed)
    })?;
    if !changed && format == Format::Text {
        let text = format!("Nothing has changed since entry {number}: the directory is as it left it.\n");
        return Ok(Answer::Text(text));
    }
    let record = Record::new().with("restored", number).with("changed", changed);
    Ok(Answer::Object { columns: &[], record })
}

/// The end of the time that is named, or now within it; one that has not even begun is a slip of the pen.
fn time(text: &str) -> Result<i64> {
    let now = now();
    if moment::past(text)? > now {
        return Err(Error::invalid(format!("'{text}' lies in the future"))
            .with_hint("name a time that has passed; 'usher log' lists what changed when"));
    }
    Ok(moment::past_until(text)?.min(now))
}
