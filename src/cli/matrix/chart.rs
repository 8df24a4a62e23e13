//! The matrix as it is to be written: names, order, and what each line says.

use crate::access::Permissions;
use crate::access::matrix::{Below, Cell, Finding, Matrix, Origin};
use crate::access::usable::{has_ended, token_has_ended};
use crate::model::directory::Directory;
use crate::model::id::split_token;
use crate::model::path::is_below;
use crate::model::privilege::{Privilege, PrivilegeSet};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Users and tokens.
    User,
    /// Groups.
    Group,
    /// Roles, and the users and tokens who hold them.
    Role,
}

impl Grouping {
    /// Every word for one.
    pub const NAMES: &'static [&'static str] = &["user", "group", "role"];

    /// The one of that name; any other word was refused before.
    pub fn named(name: &str) -> Self {
        match name {
            "group" => Self::Group,
            "role" => Self::Role,
            _ => Self::User,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
        }
    }
}

/// What text the matrix becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A table.
    Table,
    /// Comma-separated values.
    Csv,
    /// A page for a browser.
    Html,
}

impl Layout {
    /// Every word for one.
    pub const NAMES: &'static [&'static str] = &["table", "csv", "html"];

    /// The one of that name; any other word was refused before.
    pub fn named(name: &str) -> Self {
        match name {
            "csv" => Self::Csv,
            "html" => Self::Html,
            _ => Self::Table,
        }
    }
}

/// Whether somebody can use the rights he has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// He can.
    Active,
    /// The user may not sign in.
    Disabled,
    /// The user's or the token's time is over.
    Expired,
    /// There are entries or memberships for a name nobody has.
    #[default]
    Unknown,
}

impl State {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
        }
    }
}

/// The states of everybody in a directory.
pub struct States {
    people: HashMap<String, State>,
    groups: HashMap<String, State>,
}

impl States {
    /// The states at a moment, in seconds since 1970.
    pub fn of(directory: &Directory, now: i64) -> Self {
        let now = u64::try_from(now).unwrap_or_default();
        let mut people = HashMap::new();
        for user in directory.users.iter() {
            let state = match (user.enable, has_ended(&user, now)) {
                (false, _) => State::Disabled,
                (true, true) => State::Expired,
                (true, false) => State::Active,
            };
            for token in &user.tokens {
                let over = token_has_ended(token, now);
                let state = if over && state == State::Active { State::Expired } else { state };
                people.insert(format!("{}!{}", user.id, token.name), state);
            }
            people.insert(user.id.to_string(), state);
        }
        let groups = directory.groups.ids().map(|id| (id.to_owned(), State::Active)).collect();
        Self { people, groups }
    }
}

/// A matrix ready to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What the rows are.
    pub grouping: Grouping,
    /// What text it becomes.
    pub layout: Layout,
    /// When it was made, for people.
    pub made_at: String,
    /// The directory it tells about, for people.
    pub directory: String,
    /// The paths that were asked for; none: all.
    pub asked: Vec<String>,
    /// Whether only some privileges are told of.
    pub narrowed: bool,
    matrix: Matrix,
    /// What each finding says after the choice of privileges.
    shown: Vec<Permissions>,
    /// The privileges' names, in catalogue order.
    names: Vec<Arc<str>>,
    /// What sort each row is, and its state.
    rows: Vec<(&'static str, State)>,
    /// The lines: the place of a role among those of the finding (rows are roles), and of the cell.
    order: Vec<(u32, u32)>,
}

/// One line of it: somebody's rights at one path.
#[derive(Clone, Copy, Debug)]
pub struct Line<'s> {
    /// Where rows are roles: the role, and whether it reaches further down.
    pub role: Option<(&'s str, bool)>,
    /// The id of the user or token, or the name of the group.
    pub principal: &'s str,
    /// `user`, `token` or `group`.
    pub kind: &'static str,
    /// Whether he can use his rights.
    pub state: State,
    /// Where.
    pub path: &'s str,
    /// What he may do there, as far as asked for.
    pub permissions: Permissions,
    /// Why.
    pub finding: &'s Finding,
    /// The place of the finding in the chart.
    pub number: u32,
    /// The names of all privileges.
    pub names: &'s [Arc<str>],
    /// Whether only some of them are told of.
    pub narrowed: bool,
}

