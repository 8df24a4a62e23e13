//! Sessions with a real directory server: what it says is handed over whole, or not at all.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use support::Place;

use std::time::Duration;
use support::authority::{Flaw, stranger};
use support::proxy::{Break, Proxy};
use support::slapd::{ADMIN, ADMIN_PASSWORD, BASE, SYNC, SYNC_PASSWORD, Setup, Slapd, group, user, users};
use usher::error::{Error, Result};
use usher::model::id::RealmId;
use usher::model::realm::{Realm, RealmKind, Realms};
use usher::realm::ldap::{Entry, Query, Session, Settings, Verdict};
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

#[test]
fn an_answer_that_breaks_off_is_none() {
    let server = Slapd::with(&users("u", 1201));
    let whole = {
        let proxy = Proxy::before(server.port, Break::CutAfter(usize::MAX));
        all(&mut open(proxy.port, &[]).unwrap(), &people(200)).unwrap().len()
    };
    assert_eq!(whole, 1201);
    // In the first entry, in the middle of a page, and between pages.
    for bytes in [100, 20_000, 60_000] {
        let proxy = Proxy::before(server.port, Break::CutAfter(bytes));
        let mut session = open(proxy.port, &[]).unwrap();
        refused(all(&mut session, &people(200)), "was lost before the answer was complete");
    }
    for bytes in [14, 20_000] {
        let proxy = Proxy::before(server.port, Break::StallAfter(bytes));
        let mut settings = settings(proxy.port, &[]);
        // On a busy machine the bind is too slow already: that is a time-out as well.
        let answer = |settings: &Settings| {
            Session::open(settings).and_then(|mut session| all(&mut session, &people(200)))
        };
        settings.time_outs.operation = Duration::from_millis(100);
        refused(answer(&settings), "no answer from 'ldap://127.0.0.1:");
        settings.time_outs.operation = Duration::from_secs(30);
        settings.time_outs.total = Duration::from_millis(100);
        refused(answer(&settings), "did not come to the end within 100 ms");
    }
}

#[test]
fn a_bind_that_is_not_answered_fails() {
    let server = Slapd::with("");
    let proxy = Proxy::before(server.port, Break::StallAfter(0));
    let mut settings = settings(proxy.port, &[]);
    settings.time_outs.operation = Duration::from_millis(100);
    refused(Session::open(&settings), "ldap bind failed: no answer");
    let proxy = Proxy::before(server.port, Break::CutAfter(0));
    refused(open(proxy.port, &[]), "ldap bind failed: the connection");
    settings.mode = usher::realm::ldap::Mode::Tls;
    settings.time_outs.connect = Duration::from_millis(100);
    let proxy = Proxy::before(server.tls_port, Break::StallAfter(0));
    settings.port = proxy.port;
    refused(Session::open(&settings), "no answer from 'ldaps://127.0.0.1:");
}

#[test]
fn the_second_server_is_asked_when_the_first_is_gone() {
    let server = Slapd::with(&user("joe"));
    // Nobody listens there: the server is bound to another address of the loopback.
    let both = [("server1", "127.0.0.2"), ("server2", "127.0.0.1")];
    let mut session = open(server.port, &both).unwrap();
    assert_eq!(session.server(), "127.0.0.1");
    assert_eq!(all(&mut session, &people(10)).unwrap().len(), 1);
    let both = [("server1", "no-such-host.invalid"), ("server2", "127.0.0.1")];
    assert_eq!(open(server.port, &both).unwrap().server(), "127.0.0.1");
    let error =
        refused(open(server.port, &[("server1", "127.0.0.2")]), "cannot connect to 'ldap://127.0.0.2:");
    assert!(error.to_string().contains("refused") && error.hint().is_some());
    refused(
        open(server.port, &[("server1", "no-such-host.invalid")]),
        "'no-such-host.invalid' cannot be found",
    );
}

#[test]
fn a_stopped_server_is_told() {
    let mut server = Slapd::with("");
    let mut session = open(server.port, &[]).unwrap();
    server.stop();
    refused(all(&mut session, &people(10)), "was lost");
    refused(open(server.port, &[]), "refused");
}

