//! The packed Public Suffix List is the one of the crate psl, which ships it as text; `scripts/pack-suffixes` packs it.

use std::{collections::BTreeMap, path::PathBuf};

use proptest::prelude::*;
use runcloud::inspect::suffix::{CHILDREN, RULE, registrable_domain};

const PACKED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/inspect/suffixes.bin");

/// A label of the list with what is below it.
#[derive(Default)]
struct Level(BTreeMap<Vec<u8>, (bool, Level)>);

impl Level {
    fn add(&mut self, rule: &str) {
        let (exception, rule) = match rule.strip_prefix('!') {
            Some(rule) => ("!", rule),
            None => ("", rule),
        };
        let (wildcard, name) = match rule.strip_prefix("*.") {
            Some(name) => (Some("*"), name),
            None => (None, rule),
        };
        let ascii = idna::domain_to_ascii(name).unwrap();
        let mut labels: Vec<String> = ascii.rsplit('.').map(str::to_owned).collect();
        labels.extend(wildcard.map(str::to_owned));
        if let Some(last) = labels.last_mut() {
            last.insert_str(0, exception);
        }
        let (last, above) = labels.split_last().unwrap();
        let mut level = self;
        for label in above {
            level = &mut level.0.entry(label.clone().into_bytes()).or_default().1;
        }
        level.0.entry(last.clone().into_bytes()).or_default().0 = true;
    }

    fn pack(&self) -> Vec<u8> {
        let mut packed = Vec::new();
        for (label, (is_rule, below)) in &self.0 {
            let below = below.pack();
            let flags = if *is_rule { RULE } else { 0 } | if below.is_empty() { 0 } else { CHILDREN };
            let length = u8::try_from(label.len()).unwrap();
            assert!(length < RULE, "a label is too long");
            packed.push(flags | length);
            packed.extend(label);
            if !below.is_empty() {
                packed.extend(&u32::try_from(below.len()).unwrap().to_le_bytes()[..3]);
                packed.extend(below);
            }
        }
        packed
    }
}

/// The list as text, from where cargo keeps the sources of the crate.
fn rules() -> String {
    // Without a platform it would ask for the crates of all others too.
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let metadata = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", &platform])
        .arg("--manifest-path")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let psl =
        metadata["packages"].as_array().unwrap().iter().find(|package| package["name"] == "psl").unwrap();
    let manifest = PathBuf::from(psl["manifest_path"].as_str().unwrap());
    std::fs::read_to_string(manifest.with_file_name("data").join("rules.txt")).unwrap()
}

fn packed(rules: &str) -> Vec<u8> {
    let mut tree = Level::default();
    rules.lines().filter(|rule| !rule.is_empty()).for_each(|rule| tree.add(rule));
    tree.pack()
}

/// The rules by themselves, read as publicsuffix.org says that they are read, without any tree.
struct Rules(Vec<Vec<String>>);

impl Rules {
    fn read() -> Self {
        let ascii = |label: &str| match label.strip_prefix('!') {
            Some(label) => format!("!{}", idna::domain_to_ascii(label).unwrap()),
            None if label == "*" => label.to_owned(),
            None => idna::domain_to_ascii(label).unwrap(),
        };
        Self(rules().lines().map(|rule| rule.split('.').map(ascii).collect()).collect())
    }

    fn domain<'h>(&self, host: &'h str) -> Option<&'h str> {
        let labels: Vec<&str> = host.split('.').collect();
        let matches = |rule: &&Vec<String>| {
            let fits =
                |(rule, label): (&String, &&str)| rule.trim_start_matches('!') == *label || rule == "*";
            rule.len() <= labels.len() && rule.iter().rev().zip(labels.iter().rev()).all(fits)
        };
        let matching: Vec<&Vec<String>> = self.0.iter().filter(matches).collect();
        let suffix = match matching.iter().find(|rule| rule[0].starts_with('!')) {
            Some(exception) => exception.len() - 1,
            None => matching.iter().map(|rule| rule.len()).max()?,
        };
        let before: usize =
            labels.iter().take(labels.len().checked_sub(suffix + 1)?).map(|l| l.len() + 1).sum();
        host.get(before..)
    }
}

#[test]
fn the_packed_list_is_that_of_the_locked_version() {
    assert!(
        std::fs::read(PACKED).unwrap() == packed(&rules()),
        "src/inspect/suffixes.bin is of another version of the list: run scripts/pack-suffixes"
    );
}

#[test]
#[ignore = "writes src/inspect/suffixes.bin anew; scripts/pack-suffixes runs it"]
fn pack() {
    std::fs::write(PACKED, packed(&rules())).unwrap();
}

#[test]
fn every_rule_is_kept() {
    let rules = Rules::read();
    // Some of them, since the plain reading looks at all of them for each name.
    for rule in
        rules.0.iter().step_by(37).chain(rules.0.iter().filter(|rule| rule[0].starts_with(['!', '*'])))
    {
        let name = rule.join(".").trim_start_matches('!').trim_start_matches("*.").to_owned();
        for host in [name.clone(), format!("a.{name}"), format!("b.a.{name}"), format!("c.b.a.{name}")] {
            assert_eq!(registrable_domain(&host), rules.domain(&host), "{rule:?}: {host}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(host in r"\PC*|[.]*|([a-z]?\.)*(com|jp|kawasaki\.jp|ck|co\.uk|[a-z]{2,3})") {
        if let Some(domain) = registrable_domain(&host) {
            prop_assert!(host.trim_end_matches('.').ends_with(domain) && domain.contains('.'));
        }
    }
}
