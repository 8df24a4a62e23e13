//! The patient way in: a file as a person may have left it.
//!
//! Lines are read in their order, and what a line refers to must have been named before it. What
//! cannot be understood is kept where it stands, inert, with a warning. What refers to a token, a
//! role or an owner that is not there is not kept: it would become a right the moment somebody
//! creates a thing of that name.

use crate::catalogue::Catalogue;
use crate::format::encoding::{decode, text_of};
use crate::format::line::{is_blank, is_separator, items, trim};
use crate::format::{USER_CFG, Warning};
use crate::model::acl::{AclNode, Subject};
use crate::model::directory::Directory;
use crate::model::group::Group;
use crate::model::id::{GroupId, PoolId, RoleId, StorageId, TokenId, UserId, VmId};
use crate::model::path::AclPath;
use crate::model::pool::Pool;
use crate::model::role::Role;
use crate::model::token::Token;
use crate::model::user::User;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

struct Reader<'c> {
    catalogue: &'c Catalogue,
    directory: Directory,
    guests: BTreeMap<VmId, PoolId>,
    kept: Vec<u8>,
    line: usize,
    warnings: Vec<Warning>,
}

/// What became of a line.
enum Fate {
    /// It is part of the directory.
    Taken,
    /// Nobody understands it: it stays as it is.
    Kept,
    /// It refers to something that is not there: it goes at the next write.
    Dropped,
}

/// Reads a file whatever it holds.
pub fn read(text: &[u8], catalogue: &Catalogue) -> (Directory, Vec<Warning>) {
    let mut reader = Reader {
        catalogue,
        directory: Directory::empty(catalogue.rules()),
        guests: BTreeMap::new(),
        kept: Vec::new(),
        line: 0,
        warnings: Vec::new(),
    };
    let mut lines = text.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        reader.line += 1;
        if line.iter().all(|byte| is_blank(*byte)) || (line.is_empty() && lines.peek().is_none()) {
            continue;
        }
        let fate = reader.take(trim(&text_by_field(line)));
        if let Fate::Kept = fate {
            reader.kept.extend_from_slice(line);
            reader.kept.push(b'\n');
        }
    }
    reader.directory.tail = reader.kept;
    (reader.directory, reader.warnings)
}

/// The line as text. The original writes names in Latin-1; a record that names somebody so counts
/// as much as any other, or a denial in it would be lost.
pub(super) fn text_by_field(line: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(line) {
        Ok(text) => text.into(),
        Err(_) => {
            let fields: Vec<Cow<'_, str>> = line.split(|byte| *byte == b':').map(text_of).collect();
            fields.join(":").into()
        }
    }
}

/// Perl's idea of truth: everything but nothing and `0`.
fn truth(text: &str) -> bool {
    !text.is_empty() && text != "0"
}

fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if text.is_empty() { Some(0) } else { text.parse().ok().filter(|_| digits) }
}

/// The fields beyond the first `known`, each followed by `:`; trailing empty ones do not count.
fn beyond(fields: &[&str], known: usize) -> String {
    let extra = fields.get(known..).unwrap_or_default();
    let used = extra.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
    extra.iter().take(used).flat_map(|field| [*field, ":"]).collect()
}

