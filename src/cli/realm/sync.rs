//! `realm sync`: users and groups of a directory server become users and groups here.

mod due;
mod log;
mod progress;
mod report;
mod run;

pub use report::Report;
pub use run::synchronise;

use crate::access::rule;
use crate::audit::{self, Deed};
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::face::Face;
use crate::cli::output::{Answer, Format};
use crate::cli::parameter::Parameter;
use crate::cli::terminal::say_on_stderr;
use crate::cli::values::{Check, Values};
use crate::error::{Error, Kind, Result};
use crate::format::domains_cfg;
use crate::model::id::RealmId;
use crate::model::realm::Realm;
use crate::model::sync::{Keep, Limit, NameCase, Scope, Vanished, Wishes};

/// What is said when one of the old options is given.
const DEPRECATED: &str = "warning: --full and --purge have no effect; use --remove-vanished";

/// The command.
pub static VERB: Verb = Verb {
    name: "sync",
    aliases: &[],
    about: "Take over users and groups of a realm from its directory server.",
    parameters: &[
        Parameter::positional("realm", "The realm's name.").optional_here(),
        Parameter::boolean(
            "dry-run",
            "Show what would change, and change nothing. As usher, exits 3 when something would.",
        )
        .default("0"),
        Parameter::boolean("enable-new", "Whether new users may sign in at once.").default("1"),
        Parameter::boolean("full", "Deprecated, without effect: use --remove-vanished."),
        Parameter::boolean("purge", "Deprecated, without effect: use --remove-vanished."),
        Parameter::text(
            "remove-vanished",
            "What to remove of users and groups that are gone from the server: 'entry', 'acl', 'properties' \
             joined by ';', or 'none'.",
        )
        .default("none"),
        Parameter::choice("scope", &Scope::WORDS, "What to synchronise."),
        Parameter::boolean("all", "Every realm with a directory server, one after the other.")
            .default("0")
            .own(),
        Parameter::boolean("allow-empty", "Believe a server that knows no users or no groups.")
            .default("0")
            .own(),
        Parameter::boolean("due", "Run the jobs whose time has come; see 'realm job'.").default("0").own(),
        Parameter::list("keep", "What stays of removed users: memberships, token-secrets, second-factors.")
            .own(),
        Parameter::text(
            "max-delete",
            "Refuse to take away more users, or more groups, than this number or percentage of the realm's.",
        )
        .default("50%")
        .own(),
        Parameter::boolean("member-uid", "Read members from memberUid as well.").default("0").own(),
        Parameter::choice(
            "name-case",
            &NameCase::WORDS,
            "Spell names as the server does, or in small letters.",
        )
        .default("keep")
        .own(),
        Parameter::boolean("nested", "Count members of groups in groups as members.").default("0").own(),
        Parameter::choice("output-format", &Format::NAMES, "Output format.").default("text").own(),
    ],
    answers: false,
    writes: true,
    asks: rule::SYNCHRONISE,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    context.deed = Deed::of(audit::Kind::Sync);
    let check = values.check();
    let id = values.text("realm").map(|_| super::realm_id(&check));
    let (all, due) = (values.is_on("all"), values.is_on("due"));
    let wishes = wishes(&check, values);
    for (name, on) in [("all", all), ("due", due)] {
        if on && id.is_some() {
            check.refuse(name, "a realm is named already");
        }
    }
    if all && due {
        check.refuse("due", "cannot be combined with --all");
    }
    let id = check.end(match id {
        Some(None) => None,
        Some(Some(id)) => Some(Some(id)),
        None => Some(None),
    })?;
    let deprecated = values.text("full").or(values.text("purge")).is_some();
    match (context.face, id) {
        (Face::Original, Some(id)) => log::run(context, &id, wishes, deprecated.then_some(DEPRECATED)),
        (Face::Own, Some(id)) => {
            say_deprecated(deprecated);
            let report = synchronise(context, &id, wishes)?;
            answer(context, values, vec![report])
        }
        (Face::Own, None) if all => {
            say_deprecated(deprecated);
            run_all(context, values, &wishes)
        }
        (Face::Own, None) if due => {
            say_deprecated(deprecated);
            due::run(context, values, &wishes)
        }
        _ => Err(Error::Usage("not enough arguments: a realm, --all or --due".into())),
    }
}

fn say_deprecated(given: bool) {
    if given {
        say_on_stderr(DEPRECATED);
    }
}

/// What the command line says.
fn wishes(check: &Check<'_>, values: &Values) -> Wishes {
    Wishes {
        scope: check.one("scope", Scope::parse),
        vanished: check.one("remove-vanished", Vanished::parse),
        enable_new: values.boolean("enable-new"),
        max_delete: check.one("max-delete", Limit::parse),
        allow_empty: values.boolean("allow-empty"),
        nested: values.boolean("nested"),
        member_uid: values.boolean("member-uid"),
        name_case: check.one("name-case", NameCase::parse),
        keep: values.text("keep").and_then(|_| {
            let words = values.words("keep").join(",");
            Keep::parse(&words).map_err(|error| check.refuse("keep", error.to_string())).ok()
        }),
        page_size: None,
    }
}

/// Every realm with a server; the failure of one does not keep the others from their turn.
fn run_all(context: &mut Context, values: &Values, wishes: &Wishes) -> Result<Answer> {
    let files = context.load(&[domains_cfg::FILE])?;
    let realms = context.realms_in(&files);
    let ids: Vec<RealmId> =
        realms.iter().filter(|realm| realm.kind().has_server()).map(Realm::id).cloned().collect();
    if ids.is_empty() {
        return Err(Error::refused("no realm has a directory server")
            .with_hint("'realm add' defines one, with --type ldap or --type ad"));
    }
    let (mut reports, mut failures) = (Vec::new(), Vec::new());
    for id in &ids {
        match synchronise(context, id, wishes.clone()) {
            Ok(report) => reports.push(report),
            Err(error) => fail(&mut failures, &format!("realm '{id}'"), &error),
        }
    }
    context.failure = together(&failures, ids.len(), "realms");
    answer(context, values, reports)
}

/// Tells what failed, and why, and notes it.
fn fail(failures: &mut Vec<Kind>, what: &str, error: &Error) {
    say_on_stderr(&format!("error: {what}: {error}"));
    if let Some(hint) = error.hint() {
        say_on_stderr(&format!("hint: {hint}"));
    }
    failures.push(error.kind());
}

/// One failure for several, of the kind with the highest exit status.
fn together(failures: &[Kind], all: usize, what: &str) -> Option<Error> {
    let message = format!("{} of {all} {what} failed", failures.len());
    let has = |kind| failures.contains(&kind);
    match failures {
        [] => None,
        _ if has(Kind::Excessive) => Some(Error::excessive(message)),
        _ if has(Kind::Usage) => Some(Error::invalid(message)),
        _ => Some(Error::refused(message)),
    }
}

fn answer(context: &mut Context, values: &Values, reports: Vec<Report>) -> Result<Answer> {
    context.answers_dry_run = true;
    if values.text("output-format").map_or(Ok(Format::Text), Format::parse)? == Format::Text {
        return Ok(Answer::Text(reports.iter().map(|one| one.text(context.dry_run)).collect()));
    }
    let mut records: Vec<_> = reports.iter().map(Report::record).collect();
    Ok(match (values.is_on("all"), records.pop()) {
        (false, Some(record)) => Answer::Object { columns: &[], record },
        (_, last) => {
            records.extend(last);
            Answer::Rows { columns: &[], rows: records }
        }
    })
}
