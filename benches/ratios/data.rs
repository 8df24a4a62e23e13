//! A made-up directory of any size, the same at every run, as a program would have written it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

const FIRST: [&str; 8] = ["Anna", "Bernd", "Elif", "Fran%C3%A7ois", "Hana", "J%C3%BCrgen", "Mei", "Olga"];
const LAST: [&str; 8] = ["Maier", "M%C3%BCller", "Novak", "O'Brien", "Rossi", "Sato", "Smith", "Zhang"];
const COMMENT: [&str; 6] = ["", "", "external contractor", "service", "ticket #12345%3A approved", "Technik"];
const TOKEN: [&str; 4] = ["automation", "backup", "ci-cd", "monitor.x"];
const ROLE: [&str; 8] = [
    "NoAccess",
    "PVEAdmin",
    "PVEAuditor",
    "PVEDatastoreUser",
    "PVEVMAdmin",
    "PVEVMUser",
    "role-01",
    "role-02",
];
const STORAGE: [&str; 4] = ["ceph1", "local", "nfs1", "zfs1"];

/// A sequence of numbers that look random (xorshift64*).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        high as usize % limit.max(1)
    }

    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// The file and what it speaks of.
pub struct Data {
    pub text: String,
    pub users: Vec<String>,
    pub tokens: Vec<String>,
    pub groups: Vec<String>,
    pub paths: Vec<String>,
}

impl Data {
    /// `users` users, a tenth as many groups, as many ACL lines as users.
    pub fn of(users: usize) -> Self {
        let mut data = Self {
            text: String::from("user:root@pam:1:0:::root@example.com:::\n"),
            users: Vec::new(),
            tokens: Vec::new(),
            groups: (1..=users / 10).map(|number| format!("grp-{number:05}")).collect(),
            paths: Vec::new(),
        };
        let mut random = Random::new(20_240_607);
        data.users(&mut random, users);
        data.text.push('\n');
        data.groups(&mut random);
        data.text.push('\n');
        let pools = data.pools(&mut random, users / 100);
        data.text.push('\n');
        for number in 1..=40 {
            writeln!(data.text, "role:role-{number:02}:Datastore.Audit,Sys.Audit,VM.Audit,VM.Console:")
                .unwrap();
        }
        data.text.push('\n');
        data.acl(&mut random, users, &pools);
        data
    }

    fn users(&mut self, random: &mut Random, count: usize) {
        for number in 1..=count {
            let id = format!("u{number:07}@{}", if number % 10 == 0 { "ldap1" } else { "pve" });
            let enable = usize::from(!random.percent(5));
            let expire = if random.percent(3) { 1_900_000_000 } else { 0 };
            let mail = if random.percent(80) { format!("u{number:07}@example.com") } else { String::new() };
            let (first, last, comment) = (random.of(&FIRST), random.of(&LAST), random.of(&COMMENT));
            writeln!(self.text, "user:{id}:{enable}:{expire}:{first}:{last}:{mail}:{comment}::").unwrap();
            if random.percent(6) {
                let token = format!("{id}!{}", random.of(&TOKEN));
                let separated = random.below(2);
                writeln!(self.text, "token:{token}:0:{separated}:{}:", random.of(&COMMENT)).unwrap();
                self.tokens.push(token);
            }
            self.users.push(id);
        }
    }

    fn groups(&mut self, random: &mut Random) {
        for group in &self.groups {
            let members: BTreeSet<&str> =
                (0..random.below(60)).map(|_| random.of(&self.users).as_str()).collect();
            let members: Vec<&str> = members.into_iter().collect();
            writeln!(self.text, "group:{group}:{}:{}:", members.join(","), random.of(&COMMENT)).unwrap();
        }
    }

    fn pools(&mut self, random: &mut Random, count: usize) -> Vec<String> {
        let mut pools = Vec::new();
        let mut guest = 100;
        for number in 1..=count {
            let mut guests: Vec<String> =
                (0..random.below(10)).map(|place| (guest + place).to_string()).collect();
            guest += guests.len();
            guests.sort();
            let storages: BTreeSet<&str> = (0..random.below(3)).map(|_| *random.of(&STORAGE)).collect();
            let storages: Vec<&str> = storages.into_iter().collect();
            let (guests, storages) = (guests.join(","), storages.join(","));
            pools.push(match pools.last() {
                Some(above) if number % 5 == 0 => format!("{above}/inner"),
                _ => format!("pool{number:05}"),
            });
            writeln!(self.text, "pool:{}:{}:{guests}:{storages}:", pools[number - 1], random.of(&COMMENT))
                .unwrap();
        }
        pools
    }

    fn acl(&mut self, random: &mut Random, count: usize, pools: &[String]) {
        // The key sorts as the file does: by path with `/` before everything else.
        let mut lines: BTreeSet<(String, usize, String, String)> = BTreeSet::new();
        let mut taken: BTreeSet<(String, String)> = BTreeSet::new();
        while lines.len() < count {
            let path = match random.below(10) {
                0..6 => format!("/vms/{}", 100 + random.below(count / 2)),
                6..8 => format!("/storage/store{:05}", random.below(count / 20)),
                8 => format!("/pool/{}", random.of(pools)),
                _ => format!("/nodes/node{:04}", random.below(count / 50)),
            };
            let mut subjects = BTreeSet::new();
            for _ in 0..=random.below(3) {
                let subject = match random.below(20) {
                    0..12 => random.of(&self.users).clone(),
                    12..17 => format!("@{}", random.of(&self.groups)),
                    _ => random.of(&self.tokens).clone(),
                };
                if taken.insert((path.clone(), subject.clone())) {
                    subjects.insert(subject);
                }
            }
            let subjects: Vec<String> = subjects.into_iter().collect();
            let second = if random.percent(10) { ",role-40" } else { "" };
            let roles = format!("{}{second}", random.of(&ROLE));
            let propagate = usize::from(random.percent(80));
            let same = (path.replace('/', "\0"), propagate, roles.clone(), String::new());
            let key = (path.replace('/', "\0"), propagate, roles, subjects.join(","));
            let next = lines.range(same..).next();
            if !subjects.is_empty()
                && next.is_none_or(|next| (&next.0, next.1, &next.2) != (&key.0, key.1, &key.2))
            {
                lines.insert(key);
            }
        }
        for (path, propagate, roles, subjects) in lines {
            let path = path.replace('\0', "/");
            writeln!(self.text, "acl:{propagate}:{path}:{subjects}:{roles}:").unwrap();
            if self.paths.last() != Some(&path) {
                self.paths.push(path);
            }
        }
    }
}
