//! `realm sync` against a real directory server: names of every kind, answers that cannot be believed or
//! do not come whole, and what must not happen by them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::process::Stdio;
use std::sync::Arc;
use support::proxy::{Break, Proxy};
use support::slapd::{SYNC, SYNC_PASSWORD, Setup, Slapd, group, user, users};
use support::terminal::on_terminal;
use support::{Place, Run, words};
use usher::catalogue::Catalogue;
use usher::format::domains_cfg;
use usher::model::realm::RealmChanges;
use usher::model::sync::{Scope, Wishes};
use usher::realm::ldap::Entry;
use usher::realm::sync::{Collector, Options};
use usher::store::MemoryStore;
use usher::store::change::{Order, change};

/// A section of `domains.cfg`.
fn realm(name: &str, port: u16, more: &[&str]) -> String {
    let more: String = more.iter().map(|line| format!("\t{line}\n")).collect();
    format!(
        "ldap: {name}\n\tbase_dn ou=people,dc=test\n\tserver1 127.0.0.1\n\tuser_attr uid\n\tbind_dn {SYNC}\n\
         \tgroup_dn ou=groups,dc=test\n\tport {port}\n{more}\n"
    )
}

/// A directory with the realm `corp` on `port`.
fn place(port: u16, more: &[&str]) -> Place {
    let place = Place::with(&[("domains.cfg", &realm("corp", port, more))]);
    place.write("priv/realm/corp.pw", SYNC_PASSWORD);
    place
}

