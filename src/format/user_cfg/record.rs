//! The lines of one record: canonical text in and out.

use crate::format::encoding::{decode, encode};
use crate::format::line::{Cursor, at_least};
use crate::model::acl::{AclNode, Subject};
use crate::model::directory::Tell;
use crate::model::facts::{Facts, items};
use crate::model::group::Group;
use crate::model::id::{GroupId, PoolId, RoleId, StorageId, TokenName, UserId, VmId};
use crate::model::path::AclPath;
use crate::model::pool::Pool;
use crate::model::role::Role;
use crate::model::table::{Headed, Record};
use crate::model::token::Token;
use crate::model::user::User;
use std::collections::BTreeMap;

fn flag(value: bool) -> char {
    if value { '1' } else { '0' }
}

fn join<T: AsRef<str>>(items: impl IntoIterator<Item = T>, out: &mut String) {
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push_str(item.as_ref());
    }
}

fn sorted(mut items: Vec<String>) -> Vec<String> {
    items.sort();
    items
}

/// The lines of a record without their newlines.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split_terminator('\n')
}

/// Shows `see` the beginning of each line, until it finds one that is none of its own.
fn each_line<'t>(text: &'t str, mut see: impl FnMut(&mut Cursor<'t>) -> Option<()>) {
    let mut cursor = Cursor::at(text);
    while cursor.left() > 0 && see(&mut cursor).is_some() && cursor.line().is_some() {}
}

impl Record for User {
    type Id = UserId;

    fn id(&self) -> &UserId {
        &self.id
    }

    fn decode(text: &str) -> Option<Self> {
        let mut lines = lines(text);
        let line = lines.next()?.strip_prefix("user:")?;
        let ([id, enable, expire, first, last, email, comment, keys], rest) = at_least::<8>(line)?;
        Some(Self {
            id: UserId::parse(id).ok()?,
            enable: enable == "1",
            expire: Some(expire.parse().ok()?),
            first_name: decode(first.as_bytes()),
            last_name: decode(last.as_bytes()),
            email: email.to_owned(),
            comment: decode(comment.as_bytes()),
            keys: keys.to_owned(),
            rest: rest.to_owned(),
            tokens: lines.map(decode_token).collect::<Option<_>>()?,
        })
    }

    fn encode(&self, out: &mut String) {
        out.extend(["user:", self.id.as_str(), ":"]);
        out.extend([flag(self.enable), ':']);
        out.push_str(&self.expire.unwrap_or(0).to_string());
        out.push(':');
        for text in [&self.first_name, &self.last_name] {
            encode(text, out);
            out.push(':');
        }
        out.extend([self.email.as_str(), ":"]);
        encode(&self.comment, out);
        out.extend([":", &self.keys, ":", &self.rest, "\n"]);
        for token in &self.tokens {
            out.extend(["token:", self.id.as_str(), "!", token.name.as_str(), ":"]);
            out.push_str(&token.expire.to_string());
            out.extend([':', flag(token.separated), ':']);
            encode(&token.comment, out);
            out.extend([":", &token.rest, "\n"]);
        }
    }
}

fn decode_token(line: &str) -> Option<Token> {
    let ([id, expire, separated, comment], rest) = at_least::<4>(line.strip_prefix("token:")?)?;
    Some(Token {
        name: TokenName::parse(id.rsplit_once('!')?.1).ok()?,
        expire: expire.parse().ok()?,
        separated: separated == "1",
        comment: decode(comment.as_bytes()),
        rest: rest.to_owned(),
    })
}

impl Headed for User {
    const HEAD: &'static str = "user:";
}

impl Tell for User {
    fn tell(text: &str, facts: &mut impl Facts) {
        each_line(text, |line| {
            if line.skip("user:").is_some() {
                facts.user(line.any()?);
            } else {
                line.skip("token:")?;
                let (id, _expire, separated) = (line.any()?, line.any()?, line.any()?);
                facts.token(id, separated == "1");
            }
            Some(())
        });
    }
}

impl Record for Group {
    type Id = GroupId;

    fn id(&self) -> &GroupId {
        &self.id
    }

    fn decode(text: &str) -> Option<Self> {
        let ([id, members, comment], rest) =
            at_least::<3>(text.strip_prefix("group:")?.trim_end_matches('\n'))?;
        let mut group = Self::new(GroupId::parse(id).ok()?);
        for member in items(members) {
            match UserId::parse(member) {
                Ok(user) => drop(group.members.insert(user)),
                Err(_) => drop(group.unknown.insert(member.to_owned())),
            }
        }
        group.comment = decode(comment.as_bytes());
        rest.clone_into(&mut group.rest);
        Some(group)
    }

    fn mentions(&self, word: &str) -> bool {
        // Groups are only searched for members, and those of a large one are not to be written out for each search.
        self.members.contains(word)
    }

    fn encode(&self, out: &mut String) {
        out.extend(["group:", self.id.as_str(), ":"]);
        if self.unknown.is_empty() {
            join(&self.members, out);
        } else {
            let members = self.members.iter().map(UserId::to_string);
            join(sorted(members.chain(self.unknown.iter().cloned()).collect()), out);
        }
        out.push(':');
        encode(&self.comment, out);
        out.extend([":", &self.rest, "\n"]);
    }
}

