//! The simulator as a program: starts it, says where it is, and waits to be told to stop.

mod args;
mod ready;

use args::{Args, Command};
use runcloud_simulator::{Simulator, VERSION, chaos_table, fault_table, switch_table};
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// How soon an orphan notices that its parent is gone.
const PARENT_CHECK: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    let outcome = match args::read() {
        Ok(Command::Run(args)) => run(args),
        Ok(Command::Help) => help(),
        Ok(Command::Version) => writeln!(io::stdout(), "runcloud-simulator {VERSION}"),
        Err(error) => Err(io::Error::other(format!("{error}. Try runcloud-simulator --help."))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be listening any more; the exit code still tells.
            let _ = writeln!(io::stderr(), "runcloud-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Listen for signals first: whoever reads the ready file may already want us to stop.
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let ready_file = args.ready_file.as_deref();
        ready_file.map_or(Ok(()), ready::remove)?;
        let simulator = Simulator::try_start(args.options)?;
        // Without a person who reads it is still a simulator.
        let _ = introduce(&simulator, io::stdout());
        ready_file.map_or(Ok(()), |path| ready::write(path, &simulator))?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = orphaned(args.parent_pid) => {}
        }
        Ok(())
    })
}

/// Waits until the parent is gone; for ever without a parent to watch.
async fn orphaned(parent: Option<i32>) {
    let Some(parent) = parent.map(nix::unistd::Pid::from_raw) else { return std::future::pending().await };
    while nix::sys::signal::kill(parent, None) != Err(nix::errno::Errno::ESRCH) {
        tokio::time::sleep(PARENT_CHECK).await;
    }
}

fn introduce(simulator: &Simulator, mut out: impl io::Write) -> io::Result<()> {
    writeln!(out, "RunCloud simulator {VERSION}, for tests only.")?;
    writeln!(out, "  panel    {}", simulator.panel_url())?;
    writeln!(out, "  control  {}", simulator.control_url())?;
    writeln!(out, "  CA       {}", simulator.ca_path().display())?;
    writeln!(out, "  seed     {}", simulator.seed())?;
    writeln!(out, "Chaos, reproduced by --seed {} and switched off by --calm:", simulator.seed())?;
    if let serde_json::Value::Object(knobs) = simulator.chaos() {
        for (name, value) in knobs {
            writeln!(out, "  {name:<18} {value}")?;
        }
    }
    Ok(())
}

fn help() -> io::Result<()> {
    writeln!(
        io::stdout(),
        "{}\nSwitches (PATCH /switches)\n\n{}\nFaults (POST /faults)\n\n{}\nChaos (PATCH /chaos)\n\n{}",
        args::USAGE,
        switch_table(),
        fault_table(),
        chaos_table()
    )
}
