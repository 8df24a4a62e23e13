//! Signing in with the word of a provider.

use super::{Books, Caller, Outcome, Reason, Record, Refusal, Way, recorded};
use crate::error::Result;
use crate::model::id::RealmId;
use crate::realm::openid::Person;

/// Lets in whom a provider of `realm` vouches for, at the moment `now` (seconds since 1970): `person` asks the
/// provider who it is, `admit` sees to the account.
///
/// # Errors
/// Those of `person` and `admit`. Somebody who is not let in is an `Ok(Err(_))`.
pub fn sign_in_through_provider<T>(
    books: &dyn Books,
    realm: &RealmId,
    now: i64,
    person: impl FnOnce() -> Result<Person>,
    admit: impl FnOnce(&Person) -> Result<std::result::Result<T, Refusal>>,
) -> Result<std::result::Result<(Person, T), Refusal>> {
    let caller = Caller { user: "", realm: Some(realm.as_str()), from: None, way: Way::Provider };
    let person = match person() {
        Ok(person) => person,
        Err(error) => {
            books.note(&Record::of(caller, Outcome::Refused(Reason::RealmFailed), now))?;
            return Err(error);
        }
    };
    let caller = Caller { user: person.id.as_str(), ..caller };
    let admitted = recorded(books, caller, now, |_| Outcome::Admitted, || admit(&person))?;
    Ok(admitted.map(|admitted| (person, admitted)))
}
