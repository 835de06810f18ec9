//! The flags of the program.

use lexopt::prelude::{Long, Short, ValueExt as _};
use runcloud_simulator::Options;
use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
runcloud-simulator: a RunCloud panel to test against

Usage: runcloud-simulator [flags]
  --panel-port PORT    port of the panel on 127.0.0.1 (0, the default: the system chooses)
  --control-port PORT  port of the control plane on 127.0.0.1 (0, the default: the system chooses)
  --seed N             seed of chaos (random by default, printed at the start)
  --calm               start with every chaos knob at 0
  --ready-file PATH    written when the simulator answers: addresses, seed and process id as JSON
  --ca-file PATH       where the certificate of the authority goes (a temporary file by default)
  --parent-pid PID     stop when this process is gone
  --help, --version
";

pub(crate) enum Command {
    Run(Args),
    Help,
    Version,
}

#[derive(Default)]
pub(crate) struct Args {
    pub(crate) options: Options,
    pub(crate) ready_file: Option<PathBuf>,
    pub(crate) parent_pid: Option<i32>,
}

pub(crate) fn read() -> Result<Command, lexopt::Error> {
    let mut args = Args::default();
    let mut parser = lexopt::Parser::from_env();
    while let Some(flag) = parser.next()? {
        match flag {
            Long("panel-port") => args.options.panel_port = parser.value()?.parse()?,
            Long("control-port") => args.options.control_port = parser.value()?.parse()?,
            Long("seed") => args.options.seed = Some(parser.value()?.parse()?),
            Long("calm") => args.options.calm = true,
            Long("ready-file") => args.ready_file = Some(parser.value()?.into()),
            Long("ca-file") => args.options.ca_file = Some(parser.value()?.into()),
            Long("parent-pid") => args.parent_pid = Some(parser.value()?.parse()?),
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("version") | Short('V') => return Ok(Command::Version),
            _ => return Err(flag.unexpected()),
        }
    }
    Ok(Command::Run(args))
}
