//! The fast way in: a file that is in canonical form, as every file a program wrote is.
//!
//! One pass finds where each record stands and makes sure that writing it again would give the same
//! bytes. At the first line that is not so the pass gives up, and [`super::read`] takes over.

use crate::catalogue::Catalogue;
use crate::format::line::{
    Line, Lines, ascends, canonical_items, is_canonical_number, is_canonical_raw, is_canonical_text,
};
use crate::format::{USER_CFG, Warning};
use crate::model::acl::{SubjectKind, subject_kind};
use crate::model::directory::Directory;
use crate::model::id::{is_name, is_realm, is_storage, split_user};
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
    subjects: &'t str,
    roles: &'t str,
}

struct Scan<'t> {
    catalogue: &'t Catalogue,
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
    warnings: Vec<Warning>,
}

/// Where a line stands: its lines kept before it, itself, its end behind the newline.
#[derive(Clone, Copy)]
struct Place {
    kept: usize,
    start: usize,
    end: usize,
    number: usize,
}

fn row(place: Place, prefix: usize, id: &str) -> Option<Row> {
    let narrow = |value: usize| u32::try_from(value).ok();
    Some(Row {
        kept: narrow(place.kept)?,
        start: narrow(place.start)?,
        end: narrow(place.end)?,
        id: narrow(place.start.checked_add(prefix)?)?,
        id_length: narrow(id.len())?,
    })
}

