//! `user.cfg`: nothing panics, nothing that is not understood is lost, the canonical form stays, and
//! the quick way in sees what the patient one sees.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::collections::BTreeSet;
use std::sync::Arc;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;

fn rewrite(text: &[u8]) -> (Vec<u8>, Vec<(usize, String)>) {
    let (directory, warnings) = user_cfg::parse_and_check(&Arc::new(text.to_vec()), &Catalogue::pve9());
    let warnings = warnings.into_iter().map(|one| (one.line, one.message));
    (user_cfg::render(&directory).to_vec(), warnings.collect())
}

fn is_unknown(line: &str) -> bool {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\x0b' | '\x0c');
    let kind = line.split(':').next().unwrap_or_default().trim_matches(blank);
    let known = ["user", "token", "group", "pool", "role", "acl"].contains(&kind);
    !known && !line.trim_matches(blank).is_empty()
}

fuzz_target!(|text: &[u8]| {
    let (once, warnings) = rewrite(text);
    let written: BTreeSet<&[u8]> = once.split(|byte| *byte == b'\n').collect();
    for line in text.split(|byte| *byte == b'\n') {
        let unknown = is_unknown(&String::from_utf8_lossy(line));
        assert!(!unknown || written.contains(line), "lost: {:?}", String::from_utf8_lossy(line));
    }
    let twice = rewrite(&once).0;
    assert!(rewrite(&twice).0 == twice, "the canonical form changed: {:?}", String::from_utf8_lossy(&twice));

    // A line of white space is skipped, but only the patient way takes it.
    let (patient, mut patient_warnings) = rewrite(&[b" \n", text].concat());
    assert!(patient == once, "{:?} or {:?}", String::from_utf8_lossy(&once), String::from_utf8_lossy(&patient));
    patient_warnings.iter_mut().for_each(|(line, _)| *line -= 1);
    assert_eq!(warnings, patient_warnings);
});
