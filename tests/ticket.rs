//! Tickets, tokens and sign-ins on the command line, both faces.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fs::File;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use support::{Place, Run, words};
use usher::secret::otpauth::Otpauth;

const PASSWORD: &str = "correct horse";
const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn joe() -> Place {
    Place::after(&[
        &format!("user add joe@pve --password '{PASSWORD}'"),
        &format!("user add ann@pve --password '{PASSWORD}'"),
        "acl modify /vms --users joe@pve --roles PVEVMUser",
    ])
}

fn ask(place: &Place, line: &str, typed: &str) -> Run {
    place.run("usher", words(line), &format!("{typed}\n"))
}

fn ticket(place: &Place, user: &str) -> String {
    ask(place, &format!("ticket {user}"), PASSWORD).quiet().trim().to_owned()
}

fn holder(place: &Place, ticket: &str) -> std::result::Result<String, i32> {
    let run = ask(place, "ticket verify --output-format json", ticket);
    if run.status != 0 {
        assert_eq!((run.status, run.err.as_str()), (3, "error: authentication failure\n"), "{run:?}");
        return Err(run.status);
    }
    Ok(run.json()["userid"].as_str().unwrap().to_owned())
}

/// Dates a file of the directory back.
fn age(place: &Place, name: &str, seconds: u64) {
    let then = SystemTime::now() - Duration::from_secs(seconds);
    File::options().write(true).open(place.path().join(name)).unwrap().set_modified(then).unwrap();
}

#[test]
fn a_ticket_for_a_password() {
    for name in ["usher", "pveum"] {
        let place = joe();
        let run = place.run(name, ["ticket", "joe@pve"], &format!("{PASSWORD}\n"));
        let made = run.quiet();
        assert!(made.starts_with("PVE:joe@pve:") && made.lines().count() == 1, "{made}");
        assert_eq!(holder(&place, made.trim()), Ok("joe@pve".into()));
        let mode = |file: &str| place.path().join(file).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("priv/authkey.key"), mode("priv"), mode("authkey.pub")), (0o600, 0o700, 0o640));
        let again = place.run(name, ["ticket", "joe", "--realm", "pve"], &format!("{PASSWORD}\n"));
        assert!(again.quiet().starts_with("PVE:joe@pve:"));
    }
}

#[test]
fn every_refusal_says_the_same() {
    let place = joe();
    place.all(&["user add dis@pve --enable 0 --password 'correct horse'"]);
    place.all(&["user add exp@pve --expire 1 --password 'correct horse'"]);
    for (user, typed) in [
        ("joe@pve", "wrong horse"),
        ("joe@pve", ""),
        ("eve@pve", PASSWORD),
        ("joe@nope", PASSWORD),
        ("joe", PASSWORD),
        ("dis@pve", PASSWORD),
        ("exp@pve", PASSWORD),
        ("joe@pve", "PVE:joe@pve:00000000::AAAA"),
    ] {
        let run = place.run("usher", ["ticket", user], &format!("{typed}\n"));
        assert_eq!((run.status, run.err.as_str()), (3, "error: authentication failure\n"), "{user} {typed}");
        let run = place.run("pveum", ["ticket", user], &format!("{typed}\n"));
        assert_eq!((run.status, run.err.as_str()), (255, "401 authentication failure\n"), "{user} {typed}");
        assert_eq!(run.out, "");
    }
    assert_eq!(place.read("authkey.pub"), "", "no key was needed");
}

#[test]
fn a_password_on_the_command_line_is_not_looked_at() {
    let place = joe();
    let words = ["ticket", "joe@pve", "--password", PASSWORD];
    assert_eq!(place.run("pveum", words, "wrong\n").status, 255);
    place.run("pveum", words, &format!("{PASSWORD}\n")).quiet();
}

#[test]
fn who_holds_a_ticket() {
    let place = joe();
    let good = ticket(&place, "joe@pve");
    assert_eq!(holder(&place, &good), Ok("joe@pve".into()));
    for bad in
        [&good.replace("joe", "ann"), good.get(..good.len() - 4).unwrap(), "", "x", "PVE:joe@pve:00000000::"]
    {
        assert_eq!(holder(&place, bad), Err(3), "{bad}");
    }
    place.all(&["user modify joe@pve --enable 0"]);
    assert_eq!(holder(&place, &good), Err(3), "disabled meanwhile");
    place.all(&["user modify joe@pve --enable 1"]);
    assert_eq!(holder(&place, &good), Ok("joe@pve".into()));
    place.all(&["user delete joe@pve"]);
    assert_eq!(holder(&place, &good), Err(3), "deleted meanwhile");
    assert_eq!(holder(&Place::new(), &good), Err(3), "a directory without keys");
}

