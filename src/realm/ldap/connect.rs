//! The steps to a connection: look up, dial, agree on TLS.

use super::settings::{Mode, Settings};
use super::{tls, words};
use crate::error::{Error, Result};
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, StdStream};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// An open connection to a server that nobody has bound yet.
pub(super) struct Line {
    /// Drives the connection.
    pub runtime: Runtime,
    /// Sends requests.
    pub ldap: Ldap,
    /// The server that answered.
    pub server: String,
}

/// Why one server cannot be spoken to.
pub(super) struct Failure {
    /// What is wrong.
    pub error: Error,
    /// Whether the next server is worth a try.
    pub elsewhere: bool,
}

impl Line {
    /// A connection to the first server that can be reached.
    pub(super) fn open(settings: &Settings) -> Result<Self> {
        let mut failures: Vec<Error> = Vec::new();
        for server in &settings.servers {
            match reach(settings, server) {
                Ok(line) => return Ok(line),
                Err(Failure { error, elsewhere: false }) => return Err(error),
                Err(Failure { error, .. }) => failures.push(error),
            }
        }
        let messages: Vec<String> = failures.iter().map(ToString::to_string).collect();
        let error = Error::server(messages.join("; "));
        Err(match failures.iter().find_map(Error::hint) {
            Some(hint) => error.with_hint(hint),
            None => error,
        })
    }
}

fn reach(settings: &Settings, server: &str) -> std::result::Result<Line, Failure> {
    let retry = |error| Failure { error, elsewhere: true };
    let addresses = look_up(settings, server).map_err(retry)?;
    let stream = dial(settings, server, &addresses).map_err(retry)?;
    speak(settings, server, stream)
}

/// The addresses of a server.
///
/// # Errors
/// [`Error::Server`] when it has none, or nobody tells in time.
pub(super) fn look_up(settings: &Settings, server: &str) -> Result<Vec<SocketAddr>> {
    if let Ok(address) = server.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, settings.port)]);
    }
    // The system's resolver knows no time-out of ours: it is asked by a thread that may be left behind.
    let (answer, receive) = mpsc::channel();
    let question = (server.to_owned(), settings.port);
    std::thread::spawn(move || {
        let found = question.to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        // Nobody listens any more after the time-out.
        let _ = answer.send(found);
    });
    let hint = "check server1 and server2, and the name servers of this host";
    match receive.recv_timeout(settings.time_outs.connect) {
        Ok(Ok(addresses)) if !addresses.is_empty() => Ok(addresses),
        Ok(Ok(_)) => Err(Error::server(format!("the host '{server}' has no address")).with_hint(hint)),
        Ok(Err(source)) => {
            Err(Error::server(format!("the host '{server}' cannot be found: {source}")).with_hint(hint))
        }
        Err(_) => Err(Error::server(format!(
            "nobody tells the address of the host '{server}' within {}",
            words::seconds(settings.time_outs.connect)
        ))
        .with_hint(hint)),
    }
}

/// A TCP connection to the first address that takes one.
///
/// # Errors
/// [`Error::Server`] when none does in time.
pub(super) fn dial(settings: &Settings, server: &str, addresses: &[SocketAddr]) -> Result<TcpStream> {
    let end = Instant::now() + settings.time_outs.connect;
    let mut last = None;
    for address in addresses {
        // Never zero: the system takes that for a mistake.
        let left = end.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        match TcpStream::connect_timeout(address, left) {
            Ok(stream) => {
                // Requests are small and waited for; where this is refused they are only slower.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Err(fault) => last = Some(fault),
        }
    }
    let why = match last {
        Some(fault) if fault.kind() == std::io::ErrorKind::TimedOut => {
            format!("no answer within {}", words::seconds(settings.time_outs.connect))
        }
        Some(fault) => fault.to_string(),
        None => "it has no address".to_owned(),
    };
    Err(Error::server(format!("cannot connect to '{}': {why}", settings.address(server)))
        .with_hint("is the server running, are mode and port right, does a firewall stand between?"))
}

/// Agrees on TLS, if the realm wants it, and hands over the connection.
pub(super) fn speak(
    settings: &Settings,
    server: &str,
    stream: TcpStream,
) -> std::result::Result<Line, Failure> {
    let fatal = |error| Failure { error, elsewhere: false };
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| fatal(Error::io("start", "the connection", source)))?;
    let mut how = LdapConnSettings::new().set_std_stream(StdStream::Tcp(stream));
    if settings.mode != Mode::Plain {
        how = how.set_config(tls::config(settings, server).map_err(fatal)?);
    }
    how = how.set_starttls(settings.mode == Mode::StartTls);
    let scheme = if settings.mode == Mode::Tls { "ldaps" } else { "ldap" };
    // The address only says how to speak. It cannot hold an IPv6 address as TLS wants it, and the
    // verifier knows the right name anyway.
    let host = if server.contains(':') { "address.invalid" } else { server };
    let url = format!("{scheme}://{host}:{}", settings.port);
    let patience = settings.time_outs.connect;
    let end = Instant::now() + patience;
    let opened = runtime.block_on(async {
        let opening = tokio::time::timeout(patience, LdapConnAsync::with_settings(how, &url)).await;
        opening.map(|opened| {
            opened.map(|(connection, ldap)| {
                // Whoever waits for an answer hears of the end of the connection by itself.
                tokio::spawn(async move {
                    let _ = connection.drive().await;
                });
                ldap
            })
        })
    });
    let elsewhere = settings.mode != Mode::StartTls;
    match opened {
        Ok(Ok(ldap)) => Ok(Line { runtime, ldap, server: server.to_owned() }),
        Ok(Err(failure)) => {
            Err(Failure { error: words::of_failure(&failure, settings, server, end), elsewhere })
        }
        Err(_) => Err(Failure { error: words::silent(&settings.address(server), patience), elsewhere }),
    }
}
