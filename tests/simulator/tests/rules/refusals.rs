//! What the panel refuses, and in which order it looks.

use crate::support::{INSTALL, Panel, WEB_APP};
use serde_json::json;

const JSON: (&str, &str) = ("accept", "application/json");

#[test]
fn authentication_comes_before_anything_else() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({ "monthly_quota": 0 }));
    for path in ["/v3/ping", "/v3/nowhere", "/v3/servers/9/webapps/9/domains", "/v2/servers/x"] {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            assert_eq!(
                panel.raw(method, path, &[("authorization", "Bearer wrong")]).status,
                401,
                "{method} {path}"
            );
        }
    }
}

#[test]
fn a_missing_token_has_a_text_of_its_own() {
    let panel = Panel::calm();
    for headers in [&[JSON][..], &[JSON, ("authorization", "Bearer ")]] {
        assert_eq!(panel.raw("GET", "/v3/ping", headers).json(), json!({ "message": "Missing API Token." }));
    }
    let wrong = panel.raw("GET", "/v3/ping", &[JSON, ("authorization", "Bearer wrong")]);
    assert_eq!(wrong.json(), json!({ "message": "Unauthenticated." }));
}

#[test]
fn key_and_secret_open_v2_only_and_a_token_opens_both() {
    let panel = Panel::calm();
    let basic = ("authorization", "Basic dGVzdC1rZXk6dGVzdC1zZWNyZXQ="); // test-key:test-secret
    let wrong = ("authorization", "Basic dGVzdC1rZXk6d3Jvbmc="); // test-key:wrong
    let bearer = ("authorization", "Bearer test-token");
    for (path, credentials, status) in [
        ("/v2/ping", basic, 200),
        ("/v2/ping", wrong, 401),
        ("/v2/ping", bearer, 200),
        ("/v3/ping", basic, 401),
        ("/v3/ping", bearer, 200),
    ] {
        assert_eq!(panel.raw("GET", path, &[JSON, credentials]).status, status, "{path} {credentials:?}");
    }
    let shown: Vec<_> =
        panel.simulator.history().iter().map(|entry| entry.headers["authorization"].clone()).collect();
    assert_eq!(shown, ["Basic (ok)", "Basic (wrong)", "Bearer (ok)", "Basic (ok)", "Bearer (ok)"]);
}

#[test]
fn an_address_that_is_not_on_the_list_gets_401() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({ "allowed_ips": ["198.51.100.7"] }));
    assert_eq!(panel.send("GET", "/v3/ping", "").status, 401);
    panel.simulator.set_state(json!({ "allowed_ips": ["198.51.100.7", "127.0.0.1"] }));
    assert_eq!(panel.send("GET", "/v3/ping", "").status, 200);
}

#[test]
fn who_does_not_accept_json_is_sent_away() {
    let panel = Panel::calm();
    for accept in [&[][..], &[("accept", "*/*")], &[("accept", "text/html")]] {
        let headers = [&[("authorization", "Bearer test-token")], accept].concat();
        let reply = panel.raw("GET", "/v3/ping", &headers);
        assert_eq!((reply.status, reply.header("location")), (302, Some("/dashboard")), "{accept:?}");
    }
}

#[test]
fn an_unknown_route_is_named() {
    let panel = Panel::calm();
    let path = format!("/api/v3{WEB_APP}/ssl/advanced/7/redeploy");
    let reply = panel.get("/ssl/advanced/7/redeploy");
    assert_eq!(reply.json(), json!({ "message": format!("No route in this panel: GET {path}.") }));
    assert_eq!(reply.status, 404);
    assert_eq!(panel.get("/domains/abc").status, 404);
    assert_eq!(panel.raw("GET", "/v9/ping", &[]).status, 404);
}

#[test]
fn a_wrong_verb_gets_405_with_the_right_ones() {
    let reply = Panel::calm().app("PUT", "/domains", "");
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, POST")));
}

#[test]
fn what_belongs_elsewhere_is_not_found() {
    let panel = Panel::calm();
    let servers = json!([{ "id": 1001 }, { "id": 1002 }]);
    let webapps = json!([{ "id": 2001 }, { "id": 2002, "server_id": 1002 }]);
    panel.simulator.set_state(json!({ "servers": servers, "webapps": webapps }));
    for path in [
        "/servers/9",
        "/servers/9/webapps",
        "/servers/1001/webapps/2002",
        "/servers/1002/webapps/2001",
        "/servers/1002/webapps/2002/domains/3001",
        "/servers/1002/webapps/2002/ssl",
        "/servers/1001/webapps/9/domains",
    ] {
        assert_eq!(panel.send("GET", &format!("/v3{path}"), "").status, 404, "{path}");
    }
}

#[test]
fn a_name_is_taken_wherever_it_is_in_use() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({
        "webapps": [{ "id": 2001 }, { "id": 2002 }],
        "domains": [{ "name": "here.example" }, { "webapp_id": 2002, "name": "There.example" }],
    }));
    for name in ["here.example", "HERE.example", "there.example"] {
        let reply = panel.app("POST", "/domains", &json!({ "name": name }).to_string());
        assert_eq!(reply.status, 422, "{name}");
        assert_eq!(reply.json()["errors"]["name"], json!(["The name has already been taken."]), "{name}");
    }
}

