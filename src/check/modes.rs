//! Who may read and write the files.

use super::finding::Findings;
use super::repair::Repair;
use super::rule::Rule;
use crate::store::modes::FileMode;

/// Secrets others can read.
pub(super) static READABLE_SECRETS: Rule =
    Rule::error("U080", "others can read or change what lies in priv/").repairs();

/// Files anybody can change.
pub(super) static WRITABLE_BY_ALL: Rule =
    Rule::error("U081", "everybody on the machine can write it").repairs();

pub(super) fn check(modes: &[FileMode], findings: &mut Findings<'_>) {
    for file in modes {
        let (name, mode) = (file.name.as_str(), file.mode);
        let what = if file.is_folder { "folder" } else { "file" };
        if file.is_private() && mode & 0o077 != 0 {
            let right = if file.is_folder { 0o700 } else { 0o600 };
            if findings.want(&READABLE_SECRETS) {
                let message = format!("the {what} holds secrets, and its mode {mode:04o} lets others in");
                findings.at(
                    &READABLE_SECRETS,
                    name.to_owned(),
                    None,
                    message,
                    format!("--fix sets {right:04o}; think of what may have been read already"),
                );
                findings.repaired_by(Repair::SetMode { name: name.to_owned(), mode: right });
            }
        } else if mode & 0o002 != 0 && findings.want(&WRITABLE_BY_ALL) {
            let right = mode & !0o002;
            let message = format!("the {what} can be written by everybody (mode {mode:04o})");
            findings.at(
                &WRITABLE_BY_ALL,
                name.to_owned(),
                None,
                message,
                format!("--fix sets {right:04o}; look at what is in it"),
            );
            findings.repaired_by(Repair::SetMode { name: name.to_owned(), mode: right });
        }
    }
}
