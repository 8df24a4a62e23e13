//! Answers of servers and directories in, files and refusals out.

use super::{Collector, Fetched, Options, Plan, Step, plan};
use crate::catalogue::Catalogue;
use crate::error::{Kind, Result};
use crate::format::user_cfg;
use crate::model::directory::Directory;
use crate::model::id::RealmId;
use crate::model::realm::{Realm, RealmKind, Realms};
use crate::model::sync::{Keep, Limit, NameCase, Scope, Vanished, Wishes};
use crate::realm::ldap::Entry;
use std::sync::Arc;

fn realms(values: &[(&str, &str)]) -> Realms {
    let mut realms = Realms::default();
    let usual = [("base_dn", "dc=x"), ("server1", "127.0.0.1"), ("user_attr", "uid")];
    let all = usual.iter().chain(values).map(|(name, value)| (name.to_string(), value.to_string()));
    realms.add(RealmKind::Ldap, RealmId::parse("corp").unwrap(), all.collect()).unwrap();
    realms
}

fn realm(values: &[(&str, &str)]) -> Realm {
    realms(values).get("corp").unwrap().clone()
}

fn options(scope: Scope, vanished: &str) -> Options {
    let given = Wishes {
        scope: Some(scope),
        vanished: Some(Vanished::parse(vanished).unwrap()),
        ..Wishes::default()
    };
    let realms = realms(&[]);
    Options::settle(&realms, realms.get("corp").unwrap(), given, Wishes::default()).unwrap()
}

/// `uid=ann,ou=p|mail=a@b.de|member=…`: a DN and attributes.
fn entry(text: &str) -> Entry {
    let mut parts = text.split('|');
    let dn = parts.next().unwrap().to_owned();
    let mut attributes: Vec<(String, Vec<Vec<u8>>)> = Vec::new();
    for (name, value) in parts.map(|part| part.split_once('=').unwrap()) {
        let value = value.as_bytes().to_vec();
        match attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => attributes.push((name.to_owned(), vec![value])),
        }
    }
    Entry { dn, attributes }
}

fn fetched_by(realm: &Realm, options: &Options, users: &[&str], groups: &[&str]) -> Fetched {
    let mut collector = Collector::new(realm, options);
    users.iter().for_each(|text| collector.user(&entry(text)).unwrap());
    groups.iter().for_each(|text| collector.group(&entry(text)).unwrap());
    collector.finish()
}

fn fetched(options: &Options, users: &[&str], groups: &[&str]) -> Fetched {
    fetched_by(&realm(&[]), options, users, groups)
}

fn directory(text: &str) -> Directory {
    user_cfg::parse(&Arc::new(text.as_bytes().to_vec()), &Catalogue::default()).0
}

fn text(directory: &Directory) -> String {
    String::from_utf8(user_cfg::render(directory).to_vec()).unwrap()
}

fn planned(before: &Directory, fetched: &Fetched, options: &Options) -> Result<Plan> {
    plan(before, &RealmId::parse("corp").unwrap(), fetched, options)
}

