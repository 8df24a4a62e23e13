//! `tfa enable` and `tfa disable`: whether a second factor may be used.

use super::ID;
use crate::access::rule;
use crate::cli::acting;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::Result;

/// `tfa enable`.
pub static ENABLE: Verb = Verb {
    name: "enable",
    aliases: &[],
    about: "Let a second factor be used again.",
    parameters: &[USERID, ID, DESCRIPTION],
    answers: false,
    writes: true,
    asks: rule::CHANGE_FACTORS,
    failure: "",
    run: |context, values| set(context, values, true),
};

/// `tfa disable`.
pub static DISABLE: Verb = Verb {
    name: "disable",
    aliases: &[],
    about: "Keep a second factor from being used. A user whose factors are all disabled needs none to sign in.",
    parameters: &[USERID, ID, DESCRIPTION],
    answers: false,
    writes: true,
    asks: rule::CHANGE_FACTORS,
    failure: "",
    run: |context, values| set(context, values, false),
};

const DESCRIPTION: Parameter = Parameter::short_text("description", 255, "Call it so from now on.");

fn set(context: &mut Context, values: &Values, enable: bool) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let description = check.text("description");
    let id = check.end(id)?;
    acting::confirm(context, None)?;
    let factor = values.text("id").unwrap_or_default();
    context.change(|draft| draft.change_factor(&id, factor, Some(enable), description))?;
    Ok(Answer::Nothing)
}
