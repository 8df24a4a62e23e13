//! The questions: who can, all paths of somebody, why, and one whole process.

use super::data::{Data, Random};
use super::measure::{compare, median};
use super::process::{USHER, fresh, timed};
use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;
use usher::access::Policy;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;

/// Nanoseconds, and ratios to a check of the same.
pub struct Questions {
    pub who_can: f64,
    pub who_can_crowded: f64,
    pub access: f64,
    pub access_everywhere: f64,
    pub explain: f64,
    pub explain_held: f64,
}

/// The median of some rounds, in nanoseconds, divided by what `work` says it did.
fn per_thing(mut work: impl FnMut() -> usize) -> f64 {
    let times = (0..15).map(|_| {
        let start = Instant::now();
        let things = black_box(work());
        start.elapsed().as_nanos() as f64 / things as f64
    });
    median(times.collect())
}

fn compiled(text: &str) -> (Policy, usize) {
    let catalogue = Catalogue::pve9();
    let directory = user_cfg::parse(&Arc::new(text.as_bytes().to_vec()), &catalogue).0;
    let mut paths = directory.acl.ids().count();
    paths += catalogue.listed_paths().count();
    (Policy::compile(&directory, &catalogue), paths)
}

impl Questions {
    pub fn of(data: &Data) -> Self {
        let (policy, paths) = compiled(&data.text);
        let catalogue = Catalogue::pve9();
        let audit = catalogue.privilege("VM.Audit").unwrap();
        let mut random = Random::new(11);
        let places: Vec<&str> = (0..20).map(|_| random.of(&data.paths).as_str()).collect();
        let people = data.users.len() + data.tokens.len();
        let who_can = |policy: &Policy, places: &[&str]| {
            per_thing(|| {
                let holders = |path: &&str| {
                    policy.everybody(path).filter(|(_, held)| held.granted.contains(audit)).count()
                };
                black_box(places.iter().map(holders).sum::<usize>());
                people * places.len()
            })
        };
        let crowd: String = (0..data.users.len() / 20)
            .map(|place| {
                format!("acl:1:/:{},@{}:PVEAuditor:\n", data.users[place * 20], random.of(&data.groups))
            })
            .collect();
        let (crowded, _) = compiled(&format!("{}{crowd}", data.text));
        let somebody: Vec<&str> = (0..20).map(|_| random.of(&data.users).as_str()).collect();
        let (everything, _) = compiled(&format!("{}acl:1:/:{}:Administrator:\n", data.text, somebody[0]));
        let listings = |policy: &Policy, who: &[&str]| {
            per_thing(|| {
                black_box(who.iter().map(|who| policy.listing(who).len()).sum::<usize>());
                paths * who.len()
            })
        };
        let questions: Vec<(&str, &str)> =
            (0..20_000).map(|_| (random.of(&data.users).as_str(), random.of(&data.paths).as_str())).collect();
        let held: Vec<(&str, &str)> = questions
            .iter()
            .copied()
            .filter(|(who, path)| {
                policy.explain(who, path).sides.iter().any(|side| side.entries().count() > 0)
            })
            .collect();
        let explain = |questions: &[(&str, &str)]| {
            let check = per_thing(|| {
                black_box(questions.iter().filter(|(who, path)| policy.check(who, audit, path)).count());
                questions.len()
            });
            let explain = per_thing(|| {
                let holds = |(who, path): &&(&str, &str)| black_box(policy.explain(who, path)).holds(audit);
                black_box(questions.iter().filter(holds).count());
                questions.len()
            });
            explain / check
        };
        Self {
            who_can: who_can(&policy, &places),
            who_can_crowded: who_can(&crowded, &["/"]),
            access: listings(&policy, &somebody),
            access_everywhere: listings(&everything, &somebody[..1]),
            explain: explain(&questions),
            explain_held: explain(&held),
        }
    }
}

/// `usher can`, answered with yes, against `cat` of the file.
pub fn can(data: &Data) -> f64 {
    let directory = fresh("can");
    fs::write(directory.join("user.cfg"), &data.text).unwrap();
    let cat = || {
        let mut command = Command::new("cat");
        command.arg(directory.join("user.cfg"));
        command
    };
    let audit = Catalogue::pve9().privilege("VM.Audit").unwrap();
    let (policy, _) = compiled(&data.text);
    let path = data.paths.iter().find(|path| {
        policy.everybody(path).any(|(who, held)| {
            held.granted.contains(audit) && data.users.iter().any(|user| user == policy.name(who))
        })
    });
    let path = path.unwrap();
    let who = data.users.iter().find(|user| policy.check(user, audit, path)).unwrap();
    let can = || {
        let mut command = Command::new(USHER);
        command.args(["can", who, "VM.Audit", path]);
        command.env("USHER_CONFIG_DIR", &directory);
        command
    };
    compare(101, vec![timed(cat), timed(can)]).1[1]
}
