//! The system's own accounts.

use crate::error::{Error, Result};
use crate::secret::PasswordHash;
use std::io::Write;
use std::process::{Command, Stdio};

/// Gives the system account `name` a new password hash. It travels to `chpasswd` through a pipe, where no list
/// of processes shows it.
///
/// # Errors
/// When there is no such account, or `chpasswd` refuses.
pub fn set_password(name: &str, hash: &PasswordHash) -> Result<()> {
    let known = Command::new("getent")
        .args(["passwd", "--", name])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|source| Error::io("run", "getent", source))?;
    if !known.success() {
        return Err(Error::refused(format!("user '{name}' does not exist"))
            .with_hint(format!("the account has to be there first: useradd {name}")));
    }
    let io = |source| Error::io("run", "chpasswd", source);
    let mut child = Command::new("chpasswd")
        .arg("--encrypted")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(io)?;
    if let Some(mut input) = child.stdin.take() {
        writeln!(input, "{name}:{}", hash.as_str()).map_err(io)?;
    }
    let output = child.wait_with_output().map_err(io)?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', ", ");
    Err(Error::refused(format!("chpasswd did not set the password of '{name}': {said}")))
}
