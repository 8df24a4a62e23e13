//! The fast way in: a file that is in canonical form, as every file a program wrote is.
//!
//! One pass finds where each record stands and makes sure that writing it again would give the same
//! bytes. At the first line that is not so the pass gives up, and [`super::read`] takes over.

use super::known::Known;
use crate::catalogue::Catalogue;
use crate::format::line::{Cursor, is_canonical_number, is_canonical_raw, order};
use crate::format::{USER_CFG, Warning};
use crate::model::byte::{BEYOND_ASCII, ITEM, NAME};
use crate::model::directory::Directory;
use crate::model::facts::items;
use crate::model::id::{PoolId, is_realm, is_storage, split_token};
use crate::model::path::{AclPath, tree_order};
use crate::model::table::{Row, Table};
use foldhash::fast::FixedState;
use hashbrown::HashSet;
use std::cmp::Ordering;
use std::sync::Arc;

type Names<'t> = HashSet<&'t str, FixedState>;

/// The blocks of the file in their order; an empty line ends each but the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Users,
    Groups,
    Pools,
    Roles,
    Acl,
}

impl Block {
    fn next(self) -> Option<Self> {
        match self {
            Self::Users => Some(Self::Groups),
            Self::Groups => Some(Self::Pools),
            Self::Pools => Some(Self::Roles),
            Self::Roles => Some(Self::Acl),
            Self::Acl => None,
        }
    }
}

/// One ACL line of the path at hand.
struct AclLine<'t> {
    propagate: &'t str,
    roles: &'t str,
}

impl AclLine<'_> {
    /// Whether both lines may name the same subject.
    fn may_stand_beside(&self, other: &Self) -> bool {
        self.propagate != other.propagate
            && !items(self.roles).any(|role| items(other.roles).any(|same| role == same))
    }
}

/// The names a reference may lead to.
#[derive(Default)]
struct Targets {
    users: Known,
    groups: Known,
}

/// What is scanned, and how thoroughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// A whole file; what refers to users and groups is taken as it is.
    Records,
    /// A whole file; references to users and groups that do not exist are warned of.
    References,
    /// Lines of a file; what they refer to may stand in others.
    Part,
}

struct Scan<'t> {
    catalogue: &'t Catalogue,
    /// Only when references are to be checked.
    targets: Option<Targets>,
    /// Whether what is referred to may be elsewhere.
    part: bool,
    superuser: bool,
    users: Vec<Row>,
    groups: Vec<Row>,
    pools: Vec<Row>,
    roles: Vec<Row>,
    acl: Vec<Row>,
    last: &'t str,
    last_token: &'t str,
    tokens: Names<'t>,
    pool_names: Names<'t>,
    guests: Names<'t>,
    role_names: Names<'t>,
    node: Vec<AclLine<'t>>,
    held: Vec<(&'t str, usize)>,
    warnings: Vec<Warning>,
}

/// Where a line stands: the lines kept before it, and itself.
#[derive(Clone, Copy)]
struct Place {
    kept: usize,
    start: usize,
    number: usize,
}

/// The row of a record; its end is set when its last line has been read.
fn row(place: Place, prefix: usize, id: &str) -> Option<Row> {
    let narrow = |value: usize| u32::try_from(value).ok();
    Some(Row {
        kept: narrow(place.kept)?,
        start: narrow(place.start)?,
        end: 0,
        id: narrow(place.start.checked_add(prefix)?)?,
        id_length: narrow(id.len())?,
    })
}

