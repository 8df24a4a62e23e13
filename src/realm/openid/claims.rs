//! What the claims of a provider mean: the rules of Proxmox VE for realms of kind `openid`
//! (`docs/signing-in.md`).

use crate::error::{Error, Result};
use crate::model::id::{GroupId, UserId};
use crate::model::realm::Realm;
use crate::model::user::is_mail_address;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Claims by their names, as a provider sends them.
pub type Claims = Map<String, Value>;

/// The longest name or mail address that is taken over, in characters.
const LONGEST: usize = 1024;

/// Somebody a provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who it is here.
    pub id: UserId,
    /// Mail address, or nothing.
    pub email: String,
    /// First name, or nothing.
    pub first_name: String,
    /// Last name, or nothing.
    pub last_name: String,
    /// The groups the provider names, under their names here; `None`: the realm does not ask for groups, or
    /// the claim is no list.
    pub groups: Option<BTreeSet<GroupId>>,
    /// What was passed over and why, in sentences.
    pub remarks: Vec<String>,
}

/// Puts what the userinfo endpoint says beside the claims of the ID token, which is signed and keeps its word.
pub fn complete(claims: &mut Claims, userinfo: Claims) {
    for (name, value) in userinfo {
        if claims.get(&name).is_none_or(Value::is_null) {
            claims.insert(name, value);
        }
    }
}

/// Who somebody with these claims is in this realm.
///
/// # Errors
/// [`Error::Refused`] when the claim with the name is missing or no name, [`Error::Invalid`] when the name makes
/// no user id.
pub fn person(realm: &Realm, claims: &Claims) -> Result<Person> {
    let name = name(realm, claims)?;
    let id = UserId::parse(&format!("{name}@{}", realm.id()))?;
    let mut remarks = Vec::new();
    let groups = realm.get("groups-claim").and_then(|claim| groups(realm, claim, claims, &mut remarks));
    let mut text = |claim: &str, fits: fn(&str) -> bool| match claims.get(claim) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) if text.chars().count() <= LONGEST && fits(text) => text.clone(),
        Some(_) => {
            remarks.push(format!("the claim '{claim}' is passed over: it cannot be stored"));
            String::new()
        }
    };
    let is_plain = |text: &str| !text.contains(char::is_control);
    Ok(Person {
        email: text("email", is_mail_address),
        first_name: text("given_name", is_plain),
        last_name: text("family_name", is_plain),
        id,
        groups,
        remarks,
    })
}

/// The user's name: the realm's claim, or what stands in for the two that are words and no claims.
fn name(realm: &Realm, claims: &Claims) -> Result<String> {
    let wanted = realm.get("username-claim").unwrap_or("sub");
    let (claim, value) = match (present(claims, wanted), wanted) {
        (Some(value), _) => (wanted, Some(value)),
        (None, "subject") => ("sub", present(claims, "sub")),
        (None, "username") => ("preferred_username", present(claims, "preferred_username")),
        (None, _) => {
            let message = format!("missing configured claim '{wanted}' in returned info object");
            return Err(Error::refused(message).with_hint(
                "the provider sends what the realm's 'scopes' ask for; 'username-claim' picks the claim",
            ));
        }
    };
    match value {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(_) => Err(Error::refused(format!("claim '{claim}' holds no name"))),
        None => Err(Error::refused(format!("missing claim '{claim}'"))),
    }
}

fn present<'c>(claims: &'c Claims, name: &str) -> Option<&'c Value> {
    claims.get(name).filter(|value| !value.is_null())
}

