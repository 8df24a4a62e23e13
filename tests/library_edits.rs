//! Edits through the library hold what the command line checks on its own.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::sync::Arc;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;
use usher::model::acl::Subject;
use usher::model::directory::{Directory, UserChange};
use usher::model::id::{RoleId, UserId};
use usher::model::path::AclPath;
use usher::model::role::Role;
use usher::model::user::User;

fn directory() -> Directory {
    Directory::empty(Catalogue::pve9().rules())
}

fn id(text: &str) -> UserId {
    UserId::parse(text).unwrap()
}

/// `a,b@pve` in the list of an ACL line would be a grant for `b@pve`.
#[test]
fn a_name_that_parts_lists_gets_no_entry() {
    let mut directory = directory();
    directory.users.put(User::new(id("a,b@pve")));
    let admin = [RoleId::parse("PVEAdmin").unwrap()];
    let refused = directory.grant(&AclPath::root(), &[Subject::User(id("a,b@pve"))], &admin, true);
    assert!(refused.unwrap_err().to_string().contains("would part the list"));
    assert_eq!(directory.entries().count(), 0);
}

/// Mail address, keys and privileges are written as they are: they must not hold what ends a field.
#[test]
fn raw_fields_cannot_smuggle_lines_in() {
    let smuggled = "x:y\nacl:1:/:a@pve:Administrator";
    let mut directory = directory();
    let user = User { email: smuggled.into(), ..User::new(id("a@pve")) };
    assert!(directory.add_user(user, &[]).is_err());
    directory.add_user(User::new(id("a@pve")), &[]).unwrap();
    for change in [
        UserChange { email: Some(smuggled.into()), ..UserChange::default() },
        UserChange { keys: Some("x:y".into()), ..UserChange::default() },
        UserChange { keys: Some(" x".into()), ..UserChange::default() },
    ] {
        assert!(directory.modify_user(&id("a@pve"), change).is_err());
    }
    let role = RoleId::parse("r").unwrap();
    for name in ["VM.Audit,Sys.Modify", "a:b", "a\nb", ""] {
        let privileges = [name.to_owned()].into();
        let new = Role { id: role.clone(), privileges, rest: String::new() };
        assert!(directory.add_role(new).is_err(), "{name:?}");
    }
}

/// One walk over rows, edits, removed records and gaps gives what asking one by one gives.
#[test]
fn each_of_many_is_found_as_one_by_one() {
    let text = "user:a@pve:1:0::::::\nuser:c@pve:1:0:Cy:::::\nuser:e@pve:1:0::::::\nuser:g@pve:1:0::::::\n\n\n\n\n\n";
    let (mut directory, _) = user_cfg::parse(&Arc::new(text.into()), &Catalogue::pve9());
    directory.remove_user(&id("e@pve")).unwrap();
    for name in ["b@pve", "c@pve", "h@pve"] {
        let user = User { comment: "put".into(), ..User::new(id(name)) };
        directory.users.put(user);
    }
    let ids = ["0", "a@pve", "b@pve", "bb@pve", "c@pve", "e@pve", "f@pve", "g@pve", "h@pve", "i@pve"];
    for asked in [&ids[..], &ids[3..], &ids[4..5], &[]] {
        let each: Vec<_> = directory.users.get_each(asked.iter().copied()).collect();
        let one_by_one: Vec<_> = asked.iter().map(|id| directory.users.get(id)).collect();
        assert_eq!(each, one_by_one);
    }
    assert_eq!(directory.users.get_each(ids.into_iter()).flatten().count(), 5);
}