#[test]
fn keys_are_replaced_every_day_and_the_previous_one_counts() {
    let place = joe();
    let first = ticket(&place, "joe@pve");
    let key = place.read("authkey.pub");
    ticket(&place, "joe@pve");
    assert_eq!(place.read("authkey.pub"), key, "still fresh");
    age(&place, "authkey.pub", 24 * 3600 + 5);
    let second = ticket(&place, "joe@pve");
    assert_ne!(place.read("authkey.pub"), key);
    assert_eq!(place.read("authkey.pub.old"), key);
    assert_eq!(holder(&place, &first), Ok("joe@pve".into()));
    assert_eq!(holder(&place, &second), Ok("joe@pve".into()));
    // The grace of the previous key: what it signed before the rotation, and not later.
    age(&place, "authkey.pub.old", 400);
    assert_eq!(holder(&place, &first), Err(3));
    assert_eq!(holder(&place, &second), Ok("joe@pve".into()));
    let future = SystemTime::now() + Duration::from_secs(1000);
    let file = File::options().write(true).open(place.path().join("authkey.pub")).unwrap();
    file.set_modified(future).unwrap();
    let key = place.read("authkey.pub");
    ticket(&place, "joe@pve");
    assert_ne!(place.read("authkey.pub"), key, "a key of the future is replaced");
}

#[test]
fn keys_that_do_not_belong_together_sign_nothing() {
    let place = joe();
    ticket(&place, "joe@pve");
    let other = joe();
    ticket(&other, "joe@pve");
    place.write("authkey.pub", other.read("authkey.pub"));
    let message = ask(&place, "ticket joe@pve", PASSWORD).refused(1);
    assert!(message.contains("do not belong together") && !message.contains("BEGIN"), "{message}");
    place.write("authkey.pub", "garbage");
    let message = ask(&place, "ticket joe@pve", PASSWORD).refused(1);
    assert!(message.contains("no RSA key") && !message.contains("garbage"), "{message}");
}

#[test]
fn many_at_a_time_make_one_key() {
    let place = joe();
    let tickets: Vec<String> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| ticket(&place, "joe@pve"))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for one in tickets {
        assert_eq!(holder(&place, &one), Ok("joe@pve".into()));
    }
    assert_eq!(place.read("authkey.pub.old"), "");
}

#[test]
fn a_ticket_renews_itself_and_the_superuser_s_is_good_for_everybody() {
    let place = Place::with(&[("domains.cfg", "pve: pve\n")]);
    place.all(&[
        &format!("user add joe@pve --password '{PASSWORD}'"),
        "user add ann@pve",
        "user add dis@pve --enable 0",
    ]);
    let joe = ticket(&place, "joe@pve");
    let renewed = ask(&place, "ticket joe@pve", &joe).quiet();
    assert_eq!(holder(&place, renewed.trim()), Ok("joe@pve".into()));
    assert_eq!(ask(&place, "ticket ann@pve", &joe).status, 3);
    let root = superuser_ticket(&place);
    assert_eq!(holder(&place, ask(&place, "ticket ann@pve", &root).quiet().trim()), Ok("ann@pve".into()));
    assert_eq!(ask(&place, "ticket dis@pve", &root).status, 3);
    assert_eq!(ask(&place, "ticket eve@pve", &root).status, 3);
}

/// A ticket of the superuser, signed with the key of the directory.
fn superuser_ticket(place: &Place) -> String {
    use usher::secret::ticket_key::{Digest, SigningKey};
    let key = SigningKey::from_pem(place.read("priv/authkey.key").as_bytes()).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let root = usher::model::id::UserId::parse("root@pam").unwrap();
    usher::secret::ticket::issue(&key, Digest::Sha1, &root, now.try_into().unwrap()).unwrap()
}

#[test]
fn a_half_ticket_while_the_second_factor_is_due() {
    for name in ["usher", "pveum"] {
        let place = joe();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let totp = Otpauth::parse(&format!("otpauth://totp/x?secret={KEY}")).unwrap();
        let enrol =
            ask(&place, "tfa add totp joe@pve --key-from-stdin", &format!("{KEY}\n{}", totp.code(now)));
        assert_eq!(enrol.status, 0, "{enrol:?}");
        let half = place.run(name, ["ticket", "joe@pve"], &format!("{PASSWORD}\n"));
        assert_eq!(half.status, 0, "{half:?}");
        let half = half.out.trim().to_owned();
        assert!(half.starts_with("PVE:!tfa!{\"totp\"%3Atrue}:"), "{half}");
        assert_eq!(holder(&place, &half), Err(3), "half is none");
        let second = |user: &str, answer: &str| {
            place.run(name, ["ticket", user, "--tfa-challenge", &half], &format!("{answer}\n"))
        };
        let code = format!("totp:{}", totp.code(now + 30));
        assert_ne!(second("ann@pve", &code).status, 0, "somebody else's");
        assert_ne!(second("joe@pve", "totp:000000x").status, 0);
        let whole = second("joe@pve", &code).quiet();
        assert_eq!(holder(&place, whole.trim()), Ok("joe@pve".into()));
        assert_ne!(second("joe@pve", &code).status, 0, "used before");
        let both = ["ticket", "joe@pve", "--tfa-challenge", &half, "--otp", "totp:1"];
        assert!(place.run(name, both, "x\n").err.contains("cannot be given with"));
    }
}

