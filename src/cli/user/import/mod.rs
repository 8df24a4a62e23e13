//! `user import`: users from a table, all of them or none.

mod columns;
mod passwords;

use super::GROUPS;
use super::add::{note_left_over, require_new};
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::Answer;
use crate::cli::parameter::Parameter;
use crate::cli::terminal::{read_named, say_on_stderr};
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};
use crate::format::user_csv;
use crate::model::directory::{Directory, Dropped, UserChange};
use crate::model::group::Group;
use crate::model::id::{GroupId, RealmId, UserId};
use crate::model::user::User;
use crate::store::change::Draft;
use columns::{Columns, Entry};
use passwords::Passwords;
use std::collections::HashMap;

/// So many rows that are wrong are named.
const NAMED: usize = 20;

/// The command.
pub static VERB: Verb = Verb {
    name: "import",
    aliases: &[],
    about: "Add the users of a table of comma-separated values, all of them or none. The first line names the columns: \
            userid, or name and realm; firstname, lastname, email, comment, groups, enable, expire. \
            Example: usher user import staff.csv --map 'Login=name,Mail=email' --realm pve --dry-run",
    parameters: &[
        Parameter::positional("file", "The table; '-': standard input."),
        Parameter::text(
            "map",
            "What columns hold that are called otherwise: COLUMN=PROPERTY,…; COLUMN= leaves one out.",
        ),
        Parameter::text("realm", "The realm of users for whom the table names none."),
        Parameter::list(GROUPS.name, "Groups all of them are to be in, besides those in the table."),
        Parameter::boolean("create-groups", "Create groups that do not exist.").default("0"),
        Parameter::boolean("update", "Change users that exist to what the table says.").default("0"),
        Parameter::text(
            "generate-passwords",
            "Give each new user of the built-in realm a password, and write them to this new file, which only you can read.",
        ),
    ],
    answers: false,
    writes: true,
    asks: Rule::Superuser,
    failure: "",
    run,
};

/// What came of the rows.
#[derive(Default)]
struct Imported {
    added: Vec<(UserId, Dropped, Vec<&'static str>)>,
    changed: usize,
    groups: Vec<GroupId>,
}

/// How rows are to be taken.
struct Wish {
    groups: Vec<GroupId>,
    create_groups: bool,
    update: bool,
    /// Who is there without being added.
    superuser: String,
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let realm = check.one("realm", RealmId::parse);
    let groups = check.list("groups", GroupId::parse).unwrap_or_default();
    let realm = check.end(Some(realm))?;
    let (file, text) = read_named(values.text("file").unwrap_or_default())?;
    let sheet = user_csv::read(file, &text)?;
    let columns = Columns::of(&sheet, &values.words("map"), realm.as_ref())?;
    let entries = entries(file, &sheet, &columns, realm.as_ref())?;
    let wish = Wish {
        groups,
        create_groups: values.is_on("create-groups"),
        update: values.is_on("update"),
        superuser: context.catalogue.superuser().to_owned(),
    };
    let passwords = match values.text("generate-passwords") {
        Some(to) => Some(Passwords::generate(context, file, &entries, to)?),
        None => None,
    };
    let imported = context.change(|draft| {
        let mut imported = Imported::default();
        for entry in &entries {
            take(draft, entry, &wish, passwords.as_ref(), &mut imported).map_err(|error| {
                let hint = error.hint().map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
                say_on_stderr(&format!("{file}:{}: error: {error}{hint}", entry.line));
                Error::refused("nothing was changed: one row cannot be taken")
            })?;
        }
        Ok(imported)
    });
    // What the disk refused late may be in place nevertheless, and then nobody else knows these passwords.
    if let (Ok(_) | Err(Error::Io { .. }), Some(passwords)) = (&imported, passwords) {
        passwords.keep();
    }
    let imported = imported?;
    let (added, changed) = (imported.added.len(), imported.changed);
    for (id, dropped, secrets) in imported.added {
        note_left_over(context, &id, dropped, secrets);
    }
    if !imported.groups.is_empty() && !context.dry_run {
        let names: Vec<&str> = imported.groups.iter().map(GroupId::as_str).collect();
        say_on_stderr(&format!("groups created: {}", names.join(", ")));
    }
    if !context.dry_run {
        let same = entries.len() - added - changed;
        say_on_stderr(&format!("{added} users added, {changed} changed, {same} as they were"));
    }
    Ok(Answer::Nothing)
}

/// Reads all rows; those that are wrong are named, with the column.
fn entries(
    file: &str,
    sheet: &user_csv::Sheet,
    columns: &Columns,
    realm: Option<&RealmId>,
) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut wrong = Vec::new();
    let mut seen: HashMap<UserId, u64> = HashMap::new();
    for row in &sheet.rows {
        match columns.read(row, realm) {
            Ok(entry) => {
                if let Some(line) = seen.insert(entry.id.clone(), row.line) {
                    wrong.push(format!(
                        "{file}:{}: user '{}' stands on line {line} already",
                        row.line, entry.id
                    ));
                }
                entries.push(entry);
            }
            Err(columns) => wrong.extend(
                columns.into_iter().map(|(title, why)| format!("{file}:{}: {title}: {why}", row.line)),
            ),
        }
    }
    if wrong.is_empty() {
        return Ok(entries);
    }
    wrong.iter().take(NAMED).for_each(|line| say_on_stderr(line));
    if let Some(more) = wrong.len().checked_sub(NAMED).filter(|more| *more > 0) {
        say_on_stderr(&format!("and {more} more"));
    }
    Err(Error::refused(format!("nothing was changed: {} cells or rows cannot be taken", wrong.len())))
}

