//! `user.cfg` in and out: what the original would write, what is kept, what is warned of.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use flate2::read::GzDecoder;
use proptest::prelude::*;
use serde_json::Value;
use std::fs::File;
use std::sync::Arc;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;

fn rewrite(text: &str) -> (String, Vec<String>) {
    let (directory, warnings) = user_cfg::parse(&Arc::new(text.as_bytes().to_vec()), &Catalogue::pve9());
    let written = String::from_utf8(user_cfg::render(&directory).to_vec()).unwrap();
    (written, warnings.into_iter().map(|one| format!("{}: {}", one.line, one.message)).collect())
}

#[test]
fn recorded_directories_are_rewritten_as_the_original_did() {
    let file = GzDecoder::new(File::open("tests/data/permissions.json.gz").unwrap());
    let records: Vec<Value> = serde_json::from_reader(file).unwrap();
    assert_eq!(records.len(), 120);
    for record in &records {
        let (raw, canonical) = (record["raw"].as_str().unwrap(), record["canonical"].as_str().unwrap());
        assert_eq!(rewrite(raw).0, canonical, "raw:\n{raw}");
    }
}

#[test]
fn an_empty_file_names_the_superuser() {
    assert_eq!(rewrite("").0, "user:root@pam:1:0::::::\n\n\n\n\n");
}

/// What is not understood, with the warnings and the file after a rewrite.
#[test]
fn noise_is_kept_and_warned_of() {
    let noise = include_str!("data/noise.cfg");
    let (written, warnings) = rewrite(noise);
    assert_eq!(written, include_str!("data/noise.rewritten.cfg"));
    assert_eq!(warnings.join("\n") + "\n", include_str!("data/noise.warnings"));
    assert_eq!(rewrite(&written).0, written);
}

#[test]
fn references_into_nothing_do_not_come_to_life() {
    for (before, after) in [
        ("token:ines@pve!ci:0:0::\nuser:ines@pve:1:0::::::\n", "user:ines@pve:1:0::::::\n"),
        (
            "acl:1:/:ines@pve!ci:PVEAdmin:\nuser:ines@pve:1:0::::::\ntoken:ines@pve!ci:0:1::\n",
            "user:ines@pve:1:0::::::\ntoken:ines@pve!ci:0:1::\n",
        ),
        ("user:ines@pve:1:0::::::\nacl:1:/:ines@pve:Later:\n", "user:ines@pve:1:0::::::\n"),
    ] {
        let written = rewrite(before).0;
        assert_eq!(written.replace("user:root@pam:1:0::::::\n", "").trim_end(), after.trim_end());
    }
}

/// Only a list parted by NUL can have an item with a comma in it. Written with commas it would be
/// two, and one of them a right.
#[test]
fn an_item_with_a_separator_is_not_written_as_several() {
    for (before, after) in [
        ("role:r:Nope,Sys.Modify\0VM.Audit:\n", "role:r:VM.Audit:\n"),
        ("group:g:x@pve,root@pam\0y@pve::\n", "group:g:y@pve::\n"),
        ("pool:p::x,100\x00101:a,bb\0cc:\n", "pool:p::101:cc:\n"),
        ("acl:1:/:x@pve,y@pve\0z@pve:PVEAdmin:\n", "acl:1:/:z@pve:PVEAdmin:\n"),
    ] {
        let (written, warnings) = rewrite(before);
        assert_eq!(written.replace("user:root@pam:1:0::::::\n", "").trim(), after.trim());
        assert!(warnings.iter().any(|one| one.contains("several items")), "{warnings:?}");
    }
}

/// A record whose lines are repeated keeps the further fields of all of them; those of an ACL line
/// have no place to be kept, which is said.
#[test]
fn fields_beyond_the_known_ones() {
    let (written, warnings) = rewrite(
        "user:a@pve:1:0::::::\ntoken:a@pve!tt:0:0::x:\ntoken:a@pve!tt:0:1::y:\n\
         role:r:VM.Audit:x:\nrole:r:VM.Audit:y:\nacl:1:/:a@pve:r:x:\n",
    );
    for line in ["token:a@pve!tt:0:1::x:y:", "role:r:VM.Audit:x:y:", "acl:1:/:a@pve:r:"] {
        assert!(written.lines().any(|one| one == line), "{line}: {written}");
    }
    assert_eq!(warnings, ["6: ignore fields behind the roles of the acl for '/'"]);
}

#[test]
fn lines_that_are_no_utf8_stay_byte_for_byte() {
    let text = b"# caf\xe9\nuser:a@pve:1:0::::::\nstrange:\xfc\xff:\n".to_vec();
    let (directory, warnings) = user_cfg::parse(&Arc::new(text), &Catalogue::pve9());
    assert_eq!(warnings.len(), 2);
    let written = user_cfg::render(&directory).to_vec();
    assert!(written.starts_with(b"# caf\xe9\nuser:a@pve:1:0::::::\nuser:root@pam"));
    assert!(written.ends_with(b"strange:\xfc\xff:\n"));
}

