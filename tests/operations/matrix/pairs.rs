//! The rows of two faults: what becomes of a call that one fault has put in doubt already.

use serde_json::{Value, json};

use super::faults::{Fault, Then};

/// All pairs, in the order of the rows.
pub fn all() -> Vec<Fault> {
    let status = |status: u16| json!({"kind": "status", "status": status});
    // What leaves a call in doubt, and what makes it look whether the panel has the thing already.
    let firsts = [
        ("500 after the work", json!({"kind": "processed_status", "status": 500})),
        ("dropped before the work", json!({"kind": "drop_before"})),
        ("404", status(404)),
        ("422", status(422)),
    ];
    // What the look may meet.
    let seconds = [
        ("401", status(401)),
        ("403", status(403)),
        ("404", status(404)),
        ("HTML, 404", json!({"kind": "html", "status": 404})),
        ("422", status(422)),
        ("429", status(429)),
        ("500", status(500)),
        ("slow", json!({"kind": "slow", "ms": 3000})),
        ("truncated", json!({"kind": "truncated"})),
        ("HTML, 200", json!({"kind": "html", "status": 200})),
        ("wrong types", json!({"kind": "wrong_types"})),
    ];
    // What the work may meet when it is sent again.
    let again = [
        ("404", status(404)),
        ("422", status(422)),
        ("429", status(429)),
        ("500 after the work", json!({"kind": "processed_status", "status": 500})),
    ];
    let mut pairs = Vec::new();
    for (first, order) in &firsts {
        let followed = |(second, other): &(&str, Value)| {
            Fault::pair(format!("{first}, then {second}"), order, other, Then::Everything)
        };
        pairs.extend(seconds.iter().map(followed));
    }
    for (first, order) in &firsts[..2] {
        let repeated = |(second, other): &(&str, Value)| {
            Fault::pair(format!("{first}, and again {second}"), order, other, Then::TheWork)
        };
        pairs.extend(again.iter().map(repeated));
    }
    pairs
}
