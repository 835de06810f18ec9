//! Outcomes as tables in Markdown: written, and read back.

use std::collections::BTreeMap;

/// Fault, operation.
pub type Place = (String, String);

/// What stands between the faults of a row that come out the same.
const BREAK: &str = "<br>";

/// A table of `outcomes` with these rows and columns; rows with the same cells become one.
pub fn write(rows: &[&str], columns: &[&str], outcomes: &BTreeMap<Place, String>) -> String {
    let mut grouped: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
    for fault in rows {
        let cell = |operation: &&str| {
            outcomes.get(&((*fault).into(), (*operation).into())).map_or("", String::as_str)
        };
        let cells: Vec<&str> = columns.iter().map(cell).collect();
        match grouped.iter_mut().find(|(_, others)| *others == cells) {
            Some((faults, _)) => faults.push(fault),
            None => grouped.push((vec![fault], cells)),
        }
    }
    let mut lines = vec![format!("| fault | {} |", columns.join(" | "))];
    lines.push(format!("|---|{}", "---|".repeat(columns.len())));
    let row = |(faults, cells): &(Vec<&str>, Vec<&str>)| {
        format!("| {} | {} |", faults.join(BREAK), cells.join(" | "))
    };
    lines.extend(grouped.iter().map(row));
    lines.join("\n")
}

/// The outcomes in all tables of `text`; what is no table is passed over.
pub fn read(text: &str) -> BTreeMap<Place, String> {
    let (mut columns, mut outcomes) = (Vec::new(), BTreeMap::new());
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells[0] == "fault" {
            columns = cells;
            continue;
        }
        for fault in cells[0].split(BREAK) {
            for (operation, cell) in columns.iter().zip(&cells).skip(1) {
                outcomes.insert((fault.to_owned(), (*operation).to_owned()), (*cell).to_owned());
            }
        }
    }
    outcomes
}
