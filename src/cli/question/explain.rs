//! `explain`: how it comes that somebody may do something somewhere, or may not.

mod data;
mod text;
mod way_out;

use super::sources::Sources;
use super::{Asked, PATH, WHO, note_odd_path, path, who};
use crate::access::explain::Explanation;
use crate::access::remedy::Remedy;
use crate::access::rule;
use crate::access::usable::{Unusable, Who};
use crate::catalogue::Catalogue;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::path::AclPath;
use crate::model::privilege::Privilege;
use way_out::WayOut;

/// The command.
pub static VERB: Verb = Verb {
    name: "explain",
    aliases: &["why"],
    about: "Tell why a user or an API token may do something on a path, or may not: every ACL entry on the way, with \
            its line, whether it counts, and what hides it; and when the answer is no, the smallest entry that would \
            grant it. Exits 3 when a privilege is asked for and the answer is no. \
            Example: usher explain joe@pve /vms/100",
    parameters: &[
        WHO,
        PATH,
        Parameter::positional("privilege", "The privilege in question; everything that is held if left out.")
            .optional(),
    ],
    answers: true,
    writes: false,
    asks: rule::AUDIT,
    failure: "",
    run,
};

/// Everything there is to tell.
struct Told<'a> {
    catalogue: &'a Catalogue,
    who: &'a Who,
    path: &'a AclPath,
    /// What is asked for.
    privilege: Option<Privilege>,
    explanation: &'a Explanation<'a>,
    unusable: Option<&'a Unusable>,
    sources: &'a Sources,
    way_out: &'a WayOut<'a>,
}

impl Told<'_> {
    /// Whether the privilege asked for is held and can be used; `None` when none was asked for.
    fn allowed(&self) -> Option<bool> {
        self.privilege.map(|privilege| self.explanation.holds(privilege) && self.unusable.is_none())
    }
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let who = check.one("who", who);
    let path = check.one("path", path);
    let privilege = check.one("privilege", |name| context.catalogue.require_privilege(name));
    let (who, path) = check.end(who.zip(path))?;
    note_odd_path(context, &path);

    let name = who.to_string();
    let (asked, text) = Asked::whole(context)?;
    let catalogue = &context.catalogue;
    let explanation = asked.policy.explain(&name, path.as_str());
    let unusable = asked.unusable(&who);
    let remedy = privilege.map_or(Remedy::Granted, |privilege| {
        let wanted = std::iter::once(privilege).collect();
        asked.policy.remedy(catalogue, &explanation, path.as_str(), wanted)
    });
    let told = Told {
        catalogue,
        who: &who,
        path: &path,
        privilege,
        explanation: &explanation,
        unusable: unusable.as_ref(),
        sources: &Sources::of(&text, std::slice::from_ref(&explanation), catalogue.pools().acl()),
        way_out: &WayOut::of(unusable.as_ref(), remedy),
    };
    let answer = match values.for_people() {
        true => Answer::Text(text::text(&told)),
        false => Answer::Object { columns: &[], record: data::record(&told) },
    };
    let no = told.allowed() == Some(false);
    context.says_no = no;
    Ok(answer)
}
