//! An explanation for programs; `docs/questions.md` documents the fields.

use super::Told;
use super::way_out::{granting, removing};
use crate::access::explain::{Acting, Entry, Fate, Level, Side, Walk};
use crate::access::remedy::{Hopeless, Remedy};
use crate::cli::output::Record;
use crate::cli::question::{names, phrase};
use crate::format::USER_CFG;
use serde_json::{Map, Value, json};

/// The word for a fate.
pub(super) fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Decides => "decides",
        Fate::Blocks => "blocks",
        Fate::Blocked => "blocked",
        Fate::Outranked => "outranked",
        Fate::Covered => "replaced",
        Fate::OutOfReach => "out-of-reach",
    }
}

fn entry(told: &Told<'_>, side: &Side<'_>, level: &Level<'_>, entry: &Entry<'_>) -> Value {
    let mut record = Map::new();
    record.insert("fate".into(), word(entry.fate).into());
    record.insert("propagate".into(), entry.propagate.into());
    record.insert("role".into(), entry.role.into());
    record.insert("subject".into(), entry.via.subject(side.subject).into());
    if let Some(privilege) = told.privilege {
        record.insert("holds".into(), entry.privileges.contains(privilege).into());
    }
    let lines = [
        ("line", told.sources.entry(side, &level.path, entry)),
        ("member-line", told.sources.member(side, entry)),
        ("role-line", told.sources.role(entry.role)),
    ];
    record.extend(lines.into_iter().filter_map(|(name, line)| Some((name.to_owned(), line?.into()))));
    Value::Object(record)
}

fn levels(told: &Told<'_>, side: &Side<'_>, walk: &Walk<'_>) -> Vec<Value> {
    let level = |level: &Level<'_>| {
        let entries: Vec<Value> = level.entries.iter().map(|one| entry(told, side, level, one)).collect();
        json!({ "path": level.path, "inherited": level.inherited, "entries": entries })
    };
    walk.levels.iter().map(level).collect()
}

fn side(told: &Told<'_>, side: &Side<'_>) -> Value {
    let pool = |walk: &Walk<'_>| {
        let name = phrase::pool(told.catalogue, walk);
        let mut record = Map::new();
        record.insert("levels".into(), levels(told, side, walk).into());
        record.insert("path".into(), walk.from.as_str().into());
        record.insert("pool".into(), name.into());
        record.extend(told.sources.pool(name).map(|line| ("line".to_owned(), line.into())));
        Value::Object(record)
    };
    let mut record = Map::new();
    record.insert("granted".into(), names(told.catalogue, side.permissions.granted).into());
    record.insert("levels".into(), levels(told, side, &side.walk).into());
    record.insert("pools".into(), side.pools.iter().map(pool).collect());
    record.insert("propagated".into(), names(told.catalogue, side.permissions.propagated).into());
    record.insert("subject".into(), side.subject.into());
    record.extend(told.sources.subject(side.subject).map(|line| ("line".to_owned(), line.into())));
    Value::Object(record)
}

/// The way out: nothing at all when the answer is not "no".
fn way_out(told: &Told<'_>) -> Option<Value> {
    let mut commands: Vec<String> = told.way_out.account.iter().cloned().collect();
    let mut record = Map::new();
    match &told.way_out.remedy {
        Remedy::Granted => {}
        Remedy::Grant(grants) => {
            commands.extend(grants.iter().map(|grant| granting(grant, true)));
            let grants = grants.iter().map(|grant| {
                json!({
                    "keep": grant.keep,
                    "loses": names(told.catalogue, grant.loses),
                    "path": grant.path.as_str(),
                    "propagate": grant.propagate,
                    "role": grant.role,
                    "subject": grant.subject,
                })
            });
            record.insert("grant".into(), grants.collect());
        }
        Remedy::Unblock(obstacles) => {
            commands.extend(obstacles.iter().map(removing));
            let obstacles = obstacles
                .iter()
                .map(|one| json!({ "path": one.path, "role": one.role, "subject": one.subject }));
            record.insert("remove".into(), obstacles.collect());
        }
        Remedy::Nothing(why) => {
            let why = match why {
                Hopeless::Nobody => "nobody",
                Hopeless::NoPath => "no-path",
                Hopeless::NoPlace => "no-place",
                Hopeless::NoRole => "no-role",
            };
            record.insert("impossible".into(), why.into());
        }
    }
    record.insert("commands".into(), commands.into());
    (told.allowed() == Some(false)).then_some(Value::Object(record))
}

/// The whole explanation.
pub(super) fn record(told: &Told<'_>) -> Record {
    let (acting, owner) = match told.explanation.acting {
        Acting::Nobody => ("nobody", None),
        Acting::Superuser => ("superuser", None),
        Acting::User => ("user", None),
        Acting::FullToken { owner, .. } => ("full-token", Some(owner)),
        Acting::SeparatedToken { owner, .. } => ("separated-token", Some(owner)),
    };
    let permissions = told.explanation.permissions;
    let sides: Vec<Value> = told.explanation.sides.iter().map(|one| side(told, one)).collect();
    Record::new()
        .with("acting", acting)
        .with("file", USER_CFG)
        .with("granted", names(told.catalogue, permissions.granted))
        .with("path", told.path.as_str())
        .with("propagated", names(told.catalogue, permissions.propagated))
        .with("sides", sides)
        .with("who", told.who.to_string())
        .with_some("allowed", told.allowed())
        .with_some("owner", owner)
        .with_some("privilege", told.privilege.map(|privilege| told.catalogue.name(privilege)))
        .with_some("unusable", told.unusable.map(ToString::to_string))
        .with_some("way-out", way_out(told))
}
