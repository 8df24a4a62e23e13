//! `priv/token.cfg`: nothing panics, what was written once stays, every token is found.

#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::token_cfg::TokenSecrets;
use usher::model::id::TokenId;

fuzz_target!(|text: &[u8]| {
    let secrets = TokenSecrets::parse(text).0;
    for id in secrets.ids() {
        let found = TokenId::parse(id).ok().and_then(|id| secrets.get(&id));
        assert!(found.is_some(), "{id:?}");
    }
    let once = secrets.render();
    assert_eq!(TokenSecrets::parse(&once).0.render(), once);
});
