//! API tokens: `USER@REALM!NAME=SECRET`.

use super::{Reason, Refusal, State, may_sign_in};
use crate::model::id::TokenId;
use crate::secret::TokenSecret;

/// Whose token this is, at the moment `now` (seconds since 1970).
///
/// # Errors
/// A refusal: no such token, a wrong secret, or an owner who may not sign in or a token that is at its end.
pub fn verify_token(state: &State, presented: &str, now: i64) -> Result<TokenId, Refusal> {
    let (name, secret) = presented.rsplit_once('=').ok_or_else(|| Refusal::because(Reason::BadName))?;
    let id = TokenId::parse(name).map_err(|error| Refusal::failed(Reason::BadName, error))?;
    let stored = state.token_secrets.get(&id).map(TokenSecret::from_stored);
    let right = stored.is_some_and(|stored| stored.is(secret));
    may_sign_in(state, &id.user, now)?;
    let owner = state.directory.user(&id.user).map_err(|_| Refusal::because(Reason::UnknownUser))?;
    let token = owner.token(id.name.as_str()).ok_or_else(|| Refusal::because(Reason::UnknownToken))?;
    if !right {
        return Err(Refusal::because(Reason::WrongSecret));
    }
    let now = u64::try_from(now).unwrap_or_default();
    if token.expire != 0 && token.expire <= now {
        return Err(Refusal::because(Reason::TokenExpired));
    }
    Ok(id)
}
