//! Edits of access control lists.

use super::Directory;
use super::tokens::unknown_token;
use crate::error::{Error, Noun, Result};
use crate::model::acl::{AclEntry, AclNode, Subject};
use crate::model::id::{RoleId, TokenId};
use crate::model::path::AclPath;

/// The entries of a path, by subject as it is printed, then by role.
fn entries_of(node: AclNode) -> impl Iterator<Item = AclEntry> {
    let path = node.path;
    node.entries.into_iter().map(move |((subject, role), propagate)| AclEntry {
        path: path.clone(),
        subject,
        role,
        propagate,
    })
}

impl Directory {
    pub(super) fn require_entries(&self, subjects: &[Subject], roles: &[RoleId]) -> Result<()> {
        for role in roles {
            if !self.has_role(role) {
                return Err(Error::unknown(Noun::Role, role));
            }
            for subject in subjects {
                if let Subject::User(id) | Subject::Token(TokenId { user: id, .. }) = subject
                    && id.holds_list_separator()
                {
                    return Err(Error::refused(format!(
                        "user '{id}' cannot be in an ACL entry: its name would part the list"
                    )));
                }
                match subject {
                    Subject::Group(id) if self.groups.contains(id.as_str()) => {}
                    Subject::Group(id) => return Err(Error::unknown(Noun::Group, id)),
                    Subject::User(id) => drop(self.user(id)?),
                    Subject::Token(id) => {
                        let user = self.user(&id.user)?;
                        if user.token(id.name.as_str()).is_none() {
                            return Err(unknown_token(&id.user, &id.name));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Gives every subject every role at `path`. Entries of the superuser are accepted and not
    /// stored: it may everything anyway.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::UnknownToken`]; [`Error::Refused`] for a user whose name would
    /// break the list of subjects.
    pub fn grant(
        &mut self,
        path: &AclPath,
        subjects: &[Subject],
        roles: &[RoleId],
        propagate: bool,
    ) -> Result<()> {
        self.require_entries(subjects, roles)?;
        let mut node = self.acl.get(path.as_str()).unwrap_or_else(|| AclNode::new(path.clone()));
        let before = node.entries.clone();
        let superuser = self.rules.superuser.clone().map(Subject::User);
        for subject in subjects.iter().filter(|subject| Some(*subject) != superuser.as_ref()) {
            for role in roles {
                node.entries.insert((subject.clone(), role.clone()), propagate);
            }
        }
        if node.entries != before {
            self.acl.put(node);
        }
        Ok(())
    }

    /// Takes every role at `path` from every subject; one that is not held is no error.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::UnknownToken`].
    pub fn revoke(&mut self, path: &AclPath, subjects: &[Subject], roles: &[RoleId]) -> Result<()> {
        self.require_entries(subjects, roles)?;
        let Some(mut node) = self.acl.get(path.as_str()) else { return Ok(()) };
        let before = node.entries.len();
        node.entries.retain(|(subject, role), _| !(subjects.contains(subject) && roles.contains(role)));
        if node.entries.len() != before {
            self.put_node(node);
        }
        Ok(())
    }

    /// Every ACL entry: by path in tree order, then by subject as it is printed, then by role.
    pub fn entries(&self) -> impl Iterator<Item = AclEntry> {
        self.acl.iter().flat_map(entries_of)
    }

    /// The entries that name `subject`, in the order of [`Directory::entries`].
    pub fn entries_for(&self, subject: &Subject) -> Vec<AclEntry> {
        self.entries_mentioning(&subject.to_string(), |entry| entry.subject == *subject)
    }

    /// The entries that give `role`, in the order of [`Directory::entries`].
    pub fn entries_with(&self, role: &RoleId) -> Vec<AclEntry> {
        self.entries_mentioning(role.as_str(), |entry| entry.role == *role)
    }

    /// The entries at `path`, which is that of a node.
    pub fn entries_at(&self, path: &AclPath) -> Vec<AclEntry> {
        self.acl.get(path.as_str()).into_iter().flat_map(entries_of).collect()
    }

    fn entries_mentioning(&self, word: &str, wanted: impl Fn(&AclEntry) -> bool) -> Vec<AclEntry> {
        let mut nodes = self.acl.mentioning(word);
        nodes.sort_by(|left, right| left.path.cmp(&right.path));
        nodes.into_iter().flat_map(entries_of).filter(wanted).collect()
    }

    /// Takes away the entries at `path` that are not to stay, also those for somebody who is not there.
    pub fn retain_entries(&mut self, path: &AclPath, stays: impl Fn(&Subject, &RoleId) -> bool) {
        let Some(mut node) = self.acl.get(path.as_str()) else { return };
        let before = node.entries.len();
        node.entries.retain(|(subject, role), _| stays(subject, role));
        if node.entries.len() != before {
            self.put_node(node);
        }
    }

    pub(super) fn put_node(&mut self, node: AclNode) {
        if node.entries.is_empty() {
            self.acl.remove(&node.path);
        } else {
            self.acl.put(node);
        }
    }

    pub(super) fn drop_subject(&mut self, subject: &Subject) -> Vec<AclEntry> {
        self.drop_entries(&subject.to_string(), |other, _| other == subject)
    }

    /// Drops the entries that are to go, all of which name `word`, and tells which these are.
    pub(super) fn drop_entries(
        &mut self,
        word: &str,
        goes: impl Fn(&Subject, &RoleId) -> bool,
    ) -> Vec<AclEntry> {
        let mut dropped = Vec::new();
        for path in self.acl.ids_mentioning(word) {
            dropped.extend(self.drop_entries_at(&path, &goes));
        }
        dropped.sort_by(|a, b| a.path.cmp(&b.path));
        dropped
    }

    /// Drops the entries at `path` that are to go, and tells which these are.
    pub(super) fn drop_entries_at(
        &mut self,
        path: &AclPath,
        goes: impl Fn(&Subject, &RoleId) -> bool,
    ) -> Vec<AclEntry> {
        let going = |node: &AclNode| {
            let entries = node.entries.iter().filter(|((subject, role), _)| goes(subject, role));
            let entry = |((subject, role), propagate): (&(Subject, RoleId), &bool)| AclEntry {
                path: path.clone(),
                subject: subject.clone(),
                role: role.clone(),
                propagate: *propagate,
            };
            entries.map(entry).collect::<Vec<_>>()
        };
        let dropped = self.acl.look(path.as_str(), going).unwrap_or_default();
        if dropped.is_empty() {
            return dropped;
        }
        let emptied = self.acl.revise(path, None, |node| {
            node.entries.retain(|(subject, role), _| !goes(subject, role));
            node.entries.is_empty()
        });
        if emptied == Some(true) {
            self.acl.remove(path);
        }
        dropped
    }
}
