//! Policy tests: what should hold, run against a directory.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use std::fs;
use support::{Place, Run};

const CONFIG: &str = "\
user:ann@pve:1:0::::::
token:ann@pve!ci:0:1::
token:ann@pve!old:1000:0::
user:ben@pve:1:2000000000::::::
user:off@pve:0:0::::::
user:root@pam:1:0::::::

group:ops:ann@pve,ben@pve,off@pve::



acl:1:/vms:@ops:PVEVMUser:
acl:1:/vms/200:ann@pve:NoAccess:
acl:1:/vms:ann@pve!ci:PVEAuditor:
acl:1:/vms:ann@pve!old:PVEAuditor:
";

fn place() -> Place {
    Place::with(&[("user.cfg", CONFIG)])
}

/// One test of that name.
fn test(name: &str, who: &str, path: &str, rest: &str) -> String {
    format!("[[test]]\nname = \"{name}\"\nwho = \"{who}\"\npath = \"{path}\"\n{rest}\n")
}

/// Writes a file beside the directory and runs it with these options; the file is called `p.toml`.
fn run(place: &Place, text: &str, options: &str) -> Run {
    let file = place.program("p.toml");
    fs::write(&file, text).unwrap();
    let before = place.files();
    let mut command = place.command("usher");
    command.current_dir(file.parent().unwrap()).arg("test").arg("p.toml").args(support::words(options));
    let run = support::fed(&mut command, "");
    assert!(place.files() == before, "a question changed a file");
    run
}

/// Whether one expectation holds.
#[track_caller]
fn holds(who: &str, path: &str, expectation: &str) -> bool {
    let run = run(&place(), &test("n", who, path, expectation), "");
    assert!(matches!(run.status, 0 | 3), "{run:?}");
    run.status == 0
}

#[test]
fn what_can_be_expected() {
    assert!(holds("ann@pve", "/vms/100", "can = [\"VM.Audit\", \"VM.Console\"]"));
    assert!(!holds("ann@pve", "/vms/100", "can = [\"VM.Audit\", \"VM.Migrate\"]"));
    assert!(holds("ann@pve", "/vms/100", "cannot = [\"VM.Migrate\"]"));
    assert!(!holds("ann@pve", "/vms/100", "cannot = [\"VM.Migrate\", \"VM.Audit\"]"));
    assert!(holds("ann@pve", "/vms/200", "privileges = []"));
    assert!(!holds("ann@pve", "/vms/100", "privileges = []"));
    assert!(holds("ann@pve!ci", "/vms/100", "privileges = [\"VM.Audit\", \"VM.GuestAgent.Audit\"]"));
    assert!(!holds("ann@pve!ci", "/vms/100", "privileges = [\"VM.Audit\"]"));
    assert!(holds("root@pam", "/", "can = [\"Permissions.Modify\"]"));
}

#[test]
fn who_cannot_act_can_do_nothing() {
    for who in ["off@pve", "gone@pve", "off@pve!ci", "ann@pve!gone", "ann@pve!old"] {
        assert!(holds(who, "/vms", "privileges = []"), "{who}");
        assert!(!holds(who, "/vms", "can = [\"VM.Audit\"]"), "{who}");
    }
    assert!(holds("ben@pve", "/vms", "can = [\"VM.Audit\"]\nnow = 2000000000"));
    assert!(holds("ben@pve", "/vms", "privileges = []\nnow = 2000000001"));
    assert!(holds("ben@pve", "/vms", "privileges = []\nnow = 2033-05-19"));
    assert!(holds("ben@pve", "/vms", "can = [\"VM.Audit\"]\nnow = \"2033-05-18\""));
    assert!(holds("ann@pve!old", "/vms", "can = [\"VM.Audit\"]\nnow = 999"));
    assert!(holds("ben@pve", "/vms", "privileges = []\nnow = \"900y\""), "a span counts from now");
    let both = format!(
        "now = 1\n{}",
        test("a", "ann@pve!old", "/vms", "can = [\"VM.Audit\"]")
            + &test("b", "ann@pve!old", "/vms", "privileges = []\nnow = 5000")
    );
    run(&place(), &both, "").quiet();
}

#[test]
fn the_report_for_people() {
    let good = test("good", "ann@pve", "/vms/100", "can = [\"VM.Audit\"]");
    assert_eq!(
        run(&place(), &good, "").quiet(),
        "\nrunning 1 test of p.toml\ntest good ... ok\n\ntest result: ok. 1 passed; 0 failed\n"
    );
    let bad = test("too much", "ann@pve", "/vms/100", "can = [\"VM.Migrate\"]\ncannot = [\"VM.Audit\"]")
        + &test("off", "off@pve", "/vms", "can = [\"VM.Audit\"]")
        + &test("none", "ann@pve", "/", "can = [\"Sys.Audit\"]");
    let run = run(&place(), &format!("{good}{bad}"), "");
    assert_eq!((run.status, run.err.as_str()), (3, "error: 3 policy tests do not hold\n"));
    for part in [
        "\nrunning 4 tests of p.toml\ntest good ... ok\ntest too much ... FAILED\n",
        "\n---- too much (p.toml:6) ----\nexpected: can VM.Migrate; cannot VM.Audit\nactual:   ann@pve on /vms/100 \
         cannot VM.Migrate, but can VM.Audit: what counts is PVEVMUser for '@ops' on /vms (user.cfg:12)\n",
        "actual:   off@pve on /vms cannot VM.Audit: user 'off@pve' is disabled\n",
        "actual:   ann@pve on / cannot Sys.Audit: no ACL entry reaches this path\n",
        "\ntest result: FAILED. 1 passed; 3 failed\n",
    ] {
        assert!(run.out.contains(part), "{part}\n{}", run.out);
    }
}

