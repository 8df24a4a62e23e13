//! `tfa show`: everything about one second factor but its secret.

use super::ID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column};
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::tfa::{FactorKind, RECOVERY, UserFactors, no_such_entry};
use crate::secret::second_factor::totp_of;

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show a second factor of a user, without its secret.",
    parameters: &[USERID, ID],
    answers: true,
    writes: false,
    asks: rule::READ_FACTORS,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[
    Column::text("id"),
    Column::text("type"),
    Column::text("description"),
    Column::integer("created"),
    Column::boolean("enable"),
    Column::text("issuer"),
    Column::text("account"),
    Column::integer("last-step"),
    Column::text("key"),
    Column::integer("keys-left"),
];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    let wanted = values.text("id").unwrap_or_default();
    let file = super::load(context)?;
    let factors = file.factors().get(&id).ok_or_else(no_such_entry)?;
    let info = factors.list().find(|info| info.id == wanted).ok_or_else(no_such_entry)?;
    let mut record = super::record(&info);
    if wanted == RECOVERY {
        let left = factors.recovery.as_ref().map(|keys| keys.available().len());
        return Ok(Answer::Object { columns: COLUMNS, record: record.with_some("keys-left", left) });
    }
    if let Some(factor) = find(factors, info.kind, wanted) {
        match info.kind {
            FactorKind::Totp => {
                let (totp, last) = totp_of(factor)?;
                record = record
                    .with_some("issuer", totp.issuer)
                    .with("account", totp.account)
                    .with_some("last-step", last);
            }
            // The public id of the key, which it types in front of every password.
            FactorKind::Yubico => record = record.with_some("key", factor.entry.as_str()),
            _ => {}
        }
    }
    Ok(Answer::Object { columns: COLUMNS, record })
}

fn find<'f>(factors: &'f UserFactors, kind: FactorKind, id: &str) -> Option<&'f crate::model::tfa::Factor> {
    factors.of_kind(kind).iter().find(|one| one.id == id)
}
