//! The fast way into `user.cfg` and the patient one see the same directory.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;
use std::fmt::Write;
use std::sync::Arc;
use usher::access::usable::{Who, check_usable};
use usher::access::{Focus, Policy};
use usher::catalogue::Catalogue;
use usher::format::Warning;
use usher::format::user_cfg::{self, Extractor};
use usher::model::directory::Directory;
use usher::model::id::VmId;
use usher::model::path::AclPath;

const WHO: &[&str] = &[
    "a@pve",
    "b@pve",
    "c@pve",
    "aa@pve",
    "x!a@pve",
    "a@pve!t1",
    "a@pve!t2",
    "b@pve!t1",
    "x!a@pve!t1",
    "root@pam",
    "root@pam!t1",
];

/// A vocabulary whose pools are two parts deep, and whose guests lie above its storages.
const DEEP_POOLS: &str = r#"
name = "deep"
title = "Deep pools"
superuser = "root@pam"

[role-rules]
blocking = "NoAccess"
full = "Administrator"
reserved-prefix = "PVE"

[pools]
acl = "/vms/pool/"
guests = "/g/"
storages = "/g/s/"

[paths]
listed = ["/"]
allowed = ["/", "/vms", "/vms/pool", "/vms/pool/{name}", "/g/{name}", "/g/s/{name}"]

[privileges]
"VM.Audit" = "Look."
"Sys.Audit" = "Look at more."

[roles]
Administrator = ["*"]
NoAccess = []
PVEAdmin = ["VM.Audit"]
"#;

/// Everything a directory holds and everything it lets anybody do.
fn seen(directory: &Directory) -> String {
    let mut text = String::new();
    directory.users.iter().for_each(|one| writeln!(text, "{one:?}").unwrap());
    directory.groups.iter().for_each(|one| writeln!(text, "{one:?}").unwrap());
    directory.pools.iter().for_each(|one| writeln!(text, "{one:?}").unwrap());
    directory.roles.iter().for_each(|one| writeln!(text, "{one:?}").unwrap());
    directory.acl.iter().for_each(|one| writeln!(text, "{one:?}").unwrap());
    let policy = Policy::compile(directory, &Catalogue::pve9());
    for who in WHO {
        for (path, permissions) in policy.listing(who) {
            writeln!(text, "{who} {path} {permissions:?}").unwrap();
        }
    }
    text
}

fn read(text: &[u8]) -> Directory {
    user_cfg::parse(&Arc::new(text.to_vec()), &Catalogue::pve9()).0
}

/// One blank line too many makes the fast way give up.
fn patiently(text: &[u8]) -> Directory {
    let mut text = text.to_vec();
    text.extend_from_slice(b"\n\n\n\n\n\n");
    read(&text)
}

fn line() -> impl Strategy<Value = String> {
    let user = || prop_oneof![3 => "[a-c]@pve", 1 => "(aa|x!a)@pve", 1 => Just("root@pam".to_owned())];
    let text = prop_oneof![3 => "[ -~]{0,4}", 1 => Just("a@pve".to_owned()), 1 => Just("100".to_owned())];
    let list = |item: BoxedStrategy<String>| prop::collection::vec(item, 0..4).prop_map(|all| all.join(","));
    let subject = prop_oneof![user(), "@g[12]", "(a|b|x!a)@pve!t[12]", Just("ghost@pve".to_owned())].boxed();
    let role = prop_oneof!["r[12]", Just("PVEAdmin".to_owned()), Just("NoAccess".to_owned())].boxed();
    let path = prop_oneof![
        8 => "/(vms|pool)?(/[0-2p]{1,3})?",
        1 => " ?(/|//|/0/)?(vms|pool|g)(/|//|/0/)[0-2p]{1,3}/?",
    ];
    let privilege = prop_oneof!["VM.Audit", "Sys.Audit", "VM.Nope"].boxed();
    prop_oneof![
        (user(), "[01]", "[0-9]{1,2}", text).prop_map(|(u, e, x, c)| format!("user:{u}:{e}:{x}:{c}:::{c}::")),
        (user(), "t[12]", "[01]").prop_map(|(u, t, p)| format!("token:{u}!{t}:0:{p}::")),
        ("g[12]", list(user().boxed())).prop_map(|(g, m)| format!("group:{g}:{m}::")),
        ("p[12](/s)?", list("[0-9]{3}".boxed()), list("st[0-9]".boxed()))
            .prop_map(|(p, v, s)| format!("pool:{p}::{v}:{s}:")),
        ("r[12]", list(privilege)).prop_map(|(r, p)| format!("role:{r}:{p}:")),
        ("[01]", path, list(subject), list(role)).prop_map(|(p, a, s, r)| format!("acl:{p}:{a}:{s}:{r}:")),
        "#[a-z@]{0,6}",
    ]
}

