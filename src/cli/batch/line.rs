//! One line of a batch: the command it names, and whether that may be run among others.

use crate::cli::command::{Found, Verb, find};
use crate::cli::context::Context;
use crate::cli::face::Face;
use crate::cli::parameter::Kind;
use crate::cli::parse;
use crate::cli::passwd;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::secret::PasswordHash;

/// A command that is ready to be run.
pub(super) struct Line {
    /// The line it stands on, counted from 1.
    pub(super) number: usize,
    /// The command's names.
    pub(super) path: Vec<&'static str>,
    /// The command.
    pub(super) verb: &'static Verb,
    /// What it is told.
    pub(super) values: Values,
    /// The password it is given: hashing takes long, and nobody should wait for it at the lock.
    pub(super) hashed: Option<PasswordHash>,
}

/// Commands that ask a server, sign in or look at the journal: what they do is not only an edit of the directory.
const ALONE: &[&[&str]] = &[
    &["batch"],
    &["undo"],
    &["restore"],
    &["log"],
    &["check"],
    &["plan"],
    &["apply"],
    &["realm", "sync"],
    &["realm", "login"],
    &["tfa", "add"],
    &["tfa", "verify"],
    &["user", "import"],
];

/// What holds for a whole batch, and not for a line of it.
const OF_THE_WHOLE: &[&str] = &["config-dir", "dry-run", "output-format", "as"];

impl Line {
    /// Reads a line; `None` when it is empty or a comment.
    ///
    /// # Errors
    /// Why it cannot be run in a batch.
    pub(super) fn read(context: &Context, number: usize, text: &str) -> Result<Option<Self>> {
        let words = shlex::split(text).ok_or_else(|| {
            Error::invalid("a quote does not end, or the line ends in a '\\'")
                .with_hint("a command cannot be continued on the next line")
        })?;
        let words = words.strip_prefix(&["usher".to_owned()]).unwrap_or(&words);
        if words.is_empty() {
            return Ok(None);
        }
        let (path, verb, arguments) = match find(Face::Own, words) {
            Found::Verb(path, verb, arguments) => (path, verb, arguments),
            Found::Absent(path) => {
                return Err(Error::Unsupported(format!("no command '{}'", path.join(" "))));
            }
            Found::Incomplete(..) => {
                return Err(Error::Usage(format!("incomplete command '{}'", words.join(" "))));
            }
            Found::Unknown(mut path, word) => {
                path.push(&word);
                return Err(Error::Usage(format!("unknown command '{}'", path.join(" "))));
            }
        };
        let name = path.join(" ");
        if ALONE.iter().any(|alone| path.starts_with(alone)) {
            return Err(
                Error::refused(format!("'{name}' cannot be part of a batch")).with_hint("run it alone")
            );
        }
        if !verb.writes {
            return Err(Error::refused(format!("'{name}' changes nothing"))
                .with_hint("a batch holds changes; ask before it or behind it"));
        }
        let values = parse(Face::Own, verb, arguments)?;
        for parameter in values.given() {
            if OF_THE_WHOLE.contains(&parameter.name) {
                let message = format!("--{} holds for the whole batch: give it with 'batch'", parameter.name);
                return Err(Error::Usage(message));
            }
        }
        if values.is_on("check-connection") {
            return Err(Error::refused("--check-connection asks a server: not in a batch")
                .with_hint("'realm test' tries a realm out"));
        }
        let hashed = Self::password(context, &name, &values)?;
        Ok(Some(Self { number, path, verb, values, hashed }))
    }

    /// Refuses a password that would have to be asked for, and hashes one that is kept in this directory.
    fn password(context: &Context, name: &str, values: &Values) -> Result<Option<PasswordHash>> {
        let asked = || {
            Error::refused(format!(
                "'{name}' would ask for a password, and nobody is there to answer in a batch"
            ))
            .with_hint("give the password in the line, or set it later: 'usher passwd'")
        };
        let given = values.given().find(|parameter| parameter.kind == Kind::Password);
        let text = given.and_then(|parameter| values.text(parameter.name));
        match text {
            Some("" | "-") => Err(asked()),
            None if name == "passwd" => Err(asked()),
            Some(text) if matches!(name, "passwd" | "user add") => passwd::hashed_before(context, text),
            _ => Ok(None),
        }
    }
}
