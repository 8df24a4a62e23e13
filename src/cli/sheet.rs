//! One thing, shown to people: a title, and below it what is to be said of it, a label before each part.

use super::output::printable;
use unicode_width::UnicodeWidthStr;

/// The cells of one line of a part.
pub type Cells = Vec<String>;

/// What is shown of one thing.
#[derive(Debug)]
pub struct Sheet {
    title: String,
    parts: Vec<(&'static str, Vec<Cells>)>,
}

impl Sheet {
    /// An empty sheet about the thing called `name`, whose sort `noun` tells, and the place it was read from.
    pub fn new(noun: &str, name: &str, place: Option<String>) -> Self {
        let place = place.map(|place| format!("  ({place})")).unwrap_or_default();
        Self { title: format!("{noun} {}{place}", printable(name)), parts: Vec::new() }
    }

    /// Says one thing; nothing when there is nothing to say.
    #[must_use]
    pub fn line(mut self, label: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((label, vec![vec![text]]));
        }
        self
    }

    /// Lists things, each in cells below those of the one before; says so when there are none.
    #[must_use]
    pub fn list(mut self, label: &'static str, rows: Vec<Cells>) -> Self {
        let rows = if rows.is_empty() { vec![vec!["none".to_owned()]] } else { rows };
        self.parts.push((label, rows));
        self
    }

    /// Lists things, and is silent when there are none.
    #[must_use]
    pub fn list_if_any(self, label: &'static str, rows: Vec<Cells>) -> Self {
        if rows.is_empty() { self } else { self.list(label, rows) }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let margin = self.parts.iter().map(|(label, _)| label.len()).max().unwrap_or(0);
        let mut text = format!("{}\n", self.title);
        for (label, rows) in &self.parts {
            let shown: Vec<Vec<_>> =
                rows.iter().map(|row| row.iter().map(|cell| printable(cell)).collect()).collect();
            let columns = shown.iter().map(Vec::len).max().unwrap_or(0);
            let widths: Vec<usize> = (0..columns)
                .map(|place| shown.iter().filter_map(|row| row.get(place)).map(|cell| cell.width()).max())
                .map(Option::unwrap_or_default)
                .collect();
            for (number, row) in shown.iter().enumerate() {
                let label = if number == 0 { label } else { "" };
                let mut line = format!("  {label:<margin$}  ");
                for (cell, width) in row.iter().zip(&widths) {
                    line.push_str(cell);
                    line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
                }
                text.push_str(line.trim_end());
                text.push('\n');
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let sheet = Sheet::new("user", "joe@pve", Some("user.cfg:3".into()))
            .line("state", "enabled")
            .line("comment", "")
            .list("groups", vec![row(&["日", "a"]), row(&["abc\n", "b"]), row(&["x"])])
            .list("tokens", Vec::new())
            .list_if_any("keys", Vec::new());
        assert_eq!(
            sheet.text(),
            "user joe@pve  (user.cfg:3)\n  state   enabled\n  groups  日     a\n          abc\\n  b\n          x\n  tokens  none\n"
        );
    }
}
