//! What can be set, in words. The README shows these tables; tests hold them against it and against the code.

use crate::faults::chaos::Knobs;
use serde_json::json;

/// A row of the switches: name, positions with the default first, the guess behind it.
pub(crate) const SWITCHES: &[(&str, &[&str], &str)] = &[
    (
        "pagination",
        &["pagination", "lastPage"],
        "`meta` of a list: `meta.pagination.*` or only `meta.lastPage`",
    ),
    ("links", &["object", "array"], "`links` without further pages: `{}` or `[]`"),
    ("page_size_over_40", &["clamp", "ignore"], "a `perPage` above 40 means 40, or the default of 20"),
    (
        "booleans",
        &["int", "bool", "string"],
        "`www` and `wildcard` as 0/1, or as booleans; `string`: every boolean as `\"0\"`/`\"1\"`",
    ),
    ("domain_object", &["full", "minimal"], "a domain has all fields, or only `id`, `name`, `created_at`"),
    ("unknown_fields", &["absent", "present"], "objects carry a field that nobody knows yet"),
    ("ssl_not_installed", &["404", "200"], "the status of `SSL not installed!`"),
    ("ssl_write_answer", &["certificate", "empty"], "a write to SSL answers the certificate, or `{}`"),
    (
        "basic_redeploy",
        &["all_names", "same_names"],
        "a redeployed basic certificate covers all names of the moment, or the names that it had",
    ),
    (
        "validation_body",
        &["message_and_errors", "message"],
        "a 422 says `message` and `errors`, or only `message`",
    ),
    (
        "missing_token_text",
        &["missing", "generic"],
        "a 401 without a token has a text of its own, or the usual one",
    ),
    ("retry_after", &["seconds", "date", "absent"], "`Retry-After` when the limit per minute is spent"),
    ("quota_spent", &["429", "403"], "the status when the monthly quota is spent"),
    (
        "duplicate_name",
        &["refuse", "accept"],
        "a name that is there already is refused with 422, or becomes a second domain",
    ),
    (
        "list_order",
        &["oldest_first", "newest_first", "by_name"],
        "how the domains of a web application are sorted",
    ),
];

/// A row of the faults: kind, settings with their defaults, what happens.
pub(crate) const FAULTS: &[(&str, &str, &str)] = &[
    ("status", "`status` 500, `retry_after`, `body`", "answers the status; not carried out"),
    ("processed_status", "`status` 500, `retry_after`, `body`", "carried out, then answers the status"),
    ("latency", "`ms` 1000", "reaches the panel late, even if the client has left"),
    ("slow", "`ms` 1000", "carried out at once, answered late"),
    ("drop_before", "", "the connection is closed; not carried out"),
    ("drop_after", "", "carried out, then the connection is closed without an answer"),
    (
        "trickle",
        "`ms` 10, `chunk` 1",
        "carried out; the body comes in pieces of `chunk` bytes, each after `ms`",
    ),
    ("truncated", "", "carried out; the connection breaks after half of the body"),
    ("html", "`status` 502", "answers a web page; not carried out"),
    ("huge", "`bytes` 16777216", "carried out; answers 200 with JSON of that size, of no announced length"),
    ("deep_json", "`depth` 100000", "carried out; answers 200 with lists in lists"),
    ("invalid_utf8", "", "carried out; answers 200 with a text that is not UTF-8"),
    ("wrong_type", "", "carried out; the right body, declared as `text/html`"),
    ("wrong_types", "", "carried out; the right structure with every value of another type"),
    ("empty", "", "carried out; the right status without a body"),
    ("redirect", "`status` 302, `location` /auth/login", "answers a redirection; not carried out"),
];

/// A row of the knobs: name and what it does. The usual value is the code's own.
pub(crate) const KNOBS: &[(&str, &str)] = &[
    ("latency_ms", "milliseconds: every request reaches the panel late by up to this much"),
    ("status_500", "probability of the fault `status` with 500"),
    ("status_503", "probability of the fault `status` with 503"),
    (
        "status_429",
        "probability of the fault `status` with 429 and `Retry-After` of 1 s, as seconds or as a date",
    ),
    ("html", "probability of the fault `html` with 502"),
    ("drop_before", "probability of the fault `drop_before`"),
    ("drop_after", "probability of the fault `drop_after`"),
    ("processed_status", "probability of the fault `processed_status` with 500"),
    ("truncated", "probability of the fault `truncated`"),
    ("trickle", "probability of the fault `trickle` (16 bytes each millisecond)"),
    ("close", "probability that an answer carries `Connection: close`"),
    ("keepalive_ms", "milliseconds after which an idle connection is closed"),
];

/// The table of switches as Markdown.
#[must_use]
pub fn switch_table() -> String {
    let row = |(name, positions, guess): &(&str, &[&str], &str)| {
        let positions: Vec<String> = positions.iter().map(|position| format!("`{position}`")).collect();
        format!("| `{name}` | {} | {guess} |\n", positions.join(", "))
    };
    let rows: String = SWITCHES.iter().map(row).collect();
    format!("| switch | positions, the first is the default | what it decides |\n|---|---|---|\n{rows}")
}

/// The table of faults as Markdown.
#[must_use]
pub fn fault_table() -> String {
    let row =
        |(kind, settings, effect): &(&str, &str, &str)| format!("| `{kind}` | {settings} | {effect} |\n");
    let rows: String = FAULTS.iter().map(row).collect();
    format!("| kind | settings and defaults | what happens |\n|---|---|---|\n{rows}")
}

/// The table of chaos knobs as Markdown.
#[must_use]
pub fn chaos_table() -> String {
    let usual = json!(Knobs::USUAL);
    let row = |(name, meaning): &(&str, &str)| {
        let value = usual.get(*name).map(ToString::to_string).unwrap_or_default();
        format!("| `{name}` | {value} | {meaning} |\n")
    };
    let rows: String = KNOBS.iter().map(row).collect();
    format!("| knob | usually | meaning |\n|---|---|---|\n{rows}")
}