#[test]
fn a_name_must_be_a_host_name() {
    let panel = Panel::calm();
    let long = format!("{}.example", "a".repeat(64));
    for name in [
        "",
        "localhost",
        "a..example",
        ".example",
        "a.example.",
        "-a.example",
        "a_b.example",
        "a b.example",
        "192.0.2.1",
        "http://a.example",
        "a.example/x",
        "a.example:80",
        "a.*.example",
        "bücher.example",
        &long,
    ] {
        assert_eq!(panel.app("POST", "/domains", &json!({ "name": name }).to_string()).status, 422, "{name}");
    }
    for body in ["", "{}", r#"{"name":7}"#, r#"["a.example"]"#, "a.example"] {
        let reply = panel.app("POST", "/domains", body);
        assert_eq!((reply.status, reply.json()["errors"]["name"].is_array()), (422, true), "{body}");
    }
    assert_eq!(panel.names(), ["network.example"]);
}

#[test]
fn booleans_of_a_request_are_json_booleans() {
    let panel = Panel::calm();
    for www in [json!(0), json!(1), json!("true"), json!(null)] {
        let reply = panel.app("POST", "/domains", &json!({ "name": "a.example", "www": www }).to_string());
        assert_eq!(reply.json()["errors"]["www"], json!(["The www field must be true or false."]), "{www}");
    }
}

#[test]
fn unknown_types_and_redirections_are_refused() {
    let panel = Panel::calm();
    for (field, value) in [("type", "primary"), ("type", "other"), ("redirection", "apex")] {
        let reply = panel.app("POST", "/domains", &json!({ "name": "a.example", field: value }).to_string());
        assert!(reply.json()["errors"][field].is_array(), "{field} {value}");
    }
}

#[test]
fn a_body_counts_only_when_it_is_declared_as_json() {
    let panel = Panel::calm();
    let url = format!("{}/v3{WEB_APP}/domains", panel.simulator.panel_url());
    let request = panel.http.post(url).header(JSON.0, JSON.1).header("authorization", "Bearer test-token");
    let response = request.body(r#"{"name":"a.example"}"#).send().unwrap();
    assert_eq!(response.status().as_u16(), 422);
}

#[test]
fn the_primary_domain_is_not_deleted() {
    let panel = Panel::calm();
    assert_eq!(panel.app("DELETE", "/domains/3001", "").status, 422);
    assert_eq!(panel.names(), ["network.example"]);
}

#[test]
fn an_unknown_certificate_is_not_found() {
    let panel = Panel::calm();
    for method in ["PUT", "PATCH", "DELETE"] {
        assert_eq!(panel.app(method, "/ssl/9", "").status, 404, "{method}");
        assert_eq!(panel.app(method, "/domains/3001/ssl/4001", "").status, 404, "{method} of a domain");
    }
}

#[test]
fn only_certificates_of_lets_encrypt_are_redeployed() {
    let panel = Panel::calm();
    for method in ["custom", "csr"] {
        let certificate = json!({ "id": 4001, "method": method });
        panel.simulator.set_state(json!({ "ssl": { "2001": { "certificate": certificate } } }));
        assert_eq!(panel.app("PUT", "/ssl/4001", "").status, 422, "{method}");
    }
}

#[test]
fn nothing_is_installed_over_a_certificate_or_in_the_wrong_mode() {
    let panel = Panel::calm();
    assert_eq!(panel.app("POST", "/ssl", INSTALL).status, 422, "installed already");
    assert_eq!(panel.app("POST", "/domains/3001/ssl", INSTALL).status, 422, "basic mode");
    panel.app("POST", "/ssl/advanced", r#"{"advancedSSL":true}"#);
    assert_eq!(panel.app("POST", "/ssl", INSTALL).status, 422, "advanced mode");
    assert_eq!(panel.app("POST", "/domains/3001/ssl", INSTALL).status, 200);
    assert_eq!(panel.app("POST", "/domains/3001/ssl", INSTALL).status, 422, "installed already");
}

#[test]
fn an_installation_names_what_it_lacks() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({ "ssl": {} }));
    for (body, field) in [
        (json!({}), "provider"),
        (json!({ "provider": "other" }), "provider"),
        (json!({ "provider": "letsencrypt" }), "authorizationMethod"),
        (json!({ "provider": "letsencrypt", "authorizationMethod": "http-01" }), "environment"),
        (
            json!({ "provider": "letsencrypt", "authorizationMethod": "dns-01", "environment": "live" }),
            "externalApi",
        ),
        (json!({ "provider": "custom", "certificate": "x" }), "privateKey"),
        (json!({ "provider": "csr" }), "csrKeyType"),
        (
            json!({ "provider": "custom", "privateKey": "x", "certificate": "x", "enableHttp": 1 }),
            "enableHttp",
        ),
        (
            json!({ "provider": "custom", "privateKey": "x", "certificate": "x", "ssl_protocol_id": 4 }),
            "ssl_protocol_id",
        ),
    ] {
        let reply = panel.app("POST", "/ssl", &body.to_string());
        assert!(reply.json()["errors"][field].is_array(), "{body}: {}", reply.text);
    }
    assert_eq!(panel.app("POST", "/ssl/advanced", "{}").status, 422);
}

#[test]
fn a_wildcard_certificate_needs_dns() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({
        "ssl": { "2001": { "advancedSSL": true } }, "domains": [{ "id": 1, "name": "*.yog.example", "wildcard": true }],
    }));
    assert_eq!(panel.app("POST", "/domains/1/ssl", INSTALL).status, 422);
    let body = INSTALL.replace("http-01\"", "dns-01\",\"externalApi\":5");
    assert_eq!(panel.app("POST", "/domains/1/ssl", &body).json()["api_id"], 5);
}

#[test]
fn a_request_without_end_is_cut_off() {
    let panel = Panel::calm();
    assert!(panel.try_send("POST", "/v3/ping", &"x".repeat(2 << 20)).is_err());
}
