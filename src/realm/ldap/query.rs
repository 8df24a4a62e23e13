//! What a server is asked.

use super::filter::{all_of, any_of, equal, present, wrapped};
use crate::model::constraint::list_items;
use crate::model::realm::{Realm, RealmKind};
use crate::realm::user_property::Property;

/// A search below `base`, the object itself included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The DN to search below.
    pub base: String,
    /// An LDAP filter (RFC 4515).
    pub filter: String,
    /// The attributes to hand over; none: all of them.
    pub attributes: Vec<String>,
    /// How many entries the server is to send at a time (RFC 2696); 0 asks for all at once, which most
    /// servers cut short.
    pub page: u32,
}

/// How many users come at a time; larger pages are not faster.
const USERS_AT_A_TIME: u32 = 900;

/// How many groups come at a time. The original asks for 100, which takes a third longer; more may be
/// more than a server allows.
const GROUPS_AT_A_TIME: u32 = 500;

impl Query {
    /// Asks for all users of a realm below its base DN, which a server may have to tell
    /// ([`super::Session::base_dn`]). The query is the original's: objects of one of the user classes
    /// that have one of the wanted attributes, and match the realm's own filter.
    pub fn users(realm: &Realm, base: &str) -> Self {
        let mut attributes = vec![user_attribute(realm).to_owned()];
        attributes.extend(Property::ALL.map(|property| property.name().to_owned()));
        attributes.extend(mapped(realm).map(|(_, theirs)| theirs.to_owned()));
        let wanted = any_of(attributes.iter().map(|name| present(name)));
        attributes.push("memberOf".to_owned());
        let classes = realm.get("user_classes").unwrap_or("inetorgperson, posixaccount, person, user");
        Self {
            base: base.to_owned(),
            filter: all_of(
                realm.get("filter").map(wrapped).into_iter().chain([all_of([wanted, of_class(classes)])]),
            ),
            attributes,
            page: USERS_AT_A_TIME,
        }
    }

    /// Asks for all groups of a realm and their members.
    pub fn groups(realm: &Realm, base: &str) -> Self {
        let classes =
            realm.get("group_classes").unwrap_or("groupOfNames, group, univentionGroup, ipausergroup");
        let mut attributes = vec!["member".to_owned(), "uniqueMember".to_owned()];
        attributes.extend(realm.get("group_name_attr").map(str::to_owned));
        Self {
            base: realm.get("group_dn").unwrap_or(base).to_owned(),
            filter: all_of(realm.get("group_filter").map(wrapped).into_iter().chain([of_class(classes)])),
            attributes,
            page: GROUPS_AT_A_TIME,
        }
    }

    /// Asks for the one user who signs in as `name`.
    pub fn user(realm: &Realm, base: &str, name: &str) -> Self {
        Self {
            base: base.to_owned(),
            filter: equal(user_attribute(realm), name.as_bytes()),
            attributes: vec![user_attribute(realm).to_owned()],
            page: 0,
        }
    }
}

/// The attribute that holds the user name.
pub fn user_attribute(realm: &Realm) -> &str {
    let default = if realm.kind() == RealmKind::Ad { "sAMAccountName" } else { "uid" };
    realm.get("user_attr").unwrap_or(default)
}

/// The pairs of `sync_attributes`: our property, their attribute.
fn mapped(realm: &Realm) -> impl Iterator<Item = (&str, &str)> {
    list_items(realm.get("sync_attributes").unwrap_or_default()).filter_map(|pair| pair.split_once('='))
}

fn of_class(list: &str) -> String {
    any_of(list_items(list).map(|name| equal("objectclass", name.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::RealmId;
    use crate::model::realm::Realms;

    fn realm(values: &[(&str, &str)]) -> Realm {
        let mut all = vec![("base_dn", "dc=x"), ("server1", "127.0.0.1"), ("user_attr", "uid")];
        all.extend(values);
        let all = all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut realms = Realms::default();
        realms.add(RealmKind::Ldap, RealmId::parse("ex").unwrap(), all).unwrap();
        realms.get("ex").unwrap().clone()
    }

    #[test]
    fn users() {
        let query = Query::users(
            &realm(&[("filter", "ou=x"), ("user_classes", "person"), ("sync_attributes", "email=mail")]),
            "dc=x",
        );
        assert_eq!(
            query.filter,
            "(&(ou=x)(&(|(uid=*)(enable=*)(expire=*)(firstname=*)(lastname=*)(email=*)(comment=*)(keys=*)\
             (mail=*))(|(objectclass=person))))"
        );
        assert_eq!(query.attributes.last().unwrap(), "memberOf");
    }

    #[test]
    fn groups() {
        let query = Query::groups(&realm(&[]), "dc=x");
        assert_eq!(
            query.filter,
            "(|(objectclass=groupOfNames)(objectclass=group)(objectclass=univentionGroup)\
             (objectclass=ipausergroup))"
        );
        let query = Query::groups(&realm(&[("group_filter", "(cn=a*)"), ("group_dn", "ou=g")]), "dc=x");
        assert!(query.filter.starts_with("(&(cn=a*)(|(objectclass=") && query.base == "ou=g");
    }

    #[test]
    fn a_name_is_no_filter() {
        assert_eq!(Query::user(&realm(&[]), "dc=x", "a)(b=*").filter, "(uid=a\\29\\28b=\\2a)");
    }
}
