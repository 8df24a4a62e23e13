//! `user token list`: the API tokens of a user, or of everybody.

use super::COLUMNS;
use crate::access::rule::{self, Rule};
use crate::access::usable::token_has_ended;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column};
use crate::cli::parameter::Parameter;
use crate::cli::standing;
use crate::cli::user::{self, USERID};
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::token::Token;
use crate::model::user::User;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the API tokens of a user, or of everybody.",
    parameters: &[
        USERID.optional_here(),
        Parameter::boolean("expired", "Only tokens that are at their end; 0: only the others.").own(),
    ],
    answers: true,
    writes: false,
    asks: Rule::Somebody,
    failure: "",
    run,
};

/// The properties of tokens of everybody, in the order of a table.
const ALL_COLUMNS: &[Column] = &[
    Column::text("full-tokenid"),
    Column::text("comment"),
    Column::integer("expire"),
    Column::boolean("privsep"),
];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = user::userid(&check);
    let id = check.end(Some(id))?;
    if id.is_some() {
        context.require(rule::READ_TOKENS)?;
    }
    let now = standing::now();
    let expired = values.boolean("expired");
    let directory = context.directory()?;
    let rows = |user: &User, of_everybody: bool| {
        let wanted =
            user.tokens.iter().filter(|token| expired.is_none_or(|is| token_has_ended(token, now) == is));
        let row = |token: &Token| {
            let record = super::attributes(token).with("tokenid", token.name.as_str());
            match of_everybody {
                false => record,
                true => record
                    .with("userid", user.id.as_str())
                    .with("full-tokenid", format!("{}!{}", user.id, token.name)),
            }
        };
        wanted.map(row).collect::<Vec<_>>()
    };
    Ok(match id {
        Some(id) => Answer::Rows { columns: COLUMNS, rows: rows(&directory.user(&id)?, false) },
        None => {
            let sight = context.sight(&directory);
            let seen = directory.users.iter().filter(|user| sight.sees_user(&user.id));
            let rows = seen.flat_map(|user| rows(&user, true)).collect();
            Answer::Rows { columns: ALL_COLUMNS, rows }
        }
    })
}
