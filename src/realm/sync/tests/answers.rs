//! What is understood of the entries of a server.

use super::{after, fetched, fetched_by, options, realm, realms};
use crate::model::sync::{NameCase, Scope, Wishes};
use crate::realm::ldap::Entry;
use crate::realm::sync::{Collector, Options};

#[test]
fn attributes_become_properties() {
    let options = options(Scope::Users, "none");
    let realm = realm(&[("sync_attributes", "email=mail, lastname=sn;foo=bar username=uid2,comment=email")]);
    let answer = fetched_by(
        &realm,
        &options,
        &["uid=a,dc=x|UID=ann|Mail=no mail|SN;lang-de=Ähm|email=text|firstname=A|firstname=B|expire=x"],
        &[],
    );
    let lines = after("", &answer, &options);
    assert_eq!(lines[0], "user:ann@corp:1:0:A:%C3%84hm::text::");
    let words: Vec<&str> = answer.remarks().iter().filter_map(|one| one.original.as_deref()).collect();
    assert_eq!(
        words,
        [
            "skipping bad 'sync_attributes' entry – 'foo' is not a valid target attribute",
            "skipping attribute mapping 'expire'->'expire' for user 'ann@corp' - 400 invalid value 'x'\n\
             _root: type check ('integer') failed - got 'x'\n",
            "skipping attribute mapping 'mail'->'email' for user 'ann@corp' - 400 invalid value 'no mail'\n\
             _root: invalid format - value does not look like a valid email address\n\n",
        ]
    );
}

#[test]
fn bytes_that_are_no_text_are_refused_one_by_one() {
    let options = options(Scope::Users, "none");
    let mut collector = Collector::new(&realm(&[]), &options);
    let user = |name: &[u8], first: &[u8]| Entry {
        dn: "uid=x,dc=x".into(),
        attributes: vec![("uid".into(), vec![name.to_vec()]), ("firstname".into(), vec![first.to_vec()])],
    };
    collector.user(&user(b"a\xff", b"A")).unwrap();
    collector.user(&user(b"ann", b"A\xff")).unwrap();
    let answer = collector.finish();
    assert_eq!(after("", &answer, &options)[0], "user:ann@corp:1:0::::::");
    assert_eq!(answer.remarks().len(), 2);
}

#[test]
fn names_that_cannot_be() {
    let mut options = options(Scope::Both, "none");
    let long = format!("uid=l,dc=x|uid={}", "x".repeat(300));
    let users = [
        "uid=1,dc=x|uid=two words",
        "uid=2,dc=x|uid=a/b",
        "uid=3,dc=x|uid=a:b",
        "uid=4,dc=x|sn=nobody",
        long.as_str(),
        "uid=5,dc=x|uid=a,b",
        "uid=6,dc=x|uid=a\u{1}b",
        "uid=7,dc=x|uid=-dash",
        "uid=8,dc=x|uid=#hash",
        "uid=9,dc=x|uid=o'neil\"x",
    ];
    let groups = [
        "cn=two words,dc=x|member=uid=7,dc=x",
        "cn=ok,dc=x|member=uid=5,dc=x|member=uid=7,dc=x",
        "cn=ok,ou=2,dc=x|member=uid=8,dc=x",
        "cn=comma\\, name,dc=x",
    ];
    let answer = fetched(&options, &users, &groups);
    let names = |options: &Options| -> Vec<String> {
        let lines = after("", &answer, options);
        lines.iter().map(|line| line.split(':').take(3).collect::<Vec<_>>().join(":")).collect()
    };
    let taken = ["user:#hash@corp:1", "user:-dash@corp:1", "user:o'neil\"x@corp:1", "user:root@pam:1"];
    assert_eq!(names(&options), [&taken[..], &["group:ok-corp:-dash@corp"]].concat());
    options.accept_separators = true;
    assert!(names(&options).contains(&"user:a,b@corp:1".to_owned()));
    assert_eq!(names(&options).last().unwrap(), "group:ok-corp:-dash@corp");
    assert_eq!(answer.remarks().len(), 8, "{:?}", answer.remarks());
}

#[test]
fn letter_case() {
    let mut options = options(Scope::Both, "none");
    let users =
        ["uid=j,ou=1|uid=Joe|firstname=1", "uid=j,ou=2|uid=joe|firstname=2", "uid=j,ou=3|uid=joe|lastname=3"];
    let groups = ["cn=Eng,dc=x|member=uid=j,ou=1|member=uid=j,ou=2"];
    let kept = after("", &fetched(&options, &users, &groups), &options);
    assert_eq!(kept[..2], ["user:Joe@corp:1:0:1:::::", "user:joe@corp:1:0:2:3::::"]);
    assert_eq!(kept[3], "group:Eng-corp:Joe@corp,joe@corp::");
    options.name_case = NameCase::Lower;
    let lower = after("", &fetched(&options, &users, &groups), &options);
    assert_eq!(lower[0], "user:joe@corp:1:0:1:::::", "the first one has the name");
    assert_eq!(lower[2], "group:eng-corp:joe@corp::");
}

/// Where letter case does not count, a second spelling would keep the first one's owner out.
#[test]
fn no_second_spelling_of_a_name() {
    let users = ["uid=1,dc=x|uid=ANN", "uid=2,dc=x|uid=Bo", "uid=3,dc=x|uid=bo", "uid=4,dc=x|uid=cy"];
    let ids = |before: &str, vanished: &str, one_spelling: bool| -> Vec<String> {
        let mut options = options(Scope::Users, vanished);
        options.one_spelling = one_spelling;
        let lines = after(before, &fetched(&options, &users, &[]), &options);
        lines
            .iter()
            .filter_map(|line| Some(line.split_once("user:")?.1.split('@').next()?.to_owned()))
            .collect()
    };
    let before = "user:ann@corp:1:0::::::\nuser:cy@corp:1:0::::::\n";
    assert_eq!(ids(before, "none", true), ["Bo", "ann", "cy", "root"]);
    assert_eq!(ids(before, "entry", true), ["ANN", "Bo", "cy", "root"], "the old spelling makes room");
    assert_eq!(ids(before, "none", false), ["ANN", "Bo", "ann", "bo", "cy", "root"]);
    let insensitive = realms(&[("case-sensitive", "0")]);
    let given = Wishes { scope: Some(Scope::Users), ..Wishes::default() };
    let realm = insensitive.get("corp").unwrap();
    assert!(Options::settle(&insensitive, realm, given, Wishes::default()).unwrap().one_spelling);
}

#[test]
fn members() {
    let mut options = options(Scope::Groups, "none");
    let users = ["uid=a,dc=x|uid=a", "uid=b\\2Cb,dc=x|uid=b", "uid=c,dc=x|uid=c"];
    let groups = [
        "cn=top,dc=x|member=cn=Middle,dc=x|member=uid=a, dc=x",
        "cn=middle,dc=x|member=cn=top,dc=x|member=uid=b\\,b,dc=x|uniqueMember=uid=c,dc=x",
        "cn=unique,dc=x|uniqueMember=uid=c,dc=x|memberUid=a",
    ];
    let members = |options: &Options| -> Vec<String> {
        let lines = after("", &fetched(options, &users, &groups), options);
        lines.iter().skip(1).map(|line| line.split(':').nth(2).unwrap().to_owned()).collect()
    };
    assert_eq!(members(&options), ["b@corp", "a@corp", "c@corp"]);
    options.nested = true;
    assert_eq!(members(&options), ["a@corp,b@corp", "a@corp,b@corp", "c@corp"]);
    options.member_uid = true;
    assert_eq!(members(&options).last().unwrap(), "a@corp,c@corp");
}
