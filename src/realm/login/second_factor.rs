//! What comes after the password.

use super::{Admission, Books, Caller, Outcome, Reason, Refusal, Rules, State, Way, recorded};
use crate::error::{Error, Result};
use crate::model::id::UserId;
use crate::model::realm::Realm;
use crate::model::shell::Command;
use crate::model::tfa::{Factor, FactorKind, KeySettings, UserFactors};
use crate::secret::old_keys::{self, CodeForm};
use crate::secret::second_factor::{Challenge, Evidence, Response, Verdict, has_keys, judge};
use crate::secret::yubico::{Otp, Service};

/// Asks a validation server about Yubico one-time passwords.
pub trait YubicoCheck {
    /// Returns when the server confirms the password.
    ///
    /// # Errors
    /// When it does not, or cannot be asked.
    fn confirm(&self, service: &Service, otp: &Otp<'_>) -> Result<()>;
}

/// There is no way to a validation server.
pub struct NoService;

impl YubicoCheck for NoService {
    fn confirm(&self, service: &Service, _: &Otp<'_>) -> Result<()> {
        Err(Error::Unsupported(format!("this version of usher cannot ask '{}'", service.url)))
    }
}

/// Factors that so far stood in a user's line in an old form, and of which kind they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TakenOver {
    /// The factors, none when there is nothing to be taken over.
    pub factors: Vec<(FactorKind, Factor)>,
}

impl TakenOver {
    /// Registers the factors, as if they had always been where factors are kept.
    pub fn add_to(&self, factors: &mut UserFactors) {
        for (kind, factor) in &self.factors {
            factors.take_over(*kind, factor.clone());
        }
    }
}

/// What a realm demands of its users.
struct Demand {
    kind: FactorKind,
    form: CodeForm,
    service: Option<Service>,
}

/// What the realm demands. A demand that cannot be read is an error: it must not turn into none.
fn demand(realm: &Realm) -> Result<Option<Demand>> {
    let unreadable =
        || Error::refused(format!("the property 'tfa' of realm '{}' cannot be read", realm.id()));
    if realm.get("tfa").is_none_or(str::is_empty) {
        let meant = realm.inert.iter().any(|line| line.key.as_deref() == Some("tfa"));
        return if meant { Err(unreadable()) } else { Ok(None) };
    }
    let settings = realm.tfa().ok_or_else(unreadable)?;
    let number = |name: &str, otherwise: u64| match settings.get(name) {
        Some(text) => text.parse().map_err(|_| unreadable()),
        None => Ok(otherwise),
    };
    let usual = CodeForm::default();
    let form = CodeForm { digits: number("digits", usual.digits)?, period: number("step", usual.period)? };
    Ok(Some(match settings.get("type") {
        Some("oath") => Demand { kind: FactorKind::Totp, form, service: None },
        Some("yubico") => {
            let service = match (settings.get("id"), settings.get("key")) {
                (Some(id), Some(key)) => Some(Service::new(settings.get("url"), id, key)?),
                _ => None,
            };
            Demand { kind: FactorKind::Yubico, form, service }
        }
        _ => return Err(unreadable()),
    }))
}

/// The validation server of a realm that demands Yubico one-time passwords.
///
/// # Errors
/// [`Error::Refused`] when the realm demands none, or does not say which server and with which key.
pub fn yubico_service(realm: &Realm) -> Result<Service> {
    match demand(realm)? {
        Some(Demand { kind: FactorKind::Yubico, service: Some(service), .. }) => Ok(service),
        Some(Demand { kind: FactorKind::Yubico, .. }) => {
            Err(Error::refused(format!("no yubico otp configuration available for realm {}", realm.id()))
                .with_hint("'tfa' of the realm needs id and key of the validation server's API"))
        }
        _ => Err(Error::refused("realm is not setup for Yubico OTP").with_hint(format!(
            "'{}'",
            Command::new("realm modify").about(realm.id().as_str()).option("--tfa type=yubico,id=…,key=…")
        ))),
    }
}

/// Judges the answer of a second factor alone, as the second step of a sign-in would, at the moment `now`
/// (seconds since 1970). Whether the account is open is not asked. `from` is where the answer comes from, where
/// that is known, and only noted.
///
/// # Errors
/// [`Error`] when the directory itself cannot be read or written. No such user, a wrong answer, and any answer of
/// a user without second factors are an `Ok(Err(_))`.
pub fn answer(
    books: &dyn Books,
    rules: &Rules<'_>,
    id: &UserId,
    answer: &str,
    from: Option<&str>,
    now: i64,
) -> Result<std::result::Result<UserId, Refusal>> {
    let caller = Caller { user: id.as_str(), realm: None, from, way: Way::SecondFactor };
    recorded(
        books,
        caller,
        now,
        |_| Outcome::Admitted,
        || {
            let state = books.state()?;
            if let Err(error) = state.directory.user(id) {
                return Ok(Err(Refusal::failed(Reason::UnknownUser, error)));
            }
            let Some(realm) = state.realms.get(id.realm()) else {
                return Ok(Err(Refusal::because(Reason::UnknownRealm)));
            };
            let asked = match prepare(&state, id, realm)? {
                Ok(asked) => asked,
                Err(refusal) => return Ok(Err(refusal)),
            };
            if asked.challenge.is_none() {
                return Ok(Err(Refusal::because(Reason::NoSecondFactor)));
            }
            Ok(weigh(books, rules, (id, &asked), answer, now)?.map(|()| id.clone()))
        },
    )
}

