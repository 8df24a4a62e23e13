//! Text tables: recorded runs, options, widths, and what a terminal must never see.
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail as the test does")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use usher::cli::output::{Answer, Column, Count, Record, Style, printable, render};

const GROUPS: &[Column] = &[Column::text("groupid"), Column::text("comment"), Column::text("users")];
const TOKENS: &[Column] = &[
    Column::text("tokenid"),
    Column::text("comment"),
    Column::integer("expire"),
    Column::boolean("privsep"),
];

fn pveum() -> Style {
    Style { count: Count::Characters, ..Style::default() }
}

fn written(answer: &Answer, style: &Style) -> String {
    let mut out = Vec::new();
    render(answer, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn record(value: &Value) -> Record {
    let mut record = Record::new();
    for (name, value) in value.as_object().unwrap() {
        record.set(name.clone(), value.clone());
    }
    record
}

fn rows(columns: &'static [Column], rows: &Value) -> Answer {
    Answer::Rows { columns, rows: rows.as_array().unwrap().iter().map(record).collect() }
}

fn groups() -> Answer {
    rows(
        GROUPS,
        &json!([
            {"groupid": "g-1.x_y", "users": "b@pve"},
            {"groupid": "admins", "comment": "The admins", "users": "a@pve,b@pve"},
            {"groupid": "empty", "users": ""},
        ]),
    )
}

fn comments(list: &[&str]) -> Answer {
    let row =
        |(place, comment): (usize, &&str)| Record::new().with("groupid", place).with("comment", *comment);
    Answer::Rows { columns: GROUPS, rows: list.iter().enumerate().map(row).collect() }
}

#[test]
fn a_list_is_a_box_with_a_rule_after_every_row_sorted_by_its_first_column() {
    let expected = "\
┌─────────┬────────────┬─────────────┐
│ groupid │ comment    │ users       │
╞═════════╪════════════╪═════════════╡
│ admins  │ The admins │ a@pve,b@pve │
├─────────┼────────────┼─────────────┤
│ empty   │            │             │
├─────────┼────────────┼─────────────┤
│ g-1.x_y │            │ b@pve       │
└─────────┴────────────┴─────────────┘
";
    assert_eq!(written(&groups(), &pveum()), expected);
    assert_eq!(written(&groups(), &Style { human_readable: false, ..pveum() }), expected);
}

#[test]
fn without_header_the_titles_still_count_for_the_width() {
    let expected = "\
┌─────────┬─────────┬────────┬─────────┐
│ t1      │         │      0 │ 1       │
└─────────┴─────────┴────────┴─────────┘
";
    let one = rows(TOKENS, &json!([{"tokenid": "t1", "expire": 0, "privsep": 1}]));
    assert_eq!(written(&one, &Style { header: false, ..pveum() }), expected);
}

#[test]
fn without_border_the_last_column_is_neither_padded_nor_aligned_nor_cut() {
    const LAST: &[Column] = &[Column::text("key").at_most(3), Column::integer("count").at_most(3)];
    let expected = "\
groupid comment    users
admins  The admins a@pve,b@pve
empty              \n\
g-1.x_y            b@pve
";
    assert_eq!(written(&groups(), &Style { border: false, ..pveum() }), expected);
    let bare = Style { border: false, header: false, ..pveum() };
    assert_eq!(written(&groups(), &bare), expected.split_once('\n').unwrap().1);

    let list = rows(LAST, &json!([{"key": "abcdef", "count": 1}, {"key": "b", "count": 12345}]));
    assert_eq!(written(&list, &Style { border: false, ..pveum() }), "key count\nabc 1\nb   12345\n");
    let lines = rows(GROUPS, &json!([{"groupid": "a", "comment": "1\n2", "users": "x"}]));
    assert_eq!(written(&lines, &bare), "a       1       x\n        2       \n");
}

#[test]
fn integers_are_right_aligned_with_their_title_and_sorted_by_value() {
    const SIZES: &[Column] = &[Column::integer("vmid"), Column::text("node"), Column::boolean("template")];
    let list =
        rows(SIZES, &json!([{"vmid": 1000}, {"vmid": 20, "template": true}, {"node": "n1"}, {"vmid": 3}]));
    let lines = ["vmid node template", "     n1   ", "   3      ", "  20      1", "1000      "];
    let expected = lines.map(|line| format!("{line}\n")).concat();
    assert_eq!(written(&list, &Style { border: false, ..pveum() }), expected);
}

#[test]
fn text_is_sorted_by_code_point_and_equal_rows_keep_their_order() {
    let list = rows(
        GROUPS,
        &json!([
            {"groupid": "b", "users": "1"}, {"groupid": "ä"}, {"groupid": "B"}, {"groupid": "b", "users": "0"},
        ]),
    );
    let bare = written(&list, &Style { border: false, header: false, ..pveum() });
    let order: Vec<String> = bare.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(order, ["B", "b1", "b0", "ä"]);
}

#[test]
fn a_column_is_never_wider_than_its_limit() {
    const NARROW: &[Column] = &[Column::text("id").at_most(4), Column::text("x")];
    let expected = "\
┌──────┬───┐
│ id   │ x │
╞══════╪═══╡
│ abcd │ y │
│ äöüß │   │
└──────┴───┘
";
    let list = rows(NARROW, &json!([{"id": "abcdef\näöüßäöü", "x": "y"}]));
    assert_eq!(written(&list, &pveum()), expected);
}

#[test]
fn an_object_shows_its_declared_properties_and_nested_values_as_json() {
    const ADDED: &[Column] =
        &[Column::text("full-tokenid"), Column::text("info"), Column::text("value"), Column::text("comment")];
    let object = json!({"value": "7fe154d3", "full-tokenid": "b@pve!t1", "info": {"privsep": 1, "expire": 0},
        "comment": null, "internal": 1});
    let expected = "\
┌──────────────┬──────────────────────────┐
│ key          │ value                    │
╞══════════════╪══════════════════════════╡
│ full-tokenid │ b@pve!t1                 │
├──────────────┼──────────────────────────┤
│ info         │ {\"expire\":0,\"privsep\":1} │
├──────────────┼──────────────────────────┤
│ value        │ 7fe154d3                 │
└──────────────┴──────────────────────────┘
";
    assert_eq!(written(&Answer::Object { columns: ADDED, record: record(&object) }, &pveum()), expected);
    let all = Answer::Object { columns: &[], record: record(&json!({"b": 1, "a": "x", "c": null})) };
    assert_eq!(written(&all, &Style { border: false, ..pveum() }), "key value\na   x\nb   1\n");
}

fn permissions() -> Answer {
    let read = BTreeMap::from([("VM.GuestAgent.Audit".into(), true), ("VM.Audit".into(), true)]);
    let use_ = BTreeMap::from([("VM.Console".into(), false)]);
    Answer::Permissions(BTreeMap::from([("/vms/200".to_owned(), use_), ("/vms".to_owned(), read)]))
}

const FOOTER: &str = "Permissions marked with '(*)' have the 'propagate' flag set.\n";

#[test]
fn permissions_have_a_line_each_and_a_footer() {
    let expected = "\
┌──────────┬─────────────────────────┐
│ ACL path │ Permissions             │
╞══════════╪═════════════════════════╡
│ /vms     │ VM.Audit (*)            │
│          │ VM.GuestAgent.Audit (*) │
├──────────┼─────────────────────────┤
│ /vms/200 │ VM.Console              │
└──────────┴─────────────────────────┘
";
    assert_eq!(written(&permissions(), &pveum()), format!("{expected}{FOOTER}"));
}

#[test]
fn quiet_and_empty_answers_say_nothing_but_the_footer() {
    let quiet = Style { quiet: true, ..pveum() };
    assert_eq!(written(&groups(), &quiet), "");
    assert_eq!(written(&permissions(), &quiet), FOOTER);
    assert_eq!(written(&Answer::Permissions(BTreeMap::new()), &pveum()), FOOTER);
    for answer in [Answer::Nothing, rows(GROUPS, &json!([])), Answer::Text(String::new())] {
        assert_eq!(written(&answer, &pveum()), "");
    }
}

#[test]
fn another_locale_gets_ascii() {
    let expected = "\
+---------+---------+--------+
| groupid | comment | users  |
+=========+=========+========+
| g1      | ???x    | ?@pve  |
+---------+---------+--------+
| g2      |         | u2@pve |
+---------+---------+--------+
";
    let list = json!([{"groupid": "g1", "comment": "日本äx", "users": "Ä@pve"}, {"groupid": "g2", "users": "u2@pve"}]);
    for count in [Count::Characters, Count::Columns] {
        let style = Style { unicode: false, count, ..Style::default() };
        assert_eq!(written(&rows(GROUPS, &list), &style), expected);
    }
}

#[test]
fn a_wide_character_counts_as_one_for_pveum_and_as_shown_for_usher() {
    let list = comments(&["日本語 ünï %41 : ;,#\n二", "e\u{301}"]);
    let characters = "\
┌─────────┬───────────────────┬───────┐
│ groupid │ comment           │ users │
╞═════════╪═══════════════════╪═══════╡
│ 0       │ 日本語 ünï %41 : ;,# │       │
│         │ 二                 │       │
├─────────┼───────────────────┼───────┤
│ 1       │ e\u{301}                │       │
└─────────┴───────────────────┴───────┘
";
    let columns = "\
┌─────────┬──────────────────────┬───────┐
│ groupid │ comment              │ users │
╞═════════╪══════════════════════╪═══════╡
│ 0       │ 日本語 ünï %41 : ;,# │       │
│         │ 二                   │       │
├─────────┼──────────────────────┼───────┤
│ 1       │ e\u{301}                    │       │
└─────────┴──────────────────────┴───────┘
";
    assert_eq!(written(&list, &pveum()), characters);
    assert_eq!(written(&list, &Style::default()), columns);
}

#[test]
fn characters_of_private_use_survive_the_layout() {
    let list = rows(GROUPS, &json!([{"groupid": "a", "comment": "\u{e000}\n日", "users": "ä\nö"}]));
    let lines = written(&list, &Style { border: false, header: false, ..pveum() });
    assert_eq!(lines, "a       \u{e000}       ä\n        日       ö\n");
}

#[test]
fn lines_are_cut_at_the_width_of_a_terminal_only() {
    let narrow = Style { width: Some(16), ..pveum() };
    let expected = "\
┌─────────┬─────
│ groupid │ comm
╞═════════╪═════
│ admins  │ The \n\
├─────────┼─────
│ empty   │     \n\
├─────────┼─────
│ g-1.x_y │     \n\
└─────────┴─────
";
    assert_eq!(written(&groups(), &narrow), expected);
    assert_eq!(
        written(&groups(), &Style { border: false, ..narrow }).lines().last(),
        Some("g-1.x_y         ")
    );
    assert!(written(&permissions(), &narrow).ends_with(FOOTER), "only tables are cut");

    let wide = rows(GROUPS, &json!([{"groupid": "日本日本日本日本"}]));
    let shown = |count| {
        let style = Style { border: false, header: false, width: Some(7), count, ..pveum() };
        written(&wide, &style)
    };
    assert_eq!(shown(Count::Characters), "日本日本日本日\n");
    assert_eq!(shown(Count::Columns), "日本日 \n");
}

#[test]
fn many_rows_are_one_table() {
    let list: Vec<Record> =
        (0..1000).map(|number| Record::new().with("groupid", format!("{number:04}"))).collect();
    let table = written(&Answer::Rows { columns: GROUPS, rows: list }, &pveum());
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 1000 * 2 + 3);
    assert_eq!(lines.iter().filter(|line| line.starts_with('┌')).count(), 1);
    assert_eq!(lines.iter().filter(|line| line.starts_with('├')).count(), 999);
    assert_eq!(lines.iter().filter(|line| line.starts_with('└')).count(), 1);
    assert_eq!(lines.iter().filter(|line| line.contains("groupid")).count(), 1);
    let width = lines[0].chars().count();
    assert!(lines.iter().all(|line| line.chars().count() == width));
}

#[test]
fn a_cell_beyond_the_layout_s_widest_line_loses_nothing() {
    let users = "ä".repeat(150_000);
    let list = rows(GROUPS, &json!([{"groupid": "everybody", "users": users}]));
    for border in [true, false] {
        let table = written(&list, &Style { border, ..pveum() });
        assert_eq!(table.matches('ä').count(), 150_000);
    }
}

#[test]
fn no_control_character_reaches_a_terminal() {
    let nasty = "\u{1b}[2J\u{1b}]0;x\u{7}\r\u{9b}31m\u{7f}\u{202e}\u{2028}\t\u{0}end";
    let shown = r"\x1b[2J\x1b]0;x\x07\r\x9b31m\x7f\u{202e}\u{2028}\t\x00end";
    assert_eq!(printable(nasty), shown);
    let safe = |text: &str| {
        text.chars().all(|one| one == '\n' || !(one.is_control() || matches!(one, '\u{2028}' | '\u{202e}')))
    };
    for border in [true, false] {
        for unicode in [true, false] {
            for count in [Count::Characters, Count::Columns] {
                let style = Style { border, unicode, count, ..Style::default() };
                let table = written(&comments(&[nasty]), &style);
                assert!(table.contains(shown) && safe(&table), "{table:?}");
                let object = Answer::Object { columns: &[], record: Record::new().with(nasty, nasty) };
                assert!(safe(&written(&object, &style)));
                let path = Answer::Permissions(BTreeMap::from([(nasty.to_owned(), BTreeMap::new())]));
                assert!(safe(&written(&path, &style)));
            }
        }
    }
}

#[test]
fn words_are_lines_and_keep_their_tabs() {
    let words = |text: &str, style: &Style| written(&Answer::Text(text.to_owned()), style);
    assert_eq!(words("one\ttwo\nthree", &pveum()), "one\ttwo\nthree\n");
    assert_eq!(words("one\n", &pveum()), "one\n");
    assert_eq!(words("a\u{1b}b", &pveum()), "a\\x1bb\n");
    assert_eq!(words("ä\n", &Style { unicode: false, ..pveum() }), "?\n");
}
