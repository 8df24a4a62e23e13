//! What to type so that a "no" becomes a "yes".

use crate::access::remedy::{Grant, Hopeless, Obstacle, Remedy};
use crate::access::usable::{Unusable, Who};
use crate::model::acl::{SubjectKind, subject_kind};

/// The way out of a "no", as far as there is one.
pub(super) struct WayOut<'p> {
    /// What makes the account usable.
    pub(super) account: Option<String>,
    /// What grants the privilege.
    pub(super) remedy: Remedy<'p>,
}

impl<'p> WayOut<'p> {
    pub(super) fn of(who: &Who, unusable: Option<&Unusable>, remedy: Remedy<'p>) -> Self {
        let account = unusable.map(|why| match (why, who) {
            (Unusable::UnknownUser(id), _) => format!("usher user add {}", quoted(id.as_str())),
            (Unusable::UnknownToken(id), _) => {
                format!("usher token add {} {}", quoted(id.user.as_str()), quoted(id.name.as_str()))
            }
            (Unusable::Disabled(id), _) => format!("usher user modify {} --enable 1", quoted(id.as_str())),
            (Unusable::Expired(id, _), _) => format!("usher user modify {} --expire 0", quoted(id.as_str())),
            (Unusable::TokenExpired(id, _), _) => {
                format!(
                    "usher token modify {} {} --expire 0",
                    quoted(id.user.as_str()),
                    quoted(id.name.as_str())
                )
            }
        });
        // What is left over for a name goes when somebody of that name is created: grants have to wait.
        let is_there = !matches!(unusable, Some(Unusable::UnknownUser(_) | Unusable::UnknownToken(_)));
        let remedy = match remedy {
            Remedy::Grant(_) | Remedy::Unblock(_) if !is_there => Remedy::Nothing(Hopeless::Nobody),
            other => other,
        };
        Self { account, remedy }
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"@._/,-".contains(&byte);
    match word.bytes().all(plain) && !word.is_empty() {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

fn option(subject: &str) -> String {
    match (subject_kind(subject), subject.strip_prefix('@')) {
        (Some(SubjectKind::Group), Some(group)) => format!("--groups {}", quoted(group)),
        (Some(SubjectKind::Token), _) => format!("--tokens {}", quoted(subject)),
        _ => format!("--users {}", quoted(subject)),
    }
}

/// The command that sets the entry, with or without what keeps the rest.
pub(super) fn granting(grant: &Grant<'_>, keep: bool) -> String {
    let mut roles = vec![grant.role];
    roles.extend(grant.keep.iter().filter(|_| keep));
    let flag = if grant.propagate { "" } else { " --propagate 0" };
    let (path, subject) = (quoted(grant.path.as_str()), option(grant.subject));
    format!("usher acl modify {path} {subject} --roles {}{flag}", roles.join(","))
}

/// The command that removes an entry.
pub(super) fn removing(obstacle: &Obstacle<'_>) -> String {
    let (path, subject) = (quoted(&obstacle.path), option(&obstacle.subject));
    format!("usher acl delete {path} {subject} --roles {}", obstacle.role)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shell_takes_words_as_they_are() {
        assert_eq!(quoted("joe@pve"), "joe@pve");
        assert_eq!(quoted("joe@pve!ci"), "'joe@pve!ci'");
        assert_eq!(quoted("o'brien@pve"), "'o'\\''brien@pve'");
        assert_eq!(quoted(""), "''");
    }
}
