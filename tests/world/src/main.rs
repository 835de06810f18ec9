//! `small-world`: reads a plan as one line of JSON, prints one line of JSON that says where everything is, and lasts until
//! its standard input ends. For each further line it prints what was seen so far.

use std::io::{self, BufRead, Write};

use small_world::World;

fn main() -> io::Result<()> {
    let mut lines = io::stdin().lock().lines();
    let plan = lines.next().unwrap_or_else(|| Ok("{}".into()))?;
    let world = World::begin(serde_json::from_str(&plan)?)?;
    let mut out = io::stdout().lock();
    let about = serde_json::json!({ "ports": world.ports(), "authority": world.authority() });
    writeln!(out, "{about}")?;
    out.flush()?;
    for line in lines {
        line?;
        writeln!(out, "{}", serde_json::to_string(&world.seen())?)?;
        out.flush()?;
    }
    Ok(())
}
