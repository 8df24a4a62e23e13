//! `passwd`, and passwords given with other commands.

use super::acting;
use super::command::Verb;
use super::context::Context;
use super::face::Face;
use super::output::Answer;
use super::parameter::{Kind, Parameter};
use super::prompt;
use super::user::{self, USERID};
use super::values::{Check, Values};
use crate::access::rule;
use crate::error::{Error, Result};
use crate::format::{USER_CFG, domains_cfg, user_cfg};
use crate::model::id::UserId;
use crate::model::realm::RealmKind;
use crate::model::user::User;
use crate::realm::pam;
use crate::secret::{NewPassword, NewScheme, PasswordHash, Strength, hash};
use crate::store::change::Draft;
use zeroize::Zeroizing;

/// Older passwords may be shorter than new ones.
const SHORTEST_CONFIRMATION: usize = 5;

/// The command.
pub static VERB: Verb = Verb {
    name: "passwd",
    aliases: &[],
    about: "Set a user's password. It is asked for twice; without a terminal two lines are read from stdin.",
    parameters: &[
        USERID,
        Parameter::of(
            "confirmation-password",
            Kind::Text(Some(64)),
            "The caller's own password, with --as; asked for if left out. The superuser needs none.",
        ),
        Parameter::password("password", "The new password, 8 to 64 characters; '-': read from stdin.")
            .hidden(),
    ],
    answers: false,
    writes: true,
    asks: rule::CHANGE_PASSWORD,
    failure: "change password failed",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    acting::confirm(context, values.text("confirmation-password"))?;
    if context.face == Face::Own
        && let Some(id) = values.text("userid").and_then(|text| UserId::parse(text).ok())
    {
        look_up(context, &id)?;
    }
    // As in the original the password comes first, so that a script's lines on stdin are consumed
    // whatever is wrong with the user.
    let typed = match values.text("password") {
        None | Some("") => Some(prompt::new_password()?),
        Some("-") if context.face == Face::Own => Some(prompt::read_one_from_stdin()?),
        Some(_) => None,
    };
    let check = values.check();
    if values.text("confirmation-password").is_some_and(|text| text.chars().count() < SHORTEST_CONFIRMATION) {
        let message = format!("value must be at least {SHORTEST_CONFIRMATION} characters long");
        check.refuse("confirmation-password", message);
    }
    let id = user::userid(&check);
    let text = typed.or_else(|| values.text("password").map(|text| Zeroizing::new(text.to_owned())));
    let password = text.and_then(|text| accepted(&check, "password", text));
    let (id, password) = check.end(id.zip(password))?;
    let settable = require_settable(context, &id)?;
    if let Some(strength) = demanded_strength(context) {
        strength.require(&password, &known_user(context, &id)?)?;
    }
    if settable == RealmKind::Pam {
        // Accounts of the system are changed by the superuser and by themselves.
        if context.permit.as_ref().is_some_and(|permit| *permit.caller.user() != id) {
            return Err(Error::Denied(None));
        }
        if context.draft.is_some() {
            return Err(Error::refused("a password of the system cannot be set in a batch")
                .with_hint("it is not part of the directory: a batch that fails could not take it back"));
        }
        context.directory()?.user(&id)?;
        if !context.dry_run {
            set_in_the_system(context, &id, &password)?;
        }
        return Ok(Answer::Nothing);
    }
    let hash = hash_for(context, &password, settable)?;
    context.change(|draft| {
        draft.look_at_directory()?.user(&id)?;
        store(draft, &id, &hash)
    })?;
    Ok(Answer::Nothing)
}

/// The original sets the hash, whatever PAM's rules for passwords are. With usher they hold where it can ask PAM.
fn set_in_the_system(context: &Context, id: &UserId, password: &NewPassword) -> Result<()> {
    if pam::ASKS_PAM && context.face == Face::Own {
        let current = || prompt::password("Enter current password: ");
        return pam::change_password(&context.pam_service(), id.name(), password.as_str(), &current);
    }
    pam::set_password(id.name(), &hash_for(context, password, RealmKind::Pam)?)
}

fn accepted(check: &Check<'_>, name: &str, text: Zeroizing<String>) -> Option<NewPassword> {
    match NewPassword::new(text) {
        Ok(password) => Some(password),
        Err(error) => {
            check.refuse(name, error.to_string().trim_start_matches("password: "));
            None
        }
    }
}

