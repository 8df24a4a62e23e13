//! Passwords: where they come from, how they are kept, and who can verify them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use argon2::{Argon2, PasswordVerifier};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use support::terminal::on_terminal;
use support::{Place, fed};

const TYPED: &str = "secret-enough\nsecret-enough\n";

fn joe() -> Place {
    Place::after(&["user add joe@pve"])
}

/// The stored hash of the only user that has one.
#[track_caller]
fn stored(place: &Place) -> String {
    let text = place.read("priv/shadow.cfg");
    let fields: Vec<&str> = text.trim_end().split(':').collect();
    assert_eq!((fields.len(), fields[0], fields[2]), (3, "joe", ""), "{text}");
    fields[1].to_owned()
}

fn is_argon2_of(hash: &str, password: &str) -> bool {
    Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
}

#[test]
fn two_lines_on_stdin_are_a_password() {
    for name in ["usher", "pveum"] {
        let place = joe();
        place.run(name, ["passwd", "joe@pve"], TYPED).quiet();
        let hash = stored(&place);
        assert!(hash.starts_with("$argon2id$") && is_argon2_of(&hash, "secret-enough"), "{hash}");
        assert!(!is_argon2_of(&hash, "secret-other"));
        let mode = place.path().join("priv/shadow.cfg").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        place.run(name, ["passwd", "joe@pve"], TYPED).quiet();
        assert_ne!(stored(&place), hash, "every hash has a salt of its own");
    }
}

#[test]
fn the_settings_choose_the_hash_and_others_verify_it() {
    let place = joe();
    place.write("usher.toml", "[password]\nhash = \"sha256-crypt\"\n");
    place.run("usher", ["passwd", "joe@pve"], TYPED).quiet();
    let hash = stored(&place);
    let fields: Vec<&str> = hash.split('$').collect();
    assert_eq!((fields.len(), fields[1]), (4, "5"), "{hash}");
    let openssl =
        Command::new("openssl").args(["passwd", "-5", "-salt", fields[2], "secret-enough"]).output();
    let openssl =
        openssl.unwrap_or_else(|error| panic!("openssl is needed: apt-get install openssl: {error}"));
    assert_eq!(String::from_utf8(openssl.stdout).unwrap().trim(), hash);
    place.write("usher.toml", "[password]\nhash = \"argon2id\"\n");
    place.run("usher", ["passwd", "joe@pve"], TYPED).quiet();
    assert!(stored(&place).starts_with("$argon2id$"));
    place.write("usher.toml", "[password]\nhash = \"md5\"\n");
    let message = place.untouched("passwd joe@pve --password secret-enough").refused(1);
    assert!(message.contains("usher.toml:2:") && message.contains("sha256-crypt"), "{message}");
}

#[test]
fn every_way_to_give_one() {
    for (name, words, input) in [
        ("usher", &["passwd", "joe@pve", "--password", "secret-enough"][..], ""),
        ("pveum", &["passwd", "joe@pve", "--password", "secret-enough"], ""),
        ("usher", &["passwd", "joe@pve", "--password", "-"], "secret-enough\n"),
        ("usher", &["passwd", "joe@pve", "--password"], TYPED),
        ("pveum", &["passwd", "joe@pve", "-confirmation-password", "mine too"], TYPED),
    ] {
        let place = joe();
        place.run(name, words, input).quiet();
        assert!(is_argon2_of(&stored(&place), "secret-enough"), "{name} {words:?}");
    }
    for (name, words, input) in [
        ("usher", &["user", "add", "joe@pve", "--password", "secret-enough"][..], ""),
        ("pveum", &["user", "add", "joe@pve", "-password", "secret-enough"], ""),
        ("usher", &["user", "add", "joe@pve", "--password", "-"], "secret-enough\n"),
        ("usher", &["user", "add", "joe@pve", "-password"], TYPED),
    ] {
        let place = Place::new();
        place.run(name, words, input).quiet();
        assert!(is_argon2_of(&stored(&place), "secret-enough"), "{name} {words:?}");
    }
}

