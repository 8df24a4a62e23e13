//! Users as tables.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use proptest::prelude::*;
use serde_json::json;
use std::os::unix::fs::PermissionsExt as _;
use support::Place;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;
use usher::model::directory::Directory;
use usher::model::group::Group;
use usher::model::id::{GroupId, UserId};
use usher::model::user::User;

const REALMS: (&str, &str) =
    ("domains.cfg", "pam: pam\n\npve: pve\n\nldap: corp\n\tbase_dn dc=x\n\tserver1 x\n\tuser_attr uid\n");

/// Writes a table beside the config directory.
fn table(place: &Place, text: &str) -> String {
    let path = place.path().parent().unwrap().join("users.csv");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn import(place: &Place, text: &str, options: &str) -> support::Run {
    let path = table(place, text);
    place.usher(&format!("user import {path} {options}"))
}

#[test]
fn rows_become_users() {
    let place = Place::after(&["group add ops", "group add all"]);
    place.write(REALMS.0, REALMS.1);
    let run = import(
        &place,
        "Login,First name,email,comment,groups,enable,expire,Phone\nann,Ann,ann@x.de,\"one, \"\"two\"\"\nthree\",ops,1,2030-01-01,5\nben,,,,,no,0,\n",
        "--map 'Login=name,First name=firstname,Phone=' --realm pve --groups all",
    );
    assert!(run.warned().contains("2 users added, 0 changed, 0 as they were"));
    assert_eq!(
        place.lines("user")[..2],
        ["ann@pve:1:1893456000:Ann::ann@x.de:one, \"two\"%0Athree::", "ben@pve:0:0::::::"]
    );
    assert_eq!(place.lines("group"), ["all:ann@pve,ben@pve::", "ops:ann@pve::"]);
    // The same table again says nothing new; another one only changes what it is allowed to.
    let before = place.files();
    let again = "userid;firstname\nann@pve;Ann\n";
    assert!(import(&place, again, "").warned().contains("0 users added, 0 changed, 1 as they were"));
    assert!(place.files() == before);
    let other = "userid,firstname,groups\nann@pve,Anna,all\n";
    assert!(
        import(&place, other, "").refused(1).contains("users.csv:2: error: user 'ann@pve' already exists")
    );
    assert!(place.files() == before);
    assert_eq!(import(&place, other, "--update --dry-run").status, 3);
    assert!(place.files() == before);
    assert!(import(&place, other, "--update").warned().contains("0 users added, 1 changed"));
    assert!(place.lines("user")[0].contains(":Anna::ann@x.de:"));
    assert_eq!(place.lines("group"), ["all:ann@pve,ben@pve::", "ops:::"]);
    import(&place, "userid\nann@pve\n", "--groups ops --update").warned();
    assert_eq!(place.lines("group"), ["all:ann@pve,ben@pve::", "ops:ann@pve::"]);
}

#[test]
fn what_is_wrong_is_named_and_nothing_happens() {
    let place = Place::after(&["user add joe@pve"]);
    let before = place.files();
    for (text, options, words) in [
        ("userid,email\nann@pve,nobody\nx,\n", "", &["users.csv:2: email: ", "users.csv:3: userid: "][..]),
        (
            "userid,enable,expire\nann@pve,perhaps,soon\n",
            "",
            &["users.csv:2: enable: ", "users.csv:2: expire: "],
        ),
        ("Mail,Login\nnobody,ann@pve\n", "--map Mail=email,Login=userid", &["users.csv:2: Mail: "]),
        ("userid\nann@pve\n\nann@pve\n", "", &["users.csv:4: user 'ann@pve' stands on line 2 already"]),
        ("userid,groups\nann@pve,ghosts\n", "", &["users.csv:2: error: group 'ghosts' does not exist"]),
        ("userid,Phone\nann@pve,1\n", "", &["column 'Phone' is no property", "--map 'Phone='"]),
        ("name\nann\n", "", &["--realm says it"]),
        ("comment\nann\n", "", &["'userid', or 'name' with 'realm'"]),
        ("userid,comment\nann@pve\n", "", &["users.csv:2:1: 1 cells in this row, and 2 in the first line"]),
        ("userid\nann@pve\n\"a,b@pve\"\n", "", &["users.csv:3: error: userid: "]),
    ] {
        let run = import(&place, text, options);
        assert_eq!(run.status, 1, "{text}: {run:?}");
        assert!(words.iter().all(|word| run.err.contains(word)), "{text}: {run:?}");
        assert!(place.files() == before, "{text}");
    }
    for map in ["x", "nothing=userid", "userid=nothing"] {
        assert!(import(&place, "userid\nann@pve\n", &format!("--map {map}")).refused(2).contains("map: "));
    }
    assert!(place.usher("user import /nowhere").refused(1).contains("cannot read '/nowhere'"));
    assert_ne!(place.pveum("user export").status, 0);
}

#[test]
fn generated_passwords_let_in() {
    let place = Place::with(&[REALMS]);
    let out = place.path().parent().unwrap().join("passwords.csv");
    let options = format!("--generate-passwords {}", out.display());
    place.all(&["user add old@pve"]);
    let text = "userid\nann@pve\nold@pve\n";
    assert_eq!(import(&place, text, &format!("{options} --dry-run")).status, 3);
    assert!(!out.exists());
    let corp = import(&place, "userid\nzoe@corp\n", &options).refused(1);
    assert!(
        corp.contains("passwords of realm 'corp' are not kept here") || corp.contains("can't set password"),
        "{corp}"
    );
    // What could not be committed leaves no passwords behind.
    import(&place, "userid,groups\nann@pve,ghosts\n", &options).refused(1);
    assert!(!out.exists());
    import(&place, text, &options).warned();
    assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    let told = std::fs::read_to_string(&out).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!((lines.len(), lines[0]), (2, "userid,password"));
    let password = lines[1].strip_prefix("ann@pve,").unwrap();
    assert!(password.len() >= 20, "{password}");
    assert_eq!(place.run("usher", ["ticket", "ann@pve"], &format!("{password}\n")).status, 0);
    assert!(
        !place
            .files()
            .values()
            .any(|text| text.windows(password.len()).any(|part| part == password.as_bytes()))
    );
    // A file that is there already is not written over.
    import(&place, "userid\nben@pve\n", &options).refused(1);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), told);
}

