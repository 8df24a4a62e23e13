//! What signing in through a provider changes, in one commit.

use super::change::Draft;
use crate::error::Result;
use crate::model::realm::Realm;
use crate::realm::login::Refusal;
use crate::realm::openid::{Admitted, Person, admit};

impl Draft<'_> {
    /// Lets somebody in a provider vouches for, at the moment `now` in seconds since 1970; see [`admit`]. For
    /// a new user the secrets somebody of that name left behind go; what there was is told. Realm and person
    /// have to belong together: a realm that was changed since `asked`, when the provider was, is refused.
    ///
    /// # Errors
    /// Those of [`admit`] and of reading the files; [`crate::error::Error::Refused`] for a realm that changed.
    pub fn admit_person(
        &mut self,
        asked: &Realm,
        person: &Person,
        now: i64,
    ) -> Result<std::result::Result<(Admitted, Vec<&'static str>), Refusal>> {
        self.refuse_changed_realm(asked, "provider")?;
        let admitted = match admit(self.directory()?, asked, person, now)? {
            Ok(admitted) => admitted,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let secrets = match admitted.created {
            true => self.remove_left_over_secrets(&person.id)?,
            false => Vec::new(),
        };
        Ok(Ok((admitted, secrets)))
    }
}
