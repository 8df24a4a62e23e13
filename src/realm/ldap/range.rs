//! Attributes with so many values that Active Directory sends them in parts: `member;range=0-1499`
//! ([MS-ADTS], section 3.1.1.3.1.3.3).

use super::entry::Entry;
use super::paging::Asked;
use super::session::{patience, within};
use super::words;
use crate::error::{Error, Result};
use ldap3::{Ldap, Scope};

/// The attributes of an entry that came in part: name, and the number of the last value, `None` when
/// it was the last one of all.
pub(super) type Found = Vec<(String, Option<u64>)>;

/// The parts in an entry; `None` when everything is whole.
pub(super) fn find(entry: &Entry) -> Option<Found> {
    let parts: Found = entry.attributes.iter().filter_map(|(name, _)| read(name)).collect();
    Some(parts).filter(|parts| !parts.is_empty())
}

/// Takes `member;range=0-1499` apart.
fn read(description: &str) -> Option<(String, Option<u64>)> {
    let (name, option) = description.split_once(';')?;
    let (word, bounds) = option.split_at_checked(6)?;
    let (_, last) = bounds.split_once('-').filter(|_| word.eq_ignore_ascii_case("range="))?;
    match last {
        "*" => Some((name.to_owned(), None)),
        number => Some((name.to_owned(), Some(number.parse().ok()?))),
    }
}

/// Fetches what is missing and makes each attribute one.
pub(super) async fn complete(ldap: &mut Ldap, asked: Asked<'_>, entry: Entry, found: Found) -> Result<Entry> {
    let Entry { dn, attributes } = entry;
    let mut whole: Vec<(String, Vec<Vec<u8>>)> = Vec::new();
    for (description, values) in attributes {
        let part = read(&description);
        let name = part.as_ref().map_or(description.as_str(), |(name, _)| name);
        // An empty attribute of the plain name stands beside its part.
        let is_placeholder = part.is_none()
            && values.is_empty()
            && found.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        if !is_placeholder {
            whole.push((name.to_owned(), values));
        }
    }
    for (name, last) in found {
        let mut last = last;
        while let Some(number) = last {
            let (values, next) = rest(ldap, asked, &dn, &name, number.saturating_add(1)).await?;
            if next.is_some_and(|next| next <= number) {
                return Err(Error::server(format!("the server does not get on with '{name}' of '{dn}'")));
            }
            if let Some((_, all)) = whole.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(&name)) {
                all.extend(values);
            }
            last = next;
        }
    }
    Ok(Entry { dn, attributes: whole })
}

/// The values from number `from` on, and the number of the last one unless that is the end.
async fn rest(
    ldap: &mut Ldap,
    asked: Asked<'_>,
    dn: &str,
    name: &str,
    from: u64,
) -> Result<(Vec<Vec<u8>>, Option<u64>)> {
    let attributes = [format!("{name};range={from}-*")];
    let failed = |failure: &_| words::of_failure(failure, asked.settings, asked.server, asked.end);
    let start = ldap.streaming_search(dn, Scope::Base, "(objectClass=*)", &attributes);
    let mut stream = within(patience(asked.settings, asked.end), start).await.map_err(|one| failed(&one))?;
    let mut part = None;
    while let Some(answer) =
        within(patience(asked.settings, asked.end), stream.next()).await.map_err(|one| failed(&one))?
    {
        let entry = Entry::from_answer(answer.0).into_iter();
        let mut attributes = entry.flat_map(|entry| entry.attributes);
        part = part
            .or_else(|| attributes.find_map(|(description, values)| Some((values, read(&description)?.1))));
    }
    let result = stream.finish().await;
    match part {
        _ if result.rc != 0 => Err(words::search_refused(&result, asked.settings, dn, 0, 0)),
        Some(part) => Ok(part),
        None => Err(Error::server(format!("the server kept back values of '{name}' of '{dn}'"))
            .with_hint("the entry changed while it was read, perhaps: try again")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions() {
        for (text, part) in [
            ("member;range=0-1499", Some(("member", Some(1499)))),
            ("member;Range=1500-*", Some(("member", None))),
            ("member", None),
            ("member;binary", None),
            ("member;range=0", None),
            ("member;range=0-x", None),
        ] {
            assert_eq!(read(text), part.map(|(name, last)| (name.to_owned(), last)), "{text}");
        }
    }
}
