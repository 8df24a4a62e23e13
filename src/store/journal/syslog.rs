//! Entries for the system's log, as RFC 3164 has messages, without the time, which every reader of the socket
//! adds.

use crate::audit::Entry;
use crate::audit::digest::Digest;
use crate::error::{Error, Result};
use crate::format::journal;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

/// Facility 10, private security messages; severity 5, normal but significant.
const PRIORITY: u8 = 10 * 8 + 5;

/// More objects than these are not told: a message has to fit into one datagram.
const OBJECTS: usize = 50;

/// Sends the entry, without the edits of files and those only seen, and the digest of its line.
///
/// # Errors
/// [`Error::Io`] when nobody listens.
pub(super) fn send(socket: &Path, line: &[u8]) -> Result<()> {
    let Some(mut entry) = journal::parse::<Entry>(line) else { return Ok(()) };
    entry.objects.truncate(OBJECTS);
    entry.seen.clear();
    for file in &mut entry.files {
        file.edits = None;
    }
    let digest: Digest = crate::audit::chain::digest_of(line);
    let text = journal::render(&entry)?;
    let text = String::from_utf8_lossy(&text);
    let message =
        format!("<{PRIORITY}>usher[{}]: {} {}", std::process::id(), digest.to_hex(), text.trim_end());
    let sent = UnixDatagram::unbound().and_then(|local| {
        local.set_nonblocking(true)?;
        local.send_to(message.as_bytes(), socket)
    });
    sent.map(drop).map_err(|error| Error::io("send an entry of the journal to", socket, error))
}
