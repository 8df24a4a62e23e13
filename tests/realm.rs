//! Realms: their settings, the password they bind with, and what letter case means to them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use std::os::unix::fs::PermissionsExt as _;
use support::Place;

const LDAP: &str = "realm add ex --type ldap --base_dn dc=example --server1 192.0.2.1 --user_attr uid";

#[test]
fn the_built_in_realms_are_always_there() {
    let place = Place::new();
    let rows = json!([
        {"realm": "pam", "type": "pam", "comment": "Linux PAM standard authentication"},
        {"realm": "pve", "type": "pve", "comment": "Proxmox VE authentication server"},
    ]);
    assert_eq!(place.usher("realm list --output-format json").json(), rows);
    assert!(place.files().is_empty(), "a question makes no file");
    place.untouched("realm add pve --type pve").refused(1);
    place.usher("realm modify pam --comment mine --default 1").quiet();
    assert!(
        place.read("domains.cfg").contains("pam: pam\n\tcomment mine\n\tdefault 1\n"),
        "{}",
        place.read("domains.cfg")
    );
    assert_eq!(place.usher("realm delete pam").status, 0);
    assert!(!place.read("domains.cfg").contains("mine"));
}

#[test]
fn a_realm_comes_changes_and_goes_with_its_password() {
    let place = Place::after(&["user add joe@ex"]);
    place.usher(&format!("{LDAP} --bind_dn cn=usher --password bind-secret --comment 'a: b'")).warned();
    let section = "ldap: ex\n\tcomment a%3A b\n\tbase_dn dc=example\n\tserver1 192.0.2.1\n\tuser_attr uid\n\tbind_dn cn=usher\n\n";
    assert!(place.read("domains.cfg").contains(section), "{}", place.read("domains.cfg"));
    assert_eq!(place.read("priv/realm/ex.pw"), "bind-secret");
    let mode = |name: &str| place.path().join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("priv/realm/ex.pw"), mode("priv/realm"), mode("priv")), (0o600, 0o700, 0o700));
    place.usher("realm modify ex --server2 192.0.2.2 --delete comment,bind_dn").warned();
    let section =
        "ldap: ex\n\tbase_dn dc=example\n\tserver1 192.0.2.1\n\tuser_attr uid\n\tserver2 192.0.2.2\n\n";
    assert!(place.read("domains.cfg").contains(section), "{}", place.read("domains.cfg"));
    assert_eq!(place.read("priv/realm/ex.pw"), "bind-secret");
    place.usher("realm delete ex").quiet();
    assert!(!place.read("domains.cfg").contains("ldap"));
    assert!(!place.files().contains_key("priv/realm/ex.pw"));
    assert_eq!(place.lines("user").len(), 2, "its users stay");
}

#[test]
fn a_new_realm_has_no_old_password() {
    let place = Place::with(&[("priv/realm/ex.pw", "left over")]);
    place.usher(LDAP).warned();
    assert!(!place.files().contains_key("priv/realm/ex.pw"));
}

#[test]
fn the_password_can_be_typed() {
    let place = Place::after(&[LDAP]);
    place.run("usher", ["realm", "modify", "ex", "--password"], "typed-twice\ntyped-twice\n").warned();
    assert_eq!(place.read("priv/realm/ex.pw"), "typed-twice");
    place.run("usher", ["realm", "modify", "ex", "--password", "-"], "one line\n").warned();
    assert_eq!(place.read("priv/realm/ex.pw"), "one line");
    let before = place.files();
    place.run("usher", ["realm", "modify", "ex", "--password"], "one\nother\n").refused(1);
    assert!(place.files() == before);
    let run = place.untouched("realm modify ex --password shown-nowhere --dry-run");
    assert!(run.status == 3 && !run.out.contains("shown-nowhere") && run.out.contains("secret"), "{run:?}");
    place.usher("realm modify ex --delete password").warned();
    assert!(!place.files().contains_key("priv/realm/ex.pw"));
}