/// An entry `uid=…` below `ou=people`, whatever the name; `ou` keeps entries of one name apart.
fn named(number: usize, uid: &str) -> String {
    format!(
        "dn: cn=entry{number},ou=people,dc=test\nobjectClass: inetOrgPerson\ncn: entry{number}\nsn: {number}\n\
         uid:: {}\n\n",
        base64(uid.as_bytes())
    )
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        let number = number << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[number >> (18 - 6 * place) & 63];
            text.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// Names of users or groups in the file.
fn names(place: &Place, sort: &str) -> Vec<String> {
    place.lines(sort).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

/// Inode and time of change of every file.
fn stamps(place: &Place) -> BTreeMap<String, (u64, i64, i64)> {
    let stamp = |name: String| {
        let data = fs::metadata(place.path().join(&name)).unwrap();
        (name, (data.ino(), data.mtime(), data.mtime_nsec()))
    };
    place.files().into_keys().map(stamp).collect()
}

/// A run that fails with this status and changes nothing; what stderr says.
#[track_caller]
fn fails(place: &Place, line: &str, status: i32) -> String {
    let run = place.untouched(line);
    assert_eq!(run.status, status, "{line}: {run:?}");
    run.err
}

#[test]
fn names_of_every_kind() {
    let long = "x".repeat(300);
    let odd = [
        "müller",
        "two words",
        "a,b",
        "o\"neil",
        "a:b",
        "a/b",
        "#hash",
        "-dash",
        &long,
        "Joe",
        "joe",
        "日本語",
        "a\\b",
        "a+b",
        "a=b",
        "<x>",
        "a;b",
        "tab\tx",
        "@",
        "a@b",
        "plain",
        "line\nbreak",
    ];
    let mut ldif: String = odd.iter().enumerate().map(|(number, uid)| named(number, uid)).collect();
    ldif.push_str(&group(
        "eng",
        (0..odd.len())
            .map(|n| format!("cn=entry{n},ou=people,dc=test"))
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str),
    ));
    let server = Slapd::with(&ldif);
    let place = place(server.port, &[]);
    let report = place.usher("realm sync corp --scope both --output-format json").json();
    let mut taken = [
        "#hash@corp",
        "-dash@corp",
        "<x>@corp",
        "@@corp",
        "Joe@corp",
        "a+b@corp",
        "a=b@corp",
        "a@b@corp",
        "a\\b@corp",
        "joe@corp",
        "müller@corp",
        "o\"neil@corp",
        "plain@corp",
        "日本語@corp",
    ];
    taken.sort_unstable();
    let mut all = taken.to_vec();
    all.push("root@pam");
    all.sort_unstable();
    assert_eq!(names(&place, "user"), all);
    assert_eq!(place.lines("group"), [format!("eng-corp:{}::", taken.join(","))]);
    assert_eq!(report["users"]["added"], 14);
    assert_eq!(report["skipped"].as_array().unwrap().len(), 10, "{report}");
    let before = stamps(&place);
    let again = place.usher("realm sync corp --scope both --output-format json").json();
    assert_eq!((&again["users"]["unchanged"], &again["users"]["added"]), (&14.into(), &0.into()));
    assert_eq!(stamps(&place), before, "nothing is written for nothing");
    let canonical = place.read("user.cfg");
    place.write("user.cfg", format!("# by hand\n\n\n{canonical}"));
    let before = stamps(&place);
    let text = place.usher("realm sync corp --scope both").out;
    assert_eq!(stamps(&place), before, "nor for the order of lines");
    assert!(text.lines().skip(1).all(|line| line.starts_with("  ")), "{text}");
    place.write("user.cfg", canonical);
    place.write("usher.toml", "[realm.corp]\nname-case = \"lower\"\n");
    let lower = place.usher("realm sync corp --scope both --output-format json").json();
    assert!(lower["skipped"].to_string().contains("'joe@corp' is the name of another entry"), "{lower}");
    place.usher("user list").quiet();
}

#[test]
fn a_server_that_knows_nobody_is_not_believed() {
    let server = Slapd::with(&(users("u", 4) + &group("g", ["uid=u0,ou=people,dc=test"])));
    let place = place(server.port, &["sync-defaults-options remove-vanished=acl;entry,scope=both"]);
    place.usher("realm sync corp").quiet();
    place.usher("realm modify corp --filter uid=nobody").warned();
    let error = fails(&place, "realm sync corp --max-delete 100%", 4);
    assert!(
        error.contains("the server knows no users; 4 of 4 would") && error.contains("--allow-empty"),
        "{error}"
    );
    let original = place.pveum("realm sync corp");
    assert_eq!((original.status, names(&place, "user").len()), (255, 5), "{original:?}");
    let error = fails(&place, "realm sync corp --scope groups --remove-vanished none", 4);
    assert!(error.contains("1 groups would lose all their members"), "{error}");
    let error = fails(&place, "realm sync corp --allow-empty", 4);
    assert!(error.contains("at most 50% may"), "{error}");
    place.usher("realm sync corp --allow-empty --max-delete 100%").quiet();
    assert_eq!(names(&place, "user"), ["root@pam"]);
}

#[test]
fn groups_whose_members_may_not_be_read_keep_them() {
    let people = ["uid=u0,ou=people,dc=test", "uid=u1,ou=people,dc=test"];
    let ldif = users("u", 2) + &group("g", people) + &group("h", people);
    let open = Slapd::with(&ldif);
    let hiding = "access to attrs=member by * none\naccess to * by * read\n";
    let closed = Slapd::set_up(&Setup { ldif, database: hiding.to_owned(), ..Setup::default() });
    let place = place(open.port, &["sync-defaults-options scope=both"]);
    place.usher("realm sync corp").quiet();
    place.usher(&format!("realm modify corp --port {}", closed.port)).quiet();
    let error = fails(&place, "realm sync corp", 4);
    assert!(error.contains("knows no members of groups; 2 groups would lose all"), "{error}");
    assert_eq!(place.pveum("realm sync corp").status, 255);
    assert_eq!(place.lines("group"), ["g-corp:u0@corp,u1@corp::", "h-corp:u0@corp,u1@corp::"]);
}

#[test]
fn more_than_half_is_not_taken_away() {
    let server = Slapd::with(&users("u", 10));
    let place = place(server.port, &["sync-defaults-options remove-vanished=entry,scope=users"]);
    place.usher("realm sync corp").quiet();
    place.usher("realm modify corp --filter '(|(uid=u1)(uid=u2)(uid=u3)(uid=u4))'").warned();
    assert!(fails(&place, "realm sync corp", 4).contains("6 of 10 users"));
    assert!(fails(&place, "realm sync corp --dry-run", 4).contains("6 of 10 users"));
    assert_eq!(place.pveum("realm sync corp").status, 255);
    for line in ["--max-delete 5", "--max-delete 59%"] {
        fails(&place, &format!("realm sync corp {line}"), 4);
    }
    fails(&place, "realm sync corp --max-delete lots", 2);
    place
        .usher("realm modify corp --sync-defaults-options remove-vanished=entry,scope=users,max-delete=6")
        .warned();
    place.usher("realm sync corp").quiet();
    assert_eq!(names(&place, "user").len(), 5);
    let refused = place.pveum("realm modify corp --sync-defaults-options scope=users,max-delete=6");
    assert!(refused.refused(255).contains("invalid key in comma-separated list property: max-delete"));
    place.write("usher.toml", "[sync]\nmax-delete = 0\n");
    place
        .usher("realm modify corp --sync-defaults-options remove-vanished=entry,scope=users --filter uid=u1")
        .warned();
    assert!(fails(&place, "realm sync corp", 4).contains("at most 0 may"));
}

#[test]
fn an_answer_that_breaks_off_changes_nothing() {
    let server = Slapd::with(&users("u", 1201));
    let place =
        place(server.port, &["sync-defaults-options remove-vanished=acl;entry;properties,scope=both"]);
    place.usher("realm sync corp").quiet();
    for bytes in [100, 20_000, 60_000] {
        let proxy = Proxy::before(server.port, Break::CutAfter(bytes));
        place.usher(&format!("realm modify corp --port {}", proxy.port)).warned();
        let error = fails(&place, "realm sync corp --max-delete 100% --allow-empty", 1);
        assert!(error.contains("ldap user search error"), "{error}");
        let original = place.pveum("realm sync corp");
        assert_eq!((original.status, original.out.as_str()), (255, "starting sync for realm corp\n"));
    }
    let proxy = Proxy::before(server.port, Break::StallAfter(20_000));
    place.usher(&format!("realm modify corp --port {}", proxy.port)).warned();
    place.write("usher.toml", "[realm.corp]\ntimeout = 1\n");
    fails(&place, "realm sync corp", 1);
    assert_eq!(names(&place, "user").len(), 1202);
}

#[test]
fn a_group_of_ten_thousand() {
    let dns: Vec<String> = (0..10_000).map(|number| format!("uid=u{number},ou=people,dc=test")).collect();
    let server = Slapd::with(&(users("u", 10_000) + &group("all", dns.iter().map(String::as_str))));
    let place = place(server.port, &[]);
    let report = place.usher("realm sync corp --scope both --output-format json").json();
    assert_eq!((&report["users"]["added"], &report["groups"]["added"]), (&10_000.into(), &1.into()));
    assert_eq!(place.lines("group")[0].matches("@corp").count(), 10_000);
    let before = stamps(&place);
    place.pveum("realm sync corp --scope both");
    assert_eq!(stamps(&place), before);
}

/// A directory in which `gone` left something everywhere, and a server that knows `ann` alone.
fn left_everywhere() -> (Slapd, Place) {
    let server = Slapd::with(&(user("ann") + &group("eng", ["uid=ann,ou=people,dc=test"])));
    let place = place(server.port, &["sync-defaults-options remove-vanished=entry,scope=both"]);
    place.write(
        "user.cfg",
        "user:ann@corp:1:0::::::\nuser:gone@corp:1:0::::::\ntoken:gone@corp!ci:0:1::\nuser:root@pam:1:0::::::\n\n\
         group:old-corp:gone@corp::\ngroup:staff:ann@corp,gone@corp::\n\n\n\n\
         acl:1:/:@old-corp,gone@corp,gone@corp!ci:PVEAuditor:\nacl:1:/vms:@staff:PVEVMUser:\n",
    );
    place.write("priv/token.cfg", "ann@corp!xx 1\ngone@corp!ci 2\n");
    place.write("priv/tfa.cfg", r#"{"users":{"ann@corp":{"totp":[]},"gone@corp":{"totp":[]}}}"#);
    (server, place)
}

#[test]
fn a_removed_user_leaves_nothing_that_dangles() {
    let (_server, place) = left_everywhere();
    place.usher("realm sync corp").quiet();
    assert_eq!(place.lines("group"), ["eng-corp:ann@corp::", "staff:ann@corp::"]);
    assert_eq!(place.lines("acl"), ["1:/:@old-corp,gone@corp:PVEAuditor:", "1:/vms:@staff:PVEVMUser:"]);
    assert_eq!(place.read("priv/token.cfg"), "ann@corp!xx 1\n");
    assert!(!place.read("priv/tfa.cfg").contains("gone"));
    let (_server, place) = left_everywhere();
    place.usher("realm sync corp --keep memberships,token-secrets --keep second-factors").quiet();
    assert!(place.lines("group").contains(&"staff:ann@corp,gone@corp::".to_owned()));
    assert!(place.read("priv/token.cfg").contains("gone") && place.read("priv/tfa.cfg").contains("gone"));
    let (_server, place) = left_everywhere();
    place.pveum("realm sync corp").quiet();
    assert!(place.lines("group").contains(&"staff:ann@corp,gone@corp::".to_owned()));
    assert!(place.read("priv/tfa.cfg").contains("gone"));
    assert!(!place.read("priv/token.cfg").contains("gone"), "a secret outlives no token");
}

#[test]
fn a_dry_run_tells_who_gains_and_who_loses() {
    let (server, place) = left_everywhere();
    server.modify(
        "dn: cn=old,ou=groups,dc=test\nchangetype: add\nobjectClass: groupOfNames\ncn: old\n\
         member: uid=ann,ou=people,dc=test\n",
    );
    let run = place.untouched("realm sync corp --dry-run");
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.out.contains("-user:gone@corp:1:0::::::\n"), "{}", run.out);
    assert!(run.out.contains("would remove:\n    gone@corp\n"), "{}", run.out);
    let lines: Vec<String> =
        run.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in ["+ ann@corp Datastore.Audit / via @old-corp", "- gone@corp VM.Console /vms via @staff"] {
        assert!(lines.iter().any(|one| one == line), "{line}: {}", run.out);
    }
    let json: serde_json::Value =
        serde_json::from_str(&place.untouched("realm sync corp --dry-run --output-format json").out).unwrap();
    let access = json["access"].as_array().unwrap();
    assert!(
        access.iter().any(|one| one["who"] == "gone@corp"
            && one["path"] == "/"
            && one["gains"] == serde_json::json!([]))
    );
    let before = place.files();
    let original = place.pveum("realm sync corp --dry-run").quiet();
    assert!(
        original.starts_with("(dry test run) starting sync for realm corp\ngot data from server"),
        "{original}"
    );
    assert!(
        original.ends_with("\n\nNOTE: Dry test run, changes were NOT written to the configuration.\n"),
        "{original}"
    );
    assert!(place.files() == before);
    place.usher("realm sync corp").quiet();
    let idle = place.untouched("realm sync corp --dry-run");
    assert_eq!(idle.status, 0, "{idle:?}");
}

#[test]
fn two_at_once() {
    let server = Slapd::with(&users("u", 2000));
    let place = place(server.port, &[]);
    let start = || {
        let mut command = place.command("usher");
        command.args(words("realm sync corp --scope both")).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let running = [start(), start(), start()];
    for child in running {
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.status, 0, "{run:?}");
    }
    assert_eq!(names(&place, "user").len(), 2001);
}

/// One synchronisation has an old answer when another one writes what came of a newer one.
#[test]
fn an_answer_from_before_a_change_is_not_used() {
    for face in ["usher", "pveum"] {
        let (old, new) = (Slapd::with(&users("u", 3)), Slapd::with(&users("u", 2)));
        let place = Arc::new(place(old.port, &["sync-defaults-options scope=users,remove-vanished=entry"]));
        place.usher("realm sync corp").quiet();
        let (mut asked, behind) = (0, Arc::clone(&place));
        let ports = (old.port, new.port);
        let proxy = Proxy::choosing(Break::CutAfter(usize::MAX), move || {
            asked += 1;
            if asked > 1 {
                return ports.1;
            }
            assert_eq!(behind.usher("user delete u2@corp").status, 0);
            ports.0
        });
        let text = realm("corp", proxy.port, &["sync-defaults-options scope=users,remove-vanished=entry"]);
        place.write("domains.cfg", text);
        let run = place.run(face, words("realm sync corp"), "");
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
        assert!(run.out.matches("got data").count() <= 1, "{run:?}");
        assert_eq!(names(&place, "user"), ["root@pam", "u0@corp", "u1@corp"], "{run:?}");
    }
}

#[test]
fn all_realms_in_turn() {
    let server = Slapd::with(&users("u", 3));
    let mut gone = Slapd::with("");
    gone.stop();
    let scope = "sync-defaults-options remove-vanished=entry,scope=users";
    let place = place(gone.port, &[scope]);
    let more = realm("down", gone.port, &[scope])
        + &realm("unsaid", server.port, &[])
        + &realm("fine", server.port, &[scope])
        + &realm("shrunk", server.port, &[scope, "filter uid=u1"]);
    place.write("domains.cfg", more);
    for name in ["down", "unsaid", "fine", "shrunk"] {
        place.write(&format!("priv/realm/{name}.pw"), SYNC_PASSWORD);
    }
    let many: String = (0..9).map(|number| format!("user:u{number}@shrunk:1:0::::::\n")).collect();
    place.write("user.cfg", many);
    let run = place.usher("realm sync --all");
    assert_eq!(run.status, 4, "{run:?}");
    for words in [
        "realm 'down': ",
        "realm 'unsaid': scope: Not passed",
        "realm 'shrunk': 8 of 9",
        "3 of 4 realms failed",
    ] {
        assert!(run.err.contains(words), "{words}: {}", run.err);
    }
    assert!(run.out.contains("realm fine:\n  users: 3 added"), "{}", run.out);
    assert_eq!(names(&place, "user").iter().filter(|name| name.ends_with("@fine")).count(), 3);
    let json = place.usher("realm sync --all --output-format json");
    let rows: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["users"]["unchanged"]), (1, &3.into()));
    place.usher("realm sync").refused(2);
    place.usher("realm sync fine --all").refused(2);
    assert!(
        place
            .pveum("realm sync")
            .refused(255)
            .contains("400 not enough arguments\npveum realm sync <realm> [OPTIONS]")
    );
}

