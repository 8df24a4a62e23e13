//! `pool`: pools of guests and storages.

pub mod add;
pub mod delete;
pub mod inventory;
pub mod list;
pub mod modify;
pub mod show;

use super::command::Node;
use super::parameter::Parameter;
use super::values::Check;
use crate::model::id::PoolId;

/// The commands about pools.
pub const NODE: Node = Node::Group {
    name: "pool",
    about: "Pools of guests and storages.",
    own: false,
    children: &[
        Node::Verb(&add::VERB),
        Node::Verb(&delete::VERB),
        Node::Verb(&list::VERB),
        Node::Verb(&modify::VERB),
        Node::Own(&show::VERB),
    ],
};

const POOLID: Parameter = Parameter::positional("poolid", "The pool's name, up to three levels: a/b/c.");
const COMMENT: Parameter = Parameter::text("comment", "Free text about the pool.");

fn poolid(check: &Check<'_>) -> Option<PoolId> {
    check.one("poolid", PoolId::parse)
}
