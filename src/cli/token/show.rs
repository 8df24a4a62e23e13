//! `token show`: everything about one API token but its secret.

use crate::access::rule;
use crate::access::usable::{Who, check_usable};
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::entries;
use crate::cli::log::LastChange;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::sheet::Sheet;
use crate::cli::standing;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::format::USER_CFG;
use crate::model::acl::Subject;
use crate::model::id::{TokenId, TokenName, UserId};
use serde_json::Value;

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show an API token without its secret: state, what it may do beside its owner, and the ACL entries that name \
            it, with their lines in user.cfg. Example: usher token show joe@pve!backup",
    parameters: &[
        Parameter::positional("userid", "The token's full id, USER!TOKEN; or its owner."),
        Parameter::positional("tokenid", "The token's own name, behind its owner.").optional(),
    ],
    answers: true,
    writes: false,
    asks: rule::SHOW_USER,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = match values.text("tokenid") {
        None => check.one("userid", TokenId::parse),
        Some(_) => {
            let owner = check.one("userid", UserId::parse);
            let name = check.one("tokenid", TokenName::parse);
            owner.zip(name).map(|(user, name)| TokenId { user, name })
        }
    };
    let id = check.end(id)?;
    let files = context.load(&[USER_CFG])?;
    let directory = context.directory_in(&files);
    let owner = directory.user(&id.user)?;
    let token = owner
        .token(id.name.as_str())
        .ok_or_else(|| Error::UnknownToken { user: id.user.to_string(), token: id.name.to_string() })?;
    let now = standing::now();
    let subject = Subject::Token(id.clone());
    let acl = directory.entries_for(&subject);
    let places = entries::places(&files, &[id.to_string()]);
    let line = places.token(&id.to_string());
    let last_change = LastChange::of(context, format!("token {id}"));
    let (state, owner_state) = (standing::of_token(token, now), standing::of_user(&owner, now));
    let unusable = check_usable(&directory, &Who::Token(id.clone()), now).err();
    if values.for_people() {
        let mut words = standing::in_words(state, token.expire, now);
        if let Some(unusable) = unusable.filter(|_| owner_state != "enabled") {
            words.push_str(&format!("; cannot be used: {unusable}"));
        }
        let place = line.map(|line| entries::place(Some(line)));
        let sheet = Sheet::new("token", &id.to_string(), place)
            .line("state", words)
            .line("comment", token.comment.as_str())
            .line("may do", standing::separation(token));
        let sheet = match (token.separated, acl.is_empty()) {
            (true, true) => sheet.line("ACL entries", "none: the token may do nothing"),
            (false, false) => sheet
                .line(
                    "note",
                    "its own ACL entries count for nothing while it may do everything its owner may",
                )
                .list("ACL entries", entries::cells(&places, &acl, Some(&subject))),
            _ => sheet.list("ACL entries", entries::cells(&places, &acl, Some(&subject))),
        };
        return Ok(Answer::Text(sheet.line("last change", last_change.words()).text()));
    }
    let acl: Vec<Value> = acl.iter().map(|entry| entries::value(&places, entry)).collect();
    let record = super::attributes(token)
        .with("full-tokenid", id.to_string())
        .with("userid", id.user.as_str())
        .with("tokenid", id.name.as_str())
        .with_some("line", line)
        .with("state", state)
        .with("owner-state", owner_state)
        .with("usable", unusable.is_none())
        .with("acl", acl)
        .with_some("last-change", last_change.value());
    Ok(Answer::Object { columns: &[], record })
}
