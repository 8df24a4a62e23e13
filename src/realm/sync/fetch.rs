//! Asking a directory server for the users and groups of a realm.

use super::collect::Collector;
use super::fetched::{Fetched, Remark};
use super::options::Options;
use crate::error::Result;
use crate::model::realm::{Realm, RealmKind};
use crate::realm::ldap::{Query, Session, filter};

/// "Is in this group, or in a group in it, however deep": the rule Active Directory calls
/// `LDAP_MATCHING_RULE_IN_CHAIN`.
const IN_CHAIN: &str = "memberOf:1.2.840.113556.1.4.1941:";

/// Asks for no attributes (RFC 4511, section 4.5.1.8).
const NO_ATTRIBUTES: &str = "1.1";

/// How far an answer has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Users so far.
    pub users: usize,
    /// Groups so far.
    pub groups: usize,
}

/// Asks for all users and, where the options want groups, all groups of `realm`. `progress` hears of
/// every entry.
///
/// # Errors
/// [`crate::error::Error::Server`] when the server refuses, or when its answer ends early: then nothing
/// of it is used. [`crate::error::Error::Refused`] when the answer is beyond all measure.
pub fn fetch(
    session: &mut Session,
    realm: &Realm,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Fetched> {
    let mut collector = Collector::new(realm, options);
    let base = session.base_dn()?;
    let mut notes = session.notes().to_vec();
    let mut users = Query::users(realm, &base);
    // Memberships are read from the groups; the list of everybody's would come for nothing.
    users.attributes.retain(|name| name != "memberOf");
    users.page = options.page_size.unwrap_or(users.page);
    let mut each = |entry| {
        collector.user(&entry)?;
        progress(Progress { users: collector.users(), groups: 0 });
        Ok(())
    };
    notes.extend(session.search(&users, &mut each).map_err(of_users)?);
    if options.scope.has_groups() {
        let mut groups = Query::groups(realm, &base);
        groups.page = options.page_size.unwrap_or(groups.page);
        if options.member_uid {
            groups.attributes.push("memberUid".to_owned());
        }
        let mut each = |entry| {
            collector.group(&entry)?;
            progress(Progress { users: collector.users(), groups: collector.groups() });
            Ok(())
        };
        let found = session.search(&groups, &mut each);
        notes.extend(found.map_err(|error| error.preceded_by("ldap group search error"))?);
        if options.nested && realm.kind() == RealmKind::Ad {
            in_chain(session, &users, &mut collector)?;
        }
    }
    let mut fetched = collector.finish();
    for note in notes {
        fetched.remark(Remark { about: realm.id().to_string(), reason: note.clone(), original: Some(note) });
    }
    Ok(fetched)
}

fn of_users(error: crate::error::Error) -> crate::error::Error {
    error.preceded_by("ldap user search error")
}

/// Asks an Active Directory, which follows groups in groups itself, for the members of each group.
fn in_chain(session: &mut Session, users: &Query, collector: &mut Collector) -> Result<()> {
    let groups: Vec<String> = collector.group_dns().map(str::to_owned).collect();
    for (place, group) in groups.iter().enumerate() {
        let query = Query {
            base: users.base.clone(),
            filter: filter::all_of([users.filter.clone(), filter::equal(IN_CHAIN, group.as_bytes())]),
            attributes: vec![NO_ATTRIBUTES.to_owned()],
            page: users.page,
        };
        let mut each = |entry: crate::realm::ldap::Entry| {
            collector.member(place, &entry.dn);
            Ok(())
        };
        session.search(&query, &mut each).map_err(of_users)?;
    }
    Ok(())
}
