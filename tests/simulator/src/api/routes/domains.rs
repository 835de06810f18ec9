//! Domains of a web application: <https://runcloud.io/docs/api/v3/api-8617112> and its neighbours.

use super::{Call, Route, certificates};
use crate::api::answer::{Answer, Reply};
use crate::api::fields::{Fields, is_host_name, refused};
use crate::api::pages;
use crate::content::state::Domain;
use crate::content::switches::{DuplicateName, ListOrder};
use serde_json::json;

pub(super) const ROUTES: &[Route] = &[
    ("GET", "~/domains", list),
    ("POST", "~/domains", create),
    ("GET", "~/domains/{domain}", one),
    ("DELETE", "~/domains/{domain}", delete),
    ("GET", "~/domains/{domain}/dns", dns),
    ("PATCH", "~/domains/{domain}/meta", update),
];

const REDIRECTIONS: [&str; 3] = ["none", "www", "non-www"];

fn list(call: &mut Call<'_>) -> Reply {
    call.require_webapp()?;
    let webapp = call.ids.webapp;
    let mut found: Vec<_> = call.state.domains.iter().filter(|domain| domain.webapp_id == webapp).collect();
    match call.switches.list_order {
        ListOrder::OldestFirst => {}
        ListOrder::NewestFirst => found.reverse(),
        ListOrder::ByName => found.sort_by(|one, other| one.name.cmp(&other.name)),
    }
    let shape = call.shape();
    Ok(Answer::ok(pages::page(call.request, call.switches, &found, |domain| shape.domain(domain))))
}

fn one(call: &mut Call<'_>) -> Reply {
    let shape = call.shape();
    Ok(Answer::ok(shape.domain(call.domain()?)))
}

/// <https://runcloud.io/docs/api/v3/api-8617111>
fn create(call: &mut Call<'_>) -> Reply {
    call.require_webapp()?;
    let mut fields = Fields::new(call.request.fields());
    let name = fields.required_text("name").to_ascii_lowercase();
    if !name.is_empty() && !is_host_name(&name) {
        fields.refuse("name", "The name format is invalid.");
    }
    let is_taken = call.state.domains.iter().any(|domain| domain.name.eq_ignore_ascii_case(&name));
    if is_taken && call.switches.duplicate_name == DuplicateName::Refuse {
        fields.refuse("name", "The name has already been taken.");
    }
    let domain = Domain {
        webapp_id: call.ids.webapp,
        www: fields.boolean("www").unwrap_or(false),
        redirection: fields.choice("redirection", &REDIRECTIONS).unwrap_or_else(|| "none".to_owned()),
        kind: fields.choice("type", &["alias", "redirect"]).unwrap_or_else(|| "alias".to_owned()),
        wildcard: name.starts_with("*."),
        name,
        ..Domain::default()
    };
    fields.finish(call.switches)?;
    let domain = Domain { id: call.state.next_domain_id(), ..domain };
    let answer = Answer::ok(call.shape().domain(&domain));
    call.state.domains.push(domain.clone());
    certificates::issue_automatically(call.state, &domain);
    Ok(answer)
}

/// <https://runcloud.io/docs/api/v3/api-8617114>: a message, not the object.
fn update(call: &mut Call<'_>) -> Reply {
    call.domain()?;
    let mut fields = Fields::new(call.request.fields());
    let www = fields.boolean("www");
    let redirection = fields.choice("redirection", &REDIRECTIONS);
    let kind = fields.choice("type", &["primary", "alias", "redirect"]);
    let demotes = kind.as_deref().is_some_and(|kind| kind != "primary") && call.domain()?.kind == "primary";
    if demotes {
        fields.refuse("type", "Make another domain the primary one first.");
    }
    fields.finish(call.switches)?;
    if kind.as_deref() == Some("primary") {
        let webapp = call.ids.webapp;
        let of_app = call.state.domains.iter_mut().filter(|domain| domain.webapp_id == webapp);
        for domain in of_app.filter(|domain| domain.kind == "primary") {
            "alias".clone_into(&mut domain.kind);
        }
    }
    let domain = call.domain()?;
    domain.www = www.unwrap_or(domain.www);
    domain.redirection = redirection.unwrap_or_else(|| domain.redirection.clone());
    domain.kind = kind.unwrap_or_else(|| domain.kind.clone());
    Ok(Answer::message(200, "Domain settings have been successfully updated."))
}

/// <https://runcloud.io/docs/api/v3/api-8617116>: the deleted object.
fn delete(call: &mut Call<'_>) -> Reply {
    let domain = call.domain()?.clone();
    if domain.kind == "primary" {
        return Err(refused(call.switches, "domain", "The primary domain cannot be deleted."));
    }
    call.state.domains.retain(|other| other.id != domain.id);
    call.state.domain_certificates.remove(&domain.id);
    Ok(Answer::ok(call.shape().domain(&domain)))
}

/// <https://runcloud.io/docs/api/v3/api-8617115>: a bare list, with the `www` name whether it is served or not.
fn dns(call: &mut Call<'_>) -> Reply {
    let (name, wildcard) = (call.domain()?.name.clone(), call.domain()?.wildcard);
    let server = call.state.servers.iter().find(|server| server.id == call.ids.server);
    let address = server.and_then(|server| server.ip_address.clone());
    let mut records = Vec::new();
    if let Some(address) = address {
        records.push(json!({ "type": "A", "hostname": name, "content": address }));
        if !wildcard {
            records.push(json!({ "type": "CNAME", "hostname": format!("www.{name}"), "content": name }));
        }
    }
    Ok(Answer::ok(json!(records)))
}

impl Call<'_> {
    /// The domain of the path, if the web application of the path has it.
    pub(super) fn domain(&mut self) -> Result<&mut Domain, Answer> {
        self.require_webapp()?;
        let (webapp, id) = (self.ids.webapp, self.ids.domain);
        let mut domains = self.state.domains.iter_mut();
        domains.find(|domain| domain.webapp_id == webapp && domain.id == id).ok_or_else(Answer::not_found)
    }
}
