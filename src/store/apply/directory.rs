//! Users, groups, roles and ACL entries as a document says.

use super::{Persons, pools};
use crate::catalogue::Catalogue;
use crate::error::{Error, Noun, Result};
use crate::format::document::{self, Document};
use crate::model::acl::Subject;
use crate::model::directory::Directory;
use crate::model::group::Group;
use crate::model::id::{GroupId, RoleId, TokenId, UserId};
use crate::model::role::Role;
use crate::model::token::Token;
use crate::model::user::{User, is_mail_address};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// From this many users on they are put all at once.
const MANY: usize = 500;

/// Edits everything of `user.cfg`; tells who came and went. In the realms `without_case` no two users may differ
/// by letter case alone.
pub(super) fn edit(
    directory: &mut Directory,
    catalogue: &Catalogue,
    document: &Document,
    prune: bool,
    without_case: &BTreeSet<String>,
) -> Result<Persons> {
    let mut persons = Persons::default();
    if let Some(named) = &document.roles {
        roles(directory, catalogue, named, prune)?;
    }
    if let Some(named) = &document.users {
        users(directory, named, prune, &mut persons)?;
        refuse_twins(directory, &persons.new, without_case)?;
    }
    if let Some(named) = &document.groups {
        groups(directory, named, prune)?;
    }
    if let Some(named) = &document.pools {
        pools::edit(directory, named, prune)?;
    }
    if document.acl.is_some() {
        acl(directory, catalogue, document, prune)?;
    }
    Ok(persons)
}

/// Puts a field as it is said; one that is not said stays, or is cleared.
pub(super) fn set<T: Clone>(field: &mut T, said: Option<&T>, prune: bool, cleared: T) {
    match said {
        Some(value) => field.clone_from(value),
        None if prune => *field = cleared,
        None => {}
    }
}

fn roles(
    directory: &mut Directory,
    catalogue: &Catalogue,
    named: &BTreeMap<RoleId, document::Role>,
    prune: bool,
) -> Result<()> {
    for (id, said) in named {
        let before = directory.roles.get(id.as_str());
        let mut privileges = before.as_ref().map(|role| role.privileges.clone()).unwrap_or_default();
        set(&mut privileges, said.privileges.as_ref(), prune, BTreeSet::new());
        let known = before.as_ref().map(|role| &role.privileges);
        for name in privileges.iter().filter(|name| known.is_none_or(|known| !known.contains(*name))) {
            catalogue.require_privilege(name).map_err(|error| in_thing("role", id.as_str(), error))?;
        }
        match before {
            Some(_) => directory.modify_role(id, privileges, false)?,
            None => directory
                .add_role(Role { id: id.clone(), privileges, rest: String::new() })
                .map_err(|error| in_thing("role", id.as_str(), error))?,
        }
    }
    if prune {
        let gone: Vec<RoleId> = directory.roles.ids().filter_map(|id| RoleId::parse(id).ok()).collect();
        for id in gone.iter().filter(|id| !named.contains_key(*id)) {
            directory.remove_role(id)?;
        }
    }
    Ok(())
}

/// The failure of one thing among many, with its name.
pub(super) fn in_thing(sort: &str, name: &str, error: Error) -> Error {
    let hint = error.hint().map(str::to_owned);
    let refused = Error::refused(format!("{sort} '{name}': {error}"));
    match hint {
        Some(hint) => refused.with_hint(hint),
        None => refused,
    }
}

