//! `ticket --path --privs`: may somebody who proves who they are do this.

use crate::access::Policy;
use crate::cli::context::Context;
use crate::cli::moment::now;
use crate::cli::sign_in::{admit, books, holder};
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::id::UserId;
use crate::realm::login::{Admission, Attempt, Books as _};
use crate::secret::ticket::{Kind, verify_for};

/// Checks a password, a ticket, or a ticket for the path itself, and then the privileges.
///
/// # Errors
/// The one failure everybody is told.
pub(super) fn check(
    context: &Context,
    values: &Values,
    (user, proof): (&str, &str),
    path: &str,
) -> Result<()> {
    let id = proven(context, values, (user, proof), path)?;
    let directory = context.directory()?;
    let policy = Policy::compile(&directory, &context.catalogue);
    for word in values.words("privs") {
        for name in crate::format::line::items(word) {
            let privilege = context.catalogue.privilege(name).ok_or(Error::Unauthenticated)?;
            if !policy.check(id.as_str(), privilege, path) {
                return Err(Error::Unauthenticated);
            }
        }
    }
    Ok(())
}

fn proven(context: &Context, values: &Values, (user, proof): (&str, &str), path: &str) -> Result<UserId> {
    if let Ok((id, _)) = holder(context, proof)
        && id.as_str() == user
    {
        return Ok(id);
    }
    if let Ok(id) = UserId::parse(user)
        && let Some(keys) = books(context).keyring(now())?
        && verify_for(&keys, Kind::Screen, proof, &id, path, now()).is_ok()
    {
        super::may(context, &id)?;
        return Ok(id);
    }
    let attempt = Attempt {
        user,
        realm: values.text("realm"),
        password: proof,
        answer: values.text("otp"),
        partial_ticket: None,
        from: None,
    };
    match admit(context, attempt)? {
        Admission::Complete(id) => Ok(id),
        Admission::SecondFactorDue(..) => Err(Error::Unauthenticated),
    }
}
