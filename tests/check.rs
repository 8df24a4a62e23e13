//! `usher check`: for every code a directory it is found in, one it is not, and what repairing leaves.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "check/cases.rs"]
mod cases;
mod support;

use cases::{CASES, Case, ROOT};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use support::Place;
use usher::check::RULES;

/// A directory that holds these files, with modes as they should be.
fn place(files: &[(&str, &str)]) -> Place {
    let place = Place::with(files);
    tighten(&place);
    place
}

fn tighten(place: &Place) {
    for name in place.files().keys().filter(|name| name.starts_with("priv/")) {
        set_mode(place, name, 0o600);
        let folders = name.match_indices('/').filter_map(|(end, _)| name.get(..end));
        folders.for_each(|folder| set_mode(place, folder, 0o700));
    }
}

fn set_mode(place: &Place, name: &str, mode: u32) {
    fs::set_permissions(place.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(place: &Place, name: &str) -> u32 {
    fs::metadata(place.path().join(name)).unwrap().permissions().mode() & 0o7777
}

fn bad(case: &Case) -> Place {
    let place = place(case.bad);
    for (name, mode) in case.modes {
        set_mode(&place, name, *mode);
    }
    place
}

#[test]
fn every_code_is_found_where_it_belongs_and_nowhere_else() {
    for case in CASES {
        let place = bad(case);
        let line = format!("check --only {} {}", case.code, case.options);
        let run = place.untouched(&line);
        assert_eq!((run.status, run.err.as_str()), (3, ""), "{}: {run:?}", case.code);
        let rule = RULES.iter().find(|rule| rule.code == case.code).unwrap();
        let start = format!("{}: {}[{}]: ", case.at, rule.severity, case.code);
        let found =
            run.out.lines().filter(|line| line.contains(&format!("[{}]", case.code))).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{}: {}", case.code, run.out);
        assert!(found[0].starts_with(&start) && found[0].contains(case.says), "{}: {}", case.code, run.out);
        let good = self::place(case.good);
        let run = good.untouched(&line);
        assert_eq!(
            (run.status, run.out.as_str(), run.err.as_str()),
            (0, "nothing found\n", ""),
            "{}: {run:?}",
            case.code
        );
    }
}

#[test]
fn what_can_be_repaired_is_and_nothing_else() {
    for case in CASES {
        let rule = RULES.iter().find(|rule| rule.code == case.code).unwrap();
        let place = bad(case);
        let before = place.files();
        let dry = place.untouched(&format!("check --only {} --fix --dry-run {}", case.code, case.options));
        assert_eq!(dry.status, 3, "{}: {dry:?}", case.code);
        let modes: Vec<u32> = case.modes.iter().map(|(name, _)| mode(&place, name)).collect();
        assert!(
            modes.iter().eq(case.modes.iter().map(|(_, mode)| mode)),
            "{}: a dry run sets no mode",
            case.code
        );
        assert_eq!(dry.out.contains("would repair "), rule.repairs, "{}: {}", case.code, dry.out);
        let run = place.usher(&format!("check --only {} --fix {}", case.code, case.options));
        if !rule.repairs {
            assert_eq!(run.status, 3, "{}: {run:?}", case.code);
            assert!(place.files() == before, "{}: {run:?}", case.code);
            continue;
        }
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{}: {run:?}", case.code);
        assert!(
            run.out.starts_with("repaired ") && run.out.ends_with("1 repaired, nothing left\n"),
            "{}",
            run.out
        );
        for (name, text) in case.after {
            assert_eq!(place.read(name), *text, "{}: {name}", case.code);
        }
        assert!(case.after.len() + case.modes.len() > 0, "{}: what is left has to be told", case.code);
        assert_eq!(
            place.usher(&format!("check --only {} {}", case.code, case.options)).status,
            0,
            "{}",
            case.code
        );
    }
}

#[test]
fn every_code_has_a_case() {
    let codes =
        |codes: &mut dyn Iterator<Item = &'static str>| codes.map(str::to_owned).collect::<BTreeSet<_>>();
    // Only root can give files away: U082 is tried where the rule is.
    let tried = codes(&mut CASES.iter().map(|case| case.code).chain(["U082"]));
    let known = codes(&mut RULES.iter().map(|rule| rule.code));
    assert_eq!(tried, known);
    assert_eq!(known.len(), RULES.len(), "a code stands for one thing");
    assert!(RULES.is_sorted_by(|left, right| left.code < right.code));
}

/// The table of `docs/check.md` as (code, severity, what, whether it is repaired).
#[test]
fn the_page_tells_every_code_as_it_is() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| U"));
    let told: Vec<String> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            assert!(cells.len() == 8 && cells[4..6].iter().all(|cell| cell.len() >= 10), "{row}");
            format!("{} {} {} {}", cells[1], cells[2], cells[3], cells[6])
        })
        .collect();
    let known: Vec<String> = RULES
        .iter()
        .map(|rule| {
            let repairs = if rule.repairs { "yes" } else { "no" };
            format!("{} {} {} {repairs}", rule.code, rule.severity, rule.about)
        })
        .collect();
    assert_eq!(told, known);
}