fn users(
    directory: &mut Directory,
    named: &BTreeMap<UserId, document::User>,
    prune: bool,
    persons: &mut Persons,
) -> Result<()> {
    let superuser = directory.rules.superuser.clone();
    if prune {
        let ids = directory.users.ids().filter(|id| !named.contains_key(*id));
        let gone = ids.filter_map(|id| UserId::parse(id).ok()).filter(|id| Some(id) != superuser.as_ref());
        persons.gone = gone.collect();
    }
    let mut puts = Vec::new();
    for ((id, said), before) in named.iter().zip(directory.users.get_each(named.keys().map(|id| id.as_str())))
    {
        if before.is_none() {
            require_good_name(id)?;
            persons.new.insert(id.clone());
        }
        let after = user(id, said, before.as_ref(), prune)?;
        if before.as_ref() == Some(&after) {
            continue;
        }
        let tokens = |user: &User| -> BTreeSet<TokenId> {
            let id = |token: &Token| TokenId { user: user.id.clone(), name: token.name.clone() };
            user.tokens.iter().map(id).collect()
        };
        let (old, new) = (before.as_ref().map(tokens).unwrap_or_default(), tokens(&after));
        persons.new_tokens.extend(new.difference(&old).cloned());
        persons.gone_tokens.extend(old.difference(&new).cloned());
        puts.push(after);
    }
    if !persons.gone.is_empty() {
        let (tokens, _) = directory.remove_users(&persons.gone)?;
        persons.gone_tokens.extend(tokens);
    }
    let Persons { new, gone, new_tokens, gone_tokens } = &*persons;
    // What was left over under a new name is not given to whoever gets it.
    let left: BTreeSet<UserId> = new.union(gone).cloned().collect();
    directory.remove_memberships(&left);
    if !(left.is_empty() && new_tokens.is_empty() && gone_tokens.is_empty()) {
        directory.drop_subjects(|subject| match subject {
            Subject::User(id) => left.contains(id),
            Subject::Token(id) => new_tokens.contains(id) || gone_tokens.contains(id),
            Subject::Group(_) => false,
        });
    }
    if puts.len() >= MANY {
        return directory.set_users(puts.into_iter().map(Ok));
    }
    puts.into_iter().try_for_each(|user| directory.set_user(user))
}

fn require_good_name(id: &UserId) -> Result<()> {
    if id.holds_list_separator() || id.holds_control_character() {
        let message =
            format!("user '{}' holds a ',', a ';' or a control character", id.as_str().escape_debug());
        return Err(Error::refused(message).with_hint("no user is given such a name any more"));
    }
    Ok(())
}

/// A user as it is to be.
fn user(id: &UserId, said: &document::User, before: Option<&User>, prune: bool) -> Result<User> {
    let mut after = before.cloned().unwrap_or_else(|| User::new(id.clone()));
    set(&mut after.enable, said.enable.as_ref(), prune, true);
    let mut expire = after.expire.unwrap_or_default();
    set(&mut expire, said.expire.as_ref(), prune, 0);
    if expire != after.expire.unwrap_or_default() {
        after.expire = Some(expire);
    }
    set(&mut after.first_name, said.firstname.as_ref(), prune, String::new());
    set(&mut after.last_name, said.lastname.as_ref(), prune, String::new());
    set(&mut after.email, said.email.as_ref(), prune, String::new());
    set(&mut after.comment, said.comment.as_ref(), prune, String::new());
    if before.map(|user| &user.email) != Some(&after.email) && !is_mail_address(&after.email) {
        return Err(Error::refused(format!("user '{id}': '{}' is no mail address", after.email)));
    }
    match &said.tokens {
        None if prune => after.tokens.clear(),
        None => {}
        Some(named) => {
            if prune {
                after.tokens.retain(|token| named.contains_key(&token.name));
            }
            for (name, said) in named {
                let place = after.tokens.binary_search_by(|token| token.name.cmp(name));
                let before = place.ok().and_then(|place| after.tokens.get(place));
                let mut token = before.cloned().unwrap_or_else(|| Token {
                    name: name.clone(),
                    expire: 0,
                    separated: true,
                    comment: String::new(),
                    rest: String::new(),
                });
                set(&mut token.separated, said.privsep.as_ref(), prune, true);
                set(&mut token.expire, said.expire.as_ref(), prune, 0);
                set(&mut token.comment, said.comment.as_ref(), prune, String::new());
                match place {
                    Ok(place) => after.tokens.get_mut(place).into_iter().for_each(|one| *one = token.clone()),
                    Err(place) => after.tokens.insert(place, token),
                }
            }
        }
    }
    Ok(after)
}

