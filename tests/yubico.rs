//! Yubico one-time passwords against a server that speaks the real protocol.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use openssl::base64::{decode_block, encode_block};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use support::{Place, Run};

/// The key both sides know.
const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM=";
const OURS: &str = "ccccccbcgujhingjrdejhgfnuetrgigvejhhgbkugded";
const NEXT: &str = "ccccccbcgujhrkjttnrknglrveiivtbvbndnlbtcccdk";
const OTHER: &str = "ccccccccccccingjrdejhgfnuetrgigvejhhgbkugded";

/// How a server behaves.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Honest,
    /// Says yes to everything, with a key of its own.
    Forged,
    /// Answers a question nobody asked, properly signed.
    Replayed,
    Broken,
}

fn hmac(key: &[u8], text: &str) -> String {
    let key = PKey::hmac(key).unwrap();
    let mut signer = Signer::new(MessageDigest::sha1(), &key).unwrap();
    encode_block(&signer.sign_oneshot_to_vec(text.as_bytes()).unwrap())
}

fn sorted(fields: &BTreeMap<String, String>) -> String {
    fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Answers one request: every password is good once, when the request is signed.
fn serve(mut client: TcpStream, manner: Manner, seen: &mut BTreeSet<String>) {
    let mut line = String::new();
    let mut lines = BufReader::new(client.try_clone().unwrap());
    lines.read_line(&mut line).unwrap();
    let mut header = String::new();
    while lines.read_line(&mut header).unwrap() > 2 {
        header.clear();
    }
    let query = line.split(' ').nth(1).unwrap().split_once('?').unwrap().1.to_owned();
    let mut fields: BTreeMap<String, String> = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| {
            (name.to_owned(), value.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))
        })
        .collect();
    let key = decode_block(KEY).unwrap();
    let signed = fields.remove("h").unwrap() == hmac(&key, &sorted(&fields));
    assert_eq!(fields["nonce"].len(), 40);
    let status = match (manner, signed) {
        (Manner::Forged | Manner::Replayed, _) => "OK",
        (_, false) => "BAD_SIGNATURE",
        (_, true) if seen.insert(fields["otp"].clone()) => "OK",
        (_, true) => "REPLAYED_OTP",
    };
    let mut answer = BTreeMap::from([
        ("nonce".to_owned(), fields["nonce"].clone()),
        ("otp".to_owned(), fields["otp"].clone()),
        ("sl".to_owned(), "100".to_owned()),
        ("status".to_owned(), status.to_owned()),
        ("t".to_owned(), "2026-11-22T11:22:33Z0123".to_owned()),
    ]);
    if manner == Manner::Replayed {
        answer.insert("otp".to_owned(), NEXT.to_owned());
    }
    let signature = if manner == Manner::Forged {
        hmac(b"guessed", &sorted(&answer))
    } else {
        hmac(&key, &sorted(&answer))
    };
    let mut body = format!("h={signature}\r\n");
    answer.iter().for_each(|(name, value)| body.push_str(&format!("{name}={value}\r\n")));
    let text = match manner {
        Manner::Broken => {
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()
        }
        _ => format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()),
    };
    client.write_all(text.as_bytes()).unwrap();
}

/// Starts a server on a free port; it ends with the test.
fn server(manner: Manner) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/wsapi/2.0/verify", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut seen = BTreeSet::new();
        listener.incoming().for_each(|client| serve(client.unwrap(), manner, &mut seen));
    });
    url
}

/// A directory whose realm demands passwords that the server at `url` confirms.
fn place(url: &str) -> Place {
    let place = Place::after(&["user add joe@pve --password 'correct horse'"]);
    place.write("domains.cfg", format!("pve: pve\n\ttfa type=yubico,id=87,key={KEY},url={url}\n"));
    place
}

fn add(place: &Place, otp: &str) -> Run {
    place.run("usher", ["tfa", "add", "yubico", "joe@pve", "--output-format", "json"], &format!("{otp}\n"))
}

fn sign_in(place: &Place, otp: &str) -> Run {
    place.run("usher", ["ticket", "joe@pve", "--otp", &format!("yubico:{otp}")], "correct horse\n")
}

#[test]
fn a_key_is_registered_and_opens() {
    let place = place(&server(Manner::Honest));
    let answer = add(&place, OURS).json();
    assert_eq!((answer["key"].as_str(), answer["type"].as_str()), (Some("ccccccbcgujh"), Some("yubico")));
    assert_eq!(sign_in(&place, OURS).status, 3, "used when it was registered");
    sign_in(&place, NEXT).quiet();
    assert_eq!(sign_in(&place, NEXT).status, 3, "used before");
    assert_eq!(sign_in(&place, OTHER).status, 3, "somebody else's key");
    assert_eq!(sign_in(&place, "short").status, 3);
    let half = place.run("usher", ["ticket", "joe@pve"], "correct horse\n");
    assert!(half.out.starts_with("PVE:!tfa!{\"yubico\"%3Atrue}:"), "{half:?}");
    assert_eq!(place.read("priv/tfa-failures.json"), r#"{"joe@pve":{"tfa_failures":3}}"#);
}

#[test]
fn an_answer_that_cannot_be_trusted_is_no_answer() {
    for (manner, said) in [
        (Manner::Forged, "signature of its answer is wrong"),
        (Manner::Replayed, "another question"),
        (Manner::Broken, "status 500"),
    ] {
        let place = place(&server(manner));
        let before = place.files();
        let message = add(&place, OURS).refused(1);
        assert!(message.contains(said) && !message.contains(OURS) && !message.contains(KEY), "{message}");
        assert!(place.files() == before);
        let stored = r#"{"users":{"joe@pve":{"yubico":[{"id":"y","created":1,"entry":"ccccccbcgujh"}]}}}"#;
        place.write("priv/tfa.cfg", stored);
        let run = sign_in(&place, OURS);
        assert_eq!((run.status, run.err.as_str()), (3, "error: authentication failure\n"), "{run:?}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let message = add(&place(&format!("http://{closed}/")), OURS).refused(1);
    assert!(message.contains("cannot ask") && !message.contains(OURS), "{message}");
}

#[test]
fn a_realm_has_to_know_a_server() {
    for (tfa, said) in [
        ("", "realm is not setup for Yubico OTP"),
        ("\ttfa type=oath\n", "realm is not setup for Yubico OTP"),
        ("\ttfa type=yubico\n", "no yubico otp configuration available for realm pve"),
        ("\ttfa type=yubico,id=1,key=%%%\n", "Base64"),
    ] {
        let place = Place::after(&["user add joe@pve"]);
        place.write("domains.cfg", format!("pve: pve\n{tfa}"));
        let run = add(&place, OURS);
        assert!(run.status != 0 && run.err.contains(said), "{tfa}: {run:?}");
        assert!(!run.err.contains(OURS) && place.read("priv/tfa.cfg").is_empty());
    }
}
