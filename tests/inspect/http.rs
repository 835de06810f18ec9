//! Redirects of every kind, and servers that answer badly.

use runcloud::inspect::{BODY, HttpLook};
use serde_json::{Value, json};
use small_world::World;

use crate::view::{look, options, world};

const PATH: &str = "/.well-known/x";

fn plan(pages: &Value) -> Value {
    json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": {
            "shop.example.com A": ["127.0.0.1"],
            "other.example.com A": ["127.0.0.2"],
            "dead.example.com A": ["127.0.0.1"],
            "dead.example.com AAAA": ["::1"],
            "full.example.com A": ["127.0.0.77"],
            "inside.example.com A": ["127.0.0.9"],
            "both.example.com A": ["127.0.0.9", "127.0.0.1"],
            "six.example.com AAAA": ["::ffff:127.0.0.1"],
        },
        "pages": pages,
    })
}

fn served(world: &World) -> HttpLook {
    let mut options = options(world);
    options.probe_paths = vec![PATH.into()];
    look("shop.example.com", &options).http[0].clone()
}

fn redirected(location: &str) -> HttpLook {
    served(&world(plan(&json!({
        "shop.example.com/.well-known/x": { "status": 301, "location": location },
        "shop.example.com/there": { "body": "nonce" },
        "other.example.com/": { "body": "other" },
    }))))
}

