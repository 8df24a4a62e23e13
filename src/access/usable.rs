//! Whether a user or an API token can use what it holds: accounts that are disabled or at their end keep their
//! permissions, and nobody can act with them.

use crate::model::directory::Directory;
use crate::model::id::{TokenId, UserId};
use crate::model::token::Token;
use crate::model::user::User;
use std::fmt;

/// Somebody permissions are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A user.
    User(UserId),
    /// An API token.
    Token(TokenId),
}

impl Who {
    /// Reads `NAME@REALM` or `NAME@REALM!TOKEN`; `None` when it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        match UserId::parse(text) {
            Ok(user) => Some(Self::User(user)),
            Err(_) => TokenId::parse(text).ok().map(Self::Token),
        }
    }

    /// The user, or the token's owner.
    pub fn user(&self) -> &UserId {
        match self {
            Self::User(id) => id,
            Self::Token(id) => &id.user,
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => id.fmt(out),
            Self::Token(id) => id.fmt(out),
        }
    }
}

/// Why somebody can do nothing, whatever he holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// There is no such user.
    UnknownUser(UserId),
    /// The user has no such token.
    UnknownToken(TokenId),
    /// The user may not sign in.
    Disabled(UserId),
    /// The account ended at this moment, in seconds since 1970.
    Expired(UserId, u64),
    /// The token ended at this moment, in seconds since 1970.
    TokenExpired(TokenId, u64),
}

impl fmt::Display for Unusable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownUser(id) => write!(out, "there is no user '{id}'"),
            Self::UnknownToken(id) => write!(out, "there is no token '{id}'"),
            Self::Disabled(id) => write!(out, "user '{id}' is disabled"),
            Self::Expired(id, _) => write!(out, "user '{id}' is expired"),
            Self::TokenExpired(id, _) => write!(out, "token '{id}' is expired"),
        }
    }
}

/// Whether a user's account is at its end at the moment `now`, in seconds since 1970.
pub fn has_ended(user: &User, now: u64) -> bool {
    is_past(user.expire, now)
}

/// Whether an account that ends at `end` is over at the moment `now`.
pub fn is_past(end: Option<u64>, now: u64) -> bool {
    end.is_some_and(|end| end != 0 && end < now)
}

/// Whether a token is at its end at the moment `now`, in seconds since 1970.
pub fn token_has_ended(token: &Token, now: u64) -> bool {
    is_token_past(token.expire, now)
}

/// Whether a token that ends at `end` is over at the moment `now`.
pub fn is_token_past(end: u64, now: u64) -> bool {
    end != 0 && end <= now
}

/// Whether `who` can act at the moment `now`, in seconds since 1970.
///
/// # Errors
/// Why not; a token's owner comes first.
pub fn check_usable(directory: &Directory, who: &Who, now: u64) -> Result<(), Unusable> {
    let id = who.user();
    let user = directory.users.get(id.as_str()).ok_or_else(|| Unusable::UnknownUser(id.clone()))?;
    if !user.enable {
        return Err(Unusable::Disabled(id.clone()));
    }
    if has_ended(&user, now) {
        return Err(Unusable::Expired(id.clone(), user.expire.unwrap_or_default()));
    }
    let Who::Token(id) = who else { return Ok(()) };
    let token = user.token(id.name.as_str()).ok_or_else(|| Unusable::UnknownToken(id.clone()))?;
    match token_has_ended(token, now) {
        true => Err(Unusable::TokenExpired(id.clone(), token.expire)),
        false => Ok(()),
    }
}
