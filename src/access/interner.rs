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

#[derive(Clone, Copy)]
struct Slot {
    /// The upper half of the hash, so that other texts are met only by their hash.
    tag: u32,
    id: u32,
}

/// Where a text stands in the arena, and in which context.
#[derive(Clone, Copy)]
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
        let slots = vec![Slot { tag: 0, id: NONE }; 64];
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
            *slot = Slot { tag: tag(hash), id };
        }
        if self.spans.len() * 2 > self.slots.len() {
            self.grow();
        }
        id
    }

    #[inline]
    fn hash(&self, context: u32, text: &str) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write_u32(context);
        hasher.write(text.as_bytes());
        hasher.finish()
    }

    /// The number of the text with this hash, or the free slot where the search ended.
    #[inline]
    fn probe(&self, hash: u64, context: u32, text: &str) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        while let Some(slot) = self.slots.get(place) {
            if slot.id == NONE {
                break;
            }
            if slot.tag == tag(hash) && self.is(slot.id, context, text) {
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
        let mut slots = vec![Slot { tag: 0, id: NONE }; self.slots.len() * 4];
        let mask = slots.len() - 1;
        for (index, span) in self.spans.iter().enumerate() {
            let text = self.arena.get(at(span.start)..at(span.end)).unwrap_or_default();
            let hash = self.hash(span.context, text);
            let mut place = hash as usize & mask;
            while slots.get(place).is_some_and(|slot| slot.id != NONE) {
                place = (place + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(place) {
                *slot = Slot { tag: tag(hash), id: number(index) };
            }
        }
        self.slots = slots;
    }
}

fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
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
        assert_eq!(interner.find(1, "name500"), None);
        assert_eq!((interner.text(1000), interner.context(1000)), ("", NONE));
    }
}