#[test]
fn binds_are_checked() {
    let server = Slapd::with(&user("joe"));
    let with = |values: &[(&str, &str)], password: &str| {
        let password = Some(Zeroizing::new(password.to_owned()));
        Settings::of(&realm(server.port, values), password).and_then(|settings| Session::open(&settings))
    };
    let error = refused(with(&[], "wrong"), "ldap bind failed: Invalid credentials");
    assert_eq!(error.to_string(), "ldap bind failed: Invalid credentials");
    assert!(error.hint().unwrap().contains(SYNC) && !format!("{error:?}").contains("wrong"));
    refused(with(&[], ""), "empty password for realm ex");
    refused(with(&[("bind_dn", "no dn")], "x"), "ldap bind failed: Invalid DN syntax");
    // The second server is another one in name only: a refusal is an answer.
    let proxied = Proxy::before(server.port, Break::CutAfter(usize::MAX));
    let port = proxied.port.to_string();
    refused(
        with(&[("port", &port), ("server2", "127.0.0.2")], "wrong"),
        "ldap bind failed: Invalid credentials",
    );
    let mut nobody = with(&[("bind_dn", "")], "").unwrap();
    assert_eq!(all(&mut nobody, &people(10)).unwrap().len(), 1);
    let certificate = [("bind_dn", ""), ("cert", "/c.pem"), ("certkey", "/k.pem")];
    let session = with(&certificate, "").unwrap();
    assert!(session.notes().contains(&"skipping anonymous bind with clientcert".to_owned()));
    let strict = Setup { global: "require bind\ndisallow bind_anon\n".into(), ..Setup::default() };
    let strict = Slapd::set_up(&strict);
    let error =
        refused(open(strict.port, &[("bind_dn", "")]), "ldap bind failed: Inappropriate authentication");
    assert!(error.hint().unwrap().contains("--bind_dn"));
}

#[test]
fn a_password_is_tried() {
    let server = Slapd::set_up(&Setup {
        ldif: user("joe"),
        // Takes a name without a password for nobody, and says yes.
        global: "allow bind_anon_cred bind_anon_dn\n".into(),
        ..Setup::default()
    });
    let mut session = open(server.port, &[]).unwrap();
    let joe = "uid=joe,ou=people,dc=test";
    assert_eq!(session.bind_as(joe, "joe-secret").unwrap(), Verdict::Accepted);
    assert_eq!(session.bind_as(joe, "wrong").unwrap(), Verdict::Refused("Invalid credentials".into()));
    assert!(matches!(session.bind_as("uid=nobody,dc=test", "x").unwrap(), Verdict::Refused(_)));
    refused(session.bind_as(joe, ""), "no password");
    let mut session = Session::open_unbound(&settings(server.port, &[])).unwrap();
    assert_eq!(session.bind_as(joe, "joe-secret").unwrap(), Verdict::Accepted);
}

#[test]
fn tls_is_checked_when_the_realm_says_so() {
    let server = Slapd::with(&user("joe"));
    let (authority, wrong) = (server.authority(), stranger(server.path()));
    let (authority, wrong) = (authority.to_str().unwrap(), wrong.to_str().unwrap());
    let folder = server.path().to_str().unwrap();
    for (mode, port) in [("ldaps", server.tls_port), ("ldap+starttls", server.port)] {
        let with = |values: &[(&str, &str)]| {
            let mut all = vec![("mode", mode)];
            all.extend(values);
            open(port, &all)
        };
        let mut session = with(&[("verify", "1"), ("capath", authority)]).unwrap();
        assert_eq!(all(&mut session, &people(10)).unwrap().len(), 1);
        let certificate = session.certificate().unwrap();
        assert_eq!((certificate.subject.as_str(), certificate.expires), ("CN=localhost", 4_070_908_800));
        with(&[("verify", "1"), ("capath", folder)]).unwrap();
        with(&[("verify", "1"), ("capath", authority), ("server1", "localhost")]).unwrap();
        with(&[("verify", "1"), ("capath", authority), ("sslversion", "tlsv1_2")]).unwrap();
        with(&[("verify", "1"), ("capath", authority), ("sslversion", "tlsv1_3")]).unwrap();
        with(&[("capath", wrong)]).unwrap();
        let error = refused(
            with(&[("verify", "1"), ("capath", wrong)]),
            "signed by an authority that is not trusted",
        );
        assert!(error.hint().unwrap().contains("--capath"));
        refused(with(&[("verify", "1")]), "signed by an authority that is not trusted");
        refused(with(&[("verify", "1"), ("capath", "/no/such/file")]), "no certificate can be read from");
    }
    let (certificate, key) = (server.path().join("server.pem"), server.path().join("server.key"));
    let (certificate, key) = (certificate.to_str().unwrap(), key.to_str().unwrap());
    let own =
        [("mode", "ldaps"), ("verify", "1"), ("capath", authority), ("cert", certificate), ("certkey", key)];
    assert!(open(server.tls_port, &own).unwrap().notes().is_empty());
    assert!(!open(server.tls_port, &[own[0], own[3], own[4]]).unwrap().notes().is_empty());
    refused(open(server.port, &[("mode", "ldaps")]), "TLS");
    let plain = Setup { global: "security tls=128\n".into(), ..Setup::default() };
    let plain = Slapd::set_up(&plain);
    let error = refused(open(plain.port, &[]), "Confidentiality required");
    assert!(error.hint().unwrap().contains("starttls"));
}

