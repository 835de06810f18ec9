//! Orders the first certificate of a domain.

use super::not_found::is_absence;
use crate::{
    api::{
        WebAppRef, ssl,
        ssl::{GetCertificate, InstallCertificate, Place},
    },
    http::{Error, ErrorKind, Session},
};

/// Most orders in one call: each counts against the limits of Let's Encrypt.
const MOST_ORDERS: u32 = 2;

/// Installs a domain's first certificate. As for every POST, a lost answer is read back before anything is sent again, and it is
/// sent again once at most; after a time-out not at all, since it may still be under way.
pub(super) fn install(
    session: &Session<'_>,
    app: WebAppRef,
    domain_id: u64,
) -> Result<ssl::Certificate, Error> {
    let (mut attempt, mut in_doubt) = (1, false);
    loop {
        let error = match session.send(&InstallCertificate { app, domain_id }) {
            Ok(certificate) => return Ok(certificate),
            Err(e) if e.kind() == ErrorKind::Validation || e.is_answer_lost() => e,
            Err(e) => return Err(e.with_outcome_unknown(in_doubt)),
        };
        in_doubt |= error.is_outcome_unknown();
        match installed(session, app, Place::Domain(domain_id)) {
            Ok(Some(certificate)) => return Ok(certificate),
            Ok(None) => {}
            Err(unread) if in_doubt => {
                return Err(unread.with_outcome_unknown(true).with("during", "look-for-lost-order"));
            }
            Err(unread) => return Err(unread),
        }
        let again = error.is_answer_lost()
            && !error.may_be_under_way()
            && attempt < MOST_ORDERS
            && session.sleep_before_resend(&error, attempt);
        if !again {
            return Err(error.with_attempts(attempt).with_outcome_unknown(in_doubt));
        }
        attempt += 1;
    }
}

/// The certificate at a place where one may be; none: not installed, which the panel says with 404 or with a message.
pub(super) fn installed(
    session: &Session<'_>,
    app: WebAppRef,
    place: Place,
) -> Result<Option<ssl::Certificate>, Error> {
    match session.send(&GetCertificate { app, place }) {
        Ok(certificate) => Ok(Some(certificate).filter(|certificate| certificate.id.is_some())),
        Err(e) if is_absence(&e) => Ok(None),
        Err(e) => Err(e),
    }
}