fn refuse_twins(directory: &Directory, new: &BTreeSet<UserId>, realms: &BTreeSet<String>) -> Result<()> {
    if !new.iter().any(|id| realms.contains(id.realm())) {
        return Ok(());
    }
    let mut seen: HashMap<String, &str> = HashMap::new();
    for id in directory.users.ids() {
        let realm = id.rsplit_once('@').map_or("", |(_, realm)| realm);
        if !realms.contains(realm) {
            continue;
        }
        if let Some(other) = seen.insert(id.to_lowercase(), id)
            && (new.contains(id) || new.contains(other))
        {
            let message = format!("users '{other}' and '{id}' differ by letter case alone");
            return Err(Error::refused(message).with_hint(format!("it does not count in realm '{realm}'")));
        }
    }
    Ok(())
}

fn groups(directory: &mut Directory, named: &BTreeMap<GroupId, document::Group>, prune: bool) -> Result<()> {
    let ids = directory.groups.ids().filter_map(|id| GroupId::parse(id).ok());
    let there: BTreeSet<GroupId> = ids.collect();
    let gone: BTreeSet<GroupId> = match prune {
        true => there.iter().filter(|id| !named.contains_key(*id)).cloned().collect(),
        false => BTreeSet::new(),
    };
    directory.remove_groups(&gone);
    let new: BTreeSet<&GroupId> = named.keys().filter(|id| !there.contains(*id)).collect();
    if !(new.is_empty() && gone.is_empty()) {
        directory.drop_subjects(
            |subject| matches!(subject, Subject::Group(id) if gone.contains(id) || new.contains(id)),
        );
    }
    for (id, said) in named {
        let before = directory.groups.get(id.as_str());
        let mut after = before.clone().unwrap_or_else(|| Group::new(id.clone()));
        set(&mut after.comment, said.comment.as_ref(), prune, String::new());
        set(&mut after.members, said.members.as_ref(), prune, BTreeSet::new());
        let was = |user: &UserId| before.as_ref().is_some_and(|group| group.members.contains(user));
        let mut strangers = after.members.iter().filter(|user| !was(user));
        if let Some(stranger) = strangers.find(|user| !directory.users.contains(user.as_str())) {
            let error = Error::unknown(Noun::User, stranger);
            return Err(in_thing("group", id.as_str(), error)
                .with_hint("name the user in the document, or take it out of the group"));
        }
        if before.as_ref() != Some(&after) {
            directory.set_group(after)?;
        }
    }
    Ok(())
}

fn acl(directory: &mut Directory, catalogue: &Catalogue, document: &Document, prune: bool) -> Result<()> {
    let Some(named) = &document.acl else { return Ok(()) };
    let superuser = directory.rules.superuser.clone().map(Subject::User);
    let mut by_node: BTreeMap<_, BTreeMap<&Subject, BTreeMap<&RoleId, bool>>> = BTreeMap::new();
    for (path, holders) in named {
        let node = by_node.entry(path.node()).or_default();
        for (subject, roles) in &holders.0 {
            let roles = roles.0.iter().map(|(role, propagate)| (role, *propagate));
            node.entry(subject).or_default().extend(roles);
        }
    }
    if prune {
        let paths = directory.acl.ids().filter_map(|path| crate::model::path::AclPath::parse(path).ok());
        for path in paths.filter(|path| !by_node.contains_key(path)).collect::<Vec<_>>() {
            directory.retain_entries(&path, |subject, _| Some(subject) == superuser.as_ref());
        }
    }
    for (path, holders) in &by_node {
        let before = directory.acl.get(path.as_str()).map(|node| node.entries).unwrap_or_default();
        let stays = |subject: &Subject, role: &RoleId| match holders.get(subject) {
            Some(roles) => roles.contains_key(role),
            None => !prune || Some(subject) == superuser.as_ref(),
        };
        if before.keys().any(|(subject, role)| !stays(subject, role)) {
            directory.retain_entries(path, stays);
        }
        for (subject, roles) in holders.iter().filter(|(one, _)| Some(**one) != superuser.as_ref()) {
            for (role, propagate) in roles {
                let old = before.get(&((*subject).clone(), (*role).clone()));
                if old == Some(propagate) {
                    continue;
                }
                if old.is_none() && !catalogue.allows_path(path) {
                    let message = format!("no permissions can be set at '{path}': no such path");
                    return Err(Error::refused(message));
                }
                directory
                    .grant(path, &[(*subject).clone()], &[(*role).clone()], *propagate)
                    .map_err(|error| in_thing("acl", path.as_str(), error))?;
            }
        }
    }
    Ok(())
}
