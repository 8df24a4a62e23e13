//! Signing in to realms whose passwords a directory server knows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use support::slapd::{BASE, SYNC, SYNC_PASSWORD, Slapd, user};
use support::{Place, Run};

/// A directory with users `joe` and `ann` of a realm with this server, and one the server does not know.
fn place(server: &Slapd, more: &str) -> Place {
    let place = Place::new();
    let options = format!(
        "--type ldap --server1 127.0.0.1 --port {} --base_dn {BASE} --user_attr uid --bind_dn {SYNC} {more}",
        server.port
    );
    let words = support::words(&format!("realm add corp {options} --password -"));
    assert_eq!(place.run("usher", words, SYNC_PASSWORD).status, 0);
    place.all(&["user add joe@corp", "user add ann@corp --enable 0", "user add zoe@corp"]);
    place.all(&["user add '*@corp'", "user add '*)(uid=joe@corp'"]);
    place.all(&["user add 'j*@corp'", "user add 'joe)(uid=*@corp'"]);
    place
}

fn check(place: &Place, name: &str, password: &str) -> Run {
    place.run("usher", ["login-check"], &format!("{name}\n{password}\n"))
}

#[test]
fn the_server_decides_about_the_password() {
    let server = Slapd::with(&(user("joe") + &user("ann") + &user("max")));
    let place = place(&server, "");
    for (name, password, status) in [
        ("joe@corp", "joe-secret", 0),
        ("joe@corp", "wrong", 3),
        ("joe@corp", "", 3),
        ("joe@corp", "ann-secret", 3),
        ("ann@corp", "ann-secret", 3),
        ("max@corp", "max-secret", 3),
        ("zoe@corp", "zoe-secret", 3),
        ("*@corp", "joe-secret", 3),
        ("*)(uid=joe@corp", "joe-secret", 3),
        ("j*@corp", "joe-secret", 3),
        ("joe)(uid=*@corp", "joe-secret", 3),
    ] {
        let run = check(&place, name, password);
        assert_eq!(run.status, status, "{name} {password}: {run:?}");
        assert!(!run.err.contains("secret"), "{run:?}");
    }
}

/// Whoever may write an entry anywhere below the base may give it any name, in any letter case.
#[test]
fn a_name_of_two_entries_lets_nobody_in() {
    let other = |place: &str, name: &str, class: &str| {
        format!(
            "dn: cn={place},ou=groups,dc=test\nobjectClass: {class}\ncn: {place}\nsn: x\n{name}\
             userPassword: other-secret\n\n"
        )
    };
    let aliases = other("x", "uid: max\nuid: joe\n", "inetOrgPerson");
    let capitals = other("y", "uid: JOE\n", "inetOrgPerson");
    for ldif in [aliases.clone() + &user("joe"), user("joe") + &aliases, capitals + &user("joe")] {
        let server = Slapd::with(&ldif);
        let place = place(&server, "");
        for password in ["other-secret", "joe-secret"] {
            check(&place, "joe@corp", password).refused(3);
        }
        // The realm's own filter tells who is meant.
        place.usher("realm modify corp --filter '(mail=*)'");
        check(&place, "joe@corp", "other-secret").refused(3);
        assert_eq!(check(&place, "joe@corp", "joe-secret").status, 0);
    }
}

#[test]
fn all_refusals_say_the_same() {
    let server = Slapd::with(&(user("joe") + &user("ann")));
    let place = place(&server, "");
    let said = |name, password| check(&place, name, password).refused(3);
    let wrong = said("joe@corp", "wrong");
    for (name, password) in [("ann@corp", "ann-secret"), ("zoe@corp", "x"), ("nobody@corp", "x")] {
        assert_eq!(said(name, password), wrong, "{name}");
    }
}

#[test]
fn a_server_that_is_down_lets_nobody_in() {
    let mut server = Slapd::with(&user("joe"));
    let place = place(&server, "");
    server.stop();
    assert_ne!(check(&place, "joe@corp", "joe-secret").status, 0);
}

#[test]
fn a_ticket_for_a_user_of_a_server() {
    let server = Slapd::with(&user("joe"));
    let place = place(&server, "");
    let ticket = place.run("usher", ["ticket", "joe@corp"], "joe-secret\n");
    assert_eq!(ticket.status, 0, "{ticket:?}");
    assert!(ticket.out.starts_with("PVE:joe@corp:"), "{ticket:?}");
}
