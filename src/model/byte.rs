//! What bytes may be part of. One look per byte instead of a comparison per range: a large
//! directory holds millions of names.

/// A set of sorts of bytes; [`Class::or`] joins two.
#[derive(Clone, Copy)]
pub struct Class(u8);

/// What names of groups, roles, realms and tokens consist of.
pub const NAME: Class = Class(1);
/// What ASCII user ids in lists consist of, `!` included.
pub const ITEM: Class = Class(2);
/// What parts name and realm, but is allowed in the name, too.
pub const AT: Class = Class(32);
/// What parts the items of lists, but is allowed in user ids.
pub const SEPARATOR: Class = Class(4);
/// Every byte beyond ASCII.
pub const BEYOND_ASCII: Class = Class(8);
/// What free text is written with, except escapes.
pub const TEXT: Class = Class(16);

/// What the items of lists in canonical form consist of.
pub const LISTED: Class = Class(64);

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut index = 0;
    while index < 256 {
        let byte = index as u8;
        let separator = matches!(byte, b',' | b';');
        let name = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let item = byte.is_ascii_graphic() && !separator && !matches!(byte, b':' | b'/' | b'@');
        let text = (byte.is_ascii_graphic() || byte == b' ') && !matches!(byte, b':' | b'%');
        #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
        {
            classes[index] = (if name { NAME.0 } else { 0 })
                | (if item { ITEM.0 } else { 0 })
                | (if byte == b'@' { AT.0 } else { 0 })
                | (if separator { SEPARATOR.0 } else { 0 })
                | (if byte.is_ascii() { 0 } else { BEYOND_ASCII.0 })
                | (if byte == b',' { 0 } else { LISTED.0 })
                | (if text { TEXT.0 } else { 0 });
        }
        index += 1;
    }
    classes
};

impl Class {
    /// The bytes of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the byte is of this class.
    #[inline]
    pub fn holds(self, byte: u8) -> bool {
        CLASSES.get(usize::from(byte)).is_some_and(|found| found & self.0 != 0)
    }

    /// How many bytes at the beginning are of this class.
    #[inline]
    pub fn prefix(self, bytes: &[u8]) -> usize {
        let (eights, rest) = bytes.as_chunks::<8>();
        for (count, eight) in eights.iter().enumerate() {
            // A loop of known length, which the compiler unrolls.
            if let Some(place) = eight.iter().position(|byte| !self.holds(*byte)) {
                return count * 8 + place;
            }
        }
        let own = rest.iter().position(|byte| !self.holds(*byte)).unwrap_or(rest.len());
        bytes.len() - rest.len() + own
    }

    /// Whether all bytes are.
    #[inline]
    pub fn holds_all(self, bytes: &[u8]) -> bool {
        bytes.iter().all(|byte| self.holds(*byte))
    }
}
