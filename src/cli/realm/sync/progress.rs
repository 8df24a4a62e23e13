//! How far a synchronisation has come, on a terminal.

use crate::cli::face::Face;
use crate::model::id::RealmId;
use crate::realm::sync::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget};
use std::time::Duration;

/// A line on the terminal that is gone in the end; nothing at all where there is no terminal, and under
/// the original's name, which shows none.
pub(super) struct Bar {
    bar: ProgressBar,
    realm: RealmId,
}

impl Bar {
    /// Shows that the server is being asked.
    pub(super) fn new(face: Face, realm: &RealmId) -> Self {
        let target = match face {
            Face::Own => ProgressDrawTarget::stderr(),
            Face::Original => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::new_spinner();
        bar.set_draw_target(target);
        if !bar.is_hidden() {
            bar.set_message(format!("realm {realm}: asking the server"));
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Self { bar, realm: realm.clone() }
    }

    /// Shows how far the answer has come.
    pub(super) fn show(&self, Progress { users, groups }: Progress) {
        // Some hundred entries are no time at all.
        if !self.bar.is_hidden() && (users + groups).is_multiple_of(256) {
            self.bar.set_message(format!("realm {}: {users} users, {groups} groups", self.realm));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
