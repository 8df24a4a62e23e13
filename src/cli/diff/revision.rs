//! The files of a directory as a revision of git has them.

use crate::error::{Error, Result};
use crate::format::{USER_CFG, domains_cfg, jobs_cfg, settings, shadow_cfg, tfa_cfg, token_cfg};
use crate::store::Files;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

/// The files that are compared.
const NAMES: [&str; 7] = [
    USER_CFG,
    domains_cfg::FILE,
    jobs_cfg::FILE,
    settings::FILE,
    shadow_cfg::FILE,
    token_cfg::FILE,
    tfa_cfg::FILE,
];

/// Reads them.
///
/// # Errors
/// [`Error::Refused`] when git is not there, the directory is in no repository, or the revision does not exist.
pub(super) fn files(place: &Path, revision: &str) -> Result<Files> {
    // What begins with a dash would be an option.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(Error::invalid(format!("'{revision}' is no revision")));
    }
    let commit = git(place, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
        .map_err(|error| explained(error, place, revision))?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let listed = git(place, &["ls-tree", "-r", "-z", "--name-only", &commit])?;
    let listed: Vec<&str> =
        listed.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok()).collect();
    let is_wanted =
        |name: &&str| NAMES.contains(name) || (name.starts_with("priv/") && name.ends_with(".pw"));
    let mut files = Files::new();
    for name in listed.into_iter().filter(is_wanted) {
        // The content as it is kept: 'show' would run whatever the repository says shows it.
        let content = git(place, &["cat-file", "blob", &format!("{commit}:./{name}")])?;
        files.insert(name.to_owned(), content.into());
    }
    if files.is_empty() {
        return Err(Error::refused(format!(
            "revision '{revision}' has no directory at '{}'",
            place.display()
        ))
        .with_hint(format!("'git log -- {USER_CFG}' there shows the revisions that have")));
    }
    Ok(files)
}

fn explained(error: Error, place: &Path, revision: &str) -> Error {
    match &error {
        // It says nothing when the repository is there and the revision is not.
        Error::Server { message, .. } if message.is_empty() => {
            Error::refused(format!("git knows no revision '{revision}' in '{}'", place.display()))
        }
        _ => error,
    }
}

/// Runs git in the directory; what it says.
fn git(place: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let mut command = Command::new("git");
    // A hook that calls us has them point to its own repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output =
        command.arg("-C").arg(place).args(arguments).output().map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::refused("git is not installed")
                .with_hint("'--git' asks it for the old files; or name two directories"),
            _ => Error::io("run", "git", error),
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let words = said.lines().next().unwrap_or_default();
    Err(Error::server(words.strip_prefix("fatal: ").map_or(words.to_owned(), |rest| format!("git: {rest}"))))
}