#[test]
fn members_of_members_and_by_name() {
    let mut ldif = user("ann") + &user("ben") + &user("cleo");
    ldif.push_str(&group("inner", ["uid=ben,ou=people,dc=test", "cn=outer,ou=groups,dc=test"]));
    ldif.push_str(&group("outer", ["uid=ann,ou=people,dc=test", "cn=inner,ou=groups,dc=test"]));
    ldif.push_str(
        "dn: cn=posix,ou=groups,dc=test\nobjectClass: posixGroup\ncn: posix\ngidNumber: 7\nmemberUid: cleo\n\
         memberUid: nobody\n\n",
    );
    let server = Slapd::with(&ldif);
    let place = place(server.port, &["group_classes groupOfNames,posixGroup"]);
    place.usher("realm sync corp --scope groups").quiet();
    assert_eq!(place.lines("group"), ["inner-corp:ben@corp::", "outer-corp:ann@corp::", "posix-corp:::"]);
    place.write("usher.toml", "[realm.corp]\nnested = true\nmember-uid = true\n");
    place.usher("realm sync corp --scope groups").quiet();
    let both = "ann@corp,ben@corp";
    assert_eq!(
        place.lines("group"),
        [format!("inner-corp:{both}::"), format!("outer-corp:{both}::"), "posix-corp:cleo@corp::".into()]
    );
    place.usher("realm sync corp --scope groups --nested 0 --member-uid 0").quiet();
    assert_eq!(place.lines("group"), ["inner-corp:ben@corp::", "outer-corp:ann@corp::", "posix-corp:::"]);
}

