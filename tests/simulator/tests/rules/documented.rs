//! The documented examples: what RunCloud's pages show is what the simulator answers.

use crate::support::{INSTALL, Panel, WEB_APP, keys};
use serde_json::{Value, json};

const DOMAIN: [&str; 9] =
    ["created_at", "dns_integration", "id", "name", "redirection", "status", "type", "wildcard", "www"];
const CREATE: &str = r#"{"name":"yog.example","www":false,"redirection":"non-www","type":"alias"}"#;

#[test]
fn ping_answers_pong_in_both_generations() {
    let panel = Panel::calm();
    for version in ["v3", "v2"] {
        let reply = panel.send("GET", &format!("/{version}/ping"), "");
        assert_eq!((reply.status, reply.json()), (200, json!({ "message": "pong" })));
    }
}

#[test]
fn a_server_has_the_documented_fields() {
    let panel = Panel::calm();
    let server = panel.send("GET", "/v3/servers/1001", "").json();
    let expected = [
        "agentVersion",
        "connected",
        "country_iso_code",
        "created_at",
        "id",
        "ipAddress",
        "name",
        "online",
        "os",
        "osVersion",
        "phpCLIVersion",
        "provider",
        "securityUpdate",
        "softwareUpdate",
        "stack",
        "tags",
        "transferStatus",
    ];
    assert_eq!(keys(&server), expected);
    assert_eq!((&server["id"], &server["ipAddress"]), (&json!(1001), &json!("203.0.113.10")));
    assert_eq!(panel.send("GET", "/v3/servers", "").json()["data"], json!([server]));
}

#[test]
fn the_php_versions_of_a_server_are_a_bare_list() {
    let versions = Panel::calm().send("GET", "/v3/servers/1001/php/version", "").json();
    assert!(versions.as_array().unwrap().contains(&json!("php82rc")));
}

#[test]
fn a_web_application_has_the_documented_fields_and_marked_secrets() {
    let panel = Panel::calm();
    let webapp = panel.get("").json();
    let expected = [
        "alias",
        "created_at",
        "defaultApp",
        "id",
        "name",
        "phpVersion",
        "publicPath",
        "pullKey1",
        "pullKey2",
        "rootPath",
        "server_user_id",
        "stack",
        "stackMode",
        "type",
    ];
    assert_eq!(keys(&webapp), expected);
    assert_eq!(webapp["rootPath"], "/home/runcloud/webapps/network");
    assert_eq!(webapp["pullKey1"], "SIMULATOR-PULL-KEY-1");
    assert_eq!(panel.send("GET", "/v3/servers/1001/webapps", "").json()["data"], json!([webapp]));
}

#[test]
fn servers_and_web_applications_can_be_searched() {
    let panel = Panel::calm();
    for (path, hit) in [("/v3/servers", "WEB"), ("/v3/servers/1001/webapps", "netw")] {
        let found =
            |word: &str| panel.send("GET", &format!("{path}?search={word}"), "").json()["data"].clone();
        assert_eq!(found(hit).as_array().unwrap().len(), 1, "{path}");
        assert_eq!(found("elsewhere"), json!([]), "{path}");
    }
}

#[test]
fn a_list_of_domains_has_the_documented_envelope() {
    let list = Panel::calm().get("/domains").json();
    assert_eq!(keys(&list), ["data", "meta"]);
    assert_eq!(keys(&list["data"][0]), DOMAIN);
    let expected =
        json!({ "total": 1, "count": 1, "per_page": 20, "current_page": 1, "total_pages": 1, "links": {} });
    assert_eq!(list["meta"]["pagination"], expected);
}

#[test]
fn a_page_has_20_entries_unless_asked_and_40_at_most() {
    let panel = Panel::with_aliases(99);
    for (query, size, pages) in
        [("", 20, 5), ("?perPage=7", 7, 15), ("?perPage=40", 40, 3), ("?perPage=50", 40, 3)]
    {
        let list = panel.get(&format!("/domains{query}")).json();
        assert_eq!(list["data"].as_array().unwrap().len(), size, "{query}");
        assert_eq!(list["meta"]["pagination"]["total_pages"], pages, "{query}");
    }
    assert_eq!(panel.get("/domains?perPage=40&page=4").json()["data"], json!([]));
}

