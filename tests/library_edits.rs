//! Edits through the library hold what the command line checks on its own.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;
use std::sync::Arc;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;
use usher::model::acl::Subject;
use usher::model::directory::{Directory, UserChange};
use usher::model::group::Group;
use usher::model::id::{GroupId, RoleId, TokenId, TokenName, UserId};
use usher::model::path::AclPath;
use usher::model::role::Role;
use usher::model::token::Token;
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

/// An edit of things of which there are few, so that edits meet.
#[derive(Clone, Copy, Debug)]
struct Step {
    what: u8,
    user: usize,
    other: usize,
    group: usize,
    path: usize,
}

impl Step {
    fn any() -> impl Strategy<Value = Self> {
        (0..14_u8, 0..5_usize, 0..5_usize, 0..3_usize, 0..3_usize)
            .prop_map(|(what, user, other, group, path)| Self { what, user, other, group, path })
    }

    /// Makes the edit; tells what came of it.
    fn make(self, directory: &mut Directory) -> String {
        let [user, other] =
            [self.user, self.other].map(|one| id(&format!("{}@pve", ["a", "b", "a!b", "c", "d-e"][one])));
        let [group, last] =
            [self.group, self.other % 3].map(|one| GroupId::parse(["a", "g", "staff"][one]).unwrap());
        let path = AclPath::parse(["/", "/vms/1", "/pool/x"][self.path]).unwrap();
        let [role, another] =
            [self.group, self.path].map(|one| RoleId::parse(["PVEAdmin", "own", "g"][one]).unwrap());
        let name = TokenName::parse(["to", "own"][self.path % 2]).unwrap();
        let subject = match self.other % 3 {
            0 => Subject::User(user.clone()),
            1 => Subject::Group(group.clone()),
            _ => Subject::Token(TokenId { user: user.clone(), name: name.clone() }),
        };
        let own = |id: &RoleId| Role {
            id: id.clone(),
            privileges: ["VM.Audit".to_owned()].into(),
            rest: String::new(),
        };
        let groups =
            |append| UserChange { groups: Some(vec![group.clone()]), append, ..UserChange::default() };
        match self.what {
            0 | 1 => format!("{:?}", directory.add_user(User::new(user), &[group])),
            2 => format!("{:?}", directory.remove_user(&user)),
            3 => format!("{:?}", directory.rename_user(&user, &other)),
            4 => format!("{:?}", directory.modify_user(&user, groups(self.path == 0))),
            5 => format!("{:?}", directory.add_group(Group::new(group))),
            6 => format!("{:?}", directory.remove_group(&group)),
            7 => format!("{:?}", directory.rename_group(&group, &last)),
            8 | 9 => format!("{:?}", directory.grant(&path, &[subject], &[role], self.user == 0)),
            10 => format!("{:?}", directory.revoke(&path, &[subject], &[role])),
            11 => {
                let token =
                    Token { name, expire: 0, separated: true, comment: String::new(), rest: String::new() };
                format!("{:?}", directory.add_token(&user, token))
            }
            12 => format!("{:?}", directory.remove_token(&user, &name)),
            _ if self.user < 2 => format!("{:?}", directory.add_role(own(&role))),
            _ if self.user == 2 => format!("{:?}", directory.remove_role(&role)),
            _ => format!("{:?}", directory.rename_role(&role, &another)),
        }
    }
}

proptest! {
    /// Many edits of one directory come to what they come to when it is written and read again after each of them.
    #[test]
    fn many_edits_come_to_the_same_as_one_by_one(steps in prop::collection::vec(Step::any(), 1..120)) {
        let catalogue = Catalogue::pve9();
        let mut text = Arc::new(
            b"user:a@pve:1:0::::::\nuser:root@pam:1:0::::::\n\ngroup:g:a@pve,c@pve::\ngroup:staff:b@pve::\n\n\n\n\
              acl:1:/:@g,a!b@pve,a@pve:PVEAdmin:\nacl:0:/pool/x:@a,c@pve:PVEAuditor:\nacl:1:/vms/1:b@pve,d-e@pve:own:\n"
                .to_vec(),
        );
        let mut kept = user_cfg::parse(&text, &catalogue).0;
        for step in steps {
            let mut fresh = user_cfg::parse(&text, &catalogue).0;
            prop_assert_eq!(step.make(&mut kept), step.make(&mut fresh), "{:?}", step);
            text = Arc::new(user_cfg::render(&fresh).to_vec());
            let of_kept = user_cfg::render(&kept).to_vec();
            prop_assert_eq!(String::from_utf8_lossy(&of_kept), String::from_utf8_lossy(&text), "{:?}", step);
        }
    }
}
