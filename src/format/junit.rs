//! JUnit XML, which programs that run tests for others read: one `testsuite` for each file of policy tests.
//!
//! There is no standard; what is written is the part every reader knows.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// The tests of one file.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The file's name.
    pub name: String,
    /// Its tests, in order.
    pub cases: Vec<Case>,
}

/// One test.
#[derive(Clone, Debug)]
pub struct Case {
    /// The test's name.
    pub name: String,
    /// The line it begins in, counted from 1.
    pub line: usize,
    /// What is wrong, in one line; `None` when it passed.
    pub failure: Option<String>,
}

impl Suite {
    fn failures(&self) -> usize {
        self.cases.iter().filter(|case| case.failure.is_some()).count()
    }
}

/// Writes the report.
pub fn render(suites: &[Suite]) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A vector takes everything.
    let _ = write(&mut Writer::new_with_indent(&mut bytes, b' ', 2), suites);
    bytes.push(b'\n');
    bytes
}

fn write(out: &mut Writer<&mut Vec<u8>>, suites: &[Suite]) -> io::Result<()> {
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let counts = |tests: usize, failures: usize| {
        let zero = "0".to_owned();
        [("tests", tests.to_string()), ("failures", failures.to_string()), ("errors", zero)]
    };
    let tests = suites.iter().map(|suite| suite.cases.len()).sum();
    let failures = suites.iter().map(Suite::failures).sum();
    out.write_event(Event::Start(element("testsuites", &counts(tests, failures))))?;
    for suite in suites {
        let mut start = element("testsuite", &[("name", legal(&suite.name))]);
        for (name, count) in counts(suite.cases.len(), suite.failures()) {
            start.push_attribute((name, count.as_str()));
        }
        out.write_event(Event::Start(start))?;
        for case in &suite.cases {
            let attributes = [
                ("name", legal(&case.name)),
                ("classname", legal(&suite.name)),
                ("file", legal(&suite.name)),
                ("line", case.line.to_string()),
            ];
            let start = element("testcase", &attributes);
            let Some(failure) = &case.failure else {
                out.write_event(Event::Empty(start))?;
                continue;
            };
            let failure = legal(failure);
            out.write_event(Event::Start(start))?;
            out.write_event(Event::Start(element("failure", &[("message", failure.clone())])))?;
            out.write_event(Event::Text(BytesText::new(&failure)))?;
            out.write_event(Event::End(BytesEnd::new("failure")))?;
            out.write_event(Event::End(BytesEnd::new("testcase")))?;
        }
        out.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    out.write_event(Event::End(BytesEnd::new("testsuites")))
}

fn element(name: &'static str, attributes: &[(&'static str, String)]) -> BytesStart<'static> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, value.as_str()));
    }
    start
}

/// A text without the characters XML 1.0 cannot hold, not even escaped (section 2.2 of the recommendation), nor those
/// that would end an attribute's line.
fn legal(text: &str) -> String {
    let holds = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if holds(c) { c } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_escaped() {
        let case = |name: &str, failure: Option<&str>| Case {
            name: name.into(),
            line: 3,
            failure: failure.map(Into::into),
        };
        let suite = Suite {
            name: "a & b.toml".into(),
            cases: vec![case("<\"quoted\">", None), case("it's\u{1b}[2J\n", Some("]]> & <b>"))],
        };
        let text = String::from_utf8(render(&[suite])).unwrap();
        assert_eq!(
            text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<testsuites tests=\"2\" failures=\"1\" errors=\"0\">\n  \
  <testsuite name=\"a &amp; b.toml\" tests=\"2\" failures=\"1\" errors=\"0\">\n    \
    <testcase name=\"&lt;&quot;quoted&quot;&gt;\" classname=\"a &amp; b.toml\" file=\"a &amp; b.toml\" line=\"3\"/>\n    \
    <testcase name=\"it&apos;s\u{fffd}[2J\u{fffd}\" classname=\"a &amp; b.toml\" file=\"a &amp; b.toml\" line=\"3\">\n      \
      <failure message=\"]]&gt; &amp; &lt;b&gt;\">]]&gt; &amp; &lt;b&gt;</failure>\n    \
    </testcase>\n  \
  </testsuite>\n\
</testsuites>\n"
        );
    }
}
