//! The certificate of a web application (basic mode), and the mode itself.

use super::{Call, Route, certificates};
use crate::api::answer::{Answer, Reply};
use crate::api::fields::{Fields, refused};
use crate::content::certificate::Certificate;
use crate::content::switches::BasicRedeploy;

pub(super) const ROUTES: &[Route] = &[
    ("GET", "~/ssl", one),
    ("POST", "~/ssl", install),
    ("GET", "~/ssl/advanced", mode),
    ("POST", "~/ssl/advanced", switch_mode),
    ("PATCH", "~/ssl/{ssl}", update),
    ("PUT", "~/ssl/{ssl}", redeploy),
    ("DELETE", "~/ssl/{ssl}", delete),
];

fn one(call: &mut Call<'_>) -> Reply {
    let certificate = call.ssl()?.certificate.clone().ok_or_else(|| certificates::not_installed(call))?;
    Ok(Answer::ok(call.shape().certificate(&certificate)))
}

fn install(call: &mut Call<'_>) -> Reply {
    let ssl = call.ssl()?;
    if ssl.advanced {
        return Err(refused(call.switches, "advancedSSL", "This web application is in advanced SSL mode."));
    }
    if ssl.certificate.is_some() {
        return Err(certificates::already_installed(call));
    }
    let names = certificates::names_of_webapp(call.state, call.ids.webapp);
    let certificate = certificates::requested(call, names)?;
    keep(call, certificate)
}

fn update(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    let certificate = certificates::changed(call, certificate)?;
    keep(call, certificate)
}

fn redeploy(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    let names = match call.switches.basic_redeploy {
        BasicRedeploy::AllNames => certificates::names_of_webapp(call.state, call.ids.webapp),
        BasicRedeploy::SameNames => certificate.names.clone(),
    };
    let certificate = certificates::redeployed(call, certificate, names)?;
    keep(call, certificate)
}

fn delete(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    call.ssl()?.certificate = None;
    Ok(certificates::written(call, &certificate))
}

/// `{"advancedSSL":bool,"autoSSL":bool}`: no certificate and no id in it.
fn mode(call: &mut Call<'_>) -> Reply {
    let shape = call.shape();
    Ok(Answer::ok(shape.ssl_mode(call.ssl()?)))
}

fn switch_mode(call: &mut Call<'_>) -> Reply {
    call.require_webapp()?;
    let mut fields = Fields::new(call.request.fields());
    let advanced = fields.required_boolean("advancedSSL");
    let auto = fields.boolean("autoSSL");
    fields.finish(call.switches)?;
    let ssl = call.ssl()?;
    ssl.advanced = advanced;
    ssl.auto = auto.unwrap_or(ssl.auto);
    mode(call)
}

fn installed(call: &mut Call<'_>) -> Result<Certificate, Answer> {
    let id = call.ids.ssl;
    call.ssl()?.certificate.clone().filter(|certificate| certificate.id == id).ok_or_else(Answer::not_found)
}

fn keep(call: &mut Call<'_>, certificate: Certificate) -> Reply {
    let answer = certificates::written(call, &certificate);
    call.ssl()?.certificate = Some(certificate);
    Ok(answer)
}
