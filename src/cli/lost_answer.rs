//! What is said when a change was made, and its answer did not get through.

use super::values::Values;
use crate::error::Error;

/// Whether the answer of a command holds a secret nobody can ask for again.
pub fn holds_secret(path: &[&str], values: &Values) -> bool {
    remedy(path, values).is_some()
}

/// The failure to write the answer of a command that changes something, with what to do.
pub fn explained(error: &Error, path: &[&str], values: &Values) -> Error {
    Error::refused(error.to_string()).with_hint(hint(path, values))
}

/// Nobody read the answer of a command that changes something.
pub fn unread(path: &[&str], values: &Values) -> Error {
    Error::refused("nobody read the answer, which holds a secret").with_hint(hint(path, values))
}

fn hint(path: &[&str], values: &Values) -> String {
    match remedy(path, values) {
        Some(remedy) => format!("the change was made, but its secret is lost: {remedy}"),
        None => "the change was made, only its answer is lost".to_owned(),
    }
}

/// How to come by a new secret.
fn remedy(path: &[&str], values: &Values) -> Option<String> {
    let text = |name: &str| values.text(name).unwrap_or_default();
    match path {
        [.., "token", "add"] => Some(()),
        [.., "token", "modify"] if values.is_on("regenerate") => Some(()),
        [.., "tfa", "add", "recovery"] => {
            let user = text("userid");
            return Some(format!(
                "'usher tfa delete {user} --id recovery', and 'usher tfa add recovery {user}' again"
            ));
        }
        _ => None,
    }
    .map(|()| {
        let (user, token) = (text("userid"), text("tokenid"));
        format!("'usher token modify {user} {token} --regenerate' makes a new one")
    })
}
