//! What basic and per-domain certificates have in common.

use super::Call;
use crate::api::answer::Answer;
use crate::api::fields::{Fields, refused};
use crate::content::certificate::Certificate;
use crate::content::state::{Domain, State};
use crate::content::switches::{NotInstalled, WriteAnswer};
use serde_json::json;

const KEY_TYPES: [&str; 4] = ["rsa-2048", "rsa-4096", "ecdsa-p256", "ecdsa-p384"];
const SUBJECT: [&str; 5] = ["organization", "department", "city", "state", "country"];

/// Reads the body of an installation (<https://runcloud.io/docs/api/v3/api-8811386>) for the host names `names`.
pub(super) fn requested(call: &mut Call<'_>, names: Vec<String>) -> Result<Certificate, Answer> {
    let mut fields = Fields::new(call.request.fields());
    let method = fields.required_choice("provider", &["letsencrypt", "custom", "csr"]);
    fields.boolean("advancedSSL");
    fields.boolean("autoSSL");
    let mut certificate = Certificate {
        enable_http: fields.boolean("enableHttp").unwrap_or(false),
        enable_hsts: fields.boolean("enableHsts").unwrap_or(false),
        ssl_protocol_id: fields.number("ssl_protocol_id", 1, 3).unwrap_or(2),
        ..Certificate::default()
    };
    match method.as_str() {
        "letsencrypt" => letsencrypt(&mut fields, &mut certificate, &names),
        "custom" => {
            certificate.private_key = Some(fields.required_text("privateKey"));
            certificate.certificate = Some(fields.required_text("certificate"));
        }
        "csr" => {
            fields.required_choice("csrKeyType", &KEY_TYPES);
            for field in SUBJECT {
                fields.required_text(field);
            }
        }
        _ => {}
    }
    fields.finish(call.switches)?;
    if method != "letsencrypt" {
        certificate.renewal_date = None;
        certificate.authorization_method = None;
    }
    Ok(Certificate { id: call.state.next_certificate_id(), method, names, ..certificate })
}

fn letsencrypt(fields: &mut Fields, certificate: &mut Certificate, names: &[String]) {
    let authorization = fields.required_choice("authorizationMethod", &["http-01", "dns-01"]);
    certificate.staging = fields.required_choice("environment", &["live", "staging"]) == "staging";
    if authorization == "dns-01" {
        fields.require("externalApi");
        certificate.api_id = fields.number("externalApi", 1, u64::MAX);
    } else if names.iter().any(|name| name.starts_with("*.")) {
        fields.refuse("authorizationMethod", "A wildcard certificate needs dns-01.");
    }
    certificate.authorization_method = Some(authorization);
}

/// Changes what can be changed of an installed certificate (<https://runcloud.io/docs/api/v3/api-8812824>).
pub(super) fn changed(call: &Call<'_>, mut certificate: Certificate) -> Result<Certificate, Answer> {
    let mut fields = Fields::new(call.request.fields());
    certificate.enable_http = fields.boolean("enableHttp").unwrap_or(certificate.enable_http);
    certificate.enable_hsts = fields.boolean("enableHsts").unwrap_or(certificate.enable_hsts);
    certificate.ssl_protocol_id =
        fields.number("ssl_protocol_id", 1, 3).unwrap_or(certificate.ssl_protocol_id);
    fields.finish(call.switches)?;
    Ok(certificate)
}

/// Only Let's Encrypt certificates can be issued anew.
pub(super) fn redeployed(
    call: &Call<'_>,
    mut certificate: Certificate,
    names: Vec<String>,
) -> Result<Certificate, Answer> {
    if !certificate.is_letsencrypt() {
        let text = "Only certificates of Let's Encrypt can be redeployed.";
        return Err(refused(call.switches, "provider", text));
    }
    certificate.redeploy(names);
    Ok(certificate)
}

/// What a write answers: the certificate, or `{}` as the documentation's placeholder shows.
pub(super) fn written(call: &Call<'_>, certificate: &Certificate) -> Answer {
    Answer::ok(match call.switches.ssl_write_answer {
        WriteAnswer::Certificate => call.shape().certificate(certificate),
        WriteAnswer::Empty => json!({}),
    })
}

pub(super) fn not_installed(call: &Call<'_>) -> Answer {
    let status = if call.switches.ssl_not_installed == NotInstalled::Ok { 200 } else { 404 };
    Answer::message(status, "SSL not installed!")
}

pub(super) fn already_installed(call: &Call<'_>) -> Answer {
    refused(call.switches, "provider", "SSL is already installed.")
}

pub(super) fn names_of_webapp(state: &State, webapp: u64) -> Vec<String> {
    state.domains.iter().filter(|domain| domain.webapp_id == webapp).flat_map(names_of).collect()
}

pub(super) fn names_of(domain: &Domain) -> Vec<String> {
    let www = domain.www.then(|| format!("www.{}", domain.name));
    std::iter::once(domain.name.clone()).chain(www).collect()
}

/// With AutoSSL the panel issues by itself when a domain is added.
pub(super) fn issue_automatically(state: &mut State, domain: &Domain) {
    let names = names_of_webapp(state, domain.webapp_id);
    let id = state.last_certificate_id + 1;
    let Some(ssl) = state.ssl.get_mut(&domain.webapp_id).filter(|ssl| ssl.auto) else { return };
    if ssl.advanced {
        let certificate = Certificate { id, names: names_of(domain), ..Certificate::default() };
        state.domain_certificates.insert(domain.id, certificate);
        state.last_certificate_id = id;
    } else if let Some(certificate) = ssl.certificate.as_mut().filter(|held| held.is_letsencrypt()) {
        certificate.redeploy(names);
    }
}
