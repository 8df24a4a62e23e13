//! The shipped catalogues, and what becomes of a broken one.

use super::{Catalogue, SHIPPED, table};
use crate::error::Error;
use crate::model::path::AclPath;
use crate::model::privilege::PrivilegeSet;
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
