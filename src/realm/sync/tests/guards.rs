//! Plans that would take too much away are refused.

use super::{after, directory, fetched, many, options, planned};
use crate::error::Kind;
use crate::model::id::RealmId;
use crate::model::sync::{Limit, Scope};

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
