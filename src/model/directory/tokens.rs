//! Edits of API tokens.

use super::Directory;
use crate::error::{Error, Result};
use crate::model::acl::{AclEntry, Subject};
use crate::model::id::{TokenId, TokenName, UserId};
use crate::model::token::Token;

/// The attributes of a token to be changed; `None` leaves one as it is.
#[derive(Clone, Debug, Default)]
pub struct TokenChange {
    /// When the token ends; 0 never.
    pub expire: Option<u64>,
    /// Whether the token is separated from its owner.
    pub separated: Option<bool>,
    /// Free text.
    pub comment: Option<String>,
}

impl Directory {
    /// Adds an API token to a user. ACL entries left over under its id are dropped and returned.
    ///
    /// # Errors
    /// [`Error::Unknown`] for the owner; [`Error::Refused`] when it is there already.
    pub fn add_token(&mut self, owner: &UserId, token: Token) -> Result<Vec<AclEntry>> {
        let mut user = self.user(owner)?;
        let id = TokenId { user: owner.clone(), name: token.name.clone() };
        match user.tokens.binary_search_by(|one| one.name.cmp(&token.name)) {
            Ok(_) => Err(Error::refused(format!("token '{id}' already exists"))),
            Err(place) => {
                user.tokens.insert(place, token);
                self.users.put(user);
                Ok(self.drop_subject(&Subject::Token(id)))
            }
        }
    }

    /// Changes a token and returns it as it is then.
    ///
    /// # Errors
    /// [`Error::Unknown`] for the owner, [`Error::UnknownToken`].
    pub fn modify_token(&mut self, owner: &UserId, name: &TokenName, change: TokenChange) -> Result<Token> {
        let mut user = self.user(owner)?;
        let Some(token) = user.tokens.iter_mut().find(|token| token.name == *name) else {
            return Err(unknown_token(owner, name));
        };
        let before = token.clone();
        token.expire = change.expire.unwrap_or(token.expire);
        token.separated = change.separated.unwrap_or(token.separated);
        if let Some(comment) = change.comment {
            token.comment = comment;
        }
        let after = token.clone();
        if after != before {
            self.users.put(user);
        }
        Ok(after)
    }

    /// Removes a token and its ACL entries, which are returned.
    ///
    /// # Errors
    /// [`Error::Unknown`] for the owner, [`Error::UnknownToken`].
    pub fn remove_token(&mut self, owner: &UserId, name: &TokenName) -> Result<Vec<AclEntry>> {
        let mut user = self.user(owner)?;
        let before = user.tokens.len();
        user.tokens.retain(|token| token.name != *name);
        if user.tokens.len() == before {
            return Err(unknown_token(owner, name));
        }
        self.users.put(user);
        Ok(self.drop_subject(&Subject::Token(TokenId { user: owner.clone(), name: name.clone() })))
    }
}

/// The user has no such token.
pub(super) fn unknown_token(owner: &UserId, name: &TokenName) -> Error {
    Error::UnknownToken { user: owner.to_string(), token: name.to_string() }
}
