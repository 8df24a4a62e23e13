//! `tfa verify`: judge an answer as a sign-in would.

use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment::now;
use crate::cli::output::Answer;
use crate::cli::prompt;
use crate::cli::sign_in::{books, with_rules};
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::realm::login::{Reason, answer};
use crate::store::sign_in::StoredBooks;
use std::cell::RefCell;

/// The command.
pub static VERB: Verb = Verb {
    name: "verify",
    aliases: &[],
    about: "Judge a second factor, 'totp:123456' or 'recovery:KEY', as a sign-in would. Exits 3 when it is wrong.",
    parameters: &[USERID],
    answers: false,
    writes: true,
    asks: rule::VERIFY_FACTORS,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(id)?;
    let typed = prompt::secret("Second factor: ", "second factor")?;
    let would_change = RefCell::new(Vec::new());
    let outcome = {
        let books = StoredBooks { would_change: context.dry_run.then_some(&would_change), ..books(context) };
        with_rules(context, |rules| answer(&books, rules, &id, typed.trim(), None, now()))
    };
    context.would_change.extend(would_change.into_inner());
    let Err(refusal) = outcome? else { return Ok(Answer::Nothing) };
    // Whoever runs this command may look into the directory anyway.
    match (refusal.reason, refusal.detail) {
        (Reason::UnknownUser | Reason::BadAnswer, Some(error)) => Err(error),
        (reason, _) => {
            if let Reason::TotpLocked | Reason::Locked = reason {
                context.note("the second factors of this user are locked; 'tfa unlock' lifts that");
            }
            Err(Error::Unauthenticated)
        }
    }
}
