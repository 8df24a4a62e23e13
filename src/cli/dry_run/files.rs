//! What a change would do to the files, without doing it.

use crate::cli::output::printable;
use crate::format::mask::shown;
use crate::store::change::FileChange;
use similar::TextDiff;

/// The unified difference of the files. Secrets are not shown, only that they change.
pub fn difference(files: &[FileChange]) -> String {
    let mut text = String::new();
    for file in files {
        let old = shown(&file.name, file.old.as_deref().map(Vec::as_slice));
        let new = shown(&file.name, file.new.as_ref().map(crate::format::rope::Rope::to_vec).as_deref());
        let before = if file.old.is_some() { format!("a/{}", file.name) } else { "/dev/null".to_owned() };
        let after = if file.new.is_some() { format!("b/{}", file.name) } else { "/dev/null".to_owned() };
        let difference = TextDiff::from_lines(&old, &new);
        let unified = difference.unified_diff().context_radius(3).header(&before, &after).to_string();
        if unified.is_empty() {
            text.push_str(&format!("--- {before}\n+++ {after}\n(secrets change)\n"));
        }
        text.push_str(&unified);
    }
    harmless(&text)
}

/// Which files change, for those who may not see what else they hold.
pub fn names(files: &[FileChange]) -> String {
    files.iter().map(|file| format!("{} changes\n", file.name)).collect()
}

/// The text with what could drive a terminal made visible; the tabs that settings begin with stay.
fn harmless(text: &str) -> String {
    let line = |line: &str| line.split('\t').map(printable).collect::<Vec<_>>().join("\t");
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::rope::Rope;
    use std::sync::Arc;

    fn shown_change(name: &str, old: &str, new: &str) -> String {
        let old = Some(Arc::new(old.as_bytes().to_vec()));
        let new = Some(Rope::from(new.as_bytes().to_vec()));
        difference(&[FileChange { name: name.into(), old, new }])
    }

    #[test]
    fn no_secret_is_shown() {
        for (name, old, new) in [
            (
                "domains.cfg",
                "openid: o\n\tclient-key SESAME1\n",
                "openid: o\n\tclient-key SESAME2\n\tport 1\n",
            ),
            ("domains.cfg", "ldap: o\n\ttfa id=1,key=SESAME1\n", "ldap: o\n\ttfa id=2,key=SESAME2\n"),
            ("user.cfg", "user:a@pve:1:0:::::SESAME1:\n", "user:a@pve:0:0:::::SESAME2:\n"),
            ("priv/shadow.cfg", "joe:SESAME1:\n", "jim:SESAME2:\n"),
            ("priv/token.cfg", "a@pve!t SESAME1\n", "b@pve!t SESAME2\n"),
            ("priv/tfa.cfg", "SESAME1", "SESAME2"),
            ("priv/realm/o.pw", "SESAME1", "SESAME2"),
        ] {
            let text = shown_change(name, old, new);
            assert!(text.contains(&format!("+++ b/{name}")) && !text.contains("SESAME"), "{text}");
        }
        let only_secret = shown_change("domains.cfg", "\tclient-key a\n", "\tclient-key b\n");
        assert!(only_secret.ends_with("(secrets change)\n"), "{only_secret}");
        let free = shown_change("user.cfg", "user:a@pve:1:0::::::\n", "user:a@pve:0:0::::::\n");
        assert!(free.contains("-user:a@pve:1:0::::::\n+user:a@pve:0:0::::::\n"), "{free}");
    }
}
