//! A ticket in the place of the password.

use super::{Books, Caller, Outcome, Reason, Refusal, Way, may_sign_in, recorded};
use crate::error::Result;
use crate::model::id::UserId;
use crate::secret::ticket::{self, Login};

/// Whether `text` is a whole ticket that gets `wanted` a new one, at the moment `now` (seconds since 1970): one's
/// own does, and that of the `superuser` does for everybody. `None` when it is no such ticket: then it may still be
/// a password.
///
/// # Errors
/// When the directory itself cannot be read.
pub fn renew(
    books: &dyn Books,
    superuser: &str,
    wanted: &UserId,
    text: &str,
    now: i64,
) -> Result<Option<std::result::Result<UserId, Refusal>>> {
    let Some(keys) = books.keyring(now)? else { return Ok(None) };
    let Ok((Login::Complete(holder), _)) = ticket::verify(&keys, text, None, now) else { return Ok(None) };
    if holder != wanted.as_str() && holder != superuser {
        return Ok(None);
    }
    let caller = Caller { user: wanted.as_str(), realm: None, from: None, way: Way::Ticket };
    let renewed = recorded(
        books,
        caller,
        now,
        |_| Outcome::Admitted,
        || {
            let state = books.state()?;
            let holder = UserId::parse(&holder).map_err(|error| Refusal::failed(Reason::BadTicket, error));
            let both = holder.and_then(|holder| may_sign_in(&state, &holder, now));
            Ok(both.and_then(|()| may_sign_in(&state, wanted, now)).map(|()| wanted.clone()))
        },
    );
    renewed.map(Some)
}
