//! Command lines of both faces, a word per line: nothing panics.

#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::cli::argv::read;
use usher::cli::command::{Found, find};
use usher::cli::face::Face;
use usher::cli::tree;

fuzz_target!(|text: &str| {
    let words: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for face in [Face::Original, Face::Own] {
        let Found::Verb(_, verb, arguments) = find(face, &words) else { continue };
        for posixly_correct in [false, true] {
            let _ = read(face, &tree::parameters(verb), arguments, posixly_correct);
        }
    }
});
