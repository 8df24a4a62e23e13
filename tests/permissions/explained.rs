//! Explanations: what they say of the traps, and that they never differ from the decision.

use crate::directory::{Directory, Entry};
use crate::policy;
use crate::random::{ODD_PATHS, PATHS, PRIVILEGES, TOKENS, USERS, directory};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use std::collections::BTreeMap;
use usher::access::explain::{Acting, Explanation, Fate, Via};
use usher::access::remedy::{Hopeless, Remedy};
use usher::access::{Focus, Permissions, Policy};
use usher::catalogue::Catalogue;
use usher::model::path::AclPath;
use usher::model::privilege::PrivilegeSet;

const TRAPS: &str = "\
user:lena@pve:1:0::::::
user:omar@pve:1:0::::::
token:lena@pve!all:0:0::
token:lena@pve!own:0:1::
token:root@pam!own:0:1::
group:crew:lena@pve,omar@pve::
group:night:lena@pve::
group:barred:omar@pve::
pool:fleet::401:disk1:
acl:1:/:lena@pve:Administrator:
acl:0:/vms:lena@pve:PVEAdmin:
acl:1:/vms:@crew:PVEVMAdmin:
acl:0:/vms:@night:PVESysAdmin:
acl:1:/vms/301:lena@pve:PVEVMUser:
acl:1:/vms/301:@crew:PVEAuditor:
acl:1:/vms/301:lena@pve!own:PVEVMUser,PVEAuditor:
acl:1:/vms/301:root@pam!own:PVEAuditor:
acl:1:/vms/401:omar@pve:PVEVMUser:
acl:1:/pool/fleet:lena@pve:PVEDatastoreUser:
acl:0:/pool/fleet:@barred:NoAccess:
";

/// One line for every entry: `PATH VIA ROLE FATE`, a side's name before its entries.
fn told(explanation: &Explanation<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for side in &explanation.sides {
        lines.push(side.subject.to_owned());
        for (level, entry) in side.entries() {
            let via = match entry.via {
                Via::Itself => "itself".to_owned(),
                Via::Group(group) => format!("@{group}"),
            };
            let fate = entry.fate;
            let inherited = if level.inherited { " inherited" } else { "" };
            lines.push(format!("{} {via} {} {fate:?}{inherited}", level.path, entry.role));
        }
    }
    lines
}

#[test]
fn what_shadows_what() {
    let policy = policy(TRAPS, &Catalogue::pve9());
    for (who, path, expected) in [
        (
            "lena@pve",
            "/vms/301",
            &[
                "lena@pve",
                "/vms/301 itself PVEVMUser Decides",
                "/vms/301 @crew PVEAuditor Outranked",
                "/vms itself PVEAdmin OutOfReach inherited",
                "/vms @crew PVEVMAdmin Covered inherited",
                "/vms @night PVESysAdmin OutOfReach inherited",
                "/ itself Administrator Covered inherited",
            ][..],
        ),
        (
            "lena@pve",
            "/vms/302",
            &[
                "lena@pve",
                "/vms itself PVEAdmin OutOfReach inherited",
                "/vms @crew PVEVMAdmin Decides inherited",
                "/vms @night PVESysAdmin OutOfReach inherited",
                "/ itself Administrator Covered inherited",
            ],
        ),
        (
            "omar@pve",
            "/vms/401",
            &[
                "omar@pve",
                "/vms/401 itself PVEVMUser Blocked",
                "/vms @crew PVEVMAdmin Covered inherited",
                "/pool/fleet @barred NoAccess Blocks",
            ],
        ),
        (
            "lena@pve!own",
            "/vms/301",
            &[
                "lena@pve!own",
                "/vms/301 itself PVEAuditor Decides",
                "/vms/301 itself PVEVMUser Decides",
                "lena@pve",
                "/vms/301 itself PVEVMUser Decides",
                "/vms/301 @crew PVEAuditor Outranked",
                "/vms itself PVEAdmin OutOfReach inherited",
                "/vms @crew PVEVMAdmin Covered inherited",
                "/vms @night PVESysAdmin OutOfReach inherited",
                "/ itself Administrator Covered inherited",
            ],
        ),
        ("root@pam!own", "/vms/301", &["root@pam!own", "/vms/301 itself PVEAuditor Decides"]),
        (
            "lena@pve!all",
            "/storage/disk1",
            &[
                "lena@pve",
                "/ itself Administrator Decides inherited",
                "/pool/fleet itself PVEDatastoreUser Decides",
                "/ itself Administrator Covered inherited",
            ],
        ),
        ("root@pam", "/vms/301", &[]),
        ("nobody@pve", "/vms/301", &[]),
        ("lena@pve", "vms", &[]),
    ] {
        assert_eq!(told(&policy.explain(who, path)), expected, "{who} on {path}");
    }
}

