//! What of the files may be shown to whoever looks over the shoulder: everything but secrets.

use super::{USER_CFG, domains_cfg, shadow_cfg, tfa_cfg, token_cfg};
use std::borrow::Cow;

/// What stands in the place of a secret.
const SECRET: &str = "(secret)";

/// Whether nothing that the file holds may be told: those below `priv/`, but for what is kept of jobs.
pub fn is_secret_file(name: &str) -> bool {
    name.starts_with("priv/") && !name.starts_with("priv/jobs/")
}

/// The text of a file with the secrets left out. Of files of secrets only the names are left, or nothing.
pub fn shown(name: &str, content: Option<&[u8]>) -> String {
    let text = String::from_utf8_lossy(content.unwrap_or_default()).into_owned();
    let masked = |cut: fn(&str) -> Option<&str>| -> String {
        text.lines().map(|line| format!("{} {SECRET}\n", cut(line).unwrap_or(line))).collect()
    };
    match name {
        token_cfg::FILE => masked(|line| line.split(' ').next()),
        shadow_cfg::FILE => masked(|line| line.split(':').next()),
        domains_cfg::FILE | USER_CFG => text.lines().map(|one| line(name, one).into_owned() + "\n").collect(),
        tfa_cfg::FILE => String::new(),
        _ if is_secret_file(name) => String::new(),
        _ => text,
    }
}

/// A line of a file that is no file of secrets, with those it may hold all the same left out.
pub fn line<'l>(name: &str, line: &'l str) -> Cow<'l, str> {
    match name {
        domains_cfg::FILE => without_realm_secrets(line),
        USER_CFG => without_keys(line),
        _ => Cow::Borrowed(line),
    }
}

/// A line of a realm without the key of its client or of its second factor's server.
fn without_realm_secrets(line: &str) -> Cow<'_, str> {
    match line.trim_start().split_once([' ', '\t']) {
        Some(("client-key", _)) => Cow::Owned(format!("\tclient-key {SECRET}")),
        Some(("tfa", value)) if value.contains("key=") => {
            let shown = |pair: &str| match pair.trim().starts_with("key=") {
                true => format!("key={SECRET}"),
                false => pair.to_owned(),
            };
            Cow::Owned(format!("\ttfa {}", value.split(',').map(shown).collect::<Vec<_>>().join(",")))
        }
        _ => Cow::Borrowed(line),
    }
}

/// A line of a user without the keys of second factors in the old form, which may be secrets. The mark of factors
/// that are kept elsewhere, `x`, is none.
fn without_keys(line: &str) -> Cow<'_, str> {
    let mut fields: Vec<&str> = line.split(':').collect();
    if fields.first().is_some_and(|kind| kind.trim() == "user")
        && let Some(keys) = fields.get_mut(8).filter(|keys| !matches!(keys.trim(), "" | "x"))
    {
        *keys = SECRET;
        return Cow::Owned(fields.join(":"));
    }
    Cow::Borrowed(line)
}
