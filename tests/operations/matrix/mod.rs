//! Every operation under every fault: what comes of it stands in docs/fault-matrix.md, and these tests hold it to that.

mod cell;
mod faults;
mod holding;
mod operations;
mod page;
mod pairs;
mod section;
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
use section::{Section, Strike};
use table::Place;

use crate::panel::Panel;

/// Most of the time is spent waiting for time-outs and retries, which many panels do at once.
const PANELS: usize = 36;

#[test]
fn a_fault_that_stays_has_the_outcome_of_the_page() {
    compare(Strike::Stays);
}

#[test]
fn a_fault_that_stays_at_the_work_has_the_outcome_of_the_page() {
    compare(Strike::Work);
}

#[test]
fn a_fault_that_strikes_once_has_the_outcome_of_the_page() {
    compare(Strike::Once);
}

#[test]
fn two_faults_in_one_call_have_the_outcome_of_the_page() {
    compare(Strike::Pair);
}

#[test]
fn the_page_is_written_anew_when_it_is_asked_for() {
    if page::is_to_be_written() {
        let observed = section::ALL.map(|section| observe(&section));
        page::write(&observed);
        let wrong: Vec<_> = observed.iter().flatten().filter(|(_, outcome)| !is_bearable(outcome)).collect();
        assert!(wrong.is_empty(), "{} cells are never right: {wrong:#?}", wrong.len());
    }
}

fn compare(strike: Strike) {
    if page::is_to_be_written() {
        return;
    }
    let section = section::ALL.into_iter().find(|section| section.strike == strike).unwrap();
    let mut expected = page::expected(&section);
    let observed = observe(&section);
    let mut wrong: Vec<String> = Vec::new();
    for (place @ (fault, operation), outcome) in &observed {
        let wanted = expected.remove(place);
        if wanted.as_ref() != Some(outcome) || !is_bearable(outcome) {
            let wanted = wanted.unwrap_or_else(|| "nothing".into());
            wrong.push(format!("{fault} | {operation}: {outcome}, the page has {wanted}"));
        }
    }
    wrong.extend(expected.keys().map(|place| format!("{place:?} is on the page only")));
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// What must never be is told in capital letters or in whole sentences, and must not get onto the page.
fn is_bearable(outcome: &str) -> bool {
    outcome.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || " ↻+?×".contains(c))
}

#[test]
fn every_fault_of_the_simulator_has_a_row() {
    let table = runcloud_simulator::fault_table();
    let known: BTreeSet<&str> = table.lines().skip(2).map(|row| row.split('`').nth(1).unwrap()).collect();
    let faults = faults::all();
    let tried: BTreeSet<&str> = faults.iter().filter_map(Fault::kind).collect();
    assert_eq!(known, tried);
}

#[test]
fn every_operation_goes_well_without_a_fault() {
    let mut panel = Panel::new();
    for operation in
        [operations::DOMAINS, operations::CERTIFICATES, operations::READS].iter().flat_map(|(_, all)| *all)
    {
        operation.prepare(&mut panel);
        let (result, _) = operation.call(&panel, |_| {});
        let requests = panel.requests().join(", ");
        assert!(
            result.is_ok_and(is_bearable),
            "{} fails. A 404 may be a route that the simulator lacks: {requests}",
            operation.name
        );
    }
}

/// Carries out every cell of a part. Another connect time-out needs another client, and there is one in a process; and what
/// makes the machine busy must not run beside what is short of time. So there are three runs.
fn observe(section: &Section) -> BTreeMap<Place, String> {
    let faults = section.faults();
    let operations: Vec<_> = section.tables.iter().flat_map(|(_, operations)| *operations).collect();
    let mut observed = BTreeMap::new();
    for group in [
        &[Times::Connecting][..],
        &[Times::Answering, Times::AnsweringTwice, Times::Deadline],
        &[Times::None],
    ] {
        let cells: Vec<_> = faults
            .iter()
            .filter(|fault| group.contains(&fault.times))
            .flat_map(|fault| operations.iter().map(move |operation| (fault, *operation)))
            .collect();
        if cells.is_empty() {
            continue;
        }
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
                        let outcome = cell::observe(&mut panel, operation, fault, section.strike);
                        let place = (fault.name().to_owned(), operation.name.to_owned());
                        outcomes.lock().unwrap().insert(place, outcome);
                    }
                });
            }
        });
        observed.extend(outcomes.into_inner().unwrap());
    }
    observed
}
