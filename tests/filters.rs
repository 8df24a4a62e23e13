//! Lists of some things only: options of usher's own face.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use support::Place;

const CONFIG: &str = "\
user:ann@pve:1:0::::::
token:ann@pve!ci:0:1::
token:ann@pve!old:1000:1::
user:ben@pve:0:0::::::
token:ben@pve!xx:0:0::
user:cleo@corp:1:1000:::::AAAAAAAAAAAAAAAA:
user:dora@pve:1:4102444800:::::x:
user:root@pam:1:0::::::

group:crew:ann@pve,ben@pve::
group:gone:nobody@pve::
group:ops:ann@pve::

pool:dev::100,200:local:
pool:dev/db::201:local:
pool:prod::1000:fast:

role:Looker:VM.Audit,VM.Console,VM.Teleport:
role:Saver:VM.Backup:

acl:1:/:@crew:PVEAuditor:
acl:1:/pool/dev:@ops:PVEVMUser:
acl:0:/vms:@ops:PVEAdmin:
acl:1:/vms:ann@pve,ann@pve!ci:Looker:
acl:1:/vms/100:ann@pve,nobody@pve:NoAccess:
acl:1:/vms/100:ben@pve:Looker:
acl:1:/vmsx:ben@pve:Looker:
";

const TFA: &str = r#"{"users":{
"ann@pve":{"totp":[{"id":"a","created":1,"entry":"x"}],"totp-locked":true},
"ben@pve":{"totp":[{"id":"b","created":1,"enable":false,"entry":"x"}],"tfa-locked-until":1000},
"dora@pve":{"recovery":{"secret":"","created":1,"entries":[]},"tfa-locked-until":4102444800}}}"#;

fn place() -> Place {
    Place::with(&[("user.cfg", CONFIG), ("priv/tfa.cfg", TFA)])
}

/// These properties of what a list shows, joined, in the order of the list.
#[track_caller]
fn list(line: &str, names: &[&str]) -> Vec<String> {
    let run = place().untouched(&format!("{line} --output-format json"));
    assert_eq!(run.status, 0, "{run:?}");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
    let part = |row: &serde_json::Value, name: &str| row[name].to_string().replace('"', "");
    rows.iter().map(|row| names.iter().map(|name| part(row, name)).collect::<Vec<_>>().join(" ")).collect()
}

#[track_caller]
fn users(options: &str) -> Vec<String> {
    list(&format!("user list {options}"), &["userid"])
}

#[track_caller]
fn acl(options: &str) -> Vec<String> {
    list(&format!("acl list {options}"), &["path", "ugid", "roleid"])
}

#[test]
fn users_of_a_group_or_realm() {
    assert_eq!(users("--group crew"), ["ann@pve", "ben@pve"]);
    assert_eq!(users("--group gone"), [""; 0]);
    assert_eq!(users("--realm corp"), ["cleo@corp"]);
    assert_eq!(users("--realm pve --group ops"), ["ann@pve"]);
    place().usher("user list --group nope").refused(1);
    place().usher("user list --group 'a b'").refused(2);
}

#[test]
fn users_in_a_state() {
    assert_eq!(users("--expired"), ["cleo@corp"]);
    assert_eq!(users("--expired 0 --enabled"), ["ann@pve", "dora@pve", "root@pam"]);
    assert_eq!(users("--disabled"), ["ben@pve"]);
    assert_eq!(users("--disabled 0"), ["ann@pve", "cleo@corp", "dora@pve", "root@pam"]);
    assert_eq!(users("--locked"), ["ann@pve", "dora@pve"], "a lock that has ended is none");
    assert_eq!(users("--locked --group crew"), ["ann@pve"]);
    assert_eq!(users("--without-second-factor"), ["ben@pve", "root@pam"], "one that is off does not count");
    assert_eq!(users("--without-second-factor 0"), ["ann@pve", "cleo@corp", "dora@pve"]);
}

#[test]
fn groups_of_a_member() {
    let groups = |user: &str| list(&format!("group list --member {user}"), &["groupid"]);
    assert_eq!(groups("ann@pve"), ["crew", "ops"]);
    assert_eq!(groups("cleo@corp"), [""; 0]);
    assert_eq!(groups("nobody@pve"), ["gone"]);
    place().usher("group list --member no@pve").refused(1);
    place().usher("group list --member no").refused(2);
}

#[test]
fn roles_with_a_privilege() {
    let roles = |options: &str| list(&format!("role list {options}"), &["roleid"]);
    assert_eq!(roles("--own"), ["Looker", "Saver"]);
    assert_eq!(roles("--own --privilege VM.Audit"), ["Looker"]);
    assert_eq!(roles("--privilege VM.Audit,VM.Backup --own"), [""; 0]);
    assert_eq!(
        roles("--privilege VM.Backup --own 0"),
        ["Administrator", "PVEAdmin", "PVEVMAdmin", "PVEVMUser"]
    );
    assert!(roles("--privilege VM.Backup").contains(&"Saver".to_owned()));
    let message = place().usher("role list --privilege VM.Audot").refused(2);
    assert!(message.contains("did you mean 'VM.Audit'?"), "{message}");
}

