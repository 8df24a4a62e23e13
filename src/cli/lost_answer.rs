//! What is said when a change was made, and its answer did not get through.

use super::values::Values;
use crate::error::Error;
use crate::model::shell::Command;

/// Whether the answer of a command holds a secret nobody can ask for again.
pub fn holds_secret(path: &[&str], values: &Values) -> bool {
    remedy(path, values).is_some()
}

/// The failure to write the answer of a command that changed something, with what to do.
pub fn explained(error: &Error, path: &[&str], values: &Values) -> Error {
    Error::refused(error.to_string()).with_hint(hint(path, values))
}

/// Nobody read the answer of a command that changed something.
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
    let [user, token] = ["userid", "tokenid"].map(|name| values.text(name).unwrap_or_default());
    match path {
        [.., "token", "add"] => {}
        [.., "token", "modify"] if values.is_on("regenerate") => {}
        [.., "tfa", "add", "recovery"] => {
            let delete = Command::new("usher tfa delete").about(user).option("--id recovery");
            let add = Command::new("usher tfa add recovery").about(user);
            return Some(format!("'{delete}', and '{add}' again"));
        }
        _ => return None,
    }
    let anew = Command::new("usher token modify").about(user).about(token).option("--regenerate");
    Some(format!("'{anew}' makes a new one"))
}
