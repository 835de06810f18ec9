//! The certificate of a web application (basic mode), and the mode itself.

use super::{Call, certificates};
use crate::answer::{Answer, Reply};
use crate::certificate::Certificate;
use crate::validate::{Fields, refused};

pub(super) fn one(call: &mut Call<'_>) -> Reply {
    let certificate = call.ssl()?.certificate.clone().ok_or_else(|| certificates::not_installed(call))?;
    Ok(Answer::ok(call.shape().certificate(&certificate)))
}

pub(super) fn install(call: &mut Call<'_>) -> Reply {
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

pub(super) fn update(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    let certificate = certificates::changed(call, certificate)?;
    keep(call, certificate)
}

pub(super) fn redeploy(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    let names = certificates::names_of_webapp(call.state, call.ids.webapp);
    let certificate = certificates::redeployed(call, certificate, names)?;
    keep(call, certificate)
}

pub(super) fn delete(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    call.ssl()?.certificate = None;
    Ok(certificates::written(call, &certificate))
}

/// `{"advancedSSL":bool,"autoSSL":bool}`: no certificate and no id in it.
pub(super) fn mode(call: &mut Call<'_>) -> Reply {
    let shape = call.shape();
    Ok(Answer::ok(shape.ssl_mode(call.ssl()?)))
}

pub(super) fn switch_mode(call: &mut Call<'_>) -> Reply {
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

/// The certificate that the path names.
fn installed(call: &mut Call<'_>) -> Result<Certificate, Answer> {
    let id = call.ids.ssl;
    call.ssl()?.certificate.clone().filter(|certificate| certificate.id == id).ok_or_else(Answer::not_found)
}

fn keep(call: &mut Call<'_>, certificate: Certificate) -> Reply {
    let answer = certificates::written(call, &certificate);
    call.ssl()?.certificate = Some(certificate);
    Ok(answer)
}
