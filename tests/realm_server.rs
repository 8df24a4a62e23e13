//! Sessions with a real directory server: what it says is handed over whole, or not at all.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use support::slapd::{BASE, SYNC, SYNC_PASSWORD, Setup, Slapd, users};
use usher::error::{Error, Result};
use usher::model::id::RealmId;
use usher::model::realm::{Realm, RealmKind, Realms};
use usher::realm::ldap::{Entry, Query, Session, Settings};
use zeroize::Zeroizing;

/// A realm of a server on `port`, bound as the service user.
fn realm(port: u16, values: &[(&str, &str)]) -> Realm {
    let port = port.to_string();
    let mut all = vec![("base_dn", BASE), ("server1", "127.0.0.1"), ("user_attr", "uid"), ("port", &port)];
    all.push(("bind_dn", SYNC));
    all.retain(|(name, _)| !values.iter().any(|(other, _)| other == name));
    all.extend(values.iter().filter(|(_, value)| !value.is_empty()));
    let all = all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut realms = Realms::default();
    realms.add(RealmKind::Ldap, RealmId::parse("ex").unwrap(), all).unwrap();
    realms.get("ex").unwrap().clone()
}

fn settings(port: u16, values: &[(&str, &str)]) -> Settings {
    Settings::of(&realm(port, values), Some(Zeroizing::new(SYNC_PASSWORD.to_owned()))).unwrap()
}

fn open(port: u16, values: &[(&str, &str)]) -> Result<Session> {
    Session::open(&settings(port, values))
}

fn people(page: u32) -> Query {
    let filter = "(objectClass=inetOrgPerson)".to_owned();
    Query { base: BASE.into(), filter, attributes: vec!["uid".into()], page }
}

fn all(session: &mut Session, query: &Query) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let warnings = session.search(query, &mut |entry| {
        entries.push(entry);
        Ok(())
    })?;
    assert_eq!(warnings, [""; 0]);
    Ok(entries)
}

#[track_caller]
fn refused<T>(result: Result<T>, words: &str) -> Error {
    let error = result.err().unwrap();
    assert!(error.to_string().contains(words), "{error}");
    error
}

#[test]
fn everything_comes_page_by_page() {
    let server = Slapd::with(&users("u", 1201));
    let mut session = open(server.port, &[]).unwrap();
    for page in [200, 900, 1000] {
        let entries = all(&mut session, &people(page)).unwrap();
        assert_eq!(entries.len(), 1201);
        assert!(entries.iter().any(|entry| entry.values("UID") == [b"u1200"]));
    }
    let first = &all(&mut session, &people(900)).unwrap()[0];
    assert_eq!(first.dn, "uid=u0,ou=people,dc=test");
    assert!(session.notes().is_empty() && session.certificate().is_none());
}

#[test]
fn an_answer_cut_short_by_a_limit_is_none() {
    let server = Slapd::with(&users("u", 1201));
    let mut session = open(server.port, &[]).unwrap();
    let error = refused(all(&mut session, &people(0)), "Size limit exceeded after 500 entries");
    assert!(error.hint().unwrap().contains("prtotal=unlimited"));
    let error = refused(all(&mut session, &people(1001)), "pages of 1001 entries");
    assert!(error.hint().is_some());
    let database = "access to * by * read by anonymous auth\n".to_owned();
    let server = Slapd::set_up(&Setup { ldif: users("u", 701), database, ..Setup::default() });
    let mut session = open(server.port, &[]).unwrap();
    refused(all(&mut session, &people(200)), "Size limit exceeded after 500 entries");
}
