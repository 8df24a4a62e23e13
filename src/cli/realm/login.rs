//! `realm login`: sign in through the provider of a realm, in a browser, and get a ticket.

use super::REALM;
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Format};
use crate::cli::parameter::{Kind, Parameter};
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "login",
    aliases: &[],
    about: "Sign in through the OpenID Connect provider of a realm, in a browser, and print a ticket.",
    parameters: &[
        REALM,
        Parameter::of("port", Kind::Integer(1, 65535), "The port of 127.0.0.1 the browser is sent back to.")
            .default("a free one"),
        Parameter::choice("output-format", &Format::NAMES, "Output format.").default("text"),
    ],
    answers: false,
    writes: true,
    asks: Rule::World,
    failure: "",
    run,
};

#[cfg(not(feature = "openid"))]
fn run(_: &mut Context, _: &Values) -> Result<Answer> {
    Err(crate::error::Error::Unsupported(
        "this usher was built without the feature 'openid', which 'realm login' needs".to_owned(),
    ))
}

#[cfg(feature = "openid")]
fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    use crate::cli::moment::now;
    use crate::cli::sign_in::{books, issue, refuse};
    use crate::cli::terminal::say_on_stderr;
    use crate::error::{Error, Noun};
    use crate::format::domains_cfg;
    use crate::realm::login::{Admission, sign_in_through_provider};
    use crate::realm::openid::{Listener, SignIn, claims};
    use crate::store::sign_in::StoredBooks;
    use std::cell::RefCell;
    use std::time::Duration;

    /// How long somebody may take to sign in: as long as Proxmox VE waits.
    const PATIENCE: Duration = Duration::from_secs(600);

    let check = values.check();
    let id = super::realm_id(&check);
    let id = check.end(id)?;
    let port = values.text("port").and_then(|port| port.parse().ok());
    let realm = {
        let realms = context.realms_in(&context.load(&[domains_cfg::FILE])?);
        realms.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Realm, &id))?.clone()
    };
    let listener = Listener::open(port)?;
    let sign_in = SignIn::begin(&realm, &listener.address())?;
    say_on_stderr(&format!("Open this address in a browser on this machine:\n{}", sign_in.address()));
    let code = listener.wait(PATIENCE, |answer| sign_in.code(answer))?;
    let would_change = RefCell::new(Vec::new());
    let outcome = {
        let books = StoredBooks { would_change: context.dry_run.then_some(&would_change), ..books(context) };
        let person = || claims::person(&realm, &sign_in.claims(code)?);
        sign_in_through_provider(&books, realm.id(), now(), person, |person| {
            let (admitted, warnings) = books.change(|draft| draft.admit_person(&realm, person, now()))?;
            context.warn(&warnings);
            Ok(admitted)
        })
    };
    context.would_change.extend(would_change.into_inner());
    let (person, (admitted, secrets)) = match outcome? {
        Ok(admitted) => admitted,
        Err(refusal) => {
            // The provider vouches for them: what is wrong with their own account they may know.
            if let Some(detail) = &refusal.detail {
                context.note(&detail.to_string());
            }
            return Err(refuse(&refusal));
        }
    };
    for remark in &person.remarks {
        context.note(remark);
    }
    for group in &admitted.unknown_groups {
        context.note(&format!("group '{group}' is not there, and the realm does not create groups"));
    }
    for secret in secrets {
        context.note(&format!("removed left-over {secret} of '{}'", person.id));
    }
    context.note_dropped("left-over ACL entry", admitted.dropped.entries);
    let memberships =
        admitted.dropped.memberships.iter().map(|(group, user)| format!("'{user}' in '{group}'"));
    context.note_dropped("left-over membership", memberships);
    if context.dry_run {
        return Ok(Answer::Nothing);
    }
    let admission = Admission::Complete(person.id);
    let ticket = issue(context, &admission)?;
    crate::cli::ticket::answer(context, values, &admission, ticket)
}
