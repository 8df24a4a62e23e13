//! API tokens: `USER@REALM!NAME=SECRET`.

use super::{Books, Caller, Outcome, Reason, Refusal, State, Way, may_sign_in, recorded};
use crate::access::usable::token_has_ended;
use crate::error::Result;
use crate::model::id::{TokenId, UserId};
use crate::secret::TokenSecret;

/// Whose token this is, at the moment `now` (seconds since 1970). `from` is where it comes from, where that is
/// known, and only noted.
///
/// # Errors
/// [`crate::error::Error`] when the directory itself cannot be read. No such token, a wrong secret, an owner who
/// may not sign in and a token that is at its end are an `Ok(Err(_))`.
pub fn sign_in_with_token(
    books: &dyn Books,
    presented: &str,
    from: Option<&str>,
    now: i64,
) -> Result<std::result::Result<TokenId, Refusal>> {
    let caller = Caller { user: name_in(presented), realm: None, from, way: Way::Token };
    recorded(books, caller, now, |_| Outcome::Admitted, || Ok(verify(&books.state()?, presented, now)))
}

fn verify(state: &State, presented: &str, now: i64) -> std::result::Result<TokenId, Refusal> {
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
    if token_has_ended(token, now) {
        return Err(Refusal::because(Reason::TokenExpired));
    }
    Ok(id)
}

/// What may be noted of something that is to be a token. Of what has not its form only an owner at the
/// beginning is told: all else could be the secret.
fn name_in(presented: &str) -> &str {
    let name = presented.rsplit_once('=').map(|(name, _)| name);
    if let Some(name) = name.filter(|name| TokenId::parse(name).is_ok()) {
        return name;
    }
    let owner = presented.split_once('!').map(|(owner, _)| owner);
    owner.filter(|owner| UserId::parse(owner).is_ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_noted_and_a_secret_never() {
        for (presented, noted) in [
            ("joe@pve!ci=11111111-2222", "joe@pve!ci"),
            ("joe@pve!ci=", "joe@pve!ci"),
            ("joe@pve!ci 11111111-2222", "joe@pve"),
            ("joe@pve!ci=11111111-2222=", "joe@pve"),
            ("joe@pve=11111111-2222", ""),
            ("11111111-2222", ""),
            ("11111111-2222!x=y", ""),
            ("", ""),
        ] {
            assert_eq!(name_in(presented), noted, "{presented}");
        }
    }
}
