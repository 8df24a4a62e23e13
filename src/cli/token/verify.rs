//! `token verify`: whose API token somebody presents.

use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment::now;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::prompt;
use crate::cli::sign_in::{books, refuse};
use crate::cli::values::Values;
use crate::error::Result;
use crate::realm::login::{Books as _, verify_token};

/// The command.
pub static VERB: Verb = Verb {
    name: "verify",
    aliases: &[],
    about: "Check an API token, 'USER@REALM!NAME=SECRET', read from stdin. Exits 3 when it is none.",
    parameters: &[],
    answers: true,
    writes: false,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("full-tokenid"), Column::text("userid")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let presented = prompt::password("Token: ")?;
    let state = books(context).state()?;
    let id = verify_token(&state, presented.trim(), now()).map_err(|refusal| refuse(&refusal))?;
    let record = Record::new().with("full-tokenid", id.to_string()).with("userid", id.user.to_string());
    Ok(Answer::Object { columns: COLUMNS, record })
}
