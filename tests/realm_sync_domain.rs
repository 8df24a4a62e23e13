//! `realm sync` against a real Active Directory domain controller.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use support::Place;
use support::samba::{ADMIN, ADMIN_PASSWORD, BASE, Samba, user};

fn group(name: &str, members: &[&str]) -> String {
    let members: String = members.iter().map(|name| format!("member: CN={name},CN=Users,{BASE}\n")).collect();
    format!("dn: CN={name},CN=Users,{BASE}\nobjectClass: group\nsAMAccountName: {name}\n{members}\n")
}

#[test]
#[ignore = "needs a machine where Samba may be a domain controller: .ci/run looks"]
fn users_and_groups_in_groups() {
    let mut ldif = user("alice", "Passw0rd!a", "givenName: Alice\nmail: alice@ad.test\n");
    ldif += &user("bob", "Passw0rd!b", "");
    ldif += &group("inner", &["bob"]);
    ldif += &group("outer", &["alice", "inner"]);
    let server = Samba::with(&ldif);
    let place = Place::with(&[(
        "domains.cfg",
        &format!(
            "ad: ex\n\tdomain ad.test\n\tserver1 {}\n\tbind_dn {ADMIN}\n\tmode ldap+starttls\n\tfilter (|(cn=alice)(cn=bob))\n\
             \tgroup_filter (|(cn=inner)(cn=outer))\n\
             \tsync-defaults-options scope=both\n\tsync_attributes firstname=givenName,email=mail\n\n",
            server.address
        ),
    )]);
    place.write("priv/realm/ex.pw", ADMIN_PASSWORD);
    place.usher("realm sync ex").quiet();
    assert_eq!(place.lines("user")[..2], ["alice@ex:1:0:Alice::alice@ad.test:::", "bob@ex:1:0::::::"]);
    assert_eq!(place.lines("group"), ["inner-ex:bob@ex::", "outer-ex:alice@ex::"]);
    place.usher("realm sync ex --nested").quiet();
    assert_eq!(place.lines("group"), ["inner-ex:bob@ex::", "outer-ex:alice@ex,bob@ex::"]);
}