#[test]
fn a_table_is_data_too() {
    let place = Place::after(&[
        "group add ops",
        "user add ann@pve --groups ops --comment 'a, b'",
        "user add zoe@corp",
    ]);
    assert_eq!(
        place.usher("user export --realm pve").quiet(),
        "userid,enable,expire,firstname,lastname,email,comment,groups\r\nann@pve,1,0,,,,\"a, b\",ops\r\n"
    );
    let rows = place.usher("user export --output-format json").json();
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(
        rows[0],
        json!({"userid": "ann@pve", "enable": 1, "expire": 0, "firstname": "", "lastname": "", "email": "", "comment": "a, b", "groups": ["ops"]})
    );
}

fn users() -> impl Strategy<Value = Vec<User>> {
    let text = || "[ -~äß日\\n\\r\\t\"]{0,12}";
    let user = ("[a-z0-9äß._#=+-]{1,12}", any::<bool>(), any::<u32>(), text(), text(), text(), 0..3_usize);
    let user = user.prop_map(|(name, enable, expire, first_name, last_name, comment, mail)| User {
        enable,
        expire: Some(expire.into()),
        first_name,
        last_name,
        comment,
        email: ["", "a.b@c.de", "x+y@z"][mail].to_owned(),
        ..User::new(UserId::parse(&format!("{name}@pve")).unwrap())
    });
    proptest::collection::vec(user, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    /// What is exported makes the same users in an empty directory, and says nothing new in its own.
    #[test]
    fn a_table_makes_the_same_users(users in users()) {
        let catalogue = Catalogue::pve9();
        let mut directory = Directory::empty(catalogue.rules());
        let mut group = Group::new(GroupId::parse("some").unwrap());
        for (place, user) in users.into_iter().enumerate() {
            if place % 2 == 0 {
                group.members.insert(user.id.clone());
            }
            directory.set_user(user).unwrap();
        }
        if !group.members.is_empty() {
            directory.set_group(group).unwrap();
        }
        let from = Place::new();
        from.write("user.cfg", user_cfg::render(&directory).to_vec());
        let exported = from.usher("user export").quiet();
        let again = import(&from, &exported, "");
        prop_assert!(again.status == 0 && again.err.contains("0 users added, 0 changed"), "{:?}", again);
        let to = Place::new();
        let run = import(&to, &exported, "--create-groups");
        prop_assert_eq!(run.status, 0, "{:?}", run);
        let without_root = |place: &Place| -> Vec<String> {
            place.read("user.cfg").lines().filter(|line| !line.contains("root@pam")).map(str::to_owned).collect()
        };
        prop_assert_eq!(to.usher("user export").quiet(), exported);
        if directory.users.ids().count() > 1 {
            prop_assert_eq!(without_root(&to), without_root(&from));
        }
    }
}
