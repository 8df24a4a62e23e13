//! Signing in through a provider of OpenID Connect, with a real one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "openid/provider.rs"]
mod provider;
mod support;

use provider::{Browser, Provider};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Stdio};
use support::{Place, Run, words};

fn accounts() -> Value {
    json!({
        "joe": {"email": "joe@example.org", "given_name": "Joe", "family_name": "Doe",
            "preferred_username": "jdoe", "groups": ["admins", "staff", "no group", 7]},
        "ann": {"groups": "admins"},
    })
}

/// A directory with the realm `corp` at this provider.
fn place(provider: &Provider, more: &str) -> Place {
    let place = Place::new();
    let fixed = format!("--type openid --issuer-url {} --client-id usher", provider.issuer);
    let key = if more.contains("--client-key") { "" } else { "--client-key sekrit" };
    place.all(&[&format!("realm add corp {fixed} {key} {more}")]);
    place
}

/// `usher realm login corp` while it waits for the browser.
struct Waiting {
    child: Child,
    said: BufReader<std::process::ChildStderr>,
    address: String,
}

impl Waiting {
    fn start(place: &Place, more: &str) -> Self {
        let mut command = place.command("usher");
        command.args(["realm", "login", "corp"]).args(words(more));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let (mut text, mut address) = (String::new(), String::new());
        said.read_line(&mut text).unwrap();
        said.read_line(&mut address).unwrap();
        assert!(text.starts_with("Open this address") && address.starts_with("http"), "{text}{address}");
        Self { child, said, address: address.trim().to_owned() }
    }

    /// Another value of one part of the address.
    fn altered(&self, name: &str) -> String {
        let (before, behind) = self.address.split_once(&format!("{name}=")).unwrap();
        let (value, rest) = behind.split_at(behind.find('&').unwrap_or(behind.len()));
        let other: String = value.chars().rev().collect();
        assert!(other != value, "{value}");
        format!("{before}{name}={}{rest}", other.replace('%', ""))
    }

    /// What it comes to.
    fn end(mut self) -> Run {
        let mut err = String::new();
        self.said.read_to_string(&mut err).unwrap();
        let output = self.child.wait_with_output().unwrap();
        Run { err, ..output.into() }
    }
}

/// Signs in at the provider and brings the answer back.
fn sign_in(provider: &Provider, place: &Place, account: &str, more: &str) -> Run {
    let waiting = Waiting::start(place, more);
    let mut browser = Browser::new();
    let back = browser.sign_in(provider, &waiting.address, Some(account));
    assert_eq!(browser.load(&back, None).0, 200);
    waiting.end()
}

#[test]
fn a_new_user_gets_a_ticket() {
    for userinfo in [false, true] {
        let provider = Provider::start(&accounts(), userinfo);
        let place = place(&provider, "--autocreate 1");
        let ticket = sign_in(&provider, &place, "joe", "").quiet();
        assert_eq!(place.lines("user"), ["joe@corp:1:0:Joe:Doe:joe@example.org:::", "root@pam:1:0::::::"]);
        let holder = place.run("usher", ["ticket", "verify"], &ticket);
        assert!(holder.out.contains("joe@corp"), "{holder:?}");
        place.all(&["user modify joe@corp --firstname Other"]);
        let files = place.files();
        let again = sign_in(&provider, &place, "joe", "--output-format json").json();
        assert_eq!(again["username"], "joe@corp");
        assert!(place.files() == files, "an existing user is not changed");
    }
}

#[test]
fn the_question_asks_what_the_realm_says() {
    let provider = Provider::start(&accounts(), false);
    let place = place(&provider, "--scopes email --acr-values urn:a --prompt consent --autocreate 1");
    let waiting = Waiting::start(&place, "");
    for part in [
        "response_type=code&",
        "code_challenge_method=S256",
        "display=page",
        "prompt=consent",
        "scope=openid+email&",
        "acr_values=urn%3Aa",
        "client_id=usher&",
        "state=%7B%22csrf_token%22%3A%22",
        "%22realm%22%3A%22corp%22%7D",
        "redirect_uri=http%3A%2F%2F127.0.0.1%3A",
        "nonce=",
    ] {
        assert!(format!("{}&", waiting.address).contains(part), "{part}: {}", waiting.address);
    }
    let mut browser = Browser::new();
    let back = browser.sign_in(&provider, &waiting.address, Some("joe"));
    browser.load(&back, None);
    waiting.end().quiet();
    assert_eq!(place.lines("user")[0], "joe@corp:1:0:::joe@example.org:::", "no scope, no name");
}

#[test]
fn the_claim_with_the_name() {
    let provider = Provider::start(&accounts(), false);
    let place = place(&provider, "--username-claim username --query-userinfo 0");
    place.all(&["user add jdoe@corp"]);
    sign_in(&provider, &place, "joe", "").quiet();
    let message = sign_in(&provider, &place, "ann", "").refused(1);
    assert!(message.contains("missing claim 'preferred_username'"), "{message}");
}

