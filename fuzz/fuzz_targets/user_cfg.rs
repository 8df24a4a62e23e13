//! Any bytes can be read as `user.cfg`; what is written from them settles after two passes, and the
//! engine can be compiled from it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use usher::access::Policy;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;

fn rewrite(text: Vec<u8>, catalogue: &Catalogue) -> Vec<u8> {
    let (directory, _) = user_cfg::parse(&Arc::new(text), catalogue);
    Policy::compile(&directory, catalogue).listing("a@pve");
    user_cfg::render(&directory).to_vec()
}

fuzz_target!(|bytes: &[u8]| {
    let catalogue = Catalogue::pve9();
    let once = rewrite(bytes.to_vec(), &catalogue);
    let twice = rewrite(once, &catalogue);
    assert_eq!(rewrite(twice.clone(), &catalogue), twice);
});
