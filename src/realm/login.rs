//! Signing in: who presents a password or an answer, and is it who they claim to be.
//!
//! [`sign_in`] is the one way in. Whoever is refused learns nothing but that: the reason is for the journal
//! only, and every refusal for a password takes the same time, whoever the user is.

mod first_factor;
mod journal;
mod name;
mod provider;
mod second_factor;
#[cfg(test)]
mod tests;
mod ticket_renewal;
mod token;

pub use first_factor::{Nowhere, PasswordCheck};
use journal::recorded;
pub use journal::{Caller, Outcome, Record, Typed, Way};
pub use provider::sign_in_through_provider;
pub use second_factor::{NoService, TakenOver, YubicoCheck, answer, yubico_service};
pub use ticket_renewal::renew;
pub use token::sign_in_with_token;

use crate::access::usable::has_ended;
use crate::error::{Error, Result};
use crate::format::shadow_cfg::Shadow;
use crate::format::tfa_cfg::TfaFile;
use crate::format::token_cfg::TokenSecrets;
use crate::model::directory::Directory;
use crate::model::id::UserId;
use crate::model::realm::{Realm, Realms};
use crate::model::tfa::{Failures, KeySettings, OpenChallenges, UserFactors};
use crate::secret::second_factor::{Challenge, Verdict};
use crate::secret::ticket::{self, Login};
use crate::secret::ticket_key::Keyring;
use crate::secret::{NewScheme, PasswordHash};
use std::fmt;

/// What somebody presents.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// The user as typed: `joe@pve`, or `joe` with a realm beside it.
    pub user: &'a str,
    /// The realm, where it is not part of the user.
    pub realm: Option<&'a str>,
    /// The first step's password, or in the second step nothing.
    pub password: &'a str,
    /// The answer of the second factor, `totp:123456`.
    pub answer: Option<&'a str>,
    /// The ticket of the first step, in the second.
    pub partial_ticket: Option<&'a str>,
    /// Where the user comes from, an address usually, where that is known. It is only noted.
    pub from: Option<&'a str>,
}

impl fmt::Debug for Attempt<'_> {
    /// Who, and no secret.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Attempt")
            .field("user", &self.user)
            .field("realm", &self.realm)
            .finish_non_exhaustive()
    }
}

/// One state of the directory, as far as signing in needs it.
pub struct State {
    /// Users and tokens.
    pub directory: Directory,
    /// Realms.
    pub realms: Realms,
    /// Password hashes of the built-in realm.
    pub passwords: Shadow,
    /// Second factors.
    pub second_factors: TfaFile,
    /// Secrets of API tokens.
    pub token_secrets: TokenSecrets,
}

/// Where the directory is kept: what signing in reads, and the little it writes.
pub trait Books {
    /// One whole state.
    ///
    /// # Errors
    /// When it cannot be read.
    fn state(&self) -> Result<State>;

    /// The keys whose tickets count; `None` when no ticket was ever issued.
    ///
    /// # Errors
    /// When they cannot be read.
    fn keyring(&self, now: i64) -> Result<Option<Keyring>>;

    /// Lets `judge` decide over a user's second factors while nobody else can, and stores what it leaves.
    /// `taken_over` are factors that so far stood in the user's line.
    ///
    /// # Errors
    /// When they cannot be read or stored, and those of `judge`.
    fn judge(
        &self,
        user: &UserId,
        taken_over: &TakenOver,
        judge: &mut dyn FnMut(&mut UserFactors, &mut Failures, &mut OpenChallenges) -> Result<Verdict>,
    ) -> Result<Verdict>;

    /// Keeps questions that were put to a user's security keys at the moment `now` (seconds since 1970), until they
    /// are answered or too old.
    ///
    /// # Errors
    /// When they cannot be stored.
    fn keep_challenges(&self, user: &UserId, asked: OpenChallenges, now: i64) -> Result<()>;

    /// Replaces a user's password hash, if it is still `old`.
    ///
    /// # Errors
    /// When it cannot be stored.
    fn replace_hash(&self, user: &UserId, old: &PasswordHash, new: &PasswordHash) -> Result<()>;

    /// Keeps a record of an attempt to sign in, whatever came of it. Where nothing else is said none is kept.
    ///
    /// # Errors
    /// When nobody is to be let in whose record cannot be kept.
    fn note(&self, _record: &Record) -> Result<()> {
        Ok(())
    }
}

