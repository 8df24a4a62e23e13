//! `show` of every noun: one thing with everything that belongs to it, and where it stands.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::Place;

const CONFIG: &str = "\
user:ann@pve:1:0:Ann:Archer:ann@example.org:Head%3a Ops::
token:ann@pve!ci:0:1:Builds:
token:ann@pve!full:0:0::
token:ann@pve!old:1000:1::
user:ben@pve:0:1000::::::
user:cleo@corp:1:1000::::::
user:dora@pve:1:4102444800::::::
user:root@pam:1:0::::::

group:crew:ann@pve,ben@pve,cleo@corp:The crew:
group:none:::
group:ops:ann@pve::

pool:dev:Machines:100,101:local:
pool:dev/db::200::

role:Mine:VM.Audit,VM.Teleport:

acl:1:/:@crew:PVEAuditor:
acl:1:/pool/dev:@ops:PVEVMUser:
acl:0:/vms:@ops:PVEAdmin:
acl:1:/vms:ann@pve,ann@pve!ci:Mine:
acl:1:/vms/100:@crew:NoAccess:
acl:0:/vms/100:ann@pve!full:Mine:
";

const DOMAINS: &str = "\
ldap: corp
\tcomment Company
\tbase_dn dc=x
\tserver1 ldap.example.org
\tuser_attr uid
\tdefault 1
\ttfa type=yubico,id=1,key=SeCrEt,url=https://x.org

openid: sso
\tclient-id usher
\tissuer-url https://id.example.org
\tclient-key SeCrEt
";

const JOBS: &str = "realm-sync: nightly\n\tschedule daily\n\trealm corp\n\tscope both\n";

const TFA: &str = r#"{"users":{"ann@pve":{"totp":[{"id":"a1","description":"phone","created":1,"enable":false,"entry":"otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"}],"totp-locked":true,"tfa-locked-until":4102444800}}}"#;

fn place() -> Place {
    Place::with(&[
        ("user.cfg", CONFIG),
        ("domains.cfg", DOMAINS),
        ("jobs.cfg", JOBS),
        ("priv/tfa.cfg", TFA),
        ("priv/realm/corp.pw", "SeCrEt"),
        ("priv/token.cfg", "ann@pve!ci SeCrEt\n"),
    ])
}

/// The answer in text; a privilege of the file that no catalogue has is warned of.
#[track_caller]
fn text(line: &str) -> String {
    let run = place().untouched(line);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(!run.out.contains("SeCrEt") && !run.out.contains("JBSWY3DPEHPK3PXP"), "a secret: {}", run.out);
    run.out
}

#[track_caller]
fn data(line: &str) -> Value {
    let out = text(&format!("{line} --output-format json"));
    serde_json::from_str(&out).unwrap()
}

/// Path, subject, role and line of entries.
fn entries(list: &Value) -> Vec<String> {
    let part = |entry: &Value, name: &str| match &entry[name] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let names = ["path", "ugid", "roleid", "propagate", "line"];
    list.as_array().unwrap().iter().map(|entry| names.map(|name| part(entry, name)).join(" ")).collect()
}

