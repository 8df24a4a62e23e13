//! What somebody who is refused is told: what was missing, and nothing about what exists.

use super::authorize::{Request, denied, privileges_of};
use super::rule::Rule;
use crate::catalogue::Duty;
use crate::error::{Error, Noun};
use crate::model::id::RoleId;

/// The words for a refusal by `rule`.
pub(super) fn told(request: &Request<'_>, rule: &Rule, error: Error) -> Error {
    match error {
        Error::Parameters(_) => overreach(request).unwrap_or(Error::Denied(None)),
        Error::Denied(None) | Error::Unknown { .. } => missing(request, rule),
        other => other,
    }
}

/// What was missing. A user that is not there and one the caller may not see make no difference.
fn missing(request: &Request<'_>, rule: &Rule) -> Error {
    let superuser = request.catalogue.superuser();
    match rule {
        Rule::And(rules) => match rules.iter().find(|rule| request.check(rule).is_err()) {
            Some(rule) => told(request, rule, request.check(rule).err().unwrap_or(Error::Denied(None))),
            None => Error::Denied(None),
        },
        Rule::Or(rules) => {
            let reasons = rules.iter().rev().map(|rule| missing(request, rule));
            reasons
                .into_iter()
                .find(|error| !matches!(error, Error::Denied(None)))
                .unwrap_or(Error::Denied(None))
        }
        Rule::Superuser => Error::beyond(format!("only '{superuser}' may do this")),
        Rule::InPerson => Error::beyond("an API token may not do this")
            .with_hint("passwords and second factors are changed by somebody who acts in person"),
        Rule::NotSuperuser => Error::beyond(format!("only '{superuser}' changes '{superuser}'")),
        Rule::Holds(duties, place) => match request.place(*place) {
            Ok(path) => denied(&path, &request.names(duties)),
            Err(error) => error,
        },
        Rule::OnRealmOfUser(duty) => match request.user() {
            Ok(user) => on_realm(request, user.realm(), *duty),
            Err(error) => error,
        },
        // Which realm a job is about is not told, nor whether there is such a job.
        Rule::OnRealm(duty) => match (request.parameter("realm"), request.parameter("id")) {
            (Some(realm), _) => on_realm(request, realm, *duty),
            (None, Some(_)) => on_all_realms(request, *duty),
            (None, None) => Error::beyond(format!("only '{superuser}' does this for all realms"))
                .with_hint("name one realm"),
        },
        Rule::OnGroupOfUser(duties, _) => {
            let sees_everybody =
                request.caller.is_some_and(|caller| request.holds(caller, request.all_groups(), duties));
            match request.existing_user() {
                Err(unknown @ Error::Unknown { noun: Noun::User, .. }) if sees_everybody => unknown,
                Err(error @ Error::Invalid { .. }) => error,
                _ => denied(request.all_groups(), &request.names(duties)),
            }
        }
        _ => Error::Denied(None),
    }
}

fn on_realm(request: &Request<'_>, realm: &str, duty: Duty) -> Error {
    let realms = request.catalogue.administration().realms();
    if realms.is_empty() {
        return Error::Denied(None);
    }
    denied(&format!("{realms}{realm}"), &request.names(&[duty]))
}

/// For a request about a realm that is not told.
fn on_all_realms(request: &Request<'_>, duty: Duty) -> Error {
    let realms = request.catalogue.administration().realms().trim_end_matches('/');
    denied(realms, &request.names(&[duty]))
}

/// Which of the roles that are to be handed out, or taken back, holds more than the caller does, and what.
fn overreach(request: &Request<'_>) -> Option<Error> {
    let caller = request.caller?;
    let path = request.path().ok()?;
    let held = request.policy.permissions(caller, path.as_str());
    let catalogue = request.catalogue;
    let full = catalogue.delegation().map_or("", |privilege| catalogue.name(privilege));
    let excess = |role: &RoleId| {
        if role.as_str() == catalogue.blocking_role() {
            return Some("it takes everything away".to_owned());
        }
        let wanted = privileges_of(catalogue, request.directory, role);
        let names = |set: crate::model::privilege::PrivilegeSet| {
            set.iter().map(|one| catalogue.name(one)).collect::<Vec<_>>().join(", ")
        };
        let (lacking, shallow) = (wanted.difference(held.granted), wanted.difference(held.propagated));
        match (lacking.is_empty(), shallow.is_empty()) {
            (false, _) => Some(format!("'{caller}' lacks {} there", names(lacking))),
            (true, false) if request.propagates() => {
                Some(format!("'{caller}' holds {} there, and not on the paths below", names(shallow)))
            }
            _ => None,
        }
    };
    let (role, why) = request
        .roles()
        .ok()?
        .into_iter()
        .find_map(|role| Some((excess(&role)?, role)))
        .map(|(why, role)| (role, why))?;
    let error = Error::beyond(format!("role '{role}' on '{path}' is not theirs to give or take: {why}"));
    Some(error.with_hint(format!("who holds {full} on '{path}' may hand out any role there")))
}
