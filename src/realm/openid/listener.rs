//! The ear on the loopback address a browser is sent back to (RFC 8252 section 7.3).

use crate::error::{Error, Result};
use openidconnect::url::Url;
use std::collections::BTreeMap;
use std::io::{BufReader, Read as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// What stands behind the `?` of an address.
pub type Query = BTreeMap<String, String>;

/// How long a browser may take to send a request; some open connections they may never use.
const REQUEST_PATIENCE: Duration = Duration::from_secs(20);

/// No honest request is longer, in bytes.
const LONGEST: u64 = 16 * 1024;

/// Listens on 127.0.0.1.
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Listens on this port; without one, on a free one.
    ///
    /// # Errors
    /// [`Error::Server`] when the port is taken.
    pub fn open(port: Option<u16>) -> Result<Self> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port.unwrap_or(0)));
        let failed = |fault| Error::server(format!("cannot listen on {wanted}: {fault}"));
        let socket = TcpListener::bind(wanted).map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        Ok(Self { socket, address })
    }

    /// The address a browser is to be sent to.
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Waits until `judge` takes what a browser brings. What it does not take (`None`) is turned away, and
    /// the waiting goes on.
    ///
    /// # Errors
    /// That of the judge; [`Error::Server`] when nothing was taken for so long.
    pub fn wait<T>(self, patience: Duration, judge: impl Fn(&Query) -> Option<Result<T>>) -> Result<T> {
        let end = Instant::now() + patience;
        let done = Arc::new(AtomicBool::new(false));
        let requests = listen(self.socket, Arc::clone(&done));
        let taken = loop {
            let Ok((query, browser)) = requests.recv_timeout(end.saturating_duration_since(Instant::now()))
            else {
                let minutes = patience.as_secs() / 60;
                break Err(Error::server(format!("nobody has signed in for {minutes} minutes")));
            };
            match judge(&query) {
                None => {
                    say(browser, "400 Bad Request", "This is no answer to the sign-in that is waited for.")
                }
                Some(taken) => {
                    say(browser, "200 OK", "The answer has arrived. Go on in the terminal.");
                    break taken;
                }
            }
        };
        done.store(true, Ordering::SeqCst);
        // Wakes the one who waits for connections, to see that it is over.
        let _ = TcpStream::connect(self.address);
        taken
    }
}

/// Reads the requests of all who come, each at its own pace.
fn listen(socket: TcpListener, done: Arc<AtomicBool>) -> Receiver<(Query, TcpStream)> {
    let (queue, requests) = sync_channel(1);
    thread::spawn(move || {
        for browser in socket.incoming() {
            if done.load(Ordering::SeqCst) {
                return;
            }
            let (Ok(browser), queue) = (browser, queue.clone()) else { continue };
            thread::spawn(move || read(browser, &queue));
        }
    });
    requests
}

/// Reads one request and hands on what it asks of `/`.
fn read(mut browser: TcpStream, queue: &SyncSender<(Query, TcpStream)>) {
    let patience = Some(REQUEST_PATIENCE);
    if browser.set_read_timeout(patience).and_then(|()| browser.set_write_timeout(patience)).is_err() {
        return;
    }
    let mut request = Vec::new();
    let mut bytes = BufReader::new((&browser).take(LONGEST)).bytes();
    while !request.ends_with(b"\r\n\r\n") {
        let Some(Ok(byte)) = bytes.next() else { return };
        request.push(byte);
    }
    match query(&String::from_utf8_lossy(&request)) {
        Some(query) => {
            let _nobody_waits_any_more = queue.send((query, browser));
        }
        None => say(&mut browser, "404 Not Found", "Nothing is here."),
    }
}

/// What a request asks of `/`; `None` when it asks for something else.
fn query(request: &str) -> Option<Query> {
    let target = request.strip_prefix("GET ")?.split(' ').next()?;
    let url = Url::parse("http://127.0.0.1/").ok()?.join(target).ok()?;
    (url.path() == "/").then(|| url.query_pairs().into_owned().collect())
}

fn say(mut browser: impl std::io::Write, status: &str, words: &str) {
    let page = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{words}",
        words.len()
    );
    // Whether the browser shows it changes nothing.
    let _ = browser.write_all(page.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests() {
        let found = query("GET /?code=a%2Bb&state=%7B%22x%22%7D HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert_eq!((found["code"].as_str(), found["state"].as_str()), ("a+b", "{\"x\"}"));
        assert_eq!(query("GET / HTTP/1.1\r\n\r\n"), Some(Query::new()));
        for other in
            ["POST /?code=a HTTP/1.1\r\n\r\n", "GET /favicon.ico HTTP/1.1\r\n\r\n", "GET", "\r\n\r\n"]
        {
            assert_eq!(query(other), None, "{other}");
        }
    }

    #[test]
    fn patience_ends() {
        let listener = Listener::open(None).unwrap();
        let error = listener.wait(Duration::ZERO, |_| None::<Result<()>>).unwrap_err();
        assert!(error.to_string().contains("nobody has signed in"), "{error}");
    }
}
