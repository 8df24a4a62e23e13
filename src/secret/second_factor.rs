//! Second factors: what a user can be asked for, and whether an answer is right.

use super::otpauth::Otpauth;
use super::{recovery, u2f, webauthn};
use crate::error::{Error, Result};
use crate::model::tfa::{Factor, FactorKind, Failures, KeySettings, OpenChallenges, UserFactors};
use serde_json::{Map, Value, json};

/// So many wrong codes in a row, and TOTP is locked.
pub const TOTP_LIMIT: u32 = 8;
/// So many wrong answers of any kind in a row, and everything is locked for a while.
pub const LIMIT: u32 = 100;
/// How long everything is locked, in seconds.
pub const LOCKED_FOR: i64 = 3600;

/// What a user can be asked for after the password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenge {
    /// A TOTP code.
    pub totp: bool,
    /// One of these recovery keys, counted from 0; none are left when it is empty.
    pub recovery: Option<Vec<usize>>,
    /// What U2F keys are to sign, as browsers are told it.
    pub u2f: Option<Value>,
    /// What WebAuthn keys are to sign, as browsers are told it.
    pub webauthn: Option<Value>,
    /// A Yubico one-time password.
    pub yubico: bool,
}

impl Challenge {
    /// What can be asked of a user; `None` when nothing that is registered may be used. Somebody who
    /// has only security keys gets an empty challenge, which nothing answers until [`Challenge::ask_keys`]
    /// fills it in: better no way in than one without the second factor.
    pub fn of(factors: &UserFactors) -> Option<Self> {
        let has = |kind| factors.of_kind(kind).iter().any(|one| one.enable);
        let challenge = Self {
            totp: has(FactorKind::Totp),
            recovery: factors.recovery.as_ref().map(|keys| keys.available()),
            yubico: has(FactorKind::Yubico),
            ..Self::default()
        };
        (challenge != Self::default() || has_keys(factors)).then_some(challenge)
    }

    /// Puts questions to the security keys of a user, at the moment `now` (seconds since 1970), as far as
    /// `settings` allow it. The caller has to keep the questions for [`judge`].
    ///
    /// # Errors
    /// If a library refuses, or the system gives no randomness.
    pub fn ask_keys(
        &mut self,
        factors: &UserFactors,
        settings: &KeySettings,
        now: i64,
    ) -> Result<OpenChallenges> {
        let mut open = OpenChallenges::default();
        if let Some(application) = &settings.u2f
            && let Some((question, asked)) = u2f::ask(application, factors, now)?
        {
            self.u2f = Some(question);
            open.u2f.add(asked);
        }
        if let Some(party) = &settings.webauthn
            && let Some((question, asked)) = webauthn::ask(party, factors, now)?
        {
            self.webauthn = Some(question);
            open.webauthn.add(asked);
        }
        Ok(open)
    }

    /// The challenge of a realm that demands Yubico one-time passwords.
    pub fn of_yubico_realm(factors: Option<&UserFactors>) -> Self {
        let keys = factors.and_then(|factors| factors.recovery.as_ref());
        Self { yubico: true, recovery: keys.map(|keys| keys.available()), ..Self::default() }
    }

    /// As clients get it: the parts that exist, as JSON.
    pub fn to_json(&self) -> String {
        let mut parts = Map::new();
        if self.totp {
            parts.insert("totp".into(), true.into());
        }
        if let Some(keys) = &self.recovery {
            parts.insert("recovery".into(), json!(keys));
        }
        if let Some(question) = &self.u2f {
            parts.insert("u2f".into(), question.clone());
        }
        if let Some(question) = &self.webauthn {
            parts.insert("webauthn".into(), question.clone());
        }
        if self.yubico {
            parts.insert("yubico".into(), true.into());
        }
        Value::Object(parts).to_string()
    }
}

/// An answer to a challenge, `KIND:VALUE`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Response<'t> {
    /// What it claims to be.
    pub kind: FactorKind,
    /// The code, key or proof.
    pub value: &'t str,
}

impl<'t> Response<'t> {
    /// Reads an answer.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it names no kind.
    pub fn parse(text: &'t str) -> Result<Self> {
        let invalid = || {
            Error::invalid("invalid tfa response").with_hint("'totp:123456', 'recovery:KEY' or 'yubico:OTP'")
        };
        let (kind, value) = text.split_once(':').ok_or_else(invalid)?;
        Ok(Self { kind: FactorKind::parse(kind).ok_or_else(invalid)?, value })
    }
}

/// What came of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is right.
    Accepted,
    /// It is wrong, was used before, or nothing of its kind is registered.
    Wrong,
    /// TOTP codes are refused until a recovery key is used or the user is unlocked.
    TotpLocked,
    /// Everything is refused for a while.
    Locked,
}

