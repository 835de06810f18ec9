//! No fault of the panel doubles a domain, loses it unsaid, or hangs.

use runcloud::{api::Redirection, operations::add_domain};
use serde_json::json;

use crate::panel::{APP, Panel};

#[test]
fn under_chaos_a_domain_is_there_when_add_says_so_and_never_twice() {
    let panel = Panel::new().with_settings(|t| {
        t.timeout = "1".into();
        t.deadline = "8".into();
    });
    for (n, kind) in [
        "drop_before",
        "drop_after",
        "truncated",
        "invalid_utf8",
        "html",
        "empty",
        "wrong_types",
        "deep_json",
    ]
    .into_iter()
    .enumerate()
    {
        panel.clear_faults();
        panel.add_fault(json!({"kind": kind, "probability": 0.5}));
        for m in 0..4 {
            let host = format!("h{n}-{m}.example");
            let result = panel.call(|s| add_domain(s, APP, &host, false, Redirection::None));
            let held = panel.names().iter().filter(|name| **name == host).count();
            match result {
                Ok(_) => assert_eq!(held, 1, "{kind}"),
                Err(e) => assert!(held <= 1 && !e.message().is_empty(), "{kind}"),
            }
        }
    }
}
