//! A TCP proxy that breaks connections, for real: after so many bytes of the server's answers it cuts
//! the line, or falls silent.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// What happens after so many bytes from the server, over each connection.
#[derive(Clone, Copy, Debug)]
pub enum Break {
    /// Both ends see the connection end.
    CutAfter(usize),
    /// The connection stays, and nothing comes any more.
    StallAfter(usize),
}

/// A proxy before a server; it ends when dropped.
pub struct Proxy {
    /// Its port on 127.0.0.1.
    pub port: u16,
    ended: Arc<AtomicBool>,
}

impl Proxy {
    /// A proxy before the server on `port` of 127.0.0.1.
    pub fn before(port: u16, how: Break) -> Self {
        Self::choosing(how, move || port)
    }

    /// A proxy that asks with each connection which port of 127.0.0.1 the server is on.
    pub fn choosing(how: Break, mut port: impl FnMut() -> u16 + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let own = listener.local_addr().unwrap().port();
        let ended = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ended);
        thread::spawn(move || {
            for client in listener.incoming() {
                if end.load(Ordering::Relaxed) {
                    return;
                }
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(("127.0.0.1", port()))) else {
                    continue;
                };
                thread::spawn(move || between(client, server, how));
            }
        });
        Self { port: own, ended }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the listener, which then ends.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn between(client: TcpStream, server: TcpStream, how: Break) {
    let (mut from_client, mut to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let requests = thread::spawn(move || {
        // Ends when either end does.
        let _ = std::io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Both);
    });
    answers(&client, &server, how);
    // A stalled line lives until the client gives up.
    let _ = requests.join();
}

fn answers(mut client: &TcpStream, mut server: &TcpStream, how: Break) {
    let (Break::CutAfter(limit) | Break::StallAfter(limit)) = how;
    let mut left = limit;
    let mut buffer = [0; 4096];
    while left > 0 {
        let room = left.min(buffer.len());
        let Ok(read @ 1..) = server.read(&mut buffer[..room]) else { break };
        if client.write_all(&buffer[..read]).is_err() {
            break;
        }
        left -= read;
    }
    if left > 0 || matches!(how, Break::CutAfter(_)) {
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    }
}
