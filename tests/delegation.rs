//! Acting as somebody else: what a delegated administrator may change and see, in the running program.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::process::Stdio;
use support::{Place, Run, fed, words};

/// The worked example of the programming interface's permission language.
const API: &str = "user:boss@pve:1:0::::::
user:kid@pve:1:0::::::
user:lead@pve:1:0::::::
user:other@ldap:1:0::::::
user:root@pam:1:0::::::
user:stray@pve:1:0::::::

group:blue:::
group:red:kid@pve,other@ldap::



acl:1:/access:boss@pve:PVEUserAdmin:
acl:1:/access/groups/red:lead@pve:PVEUserAdmin:
acl:1:/access/realm/pve:lead@pve:PVEUserAdmin:
";

/// The worked example of handing out roles.
const ACL: &str = "user:boss@pve:1:0::::::
user:guest@pve:1:0::::::
user:root@pam:1:0::::::
user:vmop2@pve:1:0::::::
user:vmop@pve:1:0::::::

group:crew:guest@pve::


role:Nul::
role:Own:VM.Allocate,VM.Audit,VM.Console:
role:OwnLess:VM.Allocate,VM.Audit:
role:PM:Permissions.Modify:
role:Peek:VM.Audit:
role:Wide:VM.Audit,VM.Backup:

acl:1:/vms:vmop@pve:Own:
acl:1:/vms:boss@pve:PM:
acl:0:/vms/401:vmop2@pve:OwnLess:
acl:0:/vms/401:guest@pve:Wide:
";

fn api() -> Place {
    Place::with(&[("user.cfg", API)])
}

/// Runs a line of `WHO LINE` rows in a fresh directory each; `Ok` is what has to be in `user.cfg` afterwards,
/// `Err` what is said when nothing changes.
#[track_caller]
fn rows(text: &str, table: &[(&str, &str, &str, Result<&str, &str>)]) {
    for (number, who, line, expected) in table {
        let place = Place::with(&[("user.cfg", text)]);
        let before = place.files();
        let run = place.usher(&format!("{line} --as {who}"));
        match expected {
            Ok(part) => {
                assert_eq!(run.status, 0, "{number}: {line}: {run:?}");
                let after = place.read("user.cfg");
                assert!(after.contains(part), "{number}: {line}:\n{after}");
            }
            Err(said) => {
                assert!(place.files() == before, "{number}: {line} changed a file");
                assert!(run.err.contains(said), "{number}: {line}: {run:?}");
                let status = if said.starts_with("no such user") { 1 } else { 3 };
                assert_eq!(run.status, status, "{number}: {line}: {run:?}");
                let stays = place.usher(&format!("{line} --as {who} --dry-run"));
                assert_eq!((stays.status, stays.out.as_str()), (status, ""), "{number}: {stays:?}");
            }
        }
    }
}

