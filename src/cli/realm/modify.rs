//! `realm modify`: change a realm.

use super::options::Options;
use super::{CHECK_CONNECTION, REALM};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::domains_cfg;
use crate::model::realm::{RealmChanges, check_values};

static OPTIONS: Options = Options::after(
    &[
        REALM,
        CHECK_CONNECTION,
        Parameter::list("delete", "Properties to clear."),
        Parameter::short_text("digest", 64, "Change only if the SHA-1 digest of domains.cfg is this one."),
    ],
    true,
);

/// The command.
pub static VERB: Verb = Verb {
    name: "modify",
    aliases: &[],
    about: "Change a realm.",
    parameters: OPTIONS.slice(),
    answers: false,
    writes: true,
    asks: rule::CHANGE_REALMS,
    failure: "update auth server failed",
    run,
};

/// What decides whether passwords can be read on the way.
const CONNECTION: [&str; 5] = ["mode", "secure", "verify", "bind_dn", "password"];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::realm_id(&check);
    let set = super::properties(context.face, values);
    check.refuse_all(check_values(&set));
    check.refuse_all(super::refuse_own_keys(context.face, &set));
    let delete = check.list("delete", |name| Ok(name.to_owned())).unwrap_or_default();
    let id = check.end(id)?;
    let password = super::bind_password(context.face, values)?;
    let forget = delete.iter().any(|name| name == "password");
    let mut changes = RealmChanges { set, delete, digest: values.text("digest").map(str::to_owned) };
    changes.set.extend(password.as_ref().map(|text| ("password".to_owned(), text.to_string())));
    let touches_connection = changes
        .set
        .iter()
        .map(|(name, _)| name)
        .chain(&changes.delete)
        .any(|name| CONNECTION.contains(&name.as_str()));
    // The network comes before the lock: tried out is the realm as it would be.
    if values.is_on("check-connection") {
        let mut realms = context.realms_in(&context.load(&[domains_cfg::FILE])?);
        let kind = realms.get(id.as_str()).map(|realm| realm.kind());
        if kind.map_or(Ok(false), |kind| super::wants_trial(values, kind))? {
            realms.modify(&id, changes.clone())?;
            let secret = match &password {
                Some(given) => Some(given.clone()),
                None if forget => None,
                None => context.bind_password(&id)?,
            };
            if let Some(realm) = realms.get(id.as_str()) {
                super::try_connection(context, realm, secret)?;
            }
        }
    }
    let face = context.face;
    let notes = context.change(|draft| {
        let realms = draft.realms()?;
        let kind = realms.get(id.as_str()).map(|realm| realm.kind());
        if let Some(kind) = kind {
            super::wants_trial(values, kind)?;
        }
        let mut notes = realms.modify(&id, changes)?;
        let touched = realms.get(id.as_str()).filter(|_| touches_connection);
        notes.extend(super::dangers_to_tell(face, touched));
        if kind.is_some_and(|kind| kind.has_server()) && (password.is_some() || forget) {
            draft.set_bind_password(&id, password.as_ref().map(|text| text.as_str()));
        }
        Ok(notes)
    })?;
    super::say_notes(&notes);
    Ok(Answer::Nothing)
}
