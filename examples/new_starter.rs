//! Somebody new comes: an account, a group and a grant in one change, all of it or nothing.
//!
//! `cargo run --example new_starter`

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use usher::catalogue::Catalogue;
use usher::error::Result;
use usher::format::USER_CFG;
use usher::model::acl::Subject;
use usher::model::group::Group;
use usher::model::id::{GroupId, RoleId, UserId};
use usher::model::path::AclPath;
use usher::model::user::User;
use usher::store::change::{Order, change};
use usher::store::{MemoryStore, Store};

/// The `user.cfg` after the change.
///
/// # Errors
/// When a rule forbids the change; then nothing was written.
pub fn hire(store: &impl Store) -> Result<String> {
    let catalogue = Catalogue::pve9();
    let nina = UserId::parse("nina@pve")?;
    let crew = GroupId::parse("crew")?;
    change(store, &catalogue, &Order::default(), |draft| {
        let directory = draft.directory()?;
        directory.add_group(Group::new(crew.clone()))?;
        directory.add_user(User::new(nina), std::slice::from_ref(&crew))?;
        directory.grant(
            &AclPath::parse("/vms")?,
            &[Subject::Group(crew)],
            &[RoleId::parse("PVEVMUser")?],
            true,
        )
    })?;
    let files = store.load(&[USER_CFG])?;
    let text = files.get(USER_CFG).map(|text| String::from_utf8_lossy(text).into_owned());
    Ok(text.unwrap_or_default())
}

/// Does it in memory; `DirStore::new("/etc/usher")` would do it on disk.
///
/// # Errors
/// When the change is refused.
pub fn main() -> Result<()> {
    print!("{}", hire(&MemoryStore::default())?);
    Ok(())
}