#[test]
fn a_whole_answer_for_programs() {
    let place = joe();
    place.write("pve-www.key", "not a key\n");
    let answer = ask(&place, "ticket joe@pve --output-format json", PASSWORD).json();
    assert_eq!(answer["username"], "joe@pve");
    assert_eq!(holder(&place, answer["ticket"].as_str().unwrap()), Ok("joe@pve".into()));
    assert_eq!(answer["CSRFPreventionToken"].as_str().unwrap().len(), 8 + 1 + 43);
    place.pveum("ticket joe@pve --output-format json").refused(255);
}

#[test]
fn may_somebody_do_this() {
    let place = joe();
    let good = ticket(&place, "joe@pve");
    for (user, proof, path, privileges, may) in [
        ("joe@pve", PASSWORD, "/vms/100", "VM.Audit", true),
        ("joe@pve", &good, "/vms/100", "VM.Audit,VM.Console", true),
        ("joe@pve", PASSWORD, "/vms/100", "VM.Audit,VM.Allocate", false),
        ("joe@pve", PASSWORD, "/", "VM.Audit", false),
        ("joe@pve", PASSWORD, "/vms", "No.Such", false),
        ("joe@pve", "wrong", "/vms", "VM.Audit", false),
        ("ann@pve", PASSWORD, "/vms", "VM.Audit", false),
        ("ann@pve", &good, "/vms", "VM.Audit", false),
    ] {
        for (name, refused) in [("usher", 3), ("pveum", 255)] {
            let run = place.run(
                name,
                ["ticket", user, "--path", path, "--privs", privileges],
                &format!("{proof}\n"),
            );
            let expected = if may { 0 } else { refused };
            assert_eq!((run.status, run.out.as_str()), (expected, ""), "{user} {path} {privileges}: {run:?}");
        }
    }
    let run = ask(&place, "ticket joe@pve --path /vms", PASSWORD);
    assert!(run.status == 2 && run.err.contains("missing property required by 'path'"), "{run:?}");
}

#[test]
fn checking_a_sign_in_for_another_program() {
    let place = joe();
    for (input, status) in [
        ("joe@pve\ncorrect horse\n", 0),
        ("joe@pve\ncorrect horse", 0),
        ("joe@pve\nwrong\n", 3),
        ("eve@pve\ncorrect horse\n", 3),
        ("joe\ncorrect horse\n", 3),
        ("joe@pve\n\n", 3),
        ("joe@pve\n", 1),
        ("", 1),
    ] {
        let run = place.run("usher", ["login-check"], input);
        assert_eq!((run.status, run.out.as_str()), (status, ""), "{input:?}: {run:?}");
    }
    assert_eq!(place.run("usher", ["login-check", "--realm", "pve"], "joe\ncorrect horse\n").status, 0);
    place.pveum("login-check").refused(255);
    let keys = place.usher("tfa add recovery joe@pve --output-format json").json();
    let key = keys[0]["key"].as_str().unwrap();
    for (answer, status) in [("", 3), ("recovery:0", 3), (&format!("recovery:{key}"), 0)] {
        let run = place.run("usher", ["login-check"], &format!("joe@pve\ncorrect horse\n{answer}\n"));
        assert_eq!(run.status, status, "{answer}: {run:?}");
    }
}

#[test]
fn whose_token_is_this() {
    let place = joe();
    let secret = place.usher("token add joe@pve ci --output-format json").json()["value"].clone();
    let secret = secret.as_str().unwrap();
    let check = |text: &str| ask(&place, "token verify --output-format json", text);
    let answer = check(&format!("joe@pve!ci={secret}")).json();
    assert_eq!(
        (answer["full-tokenid"].as_str(), answer["userid"].as_str()),
        (Some("joe@pve!ci"), Some("joe@pve"))
    );
    for bad in
        [format!("joe@pve!ci={secret}0"), format!("ann@pve!ci={secret}"), "joe@pve!ci=".into(), "x".into()]
    {
        let run = check(&bad);
        assert_eq!((run.status, run.err.as_str()), (3, "error: authentication failure\n"), "{bad}");
    }
    place.all(&["token modify joe@pve ci --expire 1"]);
    assert_eq!(check(&format!("joe@pve!ci={secret}")).status, 3);
    place.pveum("user token verify").refused(255);
}

#[test]
fn an_old_hash_is_renewed_where_the_directory_is_ours() {
    let place = joe();
    place.write("usher.toml", "[password]\nhash = \"sha256-crypt\"\n");
    place.all(&[&format!("passwd joe@pve --password '{PASSWORD}'")]);
    let old = place.read("priv/shadow.cfg");
    assert!(old.contains("joe:$5$"), "{old}");
    place.write("usher.toml", "");
    place.run("pveum", ["ticket", "joe@pve"], &format!("{PASSWORD}\n")).quiet();
    place.write("usher.toml", "[password]\nrehash = false\n");
    ticket(&place, "joe@pve");
    assert_eq!(place.read("priv/shadow.cfg"), old);
    place.write("usher.toml", "");
    ticket(&place, "joe@pve");
    let renewed = place.read("priv/shadow.cfg");
    assert!(renewed.contains("joe:$argon2id$"), "{renewed}");
    ticket(&place, "joe@pve");
    assert_eq!(place.read("priv/shadow.cfg"), renewed);
}
