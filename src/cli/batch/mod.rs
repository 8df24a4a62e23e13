//! `batch`: many commands, one change.

mod line;

use super::command::Verb;
use super::context::Context;
use super::output::{Answer, Format, Record, render};
use super::parameter::Parameter;
use super::terminal::{read_named, say_on_stderr};
use super::values::Values;
use super::{origin, style};
use crate::access::rule::Rule;
use crate::audit::Origin;
use crate::error::{Error, Result};
use crate::store::Store as _;
use line::Line;
use serde_json::{Value, json};

/// So many lines that cannot be run are named.
const NAMED: usize = 20;

/// The command.
pub static VERB: Verb = Verb {
    name: "batch",
    aliases: &[],
    about: "Run many commands, one per line, as one change: all of them, or none. Words and quotes are those of a shell, '#' \
            begins a comment; a line may begin with 'usher'. Only commands that change the directory. \
            Example: usher batch new-team.txt --dry-run",
    parameters: &[
        Parameter::positional("file", "The commands; '-', or nothing: standard input.").optional(),
        Parameter::boolean(
            "keep-going",
            "Commit every line by itself, and go on behind one that fails. Exits 1 when one did.",
        )
        .default("0"),
    ],
    answers: true,
    writes: true,
    asks: Rule::Superuser,
    failure: "",
    run,
};

/// What came of the commands.
#[derive(Default)]
struct Outcome {
    answers: Vec<(usize, String, Answer)>,
    failed: Vec<(usize, String)>,
    notes: Vec<String>,
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let file = values.text("file").unwrap_or("-");
    let keep_going = values.is_on("keep-going");
    if keep_going && context.dry_run {
        return Err(Error::Usage(
            "--keep-going commits line by line; a dry run shows what all lines come to together: give one of them".into(),
        ));
    }
    let (shown, bytes) = read_named(file)?;
    let text = text(shown, bytes)?;
    // Some editors begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut lines = Vec::new();
    let mut outcome = Outcome::default();
    let mut count = 0;
    for (place, text) in text.lines().enumerate() {
        match Line::read(context, place + 1, text) {
            Ok(line) => {
                count += usize::from(line.is_some());
                lines.extend(line);
            }
            Err(error) => {
                count += 1;
                if outcome.failed.len() < NAMED || keep_going {
                    complain(shown, place + 1, &error);
                }
                outcome.failed.push((place + 1, error.to_string()));
            }
        }
    }
    if keep_going {
        one_by_one(context, shown, lines, &mut outcome);
        if !outcome.failed.is_empty() {
            let failed = outcome.failed.len();
            let message = format!("{failed} of {count} lines failed; the others are done");
            context.failure = Some(Error::refused(message));
        }
    } else if outcome.failed.is_empty() {
        all_or_none(context, shown, lines, &mut outcome)?;
    } else {
        let failed = outcome.failed.len();
        if let Some(more) = failed.checked_sub(NAMED).filter(|more| *more > 0) {
            say_on_stderr(&format!("and {more} more"));
        }
        let message = format!("nothing was changed: {failed} of {count} lines cannot be run");
        return Err(Error::refused(message));
    }
    outcome.notes.iter().for_each(|note| say_on_stderr(note));
    answer(&outcome, count, values)
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|fault| {
        let before = fault.as_bytes().iter().take(fault.utf8_error().valid_up_to());
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        Error::invalid(format!("{name}:{line}: this is not UTF-8"))
    })
}

fn complain(file: &str, line: usize, error: &Error) {
    let hint = error.hint().map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
    say_on_stderr(&format!("{file}:{line}: error: {error}{hint}"));
}

/// Runs a command; one that has an answer and a failure has failed.
fn run_line(context: &mut Context, file: &str, line: Line, outcome: &mut Outcome) -> Result<()> {
    context.hashed = line.hashed;
    let answer = (line.verb.run)(context, &line.values)?;
    if let Some(error) = context.failure.take() {
        return Err(error);
    }
    let notes = context.held_notes.borrow_mut().drain(..).collect::<Vec<_>>();
    outcome.notes.extend(notes.into_iter().map(|note| format!("{file}:{}: {note}", line.number)));
    if answer != Answer::Nothing {
        outcome.answers.push((line.number, line.path.join(" "), answer));
    }
    Ok(())
}

fn all_or_none(context: &mut Context, file: &str, lines: Vec<Line>, outcome: &mut Outcome) -> Result<()> {
    let surroundings = context.for_command(None);
    context.change(|draft| {
        let mut command = surroundings.for_command(Some(draft));
        for line in lines {
            let number = line.number;
            run_line(&mut command, file, line, outcome).map_err(|error| {
                complain(file, number, &error);
                Error::refused(format!("nothing was changed: line {number} failed"))
            })?;
        }
        Ok(())
    })
}

fn one_by_one(context: &Context, file: &str, lines: Vec<Line>, outcome: &mut Outcome) {
    for line in lines {
        let number = line.number;
        let mut command = context.for_command(None);
        let told = origin::origin(&line.path, &line.values).command;
        let origin = Origin { command: told, ..context.store.origin() };
        command.store = command.store.command(line.path.join(" ")).with_origin(origin);
        if let Err(error) = run_line(&mut command, file, line, outcome) {
            complain(file, number, &error);
            outcome.failed.push((number, error.to_string()));
        }
    }
}

/// The answers of the commands, in their order.
fn answer(outcome: &Outcome, count: usize, values: &Values) -> Result<Answer> {
    let style = style(values.face(), values)?;
    let written = |answer: &Answer, format: Format| {
        let mut bytes = Vec::new();
        render(answer, &super::output::Style { format, ..style }, &mut bytes)
            .map_err(|error| Error::io("write", "an answer", error))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    if style.format == Format::Text {
        let texts: Result<Vec<String>> =
            outcome.answers.iter().map(|(_, _, answer)| written(answer, Format::Text)).collect();
        let text = texts?.concat();
        return Ok(if text.is_empty() { Answer::Nothing } else { Answer::Text(text) });
    }
    let mut answers = Vec::new();
    for (line, command, answer) in &outcome.answers {
        let value: Value = serde_json::from_str(&written(answer, Format::Json)?).unwrap_or_default();
        answers.push(json!({ "line": line, "command": command, "answer": value }));
    }
    let mut failed = outcome.failed.clone();
    failed.sort();
    let failed: Vec<Value> =
        failed.into_iter().map(|(line, error)| json!({ "line": line, "error": error })).collect();
    let record = Record::new().with("lines", count).with("answers", answers).with("failed", failed);
    Ok(Answer::Object { columns: &[], record })
}
