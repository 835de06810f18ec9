//! Web servers: plain and with TLS, the same pages at every address.

use std::{io, net::IpAddr, sync::Arc, time::Duration};

use rustls::server::Acceptor;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    time::sleep,
};
use tokio_rustls::LazyConfigAcceptor;

use crate::{Kind, Page, Shared, Shown, own_address};

pub(crate) async fn serve(shared: Arc<Shared>, listener: TcpListener, is_tls: bool) {
    let here = own_address(listener.local_addr());
    while let Ok((stream, _)) = listener.accept().await {
        if shared.plan().everything.is_none() {
            shared.note(format!("connection {here}"));
        }
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            wait(&shared).await;
            if is_tls { with_tls(&shared, here, stream).await } else { answer(&shared, here, stream).await }
        });
    }
}

async fn wait(shared: &Shared) {
    if shared.plan().delay_ms > 0 {
        sleep(Duration::from_millis(shared.plan().delay_ms)).await;
    }
}

async fn with_tls(shared: &Shared, here: IpAddr, mut stream: TcpStream) -> io::Result<()> {
    let mut first = [0; 1];
    stream.peek(&mut first).await?;
    let start = LazyConfigAcceptor::new(Acceptor::default(), &mut stream).await?;
    let host = start.client_hello().server_name().unwrap_or_default().to_owned();
    let certificates = &shared.plan().certificates;
    let shown = certificates.get(&format!("{here} {host}")).or_else(|| certificates.get(&host));
    let shown = shown.cloned().unwrap_or(Shown::Kind(Kind::Good));
    wait(shared).await;
    match shown {
        Shown::Kind(Kind::Hang) => std::future::pending().await,
        Shown::Kind(Kind::Close) => Ok(()),
        Shown::Kind(Kind::NotTls) => {
            drop(start);
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await?;
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await.map(|_| ())
        }
        _ => {
            let config = shared.certificates.config(&shown, &host);
            answer(shared, here, start.into_stream(config).await?).await
        }
    }
}

async fn answer(
    shared: &Shared,
    here: IpAddr,
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > 8192 {
            return Ok(());
        }
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let headers = head.lines().filter_map(|line| line.split_once(": "));
    let host = headers.filter(|(name, _)| name.eq_ignore_ascii_case("host")).map(|(_, host)| host).next();
    let host = host.unwrap_or_default();
    if shared.plan().everything.is_none() {
        shared.note(format!("http {here} {host} {path}"));
    }
    wait(shared).await;
    let missing = Page { status: 404, body: "nothing here".into(), ..Page::default() };
    let plan = shared.plan();
    let named = plan.pages.get(&format!("{host}{path}"));
    let page = named.or_else(|| plan.pages.get(&format!("{host}/*"))).unwrap_or(&missing);
    if page.how == "proxy" {
        return pass_on(stream, &head, page.location.as_deref().unwrap_or_default()).await;
    }
    if page.how == "echo" {
        send(&mut stream, &Page { body: head, ..Page::default() }).await?;
    } else {
        send(&mut stream, page).await?;
    }
    stream.shutdown().await
}

/// The answer is that of another server, as a proxy has it.
async fn pass_on(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    head: &str,
    server: &str,
) -> io::Result<()> {
    let mut behind = TcpStream::connect(server).await?;
    behind.write_all(head.as_bytes()).await?;
    copy_bidirectional(&mut stream, &mut behind).await.map(|_| ())
}

async fn send(stream: &mut (impl AsyncWrite + Unpin), page: &Page) -> io::Result<()> {
    let location = page.location.as_ref().map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
    let start = format!("HTTP/1.1 {} Status\r\n{location}", page.status);
    let whole = format!("{start}Content-Length: {}\r\n\r\n{}", page.body.len(), page.body);
    match page.how.as_str() {
        "hang" => std::future::pending().await,
        "close" => Ok(()),
        "garbage" => stream.write_all(b"\x00\x01 this is no HTTP\r\n\r\n").await,
        "huge-head" => {
            stream.write_all(start.as_bytes()).await?;
            loop {
                stream.write_all(format!("X-Long: {}\r\n", "x".repeat(4000)).as_bytes()).await?;
            }
        }
        "many-headers" => {
            stream.write_all(start.as_bytes()).await?;
            for number in 0..500 {
                stream.write_all(format!("X-{number}: 1\r\n").as_bytes()).await?;
            }
            stream.write_all(b"\r\n").await
        }
        "endless" => {
            stream.write_all(format!("{start}\r\n").as_bytes()).await?;
            loop {
                stream.write_all(&[b'x'; 4096]).await?;
            }
        }
        "broken-off" => {
            stream.write_all(format!("{start}Content-Length: 999\r\n\r\n{}", page.body).as_bytes()).await
        }
        "slow-body" => {
            stream.write_all(format!("{start}Content-Length: 999\r\n\r\n{}", page.body).as_bytes()).await?;
            stream.flush().await?;
            std::future::pending().await
        }
        _ => stream.write_all(whole.as_bytes()).await,
    }
}
