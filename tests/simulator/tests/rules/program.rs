//! The program around the simulator.

use crate::support::wait_for;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_runcloud-simulator"))
}

/// A running program with a ready file in a directory of its own.
struct Running {
    child: Child,
    ready: Value,
    directory: PathBuf,
}

impl Running {
    fn start(name: &str, flags: &[&str]) -> Self {
        let directory =
            std::env::temp_dir().join(format!("runcloud-simulator-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let file = directory.join("ready.json");
        std::fs::write(&file, "left by an earlier run").unwrap();
        let mut command = program();
        command.args(flags).arg("--ready-file").arg(&file).arg("--ca-file").arg(directory.join("ca.pem"));
        let child = command.stdout(Stdio::piped()).spawn().unwrap();
        let ready =
            wait_for(|| serde_json::from_str(&std::fs::read_to_string(&file).unwrap_or_default()).ok());
        Self { child, ready, directory }
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).unwrap())
    }

    /// Waits for the end of the program, and gives what it said.
    fn end(mut self) -> String {
        let status = wait_for(|| self.child.try_wait().unwrap());
        assert!(status.success(), "{status}");
        let mut said = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        std::fs::remove_dir_all(&self.directory).unwrap();
        said
    }
}

#[test]
fn the_ready_file_says_everything_a_test_needs() {
    let running = Running::start("ready", &["--calm", "--seed", "77"]);
    let ready = running.ready.clone();
    let address = |key: &str, start: &str, end: &str| {
        let url = ready[key].as_str().unwrap();
        assert!(url.starts_with(start) && url.ends_with(end), "{key}: {url}");
    };
    for key in ["panel", "panel_wrong_host", "panel_expired", "panel_silent", "panel_black_hole"] {
        address(key, "https://127.0.0.1:", "/api");
    }
    address("panel_http", "http://127.0.0.1:", "/api");
    address("control", "http://127.0.0.1:", "");
    assert!(
        std::fs::read_to_string(Path::new(ready["ca"].as_str().unwrap())).unwrap().contains("CERTIFICATE")
    );
    assert_eq!((&ready["seed"], &ready["pid"]), (&77.into(), &running.child.id().into()));
    assert_eq!(ready["version"], runcloud_simulator::VERSION);
    kill(running.pid(), Signal::SIGTERM).unwrap();
    let said = running.end();
    for word in ["https://127.0.0.1:", "http://127.0.0.1:", "ca.pem", "77", "status_500", "keepalive_ms"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn it_stops_on_sigint() {
    let running = Running::start("sigint", &[]);
    kill(running.pid(), Signal::SIGINT).unwrap();
    running.end();
}

#[test]
fn it_stops_when_its_parent_is_gone() {
    let mut parent = Command::new("sleep").arg("600").spawn().unwrap();
    let running = Running::start("orphan", &["--parent-pid", &parent.id().to_string()]);
    parent.kill().unwrap();
    parent.wait().unwrap();
    running.end();
}

#[test]
fn a_flag_that_makes_no_sense_is_explained() {
    for flags in
        [&["--sead", "1"][..], &["--seed", "x"], &["--panel-port"], &["--panel-port", "70000"], &["now"]]
    {
        let Output { status, stderr, .. } = program().args(flags).output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert!(!status.success() && said.contains("--help"), "{flags:?}: {said}");
    }
}

#[test]
fn help_lists_every_flag_and_version_is_the_version() {
    let said = |flag: &str| String::from_utf8(program().arg(flag).output().unwrap().stdout).unwrap();
    let help = said("--help");
    for word in
        ["--panel-port", "--control-port", "--seed", "--calm", "--ready-file", "--ca-file", "--parent-pid"]
    {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(said("--version").trim(), format!("runcloud-simulator {}", runcloud_simulator::VERSION));
}