#[test]
fn a_healthy_directory_is_clean() {
    let place = Place::new();
    assert_eq!(place.untouched("check --severity hint").quiet(), "nothing found\n");
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/config");
    for name in ["user.cfg", "domains.cfg", "usher.toml", "priv/shadow.cfg", "priv/token.cfg"] {
        place.write(name, fs::read(format!("{example}/{name}")).unwrap());
    }
    tighten(&place);
    let said = "no errors, no warnings (--severity hint looks for more)\n";
    assert_eq!(place.untouched("check").quiet(), said);
    assert_eq!(place.untouched("find-unused").quiet(), "nothing found\n");
}

#[test]
fn other_vocabularies_are_checked_as_well() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/config-shipyard");
    let [users, settings] =
        ["user.cfg", "usher.toml"].map(|name| fs::read_to_string(format!("{example}/{name}")).unwrap());
    let place = place(&[("user.cfg", &users), ("usher.toml", &settings)]);
    place.untouched("check").quiet();
    place.write("user.cfg", users.replace("/docks/east:ben@local:Ashore", "/dock/east:ben@local:Ashore"));
    let run = place.untouched("check");
    assert!(
        run.status == 3
            && run.out.starts_with("user.cfg:12: warning[U024]: Ashore for 'ben@local' on /dock/east"),
        "{}",
        run.out
    );
}

#[test]
fn findings_come_by_place_and_are_counted() {
    let place = place(&[
        (
            "user.cfg",
            "# mine\nuser:joe@pve:1:0::::::\ngroup:devs:joe@pve,gone@pve::\nacl:1:/vms:@none:PVEAdmin:\n",
        ),
        ("priv/shadow.cfg", "gone:$5$x$y:\n"),
    ]);
    set_mode(&place, "user.cfg", 0o666);
    let run = place.untouched("check");
    assert_eq!(run.status, 3);
    assert_eq!(
        run.out,
        "user.cfg: error[U081]: the file can be written by everybody (mode 0666)\n    \
         --fix sets 0664; look at what is in it\n\
         user.cfg:1: warning[U001]: ignore config line: # mine\n    \
         correct it by hand if it was meant to count, or remove it\n\
         user.cfg:3: warning[U010]: group 'devs' has the member 'gone@pve', who does not exist\n    \
         --fix takes the name out of the group; a new user of this name would be a member at once; \
         --fix waits until user.cfg:1, which is not understood, is corrected or deleted\n\
         user.cfg:4: warning[U011]: PVEAdmin on /vms is for the group 'none', which does not exist\n    \
         --fix removes the entry; --fix waits until user.cfg:1, which is not understood, is corrected or deleted\n\
         priv/shadow.cfg:1: warning[U072]: a password is kept for 'gone@pve', who does not exist\n    \
         --fix removes it: whoever gets the name next must not get it, too; \
         --fix waits until user.cfg:1, which is not understood, is corrected or deleted\n\
         1 error, 4 warnings; --fix repairs 1\n"
    );
    let only_errors = place.untouched("check --severity error");
    assert!(
        only_errors.status == 3 && only_errors.out.ends_with("1 error; --fix repairs 1\n"),
        "{}",
        only_errors.out
    );
    let ignored = place
        .untouched("check --ignore U081,U001 --ignore u010 --ignore U011;U072".replace(';', ",").as_str());
    assert_eq!(ignored.status, 0, "{}", ignored.out);
    place.write("user.cfg", place.read("user.cfg").replace("# mine\n", ""));
    let fixed = place.usher("check --fix");
    assert_eq!((fixed.status, fixed.err.as_str()), (0, ""), "{fixed:?}");
    assert!(fixed.out.ends_with("4 repaired, nothing left\n"), "{}", fixed.out);
    assert_eq!(
        place.read("user.cfg"),
        format!("user:joe@pve:1:0::::::\n{ROOT}\ngroup:devs:joe@pve::\n\n\n\n")
    );
    assert_eq!((place.read("priv/shadow.cfg").as_str(), mode(&place, "user.cfg")), ("", 0o664));
}

