//! Passwords that a directory server knows.

use super::filter::all_of;
use super::query::Query;
use super::session::{Session, Verdict};
use super::settings::Settings;
use crate::error::{Error, Result};
use crate::model::realm::{Realm, RealmKind};

/// Whether this is the password of the user the realm's server knows as `name` (`joe`, without the realm).
///
/// In a realm of type `ldap` the session binds as the settings say, looks for the user by the realm's
/// `user_attr`, and binds again as the one that is found. Of several, the one counts that a
/// synchronisation would find, by the realm's classes and filter; if there is no such one, nobody is meant:
/// whoever may write some entry below the base could give it anybody's name. In one of type `ad` it binds as
/// `NAME@DOMAIN` at once, or as the name itself when that holds an `@`; filters of the realm do not count there.
/// `docs/realms.md` is the reference.
///
/// # Errors
/// [`Error::Server`] when the server cannot be asked or does not decide, or knows several of the name;
/// [`Error::Refused`] for an empty password, which is never sent.
pub fn is_password(realm: &Realm, settings: &Settings, name: &str, password: &str) -> Result<bool> {
    if realm.kind() == RealmKind::Ad {
        let domain = realm.get("domain").unwrap_or_default();
        let who = if name.contains('@') { name.to_owned() } else { format!("{name}@{domain}") };
        return Ok(Session::open_unbound(settings)?.bind_as(&who, password)? == Verdict::Accepted);
    }
    let mut session = Session::open(settings)?;
    let base = session.base_dn()?;
    let query = Query::user(realm, &base, name);
    let mut found = search(&mut session, &query)?;
    if found.len() > 1 {
        let filter = all_of([Query::users(realm, &base).filter, query.filter.clone()]);
        let narrow = search(&mut session, &Query { filter, ..query })?;
        if narrow.len() != 1 {
            let message = format!("'{name}' is not one but {}", found.join(" and "));
            return Err(Error::server(message).with_hint("narrow base_dn or filter"));
        }
        found = narrow;
    }
    match found.pop() {
        Some(dn) => Ok(session.bind_as(&dn, password)? == Verdict::Accepted),
        None => Ok(false),
    }
}

fn search(session: &mut Session, query: &Query) -> Result<Vec<String>> {
    let mut found = Vec::new();
    session.search(query, &mut |entry| {
        found.push(entry.dn);
        Ok(())
    })?;
    Ok(found)
}
