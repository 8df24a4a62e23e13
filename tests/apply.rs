//! `plan` and `apply`: what a document says comes true, in one commit, and only once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod apply {
    mod laws;
}
mod support;

use serde_json::json;
use support::{Place, Run};

fn house() -> Place {
    Place::after(&[
        "user add joe@pve --comment 'night shift' --password long-enough-9-x",
        "user add ann@pve",
        "user add bob@pve",
        "group add devs --comment developers",
        "group add ops",
        "user modify ann@pve --groups devs",
        "user modify bob@pve --groups devs",
        "role add power --privs VM.PowerMgmt,VM.Audit",
        "token add joe@pve ci",
        "acl modify /vms/100 --groups devs --roles power,PVEAuditor",
        "acl modify /vms --tokens joe@pve!ci --roles power",
        "pool add web",
        "pool add db",
        "pool modify web --vms 100,107",
        "realm add corp --type ldap --base_dn dc=example,dc=org --user_attr uid --server1 ldap.example.org --port 636",
        "realm add log --type openid --issuer-url https://id.example.org --client-id usher --client-key SESAME",
        "realm job add nightly --realm corp --schedule 02:00 --scope both",
    ])
}

fn with_document(place: &Place, line: &str, document: &str) -> Run {
    let words = support::words(line);
    place.run("usher", words, document)
}

fn apply(place: &Place, options: &str, document: &str) -> Run {
    with_document(place, &format!("apply - {options}"), document)
}

/// The lines of changes.
fn changes(run: &Run) -> Vec<&str> {
    run.out.lines().take_while(|line| !line.is_empty()).collect()
}

#[test]
fn every_sort_of_change_is_planned_and_applied() {
    for (document, expected) in [
        (
            "[users.\"joe@pve\"]\ncomment = \"day shift\"\nenable = false\n[users.\"new@pve\"]\nfirstname = \"New\"\n",
            &[
                "change user joe@pve: enable 'yes' -> 'no', comment 'night shift' -> 'day shift'",
                "add user new@pve: enable 'yes', firstname 'New'",
            ][..],
        ),
        (
            "[users.\"joe@pve\".tokens.ci]\nprivsep = false\n[users.\"joe@pve\".tokens.cd]\n",
            &["add token joe@pve!cd: privsep 'yes'", "change token joe@pve!ci: privsep 'yes' -> 'no'"],
        ),
        (
            "[groups.devs]\nmembers = [\"joe@pve\", \"ann@pve\"]\n",
            &["change group devs: + joe@pve, - bob@pve"],
        ),
        ("[groups.all]\ncomment = \"everybody\"\n", &["add group all: comment 'everybody'"]),
        (
            "[roles.power]\nprivileges = [\"VM.Audit\", \"VM.Console\"]\n",
            &["change role power: + VM.Console, - VM.PowerMgmt"],
        ),
        ("[roles.look]\nprivileges = [\"VM.Audit\"]\n", &["add role look: + VM.Audit"]),
        // A guest goes where it is named.
        ("[pools.db]\nguests = [107, 200]\n", &["change pool db: + 107, + 200", "change pool web: - 107"]),
        (
            "[acl.\"/vms/100\"]\n\"@devs\" = [\"power\", { role = \"PVEVMUser\", propagate = false }]\n",
            &[
                "remove ACL entry PVEAuditor for '@devs' on /vms/100",
                "add ACL entry PVEVMUser for '@devs' on /vms/100: propagate 'no'",
            ],
        ),
        (
            "[acl.\"vms/100/\"]\n\"@devs\" = [\"PVEAuditor\", { role = \"power\", propagate = false }]\n",
            &["change ACL entry power for '@devs' on /vms/100: propagate 'yes' -> 'no'"],
        ),
        (
            "[realms.corp]\nport = 389\nverify = true\n",
            &["change realm corp: port '636' -> '389', verify '1'"],
        ),
        ("[realms.log]\nclient-id = \"other\"\n", &["change realm log: client-id 'usher' -> 'other'"]),
        ("[jobs.nightly]\nenabled = false\n", &["change job nightly: enabled '0'"]),
    ] {
        let place = house();
        let before = place.files();
        let plan = with_document(&place, "plan -", document);
        assert_eq!((plan.status, changes(&plan)), (3, expected.to_vec()), "{document}\n{plan:?}");
        assert!(place.files() == before, "a plan changes nothing");
        let run = apply(&place, "", document);
        assert_eq!((run.status, changes(&run)), (0, expected.to_vec()), "{document}\n{run:?}");
        let after = place.files();
        assert!(after != before, "{document}");
        let again = apply(&place, "", document);
        assert!(again.out.starts_with("nothing to do"), "{document}\n{again:?}");
        assert!(place.files() == after, "applying twice changes nothing: {document}");
        assert_eq!(with_document(&place, "plan -", document).status, 0, "{document}");
    }
}

