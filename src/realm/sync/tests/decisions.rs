//! What becomes of users and groups that a server has, or no longer has.

use super::{ANN, BEFORE, BO, ENG, after, directory, fetched, many, options, planned};
use crate::model::sync::{Keep, Scope};
use crate::realm::sync::Step;

/// The decision table of the reference: options, and what the interesting lines come to.
#[test]
fn decisions() {
    let rows: [(Scope, &str, bool, &[&str]); 5] = [
        (
            Scope::Both,
            "none",
            true,
            &[
                "user:ann@corp:0:77:Ann:Old:ann@x.org:kept?:x:",
                "token:ann@corp!ci:0:1:t:",
                "user:bo@corp:1:0::::::",
                "user:gone@corp:1:0::::::",
                "token:gone@corp!ci:0:1::",
                "group:eng-corp:ann@corp,bo@corp:my text:",
                "group:old-corp:gone@corp::",
                "group:staff:gone@corp,local@pve::",
                "acl:1:/:@old-corp,gone@corp,gone@corp!ci:PVEAuditor:",
            ],
        ),
        (
            Scope::Both,
            "entry",
            true,
            &[
                "user:ann@corp:0:77:Ann:Old:ann@x.org:kept?:x:",
                "token:ann@corp!ci:0:1:t:",
                "user:bo@corp:1:0::::::",
                "group:eng-corp:ann@corp,bo@corp:my text:",
                "group:staff:gone@corp,local@pve::",
                "acl:1:/:@old-corp,gone@corp:PVEAuditor:",
            ],
        ),
        (
            Scope::Both,
            "acl;entry;properties",
            false,
            &[
                "user:ann@corp:0:0:Ann::ann@x.org:::",
                "token:ann@corp!ci:0:1:t:",
                "user:bo@corp:0:0::::::",
                "group:eng-corp:ann@corp,bo@corp::",
                "group:staff:gone@corp,local@pve::",
            ],
        ),
        (
            Scope::Users,
            "acl",
            true,
            &[
                "user:ann@corp:0:77:Ann:Old:ann@x.org:kept?:x:",
                "token:ann@corp!ci:0:1:t:",
                "user:bo@corp:1:0::::::",
                "user:gone@corp:1:0::::::",
                "token:gone@corp!ci:0:1::",
                "group:eng-corp:gone@corp,local@pve:my text:",
                "group:old-corp:gone@corp::",
                "group:staff:gone@corp,local@pve::",
                "acl:1:/:@old-corp,gone@corp!ci:PVEAuditor:",
            ],
        ),
        (
            Scope::Groups,
            "none",
            true,
            &[
                "user:ann@corp:0:77:Annie:Old::kept?:x:",
                "token:ann@corp!ci:0:1:t:",
                "user:gone@corp:1:0::::::",
                "token:gone@corp!ci:0:1::",
                "group:eng-corp:ann@corp,bo@corp:my text:",
                "group:old-corp:gone@corp::",
                "group:staff:gone@corp,local@pve::",
                "acl:1:/:@old-corp,gone@corp,gone@corp!ci:PVEAuditor:",
            ],
        ),
    ];
    for (scope, vanished, enable_new, lines) in rows {
        let mut options = options(scope, vanished);
        options.enable_new = enable_new;
        options.keep.memberships = true;
        let answer = fetched(&options, &[ANN, BO], &[ENG]);
        let after = after(BEFORE, &answer, &options);
        let after: Vec<&str> = after
            .iter()
            .map(String::as_str)
            .filter(|line| !line.starts_with("user:local") && !line.starts_with("user:root"))
            .collect();
        assert_eq!(after, lines, "{scope} {vanished}");
    }
}

#[test]
fn whoever_is_removed_leaves_no_membership_behind_unless_kept() {
    let mut options = options(Scope::Both, "entry");
    let answer = fetched(&options, &[ANN], &[ENG]);
    assert!(after(BEFORE, &answer, &options).contains(&"group:staff:local@pve::".to_owned()));
    options.keep = Keep { memberships: true, ..Keep::default() };
    assert!(after(BEFORE, &answer, &options).contains(&"group:staff:gone@corp,local@pve::".to_owned()));
}

#[test]
fn an_enable_of_the_server_counts_only_for_those_who_are_there() {
    let options = options(Scope::Users, "none");
    for (value, enabled) in [("FALSE", "1"), ("0", "0"), ("", "0"), ("1", "1")] {
        let answer = fetched(&options, &[&format!("uid=ann,dc=x|uid=ann|enable={value}")], &[]);
        let lines = after("user:ann@corp:1:0::::::\n", &answer, &options);
        assert_eq!(lines[0], format!("user:ann@corp:{enabled}:0::::::"), "{value:?}");
    }
}

#[test]
fn the_second_time_nothing_changes() {
    for vanished in ["none", "acl;entry;properties"] {
        let options = options(Scope::Both, vanished);
        let answer = fetched(&options, &[ANN, BO, "uid=c,dc=x|uid=chloë|comment=a:b%c\nd"], &[ENG]);
        let once = after(BEFORE, &answer, &options).join("\n");
        let directory = directory(&once);
        let plan = planned(&directory, &answer, &options).unwrap();
        assert!(plan.users.iter().chain(&plan.groups).all(|step| !step.changes()), "{plan:?}");
        assert_eq!(after(&once, &answer, &options).join("\n"), once);
    }
}

#[test]
fn who_comes_back_to_old_entries_is_told() {
    let options = options(Scope::Users, "none");
    let answer = fetched(&options, &[ANN], &[]);
    let plan = planned(&directory("acl:1:/:ann@corp:PVEAuditor:\n"), &answer, &options).unwrap();
    assert_eq!((plan.users.as_slice(), plan.remarks.len()), (&[Step::Add][..], 1));
}

/// Many changed users are put together; what stands between and before them stays.
#[test]
fn a_crowd() {
    let (_, entries) = many(1500);
    let users: Vec<&str> = entries.iter().map(String::as_str).collect();
    let options = options(Scope::Users, "entry");
    let answer = fetched(&options, &users, &[]);
    let before = "\
# kept 1
user:gone@corp:1:0::::::
user:root@pam:1:0::::::
# kept 2
user:u00007@corp:0:5:First:::::
token:u00007@corp!tt:0:1::
user:zoe@pve:1:0::::::

group:staff:gone@corp,u00007@corp::



acl:1:/:u00007@corp:PVEAuditor:
";
    let lines = after(before, &answer, &options);
    assert_eq!(lines.len(), 1500 + 7, "{lines:?}");
    assert_eq!(lines[..3], ["# kept 1", "user:root@pam:1:0::::::", "user:u00000@corp:1:0::::::"]);
    assert_eq!(lines[9..12], ["# kept 2", "user:u00007@corp:0:5:First:::::", "token:u00007@corp!tt:0:1::"]);
    assert_eq!(
        lines[lines.len() - 3..],
        ["user:zoe@pve:1:0::::::", "group:staff:u00007@corp::", "acl:1:/:u00007@corp:PVEAuditor:"]
    );
    assert_eq!(after(&(lines.join("\n") + "\n"), &answer, &options), lines);
}
