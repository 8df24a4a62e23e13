//! `realm`: where users sign in.

pub mod add;
pub mod delete;
pub mod job;
pub mod list;
pub mod login;
pub mod modify;
mod options;
pub mod show;
pub mod sync;
pub mod test;

use super::command::Node;
use super::context::Context;
use super::face::Face;
use super::parameter::{Kind, Parameter};
use super::prompt;
use super::terminal::say_on_stderr;
use super::values::{Check, Values};
use crate::error::{Error, Result};
use crate::model::id::RealmId;
use crate::model::realm::{Realm, RealmKind, friendly_tfa};
use crate::realm::ldap::{Session, Settings, dangers};
use zeroize::Zeroizing;

/// The commands about realms.
pub const NODE: Node = Node::Group {
    name: "realm",
    about: "Authentication realms: where users sign in.",
    own: false,
    children: &[
        Node::Verb(&add::VERB),
        Node::Verb(&delete::VERB),
        job::NODE,
        Node::Verb(&list::VERB),
        Node::Verb(&modify::VERB),
        Node::Verb(&sync::VERB),
        Node::Own(&login::VERB),
        Node::Own(&show::VERB),
        Node::Own(&test::VERB),
    ],
};

const REALM: Parameter = Parameter::positional("realm", "The realm's name.");
/// The property with the options of a synchronisation that names none.
const SYNC_DEFAULTS: &str = "sync-defaults-options";

const CHECK_CONNECTION: Parameter =
    Parameter::of("check-connection", Kind::Boolean, "Try the connection before anything is stored.")
        .default("0");

fn realm_id(check: &Check<'_>) -> Option<RealmId> {
    check.one("realm", RealmId::parse)
}

/// The properties given, as the realm takes them, without the password.
fn properties(face: Face, values: &Values) -> Vec<(String, String)> {
    let mut given = Vec::new();
    for parameter in values.given().filter(|one| options::is_property(one.name) && one.name != "password") {
        let Some(value) = values.text(parameter.name) else { continue };
        let value = match (parameter.name, parameter.kind, face) {
            ("tfa", _, Face::Own) => friendly_tfa(value).into_owned(),
            (_, Kind::List, _) => values.words(parameter.name).join(","),
            _ => value.to_owned(),
        };
        given.push((parameter.name.to_owned(), value));
    }
    given
}

/// Refuses what the original does not know of `sync-defaults-options`, and would not read back.
fn refuse_own_keys(face: Face, given: &[(String, String)]) -> Result<()> {
    let mut texts = given.iter().filter(|(name, _)| name == SYNC_DEFAULTS).map(|(_, text)| text.as_str());
    let own = |text: &str| text.split(',').any(|pair| pair.starts_with("max-delete="));
    if face == Face::Original && texts.any(own) {
        let message = "invalid format - invalid key in comma-separated list property: max-delete";
        return Err(Error::parameter(SYNC_DEFAULTS, message));
    }
    Ok(())
}

/// The password the realm is to bind with, asked for where usher's own face allows it.
fn bind_password(face: Face, values: &Values) -> Result<Option<Zeroizing<String>>> {
    match (values.text("password"), face) {
        (None, _) => Ok(None),
        (Some(""), Face::Own) => prompt::new_password().map(Some),
        (Some("-"), Face::Own) => prompt::read_one_from_stdin().map(Some),
        (Some(text), _) => Ok(Some(Zeroizing::new(text.to_owned()))),
    }
}

/// Whether the connection is to be tried before anything is stored.
///
/// # Errors
/// [`Error::Refused`] when no server stands behind realms of the kind.
fn wants_trial(values: &Values, kind: RealmKind) -> Result<bool> {
    if values.text("check-connection").is_none() {
        return Ok(false);
    }
    kind.check_connection_allowed()?;
    Ok(values.is_on("check-connection"))
}

/// Connects and binds, and says what usher's own face says of dangerous settings.
fn try_connection(context: &Context, realm: &Realm, password: Option<Zeroizing<String>>) -> Result<()> {
    let session = Session::open(&context.with_time_outs(Settings::of(realm, password)?))?;
    if context.face == Face::Own {
        say_notes(session.notes());
    }
    Ok(())
}

/// What is dangerous about how a realm speaks to its server; only usher's own face tells.
fn dangers_to_tell(face: Face, realm: Option<&Realm>) -> Vec<String> {
    realm.filter(|_| face == Face::Own).map(dangers).unwrap_or_default()
}

/// Says what else the realms told us.
fn say_notes(notes: &[String]) {
    for note in notes {
        say_on_stderr(&format!("warning: {note}"));
    }
}