/// Whether a user has security keys that may be used.
pub fn has_keys(factors: &UserFactors) -> bool {
    let kinds = [FactorKind::Webauthn, FactorKind::U2f];
    kinds.into_iter().any(|kind| factors.of_kind(kind).iter().any(|one| one.enable))
}

/// What is known of an answer before it is judged.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'e> {
    /// The id of the key a Yubico password came from, which its service has confirmed.
    pub yubico: Option<&'e str>,
    /// Who security keys were asked by.
    pub keys: &'e KeySettings,
}

/// Judges an answer at the moment `now` (seconds since 1970) and keeps the books: steps and keys that are
/// used up, questions that are answered, failures, locks. Whatever comes of it, the caller has to store
/// `factors`, `failures` and `open` before anybody else is judged by them.
///
/// # Errors
/// When a stored secret cannot be read.
pub fn judge(
    factors: &mut UserFactors,
    failures: &mut Failures,
    open: &mut OpenChallenges,
    response: Response<'_>,
    evidence: Evidence<'_>,
    now: i64,
) -> Result<Verdict> {
    factors.locked_until = factors.locked_until.filter(|end| *end > now);
    if factors.locked_until.is_some() {
        return Ok(Verdict::Locked);
    }
    let accepted =
        match response.kind {
            FactorKind::Totp if factors.totp_locked => return Ok(Verdict::TotpLocked),
            FactorKind::Totp => check_totp(factors, response.value, now)?,
            FactorKind::Recovery => match &mut factors.recovery {
                Some(keys) => recovery::spend(keys, response.value)?,
                None => false,
            },
            FactorKind::Yubico => evidence.yubico.is_some_and(|key| has_yubico_key(factors, key)),
            FactorKind::U2f => match &evidence.keys.u2f {
                Some(application) => u2f::is_right(application, factors, &mut open.u2f, response.value, now)?,
                None => false,
            },
            FactorKind::Webauthn => evidence.keys.webauthn.as_ref().is_some_and(|party| {
                webauthn::is_right(party, factors, &mut open.webauthn, response.value, now)
            }),
        };
    if accepted {
        failures.all = 0;
        if let FactorKind::Totp | FactorKind::Recovery = response.kind {
            failures.totp = 0;
        }
        if response.kind == FactorKind::Recovery {
            factors.totp_locked = false;
        }
        return Ok(Verdict::Accepted);
    }
    if response.kind == FactorKind::Totp {
        failures.totp += 1;
        factors.totp_locked |= failures.totp >= TOTP_LIMIT;
    }
    failures.all += 1;
    if failures.all >= LIMIT {
        failures.all = 0;
        factors.locked_until = Some(now + LOCKED_FOR);
    }
    Ok(Verdict::Wrong)
}

/// Whether a Yubico key is one of the user's.
fn has_yubico_key(factors: &UserFactors, key: &str) -> bool {
    let mut keys = factors.of_kind(FactorKind::Yubico).iter().filter(|one| one.enable);
    keys.any(|one| one.entry.as_str() == Some(key))
}

/// The first registered secret whose code this is decides: its step must be later than the last one.
fn check_totp(factors: &mut UserFactors, code: &str, now: i64) -> Result<bool> {
    for factor in factors.of_kind_mut(FactorKind::Totp).iter_mut().filter(|one| one.enable) {
        let (totp, last) = totp_of(factor)?;
        if let Some(step) = totp.step_of(code, now) {
            let fresh = last.is_none_or(|last| step > last);
            if fresh {
                factor.entry = json!({"totp": uri_of(factor)?, "last-count": step});
            }
            return Ok(fresh);
        }
    }
    Ok(false)
}

/// The secret of a TOTP factor, and the step of the last code that was accepted.
///
/// # Errors
/// [`Error::Refused`] when the entry cannot be read.
pub fn totp_of(factor: &Factor) -> Result<(Otpauth, Option<u64>)> {
    let totp = Otpauth::parse(uri_of(factor)?).map_err(|fault| unreadable(factor, &fault.to_string()))?;
    Ok((totp, factor.entry.get("last-count").and_then(Value::as_u64)))
}

fn uri_of(factor: &Factor) -> Result<&str> {
    let uri = match &factor.entry {
        Value::String(uri) => Some(uri.as_str()),
        entry => entry.get("totp").and_then(Value::as_str),
    };
    uri.ok_or_else(|| unreadable(factor, "no otpauth uri"))
}

fn unreadable(factor: &Factor, why: &str) -> Error {
    Error::refused(format!("second factor '{}' cannot be read: {why}", factor.id))
        .with_hint("delete it and register it anew")
}