#[test]
fn programs_get_rows() {
    let place = place(&[("user.cfg", "user:joe@pve:1:0::::::\ngroup:devs:joe@pve,gone@pve::\n")]);
    let told = |run: support::Run, status: i32| -> serde_json::Value {
        assert_eq!((run.status, run.err.as_str()), (status, ""), "{run:?}");
        serde_json::from_str(&run.out).unwrap()
    };
    let row = |fixed: bool| {
        serde_json::json!([{
            "code": "U010",
            "severity": "warning",
            "file": "user.cfg",
            "line": 2,
            "message": "group 'devs' has the member 'gone@pve', who does not exist",
            "advice": "--fix takes the name out of the group; a new user of this name would be a member at once",
            "fixable": true,
            "fixed": fixed,
        }])
    };
    assert_eq!(told(place.untouched("check --output-format json"), 3), row(false));
    assert_eq!(told(place.untouched("check --fix --dry-run --output-format json"), 3), row(false));
    assert_eq!(told(place.usher("check --fix --output-format json"), 0), row(true));
    assert_eq!(told(place.untouched("check --output-format json"), 0), serde_json::json!([]));
}

#[test]
fn a_name_cannot_look_like_a_finding() {
    let place = place(&[("user.cfg", "group:devs:a\u{7}b@pve::\nnoise\r\x1b[2Jnoise\n")]);
    let run = place.untouched("check");
    assert!(run.status == 3 && !run.out.contains(['\u{7}', '\x1b', '\r']), "{}", run.out);
}

#[test]
fn a_repair_looks_again_under_the_lock_and_writes_nothing_without_need() {
    let text = format!("user:joe@pve:1:0::::::\n{ROOT}\n\n\n\n");
    let place = place(&[("user.cfg", &text), ("priv/token.cfg", "noise\n")]);
    let run = place.untouched("check --fix --ignore U001");
    assert_eq!(
        (run.status, run.out.as_str()),
        (0, "no errors, no warnings (--severity hint looks for more)\n"),
        "{run:?}"
    );
}

#[test]
fn a_directory_that_is_not_there_is_not_clean() {
    let place = Place::new();
    fs::remove_dir(place.path()).unwrap();
    for line in ["check", "check --fix", "check --fix --dry-run", "find-unused"] {
        assert!(place.usher(line).refused(1).contains("does not exist"), "{line}");
        assert!(!place.path().exists(), "{line}");
    }
}

#[test]
fn words_are_checked() {
    let place = Place::new();
    for (line, word) in [
        ("check --only U999", "'U999'"),
        ("check --ignore nonsense", "'nonsense'"),
        ("check --severity fatal", "'fatal'"),
        ("check --migrate pve7", "'pve7'"),
    ] {
        assert!(place.untouched(line).refused(2).contains(word), "{line}");
    }
    // The original has no such command, and its short forms lead where they always led.
    place.pveum("check").refused(255);
}

/// The commands in what is advised, as far as they stand at its beginning or behind a colon.
fn advised(place: &Place, code: &str) -> Vec<String> {
    let run = place.untouched(&format!("check --only {code} --output-format json"));
    let rows: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let advice = rows.as_array().unwrap().iter().map(|row| row["advice"].as_str().unwrap());
    let commands = advice.map(|text| {
        let text = text.get(text.find("usher ").unwrap()..).unwrap();
        let ends = [", usher", ", or", ", which", "; ", " shows"].iter().filter_map(|end| text.find(end));
        text.get("usher ".len()..ends.min().unwrap_or(text.len())).unwrap().to_owned()
    });
    commands.collect()
}