#[test]
fn the_pages_together_hold_every_domain_once() {
    let panel = Panel::with_aliases(99);
    let mut names = Vec::new();
    let mut page = 1;
    loop {
        let list = panel.get(&format!("/domains?perPage=40&page={page}")).json();
        names.extend(
            list["data"].as_array().unwrap().iter().map(|domain| domain["name"].as_str().unwrap().to_owned()),
        );
        if list["meta"]["pagination"]["links"].get("next").is_none() {
            break;
        }
        page += 1;
    }
    assert_eq!((page, names), (3, panel.names()));
}

#[test]
fn creating_a_domain_answers_the_object_with_0_and_1() {
    let panel = Panel::calm();
    let reply = panel.app("POST", "/domains", CREATE);
    let domain = reply.json();
    assert_eq!((reply.status, keys(&domain)), (200, DOMAIN.to_vec()));
    for (key, value) in [
        ("id", json!(3002)),
        ("name", json!("yog.example")),
        ("type", json!("alias")),
        ("www", json!(0)),
        ("redirection", json!("non-www")),
        ("wildcard", json!(0)),
        ("dns_integration", json!("none")),
        ("status", Value::Null),
    ] {
        assert_eq!(domain[key], value, "{key}");
    }
    assert_eq!(domain["created_at"].as_str().unwrap().len(), "2024-07-18 01:31:10".len());
    assert_eq!(panel.get("/domains/3002").json(), domain);
}

