//! What is to be done so that a directory has the users and groups the server has.

use super::fetched::{Fetched, Remark};
use super::options::Options;
use super::record;
use super::safety::{self, Loss};
use crate::error::Result;
use crate::model::acl::{AclEntry, Subject};
use crate::model::directory::Directory;
use crate::model::id::{GroupId, RealmId, TokenId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// From so many changed users on, all of them are put together.
const MANY: usize = 1000;

/// What becomes of one user or group of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is new.
    Add,
    /// It is there, and the server's word replaces everything; whether that changes anything.
    Overwrite(bool),
    /// It is there, and the server's word comes on top; whether that changes anything.
    Update(bool),
    /// It is not taken; a remark says why.
    Skip,
}

impl Step {
    /// Whether a record changes or comes to be.
    pub fn changes(self) -> bool {
        matches!(self, Self::Add | Self::Overwrite(true) | Self::Update(true))
    }
}

/// What is to be done, worked out for one state of a directory.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What becomes of each user of the answer, in its order; nothing when users are left alone.
    pub users: Vec<Step>,
    /// What becomes of each group of the answer.
    pub groups: Vec<Step>,
    /// Users of the realm the server does not know, sorted; what becomes of them is an option.
    pub vanished_users: BTreeSet<UserId>,
    /// Groups of the realm the server does not know.
    pub vanished_groups: BTreeSet<GroupId>,
    /// Subjects that come to be, as ACL entries name them, whose entries were there before and go.
    pub left_over: BTreeSet<String>,
    /// What a person should know besides.
    pub remarks: Vec<Remark>,
}

/// What was done, as far as other files follow from it.
#[derive(Debug, Default)]
pub struct Applied {
    /// Users that were removed.
    pub users: BTreeSet<UserId>,
    /// Their API tokens.
    pub tokens: Vec<TokenId>,
    /// ACL entries that went.
    pub entries: Vec<AclEntry>,
    /// Memberships of removed users in groups that are not synchronised.
    pub memberships: Vec<(GroupId, UserId)>,
}

/// Works out what is to be done with the users and groups of `realm`.
///
/// # Errors
/// [`crate::error::Error::Excessive`] when the server knows nobody and somebody would lose by it, or no
/// member of any group here (unless that is allowed), or when more users or more groups would be removed,
/// or lose their ACL entries or, groups, all their members, than is allowed: more than half, unless said
/// otherwise; two are never too many.
pub fn plan(directory: &Directory, realm: &RealmId, fetched: &Fetched, options: &Options) -> Result<Plan> {
    let holders = holders(directory);
    let mut plan = Plan {
        users: Vec::new(),
        groups: Vec::new(),
        vanished_users: BTreeSet::new(),
        vanished_groups: BTreeSet::new(),
        left_over: BTreeSet::new(),
        remarks: Vec::new(),
    };
    if options.scope.has_users() {
        plan.users(directory, realm, fetched, options, &holders)?;
    }
    if options.scope.has_groups() {
        plan.groups(directory, realm, fetched, options, &holders)?;
    }
    Ok(plan)
}

/// Everybody who holds ACL entries.
fn holders(directory: &Directory) -> BTreeSet<String> {
    directory.entries().map(|entry| entry.subject.to_string()).collect()
}

/// Those of the sorted names `here` that are not among the sorted names `there`.
fn missing<'n>(here: impl Iterator<Item = &'n str>, there: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut there = there.peekable();
    here.filter(|name| {
        while there.next_if(|other| other < name).is_some() {}
        there.peek() != Some(name)
    })
    .collect()
}

impl Plan {
    fn remark(&mut self, about: &str, reason: String, original: Option<String>) {
        self.remarks.push(Remark { about: about.to_owned(), reason, original });
    }