/// `NAME-REALM` for every name in the claim that can name a group.
fn groups(
    realm: &Realm,
    claim: &str,
    claims: &Claims,
    remarks: &mut Vec<String>,
) -> Option<BTreeSet<GroupId>> {
    let Some(Value::Array(items)) = claims.get(claim) else {
        remarks.push(format!("groups stay as they are: the claim '{claim}' is missing or no list"));
        return None;
    };
    let mut groups = BTreeSet::new();
    for item in items {
        let group = item.as_str().and_then(|name| GroupId::parse(name).ok());
        match group.and_then(|name| GroupId::parse(&format!("{name}-{}", realm.id())).ok()) {
            Some(group) => {
                groups.insert(group);
            }
            None => remarks.push(format!("group {item} is passed over: it is no name of a group")),
        }
    }
    Some(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::RealmId;
    use crate::model::realm::{RealmKind, Realms};
    use serde_json::json;

    fn realm(values: &[(&str, &str)]) -> Realm {
        let mut all = vec![("issuer-url", "http://127.0.0.1/"), ("client-id", "usher")];
        all.extend(values);
        let all = all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut realms = Realms::default();
        realms.add(RealmKind::OpenId, RealmId::parse("corp").unwrap(), all).unwrap();
        realms.get("corp").unwrap().clone()
    }

    fn claims(value: Value) -> Claims {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn names() {
        let all = json!({"sub": "1", "preferred_username": "joe", "uid": 7, "email": null, "list": []});
        for (claim, said) in [
            ("", Ok("1@corp")),
            ("sub", Ok("1@corp")),
            ("subject", Ok("1@corp")),
            ("username", Ok("joe@corp")),
            ("uid", Ok("7@corp")),
            ("email", Err("missing configured claim 'email' in returned info object")),
            ("upn", Err("missing configured claim 'upn' in returned info object")),
            ("list", Err("claim 'list' holds no name")),
        ] {
            let realm = realm(&[("username-claim", claim)]);
            let found = person(&realm, &claims(all.clone())).map_err(|error| error.to_string());
            let found = found.as_ref().map(|person| person.id.as_str()).map_err(String::as_str);
            assert_eq!(found, said, "{claim}");
        }
        let realm = realm(&[("username-claim", "username")]);
        let refused = |value: Value| person(&realm, &claims(value)).unwrap_err().to_string();
        assert_eq!(refused(json!({"sub": "1"})), "missing claim 'preferred_username'");
        assert!(refused(json!({"username": "a/b"})).contains("valid user name"));
        assert!(refused(json!({"username": "x".repeat(60)})).contains("too long (65 > 64)"));
        let both = json!({"username": "ann", "preferred_username": "joe"});
        assert_eq!(person(&realm, &claims(both)).unwrap().id.as_str(), "ann@corp");
    }

    #[test]
    fn what_is_signed_keeps_its_word() {
        let mut all = claims(json!({"sub": "1", "email": null}));
        complete(&mut all, claims(json!({"sub": "2", "email": "a@b", "groups": ["x"]})));
        assert_eq!(Value::Object(all), json!({"sub": "1", "email": "a@b", "groups": ["x"]}));
    }

    #[test]
    fn attributes() {
        let good =
            json!({"sub": "joe", "email": "joe@example.org", "given_name": "Joe", "family_name": "Ö:x"});
        let found = person(&realm(&[]), &claims(good)).unwrap();
        let read = (found.email.as_str(), found.first_name.as_str(), found.last_name.as_str());
        assert_eq!(read, ("joe@example.org", "Joe", "Ö:x"));
        assert_eq!((found.groups, found.remarks.len()), (None, 0));
        let odd = json!({"sub": "joe", "email": "a:b", "given_name": 7, "family_name": "x\ny"});
        let found = person(&realm(&[]), &claims(odd)).unwrap();
        let read = (found.email.as_str(), found.first_name.as_str(), found.last_name.as_str());
        assert_eq!((read, found.remarks.len()), (("", "", ""), 3));
    }

    #[test]
    fn groups_get_the_name_of_the_realm() {
        let realm = realm(&[("groups-claim", "roles")]);
        let found = person(&realm, &claims(json!({"sub": "joe", "roles": ["b", "a", "b", "a b", 1, ""]})));
        let found = found.unwrap();
        let names: Vec<&str> = found.groups.iter().flatten().map(GroupId::as_str).collect();
        assert_eq!((names, found.remarks.len()), (vec!["a-corp", "b-corp"], 3));
        for value in [json!({"sub": "joe"}), json!({"sub": "joe", "roles": "a"})] {
            let found = person(&realm, &claims(value)).unwrap();
            assert_eq!((found.groups, found.remarks.len()), (None, 1));
        }
    }
}
