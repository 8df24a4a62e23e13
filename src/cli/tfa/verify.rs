//! `tfa verify`: judge an answer as a sign-in would.

use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment::now;
use crate::cli::output::Answer;
use crate::cli::prompt;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::secret::second_factor::{Response, Verdict, judge};

/// The command.
pub static VERB: Verb = Verb {
    name: "verify",
    aliases: &[],
    about: "Judge a second factor, 'totp:123456' or 'recovery:KEY', as a sign-in would. Exits 3 when it is wrong.",
    parameters: &[USERID],
    answers: false,
    writes: true,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    let typed = prompt::password("Second factor: ")?;
    let response = Response::parse(typed.trim())?;
    context.directory()?.user(&id)?;
    let verdict = context.change(|draft| {
        draft.judge_factors(&id, |factors, failures| judge(factors, failures, response, None, now()))
    })?;
    match verdict {
        Verdict::Accepted => Ok(Answer::Nothing),
        Verdict::Wrong => Err(Error::Unauthenticated),
        // Whoever runs this command may look into the directory anyway.
        Verdict::TotpLocked | Verdict::Locked => {
            context.note("the second factors of this user are locked; 'tfa unlock' lifts that");
            Err(Error::Unauthenticated)
        }
    }
}
