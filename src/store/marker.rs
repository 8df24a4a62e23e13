//! The commit marker: which staged files take which places. Once it stands, the commit has happened.

use super::name;

/// The marker's name in the config directory.
pub(super) const MARKER: &str = ".usher.commit";

/// What every staged file's name starts with.
pub(super) const STAGED: &str = ".usher.new.";

const HEAD: &str = "usher commit 1\n";

/// The staged content of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Staged {
    /// Where it waits, relative to the config directory.
    pub name: String,
    /// Its length in bytes.
    pub length: u64,
    /// Its [`Digest`].
    pub digest: u64,
}

/// What a commit does to one file: staged content takes its place, or it goes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The file, relative to the config directory.
    pub name: String,
    /// Its next content; `None` removes it.
    pub staged: Option<Staged>,
}

/// The text of a marker.
pub(super) fn render(entries: &[Entry]) -> String {
    let mut text = HEAD.to_owned();
    for Entry { name, staged } in entries {
        text += &match staged {
            Some(Staged { name: from, length, digest }) => {
                format!("replace {length} {digest:016x} {from} {name}\n")
            }
            None => format!("remove {name}\n"),
        };
    }
    let digest = Digest::of(text.as_bytes());
    text + &format!("end {digest:016x}\n")
}

/// Reads a marker back; `None` when it is damaged or not one.
pub(super) fn parse(text: &[u8]) -> Option<Vec<Entry>> {
    let text = std::str::from_utf8(text).ok()?;
    let (body, end) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let digest = u64::from_str_radix(end.strip_prefix("end ")?, 16).ok()?;
    let lines = format!("{body}\n");
    if digest != Digest::of(lines.as_bytes()) {
        return None;
    }
    let entries: Option<Vec<Entry>> = lines.strip_prefix(HEAD)?.lines().map(entry).collect();
    // What stands here is renamed and removed by the superuser: never trust its names.
    entries.filter(|all| all.iter().all(|one| name::check(&one.name).is_ok() && one.staged.iter().all(ours)))
}

fn ours(staged: &Staged) -> bool {
    let (folder, leaf) = name::split(&staged.name);
    (folder.is_empty() || folder == name::PRIVATE) && leaf.starts_with(STAGED)
}

fn entry(line: &str) -> Option<Entry> {
    if let Some(name) = line.strip_prefix("remove ") {
        return Some(Entry { name: name.to_owned(), staged: None });
    }
    let mut fields = line.strip_prefix("replace ")?.splitn(4, ' ');
    let length = fields.next()?.parse().ok()?;
    let digest = u64::from_str_radix(fields.next()?, 16).ok()?;
    let staged = Staged { name: fields.next()?.to_owned(), length, digest };
    Some(Entry { name: fields.next()?.to_owned(), staged: Some(staged) })
}

/// A checksum against damage (not against malice), eight bytes at a step and independent of how the
/// content is cut into pieces.
#[derive(Clone, Debug, Default)]
pub(super) struct Digest {
    state: u64,
    length: u64,
    waiting: Vec<u8>,
}

impl Digest {
    /// The checksum of one piece.
    pub(super) fn of(text: &[u8]) -> u64 {
        let mut digest = Self::default();
        digest.update(text);
        digest.finish()
    }

    /// Appends a piece.
    pub(super) fn update(&mut self, mut text: &[u8]) {
        self.length = self.length.wrapping_add(text.len() as u64);
        if !self.waiting.is_empty() {
            let missing = (8 - self.waiting.len()).min(text.len());
            let (head, tail) = text.split_at(missing);
            self.waiting.extend_from_slice(head);
            text = tail;
            if let Ok(word) = <[u8; 8]>::try_from(self.waiting.as_slice()) {
                self.step(word);
                self.waiting.clear();
            }
        }
        let (words, tail) = text.as_chunks::<8>();
        for word in words {
            self.step(*word);
        }
        self.waiting.extend_from_slice(tail);
    }

    fn step(&mut self, word: [u8; 8]) {
        self.state =
            (self.state.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    /// The checksum.
    pub(super) fn finish(mut self) -> u64 {
        let length = self.length;
        self.update(&[0; 7]);
        self.step(length.to_le_bytes());
        self.state ^ (self.state >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Vec<Entry> {
        let staged = |name: &str| Some(Staged { name: name.into(), length: 12, digest: 0xabc });
        vec![
            Entry { name: "user.cfg".into(), staged: staged(".usher.new.1.0") },
            Entry { name: "priv/a b.cfg".into(), staged: staged("priv/.usher.new.1.1") },
            Entry { name: "domains.cfg".into(), staged: None },
        ]
    }

    #[test]
    fn comes_back_as_written() {
        assert_eq!(parse(render(&example()).as_bytes()), Some(example()));
    }

    #[test]
    fn damage_shows_at_every_byte() {
        let text = render(&example()).into_bytes();
        for position in 0..text.len() {
            assert_eq!(parse(&text[..position]), None, "cut at {position}");
            let mut other = text.clone();
            other[position] ^= 1;
            assert_eq!(parse(&other), None, "flipped at {position}");
        }
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for (name, from) in
            [("../user.cfg", ".usher.new.1"), ("user.cfg", "/etc/shadow"), ("user.cfg", "nodes/.usher.new.1")]
        {
            let staged = Some(Staged { name: from.into(), length: 0, digest: 0 });
            let entries = [Entry { name: name.into(), staged }];
            assert_eq!(parse(render(&entries).as_bytes()), None, "{name} {from}");
        }
    }

    #[test]
    fn digest_does_not_depend_on_the_cuts() {
        let text: Vec<u8> = (0..100).collect();
        for cut in 0..100 {
            let mut digest = Digest::default();
            digest.update(&text[..cut]);
            digest.update(&text[cut..]);
            assert_eq!(digest.finish(), Digest::of(&text));
        }
        assert_ne!(Digest::of(b""), Digest::of(b"\0"));
        assert_ne!(Digest::of(b"ab"), Digest::of(b"ba"));
    }
}
