//! `user token add`: create an API token and show its secret, once.

use super::{COMMENT, EXPIRE, PRIVSEP, TOKENID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::user::USERID;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::token::Token;
use crate::secret::TokenSecret;
use serde_json::{Map, Value};

/// The command.
pub static VERB: Verb = Verb {
    name: "add",
    aliases: &[],
    about: "Create an API token for a user. Its secret is shown this once and never again.",
    parameters: &[
        USERID,
        TOKENID,
        COMMENT,
        EXPIRE,
        PRIVSEP,
        Parameter::boolean("if-not-exists", "Succeed without a change when the token is there.")
            .default("0")
            .own(),
    ],
    answers: true,
    writes: true,
    asks: rule::CHANGE_TOKENS,
    failure: "generating token failed",
    run,
};

const COLUMNS: &[Column] = &[Column::text("full-tokenid"), Column::text("info"), Column::text("value")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::token_id(&check);
    let expire = check.moment("expire");
    let comment = check.text("comment").unwrap_or_default();
    let id = check.end(id)?;
    let token = Token {
        name: id.name.clone(),
        expire: expire.unwrap_or(0),
        separated: values.boolean("privsep").unwrap_or(true),
        comment: comment.clone(),
        rest: String::new(),
    };
    let mut info = Map::new();
    if !comment.is_empty() {
        info.insert("comment".into(), comment.into());
    }
    if let Some(expire) = expire {
        info.insert("expire".into(), expire.into());
    }
    info.insert("privsep".into(), i32::from(token.separated).into());
    let secret = TokenSecret::generate()?;
    let kept = secret.kept(context.secret_form());
    let if_not_exists = values.is_on("if-not-exists");
    let dropped = context.change(|draft| {
        let directory = draft.directory()?;
        if if_not_exists && directory.user(&id.user)?.token(id.name.as_str()).is_some() {
            return Ok(None);
        }
        let dropped = directory.add_token(&id.user, token)?;
        draft.token_secrets()?.set(&id, &kept)?;
        Ok(Some(dropped))
    })?;
    let Some(dropped) = dropped else { return Ok(Answer::Nothing) };
    context.note_dropped("left-over ACL entry", dropped);
    let record = Record::new()
        .with("full-tokenid", id.to_string())
        .with("info", Value::Object(info))
        .with("value", secret.as_str());
    Ok(Answer::Object { columns: COLUMNS, record })
}
