//! `tfa add yubico`: register a key that types one-time passwords.

use crate::access::rule;
use crate::cli::acting;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment::now;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::prompt;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};
use crate::format::{USER_CFG, domains_cfg};
use crate::model::tfa::{Factor, FactorKind};
use crate::realm::login::{YubicoCheck as _, yubico_service};
use crate::realm::yubico::Network;
use crate::secret::new_id;
use crate::secret::yubico::Otp;

/// The command.
pub static VERB: Verb = Verb {
    name: "yubico",
    aliases: &[],
    about: "Register a Yubico key: asks for one password it types and has it confirmed by the realm's server.",
    parameters: &[
        USERID,
        Parameter::short_text("description", 255, "What the user calls it.").default("key"),
    ],
    answers: true,
    writes: true,
    asks: rule::CHANGE_FACTORS,
    failure: "",
    run,
};

const COLUMNS: &[Column] =
    &[Column::text("id"), Column::text("type"), Column::text("description"), Column::text("key")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    acting::confirm(context, None)?;
    let files = context.load(&[USER_CFG, domains_cfg::FILE])?;
    context.directory_in(&files).user(&id)?;
    let realms = context.realms_in(&files);
    let realm = realms.get(id.realm()).ok_or_else(|| Error::unknown(Noun::Realm, id.realm()))?;
    let service = yubico_service(realm)?;
    let typed = prompt::secret("Touch the key: ", "one-time password")?;
    let otp = Otp::parse(typed.trim())?;
    Network.confirm(&service, &otp)?;
    let description = values.text("description").unwrap_or("key").to_owned();
    let (factor_id, key) = (new_id()?, otp.key_id());
    let factor = Factor::new(factor_id.clone(), description.clone(), now(), key.clone());
    context.change(|draft| draft.register_factor(&id, |factors| factors.add(FactorKind::Yubico, factor)))?;
    let record = Record::new()
        .with("id", factor_id)
        .with("type", "yubico")
        .with("description", description)
        .with("key", key);
    Ok(Answer::Object { columns: COLUMNS, record })
}
