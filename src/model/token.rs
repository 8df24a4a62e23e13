//! API tokens.

use super::id::TokenName;

/// An API token of a user; its secret lives elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The part of the id behind the `!`.
    pub name: TokenName,
    /// When the token ends, in seconds since 1970; 0 never.
    pub expire: u64,
    /// Whether the token has only what is granted to it *and* to its owner; otherwise it is as good
    /// as its owner.
    pub separated: bool,
    /// Free text.
    pub comment: String,
    /// Fields of the line beyond the known ones, each followed by `:`.
    pub rest: String,
}
