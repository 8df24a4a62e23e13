//! `user token`, and for short `token`: API tokens.

pub mod add;
pub mod delete;
pub mod list;
pub mod modify;
pub mod permissions;
pub mod show;
pub mod verify;

use super::command::Node;
use super::output::{Column, Record};
use super::parameter::Parameter;
use super::values::Check;
use crate::model::id::{TokenId, TokenName, UserId};
use crate::model::token::Token;
use serde_json::{Map, Value};

const VERBS: &[Node] = &[
    Node::Verb(&add::VERB),
    Node::Verb(&delete::VERB),
    Node::Verb(&list::VERB),
    Node::Verb(&modify::VERB),
    Node::Verb(&permissions::VERB),
    Node::Own(&show::VERB),
];

/// `user token`.
pub const USER_NODE: Node = Node::Group { name: "token", about: "API tokens.", own: false, children: VERBS };

/// `token`.
pub const NODE: Node = Node::Group {
    name: "token",
    about: "API tokens; the same as 'user token', and who presents one.",
    own: true,
    children: &[
        Node::Verb(&add::VERB),
        Node::Verb(&delete::VERB),
        Node::Verb(&list::VERB),
        Node::Verb(&modify::VERB),
        Node::Verb(&permissions::VERB),
        Node::Own(&show::VERB),
        Node::Own(&verify::VERB),
    ],
};

/// The token a command is about.
pub const TOKENID: Parameter = Parameter::positional("tokenid", "The token's own name, without its owner.");
/// Free text.
pub const COMMENT: Parameter = Parameter::text("comment", "Free text about the token.");
/// End of the token.
pub const EXPIRE: Parameter = Parameter::moment(
    "expire",
    "When the token ends, in seconds since 1970; 0 never. usher also takes a date (2027-01-31) or a span (90d).",
);
/// Separation from the owner.
pub const PRIVSEP: Parameter = Parameter::boolean(
    "privsep",
    "Give the token only what is granted to it and to its owner; 0: everything its owner may do.",
)
.default("1");

/// The properties of a token, in the order of a table.
pub const COLUMNS: &[Column] = &[
    Column::text("tokenid"),
    Column::text("comment"),
    Column::integer("expire"),
    Column::boolean("privsep"),
];

/// Owner and name of the token a command is about.
fn token_id(check: &Check<'_>) -> Option<TokenId> {
    let user = check.one("userid", UserId::parse);
    let name = check.one("tokenid", TokenName::parse);
    Some(TokenId { user: user?, name: name? })
}

/// What a token is like, its name left out.
pub fn attributes(token: &Token) -> Record {
    Record::new()
        .with("expire", token.expire)
        .with("privsep", i32::from(token.separated))
        .with_some("comment", Some(token.comment.clone()).filter(|comment| !comment.is_empty()))
}

/// A token as JSON, as it stands in the list of a user's tokens.
pub fn describe(token: &Token) -> Map<String, Value> {
    let record = attributes(token).with("tokenid", token.name.as_str());
    record.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect()
}
