//! Which column of a table holds what, and what a row says of a user.

use crate::cli::moment;
use crate::cli::user::email;
use crate::error::{Error, Result};
use crate::format::line::items;
use crate::format::user_csv::{Row, Sheet};
use crate::model::directory::UserChange;
use crate::model::id::{GroupId, RealmId, UserId};

/// What a column can hold.
const PROPERTIES: &[&str] =
    &["userid", "name", "realm", "enable", "expire", "firstname", "lastname", "email", "comment", "groups"];

/// What each column of a table holds; `None`: nothing that is wanted.
pub(super) struct Columns {
    titles: Vec<String>,
    properties: Vec<Option<&'static str>>,
}

/// What a row says.
pub(super) struct Entry {
    /// The line it begins on.
    pub(super) line: u64,
    /// Who it is about.
    pub(super) id: UserId,
    /// What it says of the user; `None` where the table has no such column.
    pub(super) said: UserChange,
}

impl Columns {
    /// Finds out what the columns hold: what their titles say, or what `map` says of a title, `TITLE=PROPERTY`, or
    /// `TITLE=` for a column that is to be left out.
    ///
    /// # Errors
    /// [`Error::Parameters`] for a map that makes no sense; [`Error::Refused`] for a column nobody knows, and when
    /// there is none that names the users.
    pub(super) fn of(sheet: &Sheet, map: &[&str], realm: Option<&RealmId>) -> Result<Self> {
        let refuse = |message: String| Err(Error::parameter("map", message));
        let mut named: Vec<(&str, &str)> = Vec::new();
        for pair in map.iter().flat_map(|map| map.split(',')).filter(|pair| !pair.trim().is_empty()) {
            let Some((title, property)) = pair.rsplit_once('=') else {
                return refuse(format!("'{pair}' is not of the form COLUMN=PROPERTY"));
            };
            let (title, property) = (title.trim(), property.trim());
            if !sheet.header.iter().any(|one| one == title) {
                return refuse(format!("there is no column '{title}'"));
            }
            if !property.is_empty() && !PROPERTIES.contains(&property) {
                return refuse(format!("'{property}' is none of {}", PROPERTIES.join(", ")));
            }
            named.push((title, property));
        }
        let mut properties: Vec<Option<&'static str>> = Vec::new();
        for title in &sheet.header {
            let said = named.iter().find(|(one, _)| one == title).map(|(_, property)| *property);
            let name = said.map_or_else(|| title.to_ascii_lowercase(), str::to_owned);
            let property = PROPERTIES.iter().copied().find(|one| *one == name);
            if property.is_none() && said != Some("") {
                return Err(Error::refused(format!("column '{title}' is no property of a user")).with_hint(
                    format!("--map '{title}=PROPERTY' says what it holds, --map '{title}=' leaves it out"),
                ));
            }
            if property.is_some() && properties.contains(&property) {
                return Err(Error::refused(format!("two columns hold '{name}'")));
            }
            properties.push(property);
        }
        let has = |name| properties.contains(&Some(name));
        if has("userid") == has("name") {
            return Err(Error::refused("one column has to name the users: 'userid', or 'name' with 'realm'")
                .with_hint("--map 'COLUMN=userid' says which it is"));
        }
        if has("name") && !has("realm") && realm.is_none() {
            return Err(
                Error::refused("no column holds the realm").with_hint("--realm says it for all of them")
            );
        }
        Ok(Self { titles: sheet.header.clone(), properties })
    }

    /// Reads a row. What is wrong with it is told for each column.
    ///
    /// # Errors
    /// Every column that is wrong, and why.
    pub(super) fn read(
        &self,
        row: &Row,
        realm: Option<&RealmId>,
    ) -> std::result::Result<Entry, Vec<(String, String)>> {
        let mut wrong = Vec::new();
        let place = |name: &str| self.properties.iter().position(|one| *one == Some(name));
        let cell = |name: &str| place(name).and_then(|place| row.cells.get(place)).map(String::as_str);
        let title = |name: &str| {
            let title = place(name).and_then(|place| self.titles.get(place));
            title.map_or_else(|| name.to_owned(), Clone::clone)
        };
        let mut refuse = |name: &str, error: &Error| wrong.push((title(name), error.to_string()));
        let (column, text) = match cell("userid") {
            Some(text) => ("userid", text.to_owned()),
            None => {
                let given = cell("realm").filter(|text| !text.is_empty());
                let realm = given.or(realm.map(RealmId::as_str)).unwrap_or_default();
                ("name", format!("{}@{realm}", cell("name").unwrap_or_default()))
            }
        };
        let id = UserId::parse(&text).map_err(|error| refuse(column, &error)).ok();
        let short = |name: &'static str, most: usize| {
            let text = cell(name)?;
            Some(match text.chars().count() > most {
                true => Err((name, Error::invalid(format!("value may only be {most} characters long")))),
                false => Ok(text.to_owned()),
            })
        };
        let texts = [
            short("firstname", 1024),
            short("lastname", 1024),
            short("comment", 2048),
            short("email", 254)
                .map(|text| text.and_then(|text| email(&text).map_err(|error| ("email", error)))),
        ];
        let [first_name, last_name, comment, mail] = texts.map(|text| match text {
            Some(Err((name, error))) => {
                refuse(name, &error);
                None
            }
            other => other.and_then(std::result::Result::ok),
        });
        let enable = cell("enable").map(enable).transpose().map_err(|error| refuse("enable", &error));
        let expire = cell("expire").map(expire).transpose().map_err(|error| refuse("expire", &error));
        let groups = cell("groups").map(|text| items(text).map(GroupId::parse).collect::<Result<Vec<_>>>());
        let groups = groups.transpose().map_err(|error| refuse("groups", &error));
        match (id, enable, expire, groups) {
            (Some(id), Ok(enable), Ok(expire), Ok(groups)) if wrong.is_empty() => {
                let said = UserChange {
                    enable,
                    expire,
                    first_name,
                    last_name,
                    comment,
                    email: mail,
                    groups,
                    ..UserChange::default()
                };
                Ok(Entry { line: row.line, id, said })
            }
            _ => Err(wrong),
        }
    }
}

/// Nothing means yes, as `user add` has it.
fn enable(text: &str) -> Result<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "" | "1" | "on" | "yes" | "true" => Ok(true),
        "0" | "off" | "no" | "false" => Ok(false),
        _ => Err(Error::invalid(format!("'{text}' is none of 1, yes, true, 0, no, false"))),
    }
}

/// Nothing means never.
fn expire(text: &str) -> Result<u64> {
    let text = text.trim();
    match text.parse() {
        Ok(seconds) => Ok(seconds),
        Err(_) if text.is_empty() => Ok(0),
        Err(_) => moment::parse(text),
    }
}