#[test]
fn bad_certificates_are_told_apart() {
    for (flaw, words) in [
        (Flaw::Expired, "has expired"),
        (Flaw::OtherHost, "belongs to another host: DnsName(\"elsewhere.test\")"),
        (Flaw::NoName, "has no subjectAltName"),
    ] {
        let server = Slapd::set_up(&Setup { flaw, ..Setup::default() });
        let authority = server.authority();
        let trusting = [("mode", "ldaps"), ("verify", "1"), ("capath", authority.to_str().unwrap())];
        let error = refused(open(server.tls_port, &trusting), words);
        assert!(error.hint().is_some());
        open(server.tls_port, &[("mode", "ldaps")]).unwrap();
    }
}

#[test]
fn a_certificate_of_ones_own_is_trusted_when_it_is_named() {
    let server = Slapd::set_up(&Setup { flaw: Flaw::SelfSigned, ..Setup::default() });
    let (own, other) = (server.authority(), stranger(server.path()));
    let trusting = |path: &std::path::Path| {
        open(server.tls_port, &[("mode", "ldaps"), ("verify", "1"), ("capath", path.to_str().unwrap())])
    };
    trusting(&own).unwrap();
    let error = refused(trusting(&other), "was signed by the server itself, and the realm does not name it");
    assert!(error.hint().unwrap().contains("--capath"));
    let server = Slapd::set_up(&Setup { flaw: Flaw::SelfSignedOtherHost, ..Setup::default() });
    let own = server.authority();
    let trusting = [("mode", "ldaps"), ("verify", "1"), ("capath", own.to_str().unwrap())];
    refused(open(server.tls_port, &trusting), "belongs to another host");
}

#[test]
fn searches_that_cannot_be_answered() {
    let database = format!(
        "access to dn.subtree=\"ou=groups,{BASE}\" by * none\naccess to * by anonymous auth by * read\n"
    );
    let server = Slapd::set_up(&Setup { ldif: user("joe"), database, ..Setup::default() });
    let mut session = open(server.port, &[]).unwrap();
    let query = |base: &str, filter: &str| Query { base: base.into(), filter: filter.into(), ..people(10) };
    let error = refused(
        all(&mut session, &query("ou=nowhere,dc=test", "(uid=*)")),
        "'ou=nowhere,dc=test' is not there",
    );
    assert!(
        error.to_string().contains("the server knows 'dc=test'") && error.hint().unwrap().contains("base_dn")
    );
    refused(all(&mut session, &query("nonsense", "(uid=*)")), "Invalid DN syntax");
    refused(
        all(&mut session, &query("ou=groups,dc=test", "(cn=*)")),
        "'ou=groups,dc=test' is not there, or not to be seen by cn=sync,dc=test",
    );
    refused(all(&mut session, &query("dc=elsewhere", "(cn=*)")), "'dc=elsewhere' is not there");
    let error = refused(all(&mut session, &query(BASE, "(uid=*")), "the LDAP filter is not understood");
    assert!(error.hint().unwrap().contains("RFC 4515"));
    // The session is as good as before.
    assert_eq!(all(&mut session, &people(10)).unwrap().len(), 1);
    let mut nobody = open(server.port, &[("bind_dn", "")]).unwrap();
    let error = refused(all(&mut nobody, &people(10)), "Insufficient access");
    assert!(error.hint().unwrap().contains("--bind_dn"));
}

