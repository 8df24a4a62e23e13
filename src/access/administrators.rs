//! Whether anybody is left who can repair a directory.

use super::Policy;
use super::usable::has_ended;
use crate::catalogue::Catalogue;
use crate::model::directory::Directory;

/// Whether at the moment `now`, in seconds since 1970, somebody whose account is open may hand out every permission:
/// the superuser, or whoever holds the privilege for it at the very top.
pub fn has_administrator(directory: &Directory, catalogue: &Catalogue, now: u64) -> bool {
    let policy = Policy::compile(directory, catalogue);
    let top = catalogue.administration().everything();
    directory.users.iter().any(|user| {
        let id = user.id.as_str();
        let may = id == catalogue.superuser()
            || catalogue.delegation().is_some_and(|privilege| policy.check(id, privilege, top));
        may && user.enable && !has_ended(&user, now)
    })
}
