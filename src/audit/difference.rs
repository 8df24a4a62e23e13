//! What changed in a file, told so that it can be done again and taken back.

use crate::format::journal::{Edit, Text};
use crate::format::mask;
use std::ops::Range;

/// How fine a difference is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Whole lines, for people to read.
    Line,
    /// Single bytes, where a file may be one long line.
    Byte,
}

/// The edits that turn `old` into what comes of `replacements`: ranges of it, in order and apart, and what takes
/// their place.
pub fn edits(old: &[u8], replacements: &[(Range<usize>, Vec<u8>)], grain: Grain) -> Vec<Edit> {
    let mut edits = Vec::with_capacity(replacements.len());
    let (mut line, mut counted) = (1, 0);
    for (range, new) in replacements {
        let Some((range, new)) = trimmed(old, range.clone(), new, grain) else { continue };
        line += newlines(old.get(counted..range.start).unwrap_or_default());
        counted = range.start;
        let removed = old.get(range.clone()).unwrap_or_default();
        edits.push(Edit { at: range.start, line, removed: removed.into(), added: Text(new) });
    }
    edits
}

/// The same for two whole contents.
pub fn between(old: &[u8], new: &[u8], grain: Grain) -> Vec<Edit> {
    edits(old, &[(0..old.len(), new.to_vec())], grain)
}

