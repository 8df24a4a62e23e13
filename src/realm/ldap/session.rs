//! A connection that was bound and can be asked.

use super::connect::Line;
use super::entry::Entry;
use super::paging::{Asked, Search};
use super::query::Query;
use super::settings::{Bind, Mode, Settings};
use super::tls::ServerCertificate;
use super::words;
use crate::error::{Error, Result};
use ldap3::{LdapError, LdapResult, Scope};
use std::future::Future;
use std::time::{Duration, Instant};

/// What a server says to a name and a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They belong together.
    Accepted,
    /// They do not, or the account may not be used; the server's reason in words, which is for the log
    /// and not for the person who tries.
    Refused(String),
}

/// A bound connection to a directory server.
pub struct Session {
    line: Line,
    settings: Settings,
    notes: Vec<String>,
    end: Instant,
}

impl Session {
    /// Connects to the first of the realm's servers that can be reached, and binds. A server that refuses
    /// the bind is an answer: the next one is not tried.
    ///
    /// # Errors
    /// [`Error::Server`] when no server can be reached, TLS fails, or the bind is refused (`ldap bind
    /// failed: …`); [`Error::Refused`] when certificates of the realm cannot be read.
    pub fn open(settings: &Settings) -> Result<Self> {
        let mut session = Self::on(Line::open(settings)?, settings);
        session.bind()?;
        Ok(session)
    }

    /// Connects and does not bind: for a sign-in that binds as its user.
    ///
    /// # Errors
    /// As [`Session::open`], but for the bind.
    pub fn open_unbound(settings: &Settings) -> Result<Self> {
        Ok(Self::on(Line::open(settings)?, settings))
    }

    pub(super) fn on(line: Line, settings: &Settings) -> Self {
        let mut notes = Vec::new();
        let unused =
            settings.client_certificate.is_some() && (settings.mode == Mode::Plain || !settings.verify);
        if unused {
            notes.push("the client certificate is not sent: that needs TLS and verify".to_owned());
        }
        let end = Instant::now() + settings.time_outs.total;
        Self { line, settings: settings.clone(), notes, end }
    }

    /// Binds as the settings say.
    pub(super) fn bind(&mut self) -> Result<()> {
        let (dn, password) = match self.settings.bind.clone() {
            Bind::ClientCertificate => {
                self.notes.push("skipping anonymous bind with clientcert".to_owned());
                return Ok(());
            }
            Bind::Anonymous => (String::new(), None),
            Bind::Simple { dn, password } => (dn, Some(password)),
        };
        let secret = password.as_ref().map_or("", |password| password.expose());
        let result = self.simple_bind(&dn, secret).map_err(|error| error.preceded_by("ldap bind failed"))?;
        if result.rc != 0 {
            return Err(words::bind_refused(&result, &self.settings).preceded_by("ldap bind failed"));
        }
        Ok(())
    }

    /// What the caller should be told about how the session came to be, in sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The server that answered, as the realm names it.
    pub fn server(&self) -> &str {
        &self.line.server
    }

    /// The certificate the server showed; `None` without TLS.
    pub fn certificate(&mut self) -> Option<ServerCertificate> {
        let Line { runtime, ldap, .. } = &mut self.line;
        let asked = runtime.block_on(ldap.get_peer_certificate()).ok()??;
        ServerCertificate::read(&asked)
    }

    /// The DN to search below: the realm's, or the one the server calls its own
    /// (`defaultNamingContext` of the root DSE, which Active Directory has).
    ///
    /// # Errors
    /// [`Error::Server`] when the server does not tell.
    pub fn base_dn(&mut self) -> Result<String> {
        if let Some(base) = &self.settings.base {
            return Ok(base.clone());
        }
        let query = Query {
            base: String::new(),
            filter: "(objectClass=*)".to_owned(),
            attributes: vec!["defaultNamingContext".to_owned()],
            page: 0,
        };
        let mut base = None;
        self.ask(&query, Scope::Base, &mut |entry| {
            base = entry.values("defaultNamingContext").first().cloned();
            Ok(())
        })?;
        base.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|base| !base.is_empty()).ok_or_else(
            || {
                Error::server(format!(
                    "the server '{}' does not tell its base DN (defaultNamingContext)",
                    self.line.server
                ))
                .with_hint("set --base_dn")
            },
        )
    }

    /// Searches below a base and hands over each entry as it comes. Returns what the caller should be
    /// told, in sentences: parts of the directory that other servers hold are left out.
    ///
    /// When this succeeds, every entry was handed over. An answer that ends early, for whatever reason,
    /// is an error, even after many entries: those must not be taken for all there are.
    ///
    /// # Errors
    /// [`Error::Server`] for everything the server refuses or breaks off; those of `each`, which also end
    /// the search.
    pub fn search(
        &mut self,
        query: &Query,
        each: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<Vec<String>> {
        self.ask(query, Scope::Subtree, each)
    }

    fn ask(
        &mut self,
        query: &Query,
        scope: Scope,
        each: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<Vec<String>> {
        let Line { runtime, ldap, server } = &mut self.line;
        let asked = Asked { query, scope, settings: &self.settings, server, end: self.end };
        runtime.block_on(Search::new(ldap, asked).run(each))
    }

    /// Tries a name and a password: for sign-in. Afterwards the session is whoever was accepted, or
    /// nobody.
    ///
    /// # Errors
    /// [`Error::Server`] when the server does not decide; [`Error::Refused`] for an empty password, which
    /// many servers take for an anonymous bind and accept (RFC 4513, section 5.1.2).
    pub fn bind_as(&mut self, name: &str, password: &str) -> Result<Verdict> {
        if password.is_empty() || name.is_empty() {
            return Err(Error::refused("no password"));
        }
        let result = self.simple_bind(name, password)?;
        match result.rc {
            0 => Ok(Verdict::Accepted),
            // No such object, inappropriate authentication, wrong password, no access, unwilling: RFC 4511
            // leaves servers a choice.
            32 | 34 | 48 | 49 | 50 | 53 => Ok(Verdict::Refused(words::of_result(&result))),
            _ => Err(Error::server(words::of_result(&result))),
        }
    }

    fn simple_bind(&mut self, dn: &str, password: &str) -> Result<LdapResult> {
        let patience = patience(&self.settings, self.end);
        let Line { runtime, ldap, server } = &mut self.line;
        runtime
            .block_on(within(patience, ldap.simple_bind(dn, password)))
            .map_err(|failure| words::of_failure(&failure, &self.settings, server, self.end))
    }
}

/// How long the next answer may take.
pub(super) fn patience(settings: &Settings, end: Instant) -> Duration {
    settings.time_outs.operation.min(end.saturating_duration_since(Instant::now()))
}

/// Waits for one answer.
pub(super) async fn within<T>(
    patience: Duration,
    answer: impl Future<Output = std::result::Result<T, LdapError>>,
) -> std::result::Result<T, LdapError> {
    tokio::time::timeout(patience, answer).await?
}
