//! Every operation under every fault: what comes of it stands in [`expected`], and docs/fault-matrix.md is that table.

mod cell;
mod expected;
mod faults;
mod holding;
mod operations;
mod page;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use faults::{Fault, Times};
use runcloud::operations::ping;
use table::{Place, Table};

use crate::panel::Panel;

/// Most of the time is spent waiting for time-outs and retries, which many panels do at once.
const PANELS: usize = 36;

#[test]
fn a_fault_that_stays_has_the_outcome_of_the_table() {
    compare(false, &expected::STAYS);
}

#[test]
fn a_fault_that_strikes_once_has_the_outcome_of_the_table() {
    compare(true, &expected::ONCE);
}

fn compare(once: bool, tables: &[&str]) {
    let mut expected = BTreeMap::new();
    for table in tables {
        expected.extend(Table::read(table).outcomes());
    }
    let observed = observe(once);
    let mut wrong: Vec<String> = Vec::new();
    for (place @ (fault, operation), outcome) in &observed {
        let wanted = expected.remove(place);
        if wanted.as_ref() != Some(outcome) {
            let wanted = wanted.unwrap_or_else(|| "nothing".into());
            wrong.push(format!("{fault} | {operation}: {outcome}, the table has {wanted}"));
        }
    }
    wrong.extend(expected.keys().map(|place| format!("{place:?} is in the table only")));
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_fault_of_the_simulator_has_a_row() {
    let table = runcloud_simulator::fault_table();
    let known: BTreeSet<&str> = table.lines().skip(2).map(|row| row.split('`').nth(1).unwrap()).collect();
    let faults = faults::all();
    let tried: BTreeSet<&str> = faults.iter().filter_map(Fault::kind).collect();
    assert_eq!(known, tried);
}

/// Runs every cell. Another connect time-out needs another client, and there is one in a process; and what makes the machine
/// busy must not run beside what is short of time. So there are three runs.
fn observe(once: bool) -> BTreeMap<Place, String> {
    let mut observed = BTreeMap::new();
    for group in [&[Times::Connecting][..], &[Times::Answering, Times::Deadline], &[Times::None]] {
        let faults: Vec<_> = faults::all()
            .into_iter()
            .filter(|fault| group.contains(&fault.times))
            .filter(|fault| !once || fault.can_strike_once())
            .collect();
        let cells: Vec<_> =
            faults.iter().flat_map(|fault| operations::ALL.iter().map(move |o| (fault, o))).collect();
        let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
        let mut panels = Panel::several(PANELS);
        for panel in &mut panels {
            // The first handshake with each of them is not in anyone's time.
            Times::None.set(panel);
            panel.call(ping).unwrap();
        }
        thread::scope(|scope| {
            for mut panel in panels {
                let (cells, next, outcomes) = (&cells, &next, &outcomes);
                scope.spawn(move || {
                    while let Some((fault, operation)) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let outcome = cell::observe(&mut panel, operation, fault, once);
                        let place = (fault.name.to_owned(), operation.name.to_owned());
                        outcomes.lock().unwrap().insert(place, outcome);
                    }
                });
            }
        });
        observed.extend(outcomes.into_inner().unwrap());
    }
    observed
}
