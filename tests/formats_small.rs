//! `domains.cfg` and the files of secrets: what is read, what is written, what is kept.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use usher::error::Error;
use usher::format::domains_cfg;
use usher::format::shadow_cfg::Shadow;
use usher::format::tfa_cfg::TfaFile;
use usher::format::token_cfg::TokenSecrets;
use usher::model::id::{RealmId, TokenId, UserId};
use usher::model::realm::{RealmChanges, RealmKind, Realms};

const BASIC: &str = "pam: pam\n\tcomment Linux PAM standard authentication\n\n\
    pve: pve\n\tcomment Proxmox VE authentication server\n\n\
    ldap: ex\n\tcomment LDAP %C3%9C test\n\tbase_dn dc=example,dc=com\n\tserver1 127.0.0.1\n\
    \tuser_attr uid\n\tbind_dn cn=svc-bind,dc=example,dc=com\n\tport 3389\n\
    \tsync_attributes firstname=givenName,lastname=sn,email=mail,comment=description\n\n\
    ad: adr\n\tdomain example.com\n\tserver1 192.0.2.10\n\tdefault 1\n\tserver2 192.0.2.11\n\n\
    openid: oid\n\tclient-id cid\n\tissuer-url https://idp.example.com\n\tautocreate 1\n\
    \tclient-key s3cret\n\tusername-claim email\n\n";

const BUILT_IN: &str = "pve: pve\n\tcomment Proxmox VE authentication server\n\n\
    pam: pam\n\tcomment Linux PAM standard authentication\n\n";

fn realms(text: &str) -> Realms {
    let (realms, warnings) = domains_cfg::parse(text.as_bytes());
    assert_eq!(warnings, []);
    realms
}

fn rendered(realms: &Realms) -> String {
    String::from_utf8(domains_cfg::render(realms)).unwrap()
}

