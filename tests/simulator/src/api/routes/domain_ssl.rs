//! The certificate of one domain (advanced mode): <https://runcloud.io/docs/api/v3/api-8811386>.

use super::{Call, Route, certificates};
use crate::api::answer::{Answer, Reply};
use crate::api::fields::refused;
use crate::content::certificate::Certificate;

pub(super) const ROUTES: &[Route] = &[
    ("GET", "~/domains/{domain}/ssl", one),
    ("POST", "~/domains/{domain}/ssl", install),
    ("PATCH", "~/domains/{domain}/ssl/{ssl}", update),
    ("PUT", "~/domains/{domain}/ssl/{ssl}", redeploy),
    ("DELETE", "~/domains/{domain}/ssl/{ssl}", delete),
];

fn one(call: &mut Call<'_>) -> Reply {
    let id = call.domain()?.id;
    let certificate = call.state.domain_certificates.get(&id);
    let certificate = certificate.ok_or_else(|| certificates::not_installed(call))?;
    Ok(Answer::ok(call.shape().certificate(certificate)))
}

fn install(call: &mut Call<'_>) -> Reply {
    let names = certificates::names_of(call.domain()?);
    if !call.ssl()?.advanced {
        return Err(refused(call.switches, "advancedSSL", "This web application is in basic SSL mode."));
    }
    if call.state.domain_certificates.contains_key(&call.ids.domain) {
        return Err(certificates::already_installed(call));
    }
    let certificate = certificates::requested(call, names)?;
    Ok(keep(call, certificate))
}

fn update(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    let certificate = certificates::changed(call, certificate)?;
    Ok(keep(call, certificate))
}

fn redeploy(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    let names = certificates::names_of(call.domain()?);
    let certificate = certificates::redeployed(call, certificate, names)?;
    Ok(keep(call, certificate))
}

fn delete(call: &mut Call<'_>) -> Reply {
    let certificate = installed(call)?;
    call.state.domain_certificates.remove(&call.ids.domain);
    Ok(certificates::written(call, &certificate))
}

fn installed(call: &mut Call<'_>) -> Result<Certificate, Answer> {
    let id = call.domain()?.id;
    let certificate = call.state.domain_certificates.get(&id).cloned();
    certificate.filter(|certificate| certificate.id == call.ids.ssl).ok_or_else(Answer::not_found)
}

fn keep(call: &mut Call<'_>, certificate: Certificate) -> Answer {
    let answer = certificates::written(call, &certificate);
    call.state.domain_certificates.insert(call.ids.domain, certificate);
    answer
}