#[test]
fn what_is_no_password_is_refused() {
    let place = joe();
    for short in ["1234", ""] {
        let words = ["passwd", "joe@pve", "--password", "secret-enough", "--confirmation-password", short];
        let said = place.run("pveum", words, "").refused(255);
        assert!(said.contains("confirmation-password: value must be at least 5 characters long"), "{said}");
    }
    let long = "x".repeat(65);
    let too_long = format!("{long}\n{long}\n");
    for (input, status) in [
        ("", 1),
        ("secret-enough\n", 1),
        ("secret-enough\nsecret-other\n", 1),
        ("short\nshort\n", 2),
        ("\n\n", 2),
        (too_long.as_str(), 2),
    ] {
        let before = place.files();
        let message = place.run("usher", ["passwd", "joe@pve"], input).refused(status);
        place.run("pveum", ["passwd", "joe@pve"], input).refused(255);
        assert!(place.files() == before, "{input:?}");
        assert!(!message.contains("secret"), "the password is repeated: {message}");
    }
    for user in ["eve@pve", "joe@nowhere", "joe"] {
        assert_ne!(place.run("usher", ["passwd", user], TYPED).status, 0, "{user}");
    }
    place.all(&[
        "realm add ex --type ldap --base_dn dc=example --server1 192.0.2.1 --user_attr uid",
        "user add joe@ex",
    ]);
    let message = place.run("usher", ["passwd", "joe@ex"], TYPED).refused(1);
    assert!(message.contains("ldap"), "{message}");
    assert!(!place.files().contains_key("priv/shadow.cfg"));
}

#[test]
fn a_password_refused_leaves_no_user_behind() {
    let place = Place::new();
    for (line, status) in
        [("user add joe@pve --password short", 2), ("user add joe@nowhere --password secret-enough", 1)]
    {
        place.untouched(line).refused(status);
    }
    place.run("usher", ["user", "add", "joe@pve", "--password"], "one-password\nother-password\n").refused(1);
    assert!(place.files().is_empty());
}

#[test]
fn a_terminal_asks_and_shows_stars() {
    let place = joe();
    let asked = [("Enter new password: ", "secret-enough\n"), ("Retype new password: ", "secret-enough\n")];
    for (number, name) in ["usher", "pveum"].into_iter().enumerate() {
        let mut command = place.command(name);
        let run = on_terminal(command.args(["passwd", "joe@pve"]), (80, 24), &asked);
        assert_eq!(run.status, 0, "{run:?}");
        assert!(!run.out.contains("secret"), "{run:?}");
        assert_eq!(run.out.matches('*').count(), 2 * "secret-enough".len(), "{run:?}");
        assert!(is_argon2_of(&stored(&place), "secret-enough"), "{number}");
    }
    let mut command = place.command("usher");
    command.args(["user", "add", "eve@pve", "--password"]);
    let run = on_terminal(&command, (80, 24), &[asked[0], ("Retype new password: ", "something-else\n")]);
    assert!(run.status == 1 && run.out.contains("passwords do not match"), "{run:?}");
    assert!(!place.read("user.cfg").contains("eve"));
    let run = on_terminal(&command, (80, 24), &[("Enter new password: ", "some\x03")]);
    // Whoever started the tests may have the signal ignored, as shells do for what runs in the background.
    assert!(run.status == -1 || run.out.contains("interrupted"), "{run:?}");
    assert!(run.status != 0 && !place.read("user.cfg").contains("eve"), "{run:?}");
}