/// How a directory wants its users to sign in.
pub struct Rules<'r> {
    /// How new password hashes are made.
    pub scheme: NewScheme,
    /// Whether a hash made otherwise is replaced after it was right.
    pub rehash: bool,
    /// Who verifies passwords of realms that keep them elsewhere.
    pub elsewhere: &'r dyn PasswordCheck,
    /// Who verifies Yubico one-time passwords.
    pub yubico: &'r dyn YubicoCheck,
    /// What security keys are told about this place. It is asked only for users who have some.
    pub keys: &'r dyn Fn() -> Result<KeySettings>,
}

/// No security keys can be asked.
///
/// # Errors
/// None.
pub fn no_keys() -> Result<KeySettings> {
    Ok(KeySettings::default())
}

/// Somebody who was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// The user has signed in.
    Complete(UserId),
    /// The password was right; the challenge is still to be answered.
    SecondFactorDue(UserId, Challenge),
}

/// Why somebody was not let in. For the journal, never for the one who tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The name is none, or without a realm.
    BadName,
    /// There is no such realm.
    UnknownRealm,
    /// There is no such user.
    UnknownUser,
    /// The name fits several users, letter case aside.
    AmbiguousUser,
    /// The account is disabled.
    Disabled,
    /// The account is at its end.
    Expired,
    /// No password was given.
    NoPassword,
    /// The password is wrong, or the user has none.
    WrongPassword,
    /// The password is right, and whoever knows it does not let the account in.
    AccountRefused,
    /// The realm does not verify passwords, or could not be asked.
    RealmFailed,
    /// The ticket of the first step is none, is old, or somebody else's.
    BadTicket,
    /// The realm demands a second factor the user does not have.
    NoSecondFactor,
    /// The answer is of a kind that does not do here, or none at all.
    BadAnswer,
    /// The second factor is wrong or was used before.
    WrongSecondFactor,
    /// TOTP codes are locked after too many wrong ones.
    TotpLocked,
    /// All second factors are locked for a while.
    Locked,
    /// There is no such token.
    UnknownToken,
    /// The token is at its end.
    TokenExpired,
    /// The token's secret is wrong.
    WrongSecret,
}

impl Reason {
    /// The reason in words, as the journal has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadName => "bad name",
            Self::UnknownRealm => "unknown realm",
            Self::UnknownUser => "unknown user",
            Self::AmbiguousUser => "ambiguous user",
            Self::Disabled => "account disabled",
            Self::Expired => "account expired",
            Self::NoPassword => "no password given",
            Self::WrongPassword => "wrong password",
            Self::AccountRefused => "account refused",
            Self::RealmFailed => "realm failed",
            Self::BadTicket => "bad ticket",
            Self::NoSecondFactor => "no second factor",
            Self::BadAnswer => "bad answer",
            Self::WrongSecondFactor => "wrong second factor",
            Self::TotpLocked => "TOTP locked",
            Self::Locked => "second factors locked",
            Self::UnknownToken => "unknown token",
            Self::TokenExpired => "token expired",
            Self::WrongSecret => "wrong secret",
        }
    }
}

/// Somebody who was not let in, and why. Shown to the one who tried it says nothing.
#[derive(Debug)]
pub struct Refusal {
    /// The class of the reason.
    pub reason: Reason,
    /// What went wrong in detail, when something did.
    pub detail: Option<Error>,
}

impl Refusal {
    fn because(reason: Reason) -> Self {
        Self { reason, detail: None }
    }

    fn failed(reason: Reason, detail: Error) -> Self {
        Self { reason, detail: Some(detail) }
    }

    /// What the one who tried is told: always the same.
    pub fn told(&self) -> Error {
        Error::Unauthenticated
    }
}

/// Signs somebody in at the moment `now`, in seconds since 1970.
///
/// # Errors
/// [`Error`] when the directory itself cannot be read or written. Everybody who is not let in is an
/// `Ok(Err(_))`: a refusal is an answer.
pub fn sign_in(
    books: &dyn Books,
    rules: &Rules<'_>,
    attempt: Attempt<'_>,
    now: i64,
) -> Result<std::result::Result<Admission, Refusal>> {
    let ending = |admission: &Admission| match admission {
        Admission::Complete(_) => Outcome::Admitted,
        Admission::SecondFactorDue(..) => Outcome::SecondFactorDue,
    };
    recorded(books, Caller::from(&attempt), now, ending, || decide(books, rules, attempt, now))
}

