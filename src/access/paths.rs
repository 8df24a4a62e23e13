//! The paths a policy has something to say about, as text and in order.

use super::interner::{NONE, at};
use super::tree::{Place, Tree};

/// A path as part of the text of all.
struct Spot {
    start: usize,
    end: usize,
    /// `None`: it is no path.
    place: Option<Place>,
}

/// The paths the catalogue lists, every path with an entry at or below it, and every member of a pool; sorted, each
/// once.
pub(super) struct Paths {
    text: String,
    spots: Vec<Spot>,
}

impl Paths {
    pub(super) fn of(tree: &Tree, listed: &[String]) -> Self {
        let mut text = String::new();
        let mut spots = Vec::new();
        for path in listed {
            let start = text.len();
            text.push_str(path);
            spots.push(Spot { start, end: text.len(), place: tree.locate(path) });
        }
        // Where the text of each node stands; it begins with that of the next one towards the top.
        let mut known: Vec<(usize, usize)> = Vec::with_capacity(tree.nodes.len());
        for (id, node) in (0..).zip(&tree.nodes) {
            let start = text.len();
            if let Some((from, to)) = known.get(at(tree.parent(id))) {
                text.extend_from_within(*from..*to);
                text.push('/');
                text.push_str(tree.name(id));
            }
            let end = text.len();
            known.push((start, end));
            if node.has_entries || node.membership != NONE {
                spots.push(Spot { start, end, place: Some(tree.place(id)) });
            }
        }
        let mut paths = Self { text, spots: Vec::new() };
        spots.sort_by(|left, right| paths.text_of(left).cmp(paths.text_of(right)));
        spots.dedup_by(|later, earlier| paths.text_of(later) == paths.text_of(earlier));
        paths.spots = spots;
        paths
    }

    pub(super) fn len(&self) -> usize {
        self.spots.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Option<Place>)> {
        self.spots.iter().map(|spot| (self.text_of(spot), spot.place))
    }

    fn text_of(&self, spot: &Spot) -> &str {
        match self.text.get(spot.start..spot.end) {
            None | Some("") => "/",
            Some(text) => text,
        }
    }
}
