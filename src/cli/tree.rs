//! The tree of commands as clap knows it: help, man pages and completions come from it, and what is said about a
//! misspelt command. The arguments of a command are read by [`super::argv`].

use super::command::{Node, TREE, Verb};
use super::face::Face;
use super::output;
use super::parameter::{Kind, Parameter, Place};
use super::usage;
use clap::{Arg, ArgAction, Command};

/// What every command that writes can be told in usher's own face.
const WRITING: &[Parameter] = &[Parameter::boolean(
    "dry-run",
    "Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would.",
)
.default("0")
.own()];

/// How what a command would change is to look, where it has no other answer.
const SHOWING: &[Parameter] =
    &[Parameter::choice("output-format", &output::Format::NAMES, "Output format of a dry run.")
        .default("text")
        .own()];

const AS: Parameter = Parameter::text(
    super::acting::OPTION,
    "Act with the rights of this user or API token, instead of as the superuser.",
)
.own();

/// What every command can be told in usher's own face.
const EVERY: &[Parameter] = &[
    AS,
    Parameter::text(
        "config-dir",
        "The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.",
    )
    .own(),
];

/// How an answer is to look.
const ANSWERING: &[Parameter] = &[
    Parameter::choice("output-format", &output::Format::NAMES, "Output format.").default("text"),
    Parameter::boolean("human-readable", "Render values for people; 0 prints them raw.").default("1"),
    Parameter::boolean("noborder", "Do not draw borders around text tables.").default("0"),
    Parameter::boolean("noheader", "Do not show column titles in text tables.").default("0"),
    Parameter::boolean("quiet", "Print nothing."),
];

/// Everything a command can be told, the common parameters included.
pub fn parameters(verb: &Verb) -> Vec<&'static Parameter> {
    let mut all: Vec<&'static Parameter> = verb.parameters.iter().collect();
    if verb.answers {
        all.extend(ANSWERING);
    }
    if verb.writes {
        // Some have an option of such a name themselves: the original's to try one command out, for one.
        let showing = if verb.answers { &[] } else { SHOWING };
        let more = WRITING.iter().chain(showing);
        all.extend(more.filter(|one| !verb.parameters.iter().any(|own| own.name == one.name)));
    }
    all.extend(EVERY);
    all
}

fn argument(parameter: &'static Parameter, position: &mut usize) -> Arg {
    let mut help = parameter.about.to_owned();
    if let Some(default) = parameter.default {
        help.push_str(&format!(" [default: {default}]"));
    }
    let argument = Arg::new(parameter.name)
        .help(help)
        .value_name(usage::value_name(parameter))
        .allow_hyphen_values(true)
        .hide(parameter.hidden)
        .action(ArgAction::Append);
    if parameter.is_positional() {
        *position += 1;
        let argument = argument.index(*position).value_name(parameter.name);
        return match parameter.kind {
            Kind::List => argument.action(ArgAction::Append).num_args(1..),
            _ => argument.action(ArgAction::Set),
        };
    }
    match parameter.kind {
        Kind::Boolean | Kind::Password => argument.long(parameter.name).num_args(0..=1).require_equals(false),
        _ => argument.long(parameter.name).num_args(1),
    }
}

/// One command with its arguments.
fn leaf(path: &[&'static str], verb: &Verb) -> Command {
    let mut position = 0;
    let arguments = parameters(verb).into_iter().map(|parameter| {
        let required = matches!(parameter.place, Place::Positional | Place::RequiredOption);
        let argument = argument(parameter, &mut position).required(required);
        match parameter.kind {
            Kind::Choice(words) => argument.value_parser(clap::builder::PossibleValuesParser::new(words)),
            _ => argument,
        }
    });
    Command::new(verb.name)
        .about(verb.about)
        .visible_aliases(verb.aliases.iter().copied())
        .override_usage(usage::line(Face::Own, path, verb))
        .args(arguments.collect::<Vec<_>>())
}

fn nodes(path: &[&'static str], nodes: &'static [Node]) -> Vec<Command> {
    let mut commands = Vec::new();
    for node in nodes {
        let mut here = path.to_vec();
        here.push(node.name());
        match node {
            Node::Verb(verb) | Node::Own(verb) => commands.push(leaf(&here, verb)),
            // Beside a command of the same name it holds what can be asked for in its place.
            Node::Group { name, children, .. } if commands.iter().any(|one| one.get_name() == *name) => {
                let inner = self::nodes(&here, children);
                for command in commands.iter_mut().filter(|one| one.get_name() == *name) {
                    let whole = std::mem::take(command);
                    *command = whole.subcommands(inner.clone()).args_conflicts_with_subcommands(true);
                }
            }
            // All of its commands may be missing in this version.
            Node::Group { children, .. } if children.iter().all(|one| matches!(one, Node::Absent(_))) => {}
            Node::Group { name, about, children, .. } => commands.push(
                Command::new(*name)
                    .about(*about)
                    .subcommand_required(true)
                    .arg_required_else_help(true)
                    .disable_help_subcommand(true)
                    .subcommands(self::nodes(&here, children)),
            ),
            Node::Absent(_) => {}
        }
    }
    commands
}

/// The whole tree in usher's own face.
pub fn whole() -> Command {
    Command::new("usher")
        .version(env!("CARGO_PKG_VERSION"))
        .about(env!("CARGO_PKG_DESCRIPTION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .arg(Arg::new("config-dir").long("config-dir").value_name("DIR").help(
            "The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.",
        ))
        .arg(
            Arg::new(super::acting::OPTION)
                .long(super::acting::OPTION)
                .value_name("WHO")
                .help("Act with the rights of this user or API token, instead of as the superuser."),
        )
        .subcommands(nodes(&[], TREE))
}
