//! The shipped catalogues, and what becomes of a broken one.

use super::{Catalogue, SHIPPED, table};
use crate::error::Error;
use crate::model::path::AclPath;
use crate::model::privilege::{Privilege, PrivilegeSet};
use std::fmt::Write as _;

const FILES: [(&str, &str); 2] = [("pve9", include_str!("pve9.toml")), ("pve8", include_str!("pve8.toml"))];

fn names(catalogue: &Catalogue, set: PrivilegeSet) -> Vec<&str> {
    set.iter().map(|one| catalogue.name(one)).collect()
}

/// The Rust text of the constant that says the same as `catalogue`.
fn constant(catalogue: &Catalogue) -> String {
    let bits = |set: PrivilegeSet| set.iter().fold(0u128, |bits, one| bits | 1 << one.place());
    let mut out = format!(
        "//! Written out from `{}.toml` by the test `constants_equal_the_files`; do not edit.\n\n\
         use super::table::Table;\n\n\
         #[rustfmt::skip]\npub(super) const TABLE: Table = Table {{\n",
        catalogue.name
    );
    let mut line = |name: &str, value: String| writeln!(out, "    {name}: {value},").unwrap();
    line("name", format!("{:?}", catalogue.name));
    line("title", format!("{:?}", catalogue.title));
    line("superuser", format!("{:?}", catalogue.superuser));
    line("blocking_role", format!("{:?}", catalogue.blocking_role));
    line("full_role", format!("{:?}", catalogue.full_role));
    line("reserved_prefix", format!("{:?}", catalogue.reserved_prefix));
    let pools = catalogue.pools();
    line("pools", format!("{:?}", [pools.acl(), pools.guests(), pools.storages()]));
    let access = catalogue.administration();
    line("administration", format!("{:?}", [access.everything(), access.groups(), access.realms()]));
    let mut list = |name: &str, items: Vec<String>| {
        line(name, format!("&[\n        {},\n    ]", items.join(",\n        ")));
    };
    list("listed", catalogue.listed.iter().map(|path| format!("{path:?}")).collect());
    list("allowed", catalogue.allowed.iter().map(|path| format!("{path:?}")).collect());
    list(
        "below",
        catalogue.delegation.below.iter().map(|(p, o)| format!("({p:?}, {})", o.place())).collect(),
    );
    list("privileges", catalogue.privileges.iter().map(|pair| format!("{pair:?}")).collect());
    list("roles", catalogue.roles.iter().map(|(n, set)| format!("({n:?}, {:#x})", bits(*set))).collect());
    list("elsewhere", catalogue.elsewhere.iter().map(|pair| format!("{pair:?}")).collect());
    let duties = catalogue.duties.map(|privilege| privilege.map_or(128, Privilege::place));
    line("duties", format!("{duties:?}"));
    line("delegation", catalogue.delegation().unwrap().place().to_string());
    out + "};\n"
}

#[test]
fn constants_equal_the_files() {
    for (name, text) in FILES {
        let read = Catalogue::parse(text).unwrap();
        if Catalogue::named(name).unwrap() != read {
            let fresh = std::env::temp_dir().join(format!("{name}.rs"));
            std::fs::write(&fresh, constant(&read)).unwrap();
            panic!("{name}.toml was changed: move {} into src/catalogue/", fresh.display());
        }
    }
    let _: [&table::Table; 2] = SHIPPED;
}

