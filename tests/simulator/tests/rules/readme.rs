//! The tables of the README, the tables of the code, and the code itself say the same.

use crate::support::{Panel, keys};
use runcloud_simulator::{Options, chaos_table, fault_table, switch_table};
use serde_json::{Value, json};

const README: &str = include_str!("../../README.md");

/// The words in backticks of every row, cell by cell.
fn rows(table: &str) -> Vec<Vec<Vec<&str>>> {
    // Every second piece between backticks stands inside of a pair of them.
    let words = |cell| str::split(cell, '`').skip(1).step_by(2).collect();
    table.lines().skip(2).map(|row| row.split('|').skip(1).map(words).collect()).collect()
}

#[test]
fn the_readme_shows_the_tables_of_the_code() {
    for (name, table) in [("switches", switch_table()), ("faults", fault_table()), ("chaos", chaos_table())] {
        assert!(README.contains(&table), "Put this table of {name} into the README:\n{table}");
    }
}

#[test]
fn the_table_of_switches_is_complete_and_its_positions_exist() {
    let panel = Panel::calm();
    let switches = panel.control("GET", "/switches", &Value::Null).json();
    let table = switch_table();
    let mut named = Vec::new();
    for row in rows(&table) {
        let (name, positions) = (row[0][0], &row[1]);
        assert_eq!(switches[name], positions[0], "the default of {name} comes first");
        for position in positions {
            let reply = panel.control("PATCH", "/switches", &json!({ name: position }));
            assert_eq!(reply.status, 200, "{name}: {position}");
        }
        let refusal = panel.control("PATCH", "/switches", &json!({ name: "?" })).text;
        assert_eq!(
            refusal.matches('`').count() / 2,
            positions.len() + 1,
            "all positions of {name}: {refusal}"
        );
        named.push(name);
    }
    named.sort_unstable();
    assert_eq!(named, keys(&switches));
}

#[test]
fn the_table_of_faults_is_complete_and_its_defaults_are_true() {
    let panel = Panel::calm();
    let table = fault_table();
    let refusal = panel.control("POST", "/faults", &json!({ "kind": "?" })).json()["message"].to_string();
    let faults = rows(&table);
    assert_eq!(refusal.matches('`').count() / 2, faults.len() + 1, "all kinds: {refusal}");
    for line in table.lines().skip(2) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let kind = cells[1].trim_matches('`');
        let mut fault = panel.control("POST", "/faults", &json!({ "kind": kind })).json();
        let own = fault.as_object_mut().unwrap();
        for common in
            ["id", "kind", "match", "times", "skip", "probability", "processed", "after", "seen", "fired"]
        {
            assert!(own.remove(common).is_some(), "{kind}: {common}");
        }
        let defaults = cells[2].split(", ").filter_map(|setting| setting.split_once(' '));
        let told: Vec<_> =
            defaults.map(|(name, value)| (name.trim_matches('`').to_owned(), value.to_owned())).collect();
        let mut actual: Vec<_> =
            own.iter().map(|(name, value)| (name.clone(), value.to_string().replace('"', ""))).collect();
        actual.sort_by_key(|(name, _)| told.iter().position(|(other, _)| other == name));
        assert_eq!(actual, told, "{kind}");
    }
}

#[test]
fn the_readme_names_what_every_fault_can_say() {
    let panel = Panel::calm();
    for fault in [json!({ "kind": "empty", "match": { "?": 1 } }), json!({ "kind": "status", "?": 1 })] {
        let refusal = panel.control("POST", "/faults", &fault).json()["message"].as_str().unwrap().to_owned();
        for word in refusal.split('`').skip(3).step_by(2) {
            assert!(README.contains(&format!("`{word}`")), "{word}");
        }
    }
}

#[test]
fn the_table_of_chaos_is_complete() {
    let chaos = Panel::start(Options::default()).simulator.chaos();
    let table = chaos_table();
    let mut named: Vec<&str> = rows(&table).iter().map(|row| row[0][0]).collect();
    named.sort_unstable();
    assert_eq!(named, keys(&chaos));
}

#[test]
fn the_readme_gives_a_reason_for_every_dependency() {
    let manifest = include_str!("../../Cargo.toml");
    let lines = manifest.lines().skip_while(|line| *line != "[dependencies]");
    for name in lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name) {
        assert!(name == "workspace" || README.contains(&format!("`{name}`")), "{name}");
    }
}
