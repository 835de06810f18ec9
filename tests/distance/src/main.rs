//! `distance PORT MILLISECONDS`: forwards connections to that port of 127.0.0.1 over that round trip. Prints its own port, and
//! lasts until its standard input ends.

use std::{
    env,
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
    time::Duration,
};

fn main() -> ExitCode {
    let numbers: Vec<Option<u16>> = env::args().skip(1).map(|text| text.parse().ok()).collect();
    let [Some(port), Some(milliseconds)] = numbers.as_slice() else {
        let _ = writeln!(
            io::stderr(),
            "distance: two numbers are needed: the port to forward to, and milliseconds."
        );
        return ExitCode::from(2);
    };
    let target = SocketAddr::from((Ipv4Addr::LOCALHOST, *port));
    match distance::begin(target, Duration::from_millis((*milliseconds).into())) {
        Ok(address) => {
            let _ = writeln!(io::stdout(), "{}", address.port());
            let _ = io::stdin().read_to_end(&mut Vec::new());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "distance: no port can be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
