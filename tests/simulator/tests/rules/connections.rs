//! Connections: reused, closed when idle, trusted or not.

use crate::support::{Panel, client, plain_connection, sent};
use runcloud_simulator::{Options, Simulator};
use serde_json::json;
use std::io::Read as _;
use std::net::TcpStream;
use std::time::Duration;

#[test]
fn the_history_tells_whether_a_connection_was_reused() {
    let panel = Panel::calm();
    let url = format!("{}/v3/ping", panel.simulator.panel_url());
    let keeping = client(&panel.simulator, 1);
    for http in [&keeping, &keeping, &panel.http, &panel.http] {
        http.get(&url).send().unwrap().bytes().unwrap();
    }
    let connections: Vec<_> = panel.simulator.history().iter().map(|entry| entry.connection).collect();
    assert_eq!(connections, [1, 1, 2, 3]);
}

#[test]
fn an_idle_connection_is_closed_when_a_knob_says_so() {
    let simulator = Simulator::start(Options::calm());
    let mut open = sent(&simulator, "GET", "/ping", "");
    let mut answer = [0; 4096];
    assert!(open.read(&mut answer).unwrap() > 0);
    simulator.patch_chaos(json!({ "keepalive_ms": 50 }));
    assert_eq!(open.read(&mut answer).unwrap(), 0, "closed by the simulator");
    let mut never_used = plain_connection(&simulator);
    assert_eq!(never_used.read(&mut answer).unwrap(), 0, "closed before its first request");
}

#[test]
fn a_connection_is_not_idle_while_a_request_is_carried_out() {
    let simulator = Simulator::start(Options::calm());
    simulator.add_fault(json!({ "kind": "slow", "ms": 200 }));
    let mut open = sent(&simulator, "GET", "/ping", "");
    simulator.patch_chaos(json!({ "keepalive_ms": 20 }));
    let mut answer = String::new();
    open.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[test]
fn the_same_panel_answers_without_tls() {
    let panel = Panel::calm();
    let reply = panel.http.get(format!("{}/v3/ping", panel.simulator.http_url())).send().unwrap();
    assert_eq!(reply.status().as_u16(), 401);
    assert_eq!(panel.simulator.history().len(), 1);
}

#[test]
fn the_certificate_serves_localhost_by_name_and_by_address() {
    let panel = Panel::calm();
    let by_name = panel.simulator.panel_url().replace("127.0.0.1", "localhost");
    assert_eq!(panel.http.get(format!("{by_name}/v3/ping")).send().unwrap().status().as_u16(), 401);
}

#[test]
fn certificates_that_must_be_refused_are_refused() {
    let panel = Panel::calm();
    for (url, reason) in
        [(panel.simulator.wrong_host_url(), "NotValidForName"), (panel.simulator.expired_url(), "Expired")]
    {
        let error = panel.http.get(format!("{url}/v3/ping")).send().unwrap_err();
        assert!(format!("{error:?}").contains(reason), "{error:?}");
    }
    assert!(panel.simulator.history().is_empty());
}

#[test]
fn every_simulator_has_an_authority_of_its_own() {
    let (one, other) = (Simulator::start(Options::calm()), Simulator::start(Options::calm()));
    assert!(client(&one, 0).get(format!("{}/v3/ping", other.panel_url())).send().is_err());
}

#[test]
fn nobody_ever_answers_at_the_traps() {
    let panel = Panel::calm();
    for url in [panel.simulator.silent_url(), panel.simulator.black_hole_url()] {
        let request = panel.http.get(format!("{url}/v3/ping")).timeout(Duration::from_millis(300));
        assert!(request.send().unwrap_err().is_timeout(), "{url}");
    }
}

#[test]
fn the_black_hole_does_not_even_connect() {
    let simulator = Simulator::start(Options::calm());
    let url = simulator.black_hole_url();
    let address = url.trim_start_matches("https://").trim_end_matches("/api").parse().unwrap();
    let error = TcpStream::connect_timeout(&address, Duration::from_millis(300)).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
}

#[test]
fn a_dropped_simulator_closes_its_ports_and_removes_its_file() {
    let simulator = Simulator::start(Options::calm());
    let (url, path) = (simulator.control_url(), simulator.ca_path().to_owned());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), simulator.ca_pem());
    drop(simulator);
    assert!(TcpStream::connect(url.trim_start_matches("http://")).is_err());
    assert!(!path.exists());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let first = Simulator::start(Options::calm());
    let port: u16 = first.control_url().rsplit(':').next().unwrap().parse().unwrap();
    let error = Simulator::try_start(Options { panel_port: port, ..Options::calm() }).unwrap_err();
    assert!(error.to_string().contains(&format!("Port {port} of 127.0.0.1 cannot be opened")), "{error}");
}
