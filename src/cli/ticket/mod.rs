//! `ticket`: sign in and get a ticket, and `ticket verify`: who holds one.

mod permission;
pub mod verify;

use super::command::{Node, Verb};
use super::context::Context;
use super::face::Face;
use super::moment::now;
use super::output::{Answer, Record};
use super::parameter::{Kind, Parameter};
use super::prompt;
use super::sign_in::{admit, issue, refuse};
use super::terminal::stdin_is_terminal;
use super::values::Values;
use crate::access::rule;
use crate::error::{Error, Result};
use crate::model::id::UserId;
use crate::realm::login::{Admission, Attempt, renew};
use crate::secret::csrf;

/// What can be asked for in the place of a ticket.
pub const NODE: Node =
    Node::Group { name: "ticket", about: "Tickets.", own: true, children: &[Node::Own(&verify::VERB)] };

/// The command.
pub static VERB: Verb = Verb {
    name: "ticket",
    aliases: &[],
    about: "Sign in and print a ticket, or check with --path and --privs what somebody may do.",
    parameters: &[
        Parameter::of_place("username", Kind::Text(Some(64)), "User id, in the form name@realm."),
        Parameter::boolean("new-format", "Accepted for old scripts.").default("1").hidden(),
        Parameter::text("otp", "The answer of the second factor, as 'totp:123456'."),
        Parameter::password("password", "Not looked at: the password is always asked for.").hidden(),
        Parameter::short_text("path", 64, "Only check the permissions on this path.").requires("privs"),
        Parameter::list("privs", "The privileges to be checked; all of them are needed.").requires("path"),
        Parameter::text("realm", "The realm, when the user names none."),
        Parameter::text("tfa-challenge", "The ticket of the first step; the password is the answer then."),
        Parameter::choice("output-format", &super::output::Format::NAMES, "Output format.")
            .default("text")
            .own(),
    ],
    answers: false,
    writes: false,
    asks: rule::SIGN_IN,
    failure: "",
    run,
};

/// The file whose content the tokens of web pages are made with.
const WWW_KEY: &str = "pve-www.key";

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let password = prompt::password("Enter password: ")?;
    let check = values.check();
    let challenge = values.text("tfa-challenge");
    if challenge.is_some() && values.text("otp").is_some() {
        check.refuse("otp", "cannot be given with 'tfa-challenge'");
    }
    check.end(Some(()))?;
    let user = values.text("username").unwrap_or_default();
    if let Some(path) = values.text("path") {
        permission::check(context, values, (user, &password), path)?;
        return Ok(Answer::Nothing);
    }
    let attempt = Attempt {
        user,
        realm: values.text("realm"),
        password: &password,
        answer: values.text("otp"),
        partial_ticket: None,
        from: None,
    };
    let admission = match (renewed(context, values, &password)?, challenge) {
        (Some(id), _) => Admission::Complete(id),
        (None, Some(ticket)) => {
            let answer = Some(password.as_str());
            admit(context, Attempt { password: "", answer, partial_ticket: Some(ticket), ..attempt })?
        }
        (None, None) => admit(context, attempt)?,
    };
    let mut ticket = issue(context, &admission)?;
    let mut complete = admission;
    // Somebody who is there can be asked at once.
    if let Admission::SecondFactorDue(_, due) = &complete
        && context.face == Face::Own
        && stdin_is_terminal()
    {
        let answer = prompt::password(&format!("Second factor {}: ", due.to_json()))?;
        let answer = Some(answer.trim());
        complete =
            admit(context, Attempt { password: "", answer, partial_ticket: Some(&ticket), ..attempt })?;
        ticket = issue(context, &complete)?;
    }
    answer(context, values, &complete, ticket)
}

/// What is printed of a ticket, in the form `output-format` asks for.
///
/// # Errors
/// When the key of the web pages cannot be read.
pub fn answer(context: &Context, values: &Values, admission: &Admission, ticket: String) -> Result<Answer> {
    let due = matches!(admission, Admission::SecondFactorDue(..));
    if due {
        context.note("the ticket is only half: answer the second factor with --tfa-challenge TICKET");
    }
    if values.text("output-format").is_none_or(|format| format == "text") {
        return Ok(Answer::Text(ticket));
    }
    let (Admission::Complete(id) | Admission::SecondFactorDue(id, _)) = admission;
    let mut record = Record::new().with("username", id.as_str()).with("ticket", ticket);
    if due {
        record.set("NeedTFA", 1);
    }
    if let Some(key) = context.load(&[WWW_KEY])?.get(WWW_KEY) {
        record.set("CSRFPreventionToken", csrf::issue(key, id, now())?);
    }
    Ok(Answer::Object { columns: &[], record })
}

/// A ticket in the place of the password: one's own renews itself, and the superuser's is good for everybody.
fn renewed(context: &Context, values: &Values, password: &str) -> Result<Option<UserId>> {
    let user = values.text("username").unwrap_or_default();
    let typed = match values.text("realm") {
        Some(realm) if !user.ends_with(&format!("@{realm}")) => format!("{user}@{realm}"),
        _ => user.to_owned(),
    };
    let Ok(wanted) = UserId::parse(&typed) else { return Ok(None) };
    let books = super::sign_in::books(context);
    let renewed = renew(&books, context.catalogue.superuser(), &wanted, password, now())?;
    renewed.map(|renewed| renewed.map_err(|refusal| refuse(&refusal))).transpose()
}

/// Whether a user may sign in now.
fn may(context: &Context, id: &UserId) -> Result<()> {
    use crate::realm::login::{Books as _, may_sign_in};
    let state = super::sign_in::books(context).state()?;
    may_sign_in(&state, id, now()).map_err(|_| Error::Unauthenticated)
}
