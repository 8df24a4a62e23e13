//! Usage lines and the long help in the original's form.

use super::command::{Node, Verb};
use super::face::Face;
use super::parameter::{Kind, Parameter, Place};
use super::tree;

/// Where a continued line and a description begin.
const INDENT: &str = "             ";
/// How wide the long help is.
const WIDTH: usize = 75;

fn visible(face: Face, verb: &Verb) -> impl Iterator<Item = &'static Parameter> {
    verb.parameters.iter().filter(move |one| !one.hidden && (face == Face::Own || !one.own))
}

/// `pveum user add <userid> [OPTIONS]`.
pub fn line(face: Face, path: &[&str], verb: &Verb) -> String {
    let mut words = vec![face.program().to_owned()];
    words.extend(path.iter().map(|word| (*word).to_owned()));
    let mut options = false;
    let mut arguments = String::new();
    for parameter in visible(face, verb) {
        let text = match parameter.place {
            Place::Positional if parameter.kind == Kind::List => format!("<{}>...", parameter.name),
            _ if parameter.is_needed(face) => format!("<{}>", parameter.name),
            Place::Positional | Place::OptionalPositional | Place::OwnOptionalPositional => {
                format!("[<{}>]", parameter.name)
            }
            Place::RequiredOption => format!("--{} {}", parameter.name, parameter.type_text()),
            Place::Option => {
                options = true;
                continue;
            }
        };
        if !arguments.is_empty() {
            arguments.push(' ');
        }
        arguments.push_str(&text);
    }
    words.push(arguments);
    if options || (face == Face::Own && verb.writes) {
        words.push("[OPTIONS]".into());
    }
    if verb.answers {
        words.push("[FORMAT_OPTIONS]".into());
    }
    words.join(" ").trim_end().to_owned()
}

/// The usage lines of everything below `nodes`, groups parted by an empty line.
pub fn list(face: Face, path: &[&'static str], nodes: &[Node]) -> String {
    let mut blocks: Vec<Vec<String>> = vec![Vec::new()];
    collect(face, path, nodes, &mut blocks);
    let blocks: Vec<String> =
        blocks.iter().filter(|block| !block.is_empty()).map(|block| block.join("\n       ")).collect();
    format!("USAGE: {} <COMMAND> [ARGS] [OPTIONS]\n\n       {}\n", face.program(), blocks.join("\n\n       "))
}

fn collect(face: Face, path: &[&'static str], nodes: &[Node], blocks: &mut Vec<Vec<String>>) {
    for node in nodes {
        let mut here = path.to_vec();
        here.push(node.name());
        match node {
            Node::Own(_) if face == Face::Original => {}
            Node::Verb(verb) | Node::Own(verb) => {
                if let Some(block) = blocks.last_mut() {
                    block.push(line(face, &here, verb));
                }
            }
            Node::Group { children, own, .. } if !own || face == Face::Own => {
                collect(face, &here, children, blocks);
                if path.is_empty() {
                    blocks.push(Vec::new());
                }
            }
            Node::Group { .. } | Node::Absent(_) => {}
        }
    }
}

/// Every command below `nodes` with its path, in order.
pub fn verbs(
    face: Face,
    path: &[&'static str],
    nodes: &'static [Node],
) -> Vec<(Vec<&'static str>, &'static Verb)> {
    let mut all = Vec::new();
    for node in nodes {
        let mut here = path.to_vec();
        here.push(node.name());
        match node {
            Node::Own(_) if face == Face::Original => {}
            Node::Verb(verb) | Node::Own(verb) => all.push((here, *verb)),
            Node::Group { children, own, .. } if !own || face == Face::Own => {
                all.extend(verbs(face, &here, children));
            }
            Node::Group { .. } | Node::Absent(_) => {}
        }
    }
    all
}

/// Everything about one command.
pub fn long(face: Face, path: &[&str], verb: &Verb) -> String {
    let mut text = format!("USAGE: {}\n\n{}\n\n", line(face, path, verb), wrap(verb.about, "  ", "  "));
    // What all commands have in common the original tells elsewhere.
    let told: Vec<&Parameter> = match face {
        Face::Original => visible(face, verb).collect(),
        Face::Own => tree::parameters(verb).into_iter().filter(|one| !one.hidden).collect(),
    };
    let (positionals, mut options): (Vec<&Parameter>, Vec<&Parameter>) =
        told.into_iter().partition(|parameter| parameter.is_positional());
    options.sort_by_key(|parameter| parameter.name);
    for parameter in positionals.into_iter().chain(options) {
        let name = match parameter.is_positional() {
            true => format!("<{}>", parameter.name),
            false => format!("--{}", parameter.name),
        };
        let mut head = format!("  {name:<10} {}", parameter.type_text());
        if let Some(default) = parameter.default {
            head.push_str(&format!("   (default={default})"));
        }
        let about = if parameter.about.is_empty() { "no description available" } else { parameter.about };
        text.push_str(&wrap(&head, "", INDENT));
        text.push('\n');
        text.push_str(&wrap(about, INDENT, INDENT));
        text.push_str("\n\n");
        if let Some(other) = parameter.requires {
            text.push_str(&wrap(&format!("Requires option(s): {other}"), INDENT, INDENT));
            text.push_str("\n\n");
        }
    }
    text
}

/// Breaks text into lines; blanks inside the first line's own indent stay.
fn wrap(text: &str, first: &str, next: &str) -> String {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let start = text.len() - text.trim_start().len();
    line.extend(std::iter::repeat_n(' ', start));
    let mut empty = true;
    for word in text.trim_start().split_inclusive(' ') {
        if !empty && line.chars().count() + word.trim_end().chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, next.to_owned()).trim_end().to_owned());
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line.trim_end().to_owned());
    lines.join("\n")
}

/// How a parameter is shown to clap and so in usher's own help.
pub fn value_name(parameter: &Parameter) -> &'static str {
    match parameter.kind {
        Kind::Boolean => "BOOLEAN",
        Kind::Integer(..) => "INTEGER",
        Kind::Moment => "WHEN",
        Kind::List => "LIST",
        Kind::Choice(_) => "WORD",
        Kind::Password => "PASSWORD",
        Kind::Text(_) => "TEXT",
    }
}
