//! Whether a password is the one a stored hash was made of.
//!
//! How long that takes must not tell who has a password: see [`Workload`].

use super::password::{ARGON2_SALT, NewScheme, PasswordHash, Scheme};
use argon2::Argon2;
use sha_crypt::{PasswordVerifier, ShaCrypt};
use std::collections::BTreeSet;
use yescrypt::Yescrypt;

/// So many kinds of hashes are worked through for somebody who has none of them.
const KINDS: usize = 4;

#[cfg(test)]
thread_local! {
    /// The kinds of the hashes this thread has verified passwords with: the work it did.
    pub(crate) static VERIFIED: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

impl PasswordHash {
    /// Whether this is a hash of `password`. A hash of an unknown scheme, or a damaged one, is of none.
    pub fn is_of(&self, password: &str) -> bool {
        let (password, stored) = (password.as_bytes(), self.as_str());
        #[cfg(test)]
        VERIFIED.with_borrow_mut(|work| work.push(kind(stored).to_owned()));
        match self.scheme() {
            Scheme::Sha256Crypt => ShaCrypt::SHA256.verify_password(password, stored).is_ok(),
            Scheme::Sha512Crypt => ShaCrypt::SHA512.verify_password(password, stored).is_ok(),
            Scheme::Yescrypt => Yescrypt::default().verify_password(password, stored).is_ok(),
            Scheme::Argon2id => argon2::PasswordHash::new(stored).is_ok_and(|hash| {
                argon2::PasswordVerifier::verify_password(&Argon2::default(), password, &hash).is_ok()
            }),
            Scheme::Unknown => false,
        }
    }

    /// Whether a hash made today by `wanted` would be of another scheme or cost.
    pub fn is_outdated(&self, wanted: NewScheme) -> bool {
        kind(self.as_str()) != wanted.kind()
    }
}

impl NewScheme {
    /// The kind of the hashes it makes; see [`kind`].
    const fn kind(self) -> &'static str {
        match self {
            Self::Argon2id => "$argon2id$v=19$m=19456,t=2,p=1",
            Self::Sha256Crypt => "$5",
        }
    }
}

/// The part of a hash that says how much work it is: scheme and costs, up to the salt.
fn kind(hash: &str) -> &str {
    let is_cost = |field: &&str| field.contains('=');
    let mut fields = hash.split('$').skip(1);
    let scheme = fields.next().unwrap_or_default();
    let costs = match scheme {
        "y" => fields.next().map(str::len),
        _ => {
            let costs: Vec<usize> = fields.take_while(is_cost).map(str::len).collect();
            costs.iter().copied().reduce(|all, one| all + 1 + one)
        }
    };
    let length = 1 + scheme.len() + costs.map_or(0, |costs| 1 + costs);
    hash.get(..length).unwrap_or(hash)
}

/// What a failed sign-in costs in a directory: one verification for each kind of hash it holds, whoever
/// the user is. So the time of a failure tells neither whether there is such a user nor how the password
/// is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload(BTreeSet<String>);

impl Workload {
    /// The kinds among the `stored` hashes of a directory that makes new ones by `wanted`.
    pub fn of<'h>(stored: impl Iterator<Item = &'h str>, wanted: NewScheme) -> Self {
        let mut kinds = BTreeSet::from([wanted.kind().to_owned()]);
        for hash in stored {
            let kind = kind(hash);
            if kinds.len() < KINDS
                && !kinds.contains(kind)
                && PasswordHash::from_stored(hash).scheme() != Scheme::Unknown
            {
                kinds.insert(kind.to_owned());
            }
        }
        Self(kinds)
    }

    /// Does the work of a failure, but for the part that was done on `verified`.
    pub fn spend(&self, password: &str, verified: Option<&PasswordHash>) {
        let done = verified.map(|hash| kind(hash.as_str()));
        for kind in self.0.iter().filter(|kind| done != Some(kind.as_str())) {
            std::hint::black_box(specimen(kind).is_of(password));
        }
    }
}

