//! Realms synchronised from a real server, against `ldapsearch` that fetches the same from it.

use super::measure::{compare, median};
use super::process::{USHER, fresh, peak_of, run, timed};
use super::support::slapd::{BASE, SYNC, SYNC_PASSWORD, Setup, Slapd};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What a sync costs; the ratios are to [`Sync::search`].
pub struct Sync {
    /// `ldapsearch` for the users, and again for the groups.
    pub search: Duration,
    /// A process that fetches the same entries and keeps nothing.
    pub fetch: f64,
    /// A sync into a directory without users.
    pub first: f64,
    /// The same again, when nothing changed; to the first sync.
    pub second: f64,
    /// The peak of memory of the first, in MiB.
    pub peak: f64,
}

const DOMAINS: &str = "user_attr uid
\tbind_dn cn=sync,dc=test
\tgroup_dn ou=groups,dc=test
\tgroup_name_attr cn
\tsync_attributes firstname=givenName,lastname=sn,email=mail,comment=description
\tuser_classes inetOrgPerson
\tgroup_classes groupOfNames
\tsync-defaults-options scope=both
";

/// The directory: `users` users and one group for every hundred of them.
fn ldif(users: usize) -> String {
    let mut ldif = String::new();
    for number in 0..users {
        write!(
            ldif,
            "dn: uid=user{number:06},ou=people,dc=test\nobjectClass: inetOrgPerson\nuid: user{number:06}\n\
             cn: Given{number} Family{number}\ngivenName: Given{number}\nsn: Family{number}\n\
             mail: user{number:06}@test.example\ndescription: number {number}\n\n"
        )
        .unwrap();
    }
    for group in 0..users / 100 {
        write!(
            ldif,
            "dn: cn=group{group:04},ou=groups,dc=test\nobjectClass: groupOfNames\ncn: group{group:04}\n"
        )
        .unwrap();
        for member in 0..100 {
            writeln!(ldif, "member: uid=user{:06},ou=people,dc=test", group * 100 + member).unwrap();
        }
        ldif.push('\n');
    }
    ldif
}

fn config_directory(name: &str, port: u16) -> std::path::PathBuf {
    let path = fresh(name);
    fs::create_dir_all(path.join("priv/realm")).unwrap();
    let domains = format!("ldap: test\n\tbase_dn {BASE}\n\tserver1 127.0.0.1\n\tport {port}\n\t{DOMAINS}\n");
    fs::write(path.join("domains.cfg"), domains).unwrap();
    fs::write(path.join("priv/realm/test.pw"), SYNC_PASSWORD).unwrap();
    path
}

fn usher(directory: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(USHER);
    command.args(words).env("USHER_CONFIG_DIR", directory);
    command
}

fn search(port: u16) -> Command {
    let asked = |base: &str, filter: &str, attributes: &str| {
        format!(
            "ldapsearch -LLL -x -H ldap://127.0.0.1:{port} -D {SYNC} -w {SYNC_PASSWORD} -E pr=1000/noprompt \
             -b {base} '{filter}' {attributes}"
        )
    };
    let users = asked(
        BASE,
        "(objectClass=inetOrgPerson)",
        "uid enable expire firstname lastname email comment keys givenName sn mail description memberOf",
    );
    let groups = asked("ou=groups,dc=test", "(objectClass=groupOfNames)", "member uniqueMember cn");
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{users} && {groups}"));
    command
}

/// Measures with `users` users in a hundredth as many groups.
pub fn sync(users: usize, rounds: usize) -> Sync {
    let server = Slapd::set_up(&Setup { ldif: ldif(users), ..Setup::default() });
    let tried = config_directory("sync-fetch", server.port);
    let synced = config_directory("sync-again", server.port);
    let empty = || {
        let path = config_directory("sync-first", server.port);
        usher(&path, &["realm", "sync", "test"])
    };
    run(&mut usher(&synced, &["realm", "sync", "test"]));
    let before = fs::read(synced.join("user.cfg")).unwrap();
    let lines = String::from_utf8_lossy(&before).lines().filter(|line| line.starts_with("user:user")).count();
    assert_eq!(lines, users, "every user is there");
    let (time, ratios) = compare(
        rounds,
        vec![
            timed(|| search(server.port)),
            timed(|| usher(&tried, &["realm", "test", "test"])),
            timed(empty),
            timed(|| usher(&synced, &["realm", "sync", "test"])),
        ],
    );
    assert!(fs::read(synced.join("user.cfg")).unwrap() == before, "nothing changed");
    let peaks = (0..3).map(|_| peak_of(&empty()) / 1024.0 / 1024.0).collect();
    Sync {
        search: time,
        fetch: ratios[1],
        first: ratios[2],
        second: ratios[3] / ratios[2],
        peak: median(peaks),
    }
}
