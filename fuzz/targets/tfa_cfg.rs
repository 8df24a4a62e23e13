//! `priv/tfa.cfg`: nothing panics, and what was written once stays.

#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::tfa_cfg::TfaFile;

fn rewrite(text: &[u8]) -> Option<Vec<u8>> {
    TfaFile::parse(text).ok()?.0.render().ok()
}

fuzz_target!(|text: &[u8]| {
    if let Some(once) = rewrite(text) {
        assert_eq!(rewrite(&once), Some(once));
    }
});
