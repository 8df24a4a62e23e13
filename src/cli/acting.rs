//! Acting as somebody else: `--as WHO`, and the API token in the environment variable `USHER_TOKEN`.

use super::command::Verb;
use super::context::Context;
use super::face::Face;
use super::moment::now;
use super::parameter::Kind;
use super::prompt;
use super::sign_in::{admit, books, refuse};
use super::values::Values;
use crate::access::permit::Permit;
use crate::access::rule::{READ_PERMISSIONS, Rule};
use crate::access::usable::Who;
use crate::error::{Error, Result};
use crate::format::line::items;
use crate::realm::login::{Attempt, sign_in_with_token};
use crate::store::Store as _;
use zeroize::Zeroizing;

/// The option that names who acts.
pub const OPTION: &str = "as";
/// The environment variable that holds the token that acts.
pub const VARIABLE: &str = "USHER_TOKEN";

/// The parameters rules look at. No secret is among them.
const CONCERNED: [&str; 13] = [
    "allow-move",
    "delete",
    "groups",
    "id",
    "path",
    "poolid",
    "propagate",
    "realm",
    "roles",
    "storage",
    "tokenid",
    "userid",
    "vms",
];

/// Whether a token in the environment is to act. The original knows no such variable.
pub fn token_is_given(face: Face) -> bool {
    face == Face::Own && std::env::var_os(VARIABLE).is_some()
}

/// Settles who acts, and whether it may carry out the command at all: before anything is asked, reached over the
/// network or shown. What is changed is authorized once more under the lock.
///
/// # Errors
/// [`Error::Usage`] when both ways name somebody, or the variable is empty; [`Error::Beyond`] for a token that is none and
/// for somebody who may not sign in; those of [`Permit::check`].
pub fn begin(context: &mut Context, verb: &Verb, values: &Values, named: Option<&str>) -> Result<()> {
    let caller = match (named, token_is_given(context.face)) {
        (None, false) => return Ok(()),
        (Some(_), true) => {
            let message = format!("--{OPTION} and {VARIABLE} both say who acts: give one of them");
            return Err(Error::Usage(message));
        }
        (Some(name), false) => {
            let refusal =
                || Error::parameter(OPTION, format!("'{name}' is neither a user id nor a token id"));
            Who::parse(name).ok_or_else(refusal)?
        }
        (None, true) => presented(context)?,
    };
    name_in_journal(context, &caller);
    let now = u64::try_from(now()).unwrap_or_default();
    let parameters = parameters(verb, values, &caller);
    context.permit = Some(Permit { caller, rule: verb.asks, parameters, now });
    context.require(verb.asks)?;
    // The superuser is asked nothing more.
    context.permit.take_if(|permit| permit.caller.to_string() == context.catalogue.superuser());
    Ok(())
}

/// Has the journal name whose rights counted.
fn name_in_journal(context: &mut Context, caller: &Who) {
    let mut origin = context.store.origin();
    origin.who.principal = Some(caller.user().to_string());
    if let Who::Token(id) = caller {
        origin.who.token = Some(id.to_string());
    }
    context.store = context.store.clone().with_origin(origin);
}

/// Whose token stands in the environment.
fn presented(context: &Context) -> Result<Who> {
    let text = std::env::var(VARIABLE).map(Zeroizing::new).map_err(|_| not_let_in())?;
    if text.trim().is_empty() {
        return Err(Error::Usage(format!("{VARIABLE} is empty: unset it, or put a token there")));
    }
    let found = sign_in_with_token(&books(context), text.trim(), None, now())?;
    found.map(Who::Token).map_err(|refusal| match refuse(&refusal) {
        Error::Unauthenticated => not_let_in(),
        other => other,
    })
}

/// In the words everybody is told; but whoever set the variable long ago wonders who tried.
fn not_let_in() -> Error {
    Error::beyond(Error::Unauthenticated.to_string())
        .with_hint(format!("{VARIABLE} is set: its token acts; 'unset {VARIABLE}' if that is not meant"))
}

/// What the command is about, as its rule sees it. Who asks for permissions and names nobody asks for its own.
fn parameters(verb: &Verb, values: &Values, caller: &Who) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for parameter in values.given().filter(|one| CONCERNED.contains(&one.name)) {
        let value = match parameter.kind {
            Kind::List => {
                let words = values.words(parameter.name);
                words.iter().flat_map(|word| items(word)).collect::<Vec<_>>().join(",")
            }
            _ => values.text(parameter.name).unwrap_or_default().to_owned(),
        };
        found.push((parameter.name, value));
    }
    if values.text("userid").is_none() && verb.asks == READ_PERMISSIONS {
        found.push(("userid", caller.to_string()));
    }
    found
}

/// Has whoever acts with rights of its own give its own password, as the original asks of everybody but the
/// superuser. Without a terminal it is the first line of stdin.
///
/// # Errors
/// [`Error::Unauthenticated`] when it is wrong.
pub fn confirm(context: &Context, given: Option<&str>) -> Result<()> {
    let Some(permit) = &context.permit else { return Ok(()) };
    let user = permit.caller.user();
    let typed = match given {
        Some(text) => Zeroizing::new(text.to_owned()),
        None => prompt::password(&format!("Current password of {user}: "))?,
    };
    let attempt = Attempt {
        user: user.as_str(),
        realm: None,
        password: &typed,
        answer: None,
        partial_ticket: None,
        from: None,
    };
    // Whose second factor is still due has given the right password.
    admit(context, attempt).map(drop)
}

impl Context<'_, '_> {
    /// Checks that whoever acts meets a rule, for the parameters of this command.
    ///
    /// # Errors
    /// Those of [`Permit::check`], and of reading.
    pub fn require(&self, rule: Rule) -> Result<()> {
        let Some(permit) = &self.permit else { return Ok(()) };
        let files = self.load(&[crate::format::USER_CFG, crate::format::jobs_cfg::FILE])?;
        permit.to(rule).check(&self.catalogue, &self.directory_in(&files), &self.jobs_in(&files))
    }
}