#[test]
fn the_callers_failure_ends_a_search() {
    let server = Slapd::with(&users("u", 50));
    let mut session = open(server.port, &[]).unwrap();
    let mut seen = 0;
    let result = session.search(&people(20), &mut |_| {
        seen += 1;
        if seen == 3 { Err(Error::refused("enough")) } else { Ok(()) }
    });
    refused(result, "enough");
    assert_eq!(seen, 3);
    assert_eq!(all(&mut session, &people(20)).unwrap().len(), 50);
}

#[test]
fn referrals_are_told_and_not_followed() {
    let referral = "dn: ou=far,dc=test\nobjectClass: referral\nobjectClass: extensibleObject\nou: far\n\
                    ref: ldap://far.invalid/ou=far,dc=test\n\n";
    let server = Slapd::with(&format!("{}{referral}", user("joe")));
    let mut session = open(server.port, &[]).unwrap();
    let mut count = 0;
    let warnings = session.search(&people(10), &mut |_| {
        count += 1;
        Ok(())
    });
    assert_eq!(count, 1);
    let warnings = warnings.unwrap();
    assert!(warnings.len() == 1 && warnings[0].contains("ldap://far.invalid/"), "{warnings:?}");
    let query = Query { base: "ou=far,dc=test".into(), ..people(10) };
    let error = refused(session.search(&query, &mut |_| Ok(())), "refers to 'ldap://far.invalid/");
    assert!(error.hint().unwrap().contains("server1"));
}

#[test]
fn values_are_bytes() {
    // Not UTF-8, and the byte that ends texts elsewhere.
    let photo = "dn: uid=odd,ou=people,dc=test\nobjectClass: inetOrgPerson\nuid: odd\ncn: odd\nsn:: w4TDlg==\n\
                 jpegPhoto:: /wAB\ndescription;lang-de: bunt\n\n";
    let server = Slapd::with(photo);
    let mut session = open(server.port, &[]).unwrap();
    let query = Query { attributes: Vec::new(), ..people(10) };
    let entry = &all(&mut session, &query).unwrap()[0];
    assert_eq!(entry.values("jpegphoto"), [[0xff, 0, 1]]);
    assert_eq!(entry.values("sn"), ["ÄÖ".as_bytes()]);
    assert_eq!(entry.values("description"), [b"bunt"]);
    assert!(entry.values("mail").is_empty());
}

#[test]
fn a_large_group_comes_whole() {
    let members: Vec<String> = (0..10_000).map(|number| format!("uid=u{number},ou=people,dc=test")).collect();
    let server = Slapd::with(&group("all", members.iter().map(String::as_str)));
    let mut session = open(server.port, &[]).unwrap();
    let query = Query::groups(&realm(server.port, &[]), BASE);
    let groups = all(&mut session, &query).unwrap();
    assert_eq!(groups.len(), 1);
    assert!(groups[0].values("member").iter().eq(members.iter().map(String::as_bytes)));
}

#[test]
fn users_of_a_realm_are_found_by_their_names() {
    let server = Slapd::with(&format!("{}{}", user("joe"), user("Ann (x*\\)")));
    let realm = realm(server.port, &[]);
    let mut session = open(server.port, &[]).unwrap();
    assert_eq!(session.base_dn().unwrap(), BASE);
    assert_eq!(all(&mut session, &Query::users(&realm, BASE)).unwrap().len(), 2);
    for (name, count) in [("joe", 1), ("Ann (x*\\)", 1), ("*", 0), ("joe)(uid=*", 0), ("jo", 0)] {
        assert_eq!(all(&mut session, &Query::user(&realm, BASE, name)).unwrap().len(), count, "{name}");
    }
}

#[test]
fn a_server_that_names_no_base_is_told() {
    let server = Slapd::with("");
    let mut settings = settings(server.port, &[]);
    settings.base = None;
    let error = refused(Session::open(&settings).unwrap().base_dn(), "defaultNamingContext");
    assert!(error.hint().unwrap().contains("--base_dn"));
}