#[test]
fn only_the_name_of_a_domain_is_needed() {
    let panel = Panel::calm();
    assert_eq!(panel.app("POST", "/domains", r#"{"name":"yog.example"}"#).status, 200);
    assert_eq!(panel.app("POST", "/domains", r#"{"name":"*.yog.example"}"#).json()["wildcard"], 1);
}

#[test]
fn updating_a_domain_answers_a_message_and_not_the_object() {
    let panel = Panel::calm();
    panel.app("POST", "/domains", CREATE);
    let reply =
        panel.app("PATCH", "/domains/3002/meta", r#"{"type":"alias","redirection":"www","www":true}"#);
    assert_eq!(reply.json(), json!({ "message": "Domain settings have been successfully updated." }));
    let domain = panel.get("/domains/3002").json();
    assert_eq!((&domain["redirection"], &domain["www"]), (&json!("www"), &json!(1)));
}

#[test]
fn there_is_one_primary_domain() {
    let panel = Panel::calm();
    panel.app("POST", "/domains", CREATE);
    assert_eq!(panel.app("PATCH", "/domains/3001/meta", r#"{"type":"alias"}"#).status, 422);
    assert_eq!(panel.app("PATCH", "/domains/3002/meta", r#"{"type":"primary"}"#).status, 200);
    let types = [3001, 3002].map(|id| panel.get(&format!("/domains/{id}")).json()["type"].clone());
    assert_eq!(types, ["alias", "primary"]);
}

#[test]
fn deleting_a_domain_answers_the_deleted_object() {
    let panel = Panel::calm();
    let created = panel.app("POST", "/domains", CREATE).json();
    let reply = panel.app("DELETE", "/domains/3002", "");
    assert_eq!((reply.status, reply.json()), (200, created));
    assert_eq!(panel.names(), ["network.example"]);
    assert_eq!(panel.app("DELETE", "/domains/3002", "").status, 404);
}

#[test]
fn dns_hints_are_a_bare_list_with_the_address_of_the_server() {
    let panel = Panel::calm();
    let expected = json!([
        { "type": "A", "hostname": "network.example", "content": "203.0.113.10" },
        { "type": "CNAME", "hostname": "www.network.example", "content": "network.example" },
    ]);
    assert_eq!(panel.get("/domains/3001/dns").json(), expected);
    panel.app("POST", "/domains", r#"{"name":"*.yog.example"}"#);
    assert_eq!(panel.get("/domains/3002/dns").json().as_array().unwrap().len(), 1);
}

#[test]
fn the_mode_of_ssl_has_two_booleans_and_can_be_switched() {
    let panel = Panel::calm();
    assert_eq!(panel.get("/ssl/advanced").json(), json!({ "advancedSSL": false, "autoSSL": false }));
    let mode = json!({ "advancedSSL": true, "autoSSL": true });
    assert_eq!(panel.app("POST", "/ssl/advanced", &mode.to_string()).json(), mode);
    assert_eq!(panel.get("/ssl/advanced").json(), mode);
}

#[test]
fn a_basic_certificate_lives_from_installation_to_deletion() {
    let panel = Panel::calm();
    let certificate = panel.get("/ssl").json();
    assert_eq!((&certificate["id"], &certificate["method"]), (&json!(4001), &json!("letsencrypt")));
    assert!(certificate["privateKey"].as_str().unwrap().contains("SIMULATOR-PRIVATE-KEY"));
    assert_eq!(panel.app("PUT", "/ssl/4001", "").json()["id"], 4001);
    assert_eq!(panel.app("PATCH", "/ssl/4001", r#"{"enableHsts":true}"#).json()["enableHsts"], true);
    assert_eq!(panel.app("DELETE", "/ssl/4001", "").status, 200);
    assert_eq!(panel.get("/ssl").json(), json!({ "message": "SSL not installed!" }));
    let body = r#"{"provider":"letsencrypt","authorizationMethod":"http-01","environment":"staging"}"#;
    let installed = panel.app("POST", "/ssl", body).json();
    assert_eq!((&installed["id"], &installed["staging"]), (&json!(4002), &json!(true)));
}

#[test]
fn a_redeployment_covers_the_names_of_the_moment() {
    let panel = Panel::calm();
    panel.app("POST", "/domains", r#"{"name":"yog.example","www":true}"#);
    panel.app("PUT", "/ssl/4001", "");
    let certificate = panel.simulator.state()["ssl"]["2001"]["certificate"].clone();
    assert_eq!(certificate["names"], json!(["network.example", "yog.example", "www.yog.example"]));
    assert_eq!(certificate["deployments"], 2);
}

#[test]
fn a_domain_has_a_certificate_of_its_own_in_advanced_mode() {
    let panel = Panel::calm();
    panel.app("POST", "/ssl/advanced", r#"{"advancedSSL":true}"#);
    assert_eq!(panel.get("/domains/3001/ssl").status, 404);
    let installed = panel.app("POST", "/domains/3001/ssl", INSTALL).json();
    assert_eq!((&installed["id"], &installed["authorizationMethod"]), (&json!(4002), &json!("http-01")));
    assert_eq!(panel.get("/domains/3001/ssl").json()["id"], 4002);
    assert_eq!(panel.app("PUT", "/domains/3001/ssl/4002", "").status, 200);
    let patched = panel.app("PATCH", "/domains/3001/ssl/4002", r#"{"advancedSSL":true,"ssl_protocol_id":3}"#);
    assert_eq!(patched.json()["ssl_protocol_id"], 3);
    assert_eq!(panel.app("DELETE", "/domains/3001/ssl/4002", "").status, 200);
    assert_eq!(panel.get("/domains/3001/ssl").status, 404);
}

#[test]
fn a_deleted_domain_takes_its_certificate_with_it() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({ "ssl": { "2001": { "advancedSSL": true, "autoSSL": true } } }));
    panel.app("POST", "/domains", CREATE);
    assert_eq!(panel.get("/domains/3002/ssl").json()["method"], "letsencrypt", "issued by AutoSSL");
    panel.app("DELETE", "/domains/3002", "");
    assert_eq!(panel.simulator.state()["domain_certificates"], json!({}));
}

#[test]
fn both_generations_answer_alike() {
    let panel = Panel::calm();
    for path in ["", "/domains", "/ssl", "/ssl/advanced"] {
        let [new, old] =
            ["v3", "v2"].map(|version| panel.send("GET", &format!("/{version}{WEB_APP}{path}"), "").json());
        assert_eq!(new, old, "{path}");
    }
}

#[test]
fn every_answer_carries_the_rate_limit() {
    let panel = Panel::calm();
    panel.simulator.add_fault(json!({ "kind": "html", "times": 1 }));
    for _ in 0..2 {
        let reply = panel.get("/nowhere");
        assert_eq!(
            (reply.header("x-ratelimit-limit"), reply.header("x-ratelimit-remaining")),
            (Some("60"), Some("59"))
        );
    }
}
