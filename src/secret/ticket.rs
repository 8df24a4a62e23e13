//! Tickets: what somebody holds who has signed in.
//!
//! `PREFIX:DATA:TTTTTTTT::SIGNATURE`, with the moment of issue in hexadecimal and an RSA signature (PKCS #1
//! v1.5) over everything before the double colon; some tickets are bound to a text that is signed too and
//! not written down.

use super::digest::{from_base64, to_base64};
use super::ticket_key::{Digest, Keyring, SigningKey, ages_of_current, ages_of_previous};
use crate::error::{Error, Result};
use crate::model::id::UserId;
use std::ops::Range;

/// What begins the data of a ticket while the second factor is due.
const DUE: &str = "!tfa!";

/// What a ticket is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Signing in.
    Login,
    /// The screen of a guest.
    Screen,
    /// A tunnel to a guest.
    Tunnel,
}

impl Kind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Login => "PVE",
            Self::Screen => "PVEVNC",
            Self::Tunnel => "PVETUNNEL",
        }
    }
}

/// What a ticket of somebody who signs in says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// This user has signed in.
    Complete(String),
    /// The password was right; this challenge is to be answered. Whose it is only shows by what the
    /// ticket is bound to.
    SecondFactorDue(String),
}

/// Issues the ticket of a user who has signed in, at `now` (seconds since 1970).
///
/// # Errors
/// If OpenSSL refuses.
pub fn issue(key: &SigningKey, digest: Digest, user: &UserId, now: i64) -> Result<String> {
    sign(key, digest, Kind::Login, Some(user.as_str()), None, now)
}

/// Issues the ticket of a user whose second factor is due.
///
/// # Errors
/// If OpenSSL refuses.
pub fn issue_partial(
    key: &SigningKey,
    digest: Digest,
    user: &UserId,
    challenge: &str,
    now: i64,
) -> Result<String> {
    sign(key, digest, Kind::Login, Some(&format!("{DUE}{challenge}")), Some(user.as_str()), now)
}

/// Issues a ticket for a path, and perhaps a port, of a guest.
///
/// # Errors
/// If OpenSSL refuses.
pub fn issue_for(
    key: &SigningKey,
    digest: Digest,
    kind: Kind,
    user: &UserId,
    place: &str,
    now: i64,
) -> Result<String> {
    sign(key, digest, kind, None, Some(&format!("{user}:{place}")), now)
}

fn sign(
    key: &SigningKey,
    digest: Digest,
    kind: Kind,
    data: Option<&str>,
    bound_to: Option<&str>,
    now: i64,
) -> Result<String> {
    let mut text = kind.prefix().to_owned();
    if let Some(data) = data {
        // A reader may undo every escape it sees: a `%` of the name must not begin one.
        text.push(':');
        text.push_str(&data.replace('%', "%25").replace(':', "%3A"));
    }
    text.push_str(&format!(":{now:08X}"));
    let signature = key.sign(digest, signed_text(&text, bound_to).as_bytes())?;
    Ok(format!("{text}::{}", to_base64(&signature)))
}

fn signed_text(text: &str, bound_to: Option<&str>) -> String {
    match bound_to {
        Some(secret) => format!("{text}:{secret}"),
        None => text.to_owned(),
    }
}

/// Verifies a ticket of somebody who signs in, at `now`. A ticket whose second factor is due counts only for
/// the user it was issued to.
///
/// # Errors
/// [`Error::Refused`], which does not tell why.
pub fn verify(keys: &Keyring, ticket: &str, user: Option<&UserId>, now: i64) -> Result<(Login, i64)> {
    let parts = Parts::of(ticket).filter(|parts| parts.prefix == Kind::Login.prefix()).ok_or_else(invalid)?;
    let data = parts.data.ok_or_else(invalid).map(decoded)?;
    let (login, bound_to) = match data.strip_prefix(DUE) {
        Some(challenge) => {
            let user = user.ok_or_else(invalid)?;
            (Login::SecondFactorDue(challenge.to_owned()), Some(user.as_str()))
        }
        None if user.is_some_and(|user| user.as_str() != data) => return Err(invalid()),
        None => (Login::Complete(data), None),
    };
    let age = parts.age(now).ok_or_else(invalid)?;
    let current =
        parts.is_signed_by(&keys.current.key, bound_to) && ages_of_current(keys.current.age).contains(&age);
    let accepted = current
        || keys.previous.as_ref().is_some_and(|previous| {
            ages_of_previous(previous.age).contains(&age) && parts.is_signed_by(&previous.key, bound_to)
        });
    if accepted { Ok((login, age)) } else { Err(invalid()) }
}

/// Verifies a ticket for a path, and perhaps a port, of a guest, at `now`.
///
/// # Errors
/// [`Error::Refused`], which does not tell why.
pub fn verify_for(
    keys: &Keyring,
    kind: Kind,
    ticket: &str,
    user: &UserId,
    place: &str,
    now: i64,
) -> Result<()> {
    const AGES: Range<i64> = -19..40;
    let parts = Parts::of(ticket).filter(|parts| parts.prefix == kind.prefix() && parts.data.is_none());
    let parts = parts.ok_or_else(invalid)?;
    let bound_to = format!("{user}:{place}");
    let mut keys = [Some(&keys.current), keys.previous.as_ref()].into_iter().flatten();
    let fresh = parts.age(now).is_some_and(|age| AGES.contains(&age));
    if fresh && keys.any(|one| parts.is_signed_by(&one.key, Some(&bound_to))) {
        return Ok(());
    }
    Err(invalid())
}

fn invalid() -> Error {
    Error::refused("permission denied - invalid PVE ticket")
}

struct Parts<'t> {
    prefix: &'t str,
    data: Option<&'t str>,
    time: &'t str,
    text: &'t str,
    signature: Vec<u8>,
}

impl<'t> Parts<'t> {
    fn of(ticket: &'t str) -> Option<Self> {
        let (text, signature) = ticket.split_once("::")?;
        let (before, time) = text.rsplit_once(':')?;
        let (prefix, data) = match before.split_once(':') {
            Some((prefix, data)) => (prefix, Some(data)),
            None => (before, None),
        };
        let right_time = time.len() == 8 && time.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'));
        let right_data = data.is_none_or(|data| !data.is_empty() && !data.contains(char::is_whitespace));
        if !right_time || !right_data || data.is_some_and(|data| data.contains(':')) {
            return None;
        }
        Some(Self { prefix, data, time, text, signature: from_base64(signature)? })
    }

    fn age(&self, now: i64) -> Option<i64> {
        Some(now - i64::from_str_radix(self.time, 16).ok()?)
    }

    fn is_signed_by(&self, key: &super::ticket_key::VerifyingKey, bound_to: Option<&str>) -> bool {
        key.verifies(signed_text(self.text, bound_to).as_bytes(), &self.signature)
    }
}

/// Only what is written as an escape here is undone: another program's name with a `%` in it must not turn
/// into somebody else's.
fn decoded(data: &str) -> String {
    data.replace("%3A", ":").replace("%3a", ":").replace("%25", "%")
}