/// Reads a file in canonical form; `None` when it is not.
pub fn scan(text: &Arc<Vec<u8>>, catalogue: &Catalogue, depth: Depth) -> Option<(Directory, Vec<Warning>)> {
    let whole = std::str::from_utf8(text).ok()?;
    let mut scan = Scan {
        catalogue,
        targets: (depth == Depth::References).then(Targets::default),
        part: depth == Depth::Part,
        superuser: depth == Depth::Part || catalogue.superuser().is_empty(),
        users: Vec::new(),
        groups: Vec::new(),
        pools: Vec::new(),
        roles: Vec::new(),
        acl: Vec::new(),
        last: "",
        last_token: "",
        tokens: Names::default(),
        pool_names: Names::default(),
        guests: Names::default(),
        role_names: catalogue.roles().map(|(name, _)| name).collect(),
        node: Vec::new(),
        held: Vec::new(),
        warnings: Vec::new(),
    };
    let mut block = Block::Users;
    let mut place = Place { kept: 0, start: 0, number: 1 };
    let mut cursor = Cursor::at(whole);
    while cursor.left() > 0 {
        if cursor.skip("\n").is_none() {
            let taken = scan.record(block, &mut cursor, place)?;
            place.start = text.len() - cursor.left();
            if taken {
                scan.rows(block).last_mut()?.end = u32::try_from(place.start).ok()?;
                place.kept = place.start;
            }
        } else {
            if place.kept != place.start {
                return None;
            }
            block = block.next()?;
            scan.last = "";
            place.start += 1;
            place.kept = place.start;
        }
        place.number += 1;
    }
    scan.end_of_node()?;
    if block != Block::Acl || !scan.superuser {
        return None;
    }
    let tail = text.get(place.kept..)?.to_vec();
    let directory = Directory {
        rules: catalogue.rules(),
        users: Table::over(Arc::clone(text), scan.users),
        groups: Table::over(Arc::clone(text), scan.groups),
        pools: Table::over(Arc::clone(text), scan.pools),
        roles: Table::over(Arc::clone(text), scan.roles),
        acl: Table::over(Arc::clone(text), scan.acl),
        tail,
    };
    Some((directory, scan.warnings))
}

impl<'t> Scan<'t> {
    fn rows(&mut self, block: Block) -> &mut Vec<Row> {
        match block {
            Block::Users => &mut self.users,
            Block::Groups => &mut self.groups,
            Block::Pools => &mut self.pools,
            Block::Roles => &mut self.roles,
            Block::Acl => &mut self.acl,
        }
    }

    /// Takes a line in; `false`: nobody understands it, it is kept.
    #[inline]
    fn record(&mut self, block: Block, line: &mut Cursor<'t>, place: Place) -> Option<bool> {
        match block {
            Block::Users if line.skip("user:").is_some() => self.user(line, place)?,
            Block::Users if line.skip("token:").is_some() => self.token(line, place)?,
            Block::Groups if line.skip("group:").is_some() => self.group(line, place)?,
            Block::Pools if line.skip("pool:").is_some() => self.pool(line, place)?,
            Block::Roles if line.skip("role:").is_some() => self.role(line, place)?,
            Block::Acl if line.skip("acl:").is_some() => self.acl(line, place)?,
            _ => {
                let line = line.line()?;
                let kind = line.split(':').next().unwrap_or_default().trim();
                let known = ["user", "token", "group", "pool", "role", "acl"];
                let plain = is_canonical_raw(line) && !known.contains(&kind);
                let message = format!("ignore config line: {line}");
                self.warn(place, message);
                return plain.then_some(false);
            }
        }
        line.skip("\n")?;
        Some(true)
    }

    fn warn(&mut self, place: Place, message: String) {
        self.warnings.push(Warning::new(USER_CFG, place.number, message));
    }

    fn ascend(&mut self, id: &'t str) -> Option<()> {
        let before = std::mem::replace(&mut self.last, id);
        order(before, id).is_lt().then_some(())
    }

    fn user(&mut self, line: &mut Cursor<'t>, place: Place) -> Option<()> {
        let (id, true) = line.user(true) else { return None };
        line.skip(":")?;
        line.flag()?;
        line.number()?;
        let _name = (line.text()?, line.text()?);
        let _mail = line.raw()?;
        let _comment = line.text()?;
        let _keys = line.raw()?;
        self.ascend(id)?;
        self.last_token = "";
        self.superuser |= id == self.catalogue.superuser();
        if let Some(targets) = &mut self.targets {
            targets.users.insert(id);
        }
        self.users.push(row(place, "user:".len(), id)?);
        Some(())
    }

    fn token(&mut self, line: &mut Cursor<'t>, place: Place) -> Option<()> {
        let id = line.any()?;
        let name = id.strip_prefix(self.last)?.strip_prefix('!')?;
        line.number()?;
        line.flag()?;
        let _comment = line.text()?;
        let right =
            !self.last.is_empty() && is_realm(name) && self.last_token < name && place.kept == place.start;
        self.last_token = name;
        self.tokens.insert(id);
        right.then_some(())
    }

