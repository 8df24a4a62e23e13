//! One account, judged or changed by the modules PAM has for a service: pam(3).

use super::unknown;
use crate::error::{Error, Result};
use crate::model::realm::PamService;
use nonstick::{
    AuthnFlags, AuthtokFlags, ConversationAdapter, ErrorCode, LibPamTransaction, Transaction,
    TransactionBuilder,
};
use std::cell::{Cell, RefCell};
use std::ffi::{OsStr, OsString};
use zeroize::Zeroizing;

/// How the current password is come by, when it is asked for.
type Current<'a> = &'a dyn Fn() -> Result<Zeroizing<String>>;

/// Whether this is the password of the system account `name`, and the account may be used: authentication and
/// account management by the rules of `service`.
///
/// # Errors
/// [`Error::AccountRefused`] when the password is right and the account may not be used, [`Error::Server`] when
/// nobody could tell.
pub fn is_password(service: &PamService, name: &str, password: &str) -> Result<bool> {
    // PAM reads both up to the first NUL; a module may let somebody with nothing in.
    if password.is_empty() || password.contains('\0') || name.contains('\0') {
        return Ok(false);
    }
    let presented = Presented(password);
    let mut transaction = start(service, name, presented.into_conversation())?;
    match transaction.authenticate(AuthnFlags::DISALLOW_NULL_AUTHTOK) {
        Ok(()) => {}
        Err(code) if is_no(code) => return Ok(false),
        Err(code) => return Err(Error::server(format!("cannot verify the password of '{name}': {code}"))),
    }
    match transaction.account_management(AuthnFlags::DISALLOW_NULL_AUTHTOK) {
        Ok(()) => Ok(true),
        Err(code) => Err(Error::AccountRefused(format!("the system does not let '{name}' in: {code}"))),
    }
}

/// Changes the password of the system account `name` by the rules of `service`, which may refuse a bad one.
/// `current` is called when they ask for the present password; mostly they do not ask the superuser.
///
/// # Errors
/// [`Error::Refused`] with the system's words.
pub fn change_password(
    service: &PamService,
    name: &str,
    password: &str,
    current: &dyn Fn() -> Result<Zeroizing<String>>,
) -> Result<()> {
    if password.contains('\0') || name.contains('\0') {
        return Err(Error::invalid("a NUL can neither be in a system account's name nor in its password"));
    }
    let (said, asked) = (RefCell::default(), Cell::default());
    let change = Change { password, current, said: &said, asked: &asked };
    let outcome = start(service, name, change.into_conversation())?.change_authtok(AuthtokFlags::empty());
    let code = match outcome {
        Ok(()) => return Ok(()),
        Err(ErrorCode::UserUnknown) => return Err(unknown(name)),
        Err(code) => code,
    };
    let mut reasons: Vec<String> = said.take();
    reasons.push(code.to_string());
    let message = format!("the password of '{name}' was not changed: {}", reasons.join(", "));
    let refused = Error::refused(message);
    Err(match asked.get() {
        true => refused.with_hint("the system asked for the current password: is it right?"),
        false => refused,
    })
}

fn start<C: nonstick::Conversation>(
    service: &PamService,
    name: &str,
    conversation: C,
) -> Result<LibPamTransaction<C>> {
    let service = service.as_str();
    let started = TransactionBuilder::new_with_service(service).username(name).build(conversation);
    started.map_err(|code| {
        Error::server(format!("cannot use the PAM service '{service}': {code}")).with_hint(format!(
            "see pam.d(5): the rules are in /etc/pam.d/{service}, else in /etc/pam.d/other"
        ))
    })
}

/// Whether this is about the one who tries, and not about the system.
fn is_no(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::AuthenticationError
            | ErrorCode::UserUnknown
            | ErrorCode::MaxTries
            | ErrorCode::PermissionDenied
            | ErrorCode::CredentialsInsufficient
    )
}

/// Somebody who has a password and nothing else to say.
struct Presented<'a>(&'a str);

impl ConversationAdapter for Presented<'_> {
    fn prompt(&self, _: impl AsRef<OsStr>) -> nonstick::Result<OsString> {
        // What is asked for in the open is no password, and shall not get one.
        Err(ErrorCode::ConversationError)
    }

    fn masked_prompt(&self, _: impl AsRef<OsStr>) -> nonstick::Result<OsString> {
        Ok(self.0.into())
    }

    fn error_msg(&self, _: impl AsRef<OsStr>) {}

    fn info_msg(&self, _: impl AsRef<OsStr>) {}
}

/// Somebody who wants a new password.
struct Change<'a> {
    password: &'a str,
    current: Current<'a>,
    said: &'a RefCell<Vec<String>>,
    asked: &'a Cell<bool>,
}

impl ConversationAdapter for Change<'_> {
    fn prompt(&self, _: impl AsRef<OsStr>) -> nonstick::Result<OsString> {
        Err(ErrorCode::ConversationError)
    }

    fn masked_prompt(&self, question: impl AsRef<OsStr>) -> nonstick::Result<OsString> {
        if is_about_the_new(&question.as_ref().to_string_lossy()) {
            return Ok(self.password.into());
        }
        self.asked.set(true);
        let current = (self.current)().map_err(|_| ErrorCode::ConversationError)?;
        match current.contains('\0') {
            true => Err(ErrorCode::ConversationError),
            false => Ok(current.as_str().into()),
        }
    }

    fn error_msg(&self, message: impl AsRef<OsStr>) {
        let message = message.as_ref().to_string_lossy().trim().replace(char::is_control, " ");
        self.said.borrow_mut().push(message);
    }

    fn info_msg(&self, _: impl AsRef<OsStr>) {}
}

/// Which password a module asks for can only be told from its words. They are English: usher sets no locale.
fn is_about_the_new(question: &str) -> bool {
    let question = question.to_lowercase();
    ["new", "again", "retype"].iter().any(|word| question.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of Linux-PAM, pam_unix, pam_sss, pam_ldap, pam_krb5 and pam_matrix.
    #[test]
    fn what_modules_ask_for() {
        for question in
            ["New password: ", "Retype new password: ", "Enter new UNIX password: ", "Verify New Password :"]
        {
            assert!(is_about_the_new(question), "{question}");
        }
        for question in [
            "Current password: ",
            "(current) UNIX password: ",
            "Old password: ",
            "Enter login(LDAP) password: ",
            "Password: ",
        ] {
            assert!(!is_about_the_new(question), "{question}");
        }
    }
}
