//! A distance on loopback: a TCP forwarder that delivers every byte half a round trip late, either way.
//!
//! Connecting costs a round trip too, as it does over a real distance: the system of this machine answers a connection at once, so
//! the forwarder holds back what the client says first by that much. Where the client waits for nothing between connecting and its
//! first byte, as HTTP and TLS do, that is exact.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::mpsc::{self, Receiver, Sender},
    thread,
    time::{Duration, Instant},
};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// What has to be delivered, and when. No bytes: the sender says no more.
type Parcel = (Instant, Vec<u8>);

/// Forwards connections to `target` over a distance of `round_trip`, until the process ends. Returns where to connect to.
///
/// # Errors
/// When no port can be opened.
pub fn begin(target: SocketAddr, round_trip: Duration) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::Builder::new().name("accept".into()).spawn(move || {
        for client in listener.incoming().flatten() {
            // Whoever cannot be served is hung up on, as over a real distance.
            let _ = forward(client, target, round_trip);
        }
    })?;
    Ok(address)
}

/// Two directions, each with one thread that reads and one that delivers.
fn forward(client: TcpStream, target: SocketAddr, round_trip: Duration) -> io::Result<()> {
    let accepted = Instant::now();
    let server = TcpStream::connect(target)?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    one_way(client.try_clone()?, server.try_clone()?, accepted + round_trip, round_trip / 2)?;
    one_way(server, client, accepted, round_trip / 2)
}

/// Nothing leaves before `first`, and everything is under way for `half`.
fn one_way(from: TcpStream, to: TcpStream, first: Instant, half: Duration) -> io::Result<()> {
    let (send, receive) = mpsc::channel();
    thread::Builder::new().name("read".into()).spawn(move || read(from, &send, first, half))?;
    thread::Builder::new().name("deliver".into()).spawn(move || deliver(to, &receive))?;
    Ok(())
}

fn read(mut from: TcpStream, send: &Sender<Parcel>, first: Instant, half: Duration) {
    let mut piece = vec![0; PIECE];
    loop {
        let length = from.read(&mut piece).unwrap_or(0);
        let bytes = piece.get(..length).unwrap_or_default().to_vec();
        if send.send((Instant::now().max(first) + half, bytes)).is_err() || length == 0 {
            return;
        }
    }
}

fn deliver(mut to: TcpStream, receive: &Receiver<Parcel>) {
    for (due, bytes) in receive {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if bytes.is_empty() || to.write_all(&bytes).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
