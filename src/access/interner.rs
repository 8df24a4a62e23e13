//! Texts as small numbers.

use foldhash::fast::RandomState;
use std::hash::{BuildHasher, Hasher};

/// An empty slot, and "no such thing" wherever a number may be missing.
pub(super) const NONE: u32 = u32::MAX;

/// A number as index.
pub(super) const fn at(id: u32) -> usize {
    id as usize
}

/// An index as number. What lies beyond 32 bits becomes [`NONE`], which is found nowhere: too large
/// a directory fails closed.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NONE)
}

/// How many texts [`Interner::find_block`] looks up at once.
pub(super) const BLOCK: usize = 32;

#[derive(Clone, Copy)]
struct Slot {
    /// The text's hash: other texts are passed by without a look, and slots can be moved without one.
    hash: u32,
    id: u32,
}

/// Where a text stands in the arena, and in which context.
#[derive(Clone, Copy, Default)]
struct Span {
    context: u32,
    start: u32,
    end: u32,
}

/// Numbers texts in the order they arrive. The same text in another context is another text; so
/// one table holds users beside groups, and a tree by (parent, name).
///
/// Slots are probed in order, half of them at least empty; the seed differs from run to run, so that
/// nobody who may choose names can choose ones that collide.
pub(super) struct Interner {
    hasher: RandomState,
    arena: String,
    spans: Vec<Span>,
    slots: Vec<Slot>,
}

impl Interner {
    pub(super) fn new() -> Self {
        let slots = vec![Slot { hash: 0, id: NONE }; 64];
        Self { hasher: RandomState::default(), arena: String::new(), spans: Vec::new(), slots }
    }

    /// The text called `id`.
    pub(super) fn text(&self, id: u32) -> &str {
        let text = self.spans.get(at(id)).and_then(|span| self.arena.get(at(span.start)..at(span.end)));
        text.unwrap_or_default()
    }

    /// The context of the text called `id`.
    pub(super) fn context(&self, id: u32) -> u32 {
        self.spans.get(at(id)).map_or(NONE, |span| span.context)
    }

    /// The number of `text` in `context`.
    #[inline]
    pub(super) fn find(&self, context: u32, text: &str) -> Option<u32> {
        self.probe(self.hash(context, text), context, text).ok()
    }

    /// [`Interner::find`] for up to [`BLOCK`] texts, [`NONE`] for those that are not there.
    ///
    /// In a large table every step of a search waits for memory. Here each step is a loop of its own,
    /// so that the waiting for all texts overlaps.
    pub(super) fn find_block<'t>(&self, texts: impl Iterator<Item = (u32, &'t str)> + Clone) -> [u32; BLOCK] {
        let mask = self.slots.len() - 1;
        let free = Slot { hash: 0, id: NONE };
        let (mut hashes, mut slots) = ([0; BLOCK], [free; BLOCK]);
        let (mut spans, mut found) = ([Span::default(); BLOCK], [NONE; BLOCK]);
        for (hash, (context, text)) in hashes.iter_mut().zip(texts.clone()) {
            *hash = self.hash(context, text);
        }
        for (slot, hash) in slots.iter_mut().zip(hashes) {
            *slot = self.slots.get(at(hash) & mask).copied().unwrap_or(free);
        }
        for (span, slot) in spans.iter_mut().zip(slots) {
            *span = self.spans.get(at(slot.id)).copied().unwrap_or_default();
        }
        let looked_up = spans.iter().zip(slots).zip(hashes).zip(texts);
        for (found, (((span, slot), hash), (context, text))) in found.iter_mut().zip(looked_up) {
            let known = self.arena.as_bytes().get(at(span.start)..at(span.end));
            let first = slot.id != NONE && span.context == context && known == Some(text.as_bytes());
            *found = if first { slot.id } else { self.probe(hash, context, text).unwrap_or(NONE) };
        }
        found
    }

    /// The number of `text` in `context`, a new one if need be.
    pub(super) fn intern(&mut self, context: u32, text: &str) -> u32 {
        let hash = self.hash(context, text);
        let free = match self.probe(hash, context, text) {
            Ok(id) => return id,
            Err(free) => free,
        };
        let id = number(self.spans.len());
        let start = number(self.arena.len());
        self.arena.push_str(text);
        self.spans.push(Span { context, start, end: number(self.arena.len()) });
        if let Some(slot) = self.slots.get_mut(free) {
            *slot = Slot { hash, id };
        }
        if self.spans.len() * 2 > self.slots.len() {
            self.grow();
        }
        id
    }

    #[inline]
    fn hash(&self, context: u32, text: &str) -> u32 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write_u32(context);
        hasher.write(text.as_bytes());
        (hasher.finish() >> 32) as u32
    }

    /// The number of the text with this hash, or the free slot where the search ended.
    #[inline]
    fn probe(&self, hash: u32, context: u32, text: &str) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut place = at(hash) & mask;
        while let Some(slot) = self.slots.get(place) {
            if slot.id == NONE {
                break;
            }
            if slot.hash == hash && self.is(slot.id, context, text) {
                return Ok(slot.id);
            }
            place = (place + 1) & mask;
        }
        Err(place)
    }

    #[inline]
    fn is(&self, id: u32, context: u32, text: &str) -> bool {
        self.spans.get(at(id)).is_some_and(|span| {
            span.context == context
                && self.arena.as_bytes().get(at(span.start)..at(span.end)) == Some(text.as_bytes())
        })
    }

    fn grow(&mut self) {
        let mut slots = vec![Slot { hash: 0, id: NONE }; self.slots.len() * 2];
        let mask = slots.len() - 1;
        for moved in self.slots.iter().filter(|slot| slot.id != NONE) {
            let mut place = at(moved.hash) & mask;
            while slots.get(place).is_some_and(|slot| slot.id != NONE) {
                place = (place + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(place) {
                *slot = *moved;
            }
        }
        self.slots = slots;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_when_the_table_grows() {
        let mut interner = Interner::new();
        for round in 0..2 {
            for index in 0..1000u32 {
                let text = format!("name{}", index / 2);
                assert_eq!(interner.intern(index % 2, &text), index, "round {round}");
            }
        }
        assert_eq!((interner.text(7), interner.context(7)), ("name3", 1));
        assert_eq!(interner.find(1, "name3"), Some(7));
        assert_eq!(interner.find(2, "name3"), None);
        let texts: Vec<String> = (0..20).map(|index| format!("name{}", index * 50)).collect();
        let found = interner.find_block(texts.iter().map(|text| (1, text.as_str())));
        let expected = |index: u32| if index < 10 { index * 100 + 1 } else { NONE };
        assert_eq!(found, std::array::from_fn(|index| expected(number(index))));
        assert_eq!(interner.find(1, "name500"), None);
        assert_eq!((interner.text(1000), interner.context(1000)), ("", NONE));
    }
}
