//! The contents of a directory as all rules look at them.

use super::input::{Contents, Input};
use crate::access::Policy;
use crate::catalogue::Catalogue;
use crate::error::Result;
use crate::format::{bind_password, user_cfg};
use crate::model::privilege::PrivilegeSet;
use crate::model::realm::Realm;
use crate::model::view::{EntryView, GroupView, SubjectRef, TokenRef, TokenView, UserView};
use crate::realm::ldap::Settings;
use foldhash::{HashMap, HashSet};
use std::sync::OnceLock;

/// Everything that was read, and what is looked up in it again and again.
pub(super) struct Book<'b> {
    pub(super) input: &'b Input<'b>,
    pub(super) contents: &'b Contents,
    pub(super) users: Vec<UserView<'b>>,
    pub(super) groups: Vec<GroupView<'b>>,
    pub(super) entries: Vec<EntryView<'b>>,
    /// Where each group is among the groups.
    group_places: HashMap<&'b str, usize>,
    /// The ids of all users.
    user_ids: HashSet<&'b str>,
    /// The subjects of entries that are not there.
    absent: HashSet<SubjectRef<'b>>,
    /// The paths of the entries of each token.
    token_paths: HashMap<TokenRef<'b>, Vec<&'b str>>,
    policy: OnceLock<Policy>,
}

impl<'b> Book<'b> {
    pub(super) fn open(input: &'b Input<'b>, contents: &'b Contents) -> Self {
        let directory = &contents.directory;
        let mut book = Self {
            input,
            contents,
            users: user_cfg::users(directory),
            groups: user_cfg::groups(directory),
            entries: user_cfg::entries(directory),
            group_places: HashMap::default(),
            user_ids: HashSet::default(),
            absent: HashSet::default(),
            token_paths: HashMap::default(),
            policy: OnceLock::new(),
        };
        book.group_places.extend(book.groups.iter().enumerate().map(|(place, group)| (group.id, place)));
        book.user_ids.extend(book.users.iter().map(|user| user.id));
        for entry in &book.entries {
            let there = match entry.subject {
                SubjectRef::User(id) => book.user_ids.contains(id),
                SubjectRef::Group(id) => book.group_places.contains_key(id),
                SubjectRef::Token(id) => {
                    book.token_paths.entry(id).or_default().push(entry.path);
                    // Entries of tokens that are not there are never read.
                    true
                }
            };
            if !there {
                book.absent.insert(entry.subject);
            }
        }
        book
    }

    pub(super) fn text(&self, name: &str) -> &'b [u8] {
        self.input.files.get(name).map(|text| text.as_slice()).unwrap_or_default()
    }

    pub(super) fn catalogue(&self) -> &'b Catalogue {
        self.input.catalogue
    }

    /// The moment, in seconds since 1970.
    pub(super) fn now(&self) -> u64 {
        u64::try_from(self.input.now).unwrap_or_default()
    }

    /// What a role holds, built in or not.
    pub(super) fn privileges(&self, role: &str) -> PrivilegeSet {
        let own = || {
            let role = self.contents.roles.iter().find(|one| one.id.as_str() == role)?;
            Some(role.privileges.iter().filter_map(|name| self.catalogue().privilege(name)).collect())
        };
        self.catalogue().role(role).or_else(own).unwrap_or_default()
    }

    pub(super) fn policy(&self) -> &Policy {
        self.policy.get_or_init(|| Policy::compile(&self.contents.directory, self.input.catalogue))
    }

    /// The settings of a realm's session, with the password it binds with.
    pub(super) fn settings(&self, realm: &Realm) -> Result<Settings> {
        let names = bind_password::files(realm.id());
        let found = names.iter().find_map(|name| Some((name, self.input.files.get(name)?)));
        let password = found.map(|(name, text)| bind_password::read(name, text)).transpose()?;
        Settings::of(realm, password)
    }

    /// Every token.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &TokenView<'b>> {
        self.users.iter().flat_map(|user| &user.tokens)
    }

    /// Whether there is a user of this id.
    pub(super) fn has_user(&self, id: &str) -> bool {
        self.user_ids.contains(id)
    }

    /// The group of this id.
    pub(super) fn group(&self, id: &str) -> Option<&GroupView<'b>> {
        self.groups.get(*self.group_places.get(id)?)
    }

    /// Whether the subject of an entry is there.
    pub(super) fn exists(&self, subject: SubjectRef<'b>) -> bool {
        !self.absent.contains(&subject)
    }

    /// The paths of the entries of a token.
    pub(super) fn paths_of(&self, token: TokenRef<'b>) -> &[&'b str] {
        self.token_paths.get(&token).map(Vec::as_slice).unwrap_or_default()
    }
}