impl Tell for Group {
    fn tell(text: &str, facts: &mut impl Facts) {
        each_line(text, |line| {
            line.skip("group:")?;
            facts.group(line.any()?, line.any()?);
            Some(())
        });
    }
}

impl Record for Pool {
    type Id = PoolId;

    fn id(&self) -> &PoolId {
        &self.id
    }

    fn decode(text: &str) -> Option<Self> {
        let ([id, comment, guests, storages], rest) =
            at_least::<4>(text.strip_prefix("pool:")?.trim_end_matches('\n'))?;
        let mut pool = Self::new(PoolId::parse(id).ok()?);
        pool.comment = decode(comment.as_bytes());
        for guest in items(guests) {
            match VmId::lenient(guest) {
                Some(id) => drop(pool.guests.insert(id)),
                None => drop(pool.unknown_guests.insert(guest.to_owned())),
            }
        }
        for storage in items(storages) {
            match StorageId::parse(storage) {
                Ok(id) => drop(pool.storages.insert(id)),
                Err(_) => drop(pool.unknown_storages.insert(storage.to_owned())),
            }
        }
        rest.clone_into(&mut pool.rest);
        Some(pool)
    }

    fn encode(&self, out: &mut String) {
        out.extend(["pool:", self.id.as_str(), ":"]);
        encode(&self.comment, out);
        out.push(':');
        let guests = self.guests.iter().map(VmId::to_string);
        join(sorted(guests.chain(self.unknown_guests.iter().cloned()).collect()), out);
        out.push(':');
        let storages = self.storages.iter().map(StorageId::to_string);
        join(sorted(storages.chain(self.unknown_storages.iter().cloned()).collect()), out);
        out.extend([":", &self.rest, "\n"]);
    }
}

impl Tell for Pool {
    fn tell(text: &str, facts: &mut impl Facts) {
        each_line(text, |line| {
            line.skip("pool:")?;
            let (id, _comment) = (line.any()?, line.any()?);
            facts.pool(id, line.any()?, line.any()?);
            Some(())
        });
    }
}

impl Record for Role {
    type Id = RoleId;

    fn id(&self) -> &RoleId {
        &self.id
    }

    fn decode(text: &str) -> Option<Self> {
        let ([id, privileges], rest) = at_least::<2>(text.strip_prefix("role:")?.trim_end_matches('\n'))?;
        Some(Self {
            id: RoleId::parse(id).ok()?,
            privileges: items(privileges).map(str::to_owned).collect(),
            rest: rest.to_owned(),
        })
    }

    fn encode(&self, out: &mut String) {
        out.extend(["role:", self.id.as_str(), ":"]);
        join(&self.privileges, out);
        out.extend([":", &self.rest, "\n"]);
    }
}

impl Tell for Role {
    fn tell(text: &str, facts: &mut impl Facts) {
        each_line(text, |line| {
            line.skip("role:")?;
            facts.role(line.any()?, line.any()?);
            Some(())
        });
    }
}

impl Record for AclNode {
    type Id = AclPath;

    fn id(&self) -> &AclPath {
        &self.path
    }

    fn decode(text: &str) -> Option<Self> {
        let mut node: Option<Self> = None;
        for line in lines(text) {
            let ([_, propagate, path, subjects, roles], _) = at_least::<5>(line)?;
            let roles: Vec<RoleId> = items(roles).map(RoleId::parse).collect::<Result<_, _>>().ok()?;
            let node = match &mut node {
                Some(node) => node,
                None => node.insert(Self::new(AclPath::parse(path).ok()?)),
            };
            for subject in items(subjects) {
                let subject = Subject::parse(subject)?;
                for role in &roles {
                    node.entries.insert((subject.clone(), role.clone()), propagate == "1");
                }
            }
        }
        node
    }

    /// Subjects that hold the same roles with the same flag share a line; the lines without
    /// propagation come first, each sort ordered by its list of roles.
    fn encode(&self, out: &mut String) {
        for propagate in [false, true] {
            let mut roles_of: BTreeMap<&Subject, String> = BTreeMap::new();
            for ((subject, role), _) in self.entries.iter().filter(|(_, flag)| **flag == propagate) {
                let roles = roles_of.entry(subject).or_default();
                if !roles.is_empty() {
                    roles.push(',');
                }
                roles.push_str(role.as_str());
            }
            let mut holders: BTreeMap<&str, Vec<String>> = BTreeMap::new();
            for (subject, roles) in &roles_of {
                holders.entry(roles).or_default().push(subject.to_string());
            }
            for (roles, subjects) in holders {
                out.push_str("acl:");
                out.extend([flag(propagate), ':']);
                out.extend([self.path.as_str(), ":"]);
                join(subjects, out);
                out.extend([":", roles, ":\n"]);
            }
        }
    }
}

impl Tell for AclNode {
    fn tell(text: &str, facts: &mut impl Facts) {
        each_line(text, |line| {
            line.skip("acl:")?;
            let (propagate, path) = (line.flag()?, line.any()?);
            facts.acl(path, propagate == "1", line.any()?, line.any()?);
            Some(())
        });
    }
}
