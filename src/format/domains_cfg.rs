//! `domains.cfg`: the realms, described in `docs/domains-cfg.md`.

use crate::format::Warning;
use crate::format::encoding::{decode, text_of};
use crate::format::options;
use crate::format::section::{self, Block, Content, Line, Section};
use crate::model::constraint::Constraint;
use crate::model::id::RealmId;
use crate::model::realm::{Entry, InertBlock, Property, Realm, RealmKind, Realms, Standing};
use sha1::{Digest, Sha1};
use std::sync::Arc;

/// The name of the file.
pub const FILE: &str = "domains.cfg";

/// Reads the realms. Nothing is refused: what cannot be understood is kept, does not count and is
/// told in the warnings, sorted by line.
pub fn parse(text: &[u8]) -> (Realms, Vec<Warning>) {
    let mut warnings = Warnings::default();
    let entries = section::parse(text)
        .into_iter()
        .map(|block| match block {
            Block::Section(section) => read_section(&section, &mut warnings),
            Block::Loose(lines) => read_loose(&lines, &mut warnings),
        })
        .collect();
    let (realms, notes) = Realms::assemble(Arc::new(text.to_vec()), digest(text), entries);
    for (line, message) in notes {
        warnings.add(line, message);
    }
    warnings.0.sort_by_key(|warning| warning.line);
    (realms, warnings.0)
}

/// The bytes of the file: what was read when nothing was changed, else changed sections in the
/// original's form and everything else as it stood.
pub fn render(realms: &Realms) -> Vec<u8> {
    let source = realms.source().as_slice();
    if !realms.is_edited() {
        return source.to_vec();
    }
    let mut out = Vec::with_capacity(source.len() + 256);
    for entry in realms.entries() {
        match entry {
            Entry::Inert(block) => {
                let text = source.get(block.span.clone()).unwrap_or_default();
                if block.id.is_some() {
                    section::write_whole(&mut out, text);
                } else {
                    section::write_line(&mut out, text);
                }
            }
            Entry::Realm(realm) if realm.standing == Standing::Removed => {}
            Entry::Realm(realm) if realm.clean => {
                section::write_whole(&mut out, source.get(realm.span.clone()).unwrap_or_default());
            }
            Entry::Realm(realm) => write_realm(&mut out, realm, source),
        }
    }
    out
}

/// The digest `--digest` is compared with: SHA-1 of the bytes, in hexadecimal.
pub fn digest(text: &[u8]) -> String {
    Sha1::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(Default)]
struct Warnings(Vec<Warning>);

impl Warnings {
    fn add(&mut self, line: usize, message: impl Into<String>) {
        self.0.push(Warning::new(FILE, line, message));
    }
}

fn read_loose(lines: &[Line<'_>], warnings: &mut Warnings) -> Entry {
    for line in lines {
        if let Content::Garbage(text) = line.content {
            warnings.add(line.number, format!("ignore config line: {}", text_of(text)));
        }
    }
    let first = lines.first().map_or(0, |line| line.span.start);
    let last = lines.last().map_or(first, |line| line.span.end);
    let line = lines.first().map_or(0, |line| line.number);
    Entry::Inert(InertBlock { span: first..last, line, id: None })
}

fn read_section(section: &Section<'_>, warnings: &mut Warnings) -> Entry {
    let name = text_of(section.name).into_owned();
    let skip = |warnings: &mut Warnings, why: String| {
        warnings.add(section.line, format!("skip section '{name}': {why}"));
        Entry::Inert(InertBlock { span: section.span.clone(), line: section.line, id: Some(name.clone()) })
    };
    let id = match RealmId::parse(&name) {
        Ok(id) => id,
        Err(error) => return skip(warnings, error.to_string()),
    };
    let written = text_of(section.kind).to_ascii_lowercase();
    let forced = RealmKind::builtin(id.as_str());
    let Some(kind) = forced.or_else(|| RealmKind::parse(&written).ok()) else {
        return skip(warnings, format!("unsupported type '{written}'"));
    };
    let mut realm = Realm::new(id, kind);
    realm.span = section.span.clone();
    realm.line = section.line;
    realm.clean = written == kind.as_str();
    if !realm.clean {
        warnings.add(section.line, format!("section '{name}': type '{written}' read as '{kind}'"));
    }
    read_options(&mut realm, &section.lines, warnings);
    match realm.missing() {
        Some(key) => skip(warnings, format!("missing value for required option '{key}'")),
        None => Entry::Realm(realm),
    }
}

fn read_options(realm: &mut Realm, lines: &[Line<'_>], warnings: &mut Warnings) {
    let id = realm.id().clone();
    let (inert, found) = options::read(id.as_str(), lines, |key, value| read_option(realm, key, value));
    realm.inert = inert;
    found.into_iter().for_each(|(line, message)| warnings.add(line, message));
}

fn read_option(realm: &mut Realm, key: &str, value: Option<&[u8]>) -> Result<&'static str, String> {
    let property = Property::find(key)
        .filter(|property| property.fits(realm.kind()))
        .ok_or_else(|| format!("unexpected property '{key}'"))?;
    if !property.stored {
        return Err(format!("it belongs into priv/realm/{}.pw", realm.id()));
    }
    if realm.get(property.name).is_some() {
        return Err("duplicate attribute".to_owned());
    }
    // The name of a flag alone sets it.
    let alone = matches!(property.constraint, Constraint::Flag).then_some(&b"1"[..]);
    let value = value.or(alone).ok_or("no value")?;
    let value = if key == "comment" { decode(value) } else { text_of(value).into_owned() };
    property.check(&value)?;
    realm.read(property, value);
    Ok(property.name)
}

fn write_realm(out: &mut Vec<u8>, realm: &Realm, source: &[u8]) {
    section::write_header(out, realm.kind().as_str(), realm.id().as_str());
    let values: Vec<(&'static str, &str)> =
        realm.properties().map(|(property, value)| (property.name, value)).collect();
    options::write(out, &values, &realm.inert, source);
    out.push(b'\n');
}
