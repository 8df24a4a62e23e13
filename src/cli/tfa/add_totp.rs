//! `tfa add totp`: enrol an app that shows codes.

use super::qr;
use crate::access::rule;
use crate::cli::acting;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment::now;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::prompt;
use crate::cli::terminal::{Output, locale_is_utf8};
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::id::UserId;
use crate::model::tfa::{Factor, FactorKind};
use crate::secret::new_id;
use crate::secret::old_keys::secret_of;
use crate::secret::otpauth::Otpauth;
use serde_json::json;

/// The command.
pub static VERB: Verb = Verb {
    name: "totp",
    aliases: &[],
    about: "Register an app that shows codes: shows its address and QR code, then asks for one code.",
    parameters: &[
        USERID,
        Parameter::short_text("description", 255, "What the user calls it.").default("app"),
        Parameter::short_text("issuer", 255, "What the app calls this directory.").default("usher"),
        Parameter::boolean(
            "key-from-stdin",
            "Take the key from a line of stdin, as 'tfa generate-key' prints it; the code from the next.",
        )
        .default("0"),
    ],
    answers: true,
    writes: true,
    asks: rule::CHANGE_FACTORS,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("id"), Column::text("type"), Column::text("description")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let given_key = values.is_on("key-from-stdin");
    if !given_key && values.text("output-format").is_some_and(|format| format != "text") {
        check.refuse("output-format", "a QR code is for people: take 'text', or give '--key-from-stdin'");
    }
    let id = check.end(id)?;
    acting::confirm(context, None)?;
    context.directory()?.user(&id)?;
    let description = values.text("description").unwrap_or("app").to_owned();
    let issuer = Some(values.text("issuer").unwrap_or("usher").to_owned()).filter(|text| !text.is_empty());
    let totp = if given_key { given(issuer, &id)? } else { fresh(issuer, &id)? };
    let code = prompt::secret("Code the app shows now: ", "code")?;
    let step = totp.step_of(code.trim(), now()).ok_or_else(|| {
        Error::refused("failed to verify TOTP challenge")
            .with_hint("nothing was stored; is the clock of the phone right?")
    })?;
    let factor_id = new_id()?;
    // The code that was just shown must not open the door a moment later.
    let entry = json!({"totp": totp.uri(), "last-count": step});
    let factor = Factor::new(factor_id.clone(), description.clone(), now(), entry);
    context.change(|draft| draft.register_factor(&id, |factors| factors.add(FactorKind::Totp, factor)))?;
    let record = Record::new().with("id", factor_id).with("type", "totp").with("description", description);
    Ok(Answer::Object { columns: COLUMNS, record })
}

fn given(issuer: Option<String>, id: &UserId) -> Result<Otpauth> {
    let key = prompt::read_one_from_stdin()?;
    let secret = secret_of(&format!("v2-{}", key.trim()));
    let secret = secret
        .ok_or_else(|| Error::invalid("the key is not Base32").with_hint("'tfa generate-key' prints one"))?;
    Ok(Otpauth::new(issuer, id.to_string(), secret))
}

fn fresh(issuer: Option<String>, id: &UserId) -> Result<Otpauth> {
    let totp = Otpauth::generate(issuer, id.to_string())?;
    let uri = totp.uri();
    let mut text = String::new();
    if locale_is_utf8(|name| std::env::var_os(name))
        && let Some(code) = qr::drawn(&uri)
    {
        text = format!("{code}\n");
    }
    text.push_str(&format!("{uri}\nkey: {}\n", totp.secret_as_base32()));
    Output::stdout().write(|out| out.write_all(text.as_bytes()))?;
    Ok(totp)
}
