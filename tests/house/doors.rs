//! One door per borrowed crate: which rooms may use it, and what for. A new dependency, and an old
//! one in a new room, is a decision that is made here.

use crate::source::{Source, files, sources, text};
use std::collections::{BTreeMap, BTreeSet};

/// Crate, rooms, reason.
type Door = (&'static str, &'static [&'static str], &'static str);

const DOORS: &[Door] = &[
    ("argon2", &["secret"], "hashes passwords"),
    ("blake3", &["audit"], "digests of files and entries of the journal, several times as fast as SHA-256"),
    ("clap", &["cli"], "renders help, says what is wrong with the name of a command"),
    ("comfy-table", &["cli"], "draws text tables"),
    ("csv", &["format"], "reads and writes tables of users"),
    (
        "foldhash",
        &["access", "format", "realm", "check"],
        "hashes names when files are scanned, policies compiled, answers of servers taken in and directories checked",
    ),
    ("fs2", &["store"], "locks files"),
    ("getrandom", &["secret"], "salts"),
    ("hashbrown", &["format", "realm"], "sets of names while a file is scanned or a server answers"),
    ("indicatif", &["cli"], "shows how far a synchronisation or an import has come"),
    (
        "jiff",
        &["model", "cli"],
        "local time: of calendar events, in a zone that is given, in model; dates and spans as people type \
         them, and the only clock that answers show, in cli",
    ),
    ("ldap3", &["realm"], "speaks LDAP"),
    ("memchr", &["model", "format"], "finds line ends and separators in large files"),
    ("nom", &["format"], "cuts fields"),
    ("nonstick", &["realm"], "asks PAM about accounts of the system, where the feature is on"),
    ("openidconnect", &["realm"], "speaks OpenID Connect; behind a feature"),
    ("openssl", &["secret"], "RSA signatures of tickets, signatures of U2F keys, HMAC, base64"),
    ("qrcode", &["cli"], "draws what a phone scans"),
    ("quick-xml", &["format"], "escapes and writes the XML of test reports"),
    ("rpassword", &["cli"], "asks for passwords without showing them"),
    (
        "rustix",
        &["store", "cli"],
        "system calls: files relative to a folder in store, terminal and process in cli",
    ),
    ("rustls", &["realm"], "TLS to directory servers, and what is wrong with their certificates"),
    ("rustls-native-certs", &["realm"], "the authorities this system trusts"),
    (
        "serde",
        &["model", "catalogue", "secret", "format", "realm", "cli"],
        "derives reading and writing of JSON and TOML; answers of security keys in secret, claims of providers in realm",
    ),
    (
        "serde_json",
        &["model", "secret", "format", "realm", "cli"],
        "tfa.cfg, whose unknown keys the model carries, challenges, answers, claims of providers",
    ),
    ("sha-crypt", &["secret"], "hashes passwords the way the original can verify"),
    ("sha1", &["format"], "the digest of domains.cfg"),
    (
        "shlex",
        &["model", "cli"],
        "quotes names in commands people are told to type; takes the lines of a batch apart",
    ),
    (
        "signal-hook",
        &["cli"],
        "waits for signals while a terminal is silent; without it that takes unsafe code",
    ),
    ("similar", &["cli"], "the difference a dry run shows"),
    (
        "strsim",
        &["catalogue", "format", "cli"],
        "what a misspelt name means: privileges in catalogue, keys of policy tests in format, options in cli",
    ),
    ("thiserror", &["error"], "derives the words of errors"),
    ("tokio", &["realm"], "drives the connection of one session, in one thread"),
    ("toml", &["catalogue", "format"], "catalogues and usher.toml"),
    ("totp-rs", &["secret"], "time-based codes"),
    ("unicode-width", &["cli"], "columns of text tables"),
    ("ureq", &["realm"], "asks web services about sign-ins"),
    ("uuid", &["secret"], "secrets of API tokens"),
    ("webauthn-rs-core", &["secret"], "verifies answers of security keys; behind a feature"),
    ("x509-parser", &["realm"], "whose a server's certificate is, and when it expires"),
    ("yescrypt", &["secret"], "verifies hashes other systems made"),
    ("zeroize", &["secret", "format", "realm", "cli"], "wipes secrets from memory wherever they pass"),
    ("zxcvbn", &["secret"], "estimates how hard a new password is to guess"),
];

/// The names of the table `section` of a manifest, those of its targets included.
fn dependencies(manifest: &str, section: &str) -> BTreeSet<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let tables = targets.into_iter().flat_map(|table| table.values()).filter_map(toml::Value::as_table);
    let tables =
        tables.chain([&manifest]).filter_map(|table| table.get(section)).filter_map(toml::Value::as_table);
    tables.flat_map(|table| table.keys().cloned()).collect()
}

