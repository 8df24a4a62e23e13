//! What a document changes, against the time it takes to load both sides.

use super::data::Data;
use super::measure::{Timed, compare, cpu};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use usher::catalogue::Catalogue;
use usher::format::document::{Document, Section, toml};
use usher::format::{USER_CFG, user_cfg};
use usher::model::job::{Here, Jobs};
use usher::model::realm::Realms;
use usher::store::apply::Options;
use usher::store::change::{Order, change};
use usher::store::{Files, MemoryStore};

/// Ratios to the time of loading.
pub struct Plan {
    pub loading: Duration,
    /// Of a document in which every tenth user is another.
    pub ratio: f64,
    /// Of the same, where nothing is yet.
    pub from_nothing: f64,
}

/// Loads a directory and a document, and plans, too.
pub fn plan(data: &Data, rounds: usize) -> Plan {
    let catalogue = Catalogue::pve9();
    let text = Arc::new(data.text.clone().into_bytes());
    let directory = user_cfg::parse(&text, &catalogue).0;
    let (realms, jobs) = (Realms::default(), Jobs::default());
    let mut wanted = Document::of(&directory, &realms, &jobs, &BTreeSet::from(Section::ALL));
    for user in wanted.users.iter_mut().flatten().step_by(10).map(|(_, user)| user) {
        user.comment = Some("another".into());
    }
    let written = toml(&wanted).unwrap();
    let stored = |text: Option<&Arc<Vec<u8>>>| {
        MemoryStore::new(
            text.map(|text| (USER_CFG.to_owned(), Arc::clone(text))).into_iter().collect::<Files>(),
        )
    };
    let (full, empty) = (stored(Some(&text)), stored(None));
    let zone = jiff::tz::TimeZone::UTC;
    let here = Here { now: 1_800_000_000, zone: &zone, node: "here", process: 1 };
    let planned = |store: &MemoryStore| {
        let document = Document::parse("x", &written).unwrap();
        let order = Order { dry_run: true, ..Order::default() };
        let options = Options { prune: true, force: true };
        let outcome =
            change(store, &catalogue, &order, |draft| draft.apply(&catalogue, &document, options, &here));
        assert!(!outcome.unwrap().value.changes.is_empty());
    };
    let contenders: Vec<Timed<'_>> = vec![
        Box::new(|| cpu(|| (user_cfg::parse(&text, &catalogue), Document::parse("x", &written).unwrap()))),
        Box::new(|| cpu(|| planned(&full))),
        Box::new(|| cpu(|| planned(&empty))),
    ];
    let (loading, ratios) = compare(rounds, contenders);
    Plan { loading, ratio: ratios[0], from_nothing: ratios[1] }
}
