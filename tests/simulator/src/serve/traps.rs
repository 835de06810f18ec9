//! Addresses at which no panel ever answers.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// Takes connections and never says a word on them.
pub(crate) async fn stay_silent(listener: TcpListener) {
    while let Ok((mut stream, _)) = listener.accept().await {
        tokio::spawn(async move {
            let mut heard = [0; 1024];
            while matches!(stream.read(&mut heard).await, Ok(length) if length > 0) {}
        });
    }
}

/// A port whose queue of connections is full, so that the system ignores every further attempt.
pub(crate) struct BlackHole {
    pub(crate) address: SocketAddr,
    _listener: TcpListener,
    _filling: TcpStream,
}

impl BlackHole {
    pub(crate) async fn open() -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let listener = socket.listen(0)?;
        let address = listener.local_addr()?;
        let filling = TcpStream::connect(address).await?;
        Ok(Self { address, _listener: listener, _filling: filling })
    }
}
