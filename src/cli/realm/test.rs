//! `realm test`: try out whether a realm's servers answer, step by step.

use super::REALM;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};
use crate::format::domains_cfg;
use crate::realm::ldap::{Finding, ServerCertificate, Settings, Step, trial};
use jiff::{SignedDuration, Timestamp};

/// The command.
pub static VERB: Verb = Verb {
    name: "test",
    aliases: &[],
    about: "Try out whether the servers of a realm answer: connection, TLS, bind, users, groups. Changes nothing.",
    parameters: &[REALM, Parameter::text("user", "The name of a user to look for, without the realm.")],
    answers: true,
    writes: false,
    asks: rule::CHANGE_REALMS,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[
    Column::integer("step"),
    Column::text("try"),
    Column::text("server"),
    Column::text("result"),
    Column::integer("ms"),
    Column::text("detail"),
];

const WITH_ADVICE: &[Column] = &[
    Column::integer("step"),
    Column::text("try"),
    Column::text("server"),
    Column::text("result"),
    Column::integer("ms"),
    Column::text("detail"),
    Column::text("advice"),
];

/// From when on the end of a certificate is told as something to act on.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::realm_id(&check);
    let id = check.end(id)?;
    let files = context.load(&[domains_cfg::FILE])?;
    let realms = context.realms_in(&files);
    let realm = realms.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Realm, &id))?;
    let settings = context.with_time_outs(Settings::of(realm, context.bind_password(&id)?)?);
    let steps = trial(realm, &settings, values.text("user"));
    context.failure = failure(id.as_str(), &steps);
    let columns = if context.failure.is_some() { WITH_ADVICE } else { COLUMNS };
    let rows = steps.iter().enumerate().map(|(place, step)| row(place + 1, step)).collect();
    Ok(Answer::Rows { columns, rows })
}

/// The first thing that went wrong, for the end of the answer.
fn failure(realm: &str, steps: &[Step]) -> Option<Error> {
    let step = steps.iter().find(|step| step.outcome.is_err())?;
    let cause = step.outcome.as_ref().err()?;
    let error = Error::server(format!("realm '{realm}', {} on '{}': {cause}", step.name, step.server));
    Some(match cause.hint() {
        Some(hint) => error.with_hint(hint),
        None => error,
    })
}

fn row(place: usize, step: &Step) -> Record {
    let milliseconds = u64::try_from(step.took.as_millis()).unwrap_or(u64::MAX);
    let record = Record::new()
        .with("step", place)
        .with("try", step.name)
        .with("server", step.server.as_str())
        .with("ms", milliseconds);
    match &step.outcome {
        Ok(finding) => {
            let record = match finding {
                Finding::Entries { count, .. } => record.with("count", *count),
                Finding::Encrypted(Some(certificate), _) => record.with("expires", certificate.expires),
                _ => record,
            };
            record.with("result", "ok").with("detail", in_words(finding))
        }
        Err(error) => record
            .with("result", "failed")
            .with("detail", error.to_string())
            .with_some("advice", error.hint().map(str::to_owned)),
    }
}

fn in_words(finding: &Finding) -> String {
    match finding {
        Finding::Addresses(addresses) => {
            addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Finding::Reached(address) => address.clone(),
        Finding::Encrypted(certificate, verified) => {
            let shown = certificate.as_ref().map_or_else(|| "no certificate that can be read".into(), about);
            if *verified { shown } else { format!("{shown}; not verified") }
        }
        Finding::Bound(who) => who.clone().unwrap_or_else(|| "anonymous".to_owned()),
        Finding::Base(base) => base.clone(),
        Finding::Entries { count, base, remarks } => {
            let mut words = format!("{count} below {base}");
            for remark in remarks {
                words.push_str("; ");
                words.push_str(remark);
            }
            words
        }
        Finding::User(dn) => dn.clone(),
    }
}

fn about(certificate: &ServerCertificate) -> String {
    let subject = &certificate.subject;
    let Ok(end) = Timestamp::from_second(certificate.expires) else { return subject.clone() };
    let left = end.duration_since(Timestamp::now());
    let date = end.strftime("%Y-%m-%d");
    if left.is_negative() {
        format!("{subject}, expired {date}")
    } else if left < SOON {
        format!("{subject}, expires soon: {date}")
    } else {
        format!("{subject}, expires {date}")
    }
}
