//! The expected outcomes as a table: read, compared, and written as the page.

use std::collections::BTreeMap;

/// Fault, operation.
pub type Place = (String, String);

/// One table: rows of faults that come out the same, columns of operations.
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

impl Table {
    /// Reads lines of cells between `|`; the first line has the names of the columns.
    pub fn read(text: &str) -> Self {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
            let mut cells = line.split('|').map(|cell| cell.trim().to_owned());
            (cells.next().unwrap_or_default(), cells.collect::<Vec<_>>())
        });
        let (_, columns) = lines.next().expect("a table has a first line");
        let rows: Vec<_> = lines.collect();
        for (name, cells) in &rows {
            assert_eq!(cells.len(), columns.len(), "the row {name:?} has too many or too few cells");
        }
        Self { columns, rows }
    }

    /// The outcome at each place; a row of several faults stands for each of them.
    pub fn outcomes(&self) -> BTreeMap<Place, String> {
        let mut outcomes = BTreeMap::new();
        for (names, cells) in &self.rows {
            for name in names.split("; ") {
                for (column, cell) in self.columns.iter().zip(cells) {
                    let twice = outcomes.insert((name.to_owned(), column.clone()), cell.clone());
                    assert_eq!(twice, None, "the table has {name:?} twice");
                }
            }
        }
        outcomes
    }

    /// The table in Markdown.
    pub fn markdown(&self) -> String {
        let mut lines = vec![format!("| fault | {} |", self.columns.join(" | "))];
        lines.push(format!("|---|{}", "---|".repeat(self.columns.len())));
        for (names, cells) in &self.rows {
            lines.push(format!("| {} | {} |", names.replace("; ", "<br>"), cells.join(" | ")));
        }
        lines.join("\n")
    }
}
