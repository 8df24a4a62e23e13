//! A Rust file as the checks see it: code, literals and comments apart, test modules gone.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository.
pub struct Source {
    /// Where it is, relative to the repository: `src/cli/user/add.rs`.
    pub path: String,
    /// The code line by line as in the file; comments, test modules and what stands in literals are
    /// blanks.
    pub code: String,
    /// The literals outside test modules: line, text.
    pub literals: Vec<(usize, String)>,
}

impl Source {
    /// Takes a file apart.
    pub fn new(path: &str, text: &str) -> Self {
        let (code, literals) = blank_literals(text);
        let (code, gone) = blank_test_modules(code);
        let is_gone = |line: usize| gone.iter().any(|(first, last)| (*first..=*last).contains(&line));
        let literals = literals.into_iter().filter(|(line, _)| !is_gone(*line)).collect();
        Self { path: path.to_owned(), code, literals }
    }

    /// Whether the file holds nothing but tests.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// The modules from the top down to this file: `["cli", "user", "add"]`; none for `lib.rs`.
    pub fn module(&self) -> Vec<&str> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<&str> = inner.split('/').collect();
        if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
            parts.pop();
        }
        parts
    }

    /// The words of the code (identifiers and keywords) with the text before and behind each.
    pub fn words(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from + self.code[from..].find(part)?;
            let length = self.code[start..].find(|c| !part(c)).unwrap_or(self.code.len() - start);
            from = start + length;
            Some((&self.code[..start], &self.code[start..from], &self.code[from..]))
        })
    }

    /// How many lines hold code.
    pub fn lines_of_code(&self) -> usize {
        self.code.lines().filter(|line| !line.trim().is_empty()).count()
    }
}

/// The first path segments behind `path::`: one, or those of the group `{a, b::c}`.
pub fn segments(behind: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(rest) = behind.trim_start().strip_prefix("::") else { return Vec::new() };
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let mut depth = 0_usize;
    let mut found = Vec::new();
    let mut expected = true;
    for (place, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expected = true,
            _ if expected && !c.is_whitespace() => {
                found.push(word(&group[place..]));
                expected = false;
            }
            _ => {}
        }
    }
    found
}

/// Blanks comments and the insides of literals, line by line.
fn blank_literals(text: &str) -> (String, Vec<(usize, String)>) {
    let characters: Vec<char> = text.chars().collect();
    let at = |place: usize| characters.get(place).copied().unwrap_or('\0');
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut line = 1;
    let mut place = 0;
    let mut blank = |code: &mut String, c: char| {
        if c == '\n' {
            line += 1;
        }
        code.push(if c == '\n' { '\n' } else { ' ' });
        line
    };
    while place < characters.len() {
        let c = at(place);
        let in_word = place > 0 && (at(place - 1).is_alphanumeric() || at(place - 1) == '_');
        let hashes = characters[place + 1..].iter().take_while(|c| **c == '#').count();
        if c == '/' && at(place + 1) == '/' {
            while place < characters.len() && at(place) != '\n' {
                blank(&mut code, ' ');
                place += 1;
            }
        } else if c == '/' && at(place + 1) == '*' {
            let mut depth = 0;
            loop {
                match (at(place), at(place + 1)) {
                    ('/', '*') => depth += 1,
                    ('*', '/') => depth -= 1,
                    _ => {
                        blank(&mut code, at(place));
                        place += 1;
                        continue;
                    }
                }
                blank(&mut code, ' ');
                blank(&mut code, ' ');
                place += 2;
                if depth == 0 || place >= characters.len() {
                    break;
                }
            }
        } else if (c == 'r' && (!in_word || at(place - 1) == 'b')) && at(place + 1 + hashes) == '"' {
            code.extend(std::iter::repeat_n(' ', hashes + 2));
            place += hashes + 2;
            let mut literal = String::new();
            let first = blank(&mut code, ' ');
            code.pop();
            let ends = |place: usize| at(place) == '"' && (1..=hashes).all(|n| at(place + n) == '#');
            while place < characters.len() && !ends(place) {
                literal.push(at(place));
                blank(&mut code, at(place));
                place += 1;
            }
            place += hashes + 1;
            code.extend(std::iter::repeat_n(' ', hashes + 1));
            literals.push((first, literal));
        } else if c == '"' {
            let first = blank(&mut code, ' ');
            place += 1;
            let mut literal = String::new();
            while place < characters.len() && at(place) != '"' {
                if at(place) == '\\' {
                    literal.push('\\');
                    blank(&mut code, ' ');
                    place += 1;
                }
                literal.push(at(place));
                blank(&mut code, at(place));
                place += 1;
            }
            blank(&mut code, ' ');
            place += 1;
            literals.push((first, literal));
        } else if c == '\'' && (at(place + 1) == '\\' || at(place + 2) == '\'') {
            blank(&mut code, ' ');
            place += 1;
            while place < characters.len() && at(place) != '\'' {
                let step = if at(place) == '\\' { 2 } else { 1 };
                for _ in 0..step {
                    blank(&mut code, ' ');
                    place += 1;
                }
            }
            blank(&mut code, ' ');
            place += 1;
        } else if c == '\n' {
            blank(&mut code, '\n');
            place += 1;
        } else {
            code.push(c);
            place += 1;
        }
    }
    (code, literals)
}

