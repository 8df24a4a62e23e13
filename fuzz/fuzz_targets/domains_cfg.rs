//! Any bytes can be read as `domains.cfg`, and untouched they are written as they were.
#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::domains_cfg;
use usher::model::id::RealmId;
use usher::model::realm::RealmChanges;

fuzz_target!(|bytes: &[u8]| {
    let (realms, _) = domains_cfg::parse(bytes);
    assert_eq!(domains_cfg::render(&realms), bytes);
    let (mut edited, _) = domains_cfg::parse(bytes);
    let changes = RealmChanges { set: vec![("comment".into(), "new".into())], ..RealmChanges::default() };
    let Ok(pam) = RealmId::parse("pam") else { return };
    if edited.modify(&pam, changes).is_ok() {
        let written = domains_cfg::render(&edited);
        let (again, _) = domains_cfg::parse(&written);
        assert!(again == edited);
    }
});
