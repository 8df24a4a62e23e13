//! `bashcomplete`: what the next word of a command line may be, asked by the shell.
//!
//! The shell calls `PROGRAM bashcomplete PROGRAM CURRENT PREVIOUS` with the line in `COMP_LINE` and
//! the place of the cursor in `COMP_POINT`; one proposal a line is the answer.

use super::acting;
use super::command::{Found, Node, TREE, Verb, find};
use super::context::Context;
use super::face::Face;
use super::parameter::{Kind, Parameter};
use super::{ticket, tree};
use crate::error::Result;
use crate::format::domains_cfg;
use crate::model::constraint::Constraint;
use crate::model::realm::Property;
use std::path::PathBuf;

/// The word that asks for proposals; it is in no list of commands.
pub const WORD: &str = "bashcomplete";

/// The proposals for the word at the end of `line`; names are looked up in the directory at `place`.
///
/// # Errors
/// When the directory cannot be read.
pub fn proposals(face: Face, line: &str, place: impl FnOnce() -> Result<PathBuf>) -> Result<Vec<String>> {
    let mut words = split(line);
    let current =
        if line.ends_with(char::is_whitespace) { String::new() } else { words.pop().unwrap_or_default() };
    let done = words.get(1..).unwrap_or_default();
    let mut found = match find(face, done) {
        Found::Incomplete(_, nodes) => names(face, nodes),
        Found::Verb(_, verb, arguments) => match ask(face, verb, arguments, &current) {
            Asked::Words(words) => words,
            // What a token may see is not worked out for every key that is pressed.
            Asked::Names(_) if acting::token_is_given(face) => Vec::new(),
            Asked::Names(sort) => {
                let context = Context::open(face, place()?, WORD.to_owned(), false)?;
                names_of(&context, sort)?
            }
        },
        Found::Unknown(..) | Found::Absent(_) => Vec::new(),
    };
    found.retain(|word| word.starts_with(&current));
    found.sort();
    found.dedup();
    Ok(found)
}

/// What may come next.
enum Asked {
    /// One of these words.
    Words(Vec<String>),
    /// Something in the directory.
    Names(Sort),
}

/// Names in the directory.
#[derive(Clone, Copy, Debug)]
enum Sort {
    User,
    Group,
    Pool,
    Role,
    Realm,
}

fn names(face: Face, nodes: &[Node]) -> Vec<String> {
    let visible = nodes.iter().filter(|node| match (face, node) {
        (Face::Original, Node::Group { own, .. }) => !own,
        (Face::Original, Node::Own(_)) => false,
        (Face::Own, Node::Absent(_)) => false,
        _ => true,
    });
    visible.map(|node| node.name().to_owned()).collect()
}

fn ask(face: Face, verb: &'static Verb, arguments: &[String], current: &str) -> Asked {
    let mut parameters = tree::parameters(verb);
    parameters.retain(|one| !one.hidden && (face == Face::Own || !one.own));
    let options = || {
        let named = parameters.iter().filter(|one| !one.is_positional());
        Asked::Words(named.map(|one| format!("--{}", one.name)).collect())
    };
    if current.starts_with('-') {
        return options();
    }
    let previous = arguments.last().and_then(|word| word.strip_prefix("--").or(word.strip_prefix('-')));
    if let Some(option) = previous.and_then(|name| parameters.iter().find(|one| one.name == name)) {
        return values(face, verb, option);
    }
    let given = arguments.iter().filter(|word| !word.starts_with('-')).count();
    match parameters.iter().filter(|one| one.is_positional()).nth(given) {
        Some(positional) if arguments.iter().all(|word| !word.starts_with('-')) => {
            values(face, verb, positional)
        }
        _ => options(),
    }
}

fn values(face: Face, verb: &'static Verb, parameter: &'static Parameter) -> Asked {
    let owned = |words: &[&str]| Asked::Words(words.iter().map(|word| (*word).to_owned()).collect());
    match (parameter.kind, Property::find(parameter.name).map(|property| property.constraint)) {
        (Kind::Boolean, _) => owned(&["0", "1"]),
        (Kind::Choice(words), _) | (_, Some(Constraint::Choice(words))) => owned(words),
        _ if verb.name == super::help::VERB.name => Asked::Words(names(Face::Original, TREE)),
        _ => sort(face, verb, parameter.name).map_or(Asked::Words(Vec::new()), Asked::Names),
    }
}

