//! Nothing is forgotten when an endpoint or an operation is added: each test names what is missing, and where.

use std::{collections::BTreeSet, fs, path::Path};

/// The text of every Rust file below a folder of the project.
fn sources(folder: &str) -> String {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    text
}

/// The words that follow `before` in `text`, up to the first of `ends`.
fn words<'t>(text: &'t str, before: &str, ends: &[char]) -> BTreeSet<&'t str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(ends).next()).map(str::trim).collect()
}

fn is_called(text: &str, function: &str) -> bool {
    text.match_indices(&format!("{function}(s")).any(|(place, _)| !text[..place].ends_with(is_word))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn every_endpoint_is_used_by_an_operation() {
    let operations = sources("src/operations");
    for endpoint in words(&sources("src/api"), "impl Endpoint for ", &['<', ' ']) {
        assert!(operations.contains(endpoint), "nothing in src/operations uses the endpoint {endpoint}");
    }
}

#[test]
fn every_answer_of_an_endpoint_is_tried_with_random_texts() {
    let rules = sources("tests/properties/src");
    for answer in words(&sources("src/api"), "type Answer = ", &[';']) {
        let line = format!("read::<{answer}>");
        assert!(rules.contains(&line), "add {line} to tests/properties/src/rules.rs");
    }
}

#[test]
fn every_operation_has_a_column_in_the_fault_matrix() {
    let columns = sources("tests/operations/matrix/operations");
    let operations = sources("src/operations");
    let signatures = operations.split("pub fn ").skip(1).filter_map(|rest| rest.split_once('('));
    let mut known = 0;
    for (name, _) in
        signatures.filter(|(_, arguments)| arguments.trim_start().starts_with("session: &Session"))
    {
        known += 1;
        assert!(
            is_called(&columns, name),
            "{name} has no column: add it to a file in tests/operations/matrix/operations"
        );
    }
    assert!(known > 10, "only {known} operations were found");
}
