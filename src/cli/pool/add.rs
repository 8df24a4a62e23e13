//! `pool add`: create a pool.

use super::{COMMENT, POOLID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::pool::Pool;

/// The command.
pub static VERB: Verb = Verb {
    name: "add",
    aliases: &[],
    about: "Create a pool.",
    parameters: &[
        POOLID,
        COMMENT,
        Parameter::boolean("if-not-exists", "Succeed without a change when the pool is there.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_POOL,
    failure: "create pool failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::poolid(&check);
    let comment = check.text("comment").unwrap_or_default();
    let id = check.end(id)?;
    let if_not_exists = values.is_on("if-not-exists");
    context.change(|draft| match draft.directory()?.add_pool(Pool { comment, ..Pool::new(id) }) {
        Err(Error::Exists { .. }) if if_not_exists => Ok(()),
        other => other,
    })?;
    Ok(Answer::Nothing)
}
