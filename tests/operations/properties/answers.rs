//! Answers of the panel: documented ones with random changes, and bytes that are nothing at all.

use std::time::{Duration, SystemTime};

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

use super::{hold, rules, texts::texts};

#[test]
fn whatever_the_panel_answers_is_read_or_told() {
    hold("answers of the panel", &answers(), |(status, content_type, Body(body))| {
        rules::answer(status, &content_type, &body)
    });
}

#[test]
fn a_list_that_is_read_can_be_turned_over() {
    let pages = (changed(select(vec![domains()])), any::<u64>());
    hold("pages", &pages, |(body, number)| rules::page(body.to_string().as_bytes(), number));
}

#[test]
fn retry_after_is_at_most_a_day() {
    let dates = (0..4_000_000_000u64)
        .prop_map(|s| httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(s)));
    let numbers = any::<u128>().prop_map(|n| n.to_string());
    let inputs = (prop_oneof![texts(), dates, numbers], 0..4_000_000_000u64);
    hold("Retry-After headers", &inputs, |(text, now)| rules::retry_after(&text, now));
}

/// Bytes that a failure shows as text.
struct Body(Vec<u8>);

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

/// Status, content type and body.
fn answers() -> impl Strategy<Value = (u16, String, Body)> {
    let plain = vec![
        domains(),
        domains()["data"][0].clone(),
        json!([{"type": "A", "hostname": "a.example", "content": "203.0.113.10"}]),
        json!({"advancedSSL": false, "autoSSL": 1}),
        json!({"id": 10101, "name": "web-1", "ipAddress": "203.0.113.10", "online": true, "tags": []}),
        json!({"message": "The given data was invalid.", "errors": {"name": ["Taken.", "Long."], "www": "No."}}),
        json!({"message": "SSL not installed!"}),
        json!({}),
        json!([]),
    ];
    let secret = vec![
        json!({"id": 12, "method": "letsencrypt", "validUntil": "2026-02-01 00:00:00", "privateKey": key()}),
        json!({"id": 646, "name": "app", "rootPath": "/home/me/webapps/app", "pullKey1": "SIMULATOR-PULL-KEY"}),
        json!({"message": format!("The test-token is wrong. {}", key()), "errors": {"test-token": [key()]}}),
    ];
    let bytes = |json: Value| json.to_string().into_bytes();
    let bodies = prop_oneof![
        8 => spoiled(changed(select(plain)).prop_map(bytes)),
        // Not spoiled: a token of which a bad line changed a letter is another text.
        4 => changed(select(secret)).prop_map(bytes),
        1 => vec(any::<u8>(), 0..200),
        1 => texts().prop_map(String::into_bytes),
    ];
    let documented = vec![201, 302, 400, 401, 403, 404, 408, 422, 429, 500, 503];
    let statuses = prop_oneof![3 => Just(200u16), 2 => select(documented), 1 => 200..600u16];
    (statuses, prop_oneof![Just("application/json".to_owned()), texts()], bodies.prop_map(Body))
}

/// What a bad line or a bad proxy does to bytes.
fn spoiled(bodies: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let flips = vec((any::<prop::sample::Index>(), any::<u8>()), 0..3);
    (bodies, flips, option_of_index()).prop_map(|(mut body, flips, cut)| {
        for (place, byte) in flips {
            let place = place.index(body.len());
            body[place] = byte;
        }
        if let Some(cut) = cut {
            body.truncate(cut.index(body.len() + 1));
        }
        body
    })
}

fn option_of_index() -> impl Strategy<Value = Option<prop::sample::Index>> {
    prop_oneof![3 => Just(None), 1 => any::<prop::sample::Index>().prop_map(Some)]
}

fn key() -> &'static str {
    "-----BEGIN PRIVATE KEY-----\nSIMULATOR-PRIVATE-KEY\n-----END PRIVATE KEY-----"
}

/// The documented list of <https://runcloud.io/docs/api/v3/api-8617112>.
fn domains() -> Value {
    json!({
        "data": [{"id": 710, "name": "a.example", "type": "alias", "www": 0, "redirection": "non-www", "wildcard": 1,
            "dns_integration": "none", "status": null, "created_at": "2024-07-18 01:31:10"}],
        "meta": {"pagination": {"total": 2, "count": 1, "per_page": 20, "current_page": 1, "total_pages": 2, "links": {}},
            "lastPage": 2},
    })
}

/// `documents` with up to four of their values replaced or taken out.
fn changed(documents: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let changes = vec((any::<prop::sample::Index>(), option_of_value()), 0..4);
    (documents, changes).prop_map(|(mut document, changes)| {
        for (place, value) in changes {
            let mut left = place.index(count(&document));
            replace(&mut document, &mut left, value.as_ref());
        }
        document
    })
}

/// A value to put in place of another; none: the other is taken out.
fn option_of_value() -> impl Strategy<Value = Option<Value>> {
    let edges =
        vec![json!(0), json!(-1), json!(u64::MAX), json!("9223372036854775808"), json!(1.5), json!(1e300)];
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        4 => select(edges),
        3 => texts().prop_map(Value::from),
        1 => select(vec![json!("test-token"), json!(key())]),
    ];
    let tree = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((texts(), inner), 0..4).prop_map(|fields| fields.into_iter().collect()),
        ]
    });
    prop_oneof![1 => Just(None), 5 => tree.prop_map(Some)]
}

/// Values in `value`, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// Replaces the value number `left`, counted from `value` itself.
fn replace(value: &mut Value, left: &mut usize, new: Option<&Value>) {
    if *left == 0 {
        *value = new.cloned().unwrap_or_default();
        *left = usize::MAX;
        return;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, left, new)),
        Value::Object(fields) => {
            if new.is_none() && *left < fields.len() {
                let key = fields.keys().nth(*left).cloned().unwrap_or_default();
                fields.remove(&key);
                *left = usize::MAX;
                return;
            }
            fields.values_mut().for_each(|field| replace(field, left, new));
        }
        _ => {}
    }
}
