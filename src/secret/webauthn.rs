//! Security keys and passkeys: W3C Web Authentication Level 3, section 7.2, by webauthn-rs.
//!
//! Without the feature `webauthn` nobody is asked, and no answer is right.

#[cfg(feature = "webauthn")]
mod verify;

#[cfg(feature = "webauthn")]
pub(super) use verify::{ask, is_right};

#[cfg(not(feature = "webauthn"))]
use crate::error::Result;
#[cfg(not(feature = "webauthn"))]
use crate::model::tfa::{Challenges, OpenChallenge, RelyingParty, UserFactors};
#[cfg(not(feature = "webauthn"))]
use serde_json::Value;

/// Whether this build verifies answers of WebAuthn keys.
pub const VERIFIES_WEBAUTHN: bool = cfg!(feature = "webauthn");

/// No question.
#[cfg(not(feature = "webauthn"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature it can fail")]
pub(super) fn ask(_: &RelyingParty, _: &UserFactors, _: i64) -> Result<Option<(Value, OpenChallenge)>> {
    Ok(None)
}

/// Never.
#[cfg(not(feature = "webauthn"))]
pub(super) fn is_right(_: &RelyingParty, _: &mut UserFactors, _: &mut Challenges, _: &str, _: i64) -> bool {
    false
}
