//! Explanations: what they say of the traps, and that they never differ from the decision.

use crate::policy;
use crate::random::{ODD_PATHS, PATHS, TOKENS, USERS, directory};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use usher::access::explain::{Acting, Explanation, Fate, Via};
use usher::access::{Permissions, Policy};
use usher::catalogue::Catalogue;
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
}