impl Chart {
    /// Orders a matrix whose privileges have these names; of `wanted`, if given, only those privileges
    /// are told of, and only of those who have one.
    pub fn new(
        mut matrix: Matrix,
        grouping: Grouping,
        states: &States,
        names: Vec<Arc<str>>,
        wanted: Option<PrivilegeSet>,
    ) -> Self {
        let narrowed = wanted.is_some();
        let wanted = wanted.unwrap_or_else(|| (0..names.len()).filter_map(Privilege::at).collect());
        for below in matrix.findings.iter_mut().filter_map(|finding| finding.below.as_mut()) {
            below.granted = below.granted.intersection(wanted);
        }
        let choose = |finding: &Finding| Permissions {
            granted: finding.permissions.granted.intersection(wanted),
            propagated: finding.permissions.propagated.intersection(wanted),
        };
        let shown: Vec<Permissions> = matrix.findings.iter().map(choose).collect();
        let state = |id: &String| match grouping {
            Grouping::Group => ("group", states.groups.get(id).copied().unwrap_or_default()),
            _ => {
                let kind = if split_token(id).is_some() { "token" } else { "user" };
                (kind, states.people.get(id).copied().unwrap_or_default())
            }
        };
        let rows = matrix.rows.iter().map(state).collect();
        let mut order = Vec::with_capacity(matrix.cells.len());
        let mut above = Above::default();
        for (place, cell) in (0..).zip(&matrix.cells) {
            let (Some(finding), Some(path)) = (finding(&matrix, cell), matrix.paths.get(cell.path as usize))
            else {
                continue;
            };
            let reaches =
                finding.below.as_ref().map_or(finding.permissions.propagated, |below| below.granted);
            let ends = above.passes_on(cell.row, path, !reaches.intersection(wanted).is_empty());
            let held = shown.get(cell.finding as usize).is_some_and(|shown: &Permissions| !shown.is_empty());
            match grouping {
                _ if narrowed && !held && !ends => {}
                Grouping::Role => order.extend((0..).zip(&finding.roles).map(|(role, _)| (role, place))),
                _ => order.push((0, place)),
            }
        }
        let mut chart = Self {
            grouping,
            layout: Layout::Table,
            made_at: String::new(),
            directory: String::new(),
            asked: Vec::new(),
            narrowed,
            matrix,
            shown,
            names,
            rows,
            order,
        };
        if grouping == Grouping::Role {
            let mut order = std::mem::take(&mut chart.order);
            order.sort_by_cached_key(|(role, place)| {
                let cell = chart.matrix.cells.get(*place as usize);
                let of_cell = cell.and_then(|cell| finding(&chart.matrix, cell));
                let name = of_cell.and_then(|finding| finding.roles.get(*role as usize));
                (name.map(|(name, _)| name.clone()), cell.map(|cell| (cell.path, cell.row)))
            });
            chart.order = order;
        }
        chart
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// The lines in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.order.iter().filter_map(|(role, place)| self.line(*role, *place))
    }

    fn line(&self, role: u32, place: u32) -> Option<Line<'_>> {
        let cell = self.matrix.cells.get(place as usize)?;
        let finding = finding(&self.matrix, cell)?;
        let (kind, state) = self.rows.get(cell.row as usize).copied()?;
        let role = finding.roles.get(role as usize).filter(|_| self.grouping == Grouping::Role);
        Some(Line {
            role: role.map(|(name, propagate)| (name.as_str(), *propagate)),
            principal: self.matrix.rows.get(cell.row as usize)?,
            kind,
            state,
            path: self.matrix.paths.get(cell.path as usize)?,
            permissions: self.shown.get(cell.finding as usize).copied()?,
            finding,
            number: cell.finding,
            names: &self.names,
            narrowed: self.narrowed,
        })
    }

    /// What `words` makes of each finding, once; by its number.
    pub fn by_finding<T>(&self, words: impl Fn(&Finding, Permissions) -> T) -> Vec<T> {
        let pairs = self.matrix.findings.iter().zip(&self.shown);
        pairs.map(|(finding, shown)| words(finding, *shown)).collect()
    }

    /// The names of all privileges.
    pub fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// Names of rows with what sort they are and their states.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &'static str, State)> {
        self.matrix.rows.iter().zip(&self.rows).map(|(id, (kind, state))| (id.as_str(), *kind, *state))
    }

    /// The paths.
    pub fn paths(&self) -> &[String] {
        &self.matrix.paths
    }

    /// The cells that are shown, each once.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        let mut places: Vec<u32> = self.order.iter().map(|(_, place)| *place).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|place| self.matrix.cells.get(place as usize))
    }
}

