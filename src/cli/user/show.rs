//! `user show`: everything about one account.

use super::USERID;
use crate::access::rule;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::entries;
use crate::cli::log::LastChange;
use crate::cli::moment;
use crate::cli::output::{Answer, Record};
use crate::cli::sheet::{Cells, Sheet};
use crate::cli::standing;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::user_cfg::Places;
use crate::format::{USER_CFG, domains_cfg, tfa_cfg};
use crate::model::acl::{AclEntry, Subject};
use crate::model::group::Group;
use crate::model::id::TokenId;
use crate::model::tfa::UserFactors;
use crate::model::token::Token;
use crate::model::user::User;
use serde_json::{Value, json};

/// The command.
pub static VERB: Verb = Verb {
    name: "show",
    aliases: &[],
    about: "Show a user: state, attributes, groups, API tokens, second factors and the ACL entries that name it or its \
            groups, with their lines in user.cfg, and the last change the journal knows of. Example: usher user show \
            joe@pve",
    parameters: &[USERID],
    answers: true,
    writes: false,
    asks: rule::SHOW_USER,
    failure: "",
    run,
};

/// What is known of a user.
struct Facts {
    user: User,
    realm_kind: Option<&'static str>,
    superuser: bool,
    groups: Vec<Group>,
    entries: Vec<AclEntry>,
    factors: UserFactors,
    places: Places,
    last_change: LastChange,
    now: u64,
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let id = super::userid(&check);
    let id = check.end(id)?;
    let files = context.load(&[USER_CFG, domains_cfg::FILE, tfa_cfg::FILE])?;
    let directory = context.directory_in(&files);
    let user = directory.user(&id)?;
    let groups = directory.groups_of(&id);
    let mut found = directory.entries_for(&Subject::User(id.clone()));
    for group in &groups {
        found.extend(directory.entries_for(&Subject::Group(group.id.clone())));
    }
    found.sort_by(|left, right| (&left.path, &left.subject).cmp(&(&right.path, &right.subject)));
    let mut words = vec![id.to_string()];
    words.extend(user.tokens.iter().map(|token| format!("{id}!{}", token.name)));
    words.extend(groups.iter().map(|group| format!("@{}", group.id)));
    let mut factors = context.second_factors_in(&files);
    if let Some(file) = &mut factors {
        file.factors_mut().forget_ended_locks(moment::now());
    }
    let facts = Facts {
        realm_kind: context.realms_in(&files).get(id.realm()).map(|realm| realm.kind().as_str()),
        superuser: id.as_str() == context.catalogue.superuser(),
        groups,
        entries: found,
        factors: factors.and_then(|file| file.factors().get(&id).cloned()).unwrap_or_default(),
        places: entries::places(&files, &words),
        last_change: LastChange::of(context, format!("user {id}")),
        now: standing::now(),
        user,
    };
    Ok(match values.for_people() {
        true => Answer::Text(facts.sheet().text()),
        false => Answer::Object { columns: &[], record: facts.record() },
    })
}

impl Facts {
    fn line_of_token(&self, token: &Token) -> Option<usize> {
        let id = TokenId { user: self.user.id.clone(), name: token.name.clone() };
        self.places.token(&id.to_string())
    }

    /// Keys in the form of old versions; `x` says that they are kept elsewhere.
    fn has_old_keys(&self) -> bool {
        super::has_old_keys(&self.user)
    }

