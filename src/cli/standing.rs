//! Accounts and tokens in words: enabled, disabled, expired.

use super::moment;
use crate::access::usable::{has_ended, token_has_ended};
use crate::model::token::Token;
use crate::model::user::User;

/// Now, in seconds since 1970.
pub fn now() -> u64 {
    u64::try_from(moment::now()).unwrap_or_default()
}

/// What state an account is in: `enabled`, `disabled` or `expired`.
pub fn of_user(user: &User, now: u64) -> &'static str {
    match (user.enable, has_ended(user, now)) {
        (false, _) => "disabled",
        (true, true) => "expired",
        (true, false) => "enabled",
    }
}

/// What state a token is in, but for that of its owner: `enabled` or `expired`.
pub fn of_token(token: &Token, now: u64) -> &'static str {
    if token_has_ended(token, now) { "expired" } else { "enabled" }
}

/// A state in words: `enabled, expires 2027-01-31 00:00`. An end of 0 is none.
pub fn in_words(state: &str, end: u64, now: u64) -> String {
    if end == 0 {
        return state.to_owned();
    }
    let shown = moment::shown(i64::try_from(end).unwrap_or(i64::MAX), &moment::zone());
    match (state, end < now) {
        ("expired", _) => format!("expired since {shown}"),
        (state, true) => format!("{state}, and expired since {shown}"),
        (state, false) => format!("{state}, expires {shown}"),
    }
}

/// What a token may do, in words.
pub fn separation(token: &Token) -> &'static str {
    match token.separated {
        true => "only what it and its owner may do",
        false => "everything its owner may do",
    }
}
