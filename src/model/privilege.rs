//! Privileges as bits of one catalogue.

/// One privilege of a catalogue: its place in the catalogue's sorted list, below 128.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Privilege(u8);

impl Privilege {
    /// The privilege at `place` of its catalogue; `None` from 128 on, because a set has 128 bits.
    pub fn at(place: usize) -> Option<Self> {
        u8::try_from(place).ok().filter(|place| *place < 128).map(Self)
    }

    /// The place in the catalogue's sorted list.
    pub fn place(self) -> usize {
        usize::from(self.0)
    }
}

/// A set of privileges of one catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PrivilegeSet(u128);

impl PrivilegeSet {
    /// No privilege.
    pub const EMPTY: Self = Self(0);

    /// Whether nothing is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many privileges are in the set.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether `privilege` is in the set.
    pub fn contains(self, privilege: Privilege) -> bool {
        self.0 >> privilege.0 & 1 == 1
    }

    /// Whether every privilege of `other` is in the set.
    pub fn contains_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Puts `privilege` into the set.
    pub fn insert(&mut self, privilege: Privilege) {
        self.0 |= 1 << privilege.0;
    }

    /// What is in either set.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The privileges in catalogue order.
    pub fn iter(self) -> impl Iterator<Item = Privilege> {
        (0..128).map(Privilege).filter(move |one| self.contains(*one))
    }
}

impl FromIterator<Privilege> for PrivilegeSet {
    fn from_iter<I: IntoIterator<Item = Privilege>>(privileges: I) -> Self {
        let mut set = Self::EMPTY;
        for one in privileges {
            set.insert(one);
        }
        set
    }
}