#[test]
fn the_report_for_programs() {
    let text = test("a", "off@pve", "/vms", "can = [\"VM.Audit\"]")
        + &test("b", "ann@pve!ci", "/vms", "cannot = [\"VM.Migrate\"]");
    let run = run(&place(), &text, "--output-format json");
    assert_eq!(run.status, 3);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        report,
        json!({"passed": 1, "failed": 1, "tests": [
            {"file": "p.toml", "line": 1, "name": "a", "who": "off@pve", "path": "/vms", "passed": false,
             "actual": [], "missing": ["VM.Audit"], "unwanted": [], "reason": "user 'off@pve' is disabled",
             "acl": [{"path": "/vms", "roleid": "PVEVMUser", "type": "group", "ugid": "ops", "propagate": 1, "line": 12}]},
            {"file": "p.toml", "line": 6, "name": "b", "who": "ann@pve!ci", "path": "/vms", "passed": true,
             "actual": ["VM.Audit", "VM.GuestAgent.Audit"], "missing": [], "unwanted": []},
        ]})
    );
}

#[test]
fn junit() {
    let place = place();
    let text = test("<&>", "ann@pve", "/vms", "can = [\"VM.Audit\"]")
        + &test("b", "ann@pve", "/vms", "cannot = [\"VM.Audit\"]");
    assert_eq!(run(&place, &text, "--junit report.xml").status, 3);
    let xml = fs::read_to_string(place.program("report.xml")).unwrap();
    for part in [
        "<testsuites tests=\"2\" failures=\"1\" errors=\"0\">",
        "<testcase name=\"&lt;&amp;&gt;\" classname=\"p.toml\" file=\"p.toml\" line=\"1\"/>",
        "<failure message=\"ann@pve on /vms can VM.Audit: ",
    ] {
        assert!(xml.contains(part), "{part}\n{xml}");
    }
    let run = run(&place, &text, "--junit nowhere/report.xml");
    assert_eq!((run.status, run.out.as_str()), (1, ""), "{run:?}");
    assert!(run.err.contains("cannot write 'nowhere/report.xml'"), "{run:?}");
}

#[test]
fn a_broken_file_is_an_error_with_a_place() {
    let place = place();
    let text = test("a", "ann@pve", "/vms", "cna = []");
    assert!(run(&place, &text, "").refused(1).contains("p.toml:5:1: unknown key 'cna'; did you mean 'can'?"));
    let text = test("a", "ann@pve", "/vms", "can = []\nnow = \"soon\"");
    assert!(run(&place, &text, "").refused(1).contains("p.toml:6:7: 'soon' is no point in time"));
    assert!(place.usher("test nowhere.toml").refused(1).contains("cannot read 'nowhere.toml'"));
    fs::write(place.program("p.toml"), b"\xff").unwrap();
    assert_eq!(place.run("usher", ["test", place.program("p.toml").to_str().unwrap()], "").status, 1);
    place.usher("test").refused(2);
    place.pveum("test p.toml").refused(255);
}

#[test]
fn several_files_and_their_directories() {
    let (here, there) = (place(), Place::new());
    let good = test("a", "ann@pve", "/vms", "can = [\"VM.Audit\"]");
    let nobody = test("a", "ann@pve", "/vms", "privileges = []");
    let other = here.program("other.toml");
    let named = format!("config-dir = \"{}\"\n{nobody}", there.path().display());
    fs::write(&other, &named).unwrap();
    let out = run(&here, &good, "other.toml").quiet();
    assert!(out.contains("running 1 test of p.toml\n") && out.contains("of other.toml\n"), "{out}");
    assert!(out.ends_with("test result: ok. 2 passed; 0 failed\n"), "{out}");

    let relative = format!("config-dir = \"config\"\n{good}");
    let mut command = there.command("usher");
    fs::write(here.program("p.toml"), relative).unwrap();
    command.arg("test").arg(here.program("p.toml"));
    support::fed(&mut command, "").quiet();

    let option = format!("--config-dir {}", here.path().display());
    assert_eq!(run(&here, &named, &option).status, 3, "the command line comes before the file");
    let message = run(&here, &format!("config-dir = \"gone\"\n{good}"), "").refused(1);
    assert!(message.contains("names the config directory 'gone', which is not there"), "{message}");
}

#[test]
fn privileges_and_paths_are_those_of_the_directory() {
    let place =
        Place::with(&[("user.cfg", "user:ann@pve:1:0::::::\n"), ("usher.toml", "catalogue = \"pve8\"\n")]);
    run(&place, &test("a", "ann@pve", "/vms", "cannot = [\"VM.Monitor\"]"), "").quiet();
    place.write("usher.toml", "");
    let message = run(&place, &test("a", "ann@pve", "/vms", "cannot = [\"VM.Monitor\"]"), "").refused(1);
    assert!(message.contains("p.toml:5:11: invalid privilege 'VM.Monitor'"), "{message}");
}