/// Reads a file in canonical form; `None` when it is not.
pub fn scan(text: &Arc<Vec<u8>>, catalogue: &Catalogue) -> Option<(Directory, Vec<Warning>)> {
    let whole = std::str::from_utf8(text).ok()?;
    let mut scan = Scan {
        catalogue,
        superuser: catalogue.superuser().is_empty(),
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
        warnings: Vec::new(),
    };
    let mut block = Block::Users;
    let mut place = Place { kept: 0, start: 0, end: 0, number: 0 };
    for line in Lines::of(whole) {
        place = Place { start: line.start(), end: line.end(), number: place.number + 1, ..place };
        if place.end - place.start == 1 {
            if place.kept != place.start {
                return None;
            }
            block = block.next()?;
            scan.last = "";
            place.kept = place.end;
            continue;
        }
        if scan.record(block, &line, place)? {
            place.kept = place.end;
        }
    }
    scan.end_of_node()?;
    if block != Block::Acl || place.end != text.len() || !scan.superuser {
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
    /// Takes a line in; `false`: nobody understands it, it is kept.
    fn record(&mut self, block: Block, line: &Line<'t>, place: Place) -> Option<bool> {
        match (line.kind(), block) {
            ("user", Block::Users) => self.user(line, place)?,
            ("token", Block::Users) => self.token(line, place)?,
            ("group", Block::Groups) => self.group(line, place)?,
            ("pool", Block::Pools) => self.pool(line, place)?,
            ("role", Block::Roles) => self.role(line, place)?,
            ("acl", Block::Acl) => self.acl(line, place)?,
            (kind, _) => {
                let line = line.text();
                let known = ["user", "token", "group", "pool", "role", "acl"];
                let plain = is_canonical_raw(line) && !known.contains(&kind.trim());
                let message = format!("ignore config line: {line}");
                self.warnings.push(Warning::new(USER_CFG, place.number, message));
                return plain.then_some(false);
            }
        }
        Some(true)
    }

    fn ascend(&mut self, id: &'t str) -> Option<()> {
        let before = std::mem::replace(&mut self.last, id);
        (before < id).then_some(())
    }

    fn user(&mut self, line: &Line<'t>, place: Place) -> Option<()> {
        let [id, enable, expire, first, last, email, comment, keys] = line.fields()?;
        let right = matches!(enable, "0" | "1")
            && is_canonical_number(expire)
            && is_canonical_text(first)
            && is_canonical_text(last)
            && is_canonical_raw(email)
            && is_canonical_text(comment)
            && is_canonical_raw(keys)
            && split_user(id).is_some();
        if !right {
            return None;
        }
        self.ascend(id)?;
        self.last_token = "";
        self.superuser |= id == self.catalogue.superuser();
        self.users.push(row(place, "user:".len(), id)?);
        Some(())
    }

    fn token(&mut self, line: &Line<'t>, place: Place) -> Option<()> {
        let [id, expire, separated, comment] = line.fields()?;
        let name = id.strip_prefix(self.last)?.strip_prefix('!')?;
        let right = is_realm(name)
            && !self.last.is_empty()
            && self.last_token < name
            && place.kept == place.start
            && is_canonical_number(expire)
            && matches!(separated, "0" | "1")
            && is_canonical_text(comment);
        if !right {
            return None;
        }
        self.last_token = name;
        self.tokens.insert(id);
        self.users.last_mut()?.end = u32::try_from(place.end).ok()?;
        Some(())
    }

    fn group(&mut self, line: &Line<'t>, place: Place) -> Option<()> {
        let [id, members, comment] = line.fields()?;
        let right = is_name(id)
            && is_canonical_text(comment)
            && ascends(members, |member| split_user(member).is_some());
        if !right {
            return None;
        }
        self.ascend(id)?;
        self.groups.push(row(place, "group:".len(), id)?);
        Some(())
    }

    fn pool(&mut self, line: &Line<'t>, place: Place) -> Option<()> {
        let [id, comment, guests, storages] = line.fields()?;
        let parent_known = match id.rsplit_once('/') {
            Some((parent, _)) => self.pool_names.contains(parent),
            None => true,
        };
        let right = parent_known
            && id.split('/').count() <= 3
            && id.split('/').all(is_name)
            && is_canonical_text(comment)
            && ascends(guests, is_canonical_number)
            && ascends(storages, is_storage)
            && canonical_items(guests).all(|guest| self.guests.insert(guest));
        if !right {
            return None;
        }
        self.ascend(id)?;
        self.pool_names.insert(id);
        self.pools.push(row(place, "pool:".len(), id)?);
        Some(())
    }

    fn role(&mut self, line: &Line<'t>, place: Place) -> Option<()> {
        let [id, privileges] = line.fields()?;
        if !is_name(id) || !ascends(privileges, |name| name.bytes().all(|byte| byte > b' ')) {
            return None;
        }
        self.ascend(id)?;
        if !self.role_names.insert(id) {
            return None;
        }
        for name in canonical_items(privileges).filter(|name| self.catalogue.privilege(name).is_none()) {
            let message = format!("ignore invalid privilege '{name}'");
            self.warnings.push(Warning::new(USER_CFG, place.number, message));
        }
        self.roles.push(row(place, "role:".len(), id)?);
        Some(())
    }

    fn acl(&mut self, line: &Line<'t>, place: Place) -> Option<()> {
        let [propagate, path, subjects, roles] = line.fields()?;
        let known = |subject: &str| match subject_kind(subject) {
            Some(SubjectKind::Token) => self.tokens.contains(subject),
            Some(SubjectKind::User) => subject != self.catalogue.superuser(),
            Some(SubjectKind::Group) => true,
            None => false,
        };
        let right = matches!(propagate, "0" | "1")
            && !subjects.is_empty()
            && !roles.is_empty()
            && ascends(subjects, known)
            && ascends(roles, |role| self.role_names.contains(role));
        if !right {
            return None;
        }
        let prefix = "acl:1:".len();
        if self.last == path {
            if place.kept != place.start {
                return None;
            }
            self.acl.last_mut()?.end = u32::try_from(place.end).ok()?;
        } else {
            self.end_of_node()?;
            if !AclPath::is_normal(path) {
                return None;
            }
            if !self.last.is_empty() && tree_order(self.last, path) != Ordering::Less {
                return None;
            }
            self.last = path;
            self.acl.push(row(place, prefix, path)?);
        }
        self.node.push(AclLine { propagate, subjects, roles });
        Some(())
    }

    /// Whether the lines of one path are those that would be written for their entries.
    fn end_of_node(&mut self) -> Option<()> {
        let lines = std::mem::take(&mut self.node);
        if lines.len() < 2 {
            return Some(());
        }
        let in_order = lines.is_sorted_by(|a, b| (a.propagate, a.roles) < (b.propagate, b.roles));
        let mut held: Vec<(&str, &AclLine<'_>)> = lines
            .iter()
            .flat_map(|line| canonical_items(line.subjects).map(move |one| (one, line)))
            .collect();
        held.sort_by(|a, b| a.0.cmp(b.0));
        let distinct = held.windows(2).all(|pair| match pair {
            [(left, first), (right, second)] if left == right => {
                first.propagate != second.propagate
                    && !canonical_items(first.roles)
                        .any(|role| canonical_items(second.roles).any(|other| role == other))
            }
            _ => true,
        });
        (in_order && distinct).then_some(())
    }
}