/// Category, then the privileges only the full role gets, those of its admin, user and audit roles.
/// `8` and `9` behind a name: only in that version.
const CLASSES: [(&str, [&str; 4]); 7] = [
    (
        "VM",
        [
            "",
            "Config.Disk Config.CPU Config.Memory Config.Network Config.HWType Config.Options Allocate Clone \
             Migrate Snapshot Snapshot.Rollback Monitor:8 GuestAgent.Unrestricted:9 Replicate:9",
            "Config.CDROM Config.Cloudinit Console Backup PowerMgmt GuestAgent.FileRead:9 \
             GuestAgent.FileSystemMgmt:9 GuestAgent.FileWrite:9",
            "Audit GuestAgent.Audit:9",
        ],
    ),
    ("Sys", ["PowerMgmt Modify Incoming AccessNetwork:9", "Console Syslog", "", "Audit"]),
    ("Datastore", ["", "Allocate AllocateTemplate", "AllocateSpace", "Audit"]),
    ("SDN", ["", "Allocate Audit", "Use", "Audit"]),
    ("User", ["Realm.Allocate", "User.Modify Group.Allocate Realm.AllocateUser", "", ""]),
    ("Pool", ["", "Allocate", "Audit", "Audit"]),
    ("Mapping", ["", "Modify", "Use", "Audit"]),
];

/// The built-in roles as they follow from the classes.
fn generated(version: &str) -> std::collections::BTreeMap<String, Vec<String>> {
    let mut roles = std::collections::BTreeMap::from([
        ("Administrator".to_owned(), vec!["Permissions.Modify".to_owned()]),
        ("NoAccess".to_owned(), vec![]),
        ("PVETemplateUser".to_owned(), vec!["VM.Audit".to_owned(), "VM.Clone".to_owned()]),
    ]);
    let mut grant = |role: &str, privileges: &[String]| {
        roles.entry(role.to_owned()).or_default().extend_from_slice(privileges);
    };
    for (category, classes) in CLASSES {
        let [root, admin, user, audit] = classes.map(|class| {
            let of_version = class.split_whitespace().filter_map(|word| match word.split_once(':') {
                Some((word, only)) => (only == version).then_some(word),
                None => Some(word),
            });
            let full = |word: &str| match category {
                "User" => word.to_owned(),
                _ => format!("{category}.{word}"),
            };
            of_version.map(full).collect::<Vec<String>>()
        });
        let everyday = [admin, user.clone(), audit.clone()].concat();
        grant("Administrator", &[root, everyday.clone()].concat());
        grant(&format!("PVE{category}Admin"), &everyday);
        if !user.is_empty() {
            grant(&format!("PVE{category}User"), &[user, audit.clone()].concat());
        }
        let general: Vec<String> = everyday.into_iter().filter(|one| one != "Mapping.Modify").collect();
        grant("PVEAdmin", &general);
        grant("PVEAuditor", &audit);
    }
    for held in roles.values_mut() {
        held.sort();
        held.dedup();
    }
    roles
}

