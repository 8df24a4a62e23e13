//! `acl show`: the ACL entries that matter at one path.

use super::PATH;
use crate::access::rule;
use crate::catalogue::Catalogue;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::entries;
use crate::cli::log::LastChange;
use crate::cli::output::{Answer, Record};
use crate::cli::sheet::Sheet;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::USER_CFG;
use crate::format::user_cfg::LineKind;
use crate::model::acl::{AclEntry, Subject};
use crate::model::directory::Directory;
use crate::model::id::{PoolId, StorageId, VmId};
use crate::model::path::{AclPath, is_below};
use crate::model::shell::Command;
use serde_json::Value;
use std::collections::HashSet;

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show the ACL entries that matter at a path: those set there, and those inherited from above that no entry \
            for the same user, group or token replaces on the way, with their lines in user.cfg. Example: usher acl show \
            /vms/100",
    parameters: &[PATH],
    answers: true,
    writes: false,
    asks: rule::AUDIT,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let path = check.one("path", AclPath::parse);
    let path = check.end(path)?.node();
    let files = context.load(&[USER_CFG])?;
    let directory = context.directory_in(&files);
    let Reaching { here, inherited, replaced } = Reaching::at(&directory, &path);
    let pools = pools_of(&directory, &context.catalogue, &path);
    let mut by_pools = Vec::new();
    for pool in &pools {
        let reaching = Reaching::at(&directory, pool);
        let more = reaching.here.into_iter().chain(reaching.inherited);
        by_pools.extend(more.filter(|entry| !inherited.contains(entry)));
    }
    let below = directory.acl.ids().filter(|id| is_below(id, path.as_str())).count();
    let places = entries::places_where(&files, |line| {
        line.kind == LineKind::Acl
            && AclPath::parse(line.field(1)).is_ok_and(|place| {
                let place = place.node();
                path.is_within(&place) || pools.iter().any(|pool| pool.is_within(&place))
            })
    });
    let last_change = LastChange::of(context, format!("acl {path}"));
    if values.for_people() {
        let list = |entries: &[AclEntry]| entries::cells(&places, entries, None);
        let list_below = Command::new("usher acl list").with("--path", path.as_str()).option("--below");
        let deeper = match below {
            0 => String::new(),
            1 => format!("1 path; '{list_below}' lists the entries"),
            count => format!("{count} paths; '{list_below}' lists the entries"),
        };
        let sheet = Sheet::new("path", path.as_str(), None)
            .list("set here", list(&here))
            .list_if_any("inherited", list(&inherited))
            .list_if_any("replaced", list(&replaced))
            .list_if_any("by its pools", list(&by_pools))
            .line("set below", deeper)
            .line("last change", last_change.words());
        return Ok(Answer::Text(sheet.text()));
    }
    let list =
        |entries: &[AclEntry]| entries.iter().map(|one| entries::value(&places, one)).collect::<Vec<Value>>();
    let record = Record::new()
        .with("path", path.as_str())
        .with("here", list(&here))
        .with("inherited", list(&inherited))
        .with("replaced", list(&replaced))
        .with("by-pools", list(&by_pools))
        .with("paths-below", below)
        .with_some("last-change", last_change.value());
    Ok(Answer::Object { columns: &[], record })
}

/// The entries that reach a path.
struct Reaching {
    /// Those at the path itself.
    here: Vec<AclEntry>,
    /// Those further up, the nearest first.
    inherited: Vec<AclEntry>,
    /// Those further up that one for the same subject further down replaces.
    replaced: Vec<AclEntry>,
}

impl Reaching {
    fn at(directory: &Directory, path: &AclPath) -> Self {
        let here = directory.entries_at(path);
        let mut seen: HashSet<Subject> = here.iter().map(|entry| entry.subject.clone()).collect();
        let (mut inherited, mut replaced) = (Vec::new(), Vec::new());
        for above in path.ancestors() {
            let reaching = directory.entries_at(&above).into_iter().filter(|entry| entry.propagate);
            let (covered, counting): (Vec<_>, Vec<_>) =
                reaching.partition(|entry| seen.contains(&entry.subject));
            seen.extend(counting.iter().map(|entry| entry.subject.clone()));
            inherited.extend(counting);
            replaced.extend(covered);
        }
        Self { here, inherited, replaced }
    }
}

/// The paths of the pools a guest or storage is in, whose permissions it has as well.
fn pools_of(directory: &Directory, catalogue: &Catalogue, path: &AclPath) -> Vec<AclPath> {
    let named = |prefix: &str| {
        let name = (!prefix.is_empty()).then(|| path.as_str().strip_prefix(prefix)).flatten();
        name.filter(|name| !name.is_empty())
    };
    let guest = named(catalogue.pools().guests()).and_then(VmId::lenient);
    let storage = named(catalogue.pools().storages()).and_then(|name| StorageId::parse(name).ok());
    let mut pools: Vec<PoolId> = guest.and_then(|guest| directory.pool_of(guest)).into_iter().collect();
    if let Some(storage) = storage {
        let holding = directory.pools.mentioning(storage.as_str()).into_iter();
        pools.extend(holding.filter(|pool| pool.storages.contains(&storage)).map(|pool| pool.id));
    }
    pools.sort();
    let paths = pools.iter().map(|pool| AclPath::parse(&format!("{}{pool}", catalogue.pools().acl())));
    paths.filter_map(Result::ok).map(|path| path.node()).collect()
}