/// The original writes names in Latin-1. Were such a line no record, the denial in it would be lost.
#[test]
fn a_record_with_a_name_in_latin_1_counts() {
    let text = b"user:joe@pve:1:0:M\xfc::::M%C3%BC:\nuser:m\xfcller@pve:1:0::::::\n\n\
        group:crew:joe@pve,m\xfcller@pve::\n\n\n\n\
        acl:1:/:@crew:PVEAdmin:\nacl:1:/vms/100:joe@pve,m\xfcller@pve:NoAccess:\n";
    let (directory, warnings) = user_cfg::parse(&Arc::new(text.to_vec()), &Catalogue::pve9());
    assert!(warnings.is_empty(), "{:?}", warnings.first().map(|one| &one.message));
    assert_eq!(directory.users.get("joe@pve").unwrap().first_name, "Mü");
    let policy = usher::access::Policy::compile(&directory, &Catalogue::pve9());
    for who in ["joe@pve", "müller@pve"] {
        assert!(!policy.permissions(who, "/vms/101").granted.is_empty(), "{who}");
        assert!(policy.permissions(who, "/vms/100").granted.is_empty(), "{who}");
    }
}

#[test]
fn members_that_do_not_exist_are_warned_of_where_nothing_is_written() {
    let text = "user:a@pve:1:0::::::\nuser:root@pam:1:0::::::\n\ngroup:g:a@pve,b@pve,c@pve::\n\n\n\n\
                acl:1:/:@g,@h,a@pve,b@pve,müller@pve:PVEAdmin:\n";
    let text = Arc::new(text.as_bytes().to_vec());
    let (directory, warnings) = user_cfg::parse_and_check(&text, &Catalogue::pve9());
    let warnings: Vec<_> = warnings.into_iter().map(|one| format!("{}: {}", one.line, one.message)).collect();
    assert_eq!(
        warnings,
        [
            "4: ignore invalid group member 'b@pve'",
            "4: ignore invalid group member 'c@pve'",
            "8: ignore invalid acl group 'h'",
            "8: ignore invalid acl member 'b@pve'",
            "8: ignore invalid acl member 'müller@pve'",
        ]
    );
    assert!(user_cfg::render(&directory).equals(&text));
    assert_eq!(user_cfg::parse(&text, &Catalogue::pve9()).1, []);
}

/// The quick way in gives up where the patient one, which alone takes a line of white space, would read
/// otherwise.
#[test]
fn both_ways_in_see_the_same() {
    let both = |text: &str| {
        let quick = rewrite(text).0;
        assert_eq!(rewrite(&format!(" \n{text}")).0, quick, "{text:?}");
        quick
    };
    for member in ["x;a@pve", "a\u{0}x@pve", "a\u{1}b@pve", "müller@pve"] {
        both(&format!("user:root@pam:1:0::::::\n\ngroup:g:{member}::\n\n\n\n"));
    }
    for name in ["%C3%BC", "%C3", "%C3.84", "%FC", "%41", "%e2"] {
        both(&format!("user:root@pam:1:0:{name}:::::\n\n\n\n\n"));
    }
    assert!(both("user:root@pam:1:0:%FC:::::\n\n\n\n\n").contains(":%C3%BC:"));
}

/// Lines as people and programs write them, good and bad.
fn line() -> impl Strategy<Value = String> {
    let user = prop_oneof!["[a-c]@pve", "[a-c]@ldap", "root@pam", "bad", "x y@pve"];
    let text = "[ -~ü]{0,6}";
    let list = prop::collection::vec(
        prop_oneof![
            user.clone(),
            Just("@g1".into()),
            Just("a@pve!t1".into()),
            Just("PVEAdmin".into()),
            Just("r1".into()),
            Just("VM.Audit".into()),
            Just("Nope".into()),
            "[0-9]{1,4}"
        ],
        0..4,
    );
    let list = (list, "[,; ]").prop_map(|(items, by)| items.join(&by));
    prop_oneof![
        (user.clone(), "[01]", "[0-9]{0,3}", text, text)
            .prop_map(|(u, e, x, f, c)| format!("user:{u}:{e}:{x}:{f}:::{c}:")),
        (user.clone(), "t[12]", "[01]").prop_map(|(u, t, p)| format!("token:{u}!{t}:0:{p}::")),
        ("g[12]", list.clone(), text).prop_map(|(g, m, c)| format!("group:{g}:{m}:{c}:")),
        ("p[12](/s)?", list.clone(), list.clone()).prop_map(|(p, v, s)| format!("pool:{p}::{v}:{s}:")),
        ("r[12]", list.clone()).prop_map(|(r, p)| format!("role:{r}:{p}:")),
        ("[01]", "/(vms|nodes)?(/[0-2])?", list.clone(), list)
            .prop_map(|(p, a, s, r)| format!("acl:{p}:{a}:{s}:{r}:")),
        Just(String::new()),
        text.prop_map(|t| format!("#{t}")),
    ]
}

proptest! {
    /// What was written once in canonical form stays as it is. (Only the second pass sees that an
    /// ACL entry's token went with the line of its owner that was repeated below.)
    #[test]
    fn the_canonical_form_is_a_fixed_point(lines in prop::collection::vec(line(), 0..20)) {
        let once = rewrite(&(lines.join("\n") + "\n")).0;
        let twice = rewrite(&once).0;
        prop_assert_eq!(rewrite(&twice).0, twice);
    }

    /// Every line that is not understood is still there after a rewrite.
    #[test]
    fn unknown_lines_survive(lines in prop::collection::vec(line(), 0..20), strange in "[#?][a-z ü]{1,8}[a-z]") {
        let mut lines = lines;
        lines.insert(lines.len() / 2, strange.clone());
        let (once, _) = rewrite(&(lines.join("\n") + "\n"));
        prop_assert!(once.lines().any(|line| line == strange), "{once}");
    }

    /// No input whatever makes the reader panic.
    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (directory, _) = user_cfg::parse(&Arc::new(bytes), &Catalogue::pve9());
        user_cfg::render(&directory);
    }
}
