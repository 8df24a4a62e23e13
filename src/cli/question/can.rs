//! `can`: may somebody do something somewhere.

use super::{Asked, PATH, WHO, names, note_odd_path, path, phrase, privileges, who};
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Record};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;

/// The command.
pub static VERB: Verb = Verb {
    name: "can",
    aliases: &[],
    about: "Tell whether a user or an API token may do something on a path. Who is disabled or expired cannot. \
            Exits 0 for yes, 3 for no. Example: usher can joe@pve PRIVILEGE /vms/100",
    parameters: &[
        WHO,
        Parameter::positional("privilege", "One privilege, or several joined by ','."),
        PATH,
        Parameter::boolean("any", "One of the privileges is enough.").default("0"),
    ],
    answers: true,
    writes: false,
    asks: rule::AUDIT,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let who = check.one("who", who);
    let wanted = check.one("privilege", |text| privileges(&context.catalogue, text));
    let path = check.one("path", path);
    let asked = who.zip(wanted).zip(path);
    let ((who, wanted), path) = check.end(asked)?;
    note_odd_path(context, &path);
    let any = values.is_on("any");

    let name = who.to_string();
    let asked = Asked::about(context, &who, &path)?;
    let granted = asked.policy.permissions(&name, path.as_str()).granted;
    let held = granted.intersection(wanted);
    let missing = wanted.difference(granted);
    let enough = if any { !held.is_empty() } else { missing.is_empty() };
    let unusable = asked.unusable(&who);
    let yes = enough && unusable.is_none();
    context.says_no = !yes;

    let reason = (!yes).then(|| match unusable {
        Some(why) => why.to_string(),
        None => {
            let list = names(&context.catalogue, missing).join(", ");
            let lacks = if any && missing.len() > 1 { "holds none of" } else { "lacks" };
            let explanation = asked.policy.explain(&name, path.as_str());
            let why = phrase::why_not(&explanation, wanted);
            format!("{who} {lacks} {list} on {path} ({why})")
        }
    });
    if values.for_people() {
        return Ok(Answer::Text(match reason {
            None => "yes\n".to_owned(),
            Some(reason) => format!("no: {reason}\n"),
        }));
    }
    let record = Record::new()
        .with("allowed", yes)
        .with("any", any)
        .with("held", names(&context.catalogue, held))
        .with("missing", names(&context.catalogue, missing))
        .with("path", path.as_str())
        .with("who", name)
        .with_some("reason", reason);
    Ok(Answer::Object { columns: &[], record })
}