    fn group(&mut self, line: &mut Cursor<'t>, place: Place) -> Option<()> {
        let id = line.field(NAME)?;
        line.list(|line| {
            let (member, true) = line.user(false) else { return None };
            if self.targets.as_ref().is_some_and(|targets| !targets.users.contains(member)) {
                self.warn(place, format!("ignore invalid group member '{member}'"));
            }
            Some(member)
        })?;
        let _comment = line.text()?;
        self.ascend(id)?;
        if let Some(targets) = &mut self.targets {
            targets.groups.insert(id);
        }
        self.groups.push(row(place, "group:".len(), id)?);
        Some(())
    }

    fn pool(&mut self, line: &mut Cursor<'t>, place: Place) -> Option<()> {
        let id = line.any()?;
        PoolId::parse(id).ok()?;
        if let Some((parent, _)) = id.rsplit_once('/')
            && !self.pool_names.contains(parent)
            && !self.part
        {
            return None;
        }
        let _comment = line.text()?;
        let guests = &mut self.guests;
        line.list(|line| {
            Some(line.run(NAME)).filter(|guest| is_canonical_number(guest) && guests.insert(guest))
        })?;
        line.list(|line| Some(line.run(NAME)).filter(|storage| is_storage(storage)))?;
        self.ascend(id)?;
        self.pool_names.insert(id);
        self.pools.push(row(place, "pool:".len(), id)?);
        Some(())
    }

    fn role(&mut self, line: &mut Cursor<'t>, place: Place) -> Option<()> {
        let id = line.field(NAME)?;
        let privileges = line.list(|line| Some(line.run(ITEM.or(BEYOND_ASCII))))?;
        self.ascend(id)?;
        if !self.role_names.insert(id) {
            return None;
        }
        for name in items(privileges).filter(|name| self.catalogue.privilege(name).is_none()) {
            self.warn(place, format!("ignore invalid privilege '{name}'"));
        }
        self.roles.push(row(place, "role:".len(), id)?);
        Some(())
    }

    fn acl(&mut self, line: &mut Cursor<'t>, place: Place) -> Option<()> {
        let propagate = line.flag()?;
        let path = line.any()?;
        if self.last != path {
            self.end_of_node()?;
            if !AclPath::is_normal(path)
                || (!self.last.is_empty() && tree_order(self.last, path) != Ordering::Less)
            {
                return None;
            }
            self.last = path;
            self.acl.push(row(place, "acl:1:".len(), path)?);
        } else if place.kept != place.start {
            return None;
        }
        let before = self.held.len();
        line.list(|line| {
            let subject = self.subject(line, place)?;
            self.held.push((subject, self.node.len()));
            Some(subject)
        })?;
        let roles = line.list(|line| Some(line.run(NAME)).filter(|role| self.role_names.contains(role)))?;
        self.node.push(AclLine { propagate, roles });
        (self.held.len() > before && !roles.is_empty()).then_some(())
    }

    /// Takes a subject that may be in an ACL entry.
    #[inline]
    fn subject(&mut self, line: &mut Cursor<'t>, place: Place) -> Option<&'t str> {
        if let Some(subject) = line.group() {
            let group = subject.strip_prefix('@')?;
            if self.targets.as_ref().is_some_and(|targets| !targets.groups.contains(group)) {
                self.warn(place, format!("ignore invalid acl group '{group}'"));
            }
            return Some(subject);
        }
        let (subject, is_user) = line.user(false);
        if subject.starts_with('@') {
            return None;
        } else if is_user {
            if subject == self.catalogue.superuser() {
                return None;
            }
            if self.targets.as_ref().is_some_and(|targets| !targets.users.contains(subject)) {
                self.warn(place, format!("ignore invalid acl member '{subject}'"));
            }
        } else if !(self.tokens.contains(subject) || self.part && split_token(subject).is_some()) {
            return None;
        }
        Some(subject)
    }

    /// Whether the lines of one path are those that would be written for their entries.
    fn end_of_node(&mut self) -> Option<()> {
        let (lines, held) = (&mut self.node, &mut self.held);
        let in_order = lines.is_sorted_by(|a, b| (a.propagate, a.roles) < (b.propagate, b.roles));
        if lines.len() > 1 {
            held.sort_unstable_by(|(left, first), (right, second)| {
                order(left, right).then(first.cmp(second))
            });
        }
        let distinct = held.windows(2).all(|pair| match pair {
            [(left, first), (right, second)] if left == right => {
                match (lines.get(*first), lines.get(*second)) {
                    (Some(first), Some(second)) => first.may_stand_beside(second),
                    _ => false,
                }
            }
            _ => true,
        });
        lines.clear();
        held.clear();
        (in_order && distinct).then_some(())
    }
}
