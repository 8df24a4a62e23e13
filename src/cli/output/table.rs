//! The layout of text tables.
//!
//! `comfy-table` draws; three things it cannot do are done around it. It measures what a terminal
//! shows, so where a character is to count as one, a stand-in one column wide takes the place of
//! every character beyond ASCII and is exchanged for the original afterwards. It pads the last
//! column, which a table without border does not, so a mark there shows where the padding starts.
//! And it builds the whole table in memory, so it gets a few rows at a time, with fixed widths.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, Write};

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle, Width,
};

use super::text::{Grid, cut, measure, plain};
use super::{Column, Count, Kind, Style};

/// Stands for one character beyond ASCII during layout; of private use, and one column wide.
const STAND_IN: char = '\u{e000}';
/// Ends every line of the last column without border. No cell holds a control character.
const END: char = '\u{1}';
/// Rows laid out at a time.
const BATCH: usize = 256;
/// The widest line of a cell; `comfy-table` counts widths in 16 bits.
const WIDEST: usize = 65_000;

const UNICODE: TableStyle = TableStyle::new()
    .top_border(LineStyle::new('┌', '─', '┬', '┐'))
    .header_lines(ContentLineStyle::new('│', '│', '│'))
    .header_separator(LineStyle::new('╞', '═', '╪', '╡'))
    .content_lines(ContentLineStyle::new('│', '│', '│'))
    .row_separator(LineStyle::new('├', '─', '┼', '┤'))
    .bottom_border(LineStyle::new('└', '─', '┴', '┘'));

const ASCII: TableStyle = TableStyle::new()
    .top_border(LineStyle::new('+', '-', '+', '+'))
    .header_lines(ContentLineStyle::new('|', '|', '|'))
    .header_separator(LineStyle::new('+', '=', '+', '+'))
    .content_lines(ContentLineStyle::new('|', '|', '|'))
    .row_separator(LineStyle::new('+', '-', '+', '+'))
    .bottom_border(LineStyle::new('+', '-', '+', '+'));

const BORDERLESS: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().junction(' '))
    .content_lines(ContentLineStyle::none().junction(' '));

/// Draws the grid; nothing at all if it has no rows.
pub(super) fn write(grid: &Grid<'_>, style: &Style, out: &mut impl Write) -> io::Result<()> {
    if grid.rows.is_empty() || grid.columns.is_empty() {
        return Ok(());
    }
    let layout = Layout::of(grid, style);
    let batches = grid.rows.len().div_ceil(BATCH);
    for (index, rows) in grid.rows.chunks(BATCH).enumerate() {
        layout.batch(rows, index == 0, index + 1 == batches, out)?;
    }
    Ok(())
}

struct Layout<'a> {
    columns: &'a [Column],
    /// How wide each column is and how wide it may be.
    widths: Vec<(usize, usize)>,
    style: &'a Style,
}

impl<'a> Layout<'a> {
    fn of(grid: &'a Grid<'_>, style: &'a Style) -> Self {
        let last = grid.columns.len() - 1;
        let limit = |(index, column): (usize, &Column)| {
            let free = !style.border && index == last;
            // Beyond a terminal's edge nothing is seen: no need to lay it out.
            let edge = style.width.unwrap_or(WIDEST).clamp(1, WIDEST);
            (0, column.limit.filter(|_| !free).unwrap_or(edge).min(edge))
        };
        let mut widths: Vec<(usize, usize)> = grid.columns.iter().enumerate().map(limit).collect();
        let titles = grid.columns.iter().map(|column| Cow::Borrowed(column.name)).collect();
        for row in std::iter::once(&titles).chain(&grid.rows) {
            for ((width, limit), cell) in widths.iter_mut().zip(row) {
                for line in lines(cell) {
                    *width = measure(&plain(line, style), style.count).min(*limit).max(*width);
                }
            }
        }
        Self { columns: &grid.columns, widths, style }
    }

