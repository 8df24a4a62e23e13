//! Every way usher can fail, in words for people.
//!
//! An [`Error`] knows three things about itself: its words ([`std::fmt::Display`], lower case, the
//! thing quoted), its [`Kind`] (which decides the exit status) and, where there is one, the way out
//! ([`Error::hint`]).

use std::fmt;
use std::path::PathBuf;

/// The result of everything that can fail in usher.
pub type Result<T> = std::result::Result<T, Error>;

/// What sort of failure an [`Error`] is; the command line turns it into an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command line or one of its values is wrong: nothing was looked at.
    Usage,
    /// The request was understood and could not be carried out.
    Failed,
    /// The answer is "no".
    No,
    /// It would take away more than is allowed; nothing was changed.
    Excessive,
}

/// The things an error can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// A user account.
    User,
    /// A group of users.
    Group,
    /// A named set of privileges.
    Role,
    /// A pool of guests and storages.
    Pool,
    /// An authentication realm.
    Realm,
    /// A job that runs by a schedule.
    Job,
}

impl fmt::Display for Noun {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
            Self::Pool => "pool",
            Self::Realm => "domain",
            Self::Job => "Job",
        })
    }
}

/// One parameter that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    /// The parameter's name as it is typed, without dashes: `expire`.
    pub name: String,
    /// Why its value was refused.
    pub message: String,
}

/// What a caller would have needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Where.
    pub path: String,
    /// One of these privileges.
    pub privileges: Vec<String>,
}