#[test]
fn tokens_of_everybody() {
    let names = ["full-tokenid", "tokenid", "userid"];
    assert_eq!(
        list("token list", &names),
        ["ann@pve!ci ci ann@pve", "ann@pve!old old ann@pve", "ben@pve!xx xx ben@pve"]
    );
    assert_eq!(list("token list --expired", &names), ["ann@pve!old old ann@pve"]);
    assert_eq!(list("token list ann@pve --expired 0", &names), ["null ci null"]);
    assert_eq!(list("user token list", &names).len(), 3);
    let table = place().usher("token list").out;
    assert!(table.contains("│ ann@pve!old  │"), "{table}");
    place().pveum("user token list").refused(255);
}

#[test]
fn pools_with_a_member() {
    let pools = |member: &str| list(&format!("pool list --member {member}"), &["poolid"]);
    assert_eq!(pools("100"), ["dev"], "and not 1000");
    assert_eq!(pools("local"), ["dev", "dev/db"]);
    assert_eq!(pools("nothing"), [""; 0]);
}

#[test]
fn entries_at_a_path() {
    assert_eq!(acl("--path /vms"), ["/vms ops PVEAdmin", "/vms ann@pve Looker", "/vms ann@pve!ci Looker"]);
    assert_eq!(
        acl("--path vms/ --below"),
        [
            "/vms ops PVEAdmin",
            "/vms ann@pve Looker",
            "/vms ann@pve!ci Looker",
            "/vms/100 ann@pve NoAccess",
            "/vms/100 ben@pve Looker",
            "/vms/100 nobody@pve NoAccess",
        ]
    );
    assert_eq!(acl("--path / --below"), acl(""));
    place().usher("acl list --below").refused(2);
    place().usher("acl list --path '/v ms'").refused(2);
}

#[test]
fn entries_of_somebody() {
    assert_eq!(acl("--user ann@pve"), ["/vms ann@pve Looker", "/vms/100 ann@pve NoAccess"]);
    assert_eq!(acl("--user ann@pve!ci"), ["/vms ann@pve!ci Looker"]);
    assert_eq!(acl("--group ops"), ["/pool/dev ops PVEVMUser", "/vms ops PVEAdmin"]);
    assert_eq!(acl("--user ann@pve --group ops --path /vms"), ["/vms ops PVEAdmin", "/vms ann@pve Looker"]);
    assert_eq!(acl("--role NoAccess --user ann@pve"), ["/vms/100 ann@pve NoAccess"]);
    assert_eq!(acl("--role PVEAdmin"), ["/vms ops PVEAdmin"]);
    assert_eq!(
        acl("--user nobody@pve"),
        ["/vms/100 nobody@pve NoAccess"],
        "an entry may name somebody who is gone"
    );
    assert_eq!(acl("--user cleo@corp"), [""; 0]);
    for line in ["--user no@pve", "--user ann@pve!no", "--group no", "--role No"] {
        place().usher(&format!("acl list {line}")).refused(1);
    }
    place().usher("acl list --user ann").refused(2);
}

#[test]
fn entries_that_count() {
    let effective = |who: &str, path: &str| acl(&format!("--effective --user {who} --path {path}"));
    assert_eq!(effective("ann@pve", "/nodes"), ["/ crew PVEAuditor"]);
    assert_eq!(effective("ann@pve", "/vms"), ["/vms ann@pve Looker"], "one's own beats the group's");
    assert_eq!(effective("ann@pve", "/vms/100"), ["/vms/100 ann@pve NoAccess"], "and takes the pool's away");
    assert_eq!(effective("ann@pve", "/vms/200"), ["/pool/dev ops PVEVMUser", "/vms ann@pve Looker"]);
    assert_eq!(effective("ann@pve!ci", "/vms/300"), ["/vms ann@pve Looker", "/vms ann@pve!ci Looker"]);
    let both = ["/ crew PVEAuditor", "/vms/100 ben@pve Looker"];
    assert_eq!(
        effective("ben@pve!xx", "/vms/100"),
        both,
        "a full token is its owner; the pool inherits from the top"
    );
    assert_eq!(effective("cleo@corp", "/"), [""; 0]);
    assert_eq!(acl("--effective --user ann@pve --path /vms/200 --role Looker"), ["/vms ann@pve Looker"]);
    for line in [
        "--effective",
        "--effective --user ann@pve",
        "--effective --path /",
        "--effective --user ann@pve --path / --below",
    ] {
        place().usher(&format!("acl list {line}")).refused(2);
    }
    place().usher("acl list --effective --user no@pve --path /").refused(1);
}

#[test]
fn the_original_knows_none_of_it() {
    for line in [
        "user list --group crew",
        "user list --expired",
        "group list --member ann@pve",
        "role list --own",
        "acl list --path /",
        "acl list --user ann@pve",
        "pool list --member 100",
        "user token list ann@pve --expired",
    ] {
        place().pveum(line).refused(255);
    }
}