#[test]
fn a_plan_tells_access_and_files() {
    let place = house();
    let document = "[groups.devs]\nmembers = [\"joe@pve\", \"ann@pve\", \"bob@pve\"]\n";
    let run = with_document(&place, "plan - --diff", document);
    assert!(run.out.contains("\n+group:devs:ann@pve,bob@pve,joe@pve:developers:\n"), "{run:?}");
    let access = "+ joe@pve     VM.Audit             /vms/100  via @devs\n";
    assert!(
        run.out.contains(access) && run.out.ends_with("\n0 to add, 1 to change, 0 to remove\n"),
        "{run:?}"
    );
    assert!(!with_document(&place, "plan -", document).out.contains("+group:"), "files only where asked for");
    let json = with_document(&place, "plan - --output-format json", document);
    let said: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        said["changes"],
        json!([{
            "action": "change", "kind": "group", "name": "devs", "fields": [], "gains": ["joe@pve"], "loses": [],
        }])
    );
    assert_eq!(said["files"][0]["file"], "user.cfg");
    assert_eq!(said["access"][0]["who"], "joe@pve");
}

#[test]
fn pruning_takes_away_what_is_not_named_in_the_sections_there_are() {
    let place = house();
    let secrets = place.read("priv/shadow.cfg") + &place.read("priv/token.cfg");
    assert!(secrets.contains("joe:") && secrets.contains("joe@pve!ci"), "{secrets}");
    let run = apply(&place, "--prune", "[users.\"ann@pve\"]\n[groups.devs]\nmembers = [\"ann@pve\"]\n");
    assert_eq!(
        changes(&run),
        [
            "remove user bob@pve",
            "remove user joe@pve",
            "remove token joe@pve!ci",
            "change group devs: no comment (was 'developers'), - bob@pve",
            "remove group ops",
            "remove ACL entry power for 'joe@pve!ci' on /vms",
        ]
    );
    assert_eq!(place.lines("user"), ["ann@pve:1:0::::::", "root@pam:1:0::::::"], "the superuser stays");
    assert_eq!(
        place.lines("role").len() + place.lines("pool").len(),
        3,
        "sections that are not there are left alone"
    );
    assert_eq!(place.read("priv/shadow.cfg") + &place.read("priv/token.cfg"), "", "secrets go along");
}

#[test]
fn only_some_sections() {
    let place = house();
    let document = "[groups]\n[roles]\n[users]\n[pools]\n";
    let run = apply(&place, "--prune --only pools,groups", document);
    let told = changes(&run);
    assert!(told.contains(&"remove pool web") && told.contains(&"remove group devs"), "{run:?}");
    assert!(!run.out.contains("user") && !run.out.contains("role "), "{run:?}");
    assert_eq!(place.lines("user").len(), 4);
}

#[test]
fn the_last_administrator_stays_unless_forced() {
    let place = house();
    place.all(&["user modify root@pam --enable 0", "acl modify / --users ann@pve --roles Administrator"]);
    let before = place.files();
    let off = "[users.\"root@pam\"]\nenable = false\n";
    for document in [
        format!("{off}[users.\"joe@pve\"]\n"),
        format!("{off}[users.\"ann@pve\"]\nenable = false\n"),
        format!("{off}[users.\"ann@pve\"]\nexpire = 5\n"),
        "[acl.\"/\"]\n".to_owned(),
    ] {
        for verb in ["plan", "apply"] {
            let run = with_document(&place, &format!("{verb} - --prune"), &document);
            assert!(run.refused(1).contains("nobody would be left"), "{document}");
        }
        assert!(place.files() == before);
    }
    let run = apply(&place, "--prune --force", "[acl]\n");
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(place.lines("acl").len(), 0);
}

