//! Who may do something at one path, asked for everybody at once.

use super::decision::Permissions;
use super::interner::number;
use super::policy::{PEOPLE, Policy, Principal};

impl Policy {
    /// What everybody the policy knows may do on `path`: users and tokens, also those that are only mentioned as
    /// members or in entries. Those who may do nothing are left out.
    pub fn everybody<'p>(&'p self, path: &str) -> impl Iterator<Item = (Principal, Permissions)> + 'p {
        let place = self.tree.locate(path);
        (0..number(self.subjects.len())).filter_map(move |id| {
            let permissions = self.permissions_at(Principal(id), place);
            (!permissions.is_empty() && self.names.context(id) == PEOPLE)
                .then_some((Principal(id), permissions))
        })
    }

    /// What everybody gets on `path` by the entries for a group alone. Groups that give nothing are left out.
    pub fn groups_at<'p>(&'p self, path: &str) -> impl Iterator<Item = (Principal, Permissions)> + 'p {
        let place = self.tree.locate(path);
        (0..number(self.subjects.len())).filter_map(move |id| {
            let is_group = self.names.context(id) == super::policy::GROUPS;
            let permissions =
                if is_group { self.permissions_at(Principal(id), place) } else { Permissions::NONE };
            (!permissions.is_empty()).then_some((Principal(id), permissions))
        })
    }
}