/// A slip of the pen in a file that is in canonical form.
fn slip() -> impl Strategy<Value = (prop::sample::Index, u8)> {
    let byte = prop::sample::select(b",;;:!@ \t\r\0\x0b%0a\x1f\xc2".to_vec());
    (any::<prop::sample::Index>(), byte)
}

/// A file in canonical form that holds these lines.
fn written(lines: &[String]) -> Vec<u8> {
    let text = lines.join("\n") + "\n";
    user_cfg::render(&read(text.as_bytes())).to_vec()
}

/// The same with slips, where the bytes are that mean something or anywhere.
fn spoilt(mut text: Vec<u8>, slips: Vec<(prop::sample::Index, u8)>, insert: bool) -> Vec<u8> {
    for (place, byte) in slips {
        let marks: Vec<usize> =
            (0..text.len()).filter(|at| insert || matches!(text[*at], b',' | b':')).collect();
        if marks.is_empty() {
            continue;
        }
        let at = marks[place.index(marks.len())];
        if insert { text.insert(at, byte) } else { text[at] = byte }
    }
    text
}

/// The paths questions are asked about: some, and every member of a pool.
fn paths(directory: &Directory, catalogue: &Catalogue) -> Vec<AclPath> {
    let mut paths: Vec<String> = [
        "/",
        "/vms",
        "/vms/0",
        "/vms/1",
        "/vms/1/2",
        "/pool",
        "/pool/p1",
        "/pool/p1/s",
        "/pool/0",
        "/storage",
    ]
    .map(str::to_owned)
    .into();
    for pool in directory.pools.iter() {
        let (guests, storages) = (catalogue.pools().guests(), catalogue.pools().storages());
        let of_guest = |guest: &VmId| [format!("{guests}{guest}"), format!("{guests}0{guest}")];
        paths.extend(pool.guests.iter().flat_map(of_guest));
        paths.extend(pool.storages.iter().map(|storage| format!("{storages}{storage}")));
    }
    paths.iter().map(|path| AclPath::parse(path).unwrap()).collect()
}

/// What matters for one question, from numbered pieces; a piece 0 begins anew.
fn extracted<'t>(
    pieces: impl Iterator<Item = (usize, &'t [u8])>,
    catalogue: &Catalogue,
    who: &Who,
    path: &AclPath,
) -> Option<(Directory, Vec<Warning>)> {
    let mut extractor = Extractor::new(catalogue, who, path)?;
    for (number, piece) in pieces {
        if number == 0 {
            extractor.restart();
        }
        extractor.take(piece);
    }
    extractor.read()
}

/// What one question finds in a directory.
fn found(directory: &Directory, catalogue: &Catalogue, who: &Who, path: &AclPath) -> String {
    let policy = Policy::compile(&Focus::on(directory, catalogue, &who.to_string(), path), catalogue);
    answer(&policy, directory, who, path)
}

/// What a policy says to one question.
fn answer(policy: &Policy, directory: &Directory, who: &Who, path: &AclPath) -> String {
    let name = who.to_string();
    let usable = check_usable(directory, who, 40);
    let mut explanation = policy.explain(&name, path.as_str());
    if explanation.permissions.is_empty() && explanation.sides.iter().all(|side| side.entries().count() == 0)
    {
        // Whether who is only mentioned elsewhere is known does not matter.
        return format!("{usable:?} nothing");
    }
    // How far the path is known depends on what else there is.
    explanation.sides.iter_mut().for_each(|side| side.walk.from.clear());
    format!("{usable:?} {explanation:?}")
}

