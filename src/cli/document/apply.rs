//! `apply`: make the directory equal to a document, in one commit.

use super::report::Report;
use super::{Context, FILE, FORCE, ONLY, PRUNE, Result, Task};
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::output::Answer;
use crate::cli::values::Values;

/// The command.
pub static VERB: Verb = Verb {
    name: "apply",
    aliases: &[],
    about: "Make the directory what a document says, all of it in one commit. What the document does not name stays, \
            unless --prune is given. Secrets are not touched: a user that is new has no password yet. Applying twice \
            changes nothing; 'usher plan' shows it first. Example: usher apply directory.toml --only groups,acl",
    parameters: &[FILE, PRUNE, ONLY, FORCE],
    answers: true,
    writes: true,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let task = Task::of(values)?;
    let done = task.run(context)?;
    done.notes.iter().for_each(|note| context.note(note));
    Ok(Report::of(done).applied(values))
}
