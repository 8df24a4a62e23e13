//! Who may ask for what, and who may hand out which roles: decision tables.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::sync::Arc;
use usher::access::Policy;
use usher::access::authorize::{
    Grant, Request, Rule, any_here_or_below, check_enabled, may_change_acl, may_grant,
};
use usher::access::rule;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;
use usher::model::acl::Subject;
use usher::model::directory::Directory;
use usher::model::id::{RoleId, UserId};
use usher::model::path::AclPath;

fn rule(name: &str) -> Rule {
    match name {
        "create-user" => rule::CREATE_USER,
        "update-user" => rule::UPDATE_USER,
        "delete-user" => rule::DELETE_USER,
        "read-user" => rule::READ_USER,
        "own-tokens" => rule::READ_TOKENS,
        "create-realm" => rule::CHANGE_REALMS,
        "pool" => rule::CHANGE_POOL,
        "grant" => Rule::MayGrant,
        "anything" => Rule::Somebody,
        "world" => Rule::World,
        "superuser" => Rule::Superuser,
        other => panic!("no operation '{other}'"),
    }
}

fn read(text: &str) -> (Catalogue, Directory, Policy) {
    let catalogue = Catalogue::pve9();
    let (directory, _) = user_cfg::parse(&Arc::new(text.as_bytes().to_vec()), &catalogue);
    let policy = Policy::compile(&directory, &catalogue);
    (catalogue, directory, policy)
}

#[test]
fn operations() {
    let table = include_str!("data/authorize.txt");
    let mut asked = 0;
    for block in table.split("\n== ").skip(1) {
        let (title, body) = block.split_once('\n').unwrap();
        let (questions, config): (Vec<&str>, Vec<&str>) =
            body.lines().partition(|line| line.starts_with("? "));
        let (catalogue, directory, policy) = read(&(config.join("\n") + "\n"));
        for question in questions {
            let (asking, expected) = question.trim_start_matches("? ").split_once(" -> ").unwrap();
            let words: Vec<&str> = asking.split(' ').collect();
            let parameters: Vec<(&str, &str)> =
                words[2..].iter().map(|word| word.split_once('=').unwrap()).collect();
            let request = Request {
                policy: &policy,
                catalogue: &catalogue,
                directory: &directory,
                jobs: None,
                caller: Some(words[0]).filter(|caller| *caller != "-"),
                parameters: &parameters,
            };
            let found = match request.check(&rule(words[1])) {
                Ok(()) => "ok".to_owned(),
                Err(error) => error.to_string().replace("Permission check failed", "denied"),
            };
            assert_eq!(found, expected, "{title}: {asking}");
            asked += 1;
        }
    }
    assert_eq!(asked, 30);
}

const OWNERS: &str = "role:Own:VM.Allocate,VM.Audit,VM.Console:
role:OwnLess:VM.Allocate,VM.Audit:
role:Peek:VM.Audit:
role:PM:Permissions.Modify:
role:Nul::
role:Wide:VM.Audit,VM.Backup:
user:boss@pve:1:0::::::
user:vmop@pve:1:0::::::
user:vmop2@pve:1:0::::::
user:guest@pve:1:0::::::
group:crew:guest@pve::
acl:1:/vms:boss@pve:PM:
acl:1:/vms:vmop@pve:Own:
acl:0:/vms/401:vmop2@pve:OwnLess:
acl:0:/vms/401:guest@pve:Wide:
";

/// Caller, path, subject, role, propagate, delete: what is said, and the lines at the path afterwards
/// (`None`: they stay as they are).
type Handing =
    (&'static str, &'static str, &'static str, &'static str, bool, bool, &'static str, Option<&'static str>);

