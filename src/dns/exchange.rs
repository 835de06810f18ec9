//! One question to one name server.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use hickory_proto::op::{Message, ResponseCode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
    time::timeout,
};

use super::question::{Manner, Question, Trouble};

/// Room for any answer that fits into a datagram of the size that is announced, and for those of servers that do not care.
const DATAGRAM: usize = 4096;
/// What came was no answer to the question.
const MALFORMED: &str = "malformed";

/// Asks by UDP, and by TCP where the answer is too long for it. Every question has a socket and so a port of its own, and
/// the kernel lets nothing through to it but what comes from this server.
pub(crate) async fn ask(
    server: SocketAddr,
    question: &Question,
    manner: Manner,
    limit: Duration,
) -> Result<Message, Trouble> {
    let mut malformed = false;
    let asking = async {
        let answer = by_udp(server, question, manner, true, &mut malformed).await?;
        match answer.metadata.response_code {
            // An old server, which does not know EDNS.
            ResponseCode::FormErr | ResponseCode::NotImp => {
                by_udp(server, question, manner, false, &mut malformed).await
            }
            _ => Ok(answer),
        }
    };
    let answer = timeout(limit, asking).await;
    let answer =
        answer.unwrap_or(Err(if malformed { Trouble::Failed(MALFORMED) } else { Trouble::Silence }))?;
    if !answer.metadata.truncation {
        return Ok(answer);
    }
    timeout(limit, by_tcp(server, question, manner)).await.unwrap_or(Err(Trouble::Silence))
}

async fn by_udp(
    server: SocketAddr,
    question: &Question,
    manner: Manner,
    edns: bool,
    malformed: &mut bool,
) -> Result<Message, Trouble> {
    let (id, bytes) = question.to_bytes(manner, edns).ok_or(Trouble::Failed(MALFORMED))?;
    let socket = UdpSocket::bind(any_of(server.ip())).await.map_err(|e| why(&e))?;
    socket.connect(server).await.map_err(|e| why(&e))?;
    socket.send(&bytes).await.map_err(|e| why(&e))?;
    let mut buffer = vec![0; DATAGRAM];
    loop {
        let length = socket.recv(&mut buffer).await.map_err(|e| why(&e))?;
        let received = buffer.get(..length).unwrap_or_default();
        // Anybody can send a datagram, so what does not fit is no reason to stop listening.
        match question.answered_by(received) {
            Some(message) if message.metadata.id == id => return Ok(message),
            _ => *malformed = true,
        }
    }
}

async fn by_tcp(server: SocketAddr, question: &Question, manner: Manner) -> Result<Message, Trouble> {
    let (id, bytes) = question.to_bytes(manner, true).ok_or(Trouble::Failed(MALFORMED))?;
    let length = u16::try_from(bytes.len()).map_err(|_| Trouble::Failed(MALFORMED))?;
    let mut stream = TcpStream::connect(server).await.map_err(|e| why(&e))?;
    let request: Vec<u8> = length.to_be_bytes().into_iter().chain(bytes).collect();
    stream.write_all(&request).await.map_err(|e| why(&e))?;
    let length = stream.read_u16().await.map_err(|e| why(&e))?;
    let mut received = vec![0; usize::from(length)];
    stream.read_exact(&mut received).await.map_err(|e| why(&e))?;
    question
        .answered_by(&received)
        .filter(|message| message.metadata.id == id)
        .ok_or(Trouble::Failed(MALFORMED))
}

fn why(error: &io::Error) -> Trouble {
    match error.kind() {
        // EMFILE and ENFILE, which have no kind of their own.
        _ if matches!(error.raw_os_error(), Some(24 | 23)) => Trouble::NO_SOCKET,
        io::ErrorKind::TimedOut => Trouble::Silence,
        // A TCP connection that ends in the middle of an answer.
        io::ErrorKind::UnexpectedEof => Trouble::Failed(MALFORMED),
        _ => Trouble::Failed("unreachable"),
    }
}

/// The address to bind to for talking to this one.
fn any_of(address: IpAddr) -> SocketAddr {
    match address {
        IpAddr::V4(_) => SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 0),
        IpAddr::V6(_) => SocketAddr::new(Ipv6Addr::UNSPECIFIED.into(), 0),
    }
}
