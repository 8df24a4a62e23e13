//! User accounts.

use super::id::UserId;
use super::token::Token;

/// A user account with its API tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `NAME@REALM`.
    pub id: UserId,
    /// Whether the user may sign in.
    pub enable: bool,
    /// When the account ends, in seconds since 1970; 0 never. `None`: nothing was ever written
    /// about this user (the superuser of a directory that does not name it).
    pub expire: Option<u64>,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Mail address.
    pub email: String,
    /// Free text.
    pub comment: String,
    /// Keys of second factors in the old form, or `x` when they are kept elsewhere.
    pub keys: String,
    /// Fields of the line beyond the known ones, as they stand there, each followed by `:`.
    pub rest: String,
    /// The user's API tokens, sorted by name.
    pub tokens: Vec<Token>,
}

impl User {
    /// An enabled account without any attribute.
    pub fn new(id: UserId) -> Self {
        Self {
            id,
            enable: true,
            expire: Some(0),
            first_name: String::new(),
            last_name: String::new(),
            email: String::new(),
            comment: String::new(),
            keys: String::new(),
            rest: String::new(),
            tokens: Vec::new(),
        }
    }

    /// The user's token of this name.
    pub fn token(&self, name: &str) -> Option<&Token> {
        self.tokens.iter().find(|token| token.name.as_str() == name)
    }
}

/// Whether a text is a mail address as user records take it: words joined by single dots, `@`, labels
/// joined by dots; or nothing (`docs/user-cfg.md`).
pub fn is_mail_address(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '~'))
    };
    let label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match text.split_once('@') {
        Some((user, domain)) => user.split('.').all(word) && domain.split('.').all(label),
        None => text.is_empty(),
    }
}

/// Whether a text may be the keys of second factors in the old form: `[0-9a-zA-Z!=]`, at most 4096.
pub fn are_keys(text: &str) -> bool {
    text.len() <= 4096 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'!' | b'='))
}
