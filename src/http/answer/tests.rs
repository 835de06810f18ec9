//! What becomes of answers.

use super::*;
use crate::{
    api::{Certificate, Domain, Page, lenient::Ignored},
    http::ErrorKind,
};

fn token() -> Credentials {
    Credentials::Token("marker-token".into())
}

fn answer(status: u16, body: &str) -> Answer {
    Answer::of(status, "text/html", body.as_bytes())
}

fn failure<T: DeserializeOwned>(status: u16, body: &str) -> Error {
    answer(status, body).read::<T>("GET servers/1", &token()).err().expect("was accepted")
}

#[test]
fn each_documented_status_has_its_kind() {
    for (status, kind) in [
        (302, ErrorKind::UnexpectedResponse),
        (400, ErrorKind::Api),
        (401, ErrorKind::Authentication),
        (403, ErrorKind::Permission),
        (404, ErrorKind::NotFound),
        (405, ErrorKind::Api),
        (408, ErrorKind::Timeout),
        (409, ErrorKind::Api),
        (422, ErrorKind::Validation),
        (429, ErrorKind::RateLimit),
        (500, ErrorKind::Server),
        (504, ErrorKind::Server),
    ] {
        let error = failure::<Ignored>(status, r#"{"message":"Sorry."}"#);
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
    }
}

#[test]
fn a_page_that_refuses_is_not_runclouds() {
    for page in
        ["<!DOCTYPE html><title>Just a moment...</title>", "\n <HTML lang=en>", "error code: 1020", ""]
    {
        for status in [400, 401, 403, 404, 405, 413, 422, 429, 451] {
            let error = failure::<Ignored>(status, page);
            assert_eq!(
                (error.reason(), error.status()),
                (Reason::IntermediaryRefused, Some(status)),
                "{page}"
            );
            assert!(error.is_retryable() && !error.is_answer_lost(), "{page}");
            assert!(error.message().contains("web page") && !error.message().contains("moment"), "{error}");
        }
    }
    // A gateway may have forwarded the request before it failed.
    for (status, reason) in
        [(408, Reason::RequestTimeout), (502, Reason::ServerError), (504, Reason::ServerError)]
    {
        let error = failure::<Ignored>(status, "<html>");
        assert_eq!((error.reason(), error.is_answer_lost()), (reason, true));
    }
}

#[test]
fn json_that_refuses_is_runclouds_whatever_it_is_called() {
    let error = failure::<Ignored>(403, r#"{"message":"<b>Forbidden request</b>"}"#);
    assert_eq!((error.reason(), error.is_retryable()), (Reason::Forbidden, false));
    let text = Answer::of(401, "text/plain", b"Missing API Token.").read::<Ignored>("GET ping", &token());
    assert_eq!(text.unwrap_err().reason(), Reason::Unauthorized);
}

#[test]
fn a_spent_month_is_told_by_the_panels_words() {
    for says in [
        "The monthly API quota of this workspace is spent.",
        "You have reached your API usage limit for this month.",
        "All API requests are temporarily blocked until your quota resets.",
        "API call limit exceeded for the month",
    ] {
        for status in [403, 429] {
            let error = failure::<Ignored>(status, &serde_json::json!({ "message": says }).to_string());
            assert_eq!(
                (error.reason(), error.kind()),
                (Reason::MonthlyQuotaSpent, ErrorKind::RateLimit),
                "{says}"
            );
            assert!(error.retry_after() >= Some(std::time::Duration::from_secs(3600)), "{says}");
            assert!(error.message().contains("month") && error.message().contains(says), "{error}");
        }
    }
    for (status, says) in [
        (429, "Too Many Attempts."),
        (429, "API quota exceeded: 60 requests per minute."),
        (403, "Your plan's limit of web applications is reached."),
        (403, "This token has no right to call the API."),
        (422, "The monthly API quota of this workspace is spent."),
    ] {
        let error = failure::<Ignored>(status, &serde_json::json!({ "message": says }).to_string());
        assert_ne!(error.reason(), Reason::MonthlyQuotaSpent, "{says}");
    }
}

#[test]
fn an_unknown_address_names_what_can_be_wrong_with_it() {
    let of = |what: &str| answer(404, "{}").read::<Ignored>(what, &token()).unwrap_err().to_string();
    assert!(of("GET ping").contains("runcloud.base_url"));
    assert!(of("GET servers/1").contains("ids"));
}

#[test]
fn a_401_names_the_three_causes() {
    let message = failure::<Ignored>(401, r#"{"message":"Missing API Token."}"#).message().to_owned();
    for cause in ["token", "allow-list", "switched off", "Missing API Token."] {
        assert!(message.contains(cause), "{message}");
    }
}

#[test]
fn field_errors_are_kept_in_every_shape() {
    let error =
        failure::<Ignored>(422, r#"{"message":"Bad.","errors":{"name":["Taken.","Long."],"www":"No."}}"#);
    assert_eq!(error.fields()["name"], ["Taken.", "Long."]);
    assert_eq!(error.fields()["www"], ["No."]);
    assert!(error.message().ends_with("RunCloud says: \"Bad. Taken. Long. No.\""));
    assert!(failure::<Ignored>(422, r#"{"message":"Bad.","errors":[]}"#).fields().is_empty());
}

#[test]
fn many_field_errors_do_not_make_a_message_long() {
    let errors: Vec<_> = (0..100).map(|n| format!(r#""field{n}":["{n} is taken."]"#)).collect();
    let error =
        failure::<Ignored>(422, &format!(r#"{{"message":"Bad.","errors":{{{}}}}}"#, errors.join(",")));
    assert_eq!(error.fields().len(), 100);
    assert!(error.message().len() < 500 && error.message().ends_with("...\""), "{}", error.message());
}

#[test]
fn what_the_panel_says_is_repeated_without_secrets_keys_and_line_breaks() {
    let said =
        |text: &str| failure::<Ignored>(500, &serde_json::json!({ "message": text }).to_string()).to_string();
    assert!(!said("no marker-token here").contains("marker-token"));
    assert!(!said("-----BEGIN PRIVATE KEY-----\nabc").contains("abc"));
    assert!(said("a\r\n\u{1b}[31mb").ends_with("\"a [31mb\""));
    assert!(said("a\u{202e}b").ends_with("\"a b\""));
    assert!(said(&"ü".repeat(9999)).len() < 1000);
}

#[test]
fn a_success_that_is_no_json_is_an_error_that_names_the_content_type() {
    let error = failure::<Ignored>(200, "<html>captive portal</html>");
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(error.message().contains("text/html") && error.is_retryable() && error.is_answer_lost());
}

#[test]
fn json_of_another_shape_is_named_by_its_path_not_by_its_value() {
    let error = failure::<Page<Domain>>(
        200,
        r#"{"data":[{"id":1,"name":"a.example"},{"id":2,"name":{"secret":"s3cret"}}],"meta":[]}"#,
    );
    assert!(error.message().contains("at data[1].name"), "{error}");
    assert!(!error.message().contains("s3cret") && !error.is_retryable());
}

#[test]
fn an_empty_success_is_enough_where_nothing_is_read() {
    assert!(answer(200, "").read::<Ignored>("PUT ssl/1", &token()).is_ok());
    assert!(answer(200, "{}").read::<Certificate>("POST ssl", &token()).is_ok_and(|c| c.id.is_none()));
    assert!(answer(200, "").read::<Domain>("POST domains", &token()).is_err());
}

#[test]
fn deep_json_and_invalid_utf8_are_errors() {
    assert!(!failure::<Ignored>(200, &"[".repeat(100_000)).message().is_empty());
    let broken = Answer { body: b"{\"id\":1,\"name\":\"\xff\"}".to_vec(), ..answer(200, "") };
    assert!(broken.read::<Domain>("GET servers/1", &token()).is_err());
}