#[test]
fn the_administrator_binds_too() {
    let server = Slapd::with(&users("u", 1201));
    let settings = Settings::of(
        &realm(server.port, &[("bind_dn", ADMIN)]),
        Some(Zeroizing::new(ADMIN_PASSWORD.to_owned())),
    );
    let mut session = Session::open(&settings.unwrap()).unwrap();
    server.modify("dn: uid=u0,ou=people,dc=test\nchangetype: delete\n");
    assert_eq!(all(&mut session, &people(0)).unwrap().len(), 1200);
}

/// A directory with a realm `ex` of a server, and the certificate authority it trusts.
fn place(server: &Slapd, values: &[(&str, &str)]) -> Place {
    let place = Place::new();
    let section: String = realm(server.port, values)
        .properties()
        .map(|(property, value)| format!("\t{} {value}\n", property.name))
        .collect();
    place.write("domains.cfg", format!("ldap: ex\n{section}\n"));
    place.write("priv/realm/ex.pw", SYNC_PASSWORD);
    place
}

#[test]
fn a_realm_is_tried_out_step_by_step() {
    let server = Slapd::with(&format!("{}{}", users("u", 1201), group("all", ["uid=u0,ou=people,dc=test"])));
    let authority = server.authority();
    let trusting = [("mode", "ldap+starttls"), ("verify", "1"), ("capath", authority.to_str().unwrap())];
    let place = place(&server, &trusting);
    let rows = place.untouched("realm test ex --user u7 --output-format json").json();
    let steps: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["try"].as_str().unwrap()).collect();
    assert_eq!(steps, ["resolve", "connect", "tls", "bind", "base", "users", "groups", "user"]);
    assert!(rows.as_array().unwrap().iter().all(|row| row["result"] == "ok" && row["ms"].is_u64()), "{rows}");
    assert_eq!(
        (&rows[2]["detail"], &rows[2]["expires"]),
        (&"CN=localhost, expires 2099-01-01".into(), &4_070_908_800_i64.into())
    );
    assert_eq!(rows[3]["detail"], SYNC);
    assert_eq!((&rows[5]["count"], &rows[6]["count"]), (&1201.into(), &1.into()));
    assert_eq!(rows[7]["detail"], "uid=u7,ou=people,dc=test");
    let text = place.usher("realm test ex").quiet();
    assert!(text.contains("1201 below dc=test") && !text.contains("advice"), "{text}");
    let run = place.untouched("realm test ex --user nobody --output-format json");
    assert!(
        run.status == 1 && run.err.contains("'nobody' is not found") && run.err.contains("hint: "),
        "{run:?}"
    );
    assert!(run.out.contains("\"users\""), "what worked is shown as well");
    let run = place.run("pveum", ["realm", "test", "ex"], "");
    assert!(run.status == 255 && run.err.contains("unknown command"), "{run:?}");
}

