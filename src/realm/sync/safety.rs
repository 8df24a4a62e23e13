//! What a synchronisation must not do unless somebody says so.

use super::options::Options;
use crate::error::{Error, Result};
use crate::model::sync::Limit;

/// So many are never too many: a realm of three may lose two without a question.
const FEW: usize = 2;

/// The limit that holds when nobody sets one.
const USUAL: Limit = Limit::Percent(50);

/// What the users, or the groups, of a realm would lose.
pub(super) struct Loss {
    /// `users` or `groups`.
    pub(super) what: &'static str,
    /// What would become of those that count as lost.
    pub(super) how: &'static str,
    /// How many the realm has here.
    pub(super) all: usize,
    /// How many of them would be lost.
    pub(super) lost: usize,
    /// How many the server knows.
    pub(super) known: usize,
}

/// Refuses to believe a server that knows nobody, and to take away more than is allowed.
pub(super) fn check(loss: &Loss, options: &Options) -> Result<()> {
    let Loss { what, how, all, lost, known } = loss;
    if *lost == 0 {
        return Ok(());
    }
    if *known == 0 && !options.allow_empty {
        return Err(empty(what, &format!("{lost} of {all} would {how}")));
    }
    let (limit, fine) = match options.max_delete {
        Some(limit) => (limit, limit.allows(*lost, *all)),
        None => (USUAL, *lost <= FEW || USUAL.allows(*lost, *all)),
    };
    if fine {
        return Ok(());
    }
    let message = format!("{lost} of {all} {what} of the realm would {how}; at most {limit} may");
    Err(Error::excessive(message)
        .with_hint("nothing was changed; check filter and base_dn, or allow more with --max-delete N or N%"))
}

/// The server knows none of what there is here.
pub(super) fn empty(what: &str, consequence: &str) -> Error {
    Error::excessive(format!("the server knows no {what}; {consequence}"))
        .with_hint("nothing was changed; check filter, base_dn and what the bind DN may read; --allow-empty believes the server")
}
