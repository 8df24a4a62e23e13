use super::*;

fn id(text: &str) -> RealmId {
    RealmId::parse(text).unwrap()
}

fn values(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const LDAP: &[(&str, &str)] = &[("server1", "127.0.0.1"), ("base_dn", "dc=x"), ("user_attr", "uid")];

fn with_ldap() -> Realms {
    let mut realms = Realms::default();
    realms.add(RealmKind::Ldap, id("ex"), values(LDAP)).unwrap();
    realms
}

fn set(pairs: &[(&str, &str)]) -> RealmChanges {
    RealmChanges { set: values(pairs), ..RealmChanges::default() }
}

fn delete(names: &[&str]) -> RealmChanges {
    let delete = names.iter().map(|name| (*name).to_owned()).collect();
    RealmChanges { delete, ..RealmChanges::default() }
}

fn order(realms: &Realms) -> Vec<&str> {
    realms.iter().map(|realm| realm.id().as_str()).collect()
}

#[test]
fn built_in_realms_are_always_there() {
    let mut realms = with_ldap();
    assert_eq!(order(&realms), ["ex", "pve", "pam"]);
    assert_eq!(realms.get("pam").unwrap().comment(), Some("Linux PAM standard authentication"));
    realms.modify(&id("pam"), set(&[("comment", "x"), ("tfa", "type=oath")])).unwrap();
    realms.remove(&id("pam")).unwrap();
    let pam = realms.get("pam").unwrap();
    assert_eq!((pam.get("tfa"), pam.comment()), (None, Some("Linux PAM standard authentication")));
    assert_eq!(pam.standing, Standing::Removed);
}

#[test]
fn add_refuses() {
    let ldap = |more: &[(&str, &str)]| [values(LDAP), values(more)].concat();
    for (kind, name, given, message) in [
        (RealmKind::Ldap, "ex", ldap(&[]), "domain 'ex' already exists"),
        (RealmKind::Ldap, "pve", ldap(&[]), "domain 'pve' already exists"),
        (RealmKind::Pve, "x1", vec![], "unable to create builtin type 'pve'"),
        (RealmKind::Ldap, "x1", vec![], "missing value for required option 'base_dn'"),
        (
            RealmKind::Ldap,
            "x1",
            values(&[("server1", "a"), ("base_dn", " "), ("user_attr", "uid")]),
            "missing value for required option 'base_dn'",
        ),
        (RealmKind::Ad, "x1", vec![], "missing value for required option 'domain'"),
        (
            RealmKind::OpenId,
            "x1",
            values(&[("issuer-url", "https://i")]),
            "missing value for required option 'client-id'",
        ),
        (RealmKind::Ldap, "x1", ldap(&[("client-id", "z")]), "unexpected property 'client-id'"),
        (RealmKind::Ldap, "x1", ldap(&[("port", "0")]), "port: value must have a minimum value of 1"),
        (
            RealmKind::Ldap,
            "x1",
            ldap(&[("tfa", "type=foo"), ("port", "x"), ("no", "1")]),
            "no: property is not defined in schema and the schema does not allow additional properties\n\
             port: type check ('integer') failed - got 'x'\n\
             tfa: invalid format - format error\n\
             tfa.type: value 'foo' does not have a value in the enumeration 'yubico, oath'",
        ),
        (
            RealmKind::Ldap,
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            ldap(&[]),
            "realm: value may only be 32 characters long",
        ),
    ] {
        let mut realms = with_ldap();
        let before = realms.clone();
        assert_eq!(realms.add(kind, id(name), given).unwrap_err().to_string(), message);
        assert_eq!(realms, before);
    }
}

#[test]
fn modify_refuses() {
    for (name, changes, message) in [
        ("nope", set(&[("comment", "x")]), "domain 'nope' does not exist"),
        ("ex", RealmChanges::default(), "no options specified"),
        ("ex", set(&[("issuer-url", "foo")]), "unexpected property 'issuer-url'"),
        ("pam", set(&[("server1", "x")]), "unexpected property 'server1'"),
        ("ex", delete(&["server1"]), "section 'ex' - missing value for required option 'server1'"),
        ("ex", set(&[("base_dn", "")]), "section 'ex' - missing value for required option 'base_dn'"),
        ("ex", delete(&["a b"]), "delete: invalid format - invalid configuration ID 'a b'"),
        (
            "ex",
            set(&[("username-claim", "x")]),
            "username-claim: property is not defined in schema and the schema does not allow additional properties",
        ),
        (
            "ex",
            RealmChanges { digest: Some("0".repeat(40)), ..set(&[("comment", "x")]) },
            "detected modified configuration - file changed by other user? Try again.",
        ),
    ] {
        let mut realms = with_ldap();
        let before = realms.clone();
        assert_eq!(realms.modify(&id(name), changes).unwrap_err().to_string(), message);
        assert_eq!(realms, before);
    }
    assert_eq!(
        with_ldap().remove(&id("nope")).unwrap_err().to_string(),
        "authentication domain 'nope' does not exist"
    );
}

#[test]
fn one_default() {
    let mut realms = with_ldap();
    realms.modify(&id("ex"), set(&[("default", "1")])).unwrap();
    assert_eq!(realms.default_realm().unwrap().id().as_str(), "ex");
    realms.modify(&id("pve"), set(&[("default", "1")])).unwrap();
    assert_eq!(realms.default_realm().unwrap().id().as_str(), "pve");
    assert_eq!(realms.get("ex").unwrap().get("default"), None);
    let openid = values(&[("issuer-url", "https://i"), ("client-id", "c"), ("default", "1")]);
    realms.add(RealmKind::OpenId, id("oid"), openid).unwrap();
    assert_eq!(realms.default_realm().unwrap().id().as_str(), "oid");
    assert_eq!(realms.iter().filter(|realm| realm.is_default()).count(), 1);
    realms.modify(&id("oid"), delete(&["default"])).unwrap();
    assert_eq!(realms.default_realm(), None);
}

#[test]
fn sync_options_are_stored_in_one_form() {
    for (given, stored) in [
        ("scope=users,full=1,purge=1", "remove-vanished=entry;properties;acl,scope=users"),
        ("purge=1", "remove-vanished=acl"),
        ("full=1,remove-vanished=none", "remove-vanished=none"),
        ("full=0", ""),
        ("scope=users,enable-new=no,remove-vanished=entry", "enable-new=0,remove-vanished=entry,scope=users"),
    ] {
        let mut realms = with_ldap();
        realms.modify(&id("ex"), set(&[("sync-defaults-options", given)])).unwrap();
        let found = realms.get("ex").unwrap().get("sync-defaults-options");
        assert_eq!(found.unwrap_or_default(), stored);
    }
}

#[test]
fn a_password_is_left_to_the_caller() {
    let mut realms = with_ldap();
    let before = realms.get("ex").unwrap().clone();
    assert_eq!(realms.modify(&id("ex"), set(&[("password", "s3cret")])).unwrap(), Vec::<String>::new());
    assert_eq!(*realms.get("ex").unwrap(), before);
    realms.modify(&id("ex"), delete(&["password"])).unwrap();
    let openid = values(&[("issuer-url", "https://i"), ("client-id", "c"), ("password", "x")]);
    let notes = realms.add(RealmKind::OpenId, id("oid"), openid).unwrap();
    assert_eq!(notes, ["ignoring password parameter"]);
    assert!(!format!("{realms:?}").contains("s3cret"));
}

#[test]
fn a_change_that_changes_nothing_is_none() {
    let mut realms = Realms::default();
    realms.modify(&id("pam"), delete(&["nope"])).unwrap();
    realms.modify(&id("pam"), set(&[("comment", "Linux PAM standard authentication")])).unwrap();
    assert!(!realms.is_edited());
}

#[test]
fn facts_of_a_realm() {
    let mut realms = with_ldap();
    let changes = set(&[
        ("case-sensitive", "0"),
        ("tfa", "digits=8,type=oath"),
        ("client-key", "s3cret"),
        ("sync-defaults-options", "scope=both"),
    ]);
    assert!(realms.modify(&id("ex"), changes).is_err());
    let changes = set(&[("case-sensitive", "0"), ("tfa", "digits=8,type=oath"), ("port", "+0389")]);
    realms.modify(&id("ex"), changes).unwrap();
    let ex = realms.get("ex").unwrap();
    assert!(!ex.is_case_sensitive());
    assert_eq!(ex.tfa_type().as_deref(), Some("oath"));
    assert_eq!((ex.get("tfa"), ex.get("port")), (Some("digits=8,type=oath"), Some("389")));
}

#[test]
fn totp_is_taken_for_oath() {
    assert_eq!(friendly_tfa("digits=8,type=totp"), "digits=8,type=oath");
    assert_eq!(friendly_tfa("type=yubico,id=type=totp"), "type=yubico,id=type=totp");
}

#[test]
fn debug_hides_secrets() {
    let mut realms = Realms::default();
    let openid = values(&[("issuer-url", "https://i"), ("client-id", "c"), ("client-key", "s3cret")]);
    realms.add(RealmKind::OpenId, id("oid"), openid).unwrap();
    let text = format!("{realms:?}");
    assert!(text.contains("https://i") && !text.contains("s3cret"));
}
