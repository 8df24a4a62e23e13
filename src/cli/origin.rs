//! Who calls, from where, with which command: what the journal tells of every change.

use super::parameter::{Kind, Parameter};
use super::values::Values;
use crate::audit::{Origin, Who};
use crate::model::realm::property::PROPERTIES;
use rustix::fd::AsFd;
use std::fs;
use std::io;

/// Texts that hold no secret. What is not named here is left out of the journal.
const HARMLESS: &[&str] = &[
    "command",
    "comment",
    "config-dir",
    "description",
    "digest",
    "email",
    "file",
    "firstname",
    "from",
    "groupid",
    "id",
    "issuer",
    "lastname",
    "newid",
    "map",
    "max-delete",
    "number",
    "path",
    "poolid",
    "realm",
    "roleid",
    "schedule",
    "tokenid",
    "user",
    "userid",
    "username",
    "at",
    "as",
];

/// Lists that hold secrets.
const SECRET_LISTS: &[&str] = &["keys"];

/// Parameters of every command that say nothing of what it does.
const EVERYWHERE: &[&str] =
    &["config-dir", "output-format", "human-readable", "noborder", "noheader", "quiet", "dry-run"];

/// What stands in the place of a value that is left out.
const LEFT_OUT: &str = "(secret)";

/// Whether the value of a parameter may be told.
pub fn is_harmless(parameter: &Parameter) -> bool {
    match parameter.kind {
        Kind::Boolean | Kind::Integer(..) | Kind::Choice(_) | Kind::Moment => true,
        Kind::Password => false,
        Kind::List => !SECRET_LISTS.contains(&parameter.name),
        Kind::Text(_) => {
            // Those of second factors are lists of settings, a key among them.
            let of_realm =
                PROPERTIES.iter().any(|one| one.name == parameter.name && !one.secret && one.name != "tfa");
            HARMLESS.contains(&parameter.name) || of_realm
        }
    }
}

/// The command as it was typed, in one form: first positionals, then options in the order of the command's table.
fn command(path: &[&'static str], values: &Values) -> String {
    let mut words: Vec<String> = path.iter().map(|word| (*word).to_owned()).collect();
    let given = || values.given().filter(|parameter| !EVERYWHERE.contains(&parameter.name));
    let value = |parameter: &Parameter| match is_harmless(parameter) {
        true => quoted(&values.words(parameter.name).join(",")),
        false => LEFT_OUT.to_owned(),
    };
    words.extend(given().filter(|one| one.is_positional()).map(value));
    for option in given().filter(|one| !one.is_positional()) {
        words.push(format!("--{}", option.name));
        if !(option.kind == Kind::Boolean && values.is_on(option.name)) {
            words.push(value(option));
        }
    }
    words.join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "@!./_-+=,:%".contains(character);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// The account of that number, by the list of local ones.
fn account(number: u32) -> String {
    let text = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(number)).then(|| name.to_owned())
    });
    name.unwrap_or_else(|| format!("uid {number}"))
}

/// The account somebody logged in with, which sudo and su do not change; `None` where the kernel keeps none.
fn login() -> Option<String> {
    let number: u32 = fs::read_to_string("/proc/self/loginuid").ok()?.trim().parse().ok()?;
    (number != u32::MAX).then(|| account(number))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The address of whoever is logged in from elsewhere, else the terminal.
fn from() -> Option<String> {
    let address = variable("SSH_CONNECTION").or_else(|| variable("SSH_CLIENT"));
    let address = address.and_then(|value| value.split(' ').next().map(str::to_owned));
    address.or_else(|| {
        let name = rustix::termios::ttyname(io::stdin().as_fd(), Vec::new()).ok()?;
        name.into_string().ok()
    })
}

/// What is known of the caller, and the command.
pub fn origin(path: &[&'static str], values: &Values) -> Origin {
    let real = rustix::process::getuid();
    // Others could set this as they like.
    let sudo = if rustix::process::geteuid().is_root() { variable("SUDO_USER") } else { None };
    let who = Who { user: Some(account(real.as_raw())), login: login(), sudo, ..Who::default() };
    Origin { who, from: from(), command: Some(command(path, values)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command::{Node, TREE, Verb};
    use crate::cli::face::Face;
    use crate::cli::parse;
    use crate::cli::tree::parameters;

    fn verbs(nodes: &'static [Node]) -> Vec<&'static Verb> {
        let inner = |node: &'static Node| match node {
            Node::Group { children, .. } => verbs(children),
            Node::Verb(verb) | Node::Own(verb) => vec![*verb],
            Node::Absent(_) => vec![],
        };
        nodes.iter().flat_map(inner).collect()
    }

    #[test]
    fn what_sounds_secret_is_left_out() {
        for verb in verbs(TREE) {
            for parameter in parameters(verb) {
                let sounds = ["pass", "key", "otp", "secret", "challenge", "tfa", "totp"]
                    .iter()
                    .any(|word| parameter.name.contains(word));
                // A switch, words about users, the path of a file.
                let harmless = matches!(parameter.name, "without-secrets" | "keep" | "certkey");
                if sounds && !harmless && !matches!(parameter.kind, Kind::Boolean | Kind::Choice(_)) {
                    assert!(!is_harmless(parameter), "{} --{}", verb.name, parameter.name);
                }
            }
        }
    }

    #[test]
    fn a_command_without_its_secrets() {
        let line = |path: &[&'static str], verb: &'static Verb, words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            command(path, &parse(Face::Own, verb, &words).unwrap())
        };
        let words =
            ["joe@pve", "--comment", "it's", "--password", "SESAME", "--keys", "SESAME", "--enable", "0"];
        let told = line(&["user", "add"], &crate::cli::user::add::VERB, &words);
        assert!(told.starts_with("user add joe@pve --") && told.contains(r"--comment 'it'\''s'"), "{told}");
        assert!(
            !told.contains("SESAME") && told.contains("--keys (secret)") && told.contains("--enable 0"),
            "{told}"
        );
        let words = [
            "corp",
            "--type",
            "openid",
            "--issuer-url",
            "https://x",
            "--client-id",
            "c",
            "--client-key",
            "SESAME",
        ];
        let told = line(&["realm", "add"], &crate::cli::realm::add::VERB, &words);
        assert!(!told.contains("SESAME") && told.contains("https://x"), "{told}");
    }
}
