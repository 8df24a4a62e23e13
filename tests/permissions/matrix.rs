//! The access matrix: its cells, and what it says of the paths that have none, never differ from the decision.

use crate::random::{ODD_PATHS, PATHS, TOKENS, USERS, directory};
use crate::{flags, policy};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use usher::access::matrix::{Cell, Matrix, Origin, Rows, Scope};
use usher::access::{Permissions, Policy};
use usher::catalogue::Catalogue;
use usher::model::path::AclPath;
use usher::model::privilege::PrivilegeSet;

const EVERYTHING: Scope<'_> = Scope { paths: &[], below: false, only: None };

/// The cell of somebody at a path.
fn cell<'m>(matrix: &'m Matrix, who: &str, path: &str) -> Option<&'m Cell> {
    let row = matrix.rows.iter().position(|one| one == who)?;
    let path = matrix.paths.iter().position(|one| one == path)?;
    matrix.cells.iter().find(|cell| cell.row as usize == row && cell.path as usize == path)
}

/// What a matrix of everything says of somebody at a path in normal form.
fn granted(matrix: &Matrix, who: &str, path: &str) -> PrivilegeSet {
    if let Some(cell) = cell(matrix, who, path) {
        return matrix.findings[cell.finding as usize].permissions.granted;
    }
    let mut above = path;
    while above != "/" {
        above = match above.rfind('/') {
            Some(0) | None => "/",
            Some(end) => &above[..end],
        };
        if let Some(cell) = cell(matrix, who, above) {
            let finding = &matrix.findings[cell.finding as usize];
            return finding.below.as_ref().map_or(finding.permissions.propagated, |below| below.granted);
        }
    }
    PrivilegeSet::EMPTY
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_it_says_is_what_is_decided(mut directory in directory()) {
        let catalogue = Catalogue::pve9();
        // Somebody for each group who is in no other.
        for (group, members) in &mut directory.groups {
            members.push(format!("only-{group}@pve"));
        }
        let policy = Policy::compile(&directory, &catalogue);
        let everything = policy.matrix(Rows::Principals, EVERYTHING);
        let paths: Vec<String> = PATHS.iter().chain(&ODD_PATHS).filter(|path| AclPath::is_normal(path)).map(|path| (*path).to_owned()).collect();
        let asked = policy.matrix(Rows::Principals, Scope { paths: &paths, below: false, only: None });
        for who in USERS.iter().chain(&TOKENS) {
            for path in &paths {
                let decided = policy.permissions(who, path);
                prop_assert_eq!(granted(&everything, who, path), decided.granted, "{} {}", who, path);
                match cell(&asked, who, path) {
                    Some(cell) => prop_assert_eq!(asked.findings[cell.finding as usize].permissions, decided, "{} {}", who, path),
                    None => prop_assert_eq!(decided, Permissions::NONE, "{} {}", who, path),
                }
                if let Some(cell) = cell(&everything, who, path) {
                    prop_assert_eq!(everything.findings[cell.finding as usize].permissions, decided, "{} {}", who, path);
                }
            }
        }
        for who in USERS.iter().chain(&TOKENS) {
            let alone = policy.matrix(Rows::Principals, Scope { only: Some(who), ..EVERYTHING });
            for path in &paths {
                prop_assert_eq!(granted(&alone, who, path), policy.permissions(who, path).granted, "{} {}", who, path);
            }
            prop_assert!(alone.rows.iter().all(|row| row == who));
        }
        for (rows, scope) in [(Rows::Groups, EVERYTHING), (Rows::Groups, Scope { paths: &paths, below: true, only: None })] {
            let groups = policy.matrix(rows, scope);
            for (group, _) in &directory.groups {
                for path in &paths {
                    let decided = policy.permissions(&format!("only-{group}@pve"), path);
                    prop_assert_eq!(granted(&groups, group, path), decided.granted, "{} {}", group, path);
                }
            }
        }
        for matrix in [&everything, &asked] {
            prop_assert!(matrix.cells.windows(2).all(|pair| (pair[0].row, pair[0].path) < (pair[1].row, pair[1].path)));
            prop_assert!(matrix.rows.is_sorted());
        }
    }
}

const CREW: &str = "\
user:lena@pve:1:0::::::
user:omar@pve:1:0::::::
token:lena@pve!all:0:0::
token:lena@pve!own:0:1::
group:crew:lena@pve,omar@pve::
pool:fleet::401,402::
acl:1:/:@crew:PVEAuditor:
acl:0:/vms:lena@pve:PVEVMUser:
acl:1:/vms:lena@pve!own:PVEVMAdmin:
acl:1:/vms/300:omar@pve:NoAccess:
acl:1:/pool/fleet:omar@pve:PVEVMUser:
";

