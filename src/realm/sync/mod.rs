//! Synchronisation: users and groups of a directory server become users and groups here.
//!
//! [`fetch`] asks the server and folds its answer, as it comes, into a compact
//! [`Fetched`]; [`plan`] compares that with a directory and says what is to be done, or that it must
//! not be done; [`Plan::apply`] does it. Only the first of these touches the network, and none of them
//! holds a lock. `docs/realm-sync.md` is the reference.

mod collect;
mod dn_key;
mod fetch;
mod fetched;
mod meanwhile;
mod names;
mod options;
mod plan;
mod record;
mod safety;

pub use collect::Collector;
pub use fetch::{Progress, fetch};
pub use fetched::{Fetched, FetchedGroup, FetchedUser, Remark};
pub use meanwhile::is_as_before;
pub use options::Options;
pub use plan::{Applied, Plan, Step, plan};

#[cfg(test)]
mod tests;