/// Blanks `#[cfg(test)] mod … { … }`; tells which lines they were.
fn blank_test_modules(code: String) -> (String, Vec<(usize, usize)>) {
    let mut code = code;
    let mut gone = Vec::new();
    while let Some(start) = code.find("#[cfg(test)]") {
        let behind = &code[start..];
        let end = match (behind.find('{'), behind.find(';')) {
            (Some(brace), semicolon) if semicolon.is_none_or(|place| brace < place) => {
                let mut depth = 0_usize;
                let closing = behind.char_indices().skip_while(|(place, _)| *place < brace).find(|(_, c)| {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    depth == 0
                });
                start + closing.map_or(behind.len(), |(place, _)| place + 1)
            }
            (_, Some(semicolon)) => start + semicolon + 1,
            _ => code.len(),
        };
        let line = |place: usize| code[..place].matches('\n').count() + 1;
        gone.push((line(start), line(end)));
        let blank: String = code[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(start..end, &blank);
    }
    (code, gone)
}

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` that is part of the repository, sorted, relative to it.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            // What is built, what fuzzing found, and git's own files are not the repository.
            if !matches!(name.as_str(), "target" | ".git" | "corpus" | "artifacts" | "coverage") {
                collect(&path, found);
            }
        } else {
            found.push(path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned());
        }
    }
}

/// The text of a file; `None` when it is not text.
pub fn text(path: &str) -> Option<String> {
    String::from_utf8(fs::read(root().join(path)).unwrap()).ok()
}

/// Every Rust file below `folder`.
pub fn sources(folder: &str) -> Vec<Source> {
    let files = files(folder);
    files
        .iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| Source::new(path, &text(path).unwrap()))
        .collect()
}

#[test]
fn code_and_literals_are_told_apart() {
    let text = "let a = \"x // \\\" y\"; // crate::cli\n/* \" /* */ crate::b */ let c = '\"'; let l: &'a str = r#\"q\"uo\n\"#;\nend";
    let source = Source::new("src/x.rs", text);
    assert_eq!(source.code.lines().count(), text.lines().count());
    assert!(!source.code.contains("crate") && source.code.contains("let c =") && source.code.contains("end"));
    assert_eq!(source.literals, [(1, "x // \\\" y".to_owned()), (2, "q\"uo\n".to_owned())]);
}

#[test]
fn test_modules_do_not_count() {
    let text =
        "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { \"}\"; }\n}\n#[cfg(test)]\nmod t;\nfn c() {}\n";
    let source = Source::new("src/x.rs", text);
    assert_eq!(source.lines_of_code(), 2);
    assert!(source.literals.is_empty() && source.code.contains("fn c()"));
}

#[test]
fn groups_of_paths() {
    assert_eq!(segments("::error::{Error, Kind}"), ["error"]);
    assert_eq!(segments("::{model::{a, b}, store, cli::x}"), ["model", "store", "cli"]);
    assert!(segments(" fn").is_empty());
}

#[test]
fn modules() {
    let module = |path: &str| Source::new(path, "").module().join("::");
    assert_eq!(module("src/cli/user/add.rs"), "cli::user::add");
    assert_eq!(module("src/cli/mod.rs"), "cli");
    assert_eq!(module("src/error.rs"), "error");
    assert_eq!(module("src/lib.rs"), "");
}
