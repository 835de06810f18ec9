//! Bodies that arrive as the fault wants: whole, slowly, in part, or without end.

use crate::faults::spoil::Content;
use bytes::Bytes;
use http_body_util::channel::Channel;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use std::io;
use std::time::Duration;

pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

const PIECE: usize = 64 << 10;
/// Long enough for what was written to leave before the connection breaks.
const BEFORE_BREAKING: Duration = Duration::from_millis(20);

/// The body, and its length where it has to be announced although the body itself does not know it.
pub(crate) fn body(content: Content) -> (Body, Option<usize>) {
    match content {
        Content::Whole(bytes) => (whole(bytes), None),
        Content::Paced { bytes, chunk, pause } => {
            let length = bytes.len();
            (paced(bytes, chunk, pause), Some(length))
        }
        Content::Cut(bytes) => {
            let length = bytes.len();
            (cut(bytes.slice(..length / 2)), Some(length))
        }
        Content::Endless(size) => (endless(size), None),
    }
}

pub(crate) fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

fn paced(mut bytes: Bytes, chunk: usize, pause: Duration) -> Body {
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        while !bytes.is_empty() {
            tokio::time::sleep(pause).await;
            let piece = bytes.split_to(chunk.min(bytes.len()));
            if sender.send_data(piece).await.is_err() {
                return;
            }
        }
    });
    body.boxed_unsync()
}

fn cut(bytes: Bytes) -> Body {
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        if sender.send_data(bytes).await.is_ok() {
            tokio::time::sleep(BEFORE_BREAKING).await;
            sender.abort(io::Error::other("the answer is cut off on purpose"));
        }
    });
    body.boxed_unsync()
}

fn endless(size: usize) -> Body {
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        let mut left = size;
        let mut piece = Bytes::from_static(b"{\"data\":[],\"filling\":\"");
        loop {
            if sender.send_data(piece).await.is_err() {
                return;
            }
            if left == 0 {
                let _ = sender.send_data(Bytes::from_static(b"\"}")).await;
                return;
            }
            let length = left.min(PIECE);
            left -= length;
            piece = Bytes::from(vec![b'x'; length]);
        }
    });
    body.boxed_unsync()
}