/// What names a parameter takes. The original proposes users and groups, and realms to one command only.
fn sort(face: Face, verb: &Verb, parameter: &str) -> Option<Sort> {
    match (parameter, face) {
        ("userid" | "username" | "users", _) => Some(Sort::User),
        ("groupid" | "groups", _) => Some(Sort::Group),
        ("poolid", Face::Own) => Some(Sort::Pool),
        ("roleid" | "roles", Face::Own) => Some(Sort::Role),
        ("realm", Face::Own) => Some(Sort::Realm),
        ("realm", Face::Original) if verb.name == ticket::VERB.name => Some(Sort::Realm),
        _ => None,
    }
}

fn names_of(context: &Context, sort: Sort) -> Result<Vec<String>> {
    let owned = |ids: &mut dyn Iterator<Item = &str>| ids.map(str::to_owned).collect();
    Ok(match sort {
        Sort::User => owned(&mut context.directory()?.users.ids()),
        Sort::Group => owned(&mut context.directory()?.groups.ids()),
        Sort::Pool => owned(&mut context.directory()?.pools.ids()),
        Sort::Role => {
            let builtin = context.catalogue.roles().map(|(name, _)| name);
            owned(&mut builtin.chain(context.directory()?.roles.ids()))
        }
        Sort::Realm => {
            let realms = context.realms_in(&context.load(&[domains_cfg::FILE])?);
            owned(&mut realms.iter().map(|realm| realm.id().as_str()))
        }
    })
}

/// Splits a line as a shell does: blanks part words, quotes and backslashes hold them together.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(letters.next()),
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed(face: Face, line: &str) -> Vec<String> {
        proposals(face, line, || Ok(PathBuf::from("/nonexistent"))).unwrap()
    }

    #[test]
    fn commands_options_and_values() {
        assert_eq!(proposed(Face::Original, "pveum us"), ["user"]);
        assert_eq!(proposed(Face::Original, "pveum t"), ["ticket"]);
        assert_eq!(proposed(Face::Own, "usher to"), ["token"]);
        assert_eq!(proposed(Face::Original, "pveum user mo"), ["modify"]);
        assert_eq!(proposed(Face::Original, "pveum user add joe@pve --en"), ["--enable"]);
        assert_eq!(proposed(Face::Original, "pveum user add joe@pve --enable "), ["0", "1"]);
        assert_eq!(proposed(Face::Original, "pveum user list --output-format j"), ["json", "json-pretty"]);
        assert_eq!(proposed(Face::Original, "pveum user delete "), ["root@pam"]);
        assert_eq!(proposed(Face::Original, "pveum ticket "), ["root@pam"]);
        assert_eq!(proposed(Face::Original, "pveum ticket a@pve --realm "), ["pam", "pve"]);
        assert!(proposed(Face::Original, "pveum realm delete ").is_empty());
        assert!(proposed(Face::Original, "pveum role modify ").is_empty());
        assert_eq!(
            proposed(Face::Original, "pveum realm modify corp --mode "),
            ["ldap", "ldap+starttls", "ldaps"]
        );
        assert!(proposed(Face::Own, "usher role modify ").contains(&"Administrator".to_owned()));
        assert_eq!(proposed(Face::Own, "usher realm delete "), ["pam", "pve"]);
        assert_eq!(proposed(Face::Own, "usher tfa add "), ["recovery", "totp", "yubico"]);
        assert!(proposed(Face::Original, "pveum tfa ").is_empty());
        assert_eq!(proposed(Face::Original, "pveum help a"), ["acl"]);
        assert!(proposed(Face::Original, "pveum nope ").is_empty());
        assert!(!proposed(Face::Original, "pveum user delete x --").contains(&"--dry-run".to_owned()));
    }

    #[test]
    fn words_as_in_a_shell() {
        assert_eq!(split(r#"a 'b c' "d\"e" f\ g ''"#), ["a", "b c", "d\"e", "f g", ""]);
    }
}