#[test]
fn one_realm_is_the_default() {
    let place = Place::after(&[LDAP, "realm modify ex --default 1", "realm modify pve --default 1"]);
    assert_eq!(place.read("domains.cfg").matches("default 1").count(), 1);
    let rows = place.usher("realm list --output-format json").json();
    let pve = rows.as_array().unwrap().iter().find(|row| row["realm"] == "pve").unwrap();
    assert_eq!(pve["default"], 1);
}

#[test]
fn letter_case_counts_unless_the_realm_says_otherwise() {
    let place = Place::after(&[LDAP, "user add joe@ex", "user add Joe@ex", "user delete Joe@ex"]);
    place.usher("realm modify ex --case-sensitive 0").quiet();
    assert!(place.untouched("user add JOE@ex").refused(1).contains("joe@ex"));
    place.usher("user add JOE@pve").quiet();
    place.usher("user add joe@pve").quiet();
}

#[test]
fn what_makes_no_sense_is_refused() {
    let place = Place::after(&[LDAP]);
    place.untouched(LDAP).refused(1);
    place.untouched(&format!("{LDAP} --if-not-exists")).quiet();
    place.untouched("realm delete nope").refused(1);
    place.untouched("realm delete nope --ignore-missing").quiet();
    for line in [
        "realm modify nope --comment x",
        "realm modify ex --client-id x",
        "realm modify ex --delete server1",
        "realm modify ex --digest 0000",
        "realm modify ex",
    ] {
        let run = place.untouched(line);
        assert!(matches!(run.status, 1 | 2) && !run.err.is_empty(), "{line}: {run:?}");
    }
    for line in [
        "realm add x --type ldap",
        "realm add xx --type nope",
        "realm add xx",
        "realm add 1x --type pve",
        "realm modify ex --port 65536",
        "realm modify ex --port ldap",
        "realm modify ex --mode telnet",
    ] {
        place.untouched(line).refused(2);
    }
    place.untouched("realm modify ex --check-connection 1 --password wrong-one").refused(1);
}

#[test]
fn a_broken_section_is_told_and_kept() {
    let place = Place::with(&[(
        "domains.cfg",
        "# realms\npve: pve\n\tcomment x\n\nldap: half\n\tserver1 192.0.2.1\n\n",
    )]);
    let run = place.usher("realm list --output-format json");
    assert!(run.err.contains("domains.cfg:") && run.err.contains("half"), "{run:?}");
    assert_eq!(run.json().as_array().unwrap().len(), 2);
    place.usher(LDAP).warned();
    let text = place.read("domains.cfg");
    assert!(
        text.contains("# realms\n")
            && text.contains("ldap: half\n\tserver1 192.0.2.1\n")
            && text.contains("ldap: ex\n"),
        "{text}"
    );
}

/// What is built with a feature says so where it is missing, and the original's face does not know it.
#[test]
fn a_missing_feature_is_named() {
    let place = Place::new();
    if !cfg!(feature = "openid") {
        let message = place.untouched("realm login corp").refused(1);
        assert_eq!(
            message,
            "error: this usher was built without the feature 'openid', which 'realm login' needs\n"
        );
    }
    place.run("pveum", ["realm", "login", "corp"], "").refused(255);
}

#[test]
fn a_list_may_be_given_in_pieces() {
    let place = Place::new();
    place.pveum(&format!("{LDAP} --user_classes person --user_classes user,inetorgperson")).quiet();
    assert!(place.read("domains.cfg").contains("\tuser_classes person,user,inetorgperson\n"));
    place.pveum("realm modify ex --group_classes a --group_classes b").quiet();
    assert!(place.read("domains.cfg").contains("\tgroup_classes a,b\n"), "{}", place.read("domains.cfg"));
}

#[test]
fn the_name_of_a_flag_alone_sets_it() {
    let text = "ldap: ex\n\tbase_dn dc=x\n\tserver1 h\n\tuser_attr uid\n\tverify\n\tdefault\n\tfilter\n\n";
    let place = Place::with(&[("domains.cfg", text)]);
    let said = place.usher("realm modify ex --comment x").warned();
    assert!(said.contains("filter") && !said.contains("verify"), "{said}");
    let written = place.read("domains.cfg");
    assert!(written.contains("\tverify 1\n") && written.contains("\tdefault 1\n"), "{written}");
}
