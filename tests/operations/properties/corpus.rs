//! The inputs that the fuzzer begins with, replayed.

use std::{fs, path::Path};

use runcloud_properties::targets;

#[test]
fn every_input_of_the_fuzzer_keeps_the_rules() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut names: Vec<_> = fs::read_dir(&corpus)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, targets::ALL.map(|(name, _)| name), "a target for each folder");
    for (name, target) in targets::ALL {
        for entry in fs::read_dir(corpus.join(name)).unwrap() {
            let file = entry.unwrap().path();
            let input = fs::read(&file).unwrap();
            assert!(std::panic::catch_unwind(|| target(&input)).is_ok(), "{}", file.display());
        }
    }
}