#[test]
fn handing_out_roles() {
    const STAYS: Option<&str> = None;
    let table: &[Handing] = &[
        (
            "boss@pve",
            "/vms/401",
            "guest@pve",
            "Administrator",
            true,
            false,
            "ok",
            Some("acl:1:/vms/401:guest@pve:Administrator:"),
        ),
        (
            "boss@pve",
            "/nodes",
            "guest@pve",
            "Peek",
            true,
            false,
            "Permission check failed (/nodes, Permissions.Modify)",
            STAYS,
        ),
        (
            "vmop@pve",
            "/vms/401",
            "guest@pve",
            "Peek",
            true,
            false,
            "ok",
            Some("acl:1:/vms/401:guest@pve:Peek:"),
        ),
        (
            "vmop@pve",
            "/vms",
            "guest@pve",
            "Peek",
            true,
            false,
            "Permission check failed (/vms, Permissions.Modify)",
            STAYS,
        ),
        (
            "vmop@pve",
            "/vms/401",
            "guest@pve",
            "Wide",
            true,
            false,
            "role: Cannot add role 'Wide' - requires 'Permissions.Modify' or superset of privileges.",
            STAYS,
        ),
        (
            "vmop@pve",
            "/vms/401",
            "guest@pve",
            "NoAccess",
            true,
            false,
            "role: Cannot add role 'NoAccess' - requires 'Permissions.Modify'",
            STAYS,
        ),
        (
            "vmop@pve",
            "/vms/401",
            "guest@pve",
            "Nul",
            true,
            false,
            "ok",
            Some("acl:1:/vms/401:guest@pve:Nul:"),
        ),
        (
            "vmop@pve",
            "/vms/401",
            "guest@pve",
            "Wide",
            true,
            true,
            "role: Cannot remove role 'Wide' - requires 'Permissions.Modify' or superset of privileges.",
            STAYS,
        ),
        (
            "vmop2@pve",
            "/vms/401",
            "@crew",
            "Peek",
            true,
            false,
            "role: Cannot add role 'Peek' with propagation - requires 'Permissions.Modify' or propagated superset of privileges.",
            STAYS,
        ),
        ("vmop2@pve", "/vms/401", "@crew", "Peek", false, false, "ok", Some("acl:0:/vms/401:@crew:Peek:")),
        (
            "vmop2@pve",
            "/vms/402",
            "@crew",
            "Peek",
            true,
            false,
            "Permission check failed (/vms/402, Permissions.Modify|VM.Allocate)",
            STAYS,
        ),
        ("vmop2@pve", "/vms/401", "@crew", "Peek", false, true, "ok", STAYS),
        (
            "vmop@pve",
            "vms//401/",
            "guest@pve",
            "Peek",
            true,
            false,
            "ok",
            Some("acl:1:/vms/401:guest@pve:Peek:"),
        ),
        ("root@pam", "/vms/401/x", "guest@pve", "Peek", true, false, "invalid ACL path '/vms/401/x'", STAYS),
        ("root@pam", "/vms/401/x", "guest@pve", "Peek", true, true, "ok", STAYS),
        ("root@pam", "/vms", "ghost@pve", "Peek", true, false, "no such user ('ghost@pve')", STAYS),
        ("root@pam", "/vms", "guest@pve", "Nope", true, false, "role 'Nope' does not exist", STAYS),
        ("root@pam", "/vms", "@nope", "Peek", true, false, "group 'nope' does not exist", STAYS),
        (
            "root@pam",
            "/vms/401",
            "guest@pve",
            "Wide",
            true,
            false,
            "ok",
            Some("acl:1:/vms/401:guest@pve:Wide:"),
        ),
        ("root@pam", "/", "root@pam", "Peek", true, false, "ok", STAYS),
    ];
    let before = written(&read(OWNERS).1);
    for &(caller, path, subject, role, propagate, delete, expected, line) in table {
        let (catalogue, mut directory, policy) = read(OWNERS);
        let path = AclPath::parse(path).unwrap();
        let roles = [RoleId::parse(role).unwrap()];
        let subjects = [Subject::parse(subject).unwrap()];
        let allowed = || match delete || catalogue.allows_path(&path) {
            true => may_change_acl(
                &policy,
                &catalogue,
                &directory,
                caller,
                Grant { path: &path, roles: &roles, propagate, delete },
            ),
            false => Err(usher::error::Error::invalid(format!("invalid ACL path '{path}'"))),
        };
        let outcome = allowed().and_then(|()| match delete {
            true => directory.revoke(&path, &subjects, &roles),
            false => directory.grant(&path, &subjects, &roles, propagate),
        });
        let said = outcome.map_or_else(|error| error.to_string(), |()| "ok".to_owned());
        let what = format!("{caller} {path} {subject} {role} {propagate} {delete}");
        assert_eq!(said, expected, "{what}");
        let after = written(&directory);
        match line {
            Some(line) => assert!(after.lines().any(|one| one == line), "{what}:\n{after}"),
            None => assert_eq!(after, before, "{what}"),
        }
    }
}

fn written(directory: &Directory) -> String {
    String::from_utf8(user_cfg::render(directory).to_vec()).unwrap()
}

#[test]
fn granting_without_a_path_and_below_a_path() {
    let (catalogue, directory, policy) = read(
        "user:a@pve:1:0::::::\nrole:PM:Permissions.Modify:\nacl:1:/access:a@pve:PM:\nacl:1:/sdn/zones/z/v/7:a@pve:PVESDNUser:\n",
    );
    assert!(may_grant(&policy, &catalogue, "a@pve", None).is_ok());
    assert_eq!(
        may_grant(&policy, &catalogue, "b@pve", None).unwrap_err().to_string(),
        "Permission check failed (/access, Permissions.Modify)"
    );
    let usable = [catalogue.require_privilege("SDN.Use").unwrap()].into_iter().collect();
    for (path, holds) in [
        ("/sdn/zones/z/v", true),
        ("/sdn/zones/z/v/7", true),
        ("/sdn/zones/z", false),
        ("/sdn/zones/z/w", false),
    ] {
        assert_eq!(
            any_here_or_below(&policy, &directory, "a@pve", &AclPath::parse(path).unwrap(), usable),
            holds,
            "{path}"
        );
    }
}

#[test]
fn accounts_that_may_sign_in() {
    let (_, directory, _) =
        read("user:on@pve:1:0::::::\nuser:off@pve:0:0::::::\nuser:old@pve:1:1000::::::\n");
    for (user, now, said) in [
        ("on@pve", u64::MAX, "ok"),
        ("off@pve", 0, "user 'off@pve' is disabled"),
        ("old@pve", 1000, "ok"),
        ("old@pve", 1001, "user 'old@pve' access expired"),
        ("ghost@pve", 0, "no such user ('ghost@pve')"),
    ] {
        let found = check_enabled(&directory, &UserId::parse(user).unwrap(), now);
        assert_eq!(found.map_or_else(|error| error.to_string(), |()| "ok".to_owned()), said);
    }
}
