//! In which order the linker lays out functions: those of frequent commands side by side.

use super::data::Data;
use super::process::fresh;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A pattern is left out when functions of the same name that were not run make it longer by so many bytes, for each
/// that was run.
const BESIDE: usize = 16_000;

const REALMS: &str = "pam: pam\n\tcomment Linux PAM standard authentication\n\n\
    ldap: ldap1\n\tbase_dn dc=example,dc=com\n\tserver1 127.0.0.1\n\tuser_attr uid\n\n";
const SECRETS: &str = "root@pam!backup 9c010945-601f-4fbc-ac8e-7b0562bfc05a\n";

/// Runs frequent commands of a program that has its symbols under `callgrind`, and writes the script for the linker
/// that lays their functions side by side. `map` is what lld wrote about this program (`-Map`, names not demangled).
pub fn order(program: &Path, map: &Path) {
    let map = Map::of(&fs::read_to_string(map).unwrap());
    fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/order.ld"), script(program, &map)).unwrap();
}

fn script(program: &Path, map: &Map) -> String {
    let data = Data::of(10_000);
    let (user, path) = (data.users[0].as_str(), data.paths[0].as_str());
    let commands: [&[&str]; 4] = [
        &["user", "add", "new@pve"],
        &["acl", "modify", path, "--users", user, "--roles", "PVEAuditor"],
        &["can", user, "VM.Audit", path],
        &["user", "permissions", user],
    ];
    let mut wanted: BTreeMap<&str, Wanted> = BTreeMap::new();
    for (place, command) in commands.iter().enumerate() {
        for section in executed(program, command, &data).iter().filter_map(|name| map.symbols.get(name)) {
            let wanted = wanted.entry(&map.sections[*section].pattern).or_default();
            wanted.commands |= 1 << place;
            wanted.sections.insert(*section);
        }
    }
    let beside = |pattern: &str, wanted: &Wanted| {
        let run: usize = wanted.sections.iter().map(|section| map.sections[*section].size).sum();
        map.sizes[pattern] - run
    };
    let mut patterns: Vec<_> = wanted
        .into_iter()
        .filter(|(pattern, wanted)| beside(pattern, wanted) <= BESIDE * wanted.sections.len())
        .collect();
    patterns.sort_by_key(|(_, wanted)| (-wanted.commands.count_ones().cast_signed(), wanted.commands));
    let mut script = String::from(
        "/* The functions that frequent commands run, side by side: docs/performance.md.\n   \
         Written by the bench (`-- order`); what is missing or gone only lies elsewhere. */\n\
         SECTIONS {\n.text.frequent : {\n*crt1.o(.text)\n*crtbegin*.o(.text)\n",
    );
    for (pattern, _) in patterns {
        writeln!(script, "{pattern}").unwrap();
    }
    script + "}\n}\nINSERT BEFORE .text;\n"
}

#[derive(Default)]
struct Wanted {
    /// A bit for each command that runs something of it.
    commands: u32,
    /// What is run of it, by place in the map.
    sections: BTreeSet<usize>,
}

/// The names of all functions a command runs.
fn executed(program: &Path, command: &[&str], data: &Data) -> BTreeSet<String> {
    let directory = fresh("order");
    fs::create_dir_all(directory.join("priv/lock")).unwrap();
    for (file, text) in
        [("user.cfg", data.text.as_str()), ("domains.cfg", REALMS), ("priv/token.cfg", SECRETS)]
    {
        fs::write(directory.join(file), text).unwrap();
    }
    let profile = directory.join("profile");
    let mut run = Command::new("valgrind");
    run.args(["-q", "--tool=callgrind", "--demangle=no"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(program)
        .args(command)
        .env("USHER_CONFIG_DIR", &directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let status =
        run.status().unwrap_or_else(|fault| panic!("{fault}: valgrind is needed: apt-get install valgrind"));
    // 3: the answer to the question is no.
    assert!(matches!(status.code(), Some(0 | 3)), "{run:?}");
    let profile = fs::read_to_string(profile).unwrap();
    // A name stands where its number is met first: `fn=(12) name`, `cfn=(13) name'2`.
    let named =
        profile.lines().filter_map(|line| line.strip_prefix('c').unwrap_or(line).strip_prefix("fn=("));
    let names = named.filter_map(|rest| rest.split_once(") ").map(|(_, name)| name));
    names.map(|name| name.split_once('\'').map_or(name, |(name, _)| name).to_owned()).collect()
}

/// A piece of code as the compiler made it: one function, or all those of one object of a C library.
struct Section {
    pattern: String,
    size: usize,
}

/// Where the linker put what.
struct Map {
    sections: Vec<Section>,
    symbols: BTreeMap<String, usize>,
    sizes: BTreeMap<String, usize>,
}

impl Map {
    /// Reads what lld writes: address, the same, size and alignment, then an object with its section, and below it the
    /// symbols in it.
    fn of(text: &str) -> Self {
        let mut map = Self { sections: Vec::new(), symbols: BTreeMap::new(), sizes: BTreeMap::new() };
        let mut current = None;
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let (Some(size), Some(name)) = (words.nth(2), words.nth(1)) else { continue };
            if let Some((object, section)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(":(")) {
                let pattern = if section.starts_with(".text") { pattern(object, section) } else { None };
                current = pattern.map(|pattern| {
                    let size = usize::from_str_radix(size, 16).unwrap();
                    *map.sizes.entry(pattern.clone()).or_default() += size;
                    map.sections.push(Section { pattern, size });
                    map.sections.len() - 1
                });
            } else if let Some(current) = current {
                map.symbols.entry(name.to_owned()).or_insert(current);
            }
        }
        map
    }
}

/// How a script names a section in an object; `None` for objects of no library.
fn pattern(object: &str, section: &str) -> Option<String> {
    let is_digest = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Names of Rust's end in or hold what changes with every version of the compiler.
    let section = any(&any(section, "17h", "E", is_digest), "Cs", "_", is_word);
    if object.trim_end_matches(')').ends_with(".rcgu.o") {
        return Some(format!("*({section})"));
    }
    let (library, member) = object.rsplit('/').next()?.strip_suffix(')')?.split_once('(')?;
    Some(format!("*{}:{member}({section})", any(library, "-", ".rlib", is_digest)))
}

/// Puts a `*` for every such thing between two others.
fn any(text: &str, open: &str, close: &str, is_such: impl Fn(&str) -> bool) -> String {
    let (mut done, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once(open) {
        done.extend([before, open]);
        rest = match behind.split_once(close) {
            Some((such, behind)) if is_such(such) => {
                done.extend(["*", close]);
                behind
            }
            _ => behind,
        };
    }
    done + rest
}