fn decide(
    books: &dyn Books,
    rules: &Rules<'_>,
    attempt: Attempt<'_>,
    now: i64,
) -> Result<std::result::Result<Admission, Refusal>> {
    let state = books.state()?;
    let found = name::find(&state, attempt.user, attempt.realm);
    let realm = found.as_ref().ok().and_then(|id| state.realms.get(id.realm()));
    if let Some(ticket) = attempt.partial_ticket {
        return second_step(books, rules, &state, (found, realm), (ticket, attempt.answer), now);
    }
    let verified = first_factor::verify(&state, rules, (&found, realm), attempt.password);
    let named = found.as_ref().ok().cloned();
    let standing = found.and_then(|id| may_sign_in(&state, &id, now).map(|()| id));
    // Whatever is wrong, everything was looked at before anything is answered.
    let id = match (verified, standing) {
        (Ok(proof), Ok(id)) => {
            if let Some(old) = proof.outdated.filter(|_| rules.rehash) {
                let new = crate::secret::hash(attempt.password, rules.scheme)?;
                // The user is who he claims to be, whether or not the better hash can be stored.
                let _ = books.replace_hash(&id, &old, &new);
            }
            id
        }
        (verified, standing) => {
            first_factor::spend(&state, rules, (named.as_ref(), realm), attempt.password, &verified);
            let refusal = standing.err().or(verified.err());
            return Ok(Err(refusal.unwrap_or_else(|| Refusal::because(Reason::WrongPassword))));
        }
    };
    let Some(realm) = realm else { return Ok(Err(Refusal::because(Reason::UnknownRealm))) };
    second_factor::ask(books, rules, &state, (&id, realm), attempt.answer, now)
}

/// The second step: the ticket of the first one stands for the password.
fn second_step(
    books: &dyn Books,
    rules: &Rules<'_>,
    state: &State,
    (found, realm): (std::result::Result<UserId, Refusal>, Option<&Realm>),
    (ticket, answer): (&str, Option<&str>),
    now: i64,
) -> Result<std::result::Result<Admission, Refusal>> {
    let (id, realm) = match (found, realm) {
        (Ok(id), Some(realm)) => (id, realm),
        (Err(refusal), _) => return Ok(Err(refusal)),
        (Ok(_), None) => return Ok(Err(Refusal::because(Reason::UnknownRealm))),
    };
    let Some(keys) = books.keyring(now)? else { return Ok(Err(Refusal::because(Reason::BadTicket))) };
    match ticket::verify(&keys, ticket, Some(&id), now) {
        Ok((Login::SecondFactorDue(_), _)) => {}
        Ok((Login::Complete(_), _)) => return Ok(Err(Refusal::because(Reason::BadTicket))),
        Err(error) => return Ok(Err(Refusal::failed(Reason::BadTicket, error))),
    }
    if let Err(refusal) = may_sign_in(state, &id, now) {
        return Ok(Err(refusal));
    }
    let Some(answer) = answer else { return Ok(Err(Refusal::because(Reason::BadAnswer))) };
    second_factor::ask(books, rules, state, (&id, realm), Some(answer), now)
}

/// Whether the account is there, enabled and not at its end, at the moment `now` (seconds since 1970).
///
/// # Errors
/// A refusal that says what is wrong.
pub fn may_sign_in(state: &State, id: &UserId, now: i64) -> std::result::Result<(), Refusal> {
    account_is_open(&state.directory, id, now)
}

/// The same, of a directory alone.
///
/// # Errors
/// A refusal that says what is wrong.
pub fn account_is_open(directory: &Directory, id: &UserId, now: i64) -> std::result::Result<(), Refusal> {
    let now = u64::try_from(now).unwrap_or_default();
    match directory.user(id) {
        Err(_) => Err(Refusal::because(Reason::UnknownUser)),
        Ok(user) if !user.enable => Err(Refusal::because(Reason::Disabled)),
        Ok(user) if has_ended(&user, now) => Err(Refusal::because(Reason::Expired)),
        Ok(_) => Ok(()),
    }
}
