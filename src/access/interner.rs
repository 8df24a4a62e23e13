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

/// What ends every text in the arena; no text holds this byte, because it is none of UTF-8.
const END: u8 = 0xff;

#[derive(Clone, Copy)]
struct Slot {
    /// The text's hash: other texts are passed by without a look, and slots can be moved without one.
    hash: u32,
    id: u32,
    context: u32,
    /// Where the text stands in the arena.
    start: u32,
}

/// A text as its hash and context: what to look for before the text itself.
#[derive(Clone, Copy)]
pub(super) struct Sought {
    hash: u32,
    context: u32,
}

impl Sought {
    pub(super) fn context(self) -> u32 {
        self.context
    }
}

const FREE: Slot = Slot { hash: 0, id: NONE, context: NONE, start: NONE };

/// Numbers texts in the order they arrive. The same text in another context is another text; so
/// one table holds users beside groups, and a tree by (parent, name).
///
/// Slots are probed in order, half of them at least empty; the seed differs from run to run, so that
/// nobody who may choose names can choose ones that collide.
pub(super) struct Interner {
    hasher: RandomState,
    arena: Vec<u8>,
    /// The context of each text, and where it stands in the arena.
    texts: Vec<(u32, u32)>,
    slots: Vec<Slot>,
}

/// Whether two texts of one length are the same. Most are so short that calling for help would take longer.
#[inline]
fn same(left: &[u8], right: &[u8]) -> bool {
    match left.len() {
        0..4 => left.iter().eq(right),
        4..8 => same_ends::<4>(left, right),
        8..=16 => same_ends::<8>(left, right),
        _ => left == right,
    }
}

#[inline]
fn same_ends<const N: usize>(left: &[u8], right: &[u8]) -> bool {
    left.first_chunk::<N>() == right.first_chunk() && left.last_chunk::<N>() == right.last_chunk()
}

impl Interner {
    pub(super) fn new() -> Self {
        Self { hasher: RandomState::default(), arena: Vec::new(), texts: Vec::new(), slots: vec![FREE; 64] }
    }

    /// Makes room for `more` texts.
    pub(super) fn reserve(&mut self, more: usize) {
        self.texts.reserve(more);
        let slots = ((self.texts.len() + more) * 2).next_power_of_two();
        if slots > self.slots.len() {
            self.resize(slots);
        }
    }

    /// The text called `id`.
    pub(super) fn text(&self, id: u32) -> &str {
        let Some((_, start)) = self.texts.get(at(id)) else { return "" };
        // Texts stand one behind the other, each with its end.
        let next = self.texts.get(at(id) + 1).map_or(self.arena.len(), |(_, next)| at(*next));
        let text = self.arena.get(at(*start)..next).and_then(<[u8]>::split_last);
        text.and_then(|(_, text)| std::str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// The context of the text called `id`.
    pub(super) fn context(&self, id: u32) -> u32 {
        self.texts.get(at(id)).map_or(NONE, |(context, _)| *context)
    }

    /// The number of `text` in `context`.
    #[inline]
    pub(super) fn find(&self, context: u32, text: &str) -> Option<u32> {
        self.probe(self.sought(context, text), text.as_bytes()).ok()
    }

    /// What [`Interner::find_block`] looks for.
    #[inline]
    pub(super) fn sought(&self, context: u32, text: &str) -> Sought {
        Sought { hash: self.hash(context, text), context }
    }

    /// [`Interner::find`] for up to [`BLOCK`] texts, [`NONE`] for those that are not there.
    ///
    /// In a large table every step of a search waits for memory. Here each step is a loop of its own,
    /// so that the waiting for all texts overlaps.
    pub(super) fn find_block<'t>(
        &self,
        sought: impl Iterator<Item = (Sought, &'t [u8])> + Clone,
    ) -> [u32; BLOCK] {
        let mask = self.slots.len() - 1;
        let (mut first, mut found) = ([FREE; BLOCK], [NONE; BLOCK]);
        for (slot, (sought, _)) in first.iter_mut().zip(sought.clone()) {
            *slot = self.slots.get(at(sought.hash) & mask).copied().unwrap_or(FREE);
        }
        for ((found, slot), (sought, text)) in found.iter_mut().zip(&first).zip(sought) {
            *found = match self.is(*slot, sought, text) {
                true => slot.id,
                false => self.probe(sought, text).unwrap_or(NONE),
            };
        }
        found
    }

    /// The number of `text` in `context`, a new one if need be.
    pub(super) fn intern(&mut self, context: u32, text: &str) -> u32 {
        let sought = self.sought(context, text);
        let free = match self.probe(sought, text.as_bytes()) {
            Ok(id) => return id,
            Err(free) => free,
        };
        let (id, start) = (number(self.texts.len()), number(self.arena.len()));
        if id == NONE || start == NONE {
            return NONE;
        }
        self.arena.extend_from_slice(text.as_bytes());
        self.arena.push(END);
        self.texts.push((context, start));
        if let Some(slot) = self.slots.get_mut(free) {
            *slot = Slot { hash: sought.hash, id, context, start };
        }
        if self.texts.len() * 2 > self.slots.len() {
            self.resize(self.slots.len() * 2);
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
    fn probe(&self, sought: Sought, text: &[u8]) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut place = at(sought.hash) & mask;
        while let Some(slot) = self.slots.get(place) {
            if slot.id == NONE {
                break;
            }
            if self.is(*slot, sought, text) {
                return Ok(slot.id);
            }
            place = (place + 1) & mask;
        }
        Err(place)
    }

    /// Whether this is the slot of a text.
    #[inline]
    fn is(&self, slot: Slot, sought: Sought, text: &[u8]) -> bool {
        if slot.hash != sought.hash || slot.context != sought.context {
            return false;
        }
        let known = self.arena.get(at(slot.start)..=at(slot.start) + text.len());
        known.and_then(<[u8]>::split_last).is_some_and(|(end, known)| *end == END && same(known, text))
    }

    fn resize(&mut self, length: usize) {
        let mut slots = vec![FREE; length];
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
        let sought = texts.iter().map(|text| (interner.sought(1, text), text.as_bytes()));
        let found = interner.find_block(sought);
        let expected = |index: u32| if index < 10 { index * 100 + 1 } else { NONE };
        assert_eq!(found, std::array::from_fn(|index| expected(number(index))));
        assert_eq!(interner.find(1, "name500"), None);
        assert_eq!((interner.text(1000), interner.context(1000)), ("", NONE));
    }
}
