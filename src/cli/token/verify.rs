//! `token verify`: whose API token somebody presents.

use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment::now;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::prompt;
use crate::cli::sign_in::{FROM, books, refuse};
use crate::cli::values::Values;
use crate::error::Result;
use crate::realm::login::sign_in_with_token;

/// The command.
pub static VERB: Verb = Verb {
    name: "verify",
    aliases: &[],
    about: "Check an API token, 'USER@REALM!NAME=SECRET', read from stdin. Exits 3 when it is none.",
    parameters: &[FROM],
    answers: true,
    writes: false,
    asks: Rule::World,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("full-tokenid"), Column::text("userid")];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let presented = prompt::secret("Token: ", "token")?;
    let found = sign_in_with_token(&books(context), presented.trim(), values.text(FROM.name), now())?;
    let id = found.map_err(|refusal| refuse(&refusal))?;
    let record = Record::new().with("full-tokenid", id.to_string()).with("userid", id.user.to_string());
    Ok(Answer::Object { columns: COLUMNS, record })
}