#[test]
fn a_user() {
    let shown = data("user show ann@pve");
    assert_eq!(
        entries(&shown["acl"]),
        [
            "/ crew PVEAuditor 1 19",
            "/pool/dev ops PVEVMUser 1 20",
            "/vms ops PVEAdmin 0 21",
            "/vms ann@pve Mine 1 22",
            "/vms/100 crew NoAccess 1 23"
        ]
    );
    assert_eq!(shown["groups"], json!([{"groupid": "crew", "line": 10}, {"groupid": "ops", "line": 12}]));
    assert_eq!(
        shown["tokens"],
        json!([
            {"tokenid": "ci", "comment": "Builds", "expire": 0, "privsep": 1, "state": "enabled", "line": 2},
            {"tokenid": "full", "expire": 0, "privsep": 0, "state": "enabled", "line": 3},
            {"tokenid": "old", "expire": 1000, "privsep": 1, "state": "expired", "line": 4},
        ])
    );
    assert_eq!(shown["second-factors"], json!([{"id": "a1", "type": "totp", "enable": 0}]));
    assert_eq!((&shown["totp-locked"], &shown["tfa-locked-until"]), (&json!(1), &json!(4_102_444_800_u64)));
    assert_eq!((&shown["state"], &shown["line"]), (&json!("enabled"), &json!(1)));
    let out = text("user show ann@pve");
    for line in [
        "user ann@pve  (user.cfg:1)\n",
        "  state           enabled\n",
        "  name            Ann Archer\n",
        "  comment         Head: Ops\n",
        "  second factors  totp  a1  phone  disabled\n",
        "until 2100-01-01 00:00; 'usher tfa unlock' ends it\n",
        "                  old   expired since 1970-01-01 00:16  only what it and its owner may do  user.cfg:4\n",
        "                  /vms       Mine        ann@pve  here and below  user.cfg:22\n",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
}

#[test]
fn states_in_words() {
    for (user, words, state) in [
        ("ben@pve", "disabled, and expired since 1970-01-01 00:16", "disabled"),
        ("cleo@corp", "expired since 1970-01-01 00:16", "expired"),
        ("dora@pve", "enabled, expires 2100-01-01 00:00", "enabled"),
        ("root@pam", "enabled; may do everything everywhere", "enabled"),
    ] {
        let out = text(&format!("user show {user}"));
        assert!(out.contains(&format!("  state           {words}\n")), "{out}");
        assert_eq!(data(&format!("user show {user}"))["state"], state);
    }
    assert!(text("user show cleo@corp").contains("  realm           corp (of kind ldap)\n"));
    place().usher("user show nobody@pve").refused(1);
    place().usher("user show nobody").refused(2);
    place().pveum("user show ann@pve").refused(255);
}

#[test]
fn a_group() {
    let shown = data("group show crew");
    assert_eq!(
        shown["members"],
        json!([{"userid": "ann@pve", "state": "enabled"}, {"userid": "ben@pve", "state": "disabled"},
               {"userid": "cleo@corp", "state": "expired"}])
    );
    assert_eq!(entries(&shown["acl"]), ["/ crew PVEAuditor 1 19", "/vms/100 crew NoAccess 1 23"]);
    let out = text("group show crew");
    assert!(
        out.starts_with("group crew  (user.cfg:10)\n  comment      The crew\n  members      ann@pve\n"),
        "{out}"
    );
    assert!(out.contains("               cleo@corp  expired\n"), "{out}");
    assert!(text("group show none").ends_with("  members      none\n  ACL entries  none\n"));
    place().usher("group show nobody").refused(1);
}

#[test]
fn a_role() {
    let shown = data("role show Mine");
    assert_eq!(shown["privileges"][0]["name"], "VM.Audit");
    assert_eq!((&shown["unknown-privileges"], &shown["special"]), (&json!(["VM.Teleport"]), &json!(0)));
    assert_eq!(
        entries(&shown["acl"]),
        ["/vms ann@pve Mine 1 22", "/vms ann@pve!ci Mine 1 22", "/vms/100 ann@pve!full Mine 0 24"]
    );
    let out = text("role show Mine");
    assert!(out.starts_with("role Mine  (user.cfg:17)\n"), "{out}");
    assert!(out.contains("VM.Teleport  not in the catalogue: without effect\n"), "{out}");
    assert!(out.contains("/vms/100  ann@pve!full  only here       user.cfg:24\n"), "{out}");
    let out = text("role show NoAccess");
    assert!(out.contains("takes every privilege away where it decides"), "{out}");
    assert_eq!(data("role show Administrator")["special"], 1);
    place().usher("role show Nope").refused(1);
}

#[test]
fn a_pool() {
    let shown = data("pool show dev");
    assert_eq!(
        (&shown["guests"], &shown["storages"], &shown["pools"], &shown["line"]),
        (&json!([100, 101]), &json!(["local"]), &json!(["dev/db"]), &json!(14))
    );
    assert_eq!(entries(&shown["acl"]), ["/pool/dev ops PVEVMUser 1 20"]);
    let out = text("pool show dev");
    assert!(out.contains("  guests       100, 101\n") && out.contains("  pools in it  dev/db\n"), "{out}");
    place().usher("pool show nope").refused(1);
}

#[test]
fn a_realm_without_its_secrets() {
    let shown = data("realm show corp");
    assert_eq!(shown["settings"]["tfa"], "type=yubico,id=1,url=https://x.org,key=(not shown)");
    assert_eq!(
        (&shown["users"], &shown["jobs"], &shown["default"], &shown["line"]),
        (&json!(1), &json!(["nightly"]), &json!(1), &json!(1))
    );
    assert_eq!(data("realm show sso")["settings"]["client-key"], "(not shown)");
    let out = text("realm show corp");
    assert!(out.contains("realm corp  (domains.cfg:1)\n  kind      ldap\n  comment   Company\n"), "{out}");
    assert!(out.contains("  settings  base_dn    dc=x\n") && out.contains("  jobs      nightly\n"), "{out}");
    assert!(text("realm show pve").contains("  users    3\n"));
    place().usher("realm show nope").refused(1);
}

#[test]
fn a_token_without_its_secret() {
    let shown = data("token show ann@pve!ci");
    assert_eq!(shown, data("token show ann@pve ci"));
    assert_eq!(shown, data("user token show ann@pve ci"));
    assert_eq!(entries(&shown["acl"]), ["/vms ann@pve!ci Mine 1 22"]);
    assert_eq!((&shown["usable"], &shown["line"]), (&json!(true), &json!(2)));
    assert!(text("token show ann@pve!ci").contains("  may do       only what it and its owner may do\n"));
    let full = text("token show ann@pve!full");
    assert!(full.contains("  may do       everything its owner may do\n"), "{full}");
    assert!(full.contains("its own ACL entries count for nothing"), "{full}");
    let old = text("token show ann@pve!old");
    assert!(old.contains("expired since 1970-01-01 00:16\n") && old.contains("may do nothing\n"), "{old}");
    assert_eq!(data("token show ann@pve!old")["usable"], false);
    let place = place();
    place.all(&["user modify ann@pve --enable 0"]);
    let out = place.usher("token show ann@pve!ci").out;
    assert!(out.contains("  state        enabled; cannot be used: user 'ann@pve' is disabled\n"), "{out}");
    place.usher("token show ann@pve!nope").refused(1);
    place.usher("token show ann@pve").refused(2);
}

#[test]
fn a_path() {
    let shown = data("acl show vms/100/");
    assert_eq!(entries(&shown["here"]), ["/vms/100 crew NoAccess 1 23", "/vms/100 ann@pve!full Mine 0 24"]);
    assert_eq!(entries(&shown["inherited"]), ["/vms ann@pve Mine 1 22", "/vms ann@pve!ci Mine 1 22"]);
    assert_eq!(entries(&shown["replaced"]), ["/ crew PVEAuditor 1 19"]);
    let by_pools = ["/pool/dev ops PVEVMUser 1 20", "/ crew PVEAuditor 1 19"];
    assert_eq!(entries(&shown["by-pools"]), by_pools, "what the path replaces comes back through the pool");
    assert_eq!(entries(&data("acl show /vms/200")["by-pools"]), ["/pool/dev ops PVEVMUser 1 20"]);
    assert_eq!(entries(&data("acl show /storage/local")["by-pools"]), ["/pool/dev ops PVEVMUser 1 20"]);
    assert_eq!(data("acl show /")["paths-below"], 3);
    assert_eq!(data("acl show /vms")["paths-below"], 1);
    let out = text("acl show /vms");
    assert!(out.starts_with("path /vms\n  set here   /vms  PVEAdmin  @ops        only here"), "{out}");
    assert!(
        out.ends_with("  set below  1 path; 'usher acl list --path /vms --below' lists the entries\n"),
        "{out}"
    );
    assert!(text("acl show /nodes/x").contains("  set here   none\n"));
    place().usher("acl show '/v ms'").refused(2);
}

#[test]
fn every_format_and_no_control_characters() {
    let place = Place::with(&[("user.cfg", "user:ann@pve:1:0:A\u{1b}[2Jn::::ü:\n")]);
    let out = place.usher("user show ann@pve").out;
    assert!(out.contains("A\\x1b[2Jn"), "{out}");
    assert!(place.usher("user show ann@pve --output-format yaml").out.starts_with("---\nacl: []\n"));
    let mut ascii = place.command("usher");
    ascii.env("LC_ALL", "C").args(["user", "show", "ann@pve"]);
    assert!(support::fed(&mut ascii, "").out.is_ascii());
}

/// The last change of each thing, and to nobody but the superuser.
#[test]
fn the_last_change() {
    let place = place();
    for (change, show, object) in [
        ("user modify ann@pve --comment Chief", "user show ann@pve", "--comment Chief"),
        ("user token modify ann@pve ci --comment CI", "token show ann@pve!ci", "token modify"),
        ("group modify crew --comment All", "group show crew", "group modify crew"),
        ("role modify Mine --privs VM.Console --append", "role show Mine", "role modify Mine"),
        ("pool modify dev --comment M", "pool show dev", "pool modify dev"),
        ("realm modify sso --comment Single", "realm show sso", "realm modify sso"),
        ("acl modify /vms --roles Mine --groups ops", "acl show /vms", "acl modify /vms"),
    ] {
        let shown = |words: &str| place.usher(&format!("{show} {words}")).out;
        assert!(!shown("").contains("last change"), "{show}");
        assert_eq!(place.usher(change).status, 0, "{change}");
        let text = shown("");
        assert!(text.lines().any(|line| line.contains("last change") && line.contains(object)), "{text}");
        let data: Value = serde_json::from_str(&shown("--output-format json")).unwrap();
        assert_eq!(data["last-change"]["kind"], "change", "{show}");
        assert!(data["last-change"]["command"].as_str().unwrap().contains(object), "{data}");
        let run = place.usher(&format!("{show} --as ann@pve"));
        assert!(run.status != 0 || !run.out.contains("last change"), "{run:?}");
    }
    let own = place.usher("user show ann@pve --as ann@pve");
    assert!(own.status == 0 && !own.out.contains("last change"), "{own:?}");
    // Another user's change is not hers.
    assert_eq!(place.usher("user modify ben@pve --comment B").status, 0);
    assert!(place.usher("user show ann@pve").out.contains("--comment Chief"));
}
