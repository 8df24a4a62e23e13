//! Whose the files are, and who may read and write them.

use super::finding::Findings;
use super::repair::Repair;
use super::rule::Rule;
use crate::model::shell::Command;
use crate::store::modes::FileMode;

/// Secrets others can read.
pub(super) static READABLE_SECRETS: Rule =
    Rule::error("U080", "others can read or change what lies in priv/").repairs();

/// Files anybody can change.
pub(super) static WRITABLE_BY_ALL: Rule =
    Rule::error("U081", "everybody on the machine can write it").repairs();

/// Files of somebody who has no business here.
pub(super) static STRANGE_OWNER: Rule =
    Rule::error("U082", "it belongs to neither root nor the owner of the config directory");

pub(super) fn check(modes: &[FileMode], findings: &mut Findings<'_>) {
    rights(modes, findings);
    owners(modes, findings);
}

/// Whoever owns a file can read and change it, and set its mode.
fn owners(modes: &[FileMode], findings: &mut Findings<'_>) {
    let top = modes.iter().find(|file| file.name.is_empty()).map(|top| top.owner);
    let Some(top) = top.filter(|_| findings.want(&STRANGE_OWNER)) else { return };
    for FileMode { name, is_folder, owner, .. } in modes.iter().filter(|file| ![0, top].contains(&file.owner))
    {
        let what = if *is_folder { "folder" } else { "file" };
        let message = format!(
            "the {what} belongs to the user with the number {owner}, who can change it, and the directory to {top}"
        );
        let command = Command::new(if top == 0 { "chown root" } else { "chown --reference=." }).about(name);
        let advice = format!("in the config directory: {command}; look at what is in it");
        findings.at(&STRANGE_OWNER, name.clone(), None, message, advice);
    }
}

fn rights(modes: &[FileMode], findings: &mut Findings<'_>) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rule::{Selection, Severity};

    /// What is found when the config directory and a file in it have these owners.
    fn found(top: u32, name: &str, owner: u32) -> Vec<String> {
        let file =
            |name: &str, is_folder, owner| FileMode { name: name.to_owned(), is_folder, mode: 0o600, owner };
        let modes = [file("", true, top), file(name, false, owner), file("usher.toml", false, top)];
        let selection = Selection::from(Severity::Warning);
        let mut findings = Findings::new(&selection);
        check(&modes, &mut findings);
        let told = |one: crate::check::Finding| {
            assert!(one.repair.is_none());
            format!("{} {}: {}; {}", one.rule.code, one.file, one.message, one.advice)
        };
        findings.finish(b"").into_iter().map(told).collect()
    }

    #[test]
    fn files_of_others_are_found() {
        for name in ["user.cfg", "domains.cfg", "priv/shadow.cfg", "priv/a b"] {
            for (top, owner) in [(0, 0), (1000, 1000), (1000, 0)] {
                assert_eq!(found(top, name, owner), [""; 0], "{top} {owner}");
            }
        }
        assert_eq!(
            found(0, "priv/a b", 65534),
            [
                "U082 priv/a b: the file belongs to the user with the number 65534, who can change it, and the directory \
              to 0; in the config directory: chown root 'priv/a b'; look at what is in it"
            ]
        );
        assert!(found(1000, "user.cfg", 1001)[0].contains("chown --reference=. user.cfg;"));
    }
}
