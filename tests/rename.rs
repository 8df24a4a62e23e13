//! Other names for users, groups and roles: every reference follows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use proptest::prelude::*;
use std::sync::Arc;
use support::Place;
use usher::catalogue::Catalogue;
use usher::model::id::{GroupId, RoleId, UserId};
use usher::store::change::{Order, change};
use usher::store::{Files, MemoryStore, Store};

const USER_CFG: &str = "\
# Ann's account
user:ann@pve:1:0:Ann:M:ann@x.de:first:x:
token:ann@pve!ci:0:1:builds:
user:joe@ldap:1:0::::::
user:root@pam:1:0::::::

group:devs:ann@pve,joe@ldap:the devs:
group:ops:ann@pve::


role:watch:Sys.Audit,VM.Audit:

acl:1:/access/groups/devs:ann@pve:PVEUserAdmin:
acl:1:/vms:@devs,ann@pve:watch:
acl:0:/vms/100:ann@pve!ci:PVEAuditor,watch:
";
const SECRETS: &[(&str, &str)] = &[
    ("user.cfg", USER_CFG),
    ("domains.cfg", "pam: pam\n\npve: pve\n\nldap: ldap\n\tbase_dn dc=x\n\tserver1 x\n\tuser_attr uid\n"),
    ("priv/shadow.cfg", "zoe:$5$a$b:\nann:$5$saltsalt$hash:\n"),
    ("priv/token.cfg", "ann@pve!ci 11111111-2222-3333-4444-555555555555\nroot@pam!xy 2\n"),
    (
        "priv/tfa.cfg",
        r#"{"users":{"ann@pve":{"totp":[{"id":"a","created":1,"entry":"otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"}]},"root@pam":{"yubico":[{"id":"y","created":1,"entry":"cccccccccccc"}]}}}"#,
    ),
    ("priv/tfa-failures.json", r#"{"ann@pve":{"totp_failures":3,"tfa_failures":5}}"#),
];

#[test]
fn everything_of_a_user_follows() {
    let place = Place::with(SECRETS);
    place.usher("user rename ann@pve ann.m@pve").warned();
    assert_eq!(place.read("user.cfg"), USER_CFG.replace("ann@pve", "ann.m@pve"));
    assert_eq!(place.read("priv/shadow.cfg"), "zoe:$5$a$b:\nann.m:$5$saltsalt$hash:\n");
    assert_eq!(
        place.read("priv/token.cfg"),
        "ann.m@pve!ci 11111111-2222-3333-4444-555555555555\nroot@pam!xy 2\n"
    );
    let factors: serde_json::Value = serde_json::from_str(&place.read("priv/tfa.cfg")).unwrap();
    assert_eq!(factors["users"]["ann.m@pve"]["totp"][0]["id"], "a");
    assert_eq!(factors["users"].as_object().unwrap().len(), 2);
    assert_eq!(place.read("priv/tfa-failures.json"), r#"{"ann.m@pve":{"totp_failures":3,"tfa_failures":5}}"#);
    // What it may do is what it could do before.
    let may = place.usher("user permissions ann.m@pve --path /vms/100 --output-format json").json();
    assert_eq!(may["/vms/100"]["VM.Audit"], 1);
    assert!(!place.files().values().any(|text| text.windows(7).any(|part| part == b"ann@pve")));
}

#[test]
fn nothing_of_somebody_gone_falls_to_the_new_name() {
    let place = Place::with(SECRETS);
    place.write("user.cfg", format!("{USER_CFG}acl:1:/:ghost@pve,ghost@pve!tok:Administrator:\n"));
    place.write("priv/shadow.cfg", "ann:$5$saltsalt$hash:\nghost:$5$g$g:\n");
    place.write("priv/token.cfg", "ann@pve!ci 1\nghost@pve!tok 2\n");
    place.usher("user rename ann@pve ghost@pve").warned();
    assert_eq!(place.read("priv/shadow.cfg"), "ghost:$5$saltsalt$hash:\n");
    assert_eq!(place.read("priv/token.cfg"), "ghost@pve!ci 1\n");
    assert!(!place.read("user.cfg").contains("Administrator"));
}

#[test]
fn what_cannot_be_renamed_says_why() {
    let place = Place::with(SECRETS);
    for (line, status, words) in [
        ("user rename root@pam boss@pam", 1, "the superuser 'root@pam' cannot be renamed"),
        ("user rename nobody@pve x@pve", 1, "no such user ('nobody@pve')"),
        ("user rename ann@pve joe@ldap", 1, "user 'joe@ldap' already exists"),
        ("user rename ann@pve ann@pve", 1, "user 'ann@pve' already exists"),
        ("user rename ann@pve ann", 2, "newid: "),
        ("user rename ann@pve a,b@pve", 2, "newid: "),
        ("user rename ann@pve ann@ldap", 1, "--drop-password"),
        ("group rename nothing x", 1, "'nothing' does not exist"),
        ("group rename devs ops", 1, "group 'ops' already exists"),
        ("role rename nothing x", 1, "role 'nothing' does not exist"),
        ("role rename watch PVEWatch", 2, "newid: cannot use role ID starting with"),
        ("role rename watch Administrator", 1, "role 'Administrator' already exists"),
        ("role rename PVEAuditor watcher", 1, "cannot be renamed"),
        ("role clone nothing x", 1, "role 'nothing' does not exist"),
        ("role clone watch watch", 1, "role 'watch' already exists"),
        ("role clone watch pvewatch", 2, "newid: "),
        ("role clone NoAccess Blocked", 1, "a copy would block nothing"),
    ] {
        let said = place.untouched(line).refused(status);
        assert!(said.contains(words), "{line}: {said}");
    }
    // The original knows no such commands.
    assert_ne!(place.pveum("user rename ann@pve x@pve").status, 0);
}

#[test]
fn another_realm_takes_no_password_along() {
    let place = Place::with(SECRETS);
    let said = place.usher("user rename ann@pve ann@ldap --drop-password").warned();
    assert!(said.contains("removed password of 'ann@pve'"), "{said}");
    assert_eq!(place.read("priv/shadow.cfg"), "zoe:$5$a$b:\n");
    assert!(place.read("priv/token.cfg").starts_with("ann@ldap!ci 1111"));
    // Letter case does not count in realms that say so.
    place.write(
        "domains.cfg",
        "pam: pam\n\nad: ldap\n\tdomain x\n\tserver1 x\n\tcase-sensitive 0\n\npve: pve\n",
    );
    let said = place.untouched("user rename ann@ldap JOE@ldap").refused(1);
    assert!(said.contains("joe@ldap"), "{said}");
    place.usher("user rename ann@ldap Ann@ldap").warned();
    let said = place.usher("user rename joe@ldap joe@nowhere").warned();
    assert!(said.contains("realm 'nowhere' does not exist"), "{said}");
}

#[test]
fn groups_and_roles_take_their_entries_along() {
    let place = Place::with(SECRETS);
    place.usher("group rename devs developers").warned();
    place.usher("role rename watch Watcher").warned();
    place.usher("role clone Watcher Copy").warned();
    place.usher("role clone PVEAuditor MyAuditor").warned();
    assert_eq!(place.lines("group"), ["developers:ann@pve,joe@ldap:the devs:", "ops:ann@pve::"]);
    assert_eq!(
        place.lines("acl"),
        [
            "1:/access/groups/developers:ann@pve:PVEUserAdmin:",
            "1:/vms:@developers,ann@pve:Watcher:",
            "0:/vms/100:ann@pve!ci:PVEAuditor,Watcher:",
        ]
    );
    let roles = place.lines("role");
    assert_eq!(roles.len(), 3, "{roles:?}");
    assert_eq!(
        (roles[0].as_str(), roles[2].as_str()),
        ("Copy:Sys.Audit,VM.Audit:", "Watcher:Sys.Audit,VM.Audit:")
    );
    assert!(roles[1].starts_with("MyAuditor:") && roles[1].contains("Sys.Audit"), "{roles:?}");
    place.usher("acl modify /access/groups/new --users joe@ldap --roles PVEUserAdmin").warned();
    let said = place.untouched("group rename developers new").refused(1);
    assert!(said.contains("'/access/groups/new' already"), "{said}");
    let run = place.untouched("user rename ann@pve zed@pve --dry-run");
    assert_eq!(run.status, 3);
    assert!(run.out.contains("+zed:(secret)") || run.out.contains("+zed (secret)"), "{run:?}");
}

fn store() -> MemoryStore {
    let files = SECRETS.iter().map(|(name, text)| ((*name).to_owned(), Arc::new(text.as_bytes().to_vec())));
    MemoryStore::new(files.collect())
}

fn all(store: &MemoryStore) -> Files {
    let names: Vec<&str> = SECRETS.iter().map(|(name, _)| *name).collect();
    store.load(&names).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// There and back again is nothing, wherever the new names sort.
    #[test]
    fn there_and_back_gives_the_bytes_before(name in "[a-z0-9][a-zA-Z0-9._-]{1,20}", user in "[^\\s:/,;@\u{0}-\u{1f}\u{7f}-\u{9f}]{1,20}") {
        let (store, catalogue) = (store(), Catalogue::pve9());
        let before = all(&store);
        let (old, new) = (UserId::parse("ann@pve").unwrap(), UserId::parse(&format!("{user}@pve")));
        prop_assume!(!name.to_ascii_lowercase().starts_with("pve") && !["devs", "ops", "watch"].contains(&name.as_str()));
        let new = new.unwrap();
        prop_assume!(!["ann", "zoe"].contains(&new.name()));
        let (group, other_group) = (GroupId::parse("devs").unwrap(), GroupId::parse(&name).unwrap());
        let (role, other_role) = (RoleId::parse("watch").unwrap(), RoleId::parse(&name).unwrap());
        change(&store, &catalogue, &Order::default(), |draft| {
            draft.rename_user(&old, &new, false)?;
            draft.directory()?.rename_group(&group, &other_group)?;
            draft.directory()?.rename_role(&role, &other_role)
        }).unwrap();
        prop_assert!(all(&store) != before);
        change(&store, &catalogue, &Order::default(), |draft| {
            draft.rename_user(&new, &old, false)?;
            draft.directory()?.rename_group(&other_group, &group)?;
            draft.directory()?.rename_role(&other_role, &role)
        }).unwrap();
        prop_assert_eq!(all(&store), before);
    }
}