#[test]
fn in_what_capacity() {
    let policy = policy(TRAPS, &Catalogue::pve9());
    let owner = "lena@pve";
    for (who, acting) in [
        ("root@pam", Acting::Superuser),
        ("lena@pve", Acting::User),
        ("lena@pve!all", Acting::FullToken { owner, superuser: false }),
        ("lena@pve!own", Acting::SeparatedToken { owner, superuser: false }),
        ("root@pam!own", Acting::SeparatedToken { owner: "root@pam", superuser: true }),
        ("lena@pve!none", Acting::Nobody),
        ("nobody@pve", Acting::Nobody),
    ] {
        assert_eq!(policy.explain(who, "/").acting, acting, "{who}");
    }
    assert_eq!(policy.name(policy.principal(owner).unwrap()), owner);
}

/// A directory in which what a remedy says was done, and who it was done for.
fn remedied(directory: &Directory, remedy: &Remedy<'_>, keep: bool) -> Option<Directory> {
    let mut directory = directory.clone();
    match remedy {
        Remedy::Grant(grants) => {
            for grant in grants {
                let mut roles = vec![grant.role.to_owned()];
                roles.extend(grant.keep.iter().filter(|_| keep).map(|role| (*role).to_owned()));
                directory.entries.push(Entry {
                    path: grant.path.to_string(),
                    propagate: grant.propagate,
                    subjects: vec![grant.subject.to_owned()],
                    roles,
                });
            }
        }
        Remedy::Unblock(obstacles) => {
            for obstacle in obstacles {
                let mut split = Vec::new();
                directory.entries.retain(|entry| {
                    let meant = entry.path == obstacle.path
                        && entry.subjects.contains(&obstacle.subject)
                        && entry.roles.iter().any(|role| role == obstacle.role);
                    if meant {
                        let without = |list: &[String], one: &str| -> Vec<String> {
                            list.iter().filter(|item| *item != one).cloned().collect()
                        };
                        split.push(Entry {
                            subjects: without(&entry.subjects, &obstacle.subject),
                            ..entry.clone()
                        });
                        split.push(Entry {
                            subjects: vec![obstacle.subject.clone()],
                            roles: without(&entry.roles, obstacle.role),
                            ..entry.clone()
                        });
                    }
                    !meant
                });
                assert!(!split.is_empty(), "{obstacle:?} is not there");
                directory.entries.extend(split);
            }
        }
        Remedy::Granted | Remedy::Nothing(_) => return None,
    }
    Some(directory)
}

