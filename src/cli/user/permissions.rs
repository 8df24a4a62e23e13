//! `user permissions`: what a user or token may do, and where.

use crate::access::Policy;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{self, Answer};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::id::{split_token, split_user};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The path a question is about.
pub const PATH: Parameter = Parameter::text("path", "Only this path, exactly as it is written.");

/// The command.
pub static VERB: Verb = Verb {
    name: "permissions",
    aliases: &[],
    about: "Show what a user or an API token may do, and where.",
    parameters: &[
        Parameter::positional(
            "userid",
            "User id or full token id; who acts if left out, as a rule the superuser.",
        )
        .optional(),
        PATH,
    ],
    answers: true,
    writes: false,
    asks: rule::READ_PERMISSIONS,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let who = match values.text("userid") {
        None => Some(context.acting_name()),
        Some(_) => check.one("userid", principal),
    };
    let who = check.end(who)?;
    answer(context, &who, values.text("path"))
}

fn principal(text: &str) -> Result<String> {
    if split_user(text).is_some() || split_token(text).is_some() {
        return Ok(text.to_owned());
    }
    Err(Error::invalid("value does not match the regex pattern"))
}

/// What `who` may do at `path`, or everywhere.
pub fn answer(context: &Context, who: &str, path: Option<&str>) -> Result<Answer> {
    let directory = context.directory()?;
    let policy = Policy::compile(&directory, &context.catalogue);
    let granted = match path.filter(|path| !path.is_empty()) {
        Some(path) => vec![(path, policy.permissions(who, path))],
        None => policy.listing(who),
    };
    let names: Vec<Arc<str>> =
        context.catalogue.all().iter().map(|one| context.catalogue.name(one).into()).collect();
    let mut answer = output::Permissions::new();
    for (path, permissions) in granted {
        let mut flags = BTreeMap::new();
        for privilege in permissions.granted.iter() {
            if let Some(name) = names.get(privilege.place()) {
                flags.insert(Arc::clone(name), permissions.propagated.contains(privilege));
            }
        }
        answer.insert(path.to_owned(), flags);
    }
    Ok(Answer::Permissions(answer))
}
