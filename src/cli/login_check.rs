//! `login-check`: is this somebody's password, for scripts and other programs.

use super::command::Verb;
use super::context::Context;
use super::output::Answer;
use super::parameter::Parameter;
use super::prompt;
use super::sign_in::{FROM, admit};
use super::values::Values;
use crate::access::rule::Rule;
use crate::error::{Error, Result};
use crate::realm::login::{Admission, Attempt};

/// The command.
pub static VERB: Verb = Verb {
    name: "login-check",
    aliases: &[],
    about: "Check a sign-in for another program. User, password and, for users with second factors, an answer are read from stdin, a line each. Exits 0 when it is right, 3 when it is not.",
    parameters: &[Parameter::text("realm", "The realm, for users who name none."), FROM],
    answers: false,
    writes: false,
    asks: Rule::World,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let user = prompt::line("User: ", "user name")?;
    let password = prompt::password("Enter password: ")?;
    // Whoever gives none finds out that way that one is due.
    let answer = prompt::password("Second factor: ").ok().filter(|text| !text.is_empty());
    let attempt = Attempt {
        user: &user,
        realm: values.text("realm"),
        password: &password,
        answer: answer.as_deref().map(String::as_str),
        partial_ticket: None,
        from: values.text(FROM.name),
    };
    match admit(context, attempt)? {
        Admission::Complete(_) => Ok(Answer::Nothing),
        Admission::SecondFactorDue(..) => Err(Error::Unauthenticated),
    }
}
