//! Command lines of both faces, a word per line: nothing panics.

#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::cli::argv::normalise;
use usher::cli::command::{Found, find};
use usher::cli::face::Face;
use usher::cli::tree;

fuzz_target!(|text: &str| {
    let words: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for face in [Face::Original, Face::Own] {
        let Found::Verb(path, verb, arguments) = find(face, &words) else { continue };
        for posixly_correct in [false, true] {
            if let Ok(line) = normalise(face, &tree::parameters(verb), arguments, posixly_correct) {
                let words = std::iter::once(verb.name.to_owned()).chain(line);
                let _ = tree::verb(face, &path, verb).try_get_matches_from(words);
            }
        }
    }
});
