//! What signing in takes beyond the password's hash, and how quickly tickets are verified.

use super::data::Data;
use super::measure::{cpu, median};
use super::process::{USHER, fresh};
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use usher::catalogue::Catalogue;
use usher::model::id::UserId;
use usher::realm::login::{Admission, Attempt, Books as _, NoService, Nowhere, Rules, no_keys, sign_in};
use usher::secret::ticket_key::Digest;
use usher::secret::{NewScheme, PasswordHash, hash, ticket};
use usher::store::sign_in::StoredBooks;
use usher::store::ticket_keys::signing_key;
use usher::store::{DirStore, Files, MemoryStore};

const USER: &str = "bench@pve";
const PASSWORD: &str = "correct horse";

pub struct SignIn {
    /// The hash alone.
    pub hash: Duration,
    /// What the library takes beyond it: to a directory in memory, and to one on disk.
    pub in_memory: Duration,
    pub on_disk: Duration,
    /// What `usher login-check` takes beyond a process that verifies the hash and nothing else.
    pub process: Duration,
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

/// How many tickets one core verifies in a second.
pub fn tickets() -> f64 {
    const TICKETS: usize = 1000;
    let (store, catalogue) = (MemoryStore::new(Files::new()), Catalogue::pve9());
    let key = signing_key(&store, &catalogue, false, now()).unwrap();
    let user = UserId::parse(USER).unwrap();
    let text = ticket::issue(&key, Digest::Sha256, &user, now()).unwrap();
    let books = StoredBooks { store: &store, catalogue: &catalogue, would_change: None };
    let keys = books.keyring(now()).unwrap().unwrap();
    let times = (0..21).map(|_| {
        let time = cpu(|| {
            for _ in 0..TICKETS {
                ticket::verify(&keys, &text, None, now()).unwrap();
            }
        });
        time.as_secs_f64() / TICKETS as f64
    });
    1.0 / median(times.collect())
}

/// Only verifies a password: the process to compare with.
pub fn only_hash(stored: &str) {
    assert!(PasswordHash::from_stored(stored.to_owned()).is_of(PASSWORD));
}

/// Measures signing in to a directory with these data.
pub fn sign_in_of(data: &Data, rounds: usize) -> SignIn {
    let stored = hash(PASSWORD, NewScheme::Argon2id).unwrap();
    let place = fresh("sign-in");
    let files = [
        ("user.cfg", format!("user:{USER}:1:0::::::\n{}", data.text)),
        ("domains.cfg", "pve: pve\n".to_owned()),
        ("priv/shadow.cfg", format!("bench:{}:\n", stored.as_str())),
    ];
    fs::create_dir(place.join("priv")).unwrap();
    for (name, text) in &files {
        fs::write(place.join(name), text).unwrap();
    }
    let files = files.map(|(name, text)| (name.to_owned(), Arc::new(text.into_bytes())));
    let (memory, disk) = (MemoryStore::new(Files::from(files)), DirStore::new(place.clone()));
    let catalogue = Catalogue::pve9();
    let rules = Rules {
        scheme: NewScheme::Argon2id,
        rehash: true,
        elsewhere: &Nowhere,
        yubico: &NoService,
        keys: &no_keys,
    };
    let attempt = Attempt {
        user: USER,
        realm: None,
        password: PASSWORD,
        answer: None,
        partial_ticket: None,
        from: None,
    };
    let enter = |books: &StoredBooks<'_>| {
        let entered = cpu(|| {
            let found = sign_in(books, &rules, attempt, now()).unwrap();
            assert!(matches!(found, Ok(Admission::Complete(_))));
        });
        entered.as_secs_f64()
    };
    let in_memory = StoredBooks { store: &memory, catalogue: &catalogue, would_change: None };
    let on_disk = StoredBooks { store: &disk, catalogue: &catalogue, would_change: None };
    let this = std::env::current_exe().unwrap();
    let mut beyond: [Vec<f64>; 4] = Default::default();
    for _ in 0..=rounds {
        let alone = cpu(|| only_hash(stored.as_str())).as_secs_f64();
        let process = run(Command::new(&this).arg("hash").arg(stored.as_str()), "");
        let check = run(
            Command::new(USHER).arg("login-check").env("USHER_CONFIG_DIR", &place),
            &format!("{USER}\n{PASSWORD}\n"),
        );
        let times = [alone, enter(&in_memory) - alone, enter(&on_disk) - alone, check - process];
        for (all, time) in beyond.iter_mut().zip(times) {
            all.push(time);
        }
    }
    // The first round warms up.
    let [hash, in_memory, on_disk, process] =
        beyond.map(|times| Duration::from_secs_f64(median(times[1..].to_vec()).max(0.0)));
    SignIn { hash, in_memory, on_disk, process }
}

/// Runs a process that has to succeed, and tells how many seconds it took.
fn run(command: &mut Command, typed: &str) -> f64 {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "{command:?}");
    start.elapsed().as_secs_f64()
}
