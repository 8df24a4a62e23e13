//! `pool modify`: change a pool's comment and members.

use super::{COMMENT, POOLID};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::directory::PoolChange;
use crate::model::id::{StorageId, VmId};

/// The command.
pub static VERB: Verb = Verb {
    name: "modify",
    aliases: &[],
    about: "Change a pool: its comment, and which guests and storages are in it.",
    parameters: &[
        POOLID,
        Parameter::boolean("allow-move", "Take a guest out of the pool it is in now.").default("0"),
        COMMENT,
        Parameter::boolean("delete", "Take the named guests and storages out instead of putting them in.")
            .default("0"),
        Parameter::list("storage", "Storages."),
        Parameter::list("vms", "Guests."),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_POOL_MEMBERS,
    failure: "update pools failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::poolid(&check);
    let change = PoolChange {
        comment: check.text("comment"),
        guests: check.list("vms", VmId::parse).unwrap_or_default(),
        storages: check.list("storage", StorageId::parse).unwrap_or_default(),
        remove: values.is_on("delete"),
        allow_move: values.is_on("allow-move"),
    };
    let id = check.end(id)?;
    context.change(|draft| draft.directory()?.modify_pool(&id, change))?;
    Ok(Answer::Nothing)
}
