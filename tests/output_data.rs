//! JSON and YAML: recorded runs, sorted keys, and every string told apart from every other value.
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail as the test does")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use usher::cli::output::{Answer, Column, Format, Record, Style, render};

const COLUMNS: &[Column] = &[Column::text("userid")];

fn written(answer: &Answer, format: Format) -> String {
    let mut out = Vec::new();
    render(answer, &Style { format, ..Style::default() }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn record(value: &Value) -> Record {
    let mut record = Record::new();
    for (name, value) in value.as_object().unwrap() {
        record.set(name.clone(), value.clone());
    }
    record
}

fn users() -> Answer {
    let rows = json!([
        {"userid": "b@pve", "enable": 1, "expire": 0, "groups": "", "tokens": null},
        {"userid": "a@pve", "comment": "first : user", "lastname": "Ä", "tokens": [
            {"tokenid": "full", "privsep": 0, "comment": "not separated"}, {"tokenid": "sep", "privsep": 1}]},
    ]);
    Answer::Rows { columns: COLUMNS, rows: rows.as_array().unwrap().iter().map(record).collect() }
}

fn yaml(text: &str) -> String {
    let one = Answer::Object { columns: &[], record: Record::new().with("k", text) };
    written(&one, Format::Yaml).strip_prefix("---\nk: ").unwrap().trim_end_matches('\n').to_owned()
}

#[test]
fn json_is_one_line_with_sorted_keys_in_the_order_given() {
    let expected = r#"[{"enable":1,"expire":0,"groups":"","tokens":null,"userid":"b@pve"},{"comment":"first : user","lastname":"Ä","tokens":[{"comment":"not separated","privsep":0,"tokenid":"full"},{"privsep":1,"tokenid":"sep"}],"userid":"a@pve"}]"#;
    assert_eq!(written(&users(), Format::Json), format!("{expected}\n"));
}

#[test]
fn pretty_json_is_indented_by_three_with_a_blank_before_the_colon() {
    let expected = r#"{
   "full-tokenid" : "b@pve!t4",
   "info" : {
      "expire" : 0,
      "privsep" : 1
   },
   "members" : [],
   "tokens" : [
      1,
      {}
   ]
}
"#;
    let object = json!({"info": {"privsep": 1, "expire": 0}, "full-tokenid": "b@pve!t4", "members": [],
        "tokens": [1, {}]});
    let answer = Answer::Object { columns: &[], record: record(&object) };
    assert_eq!(written(&answer, Format::JsonPretty), expected);
}

#[test]
fn yaml_is_in_block_style_with_sequences_at_their_key_s_column() {
    let expected = "\
---
- enable: 1
  expire: 0
  groups: ''
  tokens: ~
  userid: b@pve
- comment: 'first : user'
  lastname: Ä
  tokens:
  - comment: not separated
    privsep: 0
    tokenid: full
  - privsep: 1
    tokenid: sep
  userid: a@pve
";
    assert_eq!(written(&users(), Format::Yaml), expected);
    let nested =
        json!({"a": {}, "b": [], "c": [[1, 2], [], {"a": 1}], "d": [{"x": [{"z": null}]}], "e": {"f": true}});
    let expected = "\
---
a: {}
b: []
c:
- - 1
  - 2
- []
- a: 1
d:
- x:
  - z: ~
e:
  f: true
";
    assert_eq!(written(&Answer::Object { columns: &[], record: record(&nested) }, Format::Yaml), expected);
}

#[test]
fn permissions_are_a_map_of_maps() {
    let vms = BTreeMap::from([("VM.Console".into(), false), ("VM.Audit".into(), true)]);
    let paths = BTreeMap::from([("/vms".to_owned(), vms), ("bad path".to_owned(), BTreeMap::new())]);
    let answer = Answer::Permissions(paths);
    let json = "{\"/vms\":{\"VM.Audit\":1,\"VM.Console\":0},\"bad path\":{}}\n";
    assert_eq!(written(&answer, Format::Json), json);
    let yaml = "---\n/vms:\n  VM.Audit: 1\n  VM.Console: 0\nbad path: {}\n";
    assert_eq!(written(&answer, Format::Yaml), yaml);
}

#[test]
fn empty_answers_have_their_empty_form() {
    let list = Answer::Rows { columns: COLUMNS, rows: Vec::new() };
    let object = Answer::Object { columns: COLUMNS, record: Record::new() };
    let paths = Answer::Permissions(BTreeMap::new());
    let forms = |format| [&list, &object, &paths, &Answer::Nothing].map(|answer| written(answer, format));
    assert_eq!(forms(Format::Json), ["[]\n", "{}\n", "{}\n", ""]);
    assert_eq!(forms(Format::JsonPretty), ["[]\n", "{}\n", "{}\n", ""]);
    assert_eq!(forms(Format::Yaml), ["--- []\n", "--- {}\n", "--- {}\n", ""]);
}

#[test]
fn quiet_says_nothing() {
    for format in [Format::Json, Format::JsonPretty, Format::Yaml] {
        for answer in [users(), Answer::Permissions(BTreeMap::new())] {
            let mut out = Vec::new();
            render(&answer, &Style { format, quiet: true, ..Style::default() }, &mut out).unwrap();
            assert_eq!(out, b"");
        }
    }
}

#[test]
fn words_are_a_string() {
    let words = Answer::Text("two words".to_owned());
    assert_eq!(written(&words, Format::Json), "\"two words\"\n");
    assert_eq!(written(&words, Format::Yaml), "--- two words\n");
}

#[test]
fn yaml_quotes_where_a_bare_text_would_be_structure() {
    for (text, expected) in [
        ("", "''"),
        (" a", "' a'"),
        ("a ", "'a '"),
        ("a: b", "'a: b'"),
        ("a:", "'a:'"),
        ("a #b", "'a #b'"),
        ("#x", "'#x'"),
        ("- x", "'- x'"),
        ("-", "'-'"),
        ("? ", "'? '"),
        ("[a", "'[a'"),
        ("'a", "'''a'"),
        ("a'b: c", "'a''b: c'"),
        ("@a", "'@a'"),
        ("----", "'----'"),
        ("a :b", "a :b"),
        ("a#b", "a#b"),
        ("-x", "-x"),
        (":x", ":x"),
        ("a]", "a]"),
        ("a'b\"c\\d", "a'b\"c\\d"),
        ("日本 ünï", "日本 ünï"),
        ("x!yk", "x!yk"),
    ] {
        assert_eq!(yaml(text), expected, "{text:?}");
    }
}

#[test]
fn yaml_quotes_what_would_be_read_as_another_value() {
    for text in [
        "~",
        "null",
        "True",
        "no",
        "on",
        "y",
        "1",
        "+1",
        "-1.5",
        "1e5",
        ".5",
        "0x10",
        "0o17",
        "1_000",
        "1:30",
        ".inf",
        "-.Inf",
        "NaN",
        "2024-01-01",
        "2024-1-1 10:00:00",
        "=",
        "<<",
    ] {
        assert_eq!(yaml(text), format!("'{text}'"));
    }
    for text in
        ["60e01bd6-a347-47e3-a7b8-82c563d7b14e", "10.0.0.1", "1a", "nobody", "2024-01", "x1", "1.2.3", ":1"]
    {
        assert_eq!(yaml(text), text);
    }
}

#[test]
fn yaml_escapes_control_characters_and_keeps_long_texts_in_lines() {
    assert_eq!(yaml("line1\nline2"), r#""line1\nline2""#);
    assert_eq!(yaml("a\t\u{1b}\u{0}\"\\\u{7f}\u{85}\u{202e}"), r#""a\t\e\0\"\\\x7F\N\u202E""#);
    let long = "thirty-one characters and more\nand\n\n  a second line\n";
    assert_eq!(yaml(long), "|\n  thirty-one characters and more\n  and\n\n    a second line");
    assert_eq!(
        yaml("  indented, and longer than thirty\nbytes"),
        "|2-\n    indented, and longer than thirty\n  bytes"
    );
    let words = "word ".repeat(19);
    let first = "word ".repeat(16);
    assert_eq!(yaml(&format!("{words}end")), format!("{}\n  word word word end", first.trim_end()));
}

#[test]
fn json_has_no_raw_control_character_and_the_same_string() {
    let nasty = "\u{1b}[2J\u{9b}\u{7f}\u{202e}\u{2028}\n\t\"\\ä";
    let answer = Answer::Object { columns: &[], record: Record::new().with(nasty, nasty) };
    for format in [Format::Json, Format::JsonPretty] {
        let text = written(&answer, format);
        let body = text.trim_end_matches('\n');
        let safe = |one: char| format == Format::JsonPretty && one == '\n' || !one.is_control();
        assert!(body.chars().all(safe) && !body.contains(['\u{202e}', '\u{2028}']), "{body:?}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!({nasty: nasty}));
    }
}

#[test]
fn the_four_formats_and_no_other() {
    for (name, format) in
        Format::NAMES.into_iter().zip([Format::Text, Format::Json, Format::JsonPretty, Format::Yaml])
    {
        assert_eq!(Format::parse(name).unwrap(), format);
    }
    let message = Format::parse("xml").unwrap_err().to_string();
    assert_eq!(
        message,
        "output-format: value 'xml' does not have a value in the enumeration 'text, json, json-pretty, yaml'"
    );
}