    fn batch(
        &self,
        rows: &[Vec<Cow<'_, str>>],
        first: bool,
        last: bool,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let mut look = match (self.style.border, self.style.unicode) {
            (false, _) => BORDERLESS,
            (true, true) => UNICODE,
            (true, false) => ASCII,
        };
        if !first {
            look = look.top_border(look.row_separator);
        }
        if !last {
            look = look.bottom_border(LineStyle::none());
        }
        let mut table = Table::new();
        table.load_style(look).set_content_arrangement(ContentArrangement::Disabled);

        let mut originals = VecDeque::new();
        if first && self.style.header {
            let titles: Vec<_> = self.columns.iter().map(|column| Cow::Borrowed(column.name)).collect();
            table.set_header(self.row(&titles, &mut originals));
        }
        for row in rows {
            table.add_row(self.row(row, &mut originals));
        }
        for ((column, declared), (width, _)) in table.column_iter_mut().zip(self.columns).zip(&self.widths) {
            let padding = u16::from(self.style.border);
            column.set_padding((padding, padding));
            let width = u16::try_from(*width).unwrap_or(u16::MAX).saturating_add(2 * padding);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
            if declared.kind == Kind::Integer {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        if let (false, Some(column)) = (self.style.border, table.column_mut(self.columns.len() - 1)) {
            column.set_cell_alignment(CellAlignment::Left);
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        table.lines().try_for_each(|line| self.line(&line, &mut originals, out))
    }

    /// The cells of one row, ready for layout. Characters taken out go to `originals` in the order in
    /// which they will be drawn: line by line across the row.
    fn row(&self, cells: &[Cow<'_, str>], originals: &mut VecDeque<char>) -> Vec<Cell> {
        let mut ready: Vec<Vec<String>> =
            cells.iter().zip(&self.widths).map(|(cell, (_, limit))| self.cell(cell, *limit)).collect();
        let height = ready.iter().map(Vec::len).max().unwrap_or(1);
        if self.style.count == Count::Characters {
            for index in 0..height {
                for line in ready.iter_mut().filter_map(|cell| cell.get_mut(index)) {
                    if !line.is_ascii() {
                        originals.extend(line.chars().filter(|character| !character.is_ascii()));
                        let stand_in =
                            |character: char| if character.is_ascii() { character } else { STAND_IN };
                        *line = line.chars().map(stand_in).collect();
                    }
                }
            }
        }
        if let (false, Some(cell)) = (self.style.border, ready.last_mut()) {
            cell.resize(height, String::new());
            cell.iter_mut().for_each(|line| line.push(END));
        }
        ready.into_iter().map(|lines| Cell::new_owned(lines.join("\n"))).collect()
    }

    /// The lines of one cell as they will be seen; only an unlimited column continues a line that is
    /// too wide for the layout on the next one.
    fn cell(&self, text: &str, limit: usize) -> Vec<String> {
        let mut ready = Vec::with_capacity(1);
        for line in lines(text) {
            let shown = plain(line, self.style);
            let mut part = cut(&shown, limit, self.style.count);
            ready.push(part.to_owned());
            let mut rest = shown.get(part.len()..).unwrap_or_default();
            while limit == WIDEST && !rest.is_empty() && !part.is_empty() {
                part = cut(rest, limit, self.style.count);
                ready.push(part.to_owned());
                rest = rest.get(part.len()..).unwrap_or_default();
            }
        }
        ready
    }

    fn line(&self, line: &str, originals: &mut VecDeque<char>, out: &mut impl Write) -> io::Result<()> {
        let line = match self.style.border {
            true => line,
            false => line.split(END).next().unwrap_or(line),
        };
        let line = if self.style.count == Count::Characters && line.contains(STAND_IN) {
            let original =
                |drawn| if drawn == STAND_IN { originals.pop_front().unwrap_or('?') } else { drawn };
            Cow::Owned(line.chars().map(original).collect())
        } else {
            Cow::Borrowed(line)
        };
        let line = self.style.width.map_or(line.as_ref(), |width| cut(&line, width, self.style.count));
        out.write_all(line.as_bytes())?;
        out.write_all(b"\n")
    }
}

/// The lines of a cell: at least one, and none for new lines at its end.
fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.trim_end_matches('\n').split('\n')
}
