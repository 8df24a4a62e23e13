//! `tfa list`: the second factors of all users or of one.

use crate::access::rule::{self, Rule};
use crate::access::sight::Sight;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, printable};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::tfa_cfg::TfaFile;
use crate::model::directory::Directory;
use crate::model::id::UserId;
use crate::model::tfa::UserFactors;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List second factors, of everybody or of one user.",
    parameters: &[USERID],
    answers: true,
    writes: false,
    asks: Rule::Somebody,
    failure: "",
    run,
};

/// The original's command, which has a form of its own.
pub static ORIGINAL: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List second factors, of everybody or of one user, in the original's form.",
    parameters: &[USERID],
    answers: false,
    writes: false,
    asks: Rule::Somebody,
    failure: "",
    run: run_original,
};

const USERID: Parameter = Parameter::positional("userid", "Full user id, in the form name@realm.").optional();

const COLUMNS: &[Column] = &[
    Column::text("userid"),
    Column::text("id"),
    Column::text("type"),
    Column::text("description"),
    Column::integer("created"),
    Column::boolean("enable"),
    Column::integer("tfa-locked-until"),
    Column::boolean("totp-locked"),
];

/// The users a list is about, sorted, with what is registered for them.
fn users<'f>(
    file: &'f TfaFile,
    wanted: Option<&UserId>,
    sight: &Sight<'_>,
) -> Vec<(&'f str, &'f UserFactors)> {
    let right = |name: &str| match (wanted, UserId::parse(name)) {
        (Some(id), _) => name == id.as_str(),
        (None, Ok(id)) => sight.sees_user(&id),
        (None, Err(_)) => false,
    };
    let mut users: Vec<_> =
        file.factors().users().filter(|(name, all)| right(name) && !all.is_empty()).collect();
    users.sort_by_key(|(name, _)| *name);
    users
}

/// Whose factors are shown. The users are read only for somebody who does not see all of them.
fn sight<'c>(context: &'c Context) -> Result<Sight<'c>> {
    let directory = match context.permit {
        Some(_) => context.directory()?,
        None => Directory::empty(context.catalogue.rules()),
    };
    Ok(context.sight(&directory))
}

fn wanted(values: &Values) -> Result<Option<UserId>> {
    let check = values.check();
    let id = check.one("userid", UserId::parse);
    let given = values.text("userid").is_some();
    check.end((id.is_some() || !given).then_some(id))
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let wanted = wanted(values)?;
    if wanted.is_some() {
        context.require(rule::READ_FACTORS)?;
    }
    let file = super::load(context)?;
    let sight = sight(context)?;
    let mut rows = Vec::new();
    for (name, factors) in users(&file, wanted.as_ref(), &sight) {
        rows.extend(factors.list().map(|info| {
            super::record(&info)
                .with("userid", name)
                .with_some("tfa-locked-until", factors.locked_until)
                .with_some("totp-locked", factors.totp_locked.then_some(1))
        }));
    }
    Ok(Answer::Rows { columns: COLUMNS, rows })
}

fn run_original(context: &mut Context, values: &Values) -> Result<Answer> {
    let wanted = wanted(values)?;
    if wanted.is_some() {
        context.require(rule::READ_FACTORS)?;
    }
    let file = super::load(context)?;
    let sight = sight(context)?;
    let blocks = users(&file, wanted.as_ref(), &sight).into_iter().map(|(name, factors)| match wanted {
        Some(_) => block(factors, ""),
        None => format!("{}:\n{}", printable(name), block(factors, "    ")),
    });
    let text = blocks.collect::<Vec<_>>().join("\n");
    Ok(if text.is_empty() { Answer::Nothing } else { Answer::Text(text) })
}

/// The factors of one user, parted by empty lines.
fn block(factors: &UserFactors, indent: &str) -> String {
    let entries = factors.list().map(|info| {
        let kind = format!("{}:", info.kind);
        format!("{indent}{kind:<9} {}\n{indent}    {}\n", printable(info.id), printable(info.description))
    });
    entries.collect::<Vec<_>>().join("\n")
}