    fn users(
        &mut self,
        directory: &Directory,
        realm: &RealmId,
        fetched: &Fetched,
        options: &Options,
        holders: &BTreeSet<String>,
    ) -> Result<()> {
        let ending = format!("@{realm}");
        let here: Vec<&str> = directory.users.ids().filter(|id| id.ends_with(&ending)).collect();
        let gone = missing(here.iter().copied(), fetched.users().map(|user| user.id()));
        let lost = match (options.vanished.entry, options.vanished.acl) {
            (true, _) => gone.len(),
            (false, true) => gone.iter().filter(|id| holders.contains(**id)).count(),
            (false, false) => 0,
        };
        let known = fetched.users().len();
        let how = "be removed or lose their ACL entries";
        safety::check(&Loss { what: "users", how, all: here.len(), lost, known }, options)?;
        self.vanished_users = gone.into_iter().map(UserId::parse).collect::<Result<_>>()?;
        let mut spellings = BTreeMap::new();
        if options.one_spelling {
            let stays = |id: &&&str| !(options.vanished.entry && self.vanished_users.contains(**id));
            spellings = here.iter().filter(stays).map(|id| (id.to_lowercase(), *id)).collect();
        }
        let before = directory.users.get_each(fetched.users().map(|user| user.id()));
        for (user, before) in fetched.users().zip(before) {
            let step = match before {
                Some(before) => {
                    let (_, changes) = record::user(user, Some(before), options)?;
                    if options.vanished.properties { Step::Overwrite(changes) } else { Step::Update(changes) }
                }
                None => match spellings.get(&user.id().to_lowercase()) {
                    Some(other) => {
                        let reason = format!(
                            "skipped: it is '{other}' but for letter case, and both could not sign in"
                        );
                        self.remark(user.id(), reason, None);
                        Step::Skip
                    }
                    None => self.new_user(user.id(), options, holders)?,
                },
            };
            if options.one_spelling && step == Step::Add {
                spellings.insert(user.id().to_lowercase(), user.id());
            }
            self.users.push(step);
        }
        Ok(())
    }

    /// Whoever is new gets no rights that somebody of the same name had and left behind.
    fn left_over(&mut self, name: &str, subject: String, options: &Options) {
        let reason = match options.keep_left_over {
            true => "is new, and ACL entries under this name were there before",
            false => "is new: ACL entries that were there before under this name are dropped",
        };
        self.remark(name, reason.into(), None);
        if !options.keep_left_over {
            self.left_over.insert(subject);
        }
    }

    fn new_user(&mut self, id: &str, options: &Options, holders: &BTreeSet<String>) -> Result<Step> {
        let user = UserId::parse(id)?;
        let reason = if user.holds_control_character() {
            "skipped: the name holds a control character"
        } else if user.holds_list_separator() && !options.accept_separators {
            "skipped: the name holds a ',' or ';', which part the items of lists"
        } else {
            if holders.contains(id) {
                self.left_over(id, id.to_owned(), options);
            }
            return Ok(Step::Add);
        };
        self.remark(id, reason.into(), None);
        Ok(Step::Skip)
    }