fn newlines(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

/// How many bytes two texts begin with alike.
fn common_start(one: &[u8], other: &[u8]) -> usize {
    const STEP: usize = 4096;
    let blocks = one.chunks(STEP).zip(other.chunks(STEP)).take_while(|(one, other)| one == other);
    let whole: usize = blocks.map(|(one, _)| one.len()).sum();
    let rest = one.get(whole..).unwrap_or_default().iter().zip(other.get(whole..).unwrap_or_default());
    whole + rest.take_while(|(one, other)| one == other).count()
}

fn common_end(one: &[u8], other: &[u8]) -> usize {
    one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count()
}

/// Leaves out what a replacement begins and ends with alike; `None` when nothing is left.
fn trimmed(old: &[u8], range: Range<usize>, new: &[u8], grain: Grain) -> Option<(Range<usize>, Vec<u8>)> {
    let Range { mut start, mut end } = range;
    let mut new = new;
    // A line that was only in part replaced is told as a whole.
    let mut whole = Vec::new();
    if grain == Grain::Line {
        let before = old.get(..start).unwrap_or_default();
        let line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
        whole.extend_from_slice(old.get(line..start).unwrap_or_default());
        whole.extend_from_slice(new);
        start = line;
        let ends = |text: &[u8]| text.last().is_none_or(|byte| *byte == b'\n');
        if !ends(old.get(start..end).unwrap_or_default()) || !ends(&whole) {
            let behind = old.get(end..).unwrap_or_default();
            let more = behind.iter().position(|byte| *byte == b'\n').map_or(behind.len(), |place| place + 1);
            whole.extend_from_slice(behind.get(..more).unwrap_or_default());
            end += more;
        }
        new = &whole;
    }
    let gone = old.get(start..end).unwrap_or_default();
    let mut first = common_start(gone, new);
    if grain == Grain::Line {
        let alike = gone.get(..first).unwrap_or_default();
        if first < gone.len().max(new.len()) {
            first = alike.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
        }
    }
    let (gone, new) = (gone.get(first..)?, new.get(first..)?);
    if gone.is_empty() && new.is_empty() {
        return None;
    }
    let mut last = common_end(gone, new);
    if grain == Grain::Line {
        let starts_line = |text: &[u8]| {
            let place = text.len() - last;
            place == 0 || text.get(place - 1) == Some(&b'\n')
        };
        if !starts_line(gone) || !starts_line(new) {
            let alike = gone.get(gone.len() - last..).unwrap_or_default();
            last = alike.iter().position(|byte| *byte == b'\n').map_or(0, |place| alike.len() - place - 1);
        }
    }
    let range = start + first..end - last;
    Some((range, new.get(..new.len() - last)?.to_vec()))
}

/// Does edits to the content they were made of; `None` when it is another.
pub fn apply(old: &[u8], edits: &[Edit]) -> Option<Vec<u8>> {
    let mut new = Vec::with_capacity(old.len());
    let mut place = 0;
    for edit in edits {
        new.extend_from_slice(old.get(place..edit.at)?);
        place = edit.at + edit.removed.0.len();
        if old.get(edit.at..place)? != edit.removed.0 {
            return None;
        }
        new.extend_from_slice(&edit.added.0);
    }
    new.extend_from_slice(old.get(place..)?);
    Some(new)
}

/// The edits that take these back.
pub fn inverse(edits: &[Edit]) -> Vec<Edit> {
    let (mut longer, mut shorter) = (0, 0);
    let (mut more, mut fewer) = (0, 0);
    edits
        .iter()
        .map(|edit| {
            let at = edit.at + longer - shorter;
            let line = edit.line + more - fewer;
            longer += edit.added.0.len();
            shorter += edit.removed.0.len();
            more += newlines(&edit.added.0);
            fewer += newlines(&edit.removed.0);
            Edit { at, line, removed: edit.added.clone(), added: edit.removed.clone() }
        })
        .collect()
}

/// Takes edits back in the content that came of them; `None` when it is another.
pub fn revert(new: &[u8], edits: &[Edit]) -> Option<Vec<u8>> {
    apply(new, &inverse(edits))
}

/// Moves edits, made for the content before `later` happened to it, to where they belong behind it; `None` where both
/// touch the same lines.
pub fn rebased(edits: Vec<Edit>, later: &[Edit]) -> Option<Vec<Edit>> {
    edits.into_iter().map(|edit| moved(edit, later)).collect()
}

fn moved(mut edit: Edit, later: &[Edit]) -> Option<Edit> {
    let (start, end) = (edit.at, edit.at + edit.removed.0.len());
    for other in later {
        let (first, last) = (other.at, other.at + other.removed.0.len());
        // What is only put in between two lines is in nobody's way.
        if last > start && end > first {
            return None;
        }
        if last <= start {
            edit.at = edit.at + other.added.0.len() - other.removed.0.len();
            edit.line = edit.line + newlines(&other.added.0) - newlines(&other.removed.0);
        }
    }
    Some(edit)
}

/// The edits as everybody may see them; tells whether anything was left out.
pub fn masked(name: &str, edits: &[Edit]) -> (Vec<Edit>, bool) {
    let mut hidden = false;
    let mut text = |text: &Text| {
        let Ok(plain) = std::str::from_utf8(&text.0) else { return text.clone() };
        let mut shown = String::with_capacity(plain.len());
        for line in plain.split_inclusive('\n') {
            let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
            let masked = mask::line(name, line);
            hidden |= masked != line;
            shown.push_str(&masked);
            shown.push_str(end);
        }
        Text(shown.into_bytes())
    };
    let edits = edits
        .iter()
        .map(|edit| Edit { removed: text(&edit.removed), added: text(&edit.added), ..edit.clone() })
        .collect();
    (edits, hidden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, proptest};

    fn lines(old: &str, new: &str) -> Vec<(usize, String, String)> {
        let text = |text: &Text| String::from_utf8(text.0.clone()).unwrap();
        let edits = between(old.as_bytes(), new.as_bytes(), Grain::Line);
        edits.iter().map(|edit| (edit.line, text(&edit.removed), text(&edit.added))).collect()
    }

    #[test]
    fn whole_lines_are_told() {
        for (old, new, line, removed, added) in [
            ("user:a\nuser:c\n", "user:a\nuser:b\nuser:c\n", 2, "", "user:b\n"),
            ("a\nb\nc\n", "a\nc\n", 2, "b\n", ""),
            ("a\nb\nc\n", "a\nbb\nc\n", 2, "b\n", "bb\n"),
            ("a\nb", "a\nb\n", 2, "b", "b\n"),
            ("a\nb", "a\nbc", 2, "b", "bc"),
            ("", "a\n", 1, "", "a\n"),
            ("a\n", "", 1, "a\n", ""),
            ("x\nx\n", "x\n", 2, "x\n", ""),
        ] {
            assert_eq!(lines(old, new), [(line, removed.into(), added.into())], "{old:?} {new:?}");
        }
        assert!(lines("a\nb\n", "a\nb\n").is_empty());
        let old = b"a\nb\nc\nd\n";
        let two = edits(old, &[(2..4, b"B\n".to_vec()), (6..6, b"x\n".to_vec())], Grain::Line);
        assert_eq!(two.iter().map(|edit| edit.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(apply(old, &two).unwrap(), b"a\nB\nc\nx\nd\n");
    }

    #[test]
    fn edits_are_moved_or_in_the_way() {
        let content = b"a\nb\nc\n";
        let put_back = inverse(&between(b"a\nx\nb\nc\n", content, Grain::Line));
        let later = between(content, b"0\na\nb\nC\n", Grain::Line);
        let moved = rebased(put_back.clone(), &later);
        assert_eq!(moved, None, "one edit over everything is in the way");
        let later =
            [between(content, b"0\na\nb\nc\n", Grain::Line), between(content, b"a\nb\nC\n", Grain::Line)];
        let moved = rebased(put_back, &later.concat()).unwrap();
        assert_eq!(apply(b"0\na\nb\nC\n", &moved).unwrap(), b"0\na\nx\nb\nC\n");
        let take = inverse(&between(content, b"a\nb\nx\nc\n", Grain::Line));
        assert_eq!(rebased(take, &between(b"a\nb\nx\nc\n", b"a\nb\ny\nc\n", Grain::Line)), None);
    }

    #[test]
    fn secrets_are_left_out() {
        let old = b"user:a@pve:1:0:::::SESAME:\n";
        let (shown, hidden) = masked("user.cfg", &between(old, b"user:a@pve:0:0:::::x:\n", Grain::Line));
        assert!(hidden && !format!("{shown:?}").contains("SESAME"), "{shown:?}");
        let (shown, hidden) = masked("user.cfg", &between(b"", b"user:a@pve:1:0:::::x:\n", Grain::Line));
        assert!(!hidden && format!("{shown:?}").contains("a@pve"), "{shown:?}");
    }

    proptest! {
        #[test]
        fn what_was_done_can_be_taken_back(
            old in "[ab\n]{0,12}", new in "[ab\n]{0,12}", start in any::<usize>(), end in any::<usize>(), fine in any::<bool>()
        ) {
            let grain = if fine { Grain::Byte } else { Grain::Line };
            let (old, new) = (old.as_bytes(), new.as_bytes());
            let all = between(old, new, grain);
            assert_eq!(apply(old, &all).unwrap(), new);
            assert_eq!(revert(new, &all).unwrap(), old);
            let start = start % (old.len() + 1);
            let end = start + end % (old.len() - start + 1);
            let some = edits(old, &[(start..end, new.to_vec())], grain);
            let result = [&old[..start], new, &old[end..]].concat();
            assert_eq!(apply(old, &some).unwrap(), result);
            assert_eq!(revert(&result, &some).unwrap(), old);
        }
    }
}
