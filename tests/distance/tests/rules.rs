//! What a distance costs. It is a lower bound each time: a busy machine makes everything later, and nothing sooner.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

const ROUND_TRIP: Duration = Duration::from_millis(60);

/// A server that says everything back, and closes when the client does.
fn connect() -> TcpStream {
    let echo = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = echo.local_addr().unwrap();
    thread::spawn(move || {
        for stream in echo.incoming().flatten() {
            let (mut from, mut to) = (stream.try_clone().unwrap(), stream);
            thread::spawn(move || {
                std::io::copy(&mut from, &mut to).unwrap();
                to.shutdown(Shutdown::Write).unwrap();
            });
        }
    });
    TcpStream::connect(distance::begin(target, ROUND_TRIP).unwrap()).unwrap()
}

fn there_and_back(stream: &mut TcpStream, text: &[u8]) -> Duration {
    let started = Instant::now();
    stream.write_all(text).unwrap();
    let mut answer = vec![0; text.len()];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(answer, text);
    started.elapsed()
}

#[test]
fn the_first_exchange_pays_for_connecting_and_each_further_one_for_itself() {
    let started = Instant::now();
    let mut stream = connect();
    there_and_back(&mut stream, b"first");
    assert!(started.elapsed() >= 2 * ROUND_TRIP);
    assert!(there_and_back(&mut stream, b"second") >= ROUND_TRIP);
}

#[test]
fn bytes_arrive_whole_and_in_order() {
    let mut stream = connect();
    let text: Vec<u8> = (0..=u8::MAX).cycle().take(500_000).collect();
    let (mut reader, expected) = (stream.try_clone().unwrap(), text.clone());
    let reading = thread::spawn(move || {
        let mut answer = Vec::new();
        reader.read_to_end(&mut answer).unwrap();
        assert_eq!(answer, expected);
    });
    stream.write_all(&text).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    reading.join().unwrap();
}

#[test]
fn an_end_arrives_as_well() {
    let mut stream = connect();
    stream.shutdown(Shutdown::Write).unwrap();
    assert_eq!(stream.read_to_end(&mut Vec::new()).unwrap(), 0);
}
