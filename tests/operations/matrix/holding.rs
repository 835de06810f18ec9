//! What the panel holds, and what a call changed there.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::panel::Panel;

/// Everything that a call could change: domains by id, deployments of certificates by place.
#[derive(PartialEq, Eq)]
pub struct Holding {
    domains: BTreeMap<u64, String>,
    deployments: BTreeMap<String, u64>,
}

impl Holding {
    pub fn of(panel: &Panel) -> Self {
        let state = panel.state();
        let domains = state["domains"].as_array().unwrap().iter();
        let domains = domains.map(|d| (d["id"].as_u64().unwrap(), d["name"].as_str().unwrap().to_owned()));
        let basic = state["ssl"].as_object().unwrap().iter().map(|(id, ssl)| (id, &ssl["certificate"]));
        let advanced = state["domain_certificates"].as_object().unwrap().iter();
        let deployments = basic.chain(advanced).filter_map(|(id, c)| Some((id.clone(), deployments(c)?)));
        Self { domains: domains.collect(), deployments: deployments.collect() }
    }

    /// Each single change since `before`: `+ name`, `- name`, `certificate of id`.
    pub fn changes_since(&self, before: &Self) -> Vec<String> {
        let new = self.domains.iter().filter(|(id, _)| !before.domains.contains_key(id));
        let gone = before.domains.iter().filter(|(id, _)| !self.domains.contains_key(id));
        let mut changes: Vec<String> = new.map(|(_, name)| format!("+ {name}")).collect();
        changes.extend(gone.map(|(_, name)| format!("- {name}")));
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