/// The lines of the file after a synchronisation.
fn after(before: &str, fetched: &Fetched, options: &Options) -> Vec<String> {
    let mut directory = directory(before);
    planned(&directory, fetched, options).unwrap().apply(&mut directory, fetched, options).unwrap();
    text(&directory).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

const BEFORE: &str = "\
user:ann@corp:0:77:Annie:Old::kept?:x:
token:ann@corp!ci:0:1:t:
user:gone@corp:1:0::::::
token:gone@corp!ci:0:1::
user:local@pve:1:0::::::
user:root@pam:1:0::::::

group:eng-corp:gone@corp,local@pve:my text:
group:old-corp:gone@corp::
group:staff:gone@corp,local@pve::



acl:1:/:@old-corp,gone@corp,gone@corp!ci:PVEAuditor:
";

const ANN: &str = "uid=ann,dc=x|uid=ann|email=ann@x.org|firstname=Ann";
const BO: &str = "uid=bo,dc=x|uid=bo|enable=FALSE";
const ENG: &str = "cn=eng,dc=x|member=uid=ann,dc=x|member=UID=BO,dc=X|member=uid=nobody,dc=x";

/// The decision table of the reference: options, and what the interesting lines come to.
#[test]
fn decisions() {
    let rows: [(Scope, &str, bool, &[&str]); 5] = [
        (
            Scope::Both,
            "none",
            true,
            &[
                "user:ann@corp:0:77:Ann:Old:ann@x.org:kept?:x:",
                "token:ann@corp!ci:0:1:t:",
                "user:bo@corp:1:0::::::",
                "user:gone@corp:1:0::::::",
                "token:gone@corp!ci:0:1::",
                "group:eng-corp:ann@corp,bo@corp:my text:",
                "group:old-corp:gone@corp::",
                "group:staff:gone@corp,local@pve::",
                "acl:1:/:@old-corp,gone@corp,gone@corp!ci:PVEAuditor:",
            ],
        ),
        (
            Scope::Both,
            "entry",
            true,
            &[
                "user:ann@corp:0:77:Ann:Old:ann@x.org:kept?:x:",
                "token:ann@corp!ci:0:1:t:",
                "user:bo@corp:1:0::::::",
                "group:eng-corp:ann@corp,bo@corp:my text:",
                "group:staff:gone@corp,local@pve::",
                "acl:1:/:@old-corp,gone@corp:PVEAuditor:",
            ],
        ),
        (
            Scope::Both,
            "acl;entry;properties",
            false,
            &[
                "user:ann@corp:0:0:Ann::ann@x.org:::",
                "token:ann@corp!ci:0:1:t:",
                "user:bo@corp:0:0::::::",
                "group:eng-corp:ann@corp,bo@corp::",
                "group:staff:gone@corp,local@pve::",
            ],
        ),
        (
            Scope::Users,
            "acl",
            true,
            &[
                "user:ann@corp:0:77:Ann:Old:ann@x.org:kept?:x:",
                "token:ann@corp!ci:0:1:t:",
                "user:bo@corp:1:0::::::",
                "user:gone@corp:1:0::::::",
                "token:gone@corp!ci:0:1::",
                "group:eng-corp:gone@corp,local@pve:my text:",
                "group:old-corp:gone@corp::",
                "group:staff:gone@corp,local@pve::",
                "acl:1:/:@old-corp,gone@corp!ci:PVEAuditor:",
            ],
        ),
        (
            Scope::Groups,
            "none",
            true,
            &[
                "user:ann@corp:0:77:Annie:Old::kept?:x:",
                "token:ann@corp!ci:0:1:t:",
                "user:gone@corp:1:0::::::",
                "token:gone@corp!ci:0:1::",
                "group:eng-corp:ann@corp,bo@corp:my text:",
                "group:old-corp:gone@corp::",
                "group:staff:gone@corp,local@pve::",
                "acl:1:/:@old-corp,gone@corp,gone@corp!ci:PVEAuditor:",
            ],
        ),
    ];
    for (scope, vanished, enable_new, lines) in rows {
        let mut options = options(scope, vanished);
        options.enable_new = enable_new;
        options.keep.memberships = true;
        let answer = fetched(&options, &[ANN, BO], &[ENG]);
        let after = after(BEFORE, &answer, &options);
        let after: Vec<&str> = after
            .iter()
            .map(String::as_str)
            .filter(|line| !line.starts_with("user:local") && !line.starts_with("user:root"))
            .collect();
        assert_eq!(after, lines, "{scope} {vanished}");
    }
}

#[test]
fn whoever_is_removed_leaves_no_membership_behind_unless_kept() {
    let mut options = options(Scope::Both, "entry");
    let answer = fetched(&options, &[ANN], &[ENG]);
    assert!(after(BEFORE, &answer, &options).contains(&"group:staff:local@pve::".to_owned()));
    options.keep = Keep { memberships: true, ..Keep::default() };
    assert!(after(BEFORE, &answer, &options).contains(&"group:staff:gone@corp,local@pve::".to_owned()));
}

#[test]
fn an_enable_of_the_server_counts_only_for_those_who_are_there() {
    let options = options(Scope::Users, "none");
    for (value, enabled) in [("FALSE", "1"), ("0", "0"), ("", "0"), ("1", "1")] {
        let answer = fetched(&options, &[&format!("uid=ann,dc=x|uid=ann|enable={value}")], &[]);
        let lines = after("user:ann@corp:1:0::::::\n", &answer, &options);
        assert_eq!(lines[0], format!("user:ann@corp:{enabled}:0::::::"), "{value:?}");
    }
}

#[test]
fn the_second_time_nothing_changes() {
    for vanished in ["none", "acl;entry;properties"] {
        let options = options(Scope::Both, vanished);
        let answer = fetched(&options, &[ANN, BO, "uid=c,dc=x|uid=chloë|comment=a:b%c\nd"], &[ENG]);
        let once = after(BEFORE, &answer, &options).join("\n");
        let directory = directory(&once);
        let plan = planned(&directory, &answer, &options).unwrap();
        assert!(plan.users.iter().chain(&plan.groups).all(|step| !step.changes()), "{plan:?}");
        assert_eq!(after(&once, &answer, &options).join("\n"), once);
    }
}

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

/// `n` users of the realm, or entries that make them.
fn many(n: usize) -> (String, Vec<String>) {
    let name = |place: usize| format!("u{place:05}");
    let file = (0..n).map(|place| format!("user:{}@corp:1:0::::::\n", name(place))).collect();
    (file, (0..n).map(|place| format!("uid={0},dc=x|uid={0}", name(place))).collect())
}

#[test]
fn too_much_is_refused() {
    let (before, entries) = many(10);
    let users: Vec<&str> = entries.iter().map(String::as_str).collect();
    for (left, limit, allow_empty, vanished, fine) in [
        (5, None, false, "entry", true),
        (4, None, false, "entry", false),
        (4, Some("60%"), false, "entry", true),
        (4, Some("6"), false, "entry", true),
        (9, Some("0"), false, "entry", false),
        (4, None, false, "properties", true),
        (4, None, false, "acl", true),
        (0, Some("100%"), false, "entry", false),
        (0, None, true, "entry", false),
        (0, Some("100%"), true, "entry", true),
        (0, None, false, "none", true),
    ] {
        let mut options = options(Scope::Users, vanished);
        options.max_delete = limit.map(|text| Limit::parse(text).unwrap());
        options.allow_empty = allow_empty;
        let answer = fetched(&options, &users[..left], &[]);
        let plan = planned(&directory(&before), &answer, &options);
        let kind = plan.as_ref().err().map(crate::error::Error::kind);
        assert_eq!(kind, (!fine).then_some(Kind::Excessive), "{left} {limit:?} {allow_empty} {vanished}");
    }
    let options = options(Scope::Users, "entry");
    let small = directory("user:a@corp:1:0::::::\nuser:b@corp:1:0::::::\nuser:c@corp:1:0::::::\n");
    assert!(planned(&small, &fetched(&options, &["uid=a,dc=x|uid=a"], &[]), &options).is_ok());
}

#[test]
fn acl_entries_of_many_are_guarded_too() {
    let (mut before, _) = many(4);
    before.push_str("acl:1:/:u00000@corp,u00001@corp,u00002@corp:PVEAuditor:\n");
    let options = options(Scope::Users, "acl");
    let answer = fetched(&options, &["uid=u,dc=x|uid=u00003"], &[]);
    assert!(planned(&directory(&before), &answer, &options).is_err());
}

#[test]
fn groups_are_guarded_on_their_own() {
    let before = "user:a@corp:1:0::::::\n\ngroup:g-corp:a@corp::\ngroup:x-my-corp:a@corp::\n";
    let mut options = options(Scope::Both, "entry");
    options.neighbours = vec![RealmId::parse("my-corp").unwrap()];
    let user = ["uid=a,dc=x|uid=a"];
    let refused = planned(&directory(before), &fetched(&options, &user, &[]), &options);
    assert!(refused.unwrap_err().to_string().contains("knows no groups"));
    let groups = ["cn=g,dc=x", "cn=h,dc=x|member=uid=a,dc=x", "cn=x-my,dc=x"];
    let lines = after(before, &fetched(&options, &user, &groups), &options);
    assert_eq!(lines[2..], ["group:g-corp:::", "group:h-corp:a@corp::", "group:x-my-corp:a@corp::"]);
    options.allow_empty = true;
    assert_eq!(after(before, &fetched(&options, &user, &[]), &options)[2..], ["group:x-my-corp:a@corp::"]);
}

#[test]
fn nobody_is_no_member_of_all_groups() {
    let before = "user:a@corp:1:0::::::\n\ngroup:g-corp:a@corp::\n";
    let mut options = options(Scope::Groups, "none");
    let answer = fetched(&options, &[], &["cn=g,dc=x|member=uid=a,dc=x"]);
    let error = planned(&directory(before), &answer, &options).unwrap_err();
    assert!(error.to_string().contains("knows no users") && error.hint().is_some(), "{error}");
    options.allow_empty = true;
    assert!(planned(&directory(before), &answer, &options).is_ok());
}

/// A server that hides members from whoever may not read them says that groups are empty.
#[test]
fn groups_do_not_all_lose_their_members() {
    let names = ["a", "b", "c", "d", "e"];
    let lines: String = names.iter().map(|name| format!("group:{name}-corp:u@corp::\n")).collect();
    let before = directory(&format!("user:u@corp:1:0::::::\n\n{lines}"));
    for (full, limit, allow_empty, told) in [
        (0, None, false, Some("the server knows no members of groups; 5 groups would lose all")),
        (0, Some("100%"), false, Some("the server knows no members of groups")),
        (0, None, true, Some("5 of 5 groups of the realm would be removed, lose")),
        (0, Some("100%"), true, None),
        (2, None, false, Some("3 of 5 groups")),
        (2, Some("3"), false, None),
        (3, None, false, None),
        (3, Some("1"), false, Some("2 of 5 groups")),
    ] {
        let mut options = options(Scope::Both, "none");
        options.max_delete = limit.map(|text| Limit::parse(text).unwrap());
        options.allow_empty = allow_empty;
        let groups: Vec<String> = (0..)
            .zip(names)
            .map(|(place, name)| format!("cn={name}{}", if place < full { "|member=uid=u" } else { "" }))
            .collect();
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let plan = planned(&before, &fetched(&options, &["uid=u|uid=u"], &groups), &options);
        let said = plan.err().map(|error| (error.kind(), error.to_string()));
        match (said, told) {
            (Some((kind, said)), Some(told)) => {
                assert!(kind == Kind::Excessive && said.contains(told), "{full} {limit:?}: {said}");
            }
            (said, told) => assert!(said.is_none() && told.is_none(), "{full} {limit:?}: {said:?} {told:?}"),
        }
    }
}

#[test]
fn who_comes_back_to_old_entries_is_told() {
    let options = options(Scope::Users, "none");
    let answer = fetched(&options, &[ANN], &[]);
    let plan = planned(&directory("acl:1:/:ann@corp:PVEAuditor:\n"), &answer, &options).unwrap();
    assert_eq!((plan.users.as_slice(), plan.remarks.len()), (&[Step::Add][..], 1));
}

/// Many changed users are put together; what stands between and before them stays.
#[test]
fn a_crowd() {
    let (_, entries) = many(1500);
    let users: Vec<&str> = entries.iter().map(String::as_str).collect();
    let options = options(Scope::Users, "entry");
    let answer = fetched(&options, &users, &[]);
    let before = "\
# kept 1
user:gone@corp:1:0::::::
user:root@pam:1:0::::::
# kept 2
user:u00007@corp:0:5:First:::::
token:u00007@corp!tt:0:1::
user:zoe@pve:1:0::::::

group:staff:gone@corp,u00007@corp::



acl:1:/:u00007@corp:PVEAuditor:
";
    let lines = after(before, &answer, &options);
    assert_eq!(lines.len(), 1500 + 7, "{lines:?}");
    assert_eq!(lines[..3], ["# kept 1", "user:root@pam:1:0::::::", "user:u00000@corp:1:0::::::"]);
    assert_eq!(lines[9..12], ["# kept 2", "user:u00007@corp:0:5:First:::::", "token:u00007@corp!tt:0:1::"]);
    assert_eq!(
        lines[lines.len() - 3..],
        ["user:zoe@pve:1:0::::::", "group:staff:u00007@corp::", "acl:1:/:u00007@corp:PVEAuditor:"]
    );
    assert_eq!(after(&(lines.join("\n") + "\n"), &answer, &options), lines);
}
