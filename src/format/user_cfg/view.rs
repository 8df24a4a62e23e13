//! Records as they are looked at, without decoding them.

use super::record::lines;
use crate::format::line::{at_least, order};
use crate::model::acl::AclNode;
use crate::model::directory::Directory;
use crate::model::facts::items;
use crate::model::group::Group;
use crate::model::id::{UserId, split_user};
use crate::model::table::Source;
use crate::model::user::User;
use crate::model::view::{EntryView, GroupView, SubjectRef, TokenRef, TokenView, UserView};

/// All users, in order of their ids.
pub fn users(directory: &Directory) -> Vec<UserView<'_>> {
    let views = directory.users.sources().filter_map(|source| match source {
        Source::Text(text) => user(text),
        Source::Record(record) => Some(user_of(record)),
    });
    let mut users = Vec::with_capacity(directory.users.room());
    users.extend(views);
    users
}

fn user(text: &str) -> Option<UserView<'_>> {
    let mut lines = lines(text);
    let line = lines.next()?.strip_prefix("user:")?;
    let ([id, enable, expire, ..], rest) = at_least::<8>(line)?;
    let tokens = lines.map(token).collect::<Option<_>>()?;
    Some(UserView { id, enable: enable == "1", expire: Some(expire.parse().ok()?), rest, tokens })
}

fn token(line: &str) -> Option<TokenView<'_>> {
    let ([id, expire, separated, _], rest) = at_least::<4>(line.strip_prefix("token:")?)?;
    let id = TokenRef::of(id)?;
    Some(TokenView { id, expire: expire.parse().ok()?, separated: separated == "1", rest })
}

fn user_of(user: &User) -> UserView<'_> {
    let tokens = user.tokens.iter().map(|token| TokenView {
        id: TokenRef { user: user.id.as_str(), name: token.name.as_str() },
        expire: token.expire,
        separated: token.separated,
        rest: &token.rest,
    });
    UserView {
        id: user.id.as_str(),
        enable: user.enable,
        expire: user.expire,
        rest: &user.rest,
        tokens: tokens.collect(),
    }
}

/// All groups, in order of their ids.
pub fn groups(directory: &Directory) -> Vec<GroupView<'_>> {
    let views = directory.groups.sources().filter_map(|source| match source {
        Source::Text(text) => group(text),
        Source::Record(record) => Some(group_of(record)),
    });
    views.collect()
}

fn group(text: &str) -> Option<GroupView<'_>> {
    let ([id, list, _], rest) = at_least::<3>(text.strip_prefix("group:")?.trim_end_matches('\n'))?;
    let (members, unknown) = items(list).partition(|member| split_user(member).is_some());
    Some(GroupView { id, members, unknown, rest })
}

fn group_of(group: &Group) -> GroupView<'_> {
    GroupView {
        id: group.id.as_str(),
        members: group.members.iter().map(UserId::as_str).collect(),
        unknown: group.unknown.iter().map(String::as_str).collect(),
        rest: &group.rest,
    }
}

/// All ACL entries: by path, by subject as it is printed, then by role.
pub fn entries(directory: &Directory) -> Vec<EntryView<'_>> {
    let mut entries = Vec::with_capacity(directory.acl.room());
    let mut held = Vec::new();
    for source in directory.acl.sources() {
        match source {
            Source::Text(text) => {
                held.clear();
                let Some(path) = entries_of(text, &mut held) else { continue };
                entries.extend(held.iter().map(|(subject, role, propagate)| EntryView {
                    path,
                    subject: SubjectRef::of(subject),
                    role,
                    propagate: *propagate,
                }));
            }
            Source::Record(node) => entries.extend(entries_in(node)),
        }
    }
    entries
}

/// The path the lines are about. Every subject with every role and their flag goes to `held`, sorted.
fn entries_of<'t>(text: &'t str, held: &mut Vec<(&'t str, &'t str, bool)>) -> Option<&'t str> {
    let mut at = None;
    for line in lines(text) {
        let ([_, propagate, path, subjects, roles], _) = at_least::<5>(line)?;
        for subject in items(subjects) {
            held.extend(items(roles).map(|role| (subject, role, propagate == "1")));
        }
        at = Some(path);
    }
    held.sort_unstable_by(|left, right| order(left.0, right.0).then_with(|| order(left.1, right.1)));
    at
}

fn entries_in(node: &AclNode) -> impl Iterator<Item = EntryView<'_>> {
    node.entries.iter().map(|((subject, role), propagate)| EntryView {
        path: node.path.as_str(),
        subject: subject.into(),
        role: role.as_str(),
        propagate: *propagate,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::format::user_cfg::{parse, render};
    use std::sync::Arc;

    const TEXT: &str = "\
user:a!b@pve:1:0::::::\n\
token:a!b@pve!ci:7:1::x:\n\
user:joe@pve:0:12:J%C3%B6:::::rest:\n\
\n\
group:devs:ann@pve,joe@pve:text:\n\
group:none:::\n\
\n\
\n\
role:mine:VM.Audit:\n\
\n\
acl:1:/vms:a!b@pve,a!b@pve!ci:mine:\n\
acl:1:/vms:@none:PVEAdmin,mine:\n\
acl:0:/vms:@devs,joe@pve:PVEAdmin:\n";

    /// Whether the entries were left as text.
    fn agree(text: &str) -> bool {
        let (directory, _) = parse(&Arc::new(text.as_bytes().to_vec()), &Catalogue::pve9());
        let decoded: Vec<User> = directory.users.iter().collect();
        assert_eq!(users(&directory), decoded.iter().map(user_of).collect::<Vec<_>>());
        let decoded: Vec<Group> = directory.groups.iter().collect();
        assert_eq!(groups(&directory), decoded.iter().map(group_of).collect::<Vec<_>>());
        let decoded: Vec<AclNode> = directory.acl.iter().collect();
        assert_eq!(entries(&directory), decoded.iter().flat_map(entries_in).collect::<Vec<_>>());
        assert!(!entries(&directory).is_empty());
        matches!(directory.acl.sources().next(), Some(Source::Text(_)))
    }

    #[test]
    fn views_are_what_records_say() {
        // Lines with fields beyond the known ones are never left as they stand.
        let plain = TEXT.replace("rest:\n", "\n").replace("x:\n", "\n").into_bytes();
        let (directory, _) = parse(&Arc::new(plain), &Catalogue::pve9());
        let canonical = render(&directory).to_vec();
        assert!(agree(std::str::from_utf8(&canonical).unwrap()));
        assert!(!agree(&format!("# by hand\n{TEXT}group:odd:joe@pve, no:c:more:\n")));
    }
}
