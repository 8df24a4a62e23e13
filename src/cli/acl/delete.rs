//! `acl delete`: take roles back.

use super::{GROUPS, PATH, PROPAGATE, ROLES, Request, TOKENS, USERS};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::face::Face;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Result};
use crate::model::acl::AclEntry;
use crate::model::shell::Command;

/// The command.
pub static VERB: Verb = Verb {
    name: "delete",
    aliases: &[],
    about: "Take roles at a path back from users, groups or API tokens.",
    parameters: &[
        PATH,
        GROUPS,
        PROPAGATE,
        ROLES,
        TOKENS,
        USERS,
        Parameter::boolean("ignore-missing", "Succeed without a change when there is no such entry.")
            .default("0")
            .own(),
    ],
    answers: false,
    writes: true,
    asks: rule::REVOKE,
    failure: "ACL update failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    // What a file holds at a path no catalogue allows can still be taken away.
    let request = super::request(values, values.check(), |_| true)?;
    // The original succeeds without a word; whoever misspells a path or a name would take a permission for gone.
    let demanding = context.face == Face::Own && !values.is_on("ignore-missing");
    context.change(|draft| {
        let directory = draft.directory()?;
        let before = directory.entries_at(&request.path);
        directory.revoke(&request.path, &request.subjects, &request.roles)?;
        if demanding { require_all(&request, &before) } else { Ok(()) }
    })?;
    Ok(Answer::Nothing)
}

/// Has everybody and every role that is named lose something.
fn require_all(request: &Request, before: &[AclEntry]) -> Result<()> {
    let Request { path, subjects, roles } = request;
    let going = |entry: &&AclEntry| subjects.contains(&entry.subject) && roles.contains(&entry.role);
    let going: Vec<&AclEntry> = before.iter().filter(going).collect();
    let idle = subjects.iter().find(|subject| going.iter().all(|entry| entry.subject != **subject));
    let idle_role = roles.iter().find(|role| going.iter().all(|entry| entry.role != **role));
    let who = match (idle, idle_role) {
        (None, None) => return Ok(()),
        (Some(subject), _) => format!("for '{subject}' with such a role"),
        (None, Some(role)) => format!("with role '{role}' for any of them"),
    };
    let list = Command::new("usher acl list").with("--path", path.as_str());
    Err(Error::refused(format!("there is no ACL entry at '{path}' {who}")).with_hint(format!(
        "nothing was changed; '{list}' lists what is there, --ignore-missing passes over what is not"
    )))
}