/// Asks for the second factor, or judges the answer that came along.
pub(super) fn ask(
    books: &dyn Books,
    rules: &Rules<'_>,
    state: &State,
    (id, realm): (&UserId, &Realm),
    answer: Option<&str>,
    now: i64,
) -> Result<std::result::Result<Admission, Refusal>> {
    let due = match prepare(state, id, realm)? {
        Ok(due) => due,
        Err(refusal) => return Ok(Err(refusal)),
    };
    match (&due.challenge, answer) {
        (None, _) if due.demand.is_some() => Ok(Err(Refusal::because(Reason::NoSecondFactor))),
        (None, _) => Ok(Ok(Admission::Complete(id.clone()))),
        (Some(challenge), None) => {
            let mut challenge = challenge.clone();
            if !challenge_is_of_realm(&due) && has_keys(&due.factors) {
                let asked = challenge.ask_keys(&due.factors, &(rules.keys)()?, now)?;
                if !asked.is_empty() {
                    books.keep_challenges(id, asked, now)?;
                }
            }
            Ok(Ok(Admission::SecondFactorDue(id.clone(), challenge)))
        }
        (Some(_), Some(answer)) => {
            let weighed = weigh(books, rules, (id, &due), answer, now)?;
            Ok(weighed.map(|()| Admission::Complete(id.clone())))
        }
    }
}

/// What is due after the password.
struct Due {
    demand: Option<Demand>,
    factors: UserFactors,
    taken_over: TakenOver,
    challenge: Option<Challenge>,
}

fn prepare(state: &State, id: &UserId, realm: &Realm) -> Result<std::result::Result<Due, Refusal>> {
    let demand = match demand(realm) {
        Ok(demand) => demand,
        Err(error) => return Ok(Err(Refusal::failed(Reason::RealmFailed, error))),
    };
    let mut factors = state.second_factors.factors().get(id).cloned().unwrap_or_default();
    let mut taken_over = TakenOver::default();
    if let Some(Demand { kind, form, .. }) = demand {
        let keys = state.directory.user(id)?.keys;
        let old = old_keys::factors(id, &keys, kind, form)?;
        taken_over.factors = old.into_iter().map(|factor| (kind, factor)).collect();
        taken_over.add_to(&mut factors);
    }
    let challenge = match &demand {
        Some(Demand { kind: FactorKind::Yubico, .. }) => Some(Challenge::of_yubico_realm(Some(&factors))),
        _ => Challenge::of(&factors),
    };
    Ok(Ok(Due { demand, factors, taken_over, challenge }))
}

/// Whether the realm decides what is asked, and what the user has does not matter.
fn challenge_is_of_realm(due: &Due) -> bool {
    matches!(due.demand, Some(Demand { kind: FactorKind::Yubico, .. }))
}

/// Judges an answer.
fn weigh(
    books: &dyn Books,
    rules: &Rules<'_>,
    (id, due): (&UserId, &Due),
    answer: &str,
    now: i64,
) -> Result<std::result::Result<(), Refusal>> {
    let response = match Response::parse(answer) {
        Ok(response) => response,
        Err(error) => return Ok(Err(Refusal::failed(Reason::BadAnswer, error))),
    };
    if let Some(Demand { kind, .. }) = &due.demand
        && response.kind != *kind
        && response.kind != FactorKind::Recovery
    {
        let error = Error::refused(format!("realm requires {kind} authentication"));
        return Ok(Err(Refusal::failed(Reason::BadAnswer, error)));
    }
    let mut detail = None;
    let mut key = None;
    if response.kind == FactorKind::Yubico && due.factors.locked_until.is_none_or(|end| end <= now) {
        // The network comes before the lock.
        match confirmed(rules, due.demand.as_ref(), response.value) {
            Ok(id) => key = Some(id),
            Err(error) => detail = Some(error),
        }
    }
    let keys = match response.kind {
        FactorKind::Webauthn | FactorKind::U2f => (rules.keys)()?,
        _ => KeySettings::default(),
    };
    let evidence = Evidence { yubico: key.as_deref(), keys: &keys };
    let verdict = books.judge(id, &due.taken_over, &mut |factors, failures, open| {
        judge(factors, failures, open, response, evidence, now)
    })?;
    let reason = match verdict {
        Verdict::Accepted => return Ok(Ok(())),
        Verdict::Wrong => Reason::WrongSecondFactor,
        Verdict::TotpLocked => Reason::TotpLocked,
        Verdict::Locked => Reason::Locked,
    };
    Ok(Err(Refusal { reason, detail }))
}

/// The id of the key whose one-time password the realm's server confirms.
fn confirmed(rules: &Rules<'_>, demand: Option<&Demand>, text: &str) -> Result<String> {
    let service = demand.and_then(|demand| demand.service.as_ref());
    let service =
        service.ok_or_else(|| Error::refused("no yubico otp configuration available for the realm"))?;
    let otp = Otp::parse(text)?;
    rules.yubico.confirm(service, &otp)?;
    Ok(otp.key_id())
}
