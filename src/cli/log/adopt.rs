//! `log adopt`: take note of files that were changed by other means.

use super::refuse_without_journal;
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::dry_run::files::difference;
use crate::cli::output::{Answer, Format, Record};
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::journal::KEY;
use crate::format::rope::Rope;
use crate::store::change::FileChange;
use crate::store::journal::adopt::{Adopted, Adoption, adopt};
use std::sync::Arc;

/// The command.
pub static VERB: Verb = Verb {
    name: "adopt",
    aliases: &[],
    about: "Take note in the journal of files as they are now: those that were changed by hand or by other programs, and \
            those the journal has never seen. Shows what changed as far as the journal knows what they held. \
            Example: usher log adopt --dry-run",
    parameters: &[],
    answers: true,
    writes: true,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let format = values.text("output-format").map_or(Ok(Format::Text), Format::parse)?;
    context.require_place()?;
    refuse_without_journal(context)?;
    context.answers_dry_run = true;
    let found = adopt(&context.store, context.dry_run)?;
    let answer = match format {
        Format::Text => Answer::Text(in_words(context.dry_run, &found)),
        _ => {
            let key = found.new_key.then(|| Record::new().with("file", KEY).with("known", false));
            let rows = found.files.iter().map(|file| {
                Record::new()
                    .with("file", file.name.as_str())
                    .with("since", file.since)
                    .with("before", file.before)
                    .with("known", file.old.is_some())
                    .with("difference", shown(file))
            });
            Answer::Rows { columns: &[], rows: rows.chain(key).collect() }
        }
    };
    context.says_no = context.dry_run && !found.is_empty();
    Ok(answer)
}

/// What changed, where the journal knows what was there before.
fn shown(file: &Adopted) -> Option<String> {
    let old = file.old.as_ref()?;
    let (old, new) = (old.clone().map(Arc::new), file.new.clone().map(Rope::from));
    Some(difference(&[FileChange { name: file.name.clone(), old, new }]))
}

fn in_words(dry_run: bool, found: &Adoption) -> String {
    if found.is_empty() {
        return "The journal knows all files as they are.\n".to_owned();
    }
    let mut text = String::new();
    if found.new_key {
        text.push_str(&format!("{KEY}: missing or damaged; a new key is made\n"));
    }
    for file in &found.files {
        if file.only_seen {
            text.push_str(&format!("{}: known by its digest only until now\n", file.name));
            continue;
        }
        let known = match (file.since, &file.new) {
            (Some(since), _) if file.before.is_some() => {
                let before = file.before.unwrap_or_default();
                format!("changed by other means between entries {since} and {before}")
            }
            (None, _) => "the journal has not seen it before".to_owned(),
            (Some(since), None) => format!("gone since entry {since}"),
            (Some(since), Some(_)) => format!("changed by other means since entry {since}"),
        };
        text.push_str(&format!("{}: {known}\n", file.name));
        match shown(file) {
            Some(difference) => text.push_str(&difference),
            None if file.since.is_some() => text.push_str("  (what it held before is not known)\n"),
            None => {}
        }
    }
    text.push_str(if dry_run {
        "Nothing was noted.\n"
    } else {
        "All of this is noted in the journal now.\n"
    });
    text
}