#[test]
fn every_row_of_the_permission_language() {
    const SOMEWHERE: &str = "Permission check failed (/access/groups, User.Modify)";
    rows(
        API,
        &[
            ("A1", "boss@pve", "user add new@pve", Ok("user:new@pve:")),
            ("A2", "lead@pve", "user add new@pve", Err(SOMEWHERE)),
            ("A3", "lead@pve", "user add new@pve --groups red", Ok("group:red:kid@pve,new@pve,other@ldap:")),
            (
                "A4",
                "lead@pve",
                "user add new@pve --groups red,blue",
                Err("(/access/groups/blue, User.Modify)"),
            ),
            (
                "A5",
                "lead@pve",
                "user add new@ldap --groups red",
                Err("(/access/realm/ldap, Realm.AllocateUser)"),
            ),
            ("A6", "lead@pve", "user modify kid@pve --comment x", Err(SOMEWHERE)),
            ("A7", "lead@pve", "user modify kid@pve --groups red --comment x", Ok("user:kid@pve:1:0::::x:")),
            (
                "A8",
                "lead@pve",
                "user modify kid@pve --groups blue",
                Err("(/access/groups/blue, User.Modify)"),
            ),
            ("A9", "lead@pve", "user modify stray@pve --groups red", Err(SOMEWHERE)),
            ("A10", "boss@pve", "user modify stray@pve --comment x", Ok("user:stray@pve:1:0::::x:")),
            ("A11", "lead@pve", "user delete kid@pve", Ok("group:red:other@ldap:")),
            ("A12", "lead@pve", "user delete other@ldap", Err("(/access/realm/ldap, Realm.AllocateUser)")),
            ("A13", "lead@pve", "user delete stray@pve", Err(SOMEWHERE)),
            // Who cannot see everybody does not learn that there is nobody.
            ("A14", "lead@pve", "user delete ghost@pve", Err(SOMEWHERE)),
            ("A14", "boss@pve", "user delete ghost@pve", Err("no such user ('ghost@pve')")),
            ("A16", "kid@pve", "user token add kid@pve ci", Ok("token:kid@pve!ci:")),
            ("A17", "kid@pve", "user token add stray@pve ci", Err(SOMEWHERE)),
            ("A18", "kid@pve", "realm add corp --type pve", Err("(/access/realm, Realm.Allocate)")),
            (
                "A19",
                "kid@pve",
                "acl modify /vms/1 --users kid@pve --roles PVEAuditor",
                Err("(/vms/1, Permissions.Modify|VM.Allocate)"),
            ),
            ("A20", "kid@pve", "acl modify '/v m' --users kid@pve --roles PVEAuditor", Err("failed")),
            ("A21", "root@pam", "user add new@pve", Ok("user:new@pve:")),
        ],
    );
    // A15: one user is read through what is about one user.
    assert_eq!(api().usher("user token list kid@pve --as lead@pve").status, 0);
    assert_eq!(api().usher("tfa list kid@pve --as lead@pve").status, 0);
}

#[test]
fn every_row_of_handing_out_roles() {
    let lacks = |who: &str| format!("'{who}' lacks VM.Backup there");
    let vmop_lacks = lacks("vmop@pve");
    const GUEST: &str = "acl:1:/vms/401:guest@pve:";
    rows(
        ACL,
        &[
            (
                "D1",
                "boss@pve",
                "acl modify /vms/401 --users guest@pve --roles Administrator",
                Ok("acl:1:/vms/401:guest@pve:Administrator:"),
            ),
            (
                "D2",
                "boss@pve",
                "acl modify /nodes --users guest@pve --roles Peek",
                Err("Permission check failed (/nodes, Permissions.Modify)"),
            ),
            ("D3", "vmop@pve", "acl modify /vms/401 --users guest@pve --roles Peek", Ok(GUEST)),
            (
                "D4",
                "vmop@pve",
                "acl modify /vms --users guest@pve --roles Peek",
                Err("Permission check failed (/vms, Permissions.Modify)"),
            ),
            ("D5", "vmop@pve", "acl modify /vms/401 --users guest@pve --roles Wide", Err(&vmop_lacks)),
            (
                "D6",
                "vmop@pve",
                "acl modify /vms/401 --users guest@pve --roles NoAccess",
                Err("role 'NoAccess' on '/vms/401' is not theirs to give or take"),
            ),
            ("D7", "vmop@pve", "acl modify /vms/401 --users guest@pve --roles Nul", Ok(GUEST)),
            ("D8", "vmop@pve", "acl delete /vms/401 --users guest@pve --roles Wide", Err(&vmop_lacks)),
            (
                "D9",
                "vmop2@pve",
                "acl modify /vms/401 --groups crew --roles Peek",
                Err("'vmop2@pve' holds VM.Audit there, and not on the paths below"),
            ),
            (
                "D10",
                "vmop2@pve",
                "acl modify /vms/401 --groups crew --roles Peek --propagate 0",
                Ok("acl:0:/vms/401:@crew:Peek:"),
            ),
            (
                "D11",
                "vmop2@pve",
                "acl modify /vms/402 --groups crew --roles Peek",
                Err("Permission check failed (/vms/402, Permissions.Modify|VM.Allocate)"),
            ),
            ("D12", "vmop2@pve", "acl delete /vms/401 --groups crew --roles Peek --ignore-missing", Ok(ACL)),
            ("D13", "vmop@pve", "acl modify vms//401/ --users guest@pve --roles Peek", Ok(GUEST)),
            (
                "D15",
                "root@pam",
                "acl delete /vms/401/x --users guest@pve --roles Peek --ignore-missing",
                Ok(ACL),
            ),
            (
                "D19",
                "root@pam",
                "acl modify /vms/401 --users guest@pve --roles Wide",
                Ok("acl:1:/vms/401:guest@pve:Wide:"),
            ),
            ("D20", "root@pam", "acl modify / --users root@pam --roles Peek", Ok(ACL)),
        ],
    );
    for (line, said) in [
        ("acl modify /vms/401/x --users guest@pve --roles Peek", "path: invalid ACL path '/vms/401/x'"),
        ("acl modify /vms --users guest@pve,ghost@pve --roles Peek", "no such user ('ghost@pve')"),
        ("acl modify /vms --users guest@pve --roles Nope", "role 'Nope' does not exist"),
        ("acl modify /vms --groups nope --roles Peek", "group 'nope' does not exist"),
    ] {
        let place = Place::with(&[("user.cfg", ACL)]);
        let run = place.untouched(&format!("{line} --as root@pam"));
        assert!(run.status != 0 && run.err.contains(said), "{line}: {run:?}");
    }
}