fn take(
    draft: &mut Draft<'_>,
    entry: &Entry,
    wish: &Wish,
    passwords: Option<&Passwords>,
    imported: &mut Imported,
) -> Result<()> {
    let wanted = entry.said.groups.iter().flatten().chain(&wish.groups);
    if wish.create_groups {
        for id in wanted.clone() {
            if !draft.directory()?.groups.contains(id.as_str()) {
                draft.directory()?.add_group(Group::new(id.clone()))?;
                imported.groups.push(id.clone());
            }
        }
    }
    let wanted: Vec<GroupId> = wanted.cloned().collect();
    match draft.directory()?.user(&entry.id) {
        Ok(before) => update(draft, entry, wish, &before, imported),
        Err(Error::Unknown { noun: Noun::User, .. }) => {
            require_new(draft, &entry.id)?;
            let said = entry.said.clone();
            let user = User {
                enable: said.enable.unwrap_or(true),
                expire: Some(said.expire.unwrap_or(0)),
                first_name: said.first_name.unwrap_or_default(),
                last_name: said.last_name.unwrap_or_default(),
                email: said.email.unwrap_or_default(),
                comment: said.comment.unwrap_or_default(),
                ..User::new(entry.id.clone())
            };
            let dropped = draft.directory()?.add_user(user, &wanted)?;
            let secrets = draft.remove_left_over_secrets(&entry.id)?;
            if let Some(passwords) = passwords {
                passwords.store(draft, &entry.id)?;
            }
            imported.added.push((entry.id.clone(), dropped, secrets));
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Brings a user that exists to what the row says. Groups that hold for all come on top of those the user is in, unless
/// the table says which these are.
fn update(
    draft: &mut Draft<'_>,
    entry: &Entry,
    wish: &Wish,
    before: &User,
    imported: &mut Imported,
) -> Result<()> {
    let mut change = UserChange { append: entry.said.groups.is_none(), ..entry.said.clone() };
    if change.groups.is_some() || !wish.groups.is_empty() {
        change.groups.get_or_insert_default().extend(wish.groups.iter().cloned());
    }
    let directory = draft.directory()?;
    let groups = |directory: &Directory| -> Vec<GroupId> {
        directory.groups_of(&entry.id).into_iter().map(|group| group.id).collect()
    };
    let (in_before, mut wanted) = (groups(directory), change.groups.clone().unwrap_or_default());
    wanted.sort();
    wanted.dedup();
    let same_groups = match (&change.groups, change.append) {
        (None, _) => true,
        (Some(_), true) => wanted.iter().all(|id| in_before.contains(id)),
        (Some(_), false) => wanted == in_before,
    };
    if same_groups && says_nothing_new(before, &change) {
        return Ok(());
    }
    // The superuser is there before anything is: as long as nothing is known of it, its row stands for adding it.
    let as_if_new = entry.id.as_str() == wish.superuser && in_before.is_empty() && is_blank(before);
    if !wish.update && !as_if_new {
        return Err(Error::exists(Noun::User, &entry.id));
    }
    directory.modify_user(&entry.id, change)?;
    imported.changed += 1;
    Ok(())
}

/// Whether nothing is known of a user but that it is there.
fn is_blank(user: &User) -> bool {
    let known = User { expire: user.expire.or(Some(0)), tokens: Vec::new(), ..user.clone() };
    known == User::new(user.id.clone())
}

/// Whether a user is already what a change says, groups aside.
fn says_nothing_new(user: &User, change: &UserChange) -> bool {
    let same = |said: &Option<String>, text: &String| said.as_ref().is_none_or(|said| said == text);
    change.enable.is_none_or(|enable| enable == user.enable)
        // Of a superuser nothing may have been written yet.
        && change.expire.is_none_or(|expire| expire == user.expire.unwrap_or(0))
        && same(&change.first_name, &user.first_name)
        && same(&change.last_name, &user.last_name)
        && same(&change.email, &user.email)
        && same(&change.comment, &user.comment)
}
