//! Tries a realm out, step by step, as far as it goes.

use super::connect::{dial, look_up, speak};
use super::entry::Entry;
use super::query::{Query, user_attribute};
use super::session::Session;
use super::settings::{Bind, Mode, Settings};
use super::tls::ServerCertificate;
use crate::error::{Error, Result};
use crate::model::realm::Realm;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// One step of a trial.
#[derive(Debug)]
pub struct Step {
    /// What was tried: `resolve`, `connect`, `tls`, `bind`, `base`, `users`, `groups` or `user`.
    pub name: &'static str,
    /// The server it was tried on, as the realm names it.
    pub server: String,
    /// How long it took.
    pub took: Duration,
    /// What came of it.
    pub outcome: Result<Finding>,
}

/// What a step that succeeded found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The addresses of the server.
    Addresses(Vec<IpAddr>),
    /// The server takes connections at this address.
    Reached(String),
    /// The connection is encrypted; the certificate, if it can be read, and whether it was verified.
    Encrypted(Option<ServerCertificate>, bool),
    /// The server takes the bind; whose, `None` for nobody's.
    Bound(Option<String>),
    /// The DN users are searched below.
    Base(String),
    /// A search came to its end.
    Entries {
        /// How many entries it found.
        count: u64,
        /// The DN it searched below.
        base: String,
        /// What else is to be told, in sentences.
        remarks: Vec<String>,
    },
    /// The user is there; its DN.
    User(String),
}

/// Tries every server of a realm, and the realm's searches on the first that takes the bind. Nothing is
/// changed anywhere. The steps are in the order they were made; what a failed step stands before is
/// left out.
pub fn trial(realm: &Realm, settings: &Settings, user: Option<&str>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut first = None;
    for server in &settings.servers {
        let session = sign_on(settings, server, &mut steps);
        first = first.or(session);
    }
    if let Some(mut session) = first {
        search(realm, &mut session, user, &mut steps);
    }
    steps
}

/// Makes a step and notes it down; what it made is `None` when it failed.
fn step<T>(
    steps: &mut Vec<Step>,
    name: &'static str,
    server: &str,
    attempt: impl FnOnce() -> Result<(T, Finding)>,
) -> Option<T> {
    let start = Instant::now();
    let (made, outcome) = match attempt() {
        Ok((made, finding)) => (Some(made), Ok(finding)),
        Err(error) => (None, Err(error)),
    };
    steps.push(Step { name, server: server.to_owned(), took: start.elapsed(), outcome });
    made
}

fn sign_on(settings: &Settings, server: &str, steps: &mut Vec<Step>) -> Option<Session> {
    let addresses = step(steps, "resolve", server, || {
        let found = look_up(settings, server)?;
        let list = found.iter().map(std::net::SocketAddr::ip).collect();
        Ok((found, Finding::Addresses(list)))
    })?;
    let speak = |stream| speak(settings, server, stream).map_err(|failure| failure.error);
    let reached = || Finding::Reached(settings.address(server));
    let mut session = if settings.mode == Mode::Plain {
        step(steps, "connect", server, || {
            let stream = dial(settings, server, &addresses)?;
            Ok((Session::on(speak(stream)?, settings), reached()))
        })?
    } else {
        let stream = step(steps, "connect", server, || Ok((dial(settings, server, &addresses)?, reached())))?;
        step(steps, "tls", server, || {
            let mut session = Session::on(speak(stream)?, settings);
            let certificate = session.certificate();
            Ok((session, Finding::Encrypted(certificate, settings.verify)))
        })?
    };
    step(steps, "bind", server, || {
        session.bind()?;
        let who = match &settings.bind {
            Bind::Simple { dn, .. } => Some(dn.clone()),
            Bind::ClientCertificate => Some("the owner of the client certificate".to_owned()),
            Bind::Anonymous => None,
        };
        Ok((session, Finding::Bound(who)))
    })
}

fn search(realm: &Realm, session: &mut Session, user: Option<&str>, steps: &mut Vec<Step>) {
    let server = session.server().to_owned();
    let base = step(steps, "base", &server, || {
        let base = session.base_dn()?;
        Ok((base.clone(), Finding::Base(base)))
    });
    let Some(base) = base else { return };
    step(steps, "users", &server, || {
        let attribute = user_attribute(realm);
        let mut nameless = 0_u64;
        let query = Query::users(realm, &base);
        let (count, mut remarks) = count(session, &query, "ldap user search error", &mut |entry| {
            nameless += u64::from(entry.values(attribute).is_empty());
        })?;
        if count == nameless {
            return Err(Error::server(format!("no user is found below '{base}'")).with_hint(format!(
                "check base_dn, user_classes and filter, and that the bind DN may read '{attribute}'"
            )));
        }
        if nameless > 0 {
            remarks.push(format!("{nameless} of them have no '{attribute}' and are no users"));
        }
        Ok(((), Finding::Entries { count: count - nameless, base: query.base, remarks }))
    });
    step(steps, "groups", &server, || {
        let query = Query::groups(realm, &base);
        let (count, remarks) = count(session, &query, "ldap group search error", &mut |_| {})?;
        Ok(((), Finding::Entries { count, base: query.base, remarks }))
    });
    let Some(name) = user else { return };
    step(steps, "user", &server, || {
        let mut found = Vec::new();
        let query = Query::user(realm, &base, name);
        count(session, &query, "ldap user search error", &mut |entry| found.push(entry.dn.clone()))?;
        match found.as_slice() {
            [dn] => Ok(((), Finding::User(dn.clone()))),
            [] => Err(Error::server(format!("'{name}' is not found below '{base}'"))
                .with_hint(format!("the name is looked for in the attribute '{}'", user_attribute(realm)))),
            several => Err(Error::server(format!("'{name}' is not one but {}", several.join(" and ")))
                .with_hint("narrow base_dn")),
        }
    });
}

fn count(
    session: &mut Session,
    query: &Query,
    words: &str,
    look: &mut dyn FnMut(&Entry),
) -> Result<(u64, Vec<String>)> {
    let mut count = 0;
    let remarks = session.search(query, &mut |entry| {
        count += 1;
        look(&entry);
        Ok(())
    });
    Ok((count, remarks.map_err(|error| error.preceded_by(words))?))
}