#[test]
fn a_part_of_a_path_that_is_skipped_widens_nothing() {
    let text = ACL
        .replace("acl:1:/vms:vmop@pve:Own:", "acl:1:/vms:vmop@pve:Own:\nacl:1:/pool:vmop@pve:PVEPoolAdmin:");
    let place = Place::with(&[("user.cfg", text.as_str())]);
    // Entries at these paths are kept one level up, where the lesser privilege does not count.
    for line in [
        "acl modify /pool/0 --users guest@pve --roles PVEPoolUser",
        "acl delete /vms/0 --users guest@pve --roles Peek",
    ] {
        let said = place.untouched(&format!("{line} --as vmop@pve")).refused(3);
        assert!(said.contains(", Permissions.Modify)"), "{said}");
    }
}

#[test]
fn an_administrator_of_one_group_and_realm() {
    let place = Place::after(&[
        "group add customers",
        "group add staff",
        "user add joe@pve",
        "user add eve@pve --groups staff",
        "acl modify /access/realm/pve --users joe@pve --roles PVEUserAdmin",
        "acl modify /access/groups/customers --users joe@pve --roles PVEUserAdmin",
    ]);
    place.all(&[
        "user add anna@pve --groups customers --as joe@pve",
        "--as joe@pve user modify anna@pve --groups customers --email anna@example.org",
        "--as=joe@pve user token add anna@pve ci",
        "user modify anna@pve --groups customers --enable 0 --as joe@pve",
    ]);
    for line in [
        "user add bert@pam --groups customers",
        "user add bert@pve --groups staff",
        "user add bert@pve --groups customers,staff",
        "user modify eve@pve --groups customers",
        "user modify joe@pve --groups customers",
        "user modify root@pam --groups customers",
        "user delete eve@pve",
        "user token add eve@pve ci",
        "user token list root@pam",
        "user tfa unlock eve@pve",
        "group add more",
        "group modify customers --comment mine",
        "group delete customers",
        "role add Mine --privs VM.Audit",
        "role modify PVEAdmin --privs VM.Audit",
        "role delete Mine",
        "acl modify / --users joe@pve --roles Administrator",
        "acl modify /access/groups/customers --users joe@pve --roles PVEUserAdmin",
        "acl delete /access/realm/pve --users joe@pve --roles PVEUserAdmin",
        "realm add corp --type ldap --server1 localhost --base_dn dc=x --user_attr uid --check-connection 1",
        "realm modify pve --comment mine",
        "realm delete pve",
        "realm test pve",
        "realm sync pve --scope users",
        "realm sync --all",
        "realm sync --due",
        "realm job add nightly --realm pve --schedule daily --scope users",
        "realm job modify nightly --enabled 0",
        "realm job delete nightly",
        "realm job list",
        "realm job show nightly",
        "pool add p",
        "pool modify p --comment x",
        "pool delete p",
        "pool list --poolid p",
        "user permissions eve@pve",
        "user permissions",
        "tfa show eve@pve x",
        "user show anna@pve",
        "group show customers",
        "role show PVEAdmin",
        "acl show /",
        "pool show p",
        "realm show pve",
        "token show anna@pve!ci",
        "check",
        "check --fix",
        "find-unused",
        "test policy.toml",
        "user rename anna@pve berta@pve",
        "group rename customers clients",
        "role rename Mine Yours",
        "role clone PVEAuditor Mine",
        "can joe@pve VM.Audit /",
        "tree /",
        "explain joe@pve /",
        "who-can VM.Audit /",
        "access joe@pve",
        "matrix",
        "log",
        "log show 1",
        "log verify",
        "log adopt",
        "undo",
        "restore --at 1",
    ] {
        let run = place.untouched(&format!("{line} --as joe@pve"));
        if line == "user permissions" {
            assert!(run.quiet().contains("/access/realm/pve"));
            continue;
        }
        run.refused(3);
    }
    let place = &place;
    let ids = |line: &str, name: &str| -> Vec<String> {
        let rows = place.usher(&format!("{line} --output-format json --as joe@pve")).json();
        rows.as_array().unwrap().iter().map(|row| row[name].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("user list", "userid"), ["anna@pve", "joe@pve"]);
    assert_eq!(ids("group list", "groupid"), ["customers"]);
    assert!(ids("acl list", "path").is_empty());
    assert!(ids("pool list", "poolid").is_empty());
    assert_eq!(ids("realm list", "realm"), ["pam", "pve"]);
    assert!(ids("role list", "roleid").contains(&"PVEUserAdmin".to_owned()));
}

#[test]
fn somebody_who_cannot_sign_in_cannot_act() {
    let place = Place::with(&[(
        "user.cfg",
        "user:off@pve:0:0::::::\nuser:old@pve:1:1000::::::\nuser:on@pve:1:0::::::\nuser:root@pam:0:0::::::\n\
         token:off@pve!ci:0:0::\ntoken:on@pve!old:1000:0::\n",
    )]);
    for (who, why) in [
        ("off@pve", "user 'off@pve' is disabled"),
        ("old@pve", "user 'old@pve' is expired"),
        ("ghost@pve", "there is no user 'ghost@pve'"),
        ("off@pve!ci", "user 'off@pve' is disabled"),
        ("on@pve!old", "token 'on@pve!old' is expired"),
        ("on@pve!no", "there is no token 'on@pve!no'"),
        ("root@pam", "user 'root@pam' is disabled"),
    ] {
        for line in ["role list", "user add new@pve", "help"] {
            let said = place.untouched(&format!("{line} --as {who}")).refused(3);
            assert!(said.contains(&format!("cannot act as '{who}': {why}")), "{said}");
        }
    }
    place.untouched("role list --as nobody").refused(2);
}

#[test]
fn words_behind_a_fixed_caller_name_no_other() {
    let place = Place::after(&["user add joe@pve"]);
    let before = place.files();
    let elsewhere = place.path().join("elsewhere");
    for more in [
        "--as root@pam".to_owned(),
        "--as=root@pam".to_owned(),
        "--a root@pam".to_owned(),
        format!("--config-dir {}", elsewhere.display()),
    ] {
        let line = format!(
            "--as joe@pve --config-dir {} acl modify / --users joe@pve --roles PVEAdmin {more}",
            place.path().display()
        );
        assert!(place.usher(&line).refused(2).contains("is given twice"), "{more}");
    }
    assert!(place.usher("--as joe@pve --as root@pam user list").refused(2).contains("--as is given twice"));
    assert!(place.files() == before && !elsewhere.exists());
}

fn with_token(place: &Place, token: &str, line: &str) -> Run {
    let mut command = place.command("usher");
    command.env("USHER_TOKEN", token).args(words(line)).stdin(Stdio::null());
    fed(&mut command, "")
}

#[test]
fn a_token_in_the_environment_acts() {
    let place = api();
    place.all(&["acl modify /access/groups/red --users lead@pve --roles PVEUserAdmin"]);
    let secret =
        |line: &str| place.usher(&format!("{line} --output-format json")).json()["value"].to_string();
    let full =
        format!("lead@pve!full={}", secret("user token add lead@pve full --privsep 0").trim_matches('"'));
    let separated = format!("lead@pve!ci={}", secret("user token add lead@pve ci").trim_matches('"'));
    assert_eq!(with_token(&place, &full, "user add one@pve --groups red").status, 0);
    with_token(&place, &separated, "user add two@pve --groups red").refused(3);
    with_token(&place, &full, "user add three@pve").refused(3);
    let journal = place.read(".usher.journal.jsonl");
    assert!(journal.contains(r#""principal":"lead@pve","token":"lead@pve!full""#), "{journal}");
    assert!(!journal.contains(full.rsplit('=').next().unwrap()), "{journal}");
    // What a token may not do at all: passwords, second factors, tickets, itself.
    for line in [
        "passwd lead@pve",
        "tfa add recovery lead@pve",
        "ticket lead@pve",
        "user token modify lead@pve full --privsep 0",
    ] {
        with_token(&place, &full, line).refused(3);
    }
    let own = with_token(&place, &separated, "user permissions lead@pve!ci --output-format json");
    assert_eq!(own.quiet().trim(), "{}");
    // No token, a wrong one, one at its end, and an owner who is: all the same.
    let wrong = full.replace("!full=", "!ci=");
    with_token(&place, "", "role list").refused(2);
    for token in ["x", "lead@pve!full", &wrong, "ghost@pve!ci=x"] {
        let said = with_token(&place, token, "role list").refused(3);
        let told = "error: authentication failure\n\
                    hint: USHER_TOKEN is set: its token acts; 'unset USHER_TOKEN' if that is not meant\n";
        assert_eq!(said, told, "{token}");
    }
    place.all(&["user token modify lead@pve ci --expire 1000"]);
    with_token(&place, &separated, "role list").refused(3);
    assert_eq!(with_token(&place, &full, "role list").status, 0);
    place.all(&["user modify lead@pve --enable 0"]);
    with_token(&place, &full, "role list").refused(3);
    with_token(&place, &full, "role list --as boss@pve").refused(2);
    // The original knows nothing of it.
    let mut command = place.command("pveum");
    command.env("USHER_TOKEN", "x").args(["role", "list"]);
    assert_eq!(fed(&mut command, "").status, 0);
    assert_eq!(place.pveum("role list --as boss@pve").status, 255);
}

#[test]
fn ones_own_password_takes_the_old_one() {
    let place = Place::after(&["user add joe@pve", "user add eve@pve"]);
    let passwd = |line: &str, input: &str| place.run("usher", words(line), input);
    let sign_in = |user: &str, password: &str| {
        place.run("usher", ["login-check"], &format!("{user}\n{password}\n")).status
    };
    let (old, new) = ("Trombone-Kiwi-42", "Walrus-Lantern-77");
    passwd("passwd joe@pve", &format!("{old}\n{old}\n")).quiet();
    passwd("passwd joe@pve --as joe@pve", &format!("wrong\n{new}\n{new}\n")).refused(3);
    passwd("passwd joe@pve --as joe@pve", &format!("\n{new}\n{new}\n")).refused(3);
    passwd("passwd eve@pve --as joe@pve", &format!("{old}\n{new}\n{new}\n")).refused(3);
    passwd("passwd root@pam --as joe@pve", &format!("{old}\n{new}\n{new}\n")).refused(3);
    assert_eq!((sign_in("joe@pve", old), sign_in("joe@pve", new)), (0, 3));
    passwd("passwd joe@pve --as joe@pve", &format!("{old}\n{new}\n{new}\n")).quiet();
    assert_eq!((sign_in("joe@pve", old), sign_in("joe@pve", new)), (3, 0));
    // Second factors, too.
    passwd("tfa add recovery joe@pve --as joe@pve", "wrong\n").refused(3);
    assert_eq!(place.read("priv/tfa.cfg"), "");
    assert_eq!(passwd("tfa add recovery joe@pve --as joe@pve", &format!("{new}\n")).status, 0);
    passwd("tfa delete joe@pve --as joe@pve", "wrong\n").refused(3);
    // Whoever looks after users needs its own password for theirs.
    place.all(&["acl modify /access --users joe@pve --roles PVEUserAdmin"]);
    passwd("passwd eve@pve --as joe@pve", &format!("wrong\n{old}\n{old}\n")).refused(3);
    passwd("passwd eve@pve --as joe@pve", &format!("{new}\n{old}\n{old}\n")).quiet();
    assert_eq!(sign_in("eve@pve", old), 0);
    passwd("tfa add recovery root@pam --as joe@pve", &format!("{new}\n")).refused(3);
}

#[test]
fn pools_and_their_members() {
    let place = Place::with(&[(
        "user.cfg",
        "user:joe@pve:1:0::::::\npool:a::101::\npool:b::102::\n\nacl:1:/pool/a:joe@pve:PVEPoolAdmin:\n\
         acl:1:/vms/102:joe@pve:PVEVMAdmin:\nacl:1:/vms/103:joe@pve:PVEVMAdmin:\n",
    )]);
    for (line, lacking) in [
        ("pool modify a --vms 104", "(/vms/104, Permissions.Modify|VM.Allocate)"),
        ("pool modify a --storage local", "(/storage/local, Permissions.Modify|Datastore.Allocate)"),
        ("pool modify a --vms 102 --allow-move 1", "(/pool/b, Pool.Allocate)"),
        ("pool modify a --vms 101 --delete 1", "(/vms/101, Permissions.Modify|VM.Allocate)"),
        ("pool modify b --comment x", "(/pool/b, Pool.Allocate)"),
        ("pool add c", "(/pool/c, Pool.Allocate)"),
        ("pool list --poolid b", "(/pool/b, Pool.Audit)"),
        ("pool list --poolid ghost", "(/pool/ghost, Pool.Audit)"),
    ] {
        let said = place.untouched(&format!("{line} --as joe@pve")).refused(3);
        assert!(said.contains(lacking), "{line}: {said}");
    }
    let rows = place.usher("pool list --output-format json --as joe@pve").json();
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
    place.all(&["pool modify a --vms 103 --as joe@pve", "pool list --poolid a --as joe@pve"]);
    assert_eq!(place.lines("pool")[0], "a::101,103::");
}

#[test]
fn lists_show_what_may_be_seen() {
    let text = format!(
        "{}token:lead@pve!ci:0:0::\nacl:1:/access/groups/blue:kid@pve:PVEAuditor:\nacl:1:/vms:kid@pve:PVEVMAdmin:\n\
         acl:1:/access:stray@pve:PVEAuditor:\npool:p:::\nacl:1:/pool/p:stray@pve:PVEPoolUser:\n",
        API.replace(
            "acl:1:/access:boss@pve:PVEUserAdmin:",
            "acl:1:/vms/100:other@ldap:PVEVMUser:\nacl:1:/access:boss@pve:PVEUserAdmin:"
        )
    );
    let place = Place::with(&[("user.cfg", text.as_str())]);
    for user in ["kid@pve", "stray@pve", "lead@pve"] {
        place.all(&[&format!("tfa add recovery {user}")]);
    }
    let everybody = "boss@pve kid@pve lead@pve other@ldap root@pam stray@pve";
    for (who, line, field, seen) in [
        ("root@pam", "user list", "userid", everybody),
        ("boss@pve", "user list", "userid", everybody),
        ("stray@pve", "user list --full 1", "userid", everybody),
        ("lead@pve", "user list", "userid", "kid@pve lead@pve other@ldap"),
        ("kid@pve", "user list", "userid", "kid@pve"),
        ("lead@pve!ci", "user list", "userid", "kid@pve other@ldap"),
        ("boss@pve", "group list", "groupid", "blue red"),
        ("lead@pve", "group list", "groupid", "red"),
        ("kid@pve", "group list", "groupid", "blue"),
        ("other@ldap", "group list", "groupid", ""),
        ("boss@pve", "tfa list", "userid", "kid@pve lead@pve stray@pve"),
        ("lead@pve", "tfa list", "userid", "kid@pve lead@pve"),
        ("kid@pve", "tfa list", "userid", "kid@pve"),
        ("kid@pve", "tfa list kid@pve", "userid", "kid@pve"),
        // The lesser privilege counts below a path, not at it.
        ("kid@pve", "acl list", "path", "/vms/100"),
        ("lead@pve", "acl list", "path", ""),
        ("lead@pve", "pool list", "poolid", ""),
        ("stray@pve", "pool list", "poolid", "p"),
        ("boss@pve", "token list", "userid", "lead@pve"),
        ("lead@pve", "token list", "userid", "lead@pve"),
        ("kid@pve", "token list", "userid", ""),
        // What narrows a list down finds nothing out.
        ("kid@pve", "user list --group red", "userid", "kid@pve"),
        ("lead@pve", "user list --group blue", "userid", ""),
        ("lead@pve", "user list --group ghost", "userid", ""),
        ("lead@pve", "group list --member stray@pve", "groupid", ""),
        ("lead@pve", "group list --member ghost@pve", "groupid", ""),
        ("kid@pve", "acl list --user boss@pve", "path", ""),
        ("kid@pve", "acl list --user ghost@pve", "path", ""),
        ("kid@pve", "acl list --user boss@pve --path /access --effective", "path", ""),
    ] {
        let rows = place.usher(&format!("{line} --output-format json --as {who}")).json();
        let found: Vec<&str> =
            rows.as_array().unwrap().iter().filter_map(|row| row[field].as_str()).collect();
        assert_eq!(found.join(" "), seen, "{who}: {line}");
    }
    let rows = place.usher("acl list --output-format json --as stray@pve").json();
    assert_eq!(rows, place.usher("acl list --output-format json").json());
    place.usher("tfa list stray@pve --as lead@pve").refused(3);
    place.usher("user tfa list stray@pve --as lead@pve").refused(3);
    assert!(!place.usher("user tfa list --as lead@pve").quiet().contains("stray"));
    assert_eq!(place.usher("user permissions kid@pve --as stray@pve").status, 0);
    assert_eq!(place.usher("user permissions lead@pve!ci --as lead@pve").status, 0);
    assert_eq!(place.usher("token permissions lead@pve ci --as lead@pve").status, 0);
    place.usher("token permissions lead@pve ci --as kid@pve").refused(3);
}

#[test]
fn what_a_delegate_is_shown_of_a_change() {
    let place = api();
    let line = "user modify kid@pve --groups red --comment y --dry-run --as lead@pve";
    let run = place.untouched(line);
    assert_eq!((run.status, run.out.as_str()), (3, "user.cfg changes\n"), "{run:?}");
    let json = place.untouched(&format!("{line} --output-format json"));
    assert!(!json.out.contains("stray") && json.out.contains("user.cfg changes"), "{json:?}");
    // What is not understood in the files is not for everybody.
    place.write("user.cfg", format!("{API}nonsense:stray@pve:\n"));
    place.usher("user list --as lead@pve").quiet();
    assert!(place.usher("user list").warned().contains("warning"));
}

#[test]
fn a_job_is_for_who_synchronises_its_realm() {
    let place = Place::after(&[
        "user add joe@pve",
        "realm add corp --type ldap --server1 127.0.0.1 --base_dn dc=x --user_attr uid",
        "realm add dept --type ldap --server1 127.0.0.1 --base_dn dc=x --user_attr uid",
        "realm job add nightly --realm corp --schedule daily --scope users",
        "realm job add weekly --realm dept --schedule sun --scope users",
        "acl modify /access/realm/corp --users joe@pve --roles PVEUserAdmin",
        "acl modify /access/groups --users joe@pve --roles PVEUserAdmin",
    ]);
    place.all(&["realm job modify nightly --enabled 0 --as joe@pve"]);
    let known = place.untouched("realm job modify weekly --enabled 0 --as joe@pve").refused(3);
    let unknown = place.untouched("realm job modify ghost --enabled 0 --as joe@pve").refused(3);
    assert_eq!(known, unknown);
    place.untouched("realm job delete nightly --as joe@pve").refused(3);
    place.untouched("realm job list --as joe@pve").refused(3);
    let said = place.untouched("realm sync dept --scope users --as joe@pve").refused(3);
    assert!(said.contains("(/access/realm/dept, Realm.AllocateUser)"), "{said}");
}

mod library {
    use std::sync::Arc;
    use usher::access::permit::Permit;
    use usher::access::rule;
    use usher::access::usable::Who;
    use usher::catalogue::Catalogue;
    use usher::error::Error;
    use usher::model::id::UserId;
    use usher::model::user::User;
    use usher::store::change::{Order, change};
    use usher::store::{MemoryStore, Store as _};

    /// What stands in the directory under the lock decides, not what was there when somebody began.
    #[test]
    fn the_state_under_the_lock_decides() {
        let catalogue = Catalogue::pve9();
        let permit = Permit {
            caller: Who::parse("boss@pve").unwrap(),
            rule: rule::CREATE_USER,
            parameters: vec![("userid", "new@pve".to_owned())],
            now: 1000,
        };
        let add = |text: &str, permit: Option<Permit>, dry_run: bool| {
            let store =
                MemoryStore::new([("user.cfg".to_owned(), Arc::new(text.as_bytes().to_vec()))].into());
            let mut edited = false;
            let order = Order { permit, ..Order::default() };
            let order = if dry_run { Order { dry_run, ..order } } else { order };
            let outcome = change(&store, &catalogue, &order, |draft| {
                edited = true;
                draft.directory()?.add_user(User::new(UserId::parse("new@pve").unwrap()), &[])
            });
            let stored = store.load(&["user.cfg"]).unwrap()["user.cfg"].to_vec() != text.as_bytes();
            (outcome.map(drop), edited, stored)
        };
        let without = super::API.replace("acl:1:/access:boss@pve:PVEUserAdmin:\n", "");
        let disabled = super::API.replace("user:boss@pve:1:", "user:boss@pve:0:");
        let gone = super::API.replace("user:boss@pve:1:0::::::\n", "");
        let over = super::API.replace("user:boss@pve:1:0:", "user:boss@pve:1:999:");
        let at_its_end = super::API.replace("user:boss@pve:1:0:", "user:boss@pve:1:1000:");
        for text in [super::API, &at_its_end] {
            assert!(matches!(add(text, Some(permit.clone()), false), (Ok(()), true, true)));
            assert!(matches!(add(text, Some(permit.clone()), true), (Ok(()), true, false)));
        }
        for dry_run in [false, true] {
            let (outcome, edited, stored) = add(&without, Some(permit.clone()), dry_run);
            assert!(matches!(outcome, Err(Error::Denied(Some(_)))) && !edited && !stored);
            for text in [&disabled, &gone, &over] {
                let (outcome, edited, stored) = add(text, Some(permit.clone()), dry_run);
                assert!(matches!(outcome, Err(Error::Beyond { .. })) && !edited && !stored);
            }
            assert!(matches!(add(&disabled, None, dry_run), (Ok(()), true, _)));
        }
    }
}

mod tree {
    use usher::access::rule::Rule;
    use usher::cli::command::{Node, TREE, Verb};

    fn verbs(nodes: &'static [Node], found: &mut Vec<&'static Verb>) {
        for node in nodes {
            match node {
                Node::Verb(verb) | Node::Own(verb) => found.push(verb),
                Node::Group { children, .. } => verbs(children, found),
                Node::Absent(_) => {}
            }
        }
    }

    fn asks_for_nothing(rule: &Rule) -> bool {
        match rule {
            Rule::World | Rule::Somebody | Rule::InPerson | Rule::NotSuperuser => true,
            Rule::And(rules) => rules.iter().all(asks_for_nothing),
            Rule::Or(rules) => rules.iter().any(asks_for_nothing),
            _ => false,
        }
    }

    /// Whoever signs in through a provider is changed by what the provider says, not by who runs the command.
    const SIGN_INS: [&str; 1] = ["login"];

    #[test]
    fn what_writes_asks_for_something() {
        let mut found = Vec::new();
        verbs(TREE, &mut found);
        let writing: Vec<&Verb> = found.into_iter().filter(|verb| verb.writes).collect();
        assert!(writing.len() > 25);
        for verb in writing {
            assert_eq!(asks_for_nothing(&verb.asks), SIGN_INS.contains(&verb.name), "{}", verb.name);
        }
    }
}
