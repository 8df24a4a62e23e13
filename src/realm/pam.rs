//! The system's own accounts.
//!
//! With the feature `pam` their passwords are verified and changed by the system's PAM, by the rules of a service
//! (`docs/signing-in.md`). Without it nobody can be asked, and [`set_password`] is the only way to change one.

#[cfg(feature = "pam")]
mod stack;

#[cfg(feature = "pam")]
pub use stack::{change_password, is_password};

use crate::error::{Error, Result};
#[cfg(not(feature = "pam"))]
use crate::model::realm::PamService;
use crate::secret::PasswordHash;
use std::io::Write;
use std::process::{Command, Stdio};
#[cfg(not(feature = "pam"))]
use zeroize::Zeroizing;

/// Whether this build can ask PAM.
pub const ASKS_PAM: bool = cfg!(feature = "pam");

#[cfg(not(feature = "pam"))]
fn without_pam(what: &str) -> Error {
    Error::Unsupported(format!("usher was built without the feature 'pam': it cannot {what} of the system"))
}

/// Whether this is the password of a system account: not in this build.
///
/// # Errors
/// [`Error::Unsupported`].
#[cfg(not(feature = "pam"))]
pub fn is_password(_: &PamService, _: &str, _: &str) -> Result<bool> {
    Err(without_pam("verify passwords"))
}

/// Changes the password of a system account by PAM: not in this build.
///
/// # Errors
/// [`Error::Unsupported`].
#[cfg(not(feature = "pam"))]
pub fn change_password(
    _: &PamService,
    _: &str,
    _: &str,
    _: &dyn Fn() -> Result<Zeroizing<String>>,
) -> Result<()> {
    Err(without_pam("change passwords"))
}

fn unknown(name: &str) -> Error {
    Error::refused(format!("user '{name}' does not exist"))
        .with_hint(format!("the account has to be there first: useradd {name}"))
}

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
        return Err(unknown(name));
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
