//! Sessions with a real Active Directory domain controller.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;
use support::Place;
use support::samba::{ADMIN, ADMIN_PASSWORD, BASE, Samba, user};
use usher::error::Result;
use usher::model::id::RealmId;
use usher::model::realm::{Realm, RealmKind, Realms};
use usher::realm::ldap::{Entry, Query, Session, Settings, Verdict};
use zeroize::Zeroizing;

const MEMBERS: usize = 250;

fn realm(server: &Samba, values: &[(&str, &str)]) -> Realm {
    let mut all = vec![("domain", "ad.test"), ("server1", server.address.as_str()), ("bind_dn", ADMIN)];
    all.extend(values);
    let all = all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut realms = Realms::default();
    realms.add(RealmKind::Ad, RealmId::parse("ex").unwrap(), all).unwrap();
    realms.get("ex").unwrap().clone()
}

fn open(server: &Samba, values: &[(&str, &str)]) -> Result<Session> {
    let password = Some(Zeroizing::new(ADMIN_PASSWORD.to_owned()));
    Settings::of(&realm(server, values), password).and_then(|settings| Session::open(&settings))
}

fn entries(session: &mut Session, query: &Query) -> Vec<Entry> {
    let mut entries = Vec::new();
    session
        .search(query, &mut |entry| {
            entries.push(entry);
            Ok(())
        })
        .unwrap();
    entries
}

fn content() -> String {
    let mut ldif = user("alice", "Passw0rd!a", "userAccountControl: 512\n");
    ldif += &user("off", "Passw0rd!b", "userAccountControl: 514\n");
    ldif += &user("late", "Passw0rd!c", "userAccountControl: 512\naccountExpires: 1\n");
    ldif += &user("fresh", "Passw0rd!d", "userAccountControl: 512\npwdLastSet: 0\n");
    let mut members = String::new();
    for number in 0..MEMBERS {
        write!(ldif, "dn: CN=m{number},CN=Users,{BASE}\nobjectClass: user\nsAMAccountName: m{number}\n\n")
            .unwrap();
        writeln!(members, "member: CN=m{number},CN=Users,{BASE}").unwrap();
    }
    write!(ldif, "dn: CN=all,CN=Users,{BASE}\nobjectClass: group\nsAMAccountName: all\n{members}\n").unwrap();
    ldif
}

#[test]
#[ignore = "needs a machine where Samba may be a domain controller: .ci/run looks"]
fn a_domain_is_spoken_to() {
    let server = Samba::with(&content());
    binds(&server);
    searches(&server);
    large_groups(&server);
    tried_out(&server);
}

fn binds(server: &Samba) {
    let error = open(server, &[]).err().unwrap();
    assert!(error.to_string().starts_with("ldap bind failed: Strong(er) authentication required"), "{error}");
    assert!(error.hint().unwrap().contains("--mode"));
    open(server, &[("mode", "ldap+starttls")]).unwrap();
    let mut session = open(server, &[("mode", "ldaps")]).unwrap();
    for name in ["alice@ad.test", "ADTEST\\alice", &format!("CN=alice,CN=Users,{BASE}")] {
        assert_eq!(session.bind_as(name, "Passw0rd!a").unwrap(), Verdict::Accepted, "{name}");
    }
    for (name, password, reason) in [
        ("alice@ad.test", "wrong", "user name or password is wrong"),
        ("nobody@ad.test", "wrong", "user name or password is wrong"),
        ("off@ad.test", "Passw0rd!b", "the account is disabled"),
        ("late@ad.test", "Passw0rd!c", "the account has expired"),
        ("fresh@ad.test", "Passw0rd!d", "the password must be changed first"),
    ] {
        let verdict = session.bind_as(name, password).unwrap();
        assert_eq!(verdict, Verdict::Refused(format!("Invalid credentials: {reason}")), "{name}");
    }
    let values = [("mode", "ldaps"), ("bind_dn", "off@ad.test")];
    let error = open(server, &values).err().unwrap().to_string();
    assert!(error.starts_with("ldap bind failed: Invalid credentials"), "{error}");
}

fn searches(server: &Samba) {
    let mut session = open(server, &[("mode", "ldaps")]).unwrap();
    assert_eq!(session.base_dn().unwrap(), BASE);
    let realm = realm(server, &[("filter", "(sAMAccountName=m*)")]);
    let mut query = Query::users(&realm, BASE);
    query.page = 100;
    assert_eq!(entries(&mut session, &query).len(), MEMBERS);
    assert_eq!(entries(&mut session, &Query::user(&realm, BASE, "ALICE")).len(), 1);
}

fn large_groups(server: &Samba) {
    let mut session = open(server, &[("mode", "ldaps")]).unwrap();
    let mut query = Query::groups(&realm(server, &[("group_filter", "(cn=all)")]), BASE);
    let whole = entries(&mut session, &query);
    assert_eq!(whole[0].values("member").len(), MEMBERS);
    // Windows sends no more than 1500 at a time unasked; this server has to be asked.
    for part in ["member;range=0-99", "member;range=0-248", "member;range=0-249", "member;range=0-*"] {
        query.attributes = vec![part.to_owned()];
        let found = entries(&mut session, &query);
        assert_eq!(found.len(), 1);
        let sorted = |entry: &Entry| {
            let mut values = entry.values("member").to_vec();
            values.sort();
            values
        };
        assert_eq!(sorted(&found[0]), sorted(&whole[0]), "{part}");
        assert!(found[0].attributes.iter().all(|(name, _)| name == "member"), "{part}");
    }
}

fn tried_out(server: &Samba) {
    let place = Place::new();
    let section =
        format!("\tdomain ad.test\n\tserver1 {}\n\tbind_dn {ADMIN}\n\tmode ldaps\n", server.address);
    place.write("domains.cfg", format!("ad: ex\n{section}\n"));
    place.write("priv/realm/ex.pw", ADMIN_PASSWORD);
    let rows = place.usher("realm test ex --user alice --output-format json").json();
    assert_eq!(
        (&rows[4]["detail"], &rows[7]["detail"]),
        (&BASE.into(), &format!("CN=alice,CN=Users,{BASE}").into())
    );
}