    fn record(&self) -> Record {
        let user = &self.user;
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let groups: Vec<Value> = self
            .groups
            .iter()
            .map(|group| {
                let line = self.places.member(group.id.as_str(), user.id.as_str());
                entries::object(Record::new().with("groupid", group.id.as_str()).with_some("line", line))
            })
            .collect();
        let tokens: Vec<Value> = user
            .tokens
            .iter()
            .map(|token| {
                let record = crate::cli::token::attributes(token)
                    .with("tokenid", token.name.as_str())
                    .with("state", standing::of_token(token, self.now))
                    .with_some("line", self.line_of_token(token));
                entries::object(record)
            })
            .collect();
        let factors: Vec<Value> = self
            .factors
            .list()
            .map(|one| json!({"id": one.id, "type": one.kind.as_str(), "enable": i32::from(one.enable)}))
            .collect();
        let acl: Vec<Value> = self.entries.iter().map(|entry| entries::value(&self.places, entry)).collect();
        Record::new()
            .with("userid", user.id.as_str())
            .with_some("line", self.places.user(user.id.as_str()))
            .with("state", standing::of_user(user, self.now))
            .with("enable", i32::from(user.enable))
            .with("expire", user.expire.unwrap_or_default())
            .with_some("firstname", text(&user.first_name))
            .with_some("lastname", text(&user.last_name))
            .with_some("email", text(&user.email))
            .with_some("comment", text(&user.comment))
            .with("realm", user.id.realm())
            .with_some("realm-type", self.realm_kind)
            .with("superuser", self.superuser)
            .with("groups", groups)
            .with("tokens", tokens)
            .with("second-factors", factors)
            .with("old-keys", self.has_old_keys())
            .with("totp-locked", i32::from(self.factors.totp_locked))
            .with_some("tfa-locked-until", self.factors.locked_until)
            .with("acl", acl)
            .with_some("last-change", self.last_change.value())
    }

    fn sheet(&self) -> Sheet {
        let user = &self.user;
        let place = self.places.user(user.id.as_str()).map(|line| entries::place(Some(line)));
        let state = standing::of_user(user, self.now);
        let mut words = standing::in_words(state, user.expire.unwrap_or_default(), self.now);
        if self.superuser {
            words.push_str("; may do everything everywhere");
        }
        let realm = match self.realm_kind {
            Some(kind) => format!("{} (of kind {kind})", user.id.realm()),
            None => format!("{} (there is no such realm)", user.id.realm()),
        };
        let groups = self.groups.iter().map(|group| {
            let line = self.places.member(group.id.as_str(), user.id.as_str());
            vec![group.id.to_string(), entries::place(line)]
        });
        let tokens = user.tokens.iter().map(|token| {
            let state = standing::in_words(standing::of_token(token, self.now), token.expire, self.now);
            let line = entries::place(self.line_of_token(token));
            vec![token.name.to_string(), state, standing::separation(token).to_owned(), line]
        });
        Sheet::new("user", user.id.as_str(), place)
            .line("state", words)
            .line("name", format!("{} {}", user.first_name, user.last_name).trim())
            .line("mail", user.email.as_str())
            .line("comment", user.comment.as_str())
            .line("realm", realm)
            .list("second factors", self.factor_cells())
            .line("locked", self.locks())
            .list("groups", groups.collect())
            .list("tokens", tokens.collect())
            .list("ACL entries", entries::cells(&self.places, &self.entries, None))
            .line("last change", self.last_change.words())
    }

    fn factor_cells(&self) -> Vec<Cells> {
        let shown = self.factors.list().map(|one| {
            let state = if one.enable { "" } else { "disabled" };
            vec![one.kind.to_string(), one.id.to_owned(), one.description.to_owned(), state.to_owned()]
        });
        let old = self.has_old_keys().then(|| vec!["keys of the old form".to_owned()]);
        shown.chain(old).collect()
    }

    fn locks(&self) -> String {
        let codes =
            self.factors.totp_locked.then(|| "time-based codes, after too many wrong ones".to_owned());
        let all = self
            .factors
            .locked_until
            .map(|until| format!("every second factor until {}", moment::shown(until, &moment::zone())));
        let locks: Vec<String> = codes.into_iter().chain(all).collect();
        match locks.is_empty() {
            true => String::new(),
            false => format!("{}; 'usher tfa unlock' ends it", locks.join("; ")),
        }
    }
}