/// Which crates of `names` a file uses.
fn crates_used<'n>(source: &Source, names: impl Iterator<Item = &'n str>) -> BTreeSet<&'n str> {
    let by_identifier: BTreeMap<String, &str> = names.map(|name| (name.replace('-', "_"), name)).collect();
    let used = source.words().filter(|(before, _, behind)| {
        let imported = before.ends_with("use ") && behind.trim_start().starts_with([';', ' ']);
        !before.trim_end().ends_with("::") && (behind.starts_with("::") || imported)
    });
    used.filter_map(|(_, word, _)| by_identifier.get(word).copied()).collect()
}

/// Uses of crates from rooms they have no door to.
fn walked_through_walls(source: &Source, doors: &[Door]) -> Vec<String> {
    let module = source.module();
    let room = module.first().copied().unwrap_or("top");
    let used = crates_used(source, doors.iter().map(|(name, ..)| *name));
    let wrong = doors.iter().filter(|(name, rooms, _)| used.contains(name) && !rooms.contains(&room));
    wrong.map(|(name, rooms, _)| format!("{}: '{name}' belongs to {rooms:?}", source.path)).collect()
}

/// Dependencies without a door, and doors nobody uses.
fn decisions_to_make(manifest: &str, sources: &[Source], doors: &[Door]) -> Vec<String> {
    let dependencies = dependencies(manifest, "dependencies");
    let mut found = Vec::new();
    for name in &dependencies {
        if !doors.iter().any(|(door, ..)| door == name) {
            found.push(format!("Cargo.toml: '{name}' has no door: decide in tests/house/doors.rs"));
        }
    }
    for (name, rooms, _) in doors {
        if !dependencies.contains(*name) {
            found.push(format!("'{name}' has a door and is no dependency"));
        }
        for room in *rooms {
            let mut inside = sources.iter().filter(|source| source.module().first() == Some(room));
            if !inside.any(|source| crates_used(source, [*name].into_iter()).contains(name)) {
                found.push(format!("'{name}' has a door to '{room}' that nobody uses"));
            }
        }
    }
    found
}

#[test]
fn crates_come_in_through_their_doors() {
    let sources = sources("src");
    let mut found: Vec<String> =
        sources.iter().flat_map(|source| walked_through_walls(source, DOORS)).collect();
    found.extend(decisions_to_make(&text("Cargo.toml").unwrap(), &sources, DOORS));
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn what_tests_borrow_is_used() {
    let borrowed = dependencies(&text("Cargo.toml").unwrap(), "dev-dependencies");
    let mut code = String::new();
    for path in ["src", "tests", "benches", "examples"].into_iter().flat_map(files) {
        code.push_str(&text(&path).filter(|_| path.ends_with(".rs")).unwrap_or_default());
    }
    for name in borrowed {
        assert!(code.contains(&format!("{}::", name.replace('-', "_"))), "'{name}' is not used");
    }
}

#[test]
fn a_wrong_door_is_found() {
    let doors: &[Door] = &[("comfy-table", &["cli"], ""), ("sha1", &["format"], "")];
    for text in [
        "use comfy_table::Table;",
        "fn f() { comfy_table::Table::new(); }",
        "use sha1;",
        "#[derive(sha1::X)]",
    ] {
        assert_eq!(walked_through_walls(&Source::new("src/store/x.rs", text), doors).len(), 1, "{text}");
    }
    for text in ["// comfy_table::Table", "use super::sha1::digest;", "\"sha1::\"", "fn sha1() {}"] {
        assert!(walked_through_walls(&Source::new("src/store/x.rs", text), doors).is_empty(), "{text}");
    }
    assert!(walked_through_walls(&Source::new("src/cli/x.rs", "use comfy_table::Table;"), doors).is_empty());
}

#[test]
fn a_missing_decision_is_found() {
    let manifest = "[dependencies]\nnom = \"8\"\n[target.'cfg(unix)'.dependencies]\nfs2 = \"0.4\"\n";
    let source = || vec![Source::new("src/format/x.rs", "use nom::IResult;")];
    let found = |doors: &[Door]| decisions_to_make(manifest, &source(), doors).len();
    assert_eq!(found(&[("nom", &["format"], "")]), 1, "fs2 has no door");
    assert_eq!(found(&[("nom", &["format"], ""), ("fs2", &["store"], "")]), 1, "nobody uses fs2");
    assert_eq!(found(&[("nom", &["format"], ""), ("fs2", &[], ""), ("ureq", &[], "")]), 1, "ureq has gone");
    assert_eq!(found(&[("nom", &["format"], ""), ("fs2", &[], "")]), 0);
}