#[test]
fn what_cannot_be_synchronised() {
    let server = Slapd::with("");
    let place = place(server.port, &[]);
    assert!(
        place.usher("realm sync nowhere --scope both").refused(1).contains("domain 'nowhere' does not exist")
    );
    assert!(place.usher("realm sync pve --scope both").refused(1).contains("Cannot sync realm type 'pve'!"));
    assert!(place.usher("realm sync corp").refused(2).contains("scope: Not passed as parameter"));
    assert!(
        place
            .usher("realm sync corp --scope all")
            .refused(2)
            .contains("in the enumeration 'users, groups, both'")
    );
    place.usher("realm sync corp --scope both --remove-vanished acl,entry").refused(2);
    let warned = place.usher("realm sync corp --scope both --full --purge");
    assert!(warned.err.contains("use --remove-vanished") && warned.status == 0, "{warned:?}");
    let original = place.pveum("realm sync corp --scope users --full 1 --purge 1").quiet();
    assert!(original.contains("remove-vanished opts: none") && original.contains("use --remove-vanished"));
    assert!(place.pveum("realm sync corp --scope users --all").refused(255).contains("Unknown option: all"));
}

#[test]
fn progress_is_for_terminals() {
    let server = Slapd::with(&users("u", 300));
    let place = place(server.port, &[]);
    let mut command = place.command("usher");
    command.args(words("realm sync corp --scope both"));
    let shown = on_terminal(&command, (80, 24), &[]).out;
    assert!(shown.contains("realm corp: ") && shown.contains("300 added"), "{shown:?}");
    assert!(shown.contains("asking the server") || shown.contains("256 users"), "{shown:?}");
    assert_eq!(place.usher("realm sync corp --scope both").quiet().lines().count(), 3);
}