#[test]
fn builtin_roles() {
    let counts = [
        ("Administrator", [41, 47]),
        ("NoAccess", [0, 0]),
        ("PVEAdmin", [35, 40]),
        ("PVEAuditor", [6, 7]),
        ("PVEDatastoreAdmin", [4, 4]),
        ("PVEDatastoreUser", [2, 2]),
        ("PVEMappingAdmin", [3, 3]),
        ("PVEMappingUser", [2, 2]),
        ("PVEPoolAdmin", [2, 2]),
        ("PVEPoolUser", [1, 1]),
        ("PVESDNAdmin", [3, 3]),
        ("PVESDNUser", [2, 2]),
        ("PVESysAdmin", [3, 3]),
        ("PVETemplateUser", [2, 2]),
        ("PVEUserAdmin", [3, 3]),
        ("PVEVMAdmin", [18, 23]),
        ("PVEVMUser", [6, 10]),
    ];
    for (place, catalogue) in [Catalogue::pve8(), Catalogue::pve9()].into_iter().enumerate() {
        let counted: Vec<(&str, usize)> = catalogue.roles().map(|(role, held)| (role, held.len())).collect();
        let expected: Vec<(&str, usize)> = counts.iter().map(|(role, count)| (*role, count[place])).collect();
        assert_eq!(counted, expected);
        let listed: Vec<(&str, Vec<&str>)> =
            catalogue.roles().map(|(role, held)| (role, names(&catalogue, held))).collect();
        let roles = generated(["8", "9"][place]);
        let expected: Vec<(&str, Vec<&str>)> = roles
            .iter()
            .map(|(role, held)| (role.as_str(), held.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(listed, expected);
    }
}

#[test]
fn names_that_are_kept() {
    let catalogue = Catalogue::default();
    for (name, builtin) in
        [("PVEAdmin", true), ("pveMine", false), ("NoAccess", true), ("Administrator", true), ("pv", false)]
    {
        assert_eq!(catalogue.is_builtin_role(name), builtin, "{name}");
    }
    assert_eq!(catalogue.reserved_prefix(), "PVE");
    assert_eq!(catalogue.superuser(), "root@pam");
    assert_eq!(catalogue.role("Administrator"), Some(catalogue.all()));
    assert!(catalogue.privileges.iter().all(|(_, meaning)| meaning.ends_with('.') && meaning.len() < 80));
}

#[test]
fn paths_that_may_carry_entries() {
    let allowed = "/ /access /access/groups /access/groups/a.b-c_d /access/realm /access/realm/r /nodes /nodes/n.1 \
        /pool /pool/a /pool/a/b /pool/a/b/c /sdn /sdn/controllers /sdn/controllers/a_b-c /sdn/dns /sdn/dns/x1 \
        /sdn/ipams /sdn/ipams/x /sdn/zones /sdn/zones/z.z /sdn/zones/z/v-v /sdn/zones/z/v/4096 /storage \
        /storage/s.s-s_s /vms /vms/100 /vms/1000000000000 /mapping /mapping/pci /mapping/pci/gpu.0";
    let refused = "/vms/99 /vms/0100 /vms/100/x /vms/abc /pool/a/b/c/d /foo /nodes/a/b /access/users \
        /sdn/controllers/a.b /sdn/dns/a-b /sdn/zones/z/v/40960 /sdn/zones/z/v/x /storage/a/b /mapping/a/b/c";
    let newer =
        "/sdn/fabrics /sdn/fabrics/f /sdn/prefix-lists /sdn/prefix-lists/p /sdn/route-maps /sdn/route-maps/r";
    let (new, old) = (Catalogue::pve9(), Catalogue::pve8());
    let answers = |text: &str| {
        let path = AclPath::parse(text).unwrap();
        [old.allows_path(&path), new.allows_path(&path)]
    };
    for (paths, expected) in [(allowed, [true; 2]), (refused, [false; 2]), (newer, [false, true])] {
        for path in paths.split_whitespace() {
            assert_eq!(answers(path), expected, "{path}");
        }
    }
    assert_eq!(answers("/sdn/fabrics/a-b"), [false; 2]);
}

#[test]
fn unknown_privileges() {
    let hint = |catalogue: &Catalogue, name: &str| {
        let refusal = catalogue.require_privilege(name).unwrap_err();
        assert_eq!(refusal.to_string(), format!("invalid privilege '{name}'"));
        refusal.hint().unwrap_or_default().to_owned()
    };
    let (new, old) = (Catalogue::pve9(), Catalogue::pve8());
    assert!(hint(&new, "VM.Monitor").contains("pve8") && hint(&new, "VM.Monitor").contains("VM.GuestAgent."));
    for (name, _) in &new.privileges {
        if old.privilege(name).is_none() {
            assert!(hint(&old, name).contains("pve9"), "{name}");
        }
    }
    assert_eq!(hint(&new, "vm.audit"), "did you mean 'VM.Audit'?");
    assert_eq!(hint(&new, "VM.PowerMgt"), "did you mean 'VM.PowerMgmt'?");
    assert_eq!(hint(&new, "frobnicate"), "");
    assert_eq!(new.name(new.require_privilege("VM.Audit").unwrap()), "VM.Audit");
}

#[test]
fn delegation() {
    let catalogue = Catalogue::pve9();
    let below = |path: &str| {
        catalogue.delegation_below(&AclPath::parse(path).unwrap()).map(|one| catalogue.name(one))
    };
    assert_eq!(catalogue.delegation().map(|one| catalogue.name(one)), Some("Permissions.Modify"));
    assert_eq!(below("/vms/100"), Some("VM.Allocate"));
    assert_eq!(below("/storage/a"), Some("Datastore.Allocate"));
    assert_eq!(below("/pool/a/b"), Some("Pool.Allocate"));
    assert_eq!(below("/vms"), None);
    assert_eq!(below("/nodes/x"), None);
}

const SMALL: &str = r#"
name = "small"
superuser = "admin@local"
[role-rules]
blocking = "Nothing"
full = "Everything"
[paths]
allowed = ["/{name}"]
[privileges]
"Door.Open" = "Open a door."
[roles]
Everything = ["*"]
Nothing = []
"#;

#[test]
fn broken_catalogues() {
    let small = Catalogue::parse(SMALL).unwrap();
    assert_eq!((small.title(), small.id(), small.pools().guests()), ("small", "small", ""));
    for (from, to, at, words) in [
        ("admin@local", "admin", "catalogue:3:13:", "no user id"),
        ("\"Nothing\"", "\"Everything\"", "catalogue:5:12:", "without privileges"),
        ("\"Everything\"", "\"Nothing\"", "catalogue:6:8:", "every privilege"),
        ("/{name}", "/{nam}", "catalogue:8:12:", "unknown class '{nam}'"),
        ("[\"*\"]", "[\"Door.Shut\"]", "catalogue:12:15:", "invalid privilege 'Door.Shut'"),
        ("\"Door.Open\"", "\"Door Open\"", "catalogue:10:1:", "cannot name a privilege"),
        ("Nothing = []", "\"No thing\" = []", "catalogue:13:1:", "cannot name a role"),
        ("[paths]", "[pools]\nacl = \"/pool\"\n[paths]", "catalogue:8:7:", "no path prefix"),
        ("[paths]", "[paths]\nlisted = [\"a\"]", "catalogue:8:11:", "is no path"),
        ("[paths]", "[paths]\nlistde = [\"a\"]", "catalogue:8:1:", "unknown field `listde`"),
        ("name = \"small\"", "", "catalogue:1:1:", "missing field `name`"),
        ("\"*\"", "*", "catalogue:12:15:", ""),
    ] {
        let text = SMALL.replacen(from, to, 1);
        let refusal = Catalogue::parse(&text).unwrap_err();
        assert!(matches!(refusal, Error::Syntax { .. }));
        let refusal = refusal.to_string();
        assert!(refusal.starts_with(at) && refusal.contains(words), "{from} -> {to}: {refusal}");
    }
    let crowd: String = (0..129).map(|place| format!("P{place} = \"\"\n")).collect();
    let refusal = Catalogue::parse(&SMALL.replace("[roles]", &format!("{crowd}[roles]"))).unwrap_err();
    assert!(refusal.to_string().contains("room for 128"), "{refusal}");
}

#[test]
fn settings_choose() {
    let chosen = |text: &str| Catalogue::in_settings(text).map(|found| found.map(|one| one.id().to_owned()));
    assert_eq!(chosen("other = 1\n").unwrap(), None);
    assert_eq!(chosen("catalogue = \"pve8\"").unwrap().as_deref(), Some("pve8"));
    let own = SMALL.replace("\n[", "\n[catalogue.").replacen("\nname", "[catalogue]\nname", 1);
    assert_eq!(chosen(&own).unwrap().as_deref(), Some("small"));
    let refusal = chosen("\ncatalogue = \"pve7\"").unwrap_err().to_string();
    assert_eq!(refusal, "usher.toml:2:13: unknown catalogue 'pve7'; shipped are pve9, pve8");
    let refusal = chosen(&own.replace("[\"*\"]", "[\"Door.Shut\"]")).unwrap_err().to_string();
    assert!(refusal.starts_with("usher.toml:12:15: invalid privilege 'Door.Shut'"), "{refusal}");
}