#[test]
fn only_what_is_set_has_a_cell() {
    let policy = policy(CREW, &Catalogue::pve9());
    let matrix = policy.matrix(Rows::Principals, EVERYTHING);
    let words = |cell: &Cell| {
        let finding = &matrix.findings[cell.finding as usize];
        let roles: Vec<String> =
            finding.roles.iter().map(|(name, flag)| format!("{name}={}", u8::from(*flag))).collect();
        let (who, path) = (&matrix.rows[cell.row as usize], &matrix.paths[cell.path as usize]);
        let marks = [(finding.pooled, " pool"), (finding.limited, " limited")];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
        format!("{who} {path} {} {:?}{marks}", roles.join(","), finding.origin)
    };
    let cells: Vec<String> = matrix.cells.iter().map(words).collect();
    assert_eq!(
        cells,
        [
            "lena@pve / PVEAuditor=1 Group",
            "lena@pve /vms PVEVMUser=0 Entry",
            "lena@pve!all / PVEAuditor=1 Group",
            "lena@pve!all /vms PVEVMUser=0 Entry",
            "lena@pve!own /vms PVEVMAdmin=1 Entry limited",
            "omar@pve / PVEAuditor=1 Group",
            "omar@pve /pool/fleet PVEVMUser=1 Entry",
            "omar@pve /vms/300 NoAccess=1 Entry",
            "omar@pve /vms/401 PVEAuditor=1,PVEVMUser=0 Inherited pool",
            "omar@pve /vms/402 PVEAuditor=1,PVEVMUser=0 Inherited pool",
            "root@pam / Administrator=1 Superuser",
        ]
    );
    let below = |who| {
        let finding = &matrix.findings[cell(&matrix, who, "/vms").unwrap().finding as usize];
        finding.below.as_ref().map(|below| below.roles.clone())
    };
    assert_eq!(below("lena@pve"), Some(vec!["PVEAuditor".to_owned()]), "hers does not propagate");
    assert_eq!(matrix.findings.iter().filter(|finding| finding.origin == Origin::Superuser).count(), 1);
}

#[test]
fn below_a_path_and_at_several() {
    let catalogue = Catalogue::pve9();
    let policy = policy(CREW, &catalogue);
    let paths = ["/vms".to_owned(), "/vms".to_owned(), "/pool".to_owned()];
    let at = policy.matrix(Rows::Principals, Scope { paths: &paths, below: false, only: None });
    assert_eq!(at.paths, ["/pool", "/vms"]);
    let below = policy.matrix(Rows::Principals, Scope { paths: &paths[..1], below: true, only: None });
    assert_eq!(below.paths, ["/vms", "/vms/300", "/vms/401", "/vms/402"]);
    let omar = cell(&at, "omar@pve", "/vms").unwrap();
    let finding = &at.findings[omar.finding as usize];
    assert_eq!(finding.origin, Origin::Inherited);
    assert_eq!(
        flags(&catalogue, finding.permissions),
        flags(&catalogue, policy.permissions("omar@pve", "/vms"))
    );
}

#[test]
fn guest_0_is_like_no_other_member() {
    let text = "\
user:ann@pve:1:0::::::
user:eve@pve:1:0::::::
pool:a::0,7:nfs:
acl:0:/vms:ann@pve:NoAccess:
acl:1:/pool/a:ann@pve:PVEAuditor:
";
    let policy = policy(text, &Catalogue::pve9());
    let matrix = policy.matrix(Rows::Principals, EVERYTHING);
    for path in ["/vms/0", "/vms/7", "/storage/nfs"] {
        assert_eq!(granted(&matrix, "ann@pve", path), policy.permissions("ann@pve", path).granted, "{path}");
    }
    assert!(cell(&matrix, "ann@pve", "/storage/nfs").is_some());
}

#[test]
fn a_pool_of_the_owner_reaches_a_separated_token() {
    let text = "\
user:ann@pve:1:0::::::
token:ann@pve!one:0:1::
group:blue:ann@pve::
pool:c:::nfs:
acl:1:/pool:@blue:PVEAuditor:
acl:1:/storage:ann@pve!one:PVEVMUser:
";
    let policy = policy(text, &Catalogue::pve9());
    let matrix = policy.matrix(Rows::Principals, EVERYTHING);
    let found = cell(&matrix, "ann@pve!one", "/storage/nfs").unwrap();
    let finding = &matrix.findings[found.finding as usize];
    assert_eq!(finding.permissions, policy.permissions("ann@pve!one", "/storage/nfs"));
    assert!(finding.pooled && finding.limited && !finding.permissions.is_empty());
}
