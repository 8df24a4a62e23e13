//! Searches that come in pages (RFC 2696), entry by entry, and the proof that they are complete.

use super::entry::{Entry, primitive, references};
use super::query::Query;
use super::range;
use super::session::{patience, within};
use super::settings::Settings;
use super::words;
use crate::error::{Error, Result};
use ldap3::asn1::{PL, parse_tag};
use ldap3::controls::{Control, PagedResults, RawControl};
use ldap3::{Ldap, LdapError, LdapResult, Scope};
use std::time::Instant;

const PAGED_RESULTS: &str = "1.2.840.113556.1.4.319";
const ENTRY: u64 = 4;
const REFERENCE: u64 = 19;

/// How many addresses of other servers a warning names.
const NAMED_REFERENCES: usize = 3;

/// A question and its circumstances.
#[derive(Clone, Copy)]
pub(super) struct Asked<'q> {
    pub query: &'q Query,
    pub scope: Scope,
    pub settings: &'q Settings,
    pub server: &'q str,
    /// When the session's patience ends.
    pub end: Instant,
}

/// A search on its way.
pub(super) struct Search<'q> {
    ldap: &'q mut Ldap,
    asked: Asked<'q>,
    received: u64,
    references: Vec<String>,
}

impl<'q> Search<'q> {
    pub(super) fn new(ldap: &'q mut Ldap, asked: Asked<'q>) -> Self {
        Self { ldap, asked, received: 0, references: Vec::new() }
    }

    /// Fetches page after page until the server says that there is no other.
    pub(super) async fn run(mut self, each: &mut dyn FnMut(Entry) -> Result<()>) -> Result<Vec<String>> {
        let mut cookie = Vec::new();
        let mut first = true;
        loop {
            let mut parts = Vec::new();
            let result = self.page(cookie, &mut parts, each).await?;
            for (entry, found) in parts {
                // Asked for only now: not every server talks about two things at once.
                let whole = range::complete(self.ldap, self.asked, entry, found).await?;
                each(whole)?;
            }
            match next_page(&result, self.asked.query.page, first) {
                Ok(Some(next)) => cookie = next,
                Ok(None) => return Ok(self.warnings()),
                Err(what) => return Err(Error::server(what)),
            }
            first = false;
        }
    }

    /// Fetches one page. Entries whose attributes came only in part go into `parts`.
    async fn page(
        &mut self,
        cookie: Vec<u8>,
        parts: &mut Vec<(Entry, range::Found)>,
        each: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<LdapResult> {
        let Asked { query, scope, settings, end, .. } = self.asked;
        if query.page > 0 {
            let size = i32::try_from(query.page).unwrap_or(i32::MAX);
            self.ldap.with_controls(PagedResults { size, cookie });
        }
        let start = self.ldap.streaming_search(&query.base, scope, &query.filter, &query.attributes);
        let mut stream = match within(patience(settings, end), start).await {
            Ok(stream) => stream,
            Err(failure) => return Err(self.failed(&failure)),
        };
        loop {
            let answer = match within(patience(settings, end), stream.next()).await {
                Ok(Some(answer)) => answer.0,
                Ok(None) => break,
                Err(failure) => return Err(self.failed(&failure)),
            };
            match answer.id {
                ENTRY => {
                    let entry = Entry::from_answer(answer).ok_or_else(|| malformed("an entry"))?;
                    self.received += 1;
                    match range::find(&entry) {
                        Some(found) => parts.push((entry, found)),
                        None => each(entry)?,
                    }
                }
                REFERENCE => self.references.extend(references(answer)),
                _ => {}
            }
        }
        let result = stream.finish().await;
        if result.rc != 0 {
            return Err(words::search_refused(&result, settings, &query.base, self.received, query.page));
        }
        Ok(result)
    }

    fn failed(&self, failure: &LdapError) -> Error {
        let error = words::of_failure(failure, self.asked.settings, self.asked.server, self.asked.end);
        match self.received {
            0 => error,
            received => error.preceded_by(&format!("after {received} entries")),
        }
    }

    fn warnings(&self) -> Vec<String> {
        if self.references.is_empty() {
            return Vec::new();
        }
        let named: Vec<&str> = self.references.iter().take(NAMED_REFERENCES).map(String::as_str).collect();
        let more = if self.references.len() > NAMED_REFERENCES { ", …" } else { "" };
        vec![format!(
            "{} referrals to other servers are not followed: {}{more}",
            self.references.len(),
            named.join(", ")
        )]
    }
}

fn malformed(what: &str) -> Error {
    Error::server(format!("the server sent {what} that is not of the form RFC 4511 asks for"))
}

/// The cookie of the next page; `None` when this one was the last. The words of a failure otherwise.
///
/// A server that does not know pages leaves the control out of its first answer, which then holds
/// everything (RFC 2696, section 3). Later on the control must be there.
fn next_page(result: &LdapResult, page: u32, first: bool) -> std::result::Result<Option<Vec<u8>>, String> {
    let mut controls = result.ctrls.iter().map(|Control(_, raw)| raw);
    match controls.find(|raw| raw.ctype == PAGED_RESULTS) {
        _ if page == 0 => Ok(None),
        Some(raw) => match cookie(raw) {
            Some(cookie) if cookie.is_empty() => Ok(None),
            Some(cookie) => Ok(Some(cookie)),
            None => Err("the server sent a page whose end cannot be understood".to_owned()),
        },
        None if first => Ok(None),
        None => Err("the server forgot to say whether this page is the last one".to_owned()),
    }
}

/// The cookie of a control: `SEQUENCE { size INTEGER, cookie OCTET STRING }`.
fn cookie(control: &RawControl) -> Option<Vec<u8>> {
    let (_, tag) = parse_tag(control.val.as_deref()?).ok()?;
    match tag.payload {
        PL::C(parts) => primitive(parts.into_iter().nth(1)?),
        PL::P(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(controls: &[&[u8]]) -> LdapResult {
        let control = |value: &&[u8]| {
            Control(None, RawControl { ctype: PAGED_RESULTS.into(), crit: false, val: Some(value.to_vec()) })
        };
        LdapResult {
            rc: 0,
            matched: String::new(),
            text: String::new(),
            refs: Vec::new(),
            ctrls: controls.iter().map(control).collect(),
        }
    }

    #[test]
    fn the_last_page() {
        let last: &[u8] = &[0x30, 5, 2, 1, 0, 4, 0];
        let more: &[u8] = &[0x30, 7, 2, 1, 0, 4, 2, b'a', b'b'];
        for (controls, first, outcome) in [
            (&[][..], true, Some(None)),
            (&[], false, None),
            (&[last], false, Some(None)),
            (&[more], true, Some(Some(b"ab".to_vec()))),
            (&[&more[..6]], true, None),
            (&[&[4, 1, 0][..]], true, None),
            (&[&[]], false, None),
        ] {
            assert_eq!(next_page(&result(controls), 10, first).ok(), outcome, "{controls:?}");
        }
        assert_eq!(next_page(&result(&[more]), 0, true), Ok(None));
    }
}