impl Reader<'_> {
    fn warn(&mut self, message: String) {
        self.warnings.push(Warning::new(USER_CFG, self.line, message));
    }

    fn keep(&mut self, message: String) -> Fate {
        self.warn(message);
        Fate::Kept
    }

    fn take(&mut self, line: &str) -> Fate {
        let fields: Vec<&str> = line.split(':').map(trim).collect();
        match fields.split_first() {
            Some((&"user", rest)) => self.user(rest),
            Some((&"token", rest)) => self.token(rest),
            Some((&"group", rest)) => self.group(rest),
            Some((&"pool", rest)) => self.pool(rest),
            Some((&"role", rest)) => self.role(rest),
            Some((&"acl", rest)) => self.acl(rest),
            _ => self.keep(format!("ignore config line: {line}")),
        }
    }

    /// The items of a list. One that holds a separator, which only a list parted by NUL can have,
    /// would be read as several once it is written: it goes.
    fn items<'t>(&mut self, list: &'t str) -> Vec<&'t str> {
        let (whole, parted): (Vec<&str>, Vec<&str>) =
            items(list).partition(|item| !item.contains(is_separator));
        for item in parted {
            self.warn(format!("ignore '{item}' - it would be several items of a list"));
        }
        whole
    }

    /// Puts the lines kept so far before the record that follows them.
    fn kept_lines(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.kept)
    }

    fn user(&mut self, fields: &[&str]) -> Fate {
        let field = |place: usize| fields.get(place).copied().unwrap_or_default();
        let Ok(id) = UserId::parse(field(0)) else {
            return self.keep(format!("ignore user '{}' - invalid user name", field(0)));
        };
        let Some(expire) = number(field(2)) else {
            return self.keep(format!("ignore user '{id}' - (illegal characters in expire '{}')", field(2)));
        };
        let kept = self.kept_lines();
        let user = User {
            id: id.clone(),
            enable: truth(field(1)),
            expire: Some(expire),
            first_name: decode(field(3).as_bytes()),
            last_name: decode(field(4).as_bytes()),
            email: field(5).to_owned(),
            comment: decode(field(6).as_bytes()),
            keys: field(7).to_owned(),
            rest: beyond(fields, 8),
            tokens: Vec::new(),
        };
        let mut lost = Vec::new();
        self.directory.users.amend(
            &id,
            &kept,
            || User::new(id.clone()),
            |known| lost = std::mem::replace(known, user).tokens,
        );
        for token in lost {
            let message = format!("drop token '{id}!{}' - this line of its user takes its place", token.name);
            self.warnings.push(Warning::beyond_original(USER_CFG, self.line, message));
        }
        Fate::Taken
    }

    fn token(&mut self, fields: &[&str]) -> Fate {
        let field = |place: usize| fields.get(place).copied().unwrap_or_default();
        let Ok(id) = TokenId::parse(field(0)) else {
            return self.keep(format!("ignore invalid tokenid '{}'", field(0)));
        };
        let Some(expire) = number(field(1)) else {
            return self.keep(format!("ignore token '{id}' - (illegal characters in expire '{}')", field(1)));
        };
        if !self.directory.users.contains(id.user.as_str()) {
            self.warn(format!("ignore token '{id}' - user does not exist"));
            return Fate::Dropped;
        }
        let token = Token {
            name: id.name,
            expire,
            separated: truth(field(2)),
            comment: decode(field(3).as_bytes()),
            rest: beyond(fields, 4),
        };
        let kept = self.kept_lines();
        self.directory.users.amend(
            &id.user,
            &kept,
            || User::new(id.user.clone()),
            |user| match user.tokens.binary_search_by(|one| one.name.cmp(&token.name)) {
                Ok(place) => {
                    if let Some(known) = user.tokens.get_mut(place) {
                        known.expire = token.expire;
                        known.separated = token.separated;
                        known.rest.push_str(&token.rest);
                        if !token.comment.is_empty() {
                            known.comment = token.comment;
                        }
                    }
                }
                Err(place) => user.tokens.insert(place, token),
            },
        );
        Fate::Taken
    }

    fn group(&mut self, fields: &[&str]) -> Fate {
        let field = |place: usize| fields.get(place).copied().unwrap_or_default();
        let Ok(id) = GroupId::parse(field(0)) else {
            return self.keep(format!("ignore group '{}' - invalid characters in group name", field(0)));
        };
        let (mut members, mut unknown) = (Vec::new(), Vec::new());
        for member in self.items(field(1)) {
            let user = UserId::parse(member);
            if user.is_err() || !self.directory.users.contains(member) {
                self.warn(format!("ignore invalid group member '{member}'"));
            }
            match user {
                Ok(user) => members.push(user),
                Err(_) => unknown.push(member.to_owned()),
            }
        }
        let kept = self.kept_lines();
        self.directory.groups.amend(
            &id,
            &kept,
            || Group::new(id.clone()),
            |group| {
                group.members.extend(members);
                group.unknown.extend(unknown);
                if !field(2).is_empty() {
                    group.comment = decode(field(2).as_bytes());
                }
                group.rest.push_str(&beyond(fields, 3));
            },
        );
        Fate::Taken
    }

    fn role(&mut self, fields: &[&str]) -> Fate {
        let field = |place: usize| fields.get(place).copied().unwrap_or_default();
        let Ok(id) = RoleId::parse(field(0)) else {
            return self.keep(format!("ignore role '{}' - invalid characters in role name", field(0)));
        };
        if self.directory.rules.builtin_roles.contains(&id) {
            return self.keep(format!("ignore role '{id}' - a built-in role cannot be changed"));
        }
        let mut privileges = BTreeSet::new();
        for name in self.items(field(1)) {
            if self.catalogue.privilege(name).is_none() {
                self.warn(format!("ignore invalid privilege '{name}'"));
            }
            privileges.insert(name.to_owned());
        }
        let kept = self.kept_lines();
        let fresh = || Role { id: id.clone(), privileges: BTreeSet::new(), rest: String::new() };
        self.directory.roles.amend(&id, &kept, fresh, |role| {
            role.privileges.extend(privileges);
            role.rest.push_str(&beyond(fields, 2));
        });
        Fate::Taken
    }

    fn pool(&mut self, fields: &[&str]) -> Fate {
        let field = |place: usize| fields.get(place).copied().unwrap_or_default();
        let Ok(id) = PoolId::parse(field(0)) else {
            return self.keep(format!("ignore pool '{}' - invalid characters in pool name", field(0)));
        };
        let mut above = id.parent();
        while let Some(parent) = above.filter(|parent| !self.directory.pools.contains(parent.as_str())) {
            above = parent.parent();
            self.directory.pools.put(Pool::new(parent));
        }
        let mut pool = self.directory.pools.get(id.as_str()).unwrap_or_else(|| Pool::new(id.clone()));
        if !field(1).is_empty() {
            pool.comment = decode(field(1).as_bytes());
        }
        for text in self.items(field(2)) {
            let Some(guest) = VmId::lenient(text) else {
                self.warn(format!("ignore invalid vmid '{text}' in pool '{id}'"));
                pool.unknown_guests.insert(text.to_owned());
                continue;
            };
            if self.guests.contains_key(&guest) {
                self.warn(format!("ignore duplicate vmid '{guest}' in pool '{id}'"));
                continue;
            }
            self.guests.insert(guest, id.clone());
            pool.guests.insert(guest);
        }
        for text in self.items(field(3)) {
            match StorageId::parse(text) {
                Ok(storage) => drop(pool.storages.insert(storage)),
                Err(_) => {
                    self.warn(format!("ignore invalid storage '{text}' in pool '{id}'"));
                    pool.unknown_storages.insert(text.to_owned());
                }
            }
        }
        pool.rest.push_str(&beyond(fields, 4));
        let kept = self.kept_lines();
        self.directory.pools.amend(&id, &kept, || Pool::new(id.clone()), |known| *known = pool);
        Fate::Taken
    }

    fn acl(&mut self, fields: &[&str]) -> Fate {
        let field = |place: usize| fields.get(place).copied().unwrap_or_default();
        let Ok(path) = AclPath::parse(field(1)).map(|path| path.node()) else {
            return self.keep(format!("ignore invalid path in acl '{}'", field(1)));
        };
        let propagate = truth(field(0));
        let subjects = self.items(field(2));
        let subjects: Vec<Subject> = subjects.into_iter().filter_map(|text| self.subject(text)).collect();
        let mut roles = Vec::new();
        for text in self.items(field(3)) {
            match RoleId::parse(text) {
                Err(_) => self.warn(format!("ignore invalid role name '{text}' in acl")),
                Ok(role) if !self.directory.has_role(&role) => {
                    self.warn(format!("ignore invalid acl role '{role}'"))
                }
                Ok(role) => roles.push(role),
            }
        }
        if subjects.is_empty() || roles.is_empty() {
            return Fate::Dropped;
        }
        if !beyond(fields, 4).is_empty() {
            self.warn(format!("ignore fields behind the roles of the acl for '{path}'"));
        }
        let kept = self.kept_lines();
        self.directory.acl.amend(
            &path,
            &kept,
            || AclNode::new(path.clone()),
            |node| {
                for subject in &subjects {
                    for role in &roles {
                        node.entries.insert((subject.clone(), role.clone()), propagate);
                    }
                }
            },
        );
        Fate::Taken
    }

    fn subject(&mut self, text: &str) -> Option<Subject> {
        let subject = Subject::parse(text);
        match &subject {
            Some(Subject::Group(group)) => {
                if !self.directory.groups.contains(group.as_str()) {
                    self.warn(format!("ignore invalid acl group '{group}'"));
                }
            }
            Some(Subject::User(user)) => {
                if !self.directory.users.contains(user.as_str()) {
                    self.warn(format!("ignore invalid acl member '{user}'"));
                }
            }
            Some(Subject::Token(token)) => {
                let known = |owner: &User| owner.token(token.name.as_str()).is_some();
                if self.directory.users.look(token.user.as_str(), known) != Some(true) {
                    self.warn(format!("ignore invalid acl token '{token}'"));
                    return None;
                }
            }
            None => self.warn(format!("ignore invalid acl token '{text}'")),
        }
        subject
    }
}
