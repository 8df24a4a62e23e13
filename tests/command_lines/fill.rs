//! A command line as somebody published it, made one that can be run: placeholders get values that
//! fit the place they stand in.

use crate::support::words;

/// Stands for a placeholder.
const GAP: char = '\u{1}';

/// A command line with its placeholders filled.
pub struct Filled {
    /// The names of the command, in full: `user`, `token`, `add`.
    pub path: Vec<&'static str>,
    /// What stands by its position.
    pub positionals: Vec<String>,
    /// The options, as they were typed but without dashes.
    pub options: Vec<(String, String)>,
    /// All words as they are run.
    pub words: Vec<String>,
}

impl Filled {
    /// The items of every option with one of these names.
    pub fn items(&self, names: &[&str]) -> Vec<String> {
        let values = self.options.iter().filter(|(name, _)| names.contains(&name.as_str()));
        values
            .flat_map(|(_, value)| value.split([',', ' ']).filter(|one| !one.is_empty()).map(str::to_owned))
            .collect()
    }
}

/// What a word is for.
#[derive(Clone, Copy)]
enum Purpose {
    User,
    Token,
    Path,
    Privileges,
    Other(&'static str),
}

/// The value of a placeholder that needs no special one.
const NAME: &str = "filled";

impl Purpose {
    fn of_option(name: &str) -> Self {
        match name {
            "user" | "users" => Self::User,
            "token" | "tokens" => Self::Token,
            "privs" => Self::Privileges,
            "email" => Self::Other("filled@example.com"),
            "issuer-url" => Self::Other("https://example.com"),
            "port" => Self::Other("389"),
            "expire" => Self::Other("1900000000"),
            "password" => Self::Other("filled-secret"),
            _ => Self::Other(NAME),
        }
    }

    fn of_position(path: &[&str], place: usize) -> Self {
        match (path, place) {
            (["user", ..] | ["passwd"], 0) => Self::User,
            (["acl", ..], 0) => Self::Path,
            _ => Self::Other(NAME),
        }
    }

    fn fill(self, word: &str) -> String {
        let only = |shape: &str| word == shape.replace('?', &GAP.to_string());
        match self {
            Self::User if only("?") => "filled@pve".into(),
            Self::Token if only("?") || only("?!?") => "filled@pve!filled".into(),
            Self::Path if only("?") => "/vms".into(),
            Self::Path if word.starts_with("/vms/") => word.replace(GAP, "100"),
            Self::Privileges => word.replace(GAP, "VM.Audit"),
            Self::Other(value) => word.replace(GAP, value),
            _ => word.replace(GAP, NAME),
        }
    }
}

/// Reads a line of the list, what is before and behind the command left out.
pub fn fill(line: &str) -> Filled {
    let start = line.find("pveum ").unwrap() + "pveum ".len();
    let command = line[start..].trim_end().trim_end_matches("< /dev/null");
    let words = words(&gaps(command));
    let (path, length) = path(&words);
    let mut filled =
        Filled { path, positionals: Vec::new(), options: Vec::new(), words: words[..length].to_vec() };
    let mut rest = words[length..].iter().peekable();
    while let Some(word) = rest.next() {
        let Some(option) = word.strip_prefix('-') else {
            let value = Purpose::of_position(&filled.path, filled.positionals.len()).fill(word);
            filled.positionals.push(value.clone());
            filled.words.push(value);
            continue;
        };
        let option = option.trim_start_matches('-');
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (option, rest.next_if(|next| !next.starts_with('-')).map(String::as_str)),
        };
        let value = value.map(|value| Purpose::of_option(name).fill(value));
        match (&value, word.contains('=')) {
            (Some(value), true) => filled.words.push(format!("--{name}={value}")),
            (Some(value), false) => filled.words.extend([word.clone(), value.clone()]),
            (None, _) => filled.words.push(word.clone()),
        }
        filled.options.push((name.to_owned(), value.unwrap_or_default()));
    }
    filled
}

/// The names of the command, and how many words they take.
fn path(words: &[String]) -> (Vec<&'static str>, usize) {
    let names: Vec<&str> = words.iter().map(String::as_str).collect();
    match *names.as_slice() {
        ["aclmod", ..] => (vec!["acl", "modify"], 1),
        ["acldel", ..] => (vec!["acl", "delete"], 1),
        ["useradd", ..] => (vec!["user", "add"], 1),
        ["usermod", ..] => (vec!["user", "modify"], 1),
        ["userdel", ..] => (vec!["user", "delete"], 1),
        ["groupadd", ..] => (vec!["group", "add"], 1),
        ["roleadd", ..] => (vec!["role", "add"], 1),
        ["rolemod", ..] => (vec!["role", "modify"], 1),
        ["passwd", ..] => (vec!["passwd"], 1),
        ["ticket", ..] => (vec!["ticket"], 1),
        ["user", middle @ ("token" | "tfa"), verb, ..] => {
            let middle = if middle == "token" { "token" } else { "tfa" };
            (vec!["user", middle, self::verb(verb)], 3)
        }
        [noun, verb, ..] => {
            let nouns = ["acl", "group", "pool", "realm", "role", "user"];
            (vec![nouns.into_iter().find(|one| *one == noun).unwrap(), self::verb(verb)], 2)
        }
        _ => panic!("no command: {words:?}"),
    }
}

fn verb(word: &str) -> &'static str {
    match word {
        "add" => "add",
        "modify" => "modify",
        "delete" | "del" | "remove" => "delete",
        "list" => "list",
        "permissions" => "permissions",
        "sync" => "sync",
        "unlock" => "unlock",
        other => panic!("no verb: {other}"),
    }
}

/// The text with a [`GAP`] for every placeholder: `$x`, `${x}`, `$(x)`, `{{ x }}`, `{x}`, `%s`, `<x>`.
/// `<<x>>` is only marked up: what it holds stays.
fn gaps(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let name =
            |text: &str| text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
        let until = |end: &str| rest.find(end).map(|at| at + end.len());
        let length = match first {
            '$' if rest.starts_with("${") => until("}"),
            '$' if rest.starts_with("$(") => until(")"),
            '$' => Some(1 + name(&rest[1..])).filter(|length| *length > 1),
            '{' if rest.starts_with("{{") => until("}}"),
            '{' => until("}"),
            '%' if rest.starts_with("%s") => Some(2),
            '<' if rest.starts_with("<<") => {
                let end = rest.find(">>").unwrap();
                filled.push_str(&rest[2..end]);
                rest = &rest[end + 2..];
                continue;
            }
            '<' => until(">"),
            _ => None,
        };
        match length {
            Some(length) => {
                // Neighbours are one value: `$name$number`.
                if !filled.ends_with(GAP) {
                    filled.push(GAP);
                }
                rest = &rest[length..];
            }
            None => {
                filled.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    filled
}
