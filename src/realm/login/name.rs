//! Which user a typed name means.

use super::{Reason, Refusal, State};
use crate::model::id::UserId;

/// The user somebody names. That such a user exists is not told yet, but for realms without letter case,
/// where the stored name is found by it.
///
/// # Errors
/// A refusal: no name, no such realm, or one that fits several users.
pub(super) fn find(state: &State, user: &str, realm: Option<&str>) -> Result<UserId, Refusal> {
    let typed = match realm {
        Some(realm) if !user.ends_with(&format!("@{realm}")) => format!("{user}@{realm}"),
        _ => user.to_owned(),
    };
    let id = UserId::parse(&typed).map_err(|error| Refusal::failed(Reason::BadName, error))?;
    let Some(realm) = state.realms.get(id.realm()) else {
        return Err(Refusal::because(Reason::UnknownRealm));
    };
    if realm.is_case_sensitive() {
        return Ok(id);
    }
    let wanted = id.as_str().to_lowercase();
    let mut same = state.directory.users.ids().filter(|one| one.to_lowercase() == wanted);
    match (same.next(), same.next()) {
        (Some(one), None) => UserId::parse(one).map_err(|error| Refusal::failed(Reason::BadName, error)),
        (Some(_), Some(_)) => Err(Refusal::because(Reason::AmbiguousUser)),
        (None, _) => Ok(id),
    }
}