/// A hash of a kind that no password matches.
fn specimen(kind: &str) -> PasswordHash {
    const DIGEST: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let salt = match PasswordHash::from_stored(kind.to_owned() + "$").scheme() {
        Scheme::Argon2id => "A".repeat((ARGON2_SALT * 4).div_ceil(3)),
        _ => "saltsalt".to_owned(),
    };
    let digest = match kind.split('$').nth(1) {
        Some("6") => ".".repeat(86),
        Some("argon2id") => DIGEST.to_owned(),
        _ => ".".repeat(43),
    };
    PasswordHash::from_stored(format!("{kind}${salt}${digest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::hash;

    /// Made by the C library's crypt(3).
    const VECTORS: &[(&str, &str)] = &[
        ("password", "$5$saltsalt$gOjOtoMpVhru2uyjeJSEc/JaLQWOXMNmlOnj6T4AtC."),
        ("pässwört", "$5$rounds=1000$ab$48UbEbWpvZejiy1rvAIDM0gky.VWDAq0Pc8bVPNyU46"),
        ("", "$5$saltsalt$09agN5RZ2meWdEdnEusqsq5G7RwwghB8jCKoWWADxW/"),
        (
            "password",
            "$6$saltsaltsaltsalt$bcXJ8qxwY5sQ4v8MTl.0B1jeZ0z0JlA9jjmbUoCJZ.1wYXiLTU.q2ILyrDJLm890lyfuF7sWAeli0yjOyFPkf0",
        ),
        (
            "correct horse",
            "$6$rounds=5000$x./9$DQYBxgGOQ1USPr4jHyfkuk28kQhzWs9zsx4v826vDNedpLOdATvpLsiygGPLiRQfB01y1n7Se1bVBZ5pblOQU/",
        ),
        ("password", "$y$j9T$saltsalt$0ZRt7zd0gn9pQsq3yDeuwj9hFSoqeo/y42wyzM0m.d0"),
        ("pässwört", "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$ac9Tu4S4yfFs1JWLd/8oEDHorxXlLtJHEQiR5HPHY46"),
        ("", "$y$j75$abcdefgh$dnXG1KuMBmwYrnuKh9nriQRakI62k6mwFrGgxhxYD/2"),
    ];

    #[test]
    fn hashes_of_the_c_library_verify() {
        for (password, stored) in VECTORS {
            let hash = PasswordHash::from_stored(*stored);
            assert!(hash.is_of(password), "{stored}");
            for other in [format!("{password} "), password.to_uppercase() + "X", "x".to_owned()] {
                assert!(!hash.is_of(&other), "{stored} is not of {other:?}");
            }
        }
    }

    #[test]
    fn fresh_hashes_verify() {
        for scheme in [NewScheme::Argon2id, NewScheme::Sha256Crypt] {
            let made = hash("correct horse", scheme).unwrap();
            assert!(made.is_of("correct horse") && !made.is_of("correct hors"), "{scheme:?}");
        }
    }

    #[test]
    fn argon2id_of_other_costs_verifies() {
        use argon2::{Algorithm, Params, PasswordHasher as _, Version};
        let costs = Params::new(64, 1, 2, None).unwrap();
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, costs);
        let made = cheap.hash_password_with_salt(b"correct horse", b"0123456789abcdef").unwrap().to_string();
        assert!(made.starts_with("$argon2id$v=19$m=64,t=1,p=2$"), "{made}");
        let hash = PasswordHash::from_stored(made);
        assert!(hash.is_of("correct horse") && !hash.is_of("correct hors"));
        assert!(hash.is_outdated(NewScheme::Argon2id));
    }

    #[test]
    fn damaged_and_unknown_hashes_are_of_no_password() {
        for stored in
            ["", "*", "!", "x", "$1$salt$x", "$5$", "$5$salt", "$5$saltsalt$", "$y$j9T", "$argon2id$v=19$x"]
        {
            let hash = PasswordHash::from_stored(stored);
            for password in ["", "x", "*", stored] {
                assert!(!hash.is_of(password), "{stored:?} of {password:?}");
            }
        }
    }

    #[test]
    fn a_hash_is_outdated_when_scheme_or_cost_differ() {
        let made = |scheme| hash("correct horse", scheme).unwrap();
        assert!(!made(NewScheme::Argon2id).is_outdated(NewScheme::Argon2id));
        assert!(!made(NewScheme::Sha256Crypt).is_outdated(NewScheme::Sha256Crypt));
        assert!(made(NewScheme::Sha256Crypt).is_outdated(NewScheme::Argon2id));
        assert!(made(NewScheme::Argon2id).is_outdated(NewScheme::Sha256Crypt));
        for stored in
            ["$argon2id$v=19$m=4096,t=3,p=1$AAAA$AAAA", "$5$rounds=9$salt$x", "$y$j9T$salt$x", "$6$a$b"]
        {
            let hash = PasswordHash::from_stored(stored);
            assert!(
                hash.is_outdated(NewScheme::Argon2id) && hash.is_outdated(NewScheme::Sha256Crypt),
                "{stored}"
            );
        }
    }

    #[test]
    fn the_kind_ends_before_the_salt() {
        for (hash, expected) in [
            ("$5$saltsalt$x", "$5"),
            ("$6$rounds=1000$salt$x", "$6$rounds=1000"),
            ("$y$j9T$salt$x", "$y$j9T"),
            ("$argon2id$v=19$m=19456,t=2,p=1$salt$x", "$argon2id$v=19$m=19456,t=2,p=1"),
        ] {
            assert_eq!(kind(hash), expected);
        }
    }

    /// The processor's time for `job`: that of a busy machine does not count.
    fn time_of(job: impl Fn()) -> i128 {
        let now = || {
            let clock = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
            i128::from(clock.tv_sec) * 1_000_000_000 + i128::from(clock.tv_nsec)
        };
        let run = || {
            let start = now();
            job();
            now() - start
        };
        (0..5).map(|_| run()).min().unwrap()
    }

    #[test]
    fn a_specimen_takes_as_long_as_a_hash_and_is_of_no_password() {
        for (password, stored) in VECTORS.iter().filter(|(_, stored)| !stored.contains("rounds")) {
            let (real, made_up) = (PasswordHash::from_stored(*stored), specimen(kind(stored)));
            assert!(!made_up.is_of(password));
            let (one, other) =
                (time_of(|| assert!(!real.is_of("x"))), time_of(|| assert!(!made_up.is_of("x"))));
            assert!(other * 3 > one && one * 3 > other, "{stored}: {one} {other}");
        }
    }

    #[test]
    fn the_work_of_a_failure_does_not_depend_on_the_user() {
        let stored = ["$5$saltsalt$x", "$5$othersalt$x", "*", VECTORS[5].1];
        let workload = Workload::of(stored.into_iter(), NewScheme::Argon2id);
        let kinds: Vec<&str> = workload.0.iter().map(String::as_str).collect();
        assert_eq!(kinds, ["$5", "$argon2id$v=19$m=19456,t=2,p=1", "$y$j9T"]);
        let unknown = time_of(|| workload.spend("x", None));
        for (_, known) in [VECTORS[0], VECTORS[5]] {
            let hash = PasswordHash::from_stored(known);
            let wrong = time_of(|| {
                assert!(!hash.is_of("x"));
                workload.spend("x", Some(&hash));
            });
            assert!(wrong * 2 > unknown && unknown * 2 > wrong, "{known}: {wrong}, nobody: {unknown}");
        }
    }
}