    fn groups(
        &mut self,
        directory: &Directory,
        realm: &RealmId,
        fetched: &Fetched,
        options: &Options,
        holders: &BTreeSet<String>,
    ) -> Result<()> {
        let ending = format!("-{realm}");
        let others: Vec<String> = options.neighbours.iter().map(|other| format!("-{other}")).collect();
        let of_another = |id: &str| others.iter().any(|ending| id.ends_with(ending));
        let of_realm = |id: &&str| id.ends_with(&ending) && !of_another(id);
        let here: Vec<&str> = directory.groups.ids().filter(of_realm).collect();
        let gone = missing(here.iter().copied(), fetched.groups().map(|group| group.id()));
        let lost = match (options.vanished.entry, options.vanished.acl) {
            (true, _) => gone.len(),
            (false, true) => gone.iter().filter(|id| holders.contains(&format!("@{id}"))).count(),
            (false, false) => 0,
        };
        let all = here.len();
        self.vanished_groups = gone.into_iter().map(GroupId::parse).collect::<Result<_>>()?;
        let mut emptied = 0_usize;
        for group in fetched.groups() {
            if of_another(group.id()) {
                self.remark(group.id(), "skipped: by its name it is a group of another realm".into(), None);
                self.groups.push(Step::Skip);
                continue;
            }
            let before = directory.groups.get(group.id());
            let (after, left_out) = record::group(group, before.as_ref(), options)?;
            for user in left_out {
                let reason = format!("'{user}' is left out: its name would part the list of members");
                self.remark(group.id(), reason, None);
            }
            let step = match before {
                Some(before) => {
                    emptied += usize::from(!before.members.is_empty() && after.members.is_empty());
                    let changes = after != before;
                    if options.vanished.properties { Step::Overwrite(changes) } else { Step::Update(changes) }
                }
                None => {
                    let subject = format!("@{}", group.id());
                    if holders.contains(&subject) {
                        self.left_over(group.id(), subject, options);
                    }
                    Step::Add
                }
            };
            self.groups.push(step);
        }
        // Who may not read members is told that there are none.
        let nobody = || fetched.groups().all(|group| group.members().next().is_none());
        if emptied > 0 && !options.allow_empty && nobody() {
            let what = if fetched.users().len() == 0 { "users" } else { "members of groups" };
            return Err(safety::empty(what, &format!("{emptied} groups would lose all their members")));
        }
        let how = "be removed, lose their ACL entries or all their members";
        let known = fetched.groups().len();
        safety::check(&Loss { what: "groups", how, all, lost: lost + emptied, known }, options)
    }

    /// Whether anything at all changes by it; ACL entries and memberships of those who are gone count as
    /// there.
    pub fn changes(&self, options: &Options) -> bool {
        let gone = !(self.vanished_users.is_empty() && self.vanished_groups.is_empty());
        self.users.iter().chain(&self.groups).any(|step| step.changes())
            || gone && (options.vanished.entry || options.vanished.acl)
    }

    /// Does it: to the directory the plan was made for, with the same answer and options.
    ///
    /// # Errors
    /// Those of the edits; then the directory is half done and has to be thrown away.
    pub fn apply(&self, directory: &mut Directory, fetched: &Fetched, options: &Options) -> Result<Applied> {
        let mut applied = Applied::default();
        if options.vanished.entry {
            (applied.tokens, applied.entries) = directory.remove_users(&self.vanished_users)?;
            directory.remove_groups(&self.vanished_groups);
            applied.users = self.vanished_users.clone();
        }
        if options.vanished.acl && !(self.vanished_users.is_empty() && self.vanished_groups.is_empty()) {
            applied.entries.extend(directory.drop_subjects(|subject| match subject {
                Subject::User(id) => self.vanished_users.contains(id),
                Subject::Group(id) => self.vanished_groups.contains(id),
                Subject::Token(_) => false,
            }));
        }
        if !self.left_over.is_empty() {
            let goes = |subject: &Subject| self.left_over.contains(&subject.to_string());
            applied.entries.extend(directory.drop_subjects(goes));
        }
        let users = fetched.users().zip(&self.users).filter(|(_, step)| step.changes());
        let there = directory.users.clone();
        let mut users = users.map(|(user, _)| Ok(record::user(user, there.get(user.id()), options)?.0));
        if self.users.iter().filter(|step| step.changes()).count() > MANY {
            directory.set_users(users)?;
        } else {
            users.try_for_each(|user| directory.set_user(user?))?;
        }
        for (group, _) in fetched.groups().zip(&self.groups).filter(|(_, step)| step.changes()) {
            let before = directory.groups.get(group.id());
            directory.set_group(record::group(group, before.as_ref(), options)?.0)?;
        }
        if options.vanished.entry && !options.keep.memberships {
            applied.memberships = directory.remove_memberships(&self.vanished_users);
        }
        Ok(applied)
    }
}
