//! What the permission engine has to know of a directory.

use super::byte::LISTED;

/// Receives the facts permissions follow from, in the order of the file: users with their tokens,
/// groups, pools, roles, ACL entries.
///
/// Lists arrive as one text joined with `,`, without blanks or empty items; so nothing is copied
/// on the way from the file into the engine.
pub trait Facts {
    /// About so many users, tokens and groups, and so many paths, are going to be told.
    fn expect(&mut self, subjects: usize, paths: usize);
    /// A user exists.
    fn user(&mut self, id: &str);
    /// A user named before has an API token; `id` is `USER@REALM!TOKEN`.
    fn token(&mut self, id: &str, separated: bool);
    /// A group exists; `members` are user ids, known or not.
    fn group(&mut self, id: &str, members: &str);
    /// A pool exists; a guest is in one pool at most, a storage may be in many.
    fn pool(&mut self, id: &str, guests: &str, storages: &str);
    /// A role that is not built in exists; `privileges` may hold names the catalogue does not know.
    fn role(&mut self, id: &str, privileges: &str);
    /// Every one of `subjects` (`@group`, user id, token id; known or not) holds every one of
    /// `roles` (known ones only) at `path`, which is in normal form.
    fn acl(&mut self, path: &str, propagate: bool, subjects: &str, roles: &str);
}

/// The items of a list as [`Facts`] are told: joined with `,`, without blanks or empty items.
#[inline]
pub fn items(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = (!list.is_empty()).then_some(list);
    std::iter::from_fn(move || {
        let list = rest?;
        // Items are short: a plain loop finds their ends sooner than a search that has to be called.
        let end = LISTED.prefix(list.as_bytes());
        rest = list.get(end + 1..);
        list.get(..end)
    })
}

/// Something that can tell the facts: a whole directory.
pub trait Source {
    /// Tells every fact once.
    fn tell(&self, facts: &mut impl Facts);
}
