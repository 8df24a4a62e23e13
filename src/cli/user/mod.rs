//! `user`: accounts.

pub mod add;
pub mod delete;
pub mod export;
pub mod import;
pub mod list;
pub mod modify;
pub mod permissions;
pub mod rename;
pub mod show;

use super::command::Node;
use super::parameter::Parameter;
use super::values::Check;
use crate::error::{Error, Result};
use crate::model::id::UserId;
use crate::model::user::{User, are_keys, is_mail_address};

/// The commands about users, in the order of the original's usage.
pub const NODE: Node = Node::Group {
    name: "user",
    about: "Users and their API tokens.",
    own: false,
    children: &[
        super::tfa::USER_NODE,
        super::token::USER_NODE,
        Node::Verb(&permissions::VERB),
        Node::Verb(&add::VERB),
        Node::Verb(&delete::VERB),
        Node::Verb(&list::VERB),
        Node::Verb(&modify::VERB),
        Node::Own(&export::VERB),
        Node::Own(&import::VERB),
        Node::Own(&rename::VERB),
        Node::Own(&show::VERB),
    ],
};

/// The user a command is about.
pub const USERID: Parameter = Parameter::positional("userid", "Full user id, in the form name@realm.");

/// The attributes `add` and `modify` share.
pub const COMMENT: Parameter = Parameter::short_text("comment", 2048, "Free text about the user.");
/// Mail address.
pub const EMAIL: Parameter = Parameter::short_text("email", 254, "Mail address.");
/// Whether the user may sign in.
pub const ENABLE: Parameter = Parameter::boolean("enable", "Whether the user may sign in.").default("1");
/// End of the account.
pub const EXPIRE: Parameter = Parameter::moment(
    "expire",
    "When the account ends, in seconds since 1970; 0 never. usher also takes a date (2027-01-31) or a span (90d).",
);
/// First name.
pub const FIRSTNAME: Parameter = Parameter::short_text("firstname", 1024, "First name.");
/// Last name.
pub const LASTNAME: Parameter = Parameter::short_text("lastname", 1024, "Last name.");
/// Groups.
pub const GROUPS: Parameter = Parameter::list("groups", "Groups the user is to be in.");
/// Old second factor keys.
pub const KEYS: Parameter = Parameter::text("keys", "Keys of second factors in the old form.");

/// A mail address, or nothing.
fn email(text: &str) -> Result<String> {
    if is_mail_address(text) {
        return Ok(text.to_owned());
    }
    Err(Error::invalid("value does not look like a valid email address"))
}

/// Keys of second factors in the old form.
fn keys(text: &str) -> Result<String> {
    if are_keys(text) {
        Ok(text.to_owned())
    } else {
        Err(Error::invalid("value does not match the regex pattern"))
    }
}

/// Whether a user has keys of second factors in the form of old versions; `x` says that they are kept elsewhere.
fn has_old_keys(user: &User) -> bool {
    !user.keys.is_empty() && !user.keys.starts_with('x')
}

/// The user id a command is about.
pub fn userid(check: &Check<'_>) -> Option<UserId> {
    check.one("userid", UserId::parse)
}

#[cfg(test)]
mod tests {
    #[test]
    fn mail_addresses() {
        for text in ["", "a@b.de", "a.b+c@sub.example.co", "a@b", "~x@1"] {
            assert!(super::email(text).is_ok(), "{text:?}");
        }
        for text in [
            "not-an-email",
            "a b@c.de",
            "\"q q\"@b.de",
            "a@@b.de",
            "@b",
            "a@",
            "a..b@c",
            "a@b..c",
            "a@b.de\n",
        ] {
            assert!(super::email(text).is_err(), "{text:?}");
        }
    }
}
