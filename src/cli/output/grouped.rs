//! A table whose rows belong together by their first cell, of any length: the first cell is shown once
//! for all that share it, and a rule parts one group from the next.

use std::io::{self, BufWriter, Write};

use super::Style;
use super::text::{cut, measure, plain};

/// The rules of a table.
struct Lines {
    top: [&'static str; 3],
    head: [&'static str; 4],
    part: [&'static str; 4],
    bottom: [&'static str; 3],
    side: &'static str,
}

const UNICODE: Lines = Lines {
    top: ["┌", "┬", "┐"],
    head: ["╞", "╪", "╡", "═"],
    part: ["├", "┼", "┤", "─"],
    bottom: ["└", "┴", "┘"],
    side: "│",
};

const ASCII: Lines = Lines {
    top: ["+", "+", "+"],
    head: ["+", "+", "+", "="],
    part: ["+", "+", "+", "-"],
    bottom: ["+", "+", "+"],
    side: "|",
};

/// Draws the rows `rows` gives, which it is asked for twice: once to see how wide they are.
///
/// # Errors
/// What `out` says.
pub fn write<const N: usize, R: Iterator<Item = [String; N]>>(
    titles: [&str; N],
    rows: impl Fn() -> R,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut widths = if style.header { titles.map(|title| measure(title, style.count)) } else { [0; N] };
    for row in rows() {
        for (width, cell) in widths.iter_mut().zip(&row) {
            *width = measure(&plain(cell, style), style.count).max(*width);
        }
    }
    let table = Drawing { widths, style, lines: if style.unicode { UNICODE } else { ASCII } };
    let Lines { top, head, part, bottom, .. } = table.lines;
    table.rule([top[0], top[1], top[2], part[3]], &mut out)?;
    if style.header {
        table.row(&titles.map(str::to_owned), &mut out)?;
        table.rule(head, &mut out)?;
    }
    let mut group: Option<String> = None;
    for mut row in rows() {
        if let Some(first) = row.first_mut() {
            match &mut group {
                Some(known) if known == first => first.clear(),
                Some(known) => {
                    table.rule(part, &mut out)?;
                    known.clone_from(first);
                }
                None => group = Some(first.clone()),
            }
        }
        table.row(&row, &mut out)?;
    }
    table.rule([bottom[0], bottom[1], bottom[2], part[3]], &mut out)?;
    out.flush()
}

struct Drawing<'s, const N: usize> {
    widths: [usize; N],
    style: &'s Style,
    lines: Lines,
}

impl<const N: usize> Drawing<'_, N> {
    fn rule(&self, [left, inner, right, dash]: [&str; 4], out: &mut impl Write) -> io::Result<()> {
        if !self.style.border {
            return Ok(());
        }
        let mut line = String::from(left);
        for (place, width) in self.widths.iter().enumerate() {
            line.push_str(if place > 0 { inner } else { "" });
            line.push_str(&dash.repeat(width + 2));
        }
        line.push_str(right);
        self.line(&line, out)
    }

    fn row(&self, cells: &[String; N], out: &mut impl Write) -> io::Result<()> {
        let mut line = String::with_capacity(self.widths.iter().sum::<usize>() + 4 * N + 4);
        let side = if self.style.border { self.lines.side } else { "" };
        for (place, (cell, width)) in cells.iter().zip(self.widths).enumerate() {
            let shown = plain(cell, self.style);
            line.push_str(side);
            line.push_str(if self.style.border || place > 0 { " " } else { "" });
            line.push_str(&shown);
            let missing = width.saturating_sub(measure(&shown, self.style.count));
            if self.style.border || place + 1 < N {
                line.extend(std::iter::repeat_n(' ', missing));
            }
            line.push_str(if self.style.border { " " } else { "" });
        }
        line.push_str(side);
        self.line(line.trim_end_matches(' '), out)
    }

    fn line(&self, line: &str, out: &mut impl Write) -> io::Result<()> {
        let line = self.style.width.map_or(line, |width| cut(line, width, self.style.count));
        out.write_all(line.as_bytes())?;
        out.write_all(b"\n")
    }
}
