//! Putting right what nobody has to be asked about.

use super::finding::Finding;
use crate::error::Result;
use crate::model::acl::Subject;
use crate::model::directory::Directory;
use crate::model::id::{GroupId, RealmId, RoleId, TokenId};
use crate::store::change::Draft;
use std::collections::{HashMap, HashSet};

/// How a finding is repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// `user.cfg` is written without what refers to nothing, as every change of it would.
    DropUnresolved,
    /// `user.cfg` is written without the fields nobody reads.
    DropFieldsBeyond,
    /// A privilege is taken out of a role.
    DropPrivilege {
        /// The role.
        role: RoleId,
        /// The privilege.
        privilege: String,
    },
    /// A name is taken out of a group.
    DropMember {
        /// The group.
        group: GroupId,
        /// The name.
        member: String,
    },
    /// All ACL entries of a subject are removed.
    DropSubject(Subject),
    /// The secret of a token is removed.
    DropSecret(TokenId),
    /// The password of a name in the realm whose passwords the directory keeps is removed.
    DropPassword(String),
    /// The second factors of a user are removed.
    DropSecondFactors(String),
    /// The password of a realm is removed.
    DropBindPassword(RealmId),
    /// A file or folder gets another mode. This is for the store to do.
    SetMode {
        /// Its name, relative to the config directory.
        name: String,
        /// The mode.
        mode: u32,
    },
}

/// Repairs what the findings say, but for modes. They have to be those of the very state `draft` edits.
///
/// # Errors
/// Those of reading the files.
pub fn repair(draft: &mut Draft<'_>, findings: &[Finding]) -> Result<()> {
    let repairs: Vec<&Repair> = findings.iter().filter_map(|one| one.repair.as_ref()).collect();
    if repairs.iter().any(|one| is_of_directory(one)) {
        directory(draft.directory()?, &repairs);
    }
    let mut factors = HashSet::new();
    for one in repairs {
        match one {
            Repair::DropSecret(token) => drop(draft.token_secrets()?.remove(token)),
            Repair::DropPassword(name) => drop(draft.passwords()?.remove(name)),
            Repair::DropSecondFactors(name) => drop(factors.insert(name.as_str())),
            Repair::DropBindPassword(realm) => draft.set_bind_password(realm, None),
            _ => {}
        }
    }
    if !factors.is_empty() {
        draft.second_factors()?.remove_users(|name| factors.contains(name));
    }
    Ok(())
}

/// The modes the findings ask for.
pub fn modes(findings: &[Finding]) -> Vec<(String, u32)> {
    let mode = |one: &Finding| match &one.repair {
        Some(Repair::SetMode { name, mode }) => Some((name.clone(), *mode)),
        _ => None,
    };
    findings.iter().filter_map(mode).collect()
}

fn is_of_directory(repair: &Repair) -> bool {
    matches!(
        repair,
        Repair::DropUnresolved
            | Repair::DropFieldsBeyond
            | Repair::DropPrivilege { .. }
            | Repair::DropMember { .. }
            | Repair::DropSubject(_)
    )
}

fn directory(directory: &mut Directory, repairs: &[&Repair]) {
    let mut members: HashMap<&GroupId, HashSet<&str>> = HashMap::new();
    let mut privileges: HashMap<&RoleId, HashSet<&str>> = HashMap::new();
    let mut subjects = HashSet::new();
    for one in repairs {
        match one {
            Repair::DropMember { group, member } => drop(members.entry(group).or_default().insert(member)),
            Repair::DropPrivilege { role, privilege } => {
                privileges.entry(role).or_default().insert(privilege);
            }
            Repair::DropSubject(subject) => drop(subjects.insert(subject)),
            _ => {}
        }
    }
    for (id, gone) in members {
        directory.drop_members(id, |name| gone.contains(name));
    }
    for (id, gone) in privileges {
        directory.drop_privileges(id, |name| gone.contains(name));
    }
    if !subjects.is_empty() {
        directory.drop_subjects(|subject| subjects.contains(subject));
    }
    if repairs.contains(&&Repair::DropFieldsBeyond) {
        directory.drop_fields_beyond();
    }
}