#[test]
fn secrets_stay_and_new_ones_are_not_made_up() {
    let place = house();
    let document = place.usher("export").quiet();
    let before = place.files();
    let run = apply(&place, "--prune", &document);
    assert!(run.out.starts_with("nothing to do"), "{run:?}");
    assert!(place.files() == before, "an export, applied, is no change");
    assert!(place.read("domains.cfg").contains("client-key SESAME"));
    // Somebody of this name was here before: what proved it is nobody's now.
    place.write("priv/shadow.cfg", place.read("priv/shadow.cfg") + "new:$5$left$over:\n");
    let run = apply(&place, "", "[users.\"new@pve\".tokens.ab]\n");
    assert!(run.out.contains("no password yet: new@pve\n  (usher passwd USER)"), "{run:?}");
    assert!(run.out.contains("no secret yet: new@pve!ab\n"), "{run:?}");
    assert!(
        !place.read("priv/shadow.cfg").contains("new:") && place.read("priv/shadow.cfg").contains("joe:")
    );
}

#[test]
fn what_breaks_a_rule_changes_nothing_at_all() {
    let place = house();
    for (document, message) in [
        ("[groups.devs]\nmembers = [\"ghost@pve\"]\n", "group 'devs': no such user ('ghost@pve')"),
        ("[acl.\"/vms\"]\n\"@ghosts\" = [\"power\"]\n", "acl '/vms': group 'ghosts' does not exist"),
        ("[acl.\"/vms\"]\n\"@devs\" = [\"ghost\"]\n", "acl '/vms': role 'ghost' does not exist"),
        ("[acl.\"/nowhere\"]\n\"@devs\" = [\"power\"]\n", "no permissions can be set at '/nowhere'"),
        ("[roles.look]\nprivileges = [\"VM.Audot\"]\n", "role 'look': invalid privilege 'VM.Audot'"),
        ("[roles.PVEAdmin]\nprivileges = [\"VM.Audit\"]\n", "role 'PVEAdmin': "),
        ("[users.\"x@pve\"]\nemail = \"nobody\"\n", "user 'x@pve': 'nobody' is no mail address"),
        ("[users.\"a,b@pve\"]\n", "user 'a,b@pve' holds a ','"),
        (
            "[pools.db]\nguests = [9]\n[pools.web]\nguests = [9]\n",
            "guest 9 stands in the pools 'db' and 'web'",
        ),
        ("[pools.\"x/y\"]\n", "pool 'x/y': parent 'x' of pool 'x/y' does not exist"),
        ("[realms.corp]\ntype = \"ad\"\n", "realm 'corp' is of type ldap"),
        ("[realms.more]\nport = 1\n", "realm 'more' is new, and has no 'type'"),
        ("[realms.more]\ntype = \"ldap\"\n", "realm 'more': missing value"),
        ("[realms.corp]\ndefault = true\n[realms.log]\ndefault = true\n", "both to be the default"),
        ("[jobs.more]\nrealm = \"corp\"\n", "job 'more': missing value"),
        ("[jobs.nightly]\nrealm = \"log\"\n", "job 'nightly': the realm of job 'nightly' is fixed"),
        ("[group.devs]\n", "-:1:2: unknown key 'group'; did you mean 'groups'?"),
    ] {
        // Something that could be done stands before it.
        let before = place.files();
        let run = apply(&place, "", &format!("{document}[users.\"fine@pve\"]\n"));
        let refused = run.refused(1);
        assert!(refused.contains(message), "{document}\n{refused}");
        assert!(place.files() == before, "{document}");
    }
    let missing = place.usher("plan nowhere.toml").refused(1);
    assert!(missing.contains("cannot read 'nowhere.toml'"), "{missing}");
}

#[test]
fn letter_case_alone_makes_no_other_user_where_it_does_not_count() {
    let place = house();
    place.all(&["realm modify corp --case-sensitive 0", "user add joe@corp"]);
    let run = apply(&place, "", "[users.\"JOE@corp\"]\n[users.\"JOE@pve\"]\n");
    assert!(run.refused(1).contains("'JOE@corp' and 'joe@corp' differ by letter case alone"));
    assert_eq!(apply(&place, "", "[users.\"JOE@pve\"]\n").status, 0);
}

#[test]
fn a_dry_run_and_json() {
    let place = house();
    let document = "{\"users\": {\"new@pve\": {\"tokens\": {\"ab\": {}}}}}";
    let before = place.files();
    let run = apply(&place, "--dry-run", document);
    assert!(run.status == 3 && run.out.contains("\n+user:new@pve:1:0::::::\n"), "{run:?}");
    assert!(place.files() == before);
    let said = apply(&place, "--output-format json", document).json();
    assert_eq!(
        (&said["without-password"], &said["without-secret"]),
        (&json!(["new@pve"]), &json!(["new@pve!ab"]))
    );
    assert_eq!(said["changes"][0]["action"], "add");
}
