//! `plan`: what would make the directory equal to a document.

use super::report::Report;
use super::{Context, FILE, FORCE, ONLY, PRUNE, Result, Task};
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;

/// The command.
pub static VERB: Verb = Verb {
    name: "plan",
    aliases: &[],
    about: "Show what would make the directory equal to a document: what would come, change and go, and who would gain \
            and lose which privilege where. Nothing is changed. Exits 0 when there is nothing to do, 3 when there is. \
            Example: usher plan directory.toml --prune",
    parameters: &[
        FILE,
        PRUNE,
        ONLY,
        FORCE,
        Parameter::boolean("diff", "Show the difference of the files, too. JSON and YAML always tell it.")
            .default("0"),
    ],
    answers: true,
    writes: false,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let task = Task::of(values)?;
    // The same as 'apply' does, stopped before the commit.
    context.dry_run = true;
    let done = task.run(context)?;
    context.says_no = !context.would_change.is_empty();
    Ok(Report::of_dry_run(context, done, values).planned(values))
}