fn hops(look: &HttpLook) -> Vec<String> {
    let show = |hop: &runcloud::inspect::Hop| {
        let ip = hop.address.map(|ip| ip.to_string()).unwrap_or_default();
        let status = hop.status.map(|status| status.to_string()).unwrap_or_default();
        let parts = [hop.url.clone(), ip, status, hop.error.unwrap_or_default().to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    look.hops.iter().map(show).collect()
}

#[test]
fn a_page_is_served() {
    let look = served(&world(plan(&json!({ "shop.example.com/.well-known/x": { "body": "nonce" } }))));
    assert_eq!(hops(&look), ["http://shop.example.com/.well-known/x 127.0.0.1 200"]);
    assert_eq!((look.status(), look.error(), look.body.as_slice()), (Some(200), None, b"nonce".as_slice()));
}

#[test]
fn each_path_is_asked_for() {
    let world = world(plan(&json!({ "shop.example.com/a?b=c": { "body": "one" } })));
    let mut options = options(&world);
    options.probe_paths = vec!["/a?b=c".into(), "/nothing".into(), "no path".into()];
    let seen = look("shop.example.com", &options);
    let served: Vec<_> =
        seen.http.iter().map(|look| (look.path.as_str(), look.status(), look.error())).collect();
    assert_eq!(
        served,
        [("/a?b=c", Some(200), None), ("/nothing", Some(404), None), ("no path", None, Some("bad-path"))]
    );
}

#[test]
fn redirects_are_followed_and_every_hop_is_told() {
    for (location, second) in [
        ("/there", "http://shop.example.com/there 127.0.0.1 200"),
        ("https://shop.example.com/there", "https://shop.example.com/there 127.0.0.1 200"),
        ("http://shop.example.com:443/", "http://shop.example.com:443/ 127.0.0.1 not-http"),
        ("https://other.example.com/", "https://other.example.com/ 127.0.0.2 200"),
        ("http://127.0.0.2/", "http://127.0.0.2/ 127.0.0.2 404"),
        ("http://full.example.com/", "http://full.example.com/ 127.0.0.77 connect-timeout"),
        ("http://nobody.example.com/", "http://nobody.example.com/ no-address"),
        ("http://inside.example.com/", "http://inside.example.com/ not-public"),
        ("http://six.example.com/", "http://six.example.com/ not-public"),
        ("http://both.example.com/", "http://both.example.com/ 127.0.0.1 404"),
        ("http://127.0.0.9/", "http://127.0.0.9/ not-public"),
        ("http://0x7f.9/", "http://127.0.0.9/ not-public"),
        ("http://2130706441/", "http://127.0.0.9/ not-public"),
        ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/ not-public"),
        ("http://[::1]/", "http://[::1]/ not-public"),
        ("http://169.254.169.254/latest/", "http://169.254.169.254/latest/ not-public"),
        ("http://shop.example.com:8080/", "http://shop.example.com:8080/ bad-port"),
        ("ftp://shop.example.com/", "ftp://shop.example.com/ bad-scheme"),
        ("file:///etc/passwd", "file: bad-scheme"),
        ("http://me:secret@shop.example.com/", "http://shop.example.com/ user-name-in-url"),
        ("http://localhost/", "http://localhost/ bad-host"),
        ("http://", "http:// bad-location"),
    ] {
        let look = redirected(location);
        let found = hops(&look);
        assert_eq!(found[0], "http://shop.example.com/.well-known/x 127.0.0.1 301", "{location}");
        assert_eq!(found[1], second, "{location}");
        assert_eq!(found.len(), 2, "{location}: {found:?}");
        assert!(!format!("{look:?}").contains("secret"), "{location}");
    }
}

#[test]
fn an_address_of_ipv6_that_cannot_be_connected_to_falls_back_to_ipv4() {
    let world = world(plan(&json!({ "dead.example.com/": { "body": "here" } })));
    let mut options = options(&world);
    options.world.allowed.push("::1".parse().unwrap());
    options.probe_paths = vec!["/".into()];
    let seen = look("dead.example.com", &options);
    let addresses: Vec<_> = seen.http[0].hops.iter().map(|hop| hop.address.unwrap().to_string()).collect();
    assert_eq!(addresses, ["::1", "127.0.0.1"]);
    assert!(seen.http[0].hops[0].error.is_some());
    assert_eq!((seen.http[0].status(), seen.http[0].body.as_slice()), (Some(200), b"here".as_slice()));
}

#[test]
fn only_the_redirects_of_lets_encrypt_are_followed() {
    for (status, followed) in [
        (301, true),
        (302, true),
        (307, true),
        (308, true),
        (300, false),
        (303, false),
        (304, false),
        (200, false),
        (201, false),
    ] {
        let look = served(&world(plan(&json!({
            "shop.example.com/.well-known/x": { "status": status, "location": "/there" },
            "shop.example.com/there": { "status": 200 },
        }))));
        assert_eq!(look.hops.len() == 2, followed, "{status}");
        assert_eq!(look.status(), Some(if followed { 200 } else { status }), "{status}");
    }
}

#[test]
fn five_redirects_are_followed_and_no_sixth() {
    let mut pages = json!({});
    for number in 0..10 {
        let from = if number == 0 { PATH.to_owned() } else { format!("/{number}") };
        pages[format!("shop.example.com{from}")] =
            json!({ "status": 302, "location": format!("/{}", number + 1) });
    }
    let look = served(&world(plan(&pages)));
    assert_eq!(hops(&look).last().unwrap(), "http://shop.example.com/6 too-many-redirects");
    assert_eq!(look.hops.len(), 7);
    pages["shop.example.com/5"] = json!({ "body": "the end" });
    let look = served(&world(plan(&pages)));
    assert_eq!((look.hops.len(), look.status(), look.body.as_slice()), (6, Some(200), b"the end".as_slice()));
}

#[test]
fn a_circle_ends() {
    let look = redirected(PATH);
    assert_eq!(hops(&look)[1], "http://shop.example.com/.well-known/x redirect-loop");
}

#[test]
fn servers_that_answer_badly_are_told_and_bounded() {
    for (how, error, length) in [
        ("hang", Some("answer-timeout"), 0),
        ("close", Some("connection-closed"), 0),
        ("garbage", Some("not-http"), 0),
        ("huge-head", Some("not-http"), 0),
        ("many-headers", Some("not-http"), 0),
        ("endless", None, BODY),
        ("broken-off", None, 4),
    ] {
        let look = served(&world(plan(
            &json!({ "shop.example.com/.well-known/x": { "how": how, "body": "half" } }),
        )));
        assert_eq!((look.error(), look.body.len()), (error, length), "{how}");
    }
}

#[test]
fn a_slow_body_costs_only_its_time() {
    let look = served(&world(plan(&json!({
        "shop.example.com/.well-known/x": { "how": "slow-body", "body": "half" },
    }))));
    assert_eq!((look.error(), look.status()), (Some("answer-timeout"), None));
}
