//! `user.cfg`: users, tokens, groups, pools, roles and ACL entries. `docs/user-cfg.md` is the
//! reference.
//!
//! A file in canonical form is only scanned; its records are decoded when somebody asks for them,
//! and copied as they stand when it is written again. Any other file is read whole and written whole
//! in canonical form.

mod extract;
mod known;
mod places;
mod read;
mod record;
mod scan;
mod view;

pub use extract::Extractor;
pub use places::{Line, LineKind, Places, lines};
pub use view::{entries, groups, users};

use super::Warning;
use super::rope::Rope;
use crate::catalogue::Catalogue;
use crate::model::acl::Subject;
use crate::model::directory::Directory;
use crate::model::group::Group;
use crate::model::pool::Pool;
use crate::model::role::Role;
use crate::model::table::{Part, Record, Table};
use crate::model::user::User;
use scan::{Depth, scan};
use std::sync::Arc;

/// Reads the file. Nothing in it is an error: what cannot be understood is warned of and kept.
pub fn parse(text: &Arc<Vec<u8>>, catalogue: &Catalogue) -> (Directory, Vec<Warning>) {
    scan(text, catalogue, Depth::Records).unwrap_or_else(|| read::read(text, catalogue))
}

/// [`parse`] for those who look and do not write: warns of group members and subjects of ACL entries
/// that do not exist, too.
pub fn parse_and_check(text: &Arc<Vec<u8>>, catalogue: &Catalogue) -> (Directory, Vec<Warning>) {
    scan(text, catalogue, Depth::References).unwrap_or_else(|| read::read(text, catalogue))
}

/// The content the file is to have.
pub fn render(directory: &Directory) -> Rope {
    let text = directory.groups.text();
    let mut rope = Rope::over(Arc::clone(&text));
    table(&mut rope, &text, &directory.users, User::encode);
    rope.push(b"\n");
    table(&mut rope, &text, &directory.groups, Group::encode);
    rope.push(b"\n");
    table(&mut rope, &text, &directory.pools, Pool::encode);
    rope.push(b"\n");
    table(&mut rope, &text, &directory.roles, Role::encode);
    rope.push(b"\n");
    let superuser = directory.rules.superuser.clone().map(Subject::User);
    table(&mut rope, &text, &directory.acl, |node, out| match &superuser {
        // The superuser may everything; its entries count while they are read and are never written.
        Some(superuser) if node.entries.keys().any(|(subject, _)| subject == superuser) => {
            let mut node = node.clone();
            node.entries.retain(|(subject, _), _| subject != superuser);
            node.encode(out);
        }
        _ => node.encode(out),
    });
    rope.push(&directory.tail);
    rope
}

/// Appends a table; `base` is the text whose ranges the rope keeps.
fn table<R: Record + Clone>(
    rope: &mut Rope,
    base: &Arc<Vec<u8>>,
    table: &Table<R>,
    encode: impl Fn(&R, &mut String),
) {
    let own = table.text();
    let mut text = String::new();
    for part in table.parts() {
        match part {
            Part::Untouched(range) if Arc::ptr_eq(base, &own) => rope.keep(range),
            Part::Untouched(range) => rope.push(own.get(range).unwrap_or_default()),
            Part::Edited(kept, record) => {
                rope.push(kept);
                if let Some(record) = record {
                    text.clear();
                    encode(record, &mut text);
                    rope.push(text.as_bytes());
                }
            }
        }
    }
}