#[test]
fn a_realm_that_changed_meanwhile_is_left_alone() {
    let domains = realm("corp", 1, &[]);
    let text = Arc::new(domains.into_bytes());
    let store = MemoryStore::new([(domains_cfg::FILE.to_owned(), Arc::clone(&text))].into());
    let (realms, _) = domains_cfg::parse(&text);
    let asked = realms.get("corp").unwrap();
    let wishes = Wishes { scope: Some(Scope::Both), ..Wishes::default() };
    let options = Options::settle(&realms, asked, wishes, Wishes::default()).unwrap();
    let answer = || {
        let mut collector = Collector::new(asked, &options);
        let name = ("uid".to_owned(), vec![b"ann".to_vec()]);
        collector.user(&Entry { dn: "uid=ann".into(), attributes: vec![name] }).unwrap();
        collector.finish()
    };
    let run = || {
        change(&store, &Catalogue::pve9(), &Order::default(), |draft| {
            draft.synchronise(asked, &answer(), &options)
        })
    };
    change(&store, &Catalogue::pve9(), &Order::default(), |draft| {
        let set = vec![("filter".to_owned(), "uid=x".to_owned())];
        draft.realms()?.modify(asked.id(), RealmChanges { set, ..RealmChanges::default() })
    })
    .unwrap();
    let error = run().err().unwrap().to_string();
    assert!(error.contains("was changed while its server was asked"), "{error}");
    change(&store, &Catalogue::pve9(), &Order::default(), |draft| {
        let delete = vec!["filter".to_owned()];
        draft.realms()?.modify(asked.id(), RealmChanges { delete, ..RealmChanges::default() })
    })
    .unwrap();
    assert_eq!(run().unwrap().files.len(), 1);
}

#[test]
fn who_is_new_gets_no_rights_that_were_left_under_the_name() {
    let server = Slapd::with(&(user("joe") + &group("ops", ["uid=joe,ou=people,dc=test"])));
    let left = "user:x@pve:1:0::::::\n\n\n\nacl:1:/:@ops-corp,joe@corp,x@pve:PVEAdmin:\n";
    for (name, kept) in
        [("usher", "1:/:x@pve:PVEAdmin:"), ("pveum", "1:/:@ops-corp,joe@corp,x@pve:PVEAdmin:")]
    {
        let place = place(server.port, &["group_dn ou=groups,dc=test", "sync-defaults-options scope=both"]);
        place.write("user.cfg", left);
        let run = place.run(name, support::words("realm sync corp"), "");
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(place.lines("acl"), [kept], "{name}");
        assert_eq!(
            run.out.matches("before under this name are dropped").count(),
            if name == "usher" { 2 } else { 0 }
        );
    }
}
