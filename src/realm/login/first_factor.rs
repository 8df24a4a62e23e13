//! The password.

use super::{Reason, Refusal, Rules, State};
use crate::error::{Error, Result};
use crate::model::id::UserId;
use crate::model::realm::{Realm, RealmKind};
use crate::secret::{PasswordHash, Workload};

/// Verifies passwords of realms that keep them elsewhere: on a directory server, in the system.
pub trait PasswordCheck {
    /// Whether this is the password of a user of this realm. It is never empty.
    ///
    /// # Errors
    /// When whoever knows it could not be asked, or the realm cannot verify passwords at all;
    /// [`Error::AccountRefused`] when it is the password, and the account may not be used.
    fn is_right(&self, realm: &Realm, user: &UserId, password: &str) -> Result<bool>;
}

/// Nobody verifies passwords that are kept elsewhere.
pub struct Nowhere;

impl PasswordCheck for Nowhere {
    fn is_right(&self, realm: &Realm, _: &UserId, _: &str) -> Result<bool> {
        Err(Error::Unsupported(format!(
            "this version of usher cannot verify passwords of realm '{}' ({})",
            realm.id(),
            realm.kind()
        )))
    }
}

/// A password that was right.
pub(super) struct Proof {
    /// The stored hash, when it is not as new ones are made.
    pub outdated: Option<PasswordHash>,
    hash: Option<PasswordHash>,
}

/// Verifies a password. For somebody who does not exist the realm is asked all the same: the time it takes
/// is part of the answer.
pub(super) fn verify(
    state: &State,
    rules: &Rules<'_>,
    (found, realm): (&std::result::Result<UserId, Refusal>, Option<&Realm>),
    password: &str,
) -> std::result::Result<Proof, Refusal> {
    let wrong = || Refusal::because(Reason::WrongPassword);
    if password.is_empty() {
        return Err(Refusal::because(Reason::NoPassword));
    }
    let (Ok(id), Some(realm)) = (found, realm) else { return Err(wrong()) };
    match realm.kind() {
        RealmKind::Pve => {
            let hash = PasswordHash::from_stored(state.passwords.get(id.name()).ok_or_else(wrong)?);
            match hash.is_of(password) {
                true => Ok(Proof {
                    outdated: hash.is_outdated(rules.scheme).then(|| hash.clone()),
                    hash: Some(hash),
                }),
                false => Err(wrong()),
            }
        }
        RealmKind::OpenId => Err(Refusal::failed(
            Reason::RealmFailed,
            Error::refused("OpenID realm does not allow password verification."),
        )),
        RealmKind::Pam | RealmKind::Ldap | RealmKind::Ad => {
            match rules.elsewhere.is_right(realm, id, password) {
                Ok(true) => Ok(Proof { outdated: None, hash: None }),
                Ok(false) => Err(wrong()),
                Err(error @ Error::AccountRefused(_)) => Err(Refusal::failed(Reason::AccountRefused, error)),
                Err(error) => Err(Refusal::failed(Reason::RealmFailed, error)),
            }
        }
    }
}

/// Does what is missing to the work of a refusal in this realm.
pub(super) fn spend(
    state: &State,
    rules: &Rules<'_>,
    (found, realm): (Option<&UserId>, Option<&Realm>),
    password: &str,
    verified: &std::result::Result<Proof, Refusal>,
) {
    // Where passwords are kept elsewhere the time is that of whoever was asked; nobody guesses with nothing.
    let local = realm.is_none_or(|realm| realm.kind() == RealmKind::Pve);
    if !local || password.is_empty() {
        return;
    }
    let stored = state.passwords.names().filter_map(|name| state.passwords.get(name));
    let workload = Workload::of(stored, rules.scheme);
    let done = match verified {
        Ok(proof) => proof.hash.clone(),
        Err(_) => found.and_then(|id| state.passwords.get(id.name())).map(PasswordHash::from_stored),
    };
    workload.spend(password, done.as_ref());
}
