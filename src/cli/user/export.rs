//! `user export`: the users as a table another program can read, and `user import` too.

use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Record};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::user_csv::{COLUMNS, cells, write};
use crate::model::id::{GroupId, RealmId, UserId};
use std::collections::BTreeMap;

/// The command.
pub static VERB: Verb = Verb {
    name: "export",
    aliases: &[],
    about: "Write the users as a table of comma-separated values, which 'user import' reads. Tokens, passwords and second \
            factors are not in it. Example: usher user export > users.csv",
    parameters: &[Parameter::text("realm", "Only users of this realm.")],
    answers: true,
    writes: false,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let realm = check.one("realm", RealmId::parse);
    let realm = check.end(Some(realm))?;
    let directory = context.directory()?;
    let mut groups: BTreeMap<UserId, Vec<GroupId>> = BTreeMap::new();
    for group in directory.groups.iter() {
        for member in group.members {
            groups.entry(member).or_default().push(group.id.clone());
        }
    }
    let wanted = |id: &UserId| realm.as_ref().is_none_or(|realm| realm.as_str() == id.realm());
    let users = directory.users.iter().filter(|user| wanted(&user.id));
    let rows = users.map(|user| {
        let groups = groups.get(&user.id).map(Vec::as_slice).unwrap_or_default();
        cells(&user, groups).to_vec()
    });
    if values.for_people() {
        let header = COLUMNS.map(str::to_owned).to_vec();
        let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        return Ok(Answer::File(write(rows.iter().map(Vec::as_slice))?));
    }
    let record = |cells: Vec<String>| {
        let pairs = COLUMNS.iter().zip(cells);
        pairs.fold(Record::new(), |record, (name, cell)| match *name {
            "enable" | "expire" => record.with(*name, cell.parse::<u64>().unwrap_or_default()),
            "groups" => record.with(*name, cell.split_whitespace().map(str::to_owned).collect::<Vec<_>>()),
            _ => record.with(*name, cell),
        })
    };
    Ok(Answer::Rows { columns: &[], rows: rows.map(record).collect() })
}