#[test]
fn a_trial_says_what_to_change() {
    let server = Slapd::with(&user("joe"));
    for (values, step, words, advice) in [
        (&[("server1", "no-such-host.invalid")][..], "resolve", "cannot be found", "server1"),
        (&[("port", "1")], "connect", "refused", "port"),
        (&[("mode", "ldap+starttls"), ("verify", "1")], "tls", "not trusted", "--capath"),
        (&[("bind_dn", "cn=nobody,dc=test")], "bind", "Invalid credentials", "cn=nobody,dc=test"),
        (&[("base_dn", "dc=elsewhere")], "users", "'dc=elsewhere' is not there", "base_dn"),
        (&[("user_classes", "posixAccount")], "users", "no user is found", "user_classes"),
        (&[("group_dn", "ou=nowhere,dc=test")], "groups", "'ou=nowhere,dc=test' is not there", "group_dn"),
    ] {
        let run = place(&server, values).untouched("realm test ex --output-format json");
        assert_eq!(run.status, 1, "{run:?}");
        let rows: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let row = rows.as_array().unwrap().iter().find(|row| row["result"] == "failed").unwrap();
        assert_eq!(row["try"], step, "{row}");
        assert!(row["detail"].as_str().unwrap().contains(words), "{row}");
        assert!(row["advice"].as_str().unwrap().contains(advice), "{row}");
        assert!(run.err.contains(words) && run.err.contains(advice), "{run:?}");
    }
    // Who may search for names and not read them finds objects without names.
    let database = "access to attrs=uid by dn.exact=\"cn=sync,dc=test\" search by * auth\n\
                    access to * by anonymous auth by * read\n";
    let hidden = Setup { ldif: user("joe"), database: database.into(), ..Setup::default() };
    let hidden = Slapd::set_up(&hidden);
    let run = place(&hidden, &[]).untouched("realm test ex");
    assert!(run.status == 1 && run.err.contains("that the bind DN may read 'uid'"), "{run:?}");
    let place = place(&server, &[("server2", "127.0.0.2")]);
    let run = place.untouched("realm test ex");
    assert!(
        run.status == 1 && run.out.contains("1 below dc=test") && run.err.contains("127.0.0.2"),
        "{run:?}"
    );
    std::fs::remove_file(place.path().join("priv/realm/ex.pw")).unwrap();
    assert!(place.untouched("realm test ex").refused(1).contains("missing password for realm ex"));
    place.write("priv/ldap/ex.pw", format!("{SYNC_PASSWORD}\nsecond line\n"));
    place.usher("realm modify ex --delete server2").warned();
    place.usher("realm test ex").quiet();
    place.untouched("realm test pve").refused(1);
    place.untouched("realm test nope").refused(1);
}

#[test]
fn a_connection_is_checked_before_anything_is_stored() {
    let server = Slapd::with(&user("joe"));
    let add = format!(
        "realm add ex --type ldap --base_dn {BASE} --server1 127.0.0.1 --port {} --user_attr uid --bind_dn {SYNC} \
         --check-connection 1",
        server.port
    );
    let place = Place::new();
    let refused = place.untouched(&format!("{add} --password wrong")).refused(1);
    assert!(refused.contains("ldap bind failed: Invalid credentials"), "{refused}");
    assert!(place.untouched(&add).refused(1).contains("missing password for realm ex"));
    assert!(place.files().is_empty());
    let refused = place.pveum(&format!("{add} --password wrong")).refused(255);
    assert!(
        refused.starts_with("add auth server failed: ldap bind failed: Invalid credentials"),
        "{refused}"
    );
    assert!(place.files().is_empty(), "the original has stored the wrong password by now");
    place.pveum(&format!("{add} --password {SYNC_PASSWORD}")).quiet();
    assert_eq!(place.read("priv/realm/ex.pw"), SYNC_PASSWORD);
    place.untouched("realm modify ex --check-connection 1 --password wrong").refused(1);
    let run = place.pveum("realm modify ex --check-connection 1 --password wrong");
    assert!(run.refused(255).starts_with("update auth server failed: ldap bind failed:"));
    place.untouched("realm modify ex --check-connection 1 --port 1").refused(1);
    place.untouched("realm modify ex --check-connection 1 --delete password").refused(1);
    place.usher("realm modify ex --check-connection 1 --comment x").quiet();
    place.usher("realm modify ex --check-connection 1 --delete bind_dn").warned();
    assert!(
        place
            .untouched("realm modify pve --check-connection 1 --comment x")
            .refused(1)
            .contains("check-connection")
    );
    place.untouched(&format!("{add} --if-not-exists")).quiet();
}

#[test]
fn open_doors_are_told() {
    let add = |name: &str, more: &str| {
        format!("realm add {name} --type ldap --base_dn {BASE} --server1 192.0.2.1 --user_attr uid {more}")
    };
    let place = Place::new();
    assert!(place.usher(&add("aa", "--bind_dn cn=a --password x")).warned().contains("bind password"));
    assert!(place.usher(&add("bb", "")).warned().contains("unencrypted"));
    assert!(place.usher(&add("cc", "--mode ldaps")).warned().contains("any certificate"));
    place.usher(&add("dd", "--mode ldaps --verify 1")).quiet();
    place.pveum(&add("ee", "")).quiet();
    assert!(place.usher("realm modify dd --verify 0").warned().contains("any certificate"));
    place.usher("realm modify dd --comment x").quiet();
}
