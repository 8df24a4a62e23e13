//! `user.cfg`: users, tokens, groups, pools, roles and ACL entries. `docs/user-cfg.md` is the
//! reference.
//!
//! A file in canonical form is only scanned; its records are decoded when somebody asks for them,
//! and copied as they stand when it is written again. Any other file is read whole and written whole
//! in canonical form.

mod read;
mod record;
mod scan;

use super::Warning;
use super::rope::Rope;
use crate::catalogue::Catalogue;
use crate::model::directory::Directory;
use crate::model::table::{Part, Record, Table};
use std::sync::Arc;

/// Reads the file. Nothing in it is an error: what cannot be understood is warned of and kept.
pub fn parse(text: &Arc<Vec<u8>>, catalogue: &Catalogue) -> (Directory, Vec<Warning>) {
    scan::scan(text, catalogue).unwrap_or_else(|| read::read(text, catalogue))
}

/// The content the file is to have.
pub fn render(directory: &Directory) -> Rope {
    let mut rope = Rope::over(directory.users.text());
    table(&mut rope, &directory.users);
    rope.push(b"\n");
    table(&mut rope, &directory.groups);
    rope.push(b"\n");
    table(&mut rope, &directory.pools);
    rope.push(b"\n");
    table(&mut rope, &directory.roles);
    rope.push(b"\n");
    table(&mut rope, &directory.acl);
    rope.push(&directory.tail);
    rope
}

fn table<R: Record + Clone>(rope: &mut Rope, table: &Table<R>) {
    let mut text = String::new();
    for part in table.parts() {
        match part {
            Part::Untouched(range) => rope.keep(range),
            Part::Edited(kept, record) => {
                rope.push(kept);
                if let Some(record) = record {
                    text.clear();
                    record.encode(&mut text);
                    rope.push(text.as_bytes());
                }
            }
        }
    }
}