/// The cells of a row above the one looked at: path, and whether what is asked for reaches further down.
#[derive(Default)]
struct Above<'m> {
    row: u32,
    cells: Vec<(&'m str, bool)>,
}

impl<'m> Above<'m> {
    /// Whether the nearest cell above `path` passes on what is asked for; notes whether that at `path` does.
    /// Paths come in tree order.
    fn passes_on(&mut self, row: u32, path: &'m str, passes: bool) -> bool {
        if row != self.row {
            (self.row, self.cells) = (row, Vec::new());
        }
        while self.cells.last().is_some_and(|(above, _)| !is_below(path, above)) {
            self.cells.pop();
        }
        let passed = self.cells.last().is_some_and(|(_, passes)| *passes);
        self.cells.push((path, passes));
        passed
    }
}

fn finding<'m>(matrix: &'m Matrix, cell: &Cell) -> Option<&'m Finding> {
    matrix.findings.get(cell.finding as usize)
}

/// The word for where entries stand.
pub fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Superuser => "superuser",
        Origin::Entry => "entry",
        Origin::Group => "group",
        Origin::Inherited => "inherited",
    }
}

/// The names of the privileges in `permissions`, and whether each reaches further down.
pub fn privileges(names: &[Arc<str>], permissions: Permissions) -> impl Iterator<Item = (&str, bool)> {
    permissions.iter().filter_map(|(one, flag)| Some((names.get(one.place())?.as_ref(), flag)))
}

/// Roles as an object of `1` and `0`.
struct Roles<'s>(&'s [(String, bool)]);

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.0.iter().map(|(name, flag)| (name, u8::from(*flag))))
    }
}

/// What holds below, as an object of two lists.
struct Lower<'s> {
    below: &'s Below,
    names: &'s [Arc<str>],
}

impl Serialize for Lower<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let permissions = Permissions { granted: self.below.granted, propagated: self.below.granted };
        let names: Vec<&str> = privileges(self.names, permissions).map(|(name, _)| name).collect();
        let mut map = out.serialize_map(Some(2))?;
        map.serialize_entry("privileges", &names)?;
        map.serialize_entry("roles", &self.below.roles)?;
        map.end()
    }
}

/// Privileges likewise.
struct Privileges<'s>(&'s [Arc<str>], Permissions);

impl Serialize for Privileges<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(privileges(self.0, self.1).map(|(name, flag)| (name, u8::from(flag))))
    }
}

/// What a cell says, as the fields of a line that are about it.
pub fn finding_value(finding: &Finding, names: &[Arc<str>]) -> Value {
    let below = finding.below.as_ref().map(|below| Lower { below, names });
    let value = json!({
        "below": below,
        "limited": u8::from(finding.limited),
        "origin": origin_name(finding.origin),
        "pool": u8::from(finding.pooled),
        "privileges": Privileges(names, finding.permissions),
        "roles": Roles(&finding.roles),
    });
    value
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        let below = self.finding.below.as_ref().map(|below| Lower { below, names: self.names });
        map.serialize_entry("below", &below)?;
        map.serialize_entry("limited", &u8::from(self.finding.limited))?;
        map.serialize_entry("origin", origin_name(self.finding.origin))?;
        map.serialize_entry("path", self.path)?;
        map.serialize_entry("pool", &u8::from(self.finding.pooled))?;
        map.serialize_entry("principal", self.principal)?;
        map.serialize_entry("privileges", &Privileges(self.names, self.permissions))?;
        if let Some((role, _)) = self.role {
            map.serialize_entry("role", role)?;
        }
        map.serialize_entry("roles", &Roles(&self.finding.roles))?;
        map.serialize_entry("state", self.state.name())?;
        map.serialize_entry("type", self.kind)?;
        map.end()
    }
}
