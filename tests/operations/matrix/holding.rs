//! What the panel holds, and what a call changed there.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::panel::Panel;

/// Everything that a call could change: domains by id, deployments of certificates by place.
#[derive(PartialEq, Eq)]
pub struct Holding {
    domains: BTreeMap<u64, String>,
    /// `www` and the redirection of each domain.
    settings: BTreeMap<u64, String>,
    deployments: BTreeMap<String, u64>,
}

impl Holding {
    pub fn of(panel: &Panel) -> Self {
        let state = panel.state();
        let domains = || state["domains"].as_array().unwrap().iter().map(|d| (d["id"].as_u64().unwrap(), d));
        let names = domains().map(|(id, d)| (id, d["name"].as_str().unwrap().to_owned()));
        let settings = domains().map(|(id, d)| (id, format!("{} {}", d["www"], d["redirection"])));
        let basic = state["ssl"].as_object().unwrap().iter().map(|(id, ssl)| (id, &ssl["certificate"]));
        let advanced = state["domain_certificates"].as_object().unwrap().iter();
        let deployments = basic.chain(advanced).filter_map(|(id, c)| Some((id.clone(), deployments(c)?)));
        Self { domains: names.collect(), settings: settings.collect(), deployments: deployments.collect() }
    }

    /// Each single change since `before`: `+ name`, `- name`, `settings of name`, `certificate of id`.
    pub fn changes_since(&self, before: &Self) -> Vec<String> {
        let new = self.domains.iter().filter(|(id, _)| !before.domains.contains_key(id));
        let gone = before.domains.iter().filter(|(id, _)| !self.domains.contains_key(id));
        let mut changes: Vec<String> = new.map(|(_, name)| format!("+ {name}")).collect();
        changes.extend(gone.map(|(_, name)| format!("- {name}")));
        let other = |id: &u64| before.settings.get(id).is_some_and(|old| Some(old) != self.settings.get(id));
        changes.extend(
            self.domains.iter().filter(|(id, _)| other(id)).map(|(_, name)| format!("settings of {name}")),
        );
        for (place, count) in &self.deployments {
            let times = count.saturating_sub(before.deployments.get(place).copied().unwrap_or(0));
            changes.extend((0..times).map(|_| format!("certificate of {place}")));
        }
        changes
    }
}

fn deployments(certificate: &Value) -> Option<u64> {
    certificate["deployments"].as_u64()
}
