//! `realm add`: define a realm.

use super::options::Options;
use super::{CHECK_CONNECTION, REALM};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::format::domains_cfg;
use crate::model::realm::{RealmKind, check_values};

static OPTIONS: Options = Options::after(
    &[
        REALM,
        Parameter::choice("type", &["ad", "ldap", "openid", "pam", "pve"], "The kind of realm.").required(),
        CHECK_CONNECTION,
        Parameter::boolean("if-not-exists", "Succeed without a change when the realm is there.")
            .default("0")
            .own(),
    ],
    false,
);

/// The command.
pub static VERB: Verb = Verb {
    name: "add",
    aliases: &[],
    about: "Define a realm.",
    parameters: OPTIONS.slice(),
    answers: false,
    writes: true,
    asks: rule::CHANGE_REALMS,
    failure: "add auth server failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::realm_id(&check);
    let kind = check.one("type", RealmKind::parse);
    let given = super::properties(context.face, values);
    check.refuse_all(check_values(&given));
    check.refuse_all(super::refuse_own_keys(context.face, &given));
    let (id, kind) = check.end(id.zip(kind))?;
    let password = super::bind_password(context.face, values)?;
    let mut stored = given;
    stored.extend(password.as_ref().map(|text| ("password".to_owned(), text.to_string())));
    let if_not_exists = values.is_on("if-not-exists");
    // The network comes before the lock: tried out is the realm as it would be.
    if values.is_on("check-connection") {
        let mut realms = context.realms_in(&context.load(&[domains_cfg::FILE])?);
        let is_new = realms.get(id.as_str()).is_none();
        if is_new && super::wants_trial(values, kind)? {
            realms.add(kind, id.clone(), stored.clone())?;
            if let Some(realm) = realms.get(id.as_str()) {
                super::try_connection(context, realm, password.clone())?;
            }
        }
    }
    let face = context.face;
    let notes = context.change(|draft| {
        let realms = draft.realms()?;
        if realms.get(id.as_str()).is_none() {
            super::wants_trial(values, kind)?;
        }
        let mut notes = match realms.add(kind, id.clone(), stored) {
            Err(Error::Exists { .. }) if if_not_exists => return Ok(Vec::new()),
            other => other?,
        };
        notes.extend(super::dangers_to_tell(face, realms.get(id.as_str())));
        if kind.has_server() {
            draft.set_bind_password(&id, password.as_ref().map(|text| text.as_str()));
        }
        Ok(notes)
    })?;
    super::say_notes(&notes);
    Ok(Answer::Nothing)
}