#[test]
fn forged_answers_open_nothing() {
    let provider = Provider::start(&accounts(), false);
    let place = place(&provider, "--autocreate 1");
    let before = place.files();
    for (part, said) in [("code_challenge", "invalid_grant"), ("nonce", "nonce")] {
        let waiting = Waiting::start(&place, "");
        let mut browser = Browser::new();
        let back = browser.sign_in(&provider, &waiting.altered(part), Some("joe"));
        browser.load(&back, None);
        let message = waiting.end().refused(1);
        assert!(message.contains(said), "{part}: {message}");
        assert!(place.files() == before);
    }
    let waiting = Waiting::start(&place, "");
    let mut browser = Browser::new();
    let back = browser.sign_in(&provider, &waiting.altered("state"), Some("joe"));
    let own = back.split('?').next().unwrap();
    for other in [&back, own, &format!("{own}?code=x"), &format!("{own}?error=access_denied")] {
        assert_eq!(browser.load(other, None).0, 400, "{other}");
    }
    assert_eq!(browser.load(&format!("{own}favicon.ico"), None).0, 404);
    let back = Browser::new().sign_in(&provider, &waiting.address, Some("joe"));
    let other = back.replace("iss=http", "iss=https");
    assert_ne!(other, back);
    assert_eq!(browser.load(&other, None).0, 200);
    let message = waiting.end().refused(1);
    assert!(message.contains("another provider's"), "{message}");
    assert!(place.files() == before);
}

#[test]
fn who_may_not_sign_in_is_told_why() {
    let provider = Provider::start(&accounts(), false);
    let place = place(&provider, "");
    for (line, said) in [
        ("user list", "'joe@corp' is not there"),
        ("user add joe@corp --enable 0", "'joe@corp' is disabled"),
        ("user modify joe@corp --enable 1 --expire 1000", "at its end"),
    ] {
        place.all(&[line]);
        let before = place.files();
        let message = sign_in(&provider, &place, "joe", "").refused(3);
        assert!(message.contains(said) && message.ends_with("error: authentication failure\n"), "{message}");
        assert!(place.files() == before, "{line}");
    }
}

#[test]
fn groups_come_and_go() {
    let provider = Provider::start(&accounts(), false);
    let asks = "--scopes 'profile groups' --groups-claim groups --autocreate 1";
    let realm = place(&provider, asks);
    realm.all(&["group add staff-corp", "group add others", "user add joe@corp --groups others"]);
    let said = sign_in(&provider, &realm, "joe", "").warned();
    for words in ["'admins-corp' is not there", "\"no group\" is passed over", "7 is passed over"] {
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(realm.lines("group"), ["others:joe@corp::", "staff-corp:joe@corp::"]);

    realm.all(&["realm modify corp --groups-autocreate 1"]);
    sign_in(&provider, &realm, "joe", "").warned();
    let all = ["admins-corp:joe@corp::", "others:joe@corp::", "staff-corp:joe@corp::"];
    assert_eq!(realm.lines("group"), all);

    realm.all(&[
        "realm modify corp --groups-overwrite 1",
        "group add more",
        "user modify joe@corp --groups more",
    ]);
    sign_in(&provider, &realm, "joe", "").warned();
    let all = ["admins-corp:joe@corp::", "more:::", "others:::", "staff-corp:joe@corp::"];
    assert_eq!(realm.lines("group"), all);

    let said = sign_in(&provider, &realm, "ann", "").warned();
    assert!(said.contains("groups stay as they are"), "{said}");
    assert_eq!(realm.lines("group"), all, "a claim that is no list changes nothing");
    assert!(realm.lines("user").iter().any(|line| line.starts_with("ann@corp:1:0:")));
}

#[test]
fn what_does_not_work_is_said() {
    let provider = Provider::start(&accounts(), false);
    let realm = place(&provider, "--client-key wrong");
    let message = sign_in(&provider, &realm, "joe", "").refused(1);
    assert!(message.contains("invalid_client") && !message.contains("wrong"), "{message}");

    let waiting = Waiting::start(&realm, "");
    let mut browser = Browser::new();
    let back = browser.sign_in(&provider, &waiting.address, None);
    browser.load(&back, None);
    let message = waiting.end().refused(1);
    assert!(message.contains("access_denied"), "{message}");

    assert!(realm.usher("realm login pve").refused(1).contains("wrong realm type (pve != openid)"));
    realm.usher("realm login nope").refused(1);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let taken = std::net::TcpListener::bind(taken).unwrap();
    let port = taken.local_addr().unwrap().port();
    let message = realm.usher(&format!("realm login corp --port {port}")).refused(1);
    assert!(message.contains("cannot listen"), "{message}");
    let issuer = format!("http://127.0.0.1:{port}/none");
    drop(taken);
    realm.all(&[&format!("realm modify corp --issuer-url {issuer}")]);
    let message = realm.usher("realm login corp").refused(1);
    assert!(message.contains("discovery at") && message.contains("efused"), "{message}");
    realm.all(&[&format!("realm modify corp --issuer-url {}/", provider.issuer)]);
    assert!(realm.usher("realm login corp").refused(1).contains("letter for letter"));
}

#[test]
fn a_dry_run_changes_nothing() {
    let provider = Provider::start(&accounts(), false);
    let place = place(&provider, "--autocreate 1");
    let before = place.files();
    let run = sign_in(&provider, &place, "joe", "--dry-run");
    assert!(run.status == 3 && run.out.contains("joe@corp") && !run.out.contains("PVE:"), "{run:?}");
    assert!(place.files() == before);
}
