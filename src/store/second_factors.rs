//! Edits of second factors: the file they are in, the mark in the user's line and the count of failures
//! belong together.

use super::change::Draft;
use crate::error::{Error, Result};
use crate::format::tfa_challenges;
use crate::model::directory::UserChange;
use crate::model::id::UserId;
use crate::model::tfa::{
    ChallengesByUser, Failures, OpenChallenges, RecoveryKeys, UserFactors, no_such_entry,
};
use crate::model::user::User;

/// What stands in the field `keys` of a user whose second factors are kept elsewhere.
pub const MARK: &str = "x";

impl Draft<'_> {
    /// Lets `edit` register something for a user, who has to exist, and marks the user as having second
    /// factors.
    ///
    /// # Errors
    /// Those of `edit`, [`Error::Unknown`] for the user, and those of reading the files.
    pub fn register_factor<T>(
        &mut self,
        id: &UserId,
        edit: impl FnOnce(&mut UserFactors) -> Result<T>,
    ) -> Result<T> {
        let user = self.look_at_directory()?.user(id)?;
        let value = self.second_factors()?.factors_mut().register(id, edit)?;
        self.set_keys(&user, MARK)?;
        Ok(value)
    }

    /// Has a user have second factors, or a mark of some.
    ///
    /// # Errors
    /// [`Error::Unknown`] when nothing at all is known of the user, [`Error::Refused`] when there are no second factors.
    pub fn require_factors(&mut self, id: &UserId) -> Result<()> {
        if self.second_factors()?.factors().get(id).is_some_and(|factors| !factors.is_empty()) {
            return Ok(());
        }
        match self.look_at_directory()?.user(id)?.keys.is_empty() {
            true => Err(Error::refused(format!("user '{id}' has no second factors"))),
            false => Ok(()),
        }
    }

    /// Removes one factor of a user, or all of them, and the mark with the last one. The user need not
    /// exist.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is no factor of that id.
    pub fn remove_factors(&mut self, id: &UserId, factor: Option<&str>) -> Result<()> {
        let file = self.second_factors()?;
        match factor {
            None => {
                file.remove_user(id);
            }
            Some(factor) if !file.factors_mut().remove_factor(id, factor) => return Err(no_such_entry()),
            Some(_) => {}
        }
        if self.second_factors()?.factors().get(id).is_some() {
            return Ok(());
        }
        self.failures()?.set(id, Failures::default());
        match self.look_at_directory()?.user(id) {
            Ok(user) if !user.keys.is_empty() => self.set_keys(&user, ""),
            Ok(_) | Err(Error::Unknown { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Changes what a user calls a factor and whether it may be used; `None` leaves it as it is.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is no such factor; recovery keys are none.
    pub fn change_factor(
        &mut self,
        id: &UserId,
        factor: &str,
        enable: Option<bool>,
        description: Option<String>,
    ) -> Result<()> {
        let factors = self.second_factors()?.factors_mut().get_mut(id).ok_or_else(no_such_entry)?;
        let factor = factors.find_mut(factor)?;
        factor.enable = enable.unwrap_or(factor.enable);
        factor.description = description.unwrap_or_else(|| factor.description.clone());
        Ok(())
    }

    /// Lifts the locks of a user and forgets the failures; tells whether there was a lock, `None` when nothing is
    /// registered for the user.
    ///
    /// # Errors
    /// Those of reading the files.
    pub fn unlock_factors(&mut self, id: &UserId) -> Result<Option<bool>> {
        let locked = self.second_factors()?.factors_mut().unlock(id);
        if locked.is_some() {
            self.failures()?.set(id, Failures::default());
        }
        Ok(locked)
    }

    /// The factors, failures and open questions of a user, to be judged; what `judge` leaves is stored.
    ///
    /// # Errors
    /// Those of `judge` and of reading the files.
    pub fn judge_factors<T>(
        &mut self,
        id: &UserId,
        judge: impl FnOnce(&mut UserFactors, &mut Failures, &mut OpenChallenges) -> Result<T>,
    ) -> Result<T> {
        let mut challenges = self.open_challenges()?;
        let mut open = challenges.get(id);
        let mut failures = self.failures()?.get(id);
        let mut nothing = UserFactors::default();
        let factors = self.second_factors()?.factors_mut();
        let value = judge(factors.get_mut(id).unwrap_or(&mut nothing), &mut failures, &mut open)?;
        self.failures()?.set(id, failures);
        challenges.set(id, open);
        self.set_open_challenges(&challenges)?;
        Ok(value)
    }

    /// Keeps questions that were put to a user's security keys at the moment `now` (seconds since 1970), and forgets
    /// everybody's that are too old.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn keep_challenges(&mut self, id: &UserId, asked: OpenChallenges, now: i64) -> Result<()> {
        let mut challenges = self.open_challenges()?;
        challenges.forget_ended(now);
        let mut open = challenges.get(id);
        open.extend(asked);
        challenges.set(id, open);
        self.set_open_challenges(&challenges)
    }

    fn open_challenges(&self) -> Result<ChallengesByUser> {
        Ok(self
            .whole_file(tfa_challenges::FILE)?
            .map(|text| tfa_challenges::parse(&text))
            .unwrap_or_default())
    }

    fn set_open_challenges(&mut self, challenges: &ChallengesByUser) -> Result<()> {
        self.replace_file(tfa_challenges::FILE.to_owned(), tfa_challenges::render(challenges)?);
        Ok(())
    }

    /// Stores a fresh set of recovery keys.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is one already, [`Error::Unknown`] for the user.
    pub fn add_recovery_keys(&mut self, id: &UserId, keys: RecoveryKeys) -> Result<()> {
        self.register_factor(id, |factors| factors.add_recovery(keys))
    }

    fn set_keys(&mut self, user: &User, keys: &str) -> Result<()> {
        if user.keys == keys {
            return Ok(());
        }
        let change = UserChange { keys: Some(keys.to_owned()), ..UserChange::default() };
        self.directory()?.modify_user(&user.id, change)
    }
}