/// Where a password given with a command comes from.
pub enum GivenPassword {
    /// It was checked already.
    Typed(NewPassword),
    /// It has to be asked for.
    Prompt,
    /// It is the next line of stdin.
    Stdin,
}

/// The password option of a command: a value, or in usher's own face nothing or `-`.
pub fn given_password(face: Face, values: &Values, check: &Check<'_>, name: &str) -> Option<GivenPassword> {
    match (values.text(name)?, face) {
        ("", Face::Own) => Some(GivenPassword::Prompt),
        ("-", Face::Own) => Some(GivenPassword::Stdin),
        (text, _) => accepted(check, name, Zeroizing::new(text.to_owned())).map(GivenPassword::Typed),
    }
}

impl GivenPassword {
    /// Asks where it has to, checks and hashes the password of `user`.
    ///
    /// # Errors
    /// When nothing comes, or the password breaks the rules.
    pub fn hash(self, context: &Context, user: &User) -> Result<PasswordHash> {
        let password = match self {
            Self::Typed(password) => password,
            Self::Prompt => NewPassword::new(prompt::new_password()?)?,
            Self::Stdin => NewPassword::new(prompt::read_one_from_stdin()?)?,
        };
        if let Some(strength) = demanded_strength(context) {
            strength.require(&password, user)?;
        }
        hash_for(context, &password, RealmKind::Pve)
    }
}

/// How hard new passwords have to be to guess. The original takes what is long enough.
fn demanded_strength(context: &Context) -> Option<Strength> {
    (context.face == Face::Own).then(|| context.settings.password_strength.unwrap_or_default())
}

/// What is known of a user, for the strength of a password. That somebody is unknown, and what the file holds
/// that is not understood, is told by the change.
fn known_user(context: &Context, id: &UserId) -> Result<User> {
    match look_up(context, id) {
        Err(Error::Unknown { .. }) => Ok(User::new(id.clone())),
        other => other,
    }
}

fn look_up(context: &Context, id: &UserId) -> Result<User> {
    let files = context.load(&[USER_CFG])?;
    let text = files.get(USER_CFG).cloned().unwrap_or_default();
    let (directory, _) = user_cfg::parse(&text, &context.catalogue);
    directory.user(id)
}

/// The hash of a password that is to be stored under the lock later; `None` for one that will be refused anyway.
///
/// # Errors
/// Those of hashing.
pub fn hashed_before(context: &Context, text: &str) -> Result<Option<PasswordHash>> {
    match NewPassword::new(Zeroizing::new(text.to_owned())) {
        Ok(password) => hash_for(context, &password, RealmKind::Pve).map(Some),
        Err(_) => Ok(None),
    }
}

fn hash_for(context: &Context, password: &NewPassword, kind: RealmKind) -> Result<PasswordHash> {
    if let Some(hash) = &context.hashed {
        return Ok(hash.clone());
    }
    let scheme = match kind {
        RealmKind::Pam => NewScheme::Sha256Crypt,
        _ => context.password_scheme(),
    };
    hash(password.as_str(), scheme)
}

/// What kind of realm the user is of, when passwords can be set there.
///
/// # Errors
/// When the realm is not there, or keeps its passwords elsewhere.
pub fn require_settable(context: &Context, id: &UserId) -> Result<RealmKind> {
    let files = context.load(&[domains_cfg::FILE])?;
    let realms = context.realms_in(&files);
    let Some(realm) = realms.get(id.realm()) else {
        return Err(Error::refused(format!("auth domain '{}' does not exist", id.realm())));
    };
    match realm.kind() {
        kind @ (RealmKind::Pve | RealmKind::Pam) => Ok(kind),
        kind => Err(Error::refused(format!("can't set password on auth type '{}'", kind.as_str()))
            .with_hint("set it where the realm keeps its passwords")),
    }
}

/// Puts a password hash where it is kept.
///
/// # Errors
/// Those of the store.
pub fn store(draft: &mut Draft<'_>, id: &UserId, hash: &PasswordHash) -> Result<()> {
    draft.passwords()?.set(id.name(), hash.as_str())?;
    Ok(())
}
