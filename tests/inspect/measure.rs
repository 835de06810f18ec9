//! The clock and the memory for 1 to 10,000 hosts at a round trip of 40 ms. Measured, not asserted:
//!
//!     cargo test --release --no-default-features --test inspect measure::crowds -- --ignored --nocapture

use std::{
    net::IpAddr,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use runcloud::inspect::{Limits, Outcome, Verdict, inspect};
use serde_json::json;

use crate::view::{options, world};

/// What the process that looks is told: how many hosts, and where the world is.
const TASK: &str = "INSPECT_MEASURE";

#[test]
#[ignore = "takes minutes; see the command above"]
fn crowds() {
    println!("hosts    seconds  MiB before  MiB at most  complete");
    for hosts in [1, 100, 1_000, 10_000] {
        let world = world(json!({ "delay_ms": 40, "everything": "127.0.0.1" }));
        let ports = world.ports();
        let authority = std::env::temp_dir().join(format!("inspect-measure-{}.pem", std::process::id()));
        std::fs::write(&authority, world.authority()).unwrap();
        // The process of the world must not be counted.
        let task = format!("{hosts} {} {} {} {}", ports.dns, ports.http, ports.https, authority.display());
        let looker = Command::new(std::env::current_exe().unwrap())
            .args(["measure::look_at_a_crowd", "--exact", "--ignored", "--nocapture"])
            .env(TASK, task)
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        std::fs::remove_file(&authority).unwrap();
        let said = String::from_utf8_lossy(&looker.stdout).into_owned();
        let line = said.lines().find_map(|line| line.split_once("measured: ")).unwrap().1;
        println!("{line}");
    }
}

#[test]
#[ignore = "is started by the test above"]
fn look_at_a_crowd() {
    let Ok(task) = std::env::var(TASK) else { return };
    let task: Vec<&str> = task.split(' ').collect();
    let [hosts, dns, http, https, authority] = task.as_slice() else { panic!("{task:?}") };
    let mut options = options(&world(json!({})));
    options.world.resolvers = vec![([127, 0, 0, 53], dns.parse().unwrap()).into()];
    options.world.ports.dns = dns.parse().unwrap();
    options.world.ports.http = http.parse().unwrap();
    options.world.ports.https = https.parse().unwrap();
    options.roots = runcloud::http::trusted_authorities(Some(authority.as_ref())).unwrap();
    options.limits = Limits::default();
    options.deadline = Duration::from_secs(300);
    options.probe_paths = vec!["/.well-known/domain-sync".into()];
    options.txt_prefix = Some("_domain-sync".into());
    options.server_addresses = vec![IpAddr::from([127, 0, 0, 2])];
    let hosts: Vec<String> = (0..hosts.parse::<u32>().unwrap()).map(|n| format!("host{n}.example")).collect();
    let before = resident("VmRSS");
    let begin = Instant::now();
    let seen = inspect(&hosts, &options).unwrap();
    let took = begin.elapsed();
    let complete = seen
        .iter()
        .filter(|seen| {
            seen.dns.a.outcome == Outcome::Found
                && seen.http[0].status() == Some(404)
                && seen.tls.len() == 2
                && seen.tls.iter().all(|look| look.verdict == Verdict::Trusted)
        })
        .count();
    println!(
        "measured: {:>6}  {:>7.2}  {before:>10.1}  {:>11.1}  {complete:>8}",
        hosts.len(),
        took.as_secs_f64(),
        resident("VmHWM")
    );
}

/// So much of this process is in memory, in MiB.
fn resident(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}
