//! What servers answer with numbers, in words.

use super::settings::{Bind, Mode, Settings};
use crate::error::Error;
use crate::model::shell::Command;
use ldap3::{LdapError, LdapResult};
use std::error::Error as _;
use std::time::{Duration, Instant};

/// The name of a result code (RFC 4511, appendix A) as people know it from other tools.
fn name(code: u32) -> &'static str {
    match code {
        0 => "Success",
        1 => "Operations error",
        2 => "Protocol error",
        3 => "Time limit exceeded",
        4 => "Size limit exceeded",
        7 => "Authentication method not supported",
        8 => "Strong(er) authentication required",
        10 => "Referral",
        11 => "Administrative limit exceeded",
        12 => "Critical extension is unavailable",
        13 => "Confidentiality required",
        16 => "No such attribute",
        17 => "Undefined attribute type",
        18 => "Inappropriate matching",
        21 => "Invalid syntax",
        32 => "No such object",
        34 => "Invalid DN syntax",
        48 => "Inappropriate authentication",
        49 => "Invalid credentials",
        50 => "Insufficient access",
        51 => "Server is busy",
        52 => "Server is unavailable",
        53 => "Server is unwilling to perform",
        54 => "Loop detected",
        _ => "Server failed",
    }
}

/// What Active Directory means by the number behind `data` in its diagnostic message: a Windows error
/// code in hexadecimal.
fn directory_reason(text: &str) -> Option<&'static str> {
    let (_, behind) = text.split_once(", data ")?;
    let code = behind.split(|c: char| !c.is_ascii_hexdigit()).next()?;
    Some(match code {
        "525" => "there is no such user",
        "52e" => "user name or password is wrong",
        "52f" => "an account restriction, often an empty password, forbids it",
        "530" => "the user may not sign in at this time",
        "531" => "the user may not sign in from this host",
        "532" => "the password has expired",
        "533" => "the account is disabled",
        "568" => "the user is in too many groups",
        "701" => "the account has expired",
        "773" => "the password must be changed first",
        "775" => "the account is locked after too many wrong passwords",
        _ => return None,
    })
}

/// Words for a result that is no success: its name, the reason as far as the server gives one.
pub(super) fn of_result(result: &LdapResult) -> String {
    let name = match result.rc {
        code if name(code) == "Server failed" => format!("Server failed with result code {code}"),
        code => name(code).to_owned(),
    };
    let said = result.text.trim().trim_end_matches('\0');
    match (directory_reason(said), said) {
        (Some(reason), _) => format!("{name}: {reason}"),
        (None, "") => name,
        (None, said) if said.eq_ignore_ascii_case(&name) => name,
        (None, said) => format!("{name} ({said})"),
    }
}

/// A bind that was refused.
pub(super) fn bind_refused(result: &LdapResult, settings: &Settings) -> Error {
    let error = Error::server(of_result(result));
    let who = match &settings.bind {
        Bind::Simple { dn, .. } => format!("bind_dn '{dn}'"),
        _ => "nobody (the realm has no bind_dn)".to_owned(),
    };
    let hint = match result.rc {
        8 | 13 => "the server wants an encrypted connection: --mode ldap+starttls or --mode ldaps".to_owned(),
        34 => format!("the realm binds as {who}: write it as a DN, like cn=usher,dc=example,dc=org"),
        48 | 53 if matches!(settings.bind, Bind::Anonymous) => {
            "the server does not talk to nobody: set --bind_dn and --password".to_owned()
        }
        49 => format!(
            "the realm binds as {who}: check the name, and store the password again: {}",
            Command::new("realm modify").about(settings.realm.as_str()).option("--password")
        ),
        51 | 52 => "try again later, or set --server2".to_owned(),
        _ => return error,
    };
    error.with_hint(hint)
}

