//! `help`: what the commands do.

use super::command::{Found, Node, TREE, Verb, find};
use super::context::Context;
use super::face::Face;
use super::output::Answer;
use super::parameter::Parameter;
use super::usage;
use super::values::Values;
use crate::access::rule::Rule;
use crate::error::{Error, Result};

/// The command.
pub static VERB: Verb = Verb {
    name: "help",
    aliases: &[],
    about: "Get help about a command.",
    parameters: &[
        Parameter::positional("command", "The command, or the first words of several.").optional(),
        Parameter::positional("subcommand", "The next word of the command.").optional(),
        Parameter::positional("verb", "The last word of the command.").optional(),
        Parameter::boolean("verbose", "Everything about the command, not only how to call it.").default("1"),
    ],
    answers: false,
    writes: false,
    asks: Rule::World,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let words: Vec<String> = ["command", "subcommand", "verb"]
        .iter()
        .filter_map(|name| values.text(name))
        .map(str::to_owned)
        .collect();
    let long = values.boolean("verbose").unwrap_or(true);
    text(context.face, &words, long).map(Answer::Text)
}

fn text(face: Face, words: &[String], long: bool) -> Result<String> {
    let (path, nodes): (Vec<&'static str>, &'static [Node]) = match find(face, words) {
        Found::Verb(path, verb, _) => return Ok(pages(face, &[(path, verb)], long)),
        Found::Incomplete(path, nodes) if words.is_empty() || !path.is_empty() => (path, nodes),
        Found::Absent(path) => return Err(super::absent(&path)),
        _ => return Err(Error::Usage(format!("unknown command '{}'", words.join(" ")))),
    };
    Ok(pages(face, &usage::verbs(face, &path, nodes), long))
}

fn pages(face: Face, verbs: &[(Vec<&'static str>, &'static Verb)], long: bool) -> String {
    if long {
        return verbs.iter().map(|(path, verb)| usage::long(face, path, verb)).collect();
    }
    let lines: Vec<String> = verbs.iter().map(|(path, verb)| usage::line(face, path, verb)).collect();
    format!("USAGE: {}\n\n", lines.join("\n       "))
}

/// The usage lines shown under a command line that leads nowhere.
pub fn usage_list(face: Face, path: &[&'static str], nodes: Option<&'static [Node]>) -> String {
    usage::list(face, path, nodes.unwrap_or(TREE))
}