/// The system's own accounts are the system's business: the hash goes to its tool, through a pipe.
#[test]
fn a_system_account_goes_to_the_system() {
    let place = Place::after(&["user add joe@pam"]);
    let script = |name: &str, text: &str| {
        fs::write(place.program(name), format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(place.program(name), fs::Permissions::from_mode(0o755)).unwrap();
    };
    let given = place.program("given");
    // As usher it goes to PAM where that can be asked: tests/pam.rs.
    let (name, status) = if cfg!(feature = "pam") { ("pveum", 255) } else { ("usher", 1) };
    let run = |input: &str| {
        let mut command = place.command(name);
        command.env("PATH", place.program("")).args(["passwd", "joe@pam"]);
        fed(&mut command, input)
    };
    script("getent", "test \"$*\" = 'passwd -- joe'");
    script("chpasswd", &format!("echo \"$*\" > {0}; /bin/cat >> {0}; /usr/bin/env >> {0}", given.display()));
    let before = place.files();
    run(TYPED).quiet();
    let text = fs::read_to_string(&given).unwrap();
    assert!(text.starts_with("--encrypted\njoe:$5$") && !text.contains("secret"), "{text}");
    assert!(place.files() == before);
    script("chpasswd", "/bin/cat > /dev/null; echo 'no such luck' >&2; exit 1");
    assert!(run(TYPED).refused(status).contains("no such luck"));
    script("getent", "exit 2");
    assert!(run(TYPED).refused(status).contains("user 'joe' does not exist"));
}

#[test]
fn dry_run_stores_nothing_and_shows_nothing() {
    let place = joe();
    let before = place.files();
    let run = place.run("usher", ["passwd", "joe@pve", "--dry-run"], TYPED);
    assert_eq!((run.status, run.err.as_str()), (3, ""), "{run:?}");
    assert!(run.out.contains("+joe (secret)") && !run.out.contains('$'), "{run:?}");
    assert!(place.files() == before);
}

const EASY: &str = "password: value is too easy to guess";

#[test]
fn what_is_easy_to_guess_is_refused_with_advice() {
    let place = joe();
    let easy = "password123\npassword123\n";
    let before = place.files();
    for (words, input) in [
        (&["passwd", "joe@pve"][..], easy),
        (&["passwd", "joe@pve", "--password", "-"], easy),
        (&["passwd", "joe@pve", "--password", "password123"], ""),
        (&["passwd", "joe@pve", "--dry-run"], easy),
        (&["user", "add", "eve@pve", "--password"], easy),
        (&["user", "add", "eve@pve", "--password", "-"], easy),
        (&["user", "add", "eve@pve", "--password", "password123"], ""),
    ] {
        let message = place.run("usher", words, input).refused(2);
        assert!(
            message.contains(EASY) && message.contains("add another word or two"),
            "{words:?}: {message}"
        );
        assert!(!message.contains("password123"), "{message}");
        assert!(place.files() == before, "{words:?}");
    }
    place.run("pveum", ["passwd", "joe@pve"], easy).quiet();
    place.run("pveum", ["user", "add", "eve@pve", "--password", "password123"], "").quiet();
    // Who is in already comes in: it is about new passwords.
    place.run("usher", ["login-check"], "joe@pve\npassword123\n").quiet();
}

#[test]
fn words_about_the_user_are_easy_to_guess() {
    let place = Place::after(&[
        "user add joe@pve --firstname Ottokar --lastname Wesskamp --email ow@tarnhof.example",
    ]);
    for text in ["Wesskamp-77", "ottokar wesskamp", "tarnhof.example", "pve joe joe pve"] {
        let message = place.run("usher", ["passwd", "joe@pve", "--password", "-"], text).refused(2);
        assert!(message.contains(EASY), "{text}: {message}");
    }
    let words = ["user", "add", "eve@pve", "--lastname", "Brunnquell", "--password", "-"];
    let message = place.run("usher", words, "brunnquell4\n").refused(2);
    assert!(message.contains("made of what is known of the user"), "{message}");
    place.run("usher", ["passwd", "joe@pve", "--password", "-"], "brunnquell4\n").quiet();
}

#[test]
fn the_settings_say_how_hard_it_has_to_be() {
    let place = joe();
    let set = |settings: &str, text: &str| {
        place.write("usher.toml", settings);
        place.run("usher", ["passwd", "joe@pve", "--password", "-"], text)
    };
    set("[password]\nstrength = 0\n", "password123\n").quiet();
    set("[password]\nstrength = 4\n", "secret-enough\n").refused(2);
    set("[password]\nstrength = 3\n", "secret-enough\n").quiet();
    assert!(set("[password]\nstrength = 5\n", "secret-enough\n").refused(1).contains("usher.toml:2:12"));
    // The length is no matter of taste.
    set("[password]\nstrength = 0\n", "short\n").refused(2);
}
