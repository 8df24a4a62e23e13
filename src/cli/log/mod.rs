//! `log`: what the journal tells.

pub mod adopt;
mod entry;
mod follow;
mod last;
pub mod show;
pub mod verify;

pub use last::LastChange;

use super::command::{Node, Verb};
use super::context::Context;
use super::moment;
use super::output::{Answer, Column, Format};
use super::parameter::{Kind as Sort, Parameter};
use super::values::Values;
use crate::access::rule::Rule;
use crate::audit::{Entry, Kind};
use crate::error::{Error, Result};
use crate::format::journal;
use crate::store::Store;
use crate::store::journal::View;

/// What can be asked beside the list.
pub const NODE: Node = Node::Group {
    name: "log",
    about: "The journal.",
    own: true,
    children: &[Node::Own(&show::VERB), Node::Own(&verify::VERB), Node::Own(&adopt::VERB)],
};

const DIFF: Parameter =
    Parameter::boolean("diff", "Show what changed in the files, too; secrets are left out.");

/// The command.
pub static VERB: Verb = Verb {
    name: "log",
    aliases: &[],
    about: "List the entries of the journal, the newest last: every change with who made it, from where and how, every \
            sign-in and synchronisation. Example: usher log --object joe@pve --since 7d --diff",
    parameters: &[
        Parameter::text("who", "Only entries of this account, user or token."),
        Parameter::text("object", "Only entries that touched this: joe@pve, 'group devs', 'acl /vms'."),
        Parameter::text(
            "since",
            "Only entries from then on: 2027-01-31, '2027-01-31 08:00', or 7d for the last week.",
        ),
        Parameter::text("until", "Only entries up to then."),
        Parameter::choice("kind", &Kind::NAMES, "Only entries of this kind."),
        Parameter::of("limit", Sort::Integer(0, i64::MAX), "How many entries, at most; 0 lists all.")
            .default("20"),
        Parameter::boolean("follow", "Go on and show every entry as it is written."),
        DIFF,
    ],
    answers: true,
    writes: false,
    asks: Rule::Superuser,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[
    Column::integer("number"),
    Column::text("time"),
    Column::text("kind"),
    Column::text("who").at_most(40),
    Column::text("command").at_most(80),
    Column::text("objects").at_most(60),
];

/// Which entries are wanted.
#[derive(Default)]
struct Filter {
    who: Option<String>,
    object: Option<String>,
    since: Option<i64>,
    until: Option<i64>,
    kind: Option<String>,
    no_sign_ins: bool,
    limit: usize,
}

impl Filter {
    fn read(values: &Values) -> Result<Self> {
        let check = values.check();
        let filter = Self {
            who: check.text("who"),
            object: check.text("object"),
            since: check.one("since", moment::past),
            until: check.one("until", moment::past_until),
            kind: check.text("kind"),
            no_sign_ins: false,
            limit: values.text("limit").map_or(Some(20), |text| text.parse().ok()).unwrap_or(0),
        };
        check.end(Some(filter))
    }

    /// Whether a line may be wanted, before it is taken apart.
    fn may_want(&self, line: &[u8]) -> bool {
        let needles = [&self.who, &self.object];
        let mut needles = needles.into_iter().flatten().filter(|text| {
            // What JSON writes otherwise is not looked for.
            text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\')
        });
        needles.all(|text| std::str::from_utf8(line).is_ok_and(|line| line.contains(text.as_str())))
    }

    fn wants(&self, entry: &Entry) -> bool {
        let is = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted == found);
        let who = &entry.who;
        let mut names = [&who.user, &who.login, &who.sudo, &who.principal, &who.token].into_iter().flatten();
        let signs_in = entry.sign_in.as_ref().is_some_and(|one| is(&self.who, &one.user));
        let object = |object: &String| {
            let name = object.split_once(' ').map_or(object.as_str(), |(_, name)| name);
            is(&self.object, object) || is(&self.object, name)
        };
        (self.who.is_none() || signs_in || names.any(|name| is(&self.who, name)))
            && (self.object.is_none() || entry.objects.iter().any(object))
            && is(&self.kind, entry.kind.as_str())
            && !(self.no_sign_ins && entry.kind == Kind::SignIn)
            && self.until.is_none_or(|until| entry.time <= until)
            && self.since.is_none_or(|since| entry.time >= since)
    }

    /// The newest entries that are wanted, the oldest of them first.
    fn newest(&self, view: &View) -> Result<Vec<Entry>> {
        let mut found = Vec::new();
        for line in view.backwards() {
            let line = line?;
            if !self.may_want(&line) && self.since.is_none() {
                continue;
            }
            // A line that is no entry is for 'log verify' to tell.
            let Some(entry) = journal::parse::<Entry>(&line) else { continue };
            if self.since.is_some_and(|since| entry.time < since) {
                break;
            }
            if self.wants(&entry) {
                found.push(entry);
            }
            if self.limit > 0 && found.len() == self.limit {
                break;
            }
        }
        found.reverse();
        Ok(found)
    }
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let filter = Filter::read(values)?;
    let format = values.text("output-format").map_or(Ok(Format::Text), Format::parse)?;
    let (follow, diff) = (values.is_on("follow"), values.is_on("diff"));
    if follow && matches!(format, Format::JsonPretty | Format::Yaml) {
        return Err(Error::parameter("follow", "works with text, and with json: one object a line"));
    }
    refuse_without_journal(context)?;
    let view = context.store.journal()?;
    let found = filter.newest(&view)?;
    if follow {
        return follow::run(context, &filter, found, (format, diff));
    }
    if format == Format::Text && diff {
        let texts: Vec<String> = found.iter().map(entry::in_words).collect();
        return Ok(Answer::Text(texts.join("\n")));
    }
    let rows = found
        .iter()
        .map(|one| if format == Format::Text { entry::row(one) } else { entry::record(one, diff) });
    Ok(Answer::Rows { columns: COLUMNS, rows: rows.collect() })
}

/// Refuses to ask a journal that is no longer kept: what it tells may be long past.
///
/// # Errors
/// [`Error::Refused`] where the settings turn the journal off.
pub fn refuse_without_journal(context: &Context) -> Result<()> {
    if context.store.journal_rules().enabled {
        return Ok(());
    }
    Err(Error::refused("this directory keeps no journal")
        .with_hint("'enabled' in the table 'journal' of usher.toml is off"))
}
