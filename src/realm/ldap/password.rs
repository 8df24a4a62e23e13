//! Passwords that a directory server knows.

use super::query::Query;
use super::session::{Session, Verdict};
use super::settings::Settings;
use crate::error::Result;
use crate::model::realm::{Realm, RealmKind};

/// Whether this is the password of the user the realm's server knows as `name` (`joe`, without the realm).
///
/// In a realm of type `ldap` the session binds as the settings say, looks for the user by the realm's
/// `user_attr`, and binds again as the first that is found. In one of type `ad` it binds as
/// `NAME@DOMAIN` at once, or as the name itself when that holds an `@`; filters of the realm do not count there.
/// `docs/realms.md` is the reference.
///
/// # Errors
/// [`crate::error::Error::Server`] when the server cannot be asked or does not decide;
/// [`crate::error::Error::Refused`] for an empty password, which is never sent.
pub fn is_password(realm: &Realm, settings: &Settings, name: &str, password: &str) -> Result<bool> {
    if realm.kind() == RealmKind::Ad {
        let domain = realm.get("domain").unwrap_or_default();
        let who = if name.contains('@') { name.to_owned() } else { format!("{name}@{domain}") };
        return Ok(Session::open_unbound(settings)?.bind_as(&who, password)? == Verdict::Accepted);
    }
    let mut session = Session::open(settings)?;
    let base = session.base_dn()?;
    let mut dn = None;
    session.search(&Query::user(realm, &base, name), &mut |entry| {
        dn.get_or_insert(entry.dn);
        Ok(())
    })?;
    match dn {
        Some(dn) => Ok(session.bind_as(&dn, password)? == Verdict::Accepted),
        None => Ok(false),
    }
}