/// What is said about a remedy in words, to compare.
fn advice(remedy: &Remedy<'_>, catalogue: &Catalogue) -> String {
    match remedy {
        Remedy::Grant(grants) => {
            let lines = grants.iter().map(|grant| {
                let loses: Vec<&str> = grant.loses.iter().map(|one| catalogue.name(one)).collect();
                format!(
                    "{} {} {} {} loses {} keep {}",
                    u8::from(grant.propagate),
                    grant.path,
                    grant.subject,
                    grant.role,
                    loses.len(),
                    grant.keep.join(",")
                )
            });
            lines.collect::<Vec<_>>().join("; ")
        }
        Remedy::Unblock(obstacles) => {
            let lines =
                obstacles.iter().map(|one| format!("remove {} {} {}", one.path, one.subject, one.role));
            lines.collect::<Vec<_>>().join("; ")
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn the_smallest_entry() {
    let catalogue = Catalogue::pve9();
    let policy = policy(TRAPS, &catalogue);
    for (who, path, privilege, expected) in [
        ("lena@pve", "/vms/301", "VM.Clone", "0 /vms/301 lena@pve PVETemplateUser loses 0 keep "),
        ("omar@pve", "/vms/301", "VM.Clone", "0 /vms/301 omar@pve PVETemplateUser loses 6 keep PVEAuditor"),
        ("omar@pve", "/vms/401", "VM.Clone", "remove /pool/fleet @barred NoAccess"),
        ("omar@pve", "/vms/9/disk", "Sys.Audit", "1 /vms omar@pve PVESysAdmin loses 23 keep PVEVMAdmin"),
        (
            "omar@pve",
            "/storage/s/x",
            "Datastore.Audit",
            "1 /storage/s omar@pve PVEDatastoreUser loses 0 keep ",
        ),
        (
            "omar@pve",
            "/vms/301/disk",
            "VM.Clone",
            "1 /vms/301 omar@pve PVETemplateUser loses 6 keep PVEAuditor",
        ),
        ("lena@pve!all", "/vms/301", "VM.Clone", "0 /vms/301 lena@pve PVETemplateUser loses 0 keep "),
        (
            "lena@pve!own",
            "/vms/301",
            "VM.Clone",
            "0 /vms/301 lena@pve!own PVETemplateUser loses 0 keep ; 0 /vms/301 lena@pve PVETemplateUser loses 0 keep ",
        ),
        ("lena@pve!own", "/nodes", "Sys.Audit", "0 /nodes lena@pve!own PVESysAdmin loses 0 keep "),
        ("lena@pve", "/vms/301", "VM.Audit", "Granted"),
        ("nobody@pve", "/vms/301", "VM.Audit", "Nothing(Nobody)"),
        ("lena@pve", "vms", "VM.Audit", "Nothing(NoPath)"),
        ("lena@pve", "/with blank", "VM.Audit", "Granted"),
        ("omar@pve", "/with blank", "VM.Audit", "Nothing(NoPath)"),
    ] {
        let explanation = policy.explain(who, path);
        let wanted = [catalogue.privilege(privilege).unwrap()].into_iter().collect();
        let remedy = policy.remedy(&catalogue, &explanation, path, wanted);
        assert_eq!(advice(&remedy, &catalogue), expected, "{who} {privilege} on {path}");
    }
}

/// The one whose entries alone decide what he himself may do.
fn owner<'p>(explanation: &Explanation<'p>) -> Option<&'p str> {
    explanation.sides.last().map(|side| side.subject)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// The decision of an explanation is that of the engine, and follows from the entries it shows.
    #[test]
    fn an_explanation_is_the_decision(directory in directory()) {
        let catalogue = Catalogue::pve9();
        let policy = Policy::compile(&directory, &catalogue);
        for who in USERS.iter().chain(&TOKENS).chain(&["stranger@pve", ""]) {
            for path in PATHS.iter().chain(&ODD_PATHS) {
                let explanation = policy.explain(who, path);
                prop_assert_eq!(explanation.permissions, policy.permissions(who, path), "{} {}", who, path);
                let mut common: Option<PrivilegeSet> = None;
                for side in &explanation.sides {
                    let decides = side.entries().filter(|(_, entry)| entry.fate == Fate::Decides);
                    let granted = decides.fold(PrivilegeSet::EMPTY, |all, (_, entry)| all.union(entry.privileges));
                    prop_assert_eq!(granted, side.permissions.granted, "{} {}", who, path);
                    common = Some(common.map_or(granted, |common| common.intersection(granted)));
                }
                match common {
                    Some(common) => prop_assert_eq!(common, explanation.permissions.granted, "{} {}", who, path),
                    None => prop_assert!(
                        explanation.permissions == Permissions::NONE || explanation.permissions.granted == catalogue.all()
                    ),
                }
            }
        }
    }

    /// What a remedy says is enough, and takes away what it says.
    #[test]
    fn a_remedy_helps(
        directory in directory(),
        who in select([&USERS[..], &TOKENS[..], &["stranger7@pve"]].concat()),
        name in select(&PRIVILEGES[..4]),
    ) {
        let catalogue = Catalogue::pve9();
        let wanted = [catalogue.privilege(name).unwrap()].into_iter().collect();
        for path in PATHS.iter().chain(&ODD_PATHS) {
            let mut directory = directory.clone();
            for round in 0.. {
                let policy = Policy::compile(&directory, &catalogue);
                let explanation = policy.explain(who, path);
                let held = explanation.permissions.granted;
                let remedy = policy.remedy(&catalogue, &explanation, path, wanted);
                prop_assert_eq!(held.contains_all(wanted), remedy == Remedy::Granted, "{} {}", who, path);
                prop_assert!(remedy != Remedy::Nothing(Hopeless::NoRole), "Administrator holds everything");
                prop_assert!(round < 8, "{} {}: no end of {:?}", who, path, remedy);
                let Some(after) = remedied(&directory, &remedy, false) else { break };
                let Remedy::Grant(grants) = &remedy else {
                    directory = after;
                    continue;
                };
                let after = Policy::compile(&after, &catalogue);
                let now = after.permissions(who, path).granted;
                prop_assert!(now.contains_all(wanted), "{} {} {:?}", who, path, grants);
                for grant in grants.iter().filter(|grant| Some(grant.subject) == owner(&explanation)) {
                    let before = policy.permissions(grant.subject, path).granted;
                    let lost = before.difference(after.permissions(grant.subject, path).granted);
                    prop_assert_eq!(lost, grant.loses, "{} {} {:?}", who, path, grant);
                }
                let kept = Policy::compile(&remedied(&directory, &remedy, true).unwrap(), &catalogue);
                prop_assert!(kept.permissions(who, path).granted.contains_all(held.union(wanted)));
                break;
            }
        }
    }

    /// What is asked for everybody at once is what is asked for each.
    #[test]
    fn everybody_is_each(directory in directory()) {
        let catalogue = Catalogue::pve9();
        let policy = Policy::compile(&directory, &catalogue);
        for path in PATHS.iter().chain(&ODD_PATHS) {
            let all: BTreeMap<&str, Permissions> =
                policy.everybody(path).map(|(who, held)| (policy.name(who), held)).collect();
            let mut each = BTreeMap::new();
            for who in USERS.iter().chain(&TOKENS).chain(&["stranger7@pve"]) {
                let held = policy.permissions(who, path);
                if !held.is_empty() {
                    each.insert(*who, held);
                }
            }
            let strangers = |who: &&str| !who.starts_with("stranger") || *who == "stranger7@pve";
            let all: BTreeMap<&str, Permissions> = all.into_iter().filter(|(who, _)| strangers(who)).collect();
            prop_assert_eq!(all, each, "{}", path);
        }
    }

    /// What matters for one question is enough to answer and explain it.
    #[test]
    fn a_narrow_view_says_the_same(
        directory in directory(),
        who in select([&USERS[..], &TOKENS[..], &["stranger7@pve", "nobody@pve"]].concat()),
    ) {
        let catalogue = Catalogue::pve9();
        let policy = Policy::compile(&directory, &catalogue);
        for path in PATHS.iter().chain(&ODD_PATHS) {
            let Ok(path) = AclPath::parse(path) else { continue };
            let narrow = Policy::compile(&Focus::on(&directory, &catalogue, who, &path), &catalogue);
            let whole = policy.explain(who, path.as_str());
            prop_assert_eq!(narrow.permissions(who, path.as_str()), whole.permissions, "{} {}", who, &path);
            let found = narrow.explain(who, path.as_str());
            if found.acting == Acting::Nobody {
                // Somebody nobody told of, who is mentioned elsewhere only.
                prop_assert!(whole.sides.iter().all(|side| side.entries().count() == 0), "{} {}", who, &path);
                continue;
            }
            prop_assert_eq!(told(&found), told(&whole), "{} {}", who, &path);
            let wanted = [catalogue.privilege("VM.Audit").unwrap()].into_iter().collect();
            let [left, right] = [(&narrow, &found), (&policy, &whole)]
                .map(|(policy, explanation)| policy.remedy(&catalogue, explanation, path.as_str(), wanted));
            prop_assert_eq!(left, right, "{} {}", who, &path);
        }
    }
}