#[test]
fn what_is_advised_can_be_typed_whatever_the_names() {
    let user = "-x$(touch${IFS}pwned)`'\"{a}@pve";
    let text = format!(
        "user:{user}:1:1::::::\ntoken:{user}!ci:1:1::\n{ROOT}\ngroup:-g:::\ngroup:-h:::\n\n\nrole:-r:VM.Audit:\n\
         role:-s::\n\nacl:1:/odd/x:@-g,{user},{user}!ci:-r:\n"
    );
    for (code, gone) in [
        ("U050", format!("user:{user}:")),
        ("U042", format!("token:{user}!ci:")),
        ("U024", "acl:".to_owned()),
        ("U014", "group:-g:".to_owned()),
        ("U013", "group:-h:".to_owned()),
        ("U012", "role:-s:".to_owned()),
    ] {
        let place = place(&[("user.cfg", &text), ("priv/token.cfg", &format!("{user}!ci secret\n"))]);
        assert!(place.read("user.cfg").contains(&gone), "{code}");
        let commands = advised(&place, code);
        assert!(!commands.is_empty(), "{code}");
        for command in commands {
            let run = place.usher(&command);
            assert_eq!(run.status, 0, "{command}: {run:?}");
        }
        assert!(!place.read("user.cfg").contains(&gone), "{code}: {}", place.read("user.cfg"));
    }
}

#[test]
fn every_second_line_is_found_with_what_counts() {
    let text = "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\ngroup:devs:joe@pve::\npool:p:::\nrole:r:VM.Audit:\n\
                user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\ntoken:joe@pve!ci:0:0::\ngroup : devs :::\n\
                pool:p:::\nrole:r::\nrole:PVEAdmin::\nrole:PVEAdmin::\nuser:joe@pve:1:0::::::\n\
                acl:1:/:joe@pve:r:\nacl:1:/:joe@pve:r:\n";
    let place = place(&[("user.cfg", text)]);
    let run = place.untouched("check --only U006 --output-format json");
    let rows: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let found: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            assert_eq!(row["fixable"], false);
            let message = row["message"].as_str().unwrap().split(" already").next().unwrap();
            format!("{}: {message}", row["line"])
        })
        .collect();
    assert_eq!(
        found,
        [
            "6: user 'joe@pve' stands in user.cfg:1",
            "7: token 'joe@pve!ci' stands in user.cfg:2",
            "8: token 'joe@pve!ci' stands in user.cfg:7",
            "9: group 'devs' stands in user.cfg:3",
            "10: pool 'p' stands in user.cfg:4",
            "11: role 'r' stands in user.cfg:5",
            "14: user 'joe@pve' stands in user.cfg:6",
        ]
    );
}

#[test]
fn tokens_a_second_line_of_their_user_drops_are_warned_of_by_usher_only() {
    let text = format!("user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\nuser:joe@pve:0:0::::::\n{ROOT}");
    let place = place(&[("user.cfg", &text)]);
    let warning = "warning: user.cfg:3: drop token 'joe@pve!ci' - this line of its user takes its place\n";
    let run = place.untouched("group list");
    assert_eq!((run.status, run.err.as_str()), (0, warning));
    let run = place.pveum("group list");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
}

