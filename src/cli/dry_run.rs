//! What a change would do to the files, without doing it.

use super::output::printable;
use crate::format::{shadow_cfg, tfa_cfg, token_cfg};
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

/// The text with what could drive a terminal made visible; the tabs that settings begin with stay.
fn harmless(text: &str) -> String {
    let line = |line: &str| line.split('\t').map(printable).collect::<Vec<_>>().join("\t");
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// A file as it may be shown to whoever looks over the shoulder.
fn shown(name: &str, content: Option<&[u8]>) -> String {
    let text = String::from_utf8_lossy(content.unwrap_or_default()).into_owned();
    let masked = |cut: fn(&str) -> Option<&str>| -> String {
        text.lines().map(|line| format!("{} (secret)\n", cut(line).unwrap_or(line))).collect()
    };
    match name {
        token_cfg::FILE => masked(|line| line.split(' ').next()),
        shadow_cfg::FILE => masked(|line| line.split(':').next()),
        tfa_cfg::FILE => String::new(),
        _ if name.starts_with("priv/") => String::new(),
        _ => text,
    }
}
