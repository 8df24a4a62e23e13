//! `user token modify`: change an API token, or give it a new secret.

use super::{COMMENT, EXPIRE, PRIVSEP, TOKENID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::user::USERID;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::directory::TokenChange;
use crate::secret::TokenSecret;

/// The command.
pub static VERB: Verb = Verb {
    name: "modify",
    aliases: &[],
    about: "Change an API token.",
    parameters: &[
        USERID,
        TOKENID,
        COMMENT,
        Parameter::list("delete", "Attributes to clear; only 'comment' can be."),
        EXPIRE,
        PRIVSEP,
        Parameter::boolean("regenerate", "Replace the secret; the new one is shown this once.").default("0"),
    ],
    answers: true,
    writes: true,
    asks: rule::CHANGE_TOKENS,
    failure: "updating token info failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::token_id(&check);
    let cleared = check.list("delete", |name| match name {
        "comment" => Ok(()),
        other => Err(Error::invalid(format!("unknown option '{other}'"))),
    });
    let change = TokenChange {
        expire: check.moment("expire"),
        separated: values.boolean("privsep"),
        comment: check
            .text("comment")
            .or_else(|| cleared.filter(|names| !names.is_empty()).map(|_| String::new())),
    };
    let id = check.end(id)?;
    let secret = if values.is_on("regenerate") { Some(TokenSecret::generate()?) } else { None };
    let form = context.secret_form();
    let token = context.change(|draft| {
        let token = draft.directory()?.modify_token(&id.user, &id.name, change)?;
        if let Some(secret) = &secret {
            draft.token_secrets()?.set(&id, &secret.kept(form))?;
        }
        Ok(token)
    })?;
    let mut record = super::attributes(&token);
    if let Some(secret) = &secret {
        record = record.with("full-tokenid", id.to_string()).with("value", secret.as_str());
    }
    Ok(Answer::Object { columns: &[], record })
}
