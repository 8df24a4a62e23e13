//! What to type so that a "no" becomes a "yes".

use crate::access::remedy::{Grant, Hopeless, Obstacle, Remedy};
use crate::access::usable::Unusable;
use crate::model::acl::{SubjectKind, subject_kind};
use crate::model::id::TokenId;
use crate::model::shell::Command;

/// The way out of a "no", as far as there is one.
pub(super) struct WayOut<'p> {
    /// What makes the account usable.
    pub(super) account: Option<String>,
    /// What grants the privilege.
    pub(super) remedy: Remedy<'p>,
}

impl<'p> WayOut<'p> {
    pub(super) fn of(unusable: Option<&Unusable>, remedy: Remedy<'p>) -> Self {
        let account = unusable.map(|why| match why {
            Unusable::UnknownUser(id) => Command::new("usher user add").about(id.as_str()).to_string(),
            Unusable::UnknownToken(id) => of_token("usher token add", id).to_string(),
            Unusable::Disabled(id) => {
                Command::new("usher user modify").about(id.as_str()).option("--enable 1").to_string()
            }
            Unusable::Expired(id, _) => {
                Command::new("usher user modify").about(id.as_str()).option("--expire 0").to_string()
            }
            Unusable::TokenExpired(id, _) => {
                of_token("usher token modify", id).option("--expire 0").to_string()
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

fn of_token<'i>(words: &'i str, id: &'i TokenId) -> Command<'i> {
    Command::new(words).about(id.user.as_str()).about(id.name.as_str())
}

fn with_subject<'c>(command: Command<'c>, subject: &str) -> Command<'c> {
    match (subject_kind(subject), subject.strip_prefix('@')) {
        (Some(SubjectKind::Group), Some(group)) => command.with("--groups", group),
        (Some(SubjectKind::Token), _) => command.with("--tokens", subject),
        _ => command.with("--users", subject),
    }
}

/// The command that sets the entry, with or without what keeps the rest.
pub(super) fn granting(grant: &Grant<'_>, keep: bool) -> String {
    let mut roles = vec![grant.role];
    roles.extend(grant.keep.iter().filter(|_| keep));
    let command = Command::new("usher acl modify").about(grant.path.as_str());
    let command = with_subject(command, grant.subject).with_list("--roles", &roles);
    if grant.propagate { command.to_string() } else { command.option("--propagate 0").to_string() }
}

/// The command that removes an entry.
pub(super) fn removing(obstacle: &Obstacle<'_>) -> String {
    let command = Command::new("usher acl delete").about(&obstacle.path);
    with_subject(command, &obstacle.subject).with("--roles", obstacle.role).to_string()
}