/// A failure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A text that is not what it should be: an id, a path, a number.
    #[error("{message}")]
    Invalid {
        /// What is wrong with which text.
        message: String,
        /// The way out, when it is known.
        hint: Option<String>,
    },
    /// One or more parameters of a command were refused; sorted by name.
    #[error("{}", list(.0))]
    Parameters(Vec<Parameter>),
    /// The command line does not make sense.
    #[error("{0}")]
    Usage(String),
    /// Something of this name is there already.
    #[error("{noun} '{name}' already exists")]
    Exists {
        /// What sort of thing.
        noun: Noun,
        /// The name it has, as it is stored.
        name: String,
    },
    /// Nothing of this name is there.
    #[error("{}", unknown(*noun, name))]
    Unknown {
        /// What sort of thing.
        noun: Noun,
        /// The name that was asked for.
        name: String,
    },
    /// The user has no such API token.
    #[error("no such token '{token}' for user '{user}'")]
    UnknownToken {
        /// The owner.
        user: String,
        /// The token's own name, without the owner.
        token: String,
    },
    /// A rule between things forbids the change.
    #[error("{message}")]
    Refused {
        /// Which rule.
        message: String,
        /// The way out, when it is known.
        hint: Option<String>,
    },
    /// A change would take away more than is allowed.
    #[error("{message}")]
    Excessive {
        /// What would have gone, and what is allowed.
        message: String,
        /// The way out, when it is known.
        hint: Option<String>,
    },
    /// The caller lacks a permission. What exists and what does not is not told.
    #[error("Permission check failed{}", lacking(.0))]
    Denied(Option<Lacking>),
    /// What was asked for does not hold.
    #[error("{0}")]
    No(String),
    /// The caller asks for more than is its to ask for.
    #[error("{message}")]
    Beyond {
        /// What goes beyond what.
        message: String,
        /// The way out, when it is known.
        hint: Option<String>,
    },
    /// Somebody is not who they claim to be, or may not sign in. Which of it is not told.
    #[error("authentication failure")]
    Unauthenticated,
    /// Whoever knows the password found it right, and does not let the account in: it is at its end, or locked, or
    /// may not come this way. For the journal, never for the one who tried.
    #[error("{0}")]
    AccountRefused(String),
    /// A file of the config directory cannot be understood at all.
    #[error("{file}:{line}:{column}: {message}")]
    Syntax {
        /// The file, relative to the config directory.
        file: String,
        /// Line, counted from 1.
        line: usize,
        /// Column in characters, counted from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// Another process holds the lock of the config directory.
    #[error("{message}")]
    Locked {
        /// Who holds it and how long we waited.
        message: String,
    },
    /// The operating system refused something.
    #[error("cannot {action} '{}': {source}", path.display())]
    Io {
        /// The verb: `read`, `create`, `rename`.
        action: &'static str,
        /// The file it was about.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A server that was asked could not be reached, refused, or did not finish its answer.
    #[error("{message}")]
    Server {
        /// What it refused, in words.
        message: String,
        /// The way out, when it is known.
        hint: Option<String>,
    },
    /// Something this build of usher cannot do.
    #[error("{0}")]
    Unsupported(String),
}

fn list(parameters: &[Parameter]) -> String {
    let lines: Vec<String> = parameters.iter().map(|one| format!("{}: {}", one.name, one.message)).collect();
    lines.join("\n")
}

fn lacking(lacking: &Option<Lacking>) -> String {
    match lacking {
        Some(Lacking { path, privileges }) => format!(" ({path}, {})", privileges.join("|")),
        None => String::new(),
    }
}

fn unknown(noun: Noun, name: &str) -> String {
    match noun {
        Noun::User => format!("no such user ('{name}')"),
        Noun::Job => format!("No such job '{name}'"),
        _ => format!("{noun} '{name}' does not exist"),
    }
}

impl Error {
    /// A text that breaks its own rules.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid { message: message.into(), hint: None }
    }

    /// A rule between things that forbids a change.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), hint: None }
    }

    /// A server that did not do what it was asked.
    pub fn server(message: impl Into<String>) -> Self {
        Self::Server { message: message.into(), hint: None }
    }

    /// Puts `words` before what a server refused: `ldap bind failed: Invalid credentials`. Other
    /// failures stay as they are.
    #[must_use]
    pub fn preceded_by(mut self, words: &str) -> Self {
        if let Self::Server { message, .. } = &mut self {
            message.insert_str(0, ": ");
            message.insert_str(0, words);
        }
        self
    }

    /// A change that would take away more than is allowed.
    pub fn excessive(message: impl Into<String>) -> Self {
        Self::Excessive { message: message.into(), hint: None }
    }

    /// A request that goes beyond what the caller may ask for.
    pub fn beyond(message: impl Into<String>) -> Self {
        Self::Beyond { message: message.into(), hint: None }
    }

    /// One refused parameter.
    pub fn parameter(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Parameters(vec![Parameter { name: name.into(), message: message.into() }])
    }

    /// Nothing of this name is there.
    pub fn unknown(noun: Noun, name: impl fmt::Display) -> Self {
        Self::Unknown { noun, name: name.to_string() }
    }

    /// Something of this name is there already.
    pub fn exists(noun: Noun, name: impl fmt::Display) -> Self {
        Self::Exists { noun, name: name.to_string() }
    }

    /// The system refused to `action` the file at `path`.
    pub fn io(action: &'static str, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { action, path: path.into(), source }
    }

    /// Adds the way out to a refusal, a bad value or a server's failure; other failures stay as they are.
    #[must_use]
    pub fn with_hint(mut self, text: impl Into<String>) -> Self {
        if let Self::Invalid { hint, .. }
        | Self::Refused { hint, .. }
        | Self::Server { hint, .. }
        | Self::Excessive { hint, .. }
        | Self::Beyond { hint, .. } = &mut self
        {
            *hint = Some(text.into());
        }
        self
    }

    /// What to do next, when we know it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Invalid { hint, .. }
            | Self::Refused { hint, .. }
            | Self::Server { hint, .. }
            | Self::Excessive { hint, .. }
            | Self::Beyond { hint, .. } => hint.as_deref(),
            _ => None,
        }
    }

    /// The sort of failure.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Invalid { .. } | Self::Parameters(_) | Self::Usage(_) => Kind::Usage,
            Self::Denied(_)
            | Self::Beyond { .. }
            | Self::No(_)
            | Self::Unauthenticated
            | Self::AccountRefused(_) => Kind::No,
            Self::Excessive { .. } => Kind::Excessive,
            _ => Kind::Failed,
        }
    }
}
