//! Answers of the panel: the first byte says what the rest is read as.

#![no_main]

use libfuzzer_sys::fuzz_target;
use runcloud::api::{
    Certificate, Domain, Page, Server, WebApp, domain::DnsRecords, lenient::Ignored, ssl::Mode,
};
use serde_json::from_slice;

fuzz_target!(|data: &[u8]| {
    let Some((kind, body)) = data.split_first() else { return };
    let ids = match kind {
        b'0' => from_slice::<Domain>(body).map(|domain| vec![domain.id]),
        b'1' => from_slice::<Page<Domain>>(body).map(|page| {
            assert!(page.last().is_none_or(|last| last > 0));
            assert!(!(page.has_next(1) && page.data.is_empty()));
            page.data.iter().map(|domain| domain.id).collect()
        }),
        b'2' => from_slice::<DnsRecords>(body).map(|_| Vec::new()),
        b'3' => from_slice::<Mode>(body).map(|mode| {
            let _ = mode.ssl_mode();
            Vec::new()
        }),
        b'4' => from_slice::<Certificate>(body).map(|certificate| {
            let _ = certificate.is_renewable();
            certificate.id.into_iter().collect()
        }),
        b'5' => from_slice::<Server>(body).map(|server| vec![server.id]),
        b'6' => from_slice::<WebApp>(body).map(|app| vec![app.id]),
        _ => from_slice::<Ignored>(body).map(|_| Vec::new()),
    };
    assert!(ids.iter().flatten().all(|id| *id > 0 && i64::try_from(*id).is_ok()), "{ids:?}");
});
