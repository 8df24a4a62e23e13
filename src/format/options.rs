//! The options inside a section, and the lines between them that do not count and are kept.

use crate::format::encoding::{encode, text_of};
use crate::format::section::{self, Content, Line};
use crate::model::realm::InertLine;

/// Hands the options of the section `id` to `take`, which says under which name it took one or why
/// it did not. Returns the lines that do not count, and the warnings about them with their lines.
pub(super) fn read(
    id: &str,
    lines: &[Line<'_>],
    mut take: impl FnMut(&str, Option<&[u8]>) -> Result<&'static str, String>,
) -> (Vec<InertLine>, Vec<(usize, String)>) {
    let (mut inert, mut waiting, mut warnings): (Vec<InertLine>, Vec<InertLine>, Vec<_>) = Default::default();
    for line in lines {
        let mut warn = |message: String| warnings.push((line.number, format!("section '{id}': {message}")));
        let key = match line.content {
            Content::Option(key, value) => match take(&text_of(key), value) {
                Ok(name) => {
                    inert.extend(waiting.drain(..).map(|line| InertLine { before: Some(name), ..line }));
                    continue;
                }
                Err(why) => {
                    let key = text_of(key).into_owned();
                    warn(format!("unable to parse value of '{key}': {why}"));
                    Some(key)
                }
            },
            Content::Comment => None,
            Content::Blank => {
                warn("ignore config line of blanks".to_owned());
                None
            }
            Content::Garbage(text) => {
                warn(format!("ignore config line: {}", text_of(text)));
                None
            }
        };
        waiting.push(InertLine { span: line.span.clone(), key, before: None });
    }
    inert.append(&mut waiting);
    (inert, warnings)
}

/// Appends the options `values`, and each line of `inert` where it belongs.
pub(super) fn write(
    out: &mut Vec<u8>,
    values: &[(&'static str, impl AsRef<str>)],
    inert: &[InertLine],
    source: &[u8],
) {
    let is_set = |name: &str| values.iter().any(|(set, _)| *set == name);
    // The first line of a key counts, so one that did not count must stay behind the one that does.
    let repeats = |line: &InertLine| line.key.as_deref().is_some_and(is_set);
    let write_inert = |out: &mut Vec<u8>, wanted: &dyn Fn(&InertLine) -> bool| {
        for line in inert.iter().filter(|line| wanted(line)) {
            section::write_line(out, source.get(line.span.clone()).unwrap_or_default());
        }
    };
    for (name, value) in values {
        write_inert(out, &|line| line.before == Some(*name) && !repeats(line));
        if *name == "comment" {
            let mut encoded = String::new();
            encode(value.as_ref(), &mut encoded);
            section::write_option(out, name, &encoded);
        } else {
            section::write_option(out, name, value.as_ref());
        }
        write_inert(out, &|line| line.key.as_deref() == Some(*name));
    }
    write_inert(out, &|line| !line.before.is_some_and(is_set) && !repeats(line));
}