/// The lists `;` and NUL part too: on the fast way in a name could swallow them.
#[test]
fn every_separator_parts_a_list() {
    for separator in [";", "\0"] {
        let text = format!(
            "user:a@pve:1:0::::::\nuser:b@pve:1:0::::::\nuser:root@pam:1:0::::::\n\n\
             group:g1:a@pve{separator}b@pve::\n\n\n\n\
             acl:1:/:@g1:PVEAdmin:\nacl:1:/vms:a@pve{separator}b@pve:NoAccess:\n"
        );
        let directory = read(text.as_bytes());
        let policy = Policy::compile(&directory, &Catalogue::pve9());
        for who in ["a@pve", "b@pve"] {
            assert!(!policy.permissions(who, "/storage").granted.is_empty(), "{who} {separator:?}");
            assert!(policy.permissions(who, "/vms").granted.is_empty(), "{who} {separator:?}");
        }
    }
}

/// A path in an odd spelling has the whole file read, or is understood; it is never passed over.
#[test]
fn oddly_spelled_paths_matter() {
    let catalogue = Catalogue::pve9();
    let (who, path) = (Who::parse("a@pve").unwrap(), AclPath::parse("/vms/100").unwrap());
    for odd in [
        "/vms/100",
        "vms/100",
        " /vms/100",
        "/vms/100 ",
        "//vms/100",
        "/vms//100",
        "/vms/100/",
        "/0/vms/100",
        "0/vms",
        "/vms/0/100",
        "/vms/0",
        "/0",
        "/",
        "//",
        "/pool/p1",
        "pool/p1",
        "/pool//p1",
        "/pool/0/p1",
        "/0/pool/p1",
        "/pool",
    ] {
        let text = format!(
            "user:a@pve:1:0::::::\nuser:root@pam:1:0::::::\n\n\npool:p1::100::\n\n\nacl:1:{odd}:a@pve:PVEAdmin:\n"
        );
        let whole = read(text.as_bytes());
        let expected = found(&whole, &catalogue, &who, &path);
        assert!(expected.contains("PVEAdmin"), "{odd}: {expected}");
        if let Some((part, _)) = extracted([(0, text.as_bytes())].into_iter(), &catalogue, &who, &path) {
            assert_eq!(found(&part, &catalogue, &who, &path), expected, "{odd}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn both_ways_in_see_the_same(
        lines in prop::collection::vec(line(), 0..24),
        slips in prop::collection::vec(slip(), 0..3),
        insert in any::<bool>(),
    ) {
        let text = spoilt(written(&lines), slips, insert);
        let (fast, slow) = (read(&text), patiently(&text));
        prop_assert_eq!(seen(&fast), seen(&slow), "{}", String::from_utf8_lossy(&text));
        // What is written is read back as what it was.
        let written = user_cfg::render(&slow).to_vec();
        let (again, again_slow) = (read(&written), patiently(&written));
        prop_assert_eq!(seen(&again), seen(&again_slow), "{}", String::from_utf8_lossy(&written));
    }

    /// One question finds the same in what matters for it as in everything.
    #[test]
    fn what_matters_is_enough(
        lines in prop::collection::vec(line(), 0..24),
        slips in prop::collection::vec(slip(), 0..3),
        insert in any::<bool>(),
        write in any::<bool>(),
        who in prop::sample::select(WHO),
        length in 1..80usize,
        deep in any::<bool>(),
    ) {
        let text = if write { written(&lines) } else { lines.join("\n").into_bytes() };
        let text = Arc::new(spoilt(text, slips, insert));
        let who = Who::parse(who).unwrap();
        let catalogue = if deep { Catalogue::parse(DEEP_POOLS).unwrap() } else { Catalogue::pve9() };
        let (whole, warnings) = user_cfg::parse(&text, &catalogue);
        let policy = Policy::compile(&whole, &catalogue);
        for path in paths(&whole, &catalogue) {
            let expected = answer(&policy, &whole, &who, &path);
            let narrow = found(&whole, &catalogue, &who, &path);
            prop_assert_eq!(narrow, expected.as_str(), "{} {} {}", who, path, String::from_utf8_lossy(&text));
            // Nothing is left of what was taken before the beginning.
            let pieces = text.chunks(length).next().into_iter().map(|piece| (1, piece));
            let pieces = pieces.chain(text.chunks(length).enumerate());
            let Some((part, told)) = extracted(pieces, &catalogue, &who, &path) else { continue };
            let found = found(&part, &catalogue, &who, &path);
            prop_assert_eq!(found, expected, "{} {} {}", who, path, String::from_utf8_lossy(&text));
            for warning in told {
                prop_assert!(warnings.contains(&warning), "{:?}", warning);
            }
        }
    }
}
