//! `small-world`: reads a plan as one line of JSON, prints one line of JSON that says where everything is, and lasts until
//! its standard input ends. A further line with a plan changes the world to that, an empty one changes nothing; for both it
//! prints what was seen so far.

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
        let line = line?;
        if !line.is_empty() {
            world.change(serde_json::from_str(&line)?);
        }
        writeln!(out, "{}", serde_json::to_string(&world.seen())?)?;
        out.flush()?;
    }
    Ok(())
}