/// A directory in which nothing is wrong: Ann has a token, a password, second factors, and is in a group.
fn anns() -> [(&'static str, String); 6] {
    [
        (
            "user.cfg",
            format!(
                "user:ann@pve:1:0::::::\ntoken:ann@pve!ci:0:1::\n{ROOT}\ngroup:devs:ann@pve::\n\n\nrole:r:VM.Audit:\n\n\
                 acl:1:/vms:@devs,ann@pve,ann@pve!ci:r:\n"
            ),
        ),
        (
            "domains.cfg",
            "ldap: corp\n\tbase_dn dc=x\n\tserver1 one\n\tuser_attr uid\n\tmode ldaps\n\tverify 1\n"
                .to_owned(),
        ),
        ("priv/shadow.cfg", "ann:$5$x$y:\n".to_owned()),
        ("priv/token.cfg", "ann@pve!ci secret\n".to_owned()),
        ("priv/tfa.cfg", "{\"users\":{\"ann@pve\":{\"totp\":[]}}}".to_owned()),
        ("priv/realm/corp.pw", "sesame\n".to_owned()),
    ]
}

fn anns_place() -> Place {
    let files = anns();
    place(&files.each_ref().map(|(name, text)| (*name, text.as_str())))
}

#[test]
fn a_slip_in_one_line_costs_nobody_an_account() {
    assert_eq!(anns_place().untouched("check").status, 0);
    for (file, right, slip) in [
        ("user.cfg", "user:ann", "usr:ann"),
        ("user.cfg", "user:ann", "#user:ann"),
        ("user.cfg", "user:ann", "\u{feff}user:ann"),
        ("user.cfg", "user:ann@pve:1:0", "user:ann@pve:1:never"),
        ("user.cfg", "user:ann@pve:1:0", "user:ann:1:0"),
        ("user.cfg", "token:ann", "tocken:ann"),
        ("user.cfg", "group:devs", "group devs"),
        ("user.cfg", "role:r", "rol:r"),
        ("user.cfg", "user:root", "user:ann@pve:1:0::::::\nuser:root"),
        ("domains.cfg", "ldap: corp", "ldap; corp"),
        ("domains.cfg", "ldap:", "\u{feff}ldap:"),
        ("priv/shadow.cfg", "ann:", "\u{feff}ann:"),
        ("priv/token.cfg", "ann@", "\u{feff}ann@"),
        ("priv/tfa.cfg", "{\"users", "\u{feff}{\"users"),
    ] {
        let place = anns_place();
        place.write(file, place.read(file).replace(right, slip));
        let before = place.files();
        for options in ["", "--ignore U001,U006", "--severity hint"] {
            let run = place.usher(&format!("check --fix {options}"));
            assert!(place.files() == before, "{slip} in {file}: {run:?}");
            assert!(run.status == 3 || options.contains("ignore"), "{slip} in {file}: {run:?}");
            assert!(!run.out.lines().any(|line| line.starts_with("repaired ")), "{slip} in {file}: {run:?}");
        }
        // Once it is corrected, everything is as it was.
        place.write(file, place.read(file).replace(slip, right));
        assert_eq!(place.untouched("check").status, 0, "{slip} in {file}");
    }
}

#[test]
fn a_file_in_utf_16_has_nothing_removed() {
    for (file, text) in anns() {
        let place = anns_place();
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        place.write(file, &bytes);
        let before = place.files();
        let run = place.usher("check --fix --severity hint");
        assert!(place.files() == before, "{file}: {run:?}");
    }
}

#[test]
fn what_nobody_decided_keeps_modes_from_nothing() {
    let place = place(&[("user.cfg", "usr:ann@pve:1:0::::::\n"), ("priv/shadow.cfg", "ann:$5$x$y:\n")]);
    set_mode(&place, "priv/shadow.cfg", 0o644);
    let run = place.usher("check --fix");
    assert_eq!((run.status, mode(&place, "priv/shadow.cfg")), (3, 0o600), "{run:?}");
    assert!(
        run.out.contains("--fix waits until user.cfg:1, which is not understood, is corrected or deleted"),
        "{}",
        run.out
    );
}

#[test]
fn a_file_of_users_that_got_lost_makes_no_left_overs() {
    let secrets = [
        ("priv/token.cfg", "ann@pve!ci 9c010945-601f-4fbc-ac8e-7b0562bfc05a\n"),
        ("priv/shadow.cfg", "ann:$5$a$b:\n"),
    ];
    for text in [None, Some("\n")] {
        let place = Place::with(&secrets);
        text.iter().for_each(|text| place.write("user.cfg", text));
        let said = place.untouched("check --fix");
        assert!(said.status == 3 && said.out.contains("user.cfg, which is missing or empty"), "{said:?}");
    }
}