/// A search that did not come to its end. `received` entries had come before.
pub(super) fn search_refused(
    result: &LdapResult,
    settings: &Settings,
    base: &str,
    received: u64,
    page: u32,
) -> Error {
    let said = of_result(result);
    let who = match &settings.bind {
        Bind::Simple { dn, .. } => dn.as_str(),
        Bind::Anonymous => "nobody (anonymous)",
        Bind::ClientCertificate => "the owner of the client certificate",
    };
    let (message, hint) = match result.rc {
        1 | 50 | 53 if matches!(settings.bind, Bind::Anonymous) => {
            (said, "the server does not answer nobody: set --bind_dn and --password".to_owned())
        }
        3 => (
            format!("{said} after {received} entries: the answer is not complete"),
            format!("ask the server's administrator for a longer time limit for {who}, or narrow the filter"),
        ),
        4 => (
            format!("{said} after {received} entries: the answer is not complete"),
            format!(
                "the server must allow {who} paged searches of any length; \
                 OpenLDAP: limits dn.exact=\"…\" size.prtotal=unlimited"
            ),
        ),
        8 | 13 => (
            said,
            "the server wants an encrypted connection: --mode ldap+starttls or --mode ldaps".to_owned(),
        ),
        10 => (
            format!("the server does not hold '{base}' and refers to {}", quoted(&result.refs)),
            "set server1 to that server; referrals are not followed".to_owned(),
        ),
        11 if received == 0 && page > 0 => (
            format!("{said}: pages of {page} entries are perhaps larger than the server allows"),
            "ask for smaller pages, or let its administrator allow larger ones; OpenLDAP: size.pr".to_owned(),
        ),
        11 => (
            format!("{said} after {received} entries: the answer is not complete"),
            format!("ask the server's administrator for higher limits for {who}"),
        ),
        32 => {
            let nearest = match result.matched.as_str() {
                "" => String::new(),
                nearest => format!("; the server knows '{nearest}'"),
            };
            (
                format!("{said}: '{base}' is not there, or not to be seen by {who}{nearest}"),
                "check base_dn and group_dn".into(),
            )
        }
        34 => (format!("{said}: '{base}'"), "write it as a DN, like ou=people,dc=example,dc=org".into()),
        50 => (said, format!("the server's administrator must let {who} read")),
        51 | 52 => (said, "try again later".to_owned()),
        _ => return Error::server(said),
    };
    Error::server(message).with_hint(hint)
}

fn quoted(addresses: &[String]) -> String {
    let quoted: Vec<String> = addresses.iter().map(|address| format!("'{address}'")).collect();
    if quoted.is_empty() { "another one".into() } else { quoted.join(", ") }
}

/// A failure of the connection itself, which should have had its answers until `end`.
pub(super) fn of_failure(failure: &LdapError, settings: &Settings, server: &str, end: Instant) -> Error {
    let address = settings.address(server);
    match failure {
        LdapError::Io { source } => match source.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(fault) => super::tls::in_words(fault, server),
            None if settings.mode != Mode::Plain && source.kind() == std::io::ErrorKind::UnexpectedEof => {
                Error::server(format!("'{address}' closed the connection in the middle of the TLS handshake"))
                    .with_hint("does the server speak TLS on this port?")
            }
            None => lost(&address).with_hint(format!("the system says: {source}")),
        },
        LdapError::LdapResult { result } => Error::server(of_result(result)),
        LdapError::Rustls { source } => super::tls::in_words(source, server),
        LdapError::FilterParsing => Error::server("the LDAP filter is not understood")
            .with_hint("check filter and group_filter; the form is that of RFC 4515: (&(ou=x)(mail=*))"),
        LdapError::Timeout { .. } if Instant::now() >= end => Error::server(format!(
            "'{address}' did not come to the end within {}",
            seconds(settings.time_outs.total)
        ))
        .with_hint("nothing that came before counts; is the server overloaded?"),
        LdapError::Timeout { .. } => silent(&address, settings.time_outs.operation),
        LdapError::EndOfStream | LdapError::ResultRecv { .. } | LdapError::OpSend { .. } => lost(&address),
        other => Error::server(match other.source() {
            Some(source) => format!("'{address}': {source}"),
            None => format!("'{address}': {other}"),
        }),
    }
}

/// The connection ended before the answer did.
pub(super) fn lost(address: &str) -> Error {
    Error::server(format!("the connection to '{address}' was lost before the answer was complete"))
}

/// The server took too long.
pub(super) fn silent(address: &str, patience: Duration) -> Error {
    Error::server(format!("no answer from '{address}' within {}", seconds(patience)))
        .with_hint("is the server overloaded? nothing that came before counts")
}

/// A time-out in seconds, as long as it has some.
pub(super) fn seconds(time: Duration) -> String {
    match time.subsec_millis() {
        0 => format!("{} s", time.as_secs()),
        _ => format!("{} ms", time.as_millis()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(rc: u32, text: &str) -> LdapResult {
        LdapResult { rc, matched: String::new(), text: text.into(), refs: Vec::new(), ctrls: Vec::new() }
    }

    #[test]
    fn reasons_of_active_directory() {
        let text = |data: &str| {
            format!(
                "80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data {data}, v4563\0"
            )
        };
        assert_eq!(
            of_result(&result(49, &text("52e"))),
            "Invalid credentials: user name or password is wrong"
        );
        assert_eq!(of_result(&result(49, &text("533"))), "Invalid credentials: the account is disabled");
        assert!(of_result(&result(49, &text("1"))).starts_with("Invalid credentials (80090308"));
    }

    #[test]
    fn names() {
        assert_eq!(of_result(&result(49, "")), "Invalid credentials");
        assert_eq!(of_result(&result(53, "no bind")), "Server is unwilling to perform (no bind)");
        assert_eq!(of_result(&result(4711, "")), "Server failed with result code 4711");
    }
}
