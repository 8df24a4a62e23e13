//! `log verify`: is the journal whole, and are the files what it says.

use super::refuse_without_journal;
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Format, Record};
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::format::journal::KEY;
use crate::store::journal::survey::{Stray, Survey, survey};

/// The command.
pub static VERB: Verb = Verb {
    name: "verify",
    aliases: &[],
    about: "Check that the journal is whole, each entry behind the one it was written behind, and that the files are as \
            its last entries left them. Files changed by hand or by other programs are named. Exits 3 when something \
            is wrong. Example: usher log verify && echo sound",
    parameters: &[],
    answers: true,
    writes: false,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let format = values.text("output-format").map_or(Ok(Format::Text), Format::parse)?;
    context.require_place()?;
    refuse_without_journal(context)?;
    let found = survey(&context.store)?;
    let count = found.findings();
    let sound = count == 0;
    if !sound {
        let noun = if count == 1 { "finding" } else { "findings" };
        context.failure = Some(Error::No(format!("journal and files do not agree: {count} {noun}")));
    }
    Ok(match format {
        Format::Text => Answer::Text(in_words(&found)),
        _ => Answer::Object { columns: &[], record: record(&found, sound) },
    })
}

fn stray_in_words(stray: &Stray) -> String {
    match (stray.since, stray.before) {
        (Some(since), Some(before)) => {
            format!("{}: changed by other means between entries {since} and {before}", stray.name)
        }
        (Some(since), None) => format!("{}: changed by other means since entry {since}", stray.name),
        (None, _) => {
            format!("{}: the journal has not seen it; 'usher log adopt' takes note", stray.name)
        }
    }
}

fn in_words(found: &Survey) -> String {
    if let Some(last) = found.lost {
        return format!(
            "The journal is missing: secrets are still kept of entries up to {last}.\n\
             Put its file back from a copy; the next change begins a new one.\n"
        );
    }
    if found.last == 0 && found.faults.is_empty() {
        return "The journal is empty.\n".to_owned();
    }
    let mut text = format!("entries {} to {}: ", found.first, found.last);
    match found.faults.as_slice() {
        [] => text.push_str("the chain is unbroken\n"),
        faults => {
            text.push_str("the chain is broken\n");
            faults
                .iter()
                .for_each(|one| text.push_str(&format!("  entry {}: {}\n", one.number, one.message)));
        }
    }
    if found.first > 1 {
        text.push_str(&format!("entries before {} were removed by rotation\n", found.first));
    }
    text.push_str(&format!("files as the journal has them: {}\n", found.sound));
    found.strays.iter().for_each(|stray| text.push_str(&format!("  {}\n", stray_in_words(stray))));
    for name in &found.unknown {
        text.push_str(&format!("  {name}: cannot be compared, as the key of the journal is missing\n"));
    }
    if found.key_is_missing {
        text.push_str(&format!(
            "the key of the journal is missing or damaged: put {KEY} back from a copy; where there is none, 'usher log \
             adopt' makes a new one\n"
        ));
    }
    if !found.strays.is_empty() {
        text.push_str("'usher log adopt' takes note of files that are as they should be\n");
    }
    let digest = found.digest.as_deref().unwrap_or_default();
    text.push_str(&format!("digest of the last entry: {digest}\n"));
    text
}

fn record(found: &Survey, sound: bool) -> Record {
    let faults =
        found.faults.iter().map(|one| serde_json::json!({"number": one.number, "message": one.message}));
    let strays = found.strays.iter().map(
        |one| serde_json::json!({"file": one.name, "since": one.since, "before": one.before, "message": stray_in_words(one)}),
    );
    Record::new()
        .with("sound", sound)
        .with("first", found.first)
        .with("last", found.last)
        .with("digest", found.digest.clone())
        .with("faults", faults.collect::<Vec<_>>())
        .with("changed-files", strays.collect::<Vec<_>>())
        .with("key-is-missing", found.key_is_missing)
        .with("lost-entries", found.lost)
        .with("unknown-files", found.unknown.clone())
        .with("sound-files", found.sound)
}
