//! A synchronisation as the original tells it: line by line on standard output.

use super::run::{carry_out, order};
use crate::cli::context::Context;
use crate::cli::output::{Answer, Style};
use crate::cli::terminal::Output;
use crate::error::Result;
use crate::model::id::RealmId;
use crate::model::sync::Wishes;
use crate::realm::sync::{Fetched, Options, Plan, Step};
use std::fmt::Write as _;

/// Says lines as they are, at once: what follows may take its time, or fail.
fn say(output: &mut Output, text: &str) -> Result<()> {
    output.answer(&Answer::Text(text.to_owned()), &Style::default())
}

/// Runs one and tells of it.
pub(super) fn run(
    context: &mut Context,
    id: &RealmId,
    wishes: Wishes,
    warning: Option<&str>,
) -> Result<Answer> {
    let mut output = Output::stdout();
    let order = order(context, id, wishes)?;
    let prefix = if context.dry_run { "(dry test run) " } else { "" };
    say(&mut output, &format!("{prefix}starting sync for realm {id}"))?;
    warning.map_or(Ok(()), |warning| say(&mut output, warning))?;
    let (scope, mut told) = (order.options.scope, false);
    let report = carry_out(context, order, &mut |fetched| {
        if std::mem::replace(&mut told, true) {
            return Ok(());
        }
        let mut text: String =
            fetched.remarks().iter().filter_map(|one| one.original.as_deref()).map(line).collect();
        text.push_str(&format!("got data from server, updating {scope}"));
        say(&mut output, &text)
    })?;
    say(&mut output, &report.words)?;
    say(
        &mut output,
        &match context.dry_run {
            true => "\nNOTE: Dry test run, changes were NOT written to the configuration.".to_owned(),
            false => format!("successfully updated {scope} configuration"),
        },
    )?;
    Ok(Answer::Nothing)
}

/// Words with the end of their line.
fn line(words: &str) -> String {
    if words.ends_with('\n') { words.to_owned() } else { format!("{words}\n") }
}

/// What is done, in the original's words and order.
pub(super) fn steps(plan: &Plan, fetched: &Fetched, options: &Options) -> String {
    let mut text = String::new();
    if options.scope.has_users() {
        let gone = plan.vanished_users.iter().map(AsRef::as_ref);
        let known = fetched.users().map(|user| user.id()).zip(&plan.users);
        part(&mut text, "user", gone, known, options);
    }
    if options.scope.has_groups() {
        let gone = plan.vanished_groups.iter().map(AsRef::as_ref);
        let known = fetched.groups().map(|group| group.id()).zip(&plan.groups);
        part(&mut text, "group", gone, known, options);
    }
    text
}

fn part<'n>(
    text: &mut String,
    noun: &str,
    gone: impl Iterator<Item = &'n str>,
    known: impl Iterator<Item = (&'n str, &'n Step)>,
    options: &Options,
) {
    let vanished = &options.vanished;
    let mut say = |line: std::fmt::Arguments<'_>| {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{line}");
    };
    say(format_args!("syncing {noun}s (remove-vanished opts: {vanished})"));
    if vanished.entry {
        say(format_args!("deleting outdated existing {noun}s first"));
    }
    for name in gone {
        if vanished.entry {
            say(format_args!("remove {noun} '{name}'"));
        }
        if vanished.acl {
            say(format_args!("purge {noun}s '{name}' ACL entries"));
        }
    }
    for (name, step) in known {
        match step {
            Step::Add => say(format_args!("adding {noun} '{name}'")),
            Step::Overwrite(_) => say(format_args!("overwriting {noun} '{name}'")),
            Step::Update(_) => say(format_args!("updating {noun} '{name}'")),
            Step::Skip => {}
        }
    }
}
