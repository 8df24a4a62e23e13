//! `matrix`: who may do what where, for everybody at once.

pub mod chart;
mod csv;
mod html;
pub mod text;

pub use chart::Chart;

use super::acl;
use super::command::Verb;
use super::context::Context;
use super::moment;
use super::output::{Answer, Style};
use super::parameter::Parameter;
use super::question::note_odd_path;
use super::values::Values;
use crate::access::Policy;
use crate::access::matrix::{Rows, Scope};
use crate::access::rule;
use crate::error::Result;
use crate::model::privilege::PrivilegeSet;
use chart::{Grouping, Layout, States};
use std::io::{self, Write};
use std::sync::Arc;

/// The command.
pub static VERB: Verb = Verb {
    name: "matrix",
    aliases: &[],
    about: "Show the access matrix: who may do what where. Every user, every API token and every path at which something is set for them; a path that is not listed has what the nearest one above passes on. Example: usher matrix --layout html > audit.html",
    parameters: &[
        Parameter::list("path", "Only these paths, and there everybody who may do anything, also what is inherited."),
        Parameter::boolean("below", "Also the paths below these at which something is set.").requires("path").default("0"),
        Parameter::list("privilege", "Only who holds one of these privileges, and of what they hold, only these."),
        Parameter::choice("group-by", Grouping::NAMES, "What the rows are: users and tokens; groups, each as if somebody were in it alone; or roles and who holds them.").default("user"),
        Parameter::choice("layout", Layout::NAMES, "A table for the terminal, CSV for a spreadsheet, or a page for a browser: one file, to filter and to print.").default("table"),
    ],
    answers: true,
    writes: false,
    asks: rule::AUDIT,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let paths = check.list("path", acl::path);
    let catalogue = &context.catalogue;
    let privileges = check.list("privilege", |name| catalogue.require_privilege(name));
    let layout = values.text("layout").map_or(Layout::Table, Layout::named);
    if layout != Layout::Table && !values.for_people() {
        check.refuse("layout", "there is one form at a time: leave out '--layout' or '--output-format'");
    }
    let (paths, privileges) = check.end(Some((paths.unwrap_or_default(), privileges)))?;
    paths.iter().for_each(|path| note_odd_path(context, path));
    let paths: Vec<String> = paths.iter().map(|path| path.as_str().to_owned()).collect();
    let grouping = values.text("group-by").map_or(Grouping::User, Grouping::named);

    let directory = context.directory()?;
    let policy = Policy::compile(&directory, &context.catalogue);
    let rows = if grouping == Grouping::Group { Rows::Groups } else { Rows::Principals };
    let matrix = policy.matrix(rows, Scope { paths: &paths, below: values.is_on("below"), only: None });
    let now = moment::now();
    let states = States::of(&directory, now);
    let wanted: Option<PrivilegeSet> =
        privileges.filter(|list: &Vec<_>| !list.is_empty()).map(|list| list.into_iter().collect());
    let names = context.catalogue.all().iter().map(|one| context.catalogue.name(one).into()).collect();
    let mut chart = Chart::new(matrix, grouping, &states, names, wanted);
    chart.layout = layout;
    chart.made_at = moment::shown(now, &moment::zone());
    chart.directory = context.store.path().display().to_string();
    chart.asked = paths;
    Ok(Answer::Matrix(Arc::new(chart)))
}

impl Chart {
    /// Writes it in the layout it has.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(&self, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        match self.layout {
            Layout::Table => text::write(self, style, out),
            Layout::Csv => self::csv::write(self, out),
            Layout::Html => html::write(self, out),
        }
    }
}