fn realm(text: &str) -> RealmId {
    RealmId::parse(text).unwrap()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn modify(text: &str, id: &str, set: &[(&str, &str)], delete: &[&str]) -> String {
    let (mut realms, _) = domains_cfg::parse(text.as_bytes());
    let delete = delete.iter().map(|name| (*name).to_owned()).collect();
    realms.modify(&realm(id), RealmChanges { set: pairs(set), delete, digest: None }).unwrap();
    rendered(&realms)
}

fn messages(text: &[u8]) -> Vec<(usize, String)> {
    domains_cfg::parse(text).1.into_iter().map(|warning| (warning.line, warning.message)).collect()
}

#[test]
fn a_new_realm_stands_before_the_built_in_ones() {
    let mut fresh = realms("");
    let ldap = [("server1", "127.0.0.1"), ("base_dn", "dc=example,dc=com"), ("user_attr", "uid")];
    fresh.add(RealmKind::Ldap, realm("l1"), pairs(&ldap)).unwrap();
    let first =
        format!("ldap: l1\n\tbase_dn dc=example,dc=com\n\tserver1 127.0.0.1\n\tuser_attr uid\n\n{BUILT_IN}");
    assert_eq!(rendered(&fresh), first);

    let mut again = realms(&first);
    assert_eq!(again, fresh);
    let openid = [("issuer-url", "https://i"), ("client-id", "c"), ("scopes", "email profile")];
    again.add(RealmKind::OpenId, realm("o3"), pairs(&openid)).unwrap();
    let second =
        format!("{first}openid: o3\n\tclient-id c\n\tissuer-url https://i\n\tscopes email profile\n\n");
    assert_eq!(rendered(&again), second);
}

#[test]
fn options_are_written_in_the_original_order() {
    let mut fresh = realms("");
    let all = [
        ("issuer-url", "https://i"),
        ("client-id", "c"),
        ("client-key", "k"),
        ("autocreate", "1"),
        ("username-claim", "email"),
        ("groups-claim", "g"),
        ("groups-autocreate", "1"),
        ("groups-overwrite", "1"),
        ("prompt", "login"),
        ("acr-values", "a"),
        ("query-userinfo", "0"),
        ("audiences", "aud"),
        ("default", "1"),
    ];
    fresh.add(RealmKind::OpenId, realm("o2"), pairs(&all)).unwrap();
    assert_eq!(
        rendered(&fresh),
        format!(
            "openid: o2\n\tclient-id c\n\tissuer-url https://i\n\tacr-values a\n\taudiences aud\n\
             \tautocreate 1\n\tclient-key k\n\tdefault 1\n\tgroups-autocreate 1\n\tgroups-claim g\n\
             \tgroups-overwrite 1\n\tprompt login\n\tquery-userinfo 0\n\tusername-claim email\n\n{BUILT_IN}"
        )
    );
}

#[test]
fn changes_of_a_full_file() {
    let comment = "\tcomment LDAP %C3%9C test\n";
    let new = modify(BASIC, "ex", &[("comment", "new")], &[]);
    assert_eq!(new, BASIC.replace(comment, "\tcomment new\n"));
    let cleared = modify(&new, "ex", &[("comment", "")], &[]);
    assert_eq!(cleared, BASIC.replace(comment, ""));
    let default = modify(&cleared, "ex", &[("default", "1")], &[]);
    assert_eq!(
        default,
        cleared.replace("\tdefault 1\n", "").replace("\tport 3389\n", "\tdefault 1\n\tport 3389\n")
    );
    assert_eq!(modify(&default, "ex", &[], &["comment", "port"]), default.replace("\tport 3389\n", ""));
    assert_eq!(
        modify(BASIC, "ex", &[("sync-defaults-options", "scope=users,full=1,purge=1")], &[]),
        BASIC.replace(
            "\tsync_attributes",
            "\tsync-defaults-options remove-vanished=entry;properties;acl,scope=users\n\tsync_attributes"
        )
    );
    assert_eq!(
        modify(BASIC, "pve", &[("tfa", "type=oath")], &[]),
        BASIC.replace("VE authentication server\n", "VE authentication server\n\ttfa type=oath\n")
    );
    assert_eq!(modify(BASIC, "ex", &[], &["nope"]), BASIC);
    assert_eq!(modify(BASIC, "ex", &[("password", "newpw")], &[]), BASIC);
}

#[test]
fn removing_realms() {
    let section = |name: &str| {
        let start = BASIC.find(name).unwrap();
        &BASIC[start..start + BASIC[start..].find("\n\n").unwrap() + 2]
    };
    let mut full = realms(BASIC);
    full.remove(&realm("ex")).unwrap();
    let without_ex = BASIC.replace(section("ldap: ex"), "");
    assert_eq!(rendered(&full), without_ex);

    let mut full = realms(&without_ex);
    full.remove(&realm("pam")).unwrap();
    let without_pam = without_ex.replace(section("pam: pam"), "");
    assert_eq!(rendered(&full), without_pam);

    let mut full = realms(&without_pam);
    full.remove(&realm("pve")).unwrap();
    let without_pve = without_pam.replace(section("pve: pve"), "") + section("pam: pam");
    assert_eq!(rendered(&full), without_pve);
}

#[test]
fn comments_of_built_in_realms() {
    let bare = modify(BASIC, "pam", &[("comment", "")], &[]);
    assert!(bare.starts_with("pam: pam\n\npve: pve\n"));
    assert_eq!(rendered(&realms(&bare)), bare);
    assert_eq!(modify(&bare, "ex", &[("port", "3389")], &["port"]), bare);
    let changed = modify(&bare, "ex", &[("port", "389")], &[]);
    assert_eq!(changed, BASIC.replace("port 3389", "port 389"));
}

const BAD: &str = "ldap: 1bad\n\tserver1 x\n\nldap: half\n\tserver1 127.0.0.1\n\nnope: foo\n\tbar baz\n\n\
    ldap: ok\n\tbase_dn dc=x\n\tserver1 127.0.0.1\n\tuser_attr uid\n\tunknownopt 1\n\tport abc\n\n\
    garbage line\n";

#[test]
fn what_is_not_understood_is_told_and_kept() {
    let (bad, warnings) = domains_cfg::parse(BAD.as_bytes());
    let ids: Vec<&str> = bad.iter().map(|realm| realm.id().as_str()).collect();
    assert_eq!(ids, ["ok", "pve", "pam"]);
    assert!(warnings.iter().all(|warning| warning.file == "domains.cfg"));
    let told = messages(BAD.as_bytes());
    let told: Vec<(usize, &str)> = told.iter().map(|(line, message)| (*line, message.as_str())).collect();
    assert_eq!(
        told,
        [
            (1, "skip section '1bad': value does not look like a valid realm"),
            (4, "skip section 'half': missing value for required option 'base_dn'"),
            (7, "skip section 'foo': unsupported type 'nope'"),
            (14, "section 'ok': unable to parse value of 'unknownopt': unexpected property 'unknownopt'"),
            (15, "section 'ok': unable to parse value of 'port': type check ('integer') failed - got 'abc'"),
            (17, "ignore config line: garbage line"),
        ]
    );
    assert_eq!(rendered(&bad), BAD);
    let built_in = BUILT_IN.replace("Linux PAM standard authentication", "x");
    assert_eq!(modify(BAD, "pam", &[("comment", "x")], &[]), format!("{BAD}{built_in}"));
}

#[test]
fn inert_lines_stay_at_their_place_and_never_come_to_life() {
    let text = "# corp\nldap: ok\n\t# where people are\n\tbase_dn dc=x\n\tserver1 a\n\tuser_attr uid\n\
        \tport 389\n\tport 636\n\tpassword s\n\tunknownopt 1\n";
    assert_eq!(
        modify(text, "ok", &[("comment", "c")], &[]),
        format!(
            "# corp\nldap: ok\n\tcomment c\n\t# where people are\n\tbase_dn dc=x\n\tserver1 a\n\
             \tuser_attr uid\n\tport 389\n\tport 636\n\tpassword s\n\tunknownopt 1\n\n{BUILT_IN}"
        )
    );
    assert_eq!(
        modify(text, "ok", &[], &["port", "unknownopt"]),
        format!(
            "# corp\nldap: ok\n\t# where people are\n\tbase_dn dc=x\n\tserver1 a\n\tuser_attr uid\n\
             \tpassword s\n\n{BUILT_IN}"
        )
    );
    let (mut bad, _) = domains_cfg::parse(BAD.as_bytes());
    let ldap = [("server1", "a"), ("base_dn", "b"), ("user_attr", "uid")];
    let notes = bad.add(RealmKind::Ldap, realm("half"), pairs(&ldap)).unwrap();
    assert_eq!(notes, ["dropped the section 'half' at line 4, which did not count"]);
    assert_eq!(rendered(&bad).matches("ldap: half\n").count(), 1);
}

#[test]
fn of_two_lines_the_first_counts_even_when_they_change_places() {
    let text = "ldap: ok\n\tserver1 b\n\tuser_attr uid\n\tserver1 a\n\tbase_dn dc=x\n\tport 1\n\n";
    assert_eq!(
        modify(text, "ok", &[], &["port"]),
        format!("ldap: ok\n\tbase_dn dc=x\n\tserver1 b\n\tserver1 a\n\tuser_attr uid\n\n{BUILT_IN}")
    );
}

#[test]
fn of_two_sections_the_last_counts_and_both_go() {
    let text = "openid: oo\n\tclient-id a\n\tissuer-url b\n\nopenid: oo\n\tclient-id c\n\tissuer-url d\n\n";
    assert_eq!(
        messages(text.as_bytes()),
        [(1, "skip section 'oo': the name comes again further down".into())]
    );
    let (mut twice, _) = domains_cfg::parse(text.as_bytes());
    assert_eq!(twice.get("oo").unwrap().get("client-id"), Some("c"));
    assert_eq!(twice.remove(&realm("oo")).unwrap().len(), 1);
    assert_eq!(rendered(&twice), BUILT_IN);
}

#[test]
fn of_two_default_realms_the_first_stays() {
    let text = BASIC.replace("\tautocreate 1\n", "\tautocreate 1\n\tdefault 1\n");
    assert_eq!(
        messages(text.as_bytes()),
        [(22, "section 'oid': ignore 'default', 'adr' is the default realm".into())]
    );
    assert_eq!(rendered(&domains_cfg::parse(text.as_bytes()).0), text);
    assert_eq!(modify(&text, "ex", &[("port", "389")], &[]), BASIC.replace("port 3389", "port 389"));
}

#[test]
fn the_names_of_built_in_realms_decide_their_kind() {
    let text = "ldap: pam\n\tserver1 a\n\tcomment c\n\n";
    let (forced, _) = domains_cfg::parse(text.as_bytes());
    assert_eq!(forced.get("pam").unwrap().kind(), RealmKind::Pam);
    assert_eq!(
        modify(text, "pam", &[("default", "1")], &[]),
        "pam: pam\n\tserver1 a\n\tcomment c\n\tdefault 1\n\npve: pve\n\tcomment Proxmox VE authentication server\n\n"
    );
}

#[test]
fn bytes_that_are_no_utf_8_are_latin_1() {
    let text = b"ldap: ok\n\tbase_dn ou=J\xfcrgen\n\tserver1 a\n\tuser_attr uid\n\n";
    let (mut latin, warnings) = domains_cfg::parse(text);
    assert_eq!(warnings, []);
    assert_eq!(latin.get("ok").unwrap().get("base_dn"), Some("ou=Jürgen"));
    latin
        .modify(&realm("pam"), RealmChanges { set: pairs(&[("comment", "x")]), ..RealmChanges::default() })
        .unwrap();
    assert!(domains_cfg::render(&latin).starts_with(text));
}

#[test]
fn digest() {
    assert_eq!(domains_cfg::digest(b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    let mut full = realms(BASIC);
    let digest = Some(full.digest().to_owned());
    full.modify(
        &realm("ex"),
        RealmChanges { digest, ..RealmChanges { set: pairs(&[("port", "1")]), ..RealmChanges::default() } },
    )
    .unwrap();
}

const SHADOW: &str = "a:$5$saltsalt$UhHNsz/0J7RLJpCPQ/QHfXQnwvacRyUt/M10qtCOP4A:\n\
    b:$5$saltsalt$UhHNsz/0J7RLJpCPQ/QHfXQnwvacRyUt/M10qtCOP4A:\n";

#[test]
fn shadow() {
    let (mut shadow, warnings) = Shadow::parse(SHADOW.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(shadow.get("a"), Some("$5$saltsalt$UhHNsz/0J7RLJpCPQ/QHfXQnwvacRyUt/M10qtCOP4A"));
    assert!(!format!("{shadow:?}").contains("salt"));
    assert!(shadow.set("joe", "$5$x$y").unwrap());
    assert!(!shadow.set("joe", "$5$x$y").unwrap());
    assert_eq!(shadow.render(), format!("{SHADOW}joe:$5$x$y:\n").into_bytes());
    assert!(shadow.remove("a") && !shadow.remove("a"));
    assert!(shadow.set("b", "z").unwrap());
    assert_eq!(shadow.render(), b"b:z:\njoe:$5$x$y:\n");
    for (name, hash) in [("x", ""), ("x", "a:b"), ("x", "a b"), ("x:y", "z"), ("x", "a\nroot:b:")] {
        assert!(shadow.set(name, hash).is_err(), "{name} {hash}");
    }
}

#[test]
fn shadow_keeps_what_it_does_not_know() {
    let text = "# x\n a:1: \n\nb:2\na:3:\nc:4:5:\n#d:6:";
    let (mut shadow, warnings) = Shadow::parse(text.as_bytes());
    let lines: Vec<usize> = warnings.iter().map(|warning| warning.line).collect();
    assert_eq!(lines, [1, 4, 6]);
    assert_eq!(warnings[0].message, "pve shadow password: ignore invalid line");
    assert_eq!((shadow.get("a"), shadow.get("b"), shadow.get("#d")), (Some("3"), None, Some("6")));
    assert_eq!(shadow.render(), text.as_bytes());
    shadow.set("a", "7").unwrap();
    assert_eq!(shadow.render(), b"# x\na:7:\n\nb:2\nc:4:5:\n#d:6:\n");
}

const TOKENS: &str = "a@pve!full 11111111-2222-3333-4444-555555555555\n\
    a@pve!sep 66666666-2222-3333-4444-555555555555\n\
    root@pam!mon 77777777-2222-3333-4444-555555555555\n";

#[test]
fn tokens() {
    let token = |text| TokenId::parse(text).unwrap();
    let (mut tokens, warnings) = TokenSecrets::parse(TOKENS.as_bytes());
    assert_eq!(warnings, []);
    assert!(!format!("{tokens:?}").contains("1111"));
    tokens.set(&token("b@pve!t1"), "s1").unwrap();
    tokens.set(&token("a@pve!sep@pve!tt"), "s2").unwrap();
    let lines: Vec<&str> = TOKENS.split_inclusive('\n').collect();
    let expected = format!("{}{}a@pve!sep@pve!tt s2\nb@pve!t1 s1\n{}", lines[0], lines[1], lines[2]);
    assert_eq!(String::from_utf8(tokens.render()).unwrap(), expected);
    assert_eq!(tokens.get(&token("b@pve!t1")), Some("s1"));
    assert!(tokens.remove_user(&UserId::parse("a@pve").unwrap()));
    assert_eq!(
        String::from_utf8(tokens.render()).unwrap(),
        format!("a@pve!sep@pve!tt s2\nb@pve!t1 s1\n{}", lines[2])
    );
    assert!(!tokens.remove(&token("a@pve!full")));
    assert!(tokens.set(&token("b@pve!t1"), "two words").is_err());
}

#[test]
fn tokens_keep_what_they_do_not_know() {
    let text = "z@pve!tt 1\n# about a\na@pve!tt 2\nbad 3\n\na@pve!tt  4";
    let (mut tokens, warnings) = TokenSecrets::parse(text.as_bytes());
    let lines: Vec<usize> = warnings.iter().map(|warning| warning.line).collect();
    assert_eq!(lines, [2, 4, 6]);
    assert_eq!(warnings[0].message, "skipping invalid token.cfg entry");
    assert_eq!(tokens.render(), text.as_bytes());
    tokens.set(&TokenId::parse("b@pve!tt").unwrap(), "5").unwrap();
    assert_eq!(
        String::from_utf8(tokens.render()).unwrap(),
        "# about a\na@pve!tt 2\nbad 3\n\na@pve!tt  4\nb@pve!tt 5\nz@pve!tt 1\n"
    );
}

const URI: &str =
    "otpauth://totp/Proxmox:a%40pve?secret=JBSWY3DPEHPK3PXP&digits=6&algorithm=SHA1&period=30&issuer=Proxmox";

fn tfa_text() -> String {
    format!(
        r#"{{"users":{{"a@pve":{{"totp":[{{"id":"totp-0001","description":"my phone","created":1700000000,"entry":"{URI}"}},{{"id":"totp-0002","description":"zweites Gerät","enable":false,"created":1700000001,"entry":"{URI}"}}],"recovery":{{"secret":"aa","entries":["11",null],"created":1700000002}},"yubico":[{{"id":"yub-1","description":"yk","created":1700000003,"entry":"cccccccccccc"}}],"totp-locked":true,"tfa-locked-until":4000000000}},"b@pve":{{"yubico":[{{"id":"yub-2","description":"","created":1,"entry":"cccccccccccc"}}]}}}}}}"#
    )
}

const ONLY_B: &str = r#"{"users":{"b@pve":{"yubico":[{"id":"yub-2","created":1,"entry":"cccccccccccc"}]}}}"#;

fn tfa(text: &str) -> TfaFile {
    let (file, warnings) = TfaFile::parse(text.as_bytes()).unwrap();
    assert_eq!(warnings, []);
    file
}

fn written(file: &TfaFile) -> String {
    String::from_utf8(file.render().unwrap()).unwrap()
}

#[test]
fn tfa_lists_and_locks() {
    let (a, b) = (UserId::parse("a@pve").unwrap(), UserId::parse("b@pve").unwrap());
    let mut file = tfa(&tfa_text());
    assert_eq!(written(&file), tfa_text());
    let factors = file.factors().get(&a).unwrap();
    assert_eq!((factors.totp_locked, factors.locked_until), (true, Some(4_000_000_000)));
    let list: Vec<(String, &str, &str, bool)> =
        factors.list().map(|one| (one.kind.to_string(), one.id, one.description, one.enable)).collect();
    assert_eq!(
        list,
        [
            ("recovery".into(), "recovery", "", true),
            ("totp".into(), "totp-0001", "my phone", true),
            ("totp".into(), "totp-0002", "zweites Gerät", false),
            ("yubico".into(), "yub-1", "yk", true),
        ]
    );
    assert!(!format!("{file:?}").contains("JBSW"));

    let factors = file.factors_mut();
    assert_eq!((factors.unlock(&b), factors.unlock(&UserId::parse("x@pve").unwrap())), (Some(false), None));
    assert_eq!(written(&file), tfa_text());
    assert_eq!(file.factors_mut().unlock(&a), Some(true));
    let expected = tfa_text()
        .replace(r#","totp-locked":true,"tfa-locked-until":4000000000"#, "")
        .replace(r#""description":"","#, "")
        .replace(r#""enable":false,"created":1700000001"#, r#""created":1700000001,"enable":false"#);
    assert_eq!(written(&file), expected);
}

#[test]
fn tfa_factors_go_one_by_one_or_together() {
    let a = UserId::parse("a@pve").unwrap();
    let mut file = tfa(&tfa_text());
    let factors = file.factors_mut();
    for id in ["totp-0002", "recovery", "totp-0001", "yub-1"] {
        assert!(factors.remove_factor(&a, id) && !factors.remove_factor(&a, id), "{id}");
    }
    assert_eq!(written(&file), ONLY_B);

    let mut file = tfa(&tfa_text());
    assert!(file.remove_user(&a) && !file.remove_user(&a));
    assert_eq!(written(&file), ONLY_B);
    assert!(file.remove_user(&UserId::parse("b@pve").unwrap()));
    assert_eq!(written(&file), "{}");
}

#[test]
fn tfa_keeps_what_it_does_not_know() {
    let text = r#"{"webauthn":{"rp":"x"},"users":{"bad":{},"a@pve":{"new":[1],"totp":[{"id":"i","created":2,"entry":{"totp":"u","last-count":7},"color":"red"}]}}}"#;
    let (mut file, warnings) = TfaFile::parse(text.as_bytes()).unwrap();
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].message, "user tfa config - ignore user 'bad' - invalid user name");
    assert!(!file.remove_user(&UserId::parse("x@pve").unwrap()));
    file.factors_mut().forget_ended_locks(0);
    assert_eq!(written(&file), text);
    let longer = text.replace(r#""totp":["#, r#""yubico":[{"id":"y","created":1,"entry":"c"}],"totp":["#);
    let (mut file, _) = TfaFile::parse(longer.as_bytes()).unwrap();
    assert!(file.factors_mut().remove_factor(&UserId::parse("a@pve").unwrap(), "y"));
    let after = written(&file);
    for kept in [
        r#""webauthn":{"rp":"x"}"#,
        r#""bad":{}"#,
        r#""new":[1]"#,
        r#"{"totp":"u","last-count":7}"#,
        r#""color":"red""#,
    ] {
        assert!(after.contains(kept), "{after}");
    }
}

#[test]
fn tfa_of_neither_format() {
    for (text, place) in [
        ("garbage{", (1, 1)),
        ("{\"users\":{\n\"ü\": x}}", (2, 6)),
        ("{\"users\":[]}", (1, 9)),
        ("a@pve:oath:e30=\nno line\n", (1, 1)),
    ] {
        match TfaFile::parse(text.as_bytes()) {
            Err(Error::Syntax { file, line, column, message }) => {
                assert_eq!((file.as_str(), (line, column)), ("priv/tfa.cfg", place), "{text}");
                assert!(message.starts_with("failed to parse TFA file, neither old style nor valid json: "));
                assert!(!message.contains(" at line "), "{message}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    for text in ["", "\n", "{}"] {
        assert_eq!(written(&tfa(text)), text);
    }
}

#[test]
fn tfa_of_the_first_format() {
    let text = "# old\na@pve:oath:eyJrZXlzIjoiMSJ9\n\nb@pve:yubico:e30=\na@pve:u2f:eyJjaGFsbGVuZ2UiOiJ4In0=";
    let mut file = tfa(text);
    assert!(file.is_legacy() && file.factors().users().next().is_none());
    assert_eq!(written(&file), text);
    assert!(!file.remove_user(&UserId::parse("c@pve").unwrap()));
    assert!(file.remove_user(&UserId::parse("a@pve").unwrap()));
    assert_eq!(written(&file), "# old\n\nb@pve:yubico:e30=\n");
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&'static [u8]> = vec![
        b"",
        b"ldap: a1",
        b"ldap:b2",
        b"ad: a1",
        b"openid: o1",
        b"pam: pam",
        b"ldap: pve",
        b"pve: pve",
        b"nope: x",
        b"# c",
        b"\t# c",
        b" ",
        b"garbage",
        b"\tserver1 a",
        b"\tserver1 b",
        b"\tbase_dn dc=x",
        b"\tuser_attr uid",
        b"\tdomain d",
        b"\tclient-id c",
        b"\tissuer-url i",
        b"\tdefault 1",
        b"\tdefault 0",
        b"\tport 1",
        b"\tport x",
        b"\tcomment %C3%9C 100%",
        b"\tcomment",
        b"\ttfa type=oath",
        b"\tpassword s",
        b"\tuser_attr \xfcx",
        b"0",
        b"\r",
    ];
    let known = prop::sample::select(words).prop_map(<[u8]>::to_vec);
    proptest::prop_oneof![9 => known, 1 => prop::collection::vec(any::<u8>(), 0..20)]
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(line(), 0..40).prop_map(|lines| lines.join(&b'\n'))
}

/// Lines that must survive a change elsewhere, in order.
fn survive(before: &[u8], after: &[u8]) -> bool {
    let mut after = after.split(|byte| *byte == b'\n');
    before
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .all(|line| after.any(|found| found == line))
}

proptest! {
    #[test]
    fn any_bytes_are_read_and_written_back(text in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(&domains_cfg::render(&domains_cfg::parse(&text).0), &text);
        prop_assert_eq!(&Shadow::parse(&text).0.render(), &text);
        prop_assert_eq!(&TokenSecrets::parse(&text).0.render(), &text);
        if let Ok((file, _)) = TfaFile::parse(&text) {
            prop_assert_eq!(&file.render().unwrap(), &text);
        }
    }

    #[test]
    fn edited_realms_are_read_back(text in file(), comment in "\\PC{0,20}", which in 0..5_usize, set in 0..4_usize) {
        let (mut edited, warnings) = domains_cfg::parse(&text);
        prop_assert_eq!(&domains_cfg::render(&edited), &text);
        prop_assert!(warnings.is_sorted_by_key(|warning| warning.line));
        let ids: Vec<RealmId> = edited.iter().map(|realm| realm.id().clone()).collect();
        let target = ids[which % ids.len()].clone();
        let result = match set {
            0 => edited.remove(&target),
            1 => edited.modify(&target, RealmChanges { set: pairs(&[("comment", &comment), ("default", "1")]), ..RealmChanges::default() }),
            2 => edited.modify(&target, RealmChanges { delete: vec!["tfa".into(), "port".into(), "default".into()], ..RealmChanges::default() }),
            _ => edited.add(RealmKind::OpenId, realm("zz"), pairs(&[("client-id", "c"), ("issuer-url", "i"), ("default", "1"), ("comment", &comment)])),
        };
        prop_assert!(result.is_ok());
        let bytes = domains_cfg::render(&edited);
        let (again, _) = domains_cfg::parse(&bytes);
        prop_assert_eq!(&again, &edited);
        prop_assert_eq!(domains_cfg::render(&again), bytes);
    }

    #[test]
    fn no_line_is_lost(text in file()) {
        let (mut edited, _) = domains_cfg::parse(&text);
        edited.add(RealmKind::OpenId, realm("zz"), pairs(&[("client-id", "c"), ("issuer-url", "i")])).unwrap();
        let after = domains_cfg::render(&edited);
        let copied = edited.iter().all(|realm| realm.clean || realm.line == 0);
        prop_assert!(!copied || survive(&text, &after));
        for line in text.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"#") || line.starts_with(b"garbage")) {
            let count = |text: &[u8]| text.split(|byte| *byte == b'\n').filter(|found| *found == line).count();
            prop_assert_eq!(count(&text), count(&after));
        }
    }

    #[test]
    fn secrets_survive_edits(names in prop::collection::vec("[a-c]{1,2}", 0..12), garbage in prop::collection::vec("[ -~]{0,12}", 0..6), hash in "[!-9;-~]{1,12}") {
        let mut text: Vec<String> = names.iter().map(|name| format!("{name}@pve!tt {name}x")).collect();
        for (place, line) in garbage.iter().enumerate() {
            text.insert((place * 3).min(text.len()), line.clone());
        }
        let text = text.join("\n");
        let (mut tokens, _) = TokenSecrets::parse(text.as_bytes());
        let token = TokenId::parse("ab@pve!tt").unwrap();
        tokens.set(&token, &hash).unwrap();
        prop_assert_eq!(tokens.get(&token), Some(hash.as_str()));
        let after = String::from_utf8(tokens.render()).unwrap();
        for line in text.lines().filter(|line| !line.starts_with("ab@pve!tt ")) {
            prop_assert_eq!(text.lines().filter(|found| *found == line).count(), after.lines().filter(|found| *found == line).count());
        }
        prop_assert!(tokens.ids().is_sorted());
        prop_assert_eq!(TokenSecrets::parse(after.as_bytes()).0, tokens);

        let (mut shadow, _) = Shadow::parse(text.as_bytes());
        shadow.set("joe", &hash).unwrap();
        prop_assert_eq!(shadow.get("joe"), Some(hash.as_str()));
        let lines: Vec<u8> = shadow.render();
        prop_assert!(survive(text.as_bytes(), &lines));
    }
}

#[test]
fn very_long_lines() {
    let long = "x".repeat(1 << 20);
    let text = format!("ldap: ok\n\tbase_dn dc=x\n\tserver1 a\n\tuser_attr uid\n\tcomment {long}\n\n{long}");
    let told = messages(text.as_bytes());
    assert_eq!(told.len(), 2);
    assert!(told[0].1.contains("value may only be 4096 characters long"));
    assert!(rendered(&domains_cfg::parse(text.as_bytes()).0) == text);
}
