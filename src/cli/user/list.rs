//! `user list`: all accounts.

use crate::access::rule::Rule;
use crate::access::usable::has_ended;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::moment;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::standing;
use crate::cli::token::describe;
use crate::cli::values::Values;
use crate::error::Result;
use crate::format::{USER_CFG, domains_cfg, tfa_cfg};
use crate::model::directory::Directory;
use crate::model::id::{GroupId, RealmId};
use crate::model::realm::Realms;
use crate::model::tfa::{Factors, UserFactors};
use crate::model::user::User;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List the users.",
    parameters: &[
        Parameter::boolean("enabled", "Only users that may sign in; 0: only those that may not."),
        Parameter::boolean("full", "Show groups and tokens as well.").default("0"),
        Parameter::text("group", "Only members of this group.").own(),
        Parameter::text("realm", "Only users of this realm.").own(),
        Parameter::boolean("expired", "Only users whose account is at its end; 0: only the others.").own(),
        Parameter::boolean("disabled", "Only users that may not sign in; 0: only the others.").own(),
        Parameter::boolean("locked", "Only users with a lock on their second factors; 0: only the others.")
            .own(),
        Parameter::boolean(
            "without-second-factor",
            "Only users without any second factor that may be used; 0: only the others.",
        )
        .own(),
    ],
    answers: true,
    writes: false,
    asks: Rule::Somebody,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[
    Column::text("userid").at_most(64),
    Column::text("comment").at_most(2048),
    Column::text("email").at_most(254),
    Column::boolean("enable"),
    Column::integer("expire"),
    Column::text("firstname").at_most(1024),
    Column::text("groups"),
    Column::text("keys"),
    Column::text("lastname").at_most(1024),
    Column::text("realm-type"),
    Column::integer("tfa-locked-until"),
    Column::text("tokens"),
    Column::boolean("totp-locked"),
];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let filter = Filter::of(values)?;
    let files = context.load(&[USER_CFG, domains_cfg::FILE, tfa_cfg::FILE])?;
    let directory = context.directory_in(&files);
    let realms = context.realms_in(&files);
    let factors = context.second_factors_in(&files);
    let mut factors = factors.as_ref().map(|file| file.factors().clone());
    if let Some(factors) = &mut factors {
        factors.forget_ended_locks(moment::now());
    }
    let factors: HashMap<&str, &UserFactors> = factors.iter().flat_map(Factors::users).collect();
    let groups = if values.is_on("full") { Some(memberships(&directory)) } else { None };
    let sight = context.sight(&directory);
    let members = match filter.group.as_ref().map(|id| directory.group(id)).transpose() {
        // Whether there is such a group is not for everybody.
        Err(_) if context.permit.is_some() => Some(BTreeSet::new()),
        found => found?.map(|group| group.members),
    };
    let now = standing::now();
    let rows = directory
        .users
        .iter()
        .filter(|user| sight.sees_user(&user.id))
        .filter(|user| members.as_ref().is_none_or(|members| members.contains(&user.id)))
        .filter(|user| filter.takes(user, factors.get(user.id.as_str()).copied(), now))
        .map(|user| row(&user, &realms, factors.get(user.id.as_str()).copied(), groups.as_ref()))
        .collect();
    Ok(Answer::Rows { columns: COLUMNS, rows })
}

/// Which users are wanted: those of whom everything that was asked for is true.
struct Filter {
    enabled: Option<bool>,
    group: Option<GroupId>,
    realm: Option<RealmId>,
    expired: Option<bool>,
    disabled: Option<bool>,
    locked: Option<bool>,
    without_second_factor: Option<bool>,
}

impl Filter {
    fn of(values: &Values) -> Result<Self> {
        let check = values.check();
        let group = check.one("group", GroupId::parse);
        let realm = check.one("realm", RealmId::parse);
        check.end(Some(Self {
            enabled: values.boolean("enabled"),
            group,
            realm,
            expired: values.boolean("expired"),
            disabled: values.boolean("disabled"),
            locked: values.boolean("locked"),
            without_second_factor: values.boolean("without-second-factor"),
        }))
    }

    fn takes(&self, user: &User, factors: Option<&UserFactors>, now: u64) -> bool {
        let is = |wanted: Option<bool>, fact: bool| wanted.is_none_or(|wanted| wanted == fact);
        let usable = factors.is_some_and(|factors| factors.list().any(|one| one.enable));
        let locked = factors.is_some_and(|factors| factors.totp_locked || factors.locked_until.is_some());
        is(self.enabled, user.enable)
            && is(self.disabled, !user.enable)
            && is(self.expired, has_ended(user, now))
            && is(self.locked, locked)
            && is(self.without_second_factor, !usable && !super::has_old_keys(user))
            && self.realm.as_ref().is_none_or(|realm| user.id.realm() == realm.as_str())
    }
}

/// The groups of every user, joined with `,`.
fn memberships(directory: &Directory) -> HashMap<String, String> {
    let mut groups: HashMap<String, String> = HashMap::new();
    for group in directory.groups.iter() {
        for member in &group.members {
            let names = groups.entry(member.to_string()).or_default();
            if !names.is_empty() {
                names.push(',');
            }
            names.push_str(group.id.as_str());
        }
    }
    groups
}

fn row(
    user: &User,
    realms: &Realms,
    factors: Option<&UserFactors>,
    groups: Option<&HashMap<String, String>>,
) -> Record {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    // An empty address shows when a later field of the line is in use, because then it is stored.
    let email_stored = !user.email.is_empty() || !user.comment.is_empty() || !user.keys.is_empty();
    let mut record = Record::new()
        .with("userid", user.id.as_str())
        .with("enable", i32::from(user.enable))
        .with_some("expire", user.expire)
        .with_some("comment", text(&user.comment))
        .with_some("email", Some(user.email.clone()).filter(|_| email_stored))
        .with_some("firstname", text(&user.first_name))
        .with_some("lastname", text(&user.last_name))
        .with_some("keys", text(&user.keys))
        .with_some("realm-type", realms.get(user.id.realm()).map(|realm| realm.kind().as_str()))
        .with_some("totp-locked", factors.filter(|factors| factors.totp_locked).map(|_| 1))
        .with_some("tfa-locked-until", factors.and_then(|factors| factors.locked_until));
    if let Some(groups) = groups {
        record.set("groups", groups.get(user.id.as_str()).cloned().unwrap_or_default());
        let tokens: Vec<Value> = user.tokens.iter().map(|token| describe(token).into()).collect();
        record.set("tokens", if tokens.is_empty() { Value::Null } else { Value::Array(tokens) });
    }
    record
}
