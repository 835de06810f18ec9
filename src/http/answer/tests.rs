//! What becomes of answers.

use super::*;
use crate::api::{Certificate, Domain, lenient::Ignored};

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
        let error = failure::<Ignored>(status, "<html>sorry</html>");
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        assert!(!error.message().contains("<html>"));
    }
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
    let error = failure::<crate::api::Page<Domain>>(200, r#"{"data":[{"id":1,"name":{"secret":"s3cret"}}]}"#);
    assert!(error.message().contains("data"), "{error}");
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
