//! Signing in from the command line: the one place that tries.

use super::context::Context;
use super::face::Face;
use super::moment::now;
use super::parameter::Parameter;
use super::terminal::say_on_stderr;
use crate::error::Result;
use crate::model::id::UserId;
use crate::model::realm::{Realm, RealmKind};
use crate::realm::ldap;
use crate::realm::login::{Admission, Attempt, Nowhere, PasswordCheck, Refusal, Rules, sign_in};
use crate::realm::pam;
use crate::realm::yubico::Network;
use crate::secret::ticket;
use crate::secret::ticket_key::Digest;
use crate::store::sign_in::StoredBooks;
use crate::store::ticket_keys::signing_key;

/// The option of commands that sign somebody in for another program.
pub const FROM: Parameter =
    Parameter::short_text("from", 255, "Where the user comes from, an address usually. It is only noted.");

/// What signing in reads and writes.
pub fn books<'c>(context: &'c Context) -> StoredBooks<'c> {
    StoredBooks { store: &context.store, catalogue: &context.catalogue, would_change: None }
}

/// Asks the servers of realms that have one, and the system about its accounts.
struct Servers<'c, 'd, 't>(&'c Context<'d, 't>);

impl PasswordCheck for Servers<'_, '_, '_> {
    fn is_right(&self, realm: &Realm, user: &UserId, password: &str) -> Result<bool> {
        let settings = match realm.kind() {
            RealmKind::Ldap => ldap::Settings::of(realm, self.0.bind_password(realm.id())?)?,
            RealmKind::Ad => ldap::Settings::without_bind(realm)?,
            RealmKind::Pam => return pam::is_password(&self.0.pam_service(), user.name(), password),
            _ => return Nowhere.is_right(realm, user, password),
        };
        ldap::is_password(realm, &self.0.with_time_outs(settings), user.name(), password)
    }
}

/// Tries to sign somebody in.
///
/// # Errors
/// The one failure everybody is told, or that the directory cannot be read.
pub fn admit(context: &Context, attempt: Attempt<'_>) -> Result<Admission> {
    let admission = with_rules(context, |rules| sign_in(&books(context), rules, attempt, now()))?;
    admission.map_err(|refusal| refuse(&refusal))
}

/// How this directory wants its users to sign in.
pub fn with_rules<T>(context: &Context, act: impl FnOnce(&Rules<'_>) -> T) -> T {
    act(&Rules {
        scheme: context.password_scheme(),
        rehash: context.settings.rehash.unwrap_or(!context.shared && context.face == Face::Own),
        elsewhere: &Servers(context),
        yubico: &Network,
        keys: &|| context.key_settings(),
    })
}

/// What somebody who is not let in is told. That the directory lacks something is said beside it: it is not
/// about the one who tries.
pub fn refuse(refusal: &Refusal) -> crate::error::Error {
    if let Some(detail @ crate::error::Error::Unsupported(_)) = &refusal.detail {
        say_on_stderr(&format!("warning: {detail}"));
    }
    refusal.told()
}

fn digest(context: &Context) -> Digest {
    let original = context.shared || context.face == Face::Original;
    let usual = if original { Digest::Sha1 } else { Digest::Sha256 };
    context.settings.ticket_digest.unwrap_or(usual)
}

/// Issues the ticket of somebody who was let in.
///
/// # Errors
/// When there is no key and none can be made.
pub fn issue(context: &Context, admission: &Admission) -> Result<String> {
    let now = now();
    let key = signing_key(&context.store, &context.catalogue, context.shared, now)?;
    match admission {
        Admission::Complete(user) => ticket::issue(&key, digest(context), user, now),
        Admission::SecondFactorDue(user, challenge) => {
            ticket::issue_partial(&key, digest(context), user, &challenge.to_json(), now)
        }
    }
}

/// Who holds this ticket: the user of a complete one, who may still sign in.
///
/// # Errors
/// The one failure everybody is told, or that the directory cannot be read.
pub fn holder(context: &Context, text: &str) -> Result<(UserId, i64)> {
    use crate::error::Error;
    use crate::realm::login::{Books as _, may_sign_in};
    let books = books(context);
    let keys = books.keyring(now())?.ok_or(Error::Unauthenticated)?;
    match ticket::verify(&keys, text, None, now()) {
        Ok((ticket::Login::Complete(name), age)) => {
            let id = UserId::parse(&name).map_err(|_| Error::Unauthenticated)?;
            may_sign_in(&books.state()?, &id, now()).map_err(|refusal| refusal.told())?;
            Ok((id, age))
        }
        _ => Err(Error::Unauthenticated),
    }
}
