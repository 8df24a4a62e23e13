//! Users as a table of comma-separated values (RFC 4180), described in `docs/bulk.md`.

use crate::error::{Error, Result};
use crate::model::id::GroupId;
use crate::model::user::User;

/// The columns that are written, in order; their names are those of the options of `user add`.
pub const COLUMNS: [&str; 8] =
    ["userid", "enable", "expire", "firstname", "lastname", "email", "comment", "groups"];

/// A table as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The titles of the columns.
    pub header: Vec<String>,
    /// What stands below.
    pub rows: Vec<Row>,
}

/// A row of a table; it has as many cells as the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on, counted from 1.
    pub line: u64,
    /// What stands in its cells.
    pub cells: Vec<String>,
}

/// Reads a table. Where the first line holds a `;` and no `,`, the cells are parted by `;`, as some spreadsheets do; a
/// byte order mark is passed over. Empty lines are no rows.
///
/// # Errors
/// [`Error::Syntax`] for text that is not UTF-8, a row with another number of cells than the header, and a table without
/// a header.
pub fn read(file: &str, text: &[u8]) -> Result<Sheet> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text);
    let header: Vec<String> = reader
        .headers()
        .map_err(|fault| syntax(file, text, &fault))?
        .iter()
        .map(|cell| cell.trim().to_owned())
        .collect();
    if header.iter().all(String::is_empty) {
        let message = "the first line has to name the columns".to_owned();
        return Err(Error::Syntax { file: file.to_owned(), line: 1, column: 1, message });
    }
    let mut rows = Vec::new();
    let mut lines = Lines { text, counted: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|fault| syntax(file, text, &fault))?;
        let line = record.position().map_or(0, |position| lines.at(position));
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    Ok(Sheet { header, rows })
}

/// Counts lines up to places that come in order.
struct Lines<'t> {
    text: &'t [u8],
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line a record begins on: empty ones before it are said to belong to it.
    fn at(&mut self, position: &csv::Position) -> u64 {
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let behind = self.text.get(start..).unwrap_or_default();
        let start = start + behind.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let between = self.text.get(self.counted..start).unwrap_or_default();
        self.line += between.iter().filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>();
        self.counted = start;
        self.line
    }
}

fn syntax(file: &str, text: &[u8], fault: &csv::Error) -> Error {
    let line = fault.position().map_or(1, |position| Lines { text, counted: 0, line: 1 }.at(position));
    let message = match fault.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells in this row, and {expected_len} in the first line")
        }
        csv::ErrorKind::Utf8 { .. } => "this is not UTF-8".to_owned(),
        _ => fault.to_string(),
    };
    Error::Syntax {
        file: file.to_owned(),
        line: usize::try_from(line).unwrap_or(usize::MAX),
        column: 1,
        message,
    }
}

/// The cells of a user, in the order of [`COLUMNS`].
pub fn cells(user: &User, groups: &[GroupId]) -> [String; COLUMNS.len()] {
    let groups: Vec<&str> = groups.iter().map(GroupId::as_str).collect();
    [
        user.id.to_string(),
        i32::from(user.enable).to_string(),
        user.expire.unwrap_or(0).to_string(),
        user.first_name.clone(),
        user.last_name.clone(),
        user.email.clone(),
        user.comment.clone(),
        groups.join(" "),
    ]
}

/// Writes a table. Lines end in CR and LF, as RFC 4180 has it.
///
/// # Errors
/// [`Error::Refused`] when rows differ in length.
pub fn write<'r>(rows: impl Iterator<Item = &'r [String]>) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let refused = |fault: String| Error::refused(format!("the table cannot be written: {fault}"));
    for row in rows {
        writer.write_record(row).map_err(|fault| refused(fault.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|fault| refused(fault.to_string()))?;
    String::from_utf8(bytes).map_err(|fault| refused(fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let rows = [
            vec!["userid".to_owned(), "comment".to_owned()],
            vec!["a@pve".to_owned(), "one, \"two\"\nthree\r\n; =1+1 ".to_owned()],
            vec!["b@pve".to_owned(), String::new()],
        ];
        let text = write(rows.iter().map(Vec::as_slice)).unwrap();
        let sheet = read("x.csv", text.as_bytes()).unwrap();
        assert_eq!(sheet.header, rows[0]);
        assert_eq!(sheet.rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>(), rows[1..]);
        assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
    }

    #[test]
    fn tables_of_spreadsheets() {
        let sheet = read("x.csv", b"\xef\xbb\xbfuserid;comment\r\n\r\na@pve;x,y\r\n").unwrap();
        assert_eq!(sheet.header, ["userid", "comment"]);
        assert_eq!(sheet.rows, [Row { line: 3, cells: vec!["a@pve".into(), "x,y".into()] }]);
        for (text, words) in [
            (&b"userid,comment\na@pve\n"[..], "x.csv:2:1: 1 cells in this row, and 2 in the first line"),
            (b"userid\na\n\xff\n", "x.csv:3:1: this is not UTF-8"),
            (b"", "x.csv:1:1: the first line has to name the columns"),
        ] {
            assert_eq!(read("x.csv", text).unwrap_err().to_string(), words);
        }
    }
}
