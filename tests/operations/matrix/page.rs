//! docs/fault-matrix.md: what is expected, and nowhere else. Who changes a cell answers for it: may the fault have this
//! outcome?

use std::{collections::BTreeMap, env, fs};

use super::{
    faults::Fault,
    operations::Operation,
    section::{self, Section},
    table::{self, Place},
};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/fault-matrix.md");
const BEGINNING: &str = include_str!("beginning.md");

/// Whether the page is to be written rather than held to the code.
pub fn is_to_be_written() -> bool {
    env::var_os("UPDATE_DOCS").is_some()
}

/// The outcomes that the page expects in this part of it.
pub fn expected(section: &Section) -> BTreeMap<Place, String> {
    table::read(section.of(&fs::read_to_string(PAGE).unwrap()))
}

/// Writes the page anew, with what was observed in each part.
pub fn write(observed: &[BTreeMap<Place, String>]) {
    let parts = section::ALL.iter().zip(observed).map(|(section, outcomes)| {
        let faults = section.faults();
        let rows: Vec<&str> = faults.iter().map(Fault::name).collect();
        let tables = section.tables.iter().map(|(title, operations)| {
            let columns: Vec<&str> = operations.iter().map(|operation: &Operation| operation.name).collect();
            format!("### {title}\n\n{}\n", table::write(&rows, &columns, outcomes))
        });
        format!("{}\n{}", section.head, tables.collect::<Vec<_>>().join("\n"))
    });
    let page: Vec<String> = std::iter::once(BEGINNING.to_owned()).chain(parts).collect();
    fs::write(PAGE, page.join("\n")).unwrap();
}

#[test]
fn the_page_explains_itself() {
    let page = fs::read_to_string(PAGE).unwrap();
    let is_current = page.starts_with(BEGINNING) && section::ALL.iter().all(|part| page.contains(part.head));
    assert!(
        is_current || is_to_be_written(),
        "docs/fault-matrix.md is not up to date: UPDATE_DOCS=1 writes it anew"
    );
}
