//! Answers of servers and directories in, files and refusals out.

mod answers;
mod decisions;
mod guards;

use super::{Collector, Fetched, Options, Plan, plan};
use crate::catalogue::Catalogue;
use crate::error::Result;
use crate::format::user_cfg;
use crate::model::directory::Directory;
use crate::model::id::RealmId;
use crate::model::realm::{Realm, RealmKind, Realms};
use crate::model::sync::{Scope, Vanished, Wishes};
use crate::realm::ldap::Entry;
use std::sync::Arc;

fn realms(values: &[(&str, &str)]) -> Realms {
    let mut realms = Realms::default();
    let usual = [("base_dn", "dc=x"), ("server1", "127.0.0.1"), ("user_attr", "uid")];
    let all = usual.iter().chain(values).map(|(name, value)| (name.to_string(), value.to_string()));
    realms.add(RealmKind::Ldap, RealmId::parse("corp").unwrap(), all.collect()).unwrap();
    realms
}

fn realm(values: &[(&str, &str)]) -> Realm {
    realms(values).get("corp").unwrap().clone()
}

fn options(scope: Scope, vanished: &str) -> Options {
    let given = Wishes {
        scope: Some(scope),
        vanished: Some(Vanished::parse(vanished).unwrap()),
        ..Wishes::default()
    };
    let realms = realms(&[]);
    Options::settle(&realms, realms.get("corp").unwrap(), given, Wishes::default()).unwrap()
}

/// `uid=ann,ou=p|mail=a@b.de|member=…`: a DN and attributes.
fn entry(text: &str) -> Entry {
    let mut parts = text.split('|');
    let dn = parts.next().unwrap().to_owned();
    let mut attributes: Vec<(String, Vec<Vec<u8>>)> = Vec::new();
    for (name, value) in parts.map(|part| part.split_once('=').unwrap()) {
        let value = value.as_bytes().to_vec();
        match attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => attributes.push((name.to_owned(), vec![value])),
        }
    }
    Entry { dn, attributes }
}

fn fetched_by(realm: &Realm, options: &Options, users: &[&str], groups: &[&str]) -> Fetched {
    let mut collector = Collector::new(realm, options);
    users.iter().for_each(|text| collector.user(&entry(text)).unwrap());
    groups.iter().for_each(|text| collector.group(&entry(text)).unwrap());
    collector.finish()
}

fn fetched(options: &Options, users: &[&str], groups: &[&str]) -> Fetched {
    fetched_by(&realm(&[]), options, users, groups)
}

fn directory(text: &str) -> Directory {
    user_cfg::parse(&Arc::new(text.as_bytes().to_vec()), &Catalogue::default()).0
}

fn text(directory: &Directory) -> String {
    String::from_utf8(user_cfg::render(directory).to_vec()).unwrap()
}

fn planned(before: &Directory, fetched: &Fetched, options: &Options) -> Result<Plan> {
    plan(before, &RealmId::parse("corp").unwrap(), fetched, options)
}

/// The lines of the file after a synchronisation.
fn after(before: &str, fetched: &Fetched, options: &Options) -> Vec<String> {
    let mut directory = directory(before);
    planned(&directory, fetched, options).unwrap().apply(&mut directory, fetched, options).unwrap();
    text(&directory).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

const BEFORE: &str = "\
user:ann@corp:0:77:Annie:Old::kept?:x:
token:ann@corp!ci:0:1:t:
user:gone@corp:1:0::::::
token:gone@corp!ci:0:1::
user:local@pve:1:0::::::
user:root@pam:1:0::::::

group:eng-corp:gone@corp,local@pve:my text:
group:old-corp:gone@corp::
group:staff:gone@corp,local@pve::



acl:1:/:@old-corp,gone@corp,gone@corp!ci:PVEAuditor:
";

const ANN: &str = "uid=ann,dc=x|uid=ann|email=ann@x.org|firstname=Ann";
const BO: &str = "uid=bo,dc=x|uid=bo|enable=FALSE";
const ENG: &str = "cn=eng,dc=x|member=uid=ann,dc=x|member=UID=BO,dc=X|member=uid=nobody,dc=x";

/// `n` users of the realm, or entries that make them.
fn many(n: usize) -> (String, Vec<String>) {
    let name = |place: usize| format!("u{place:05}");
    let file = (0..n).map(|place| format!("user:{}@corp:1:0::::::\n", name(place))).collect();
    (file, (0..n).map(|place| format!("uid={0},dc=x|uid={0}", name(place))).collect())
}
