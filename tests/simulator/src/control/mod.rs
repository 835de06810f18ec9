//! The control plane: plain HTTP and JSON on a port of its own. Chaos never touches it.

pub(crate) mod tables;

use crate::panel::Panel;
use crate::serve::AFTER_FAILURE;
use crate::serve::body::{Body, whole};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::net::TcpListener;

/// A status and a body.
type Outcome = (u16, Value);

pub(crate) async fn serve(listener: TcpListener, panel: Arc<Panel>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(AFTER_FAILURE).await;
            continue;
        };
        let panel = Arc::clone(&panel);
        tokio::spawn(async move {
            let service = service_fn(move |request| respond(Arc::clone(&panel), request));
            // A client that breaks off is its own business.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn respond(
    panel: Arc<Panel>,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Body>, hyper::Error> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let (status, answer) = if body.is_empty() {
        carry_out(&panel, head.method.as_str(), head.uri.path(), &Value::Null)
    } else {
        match serde_json::from_slice(&body) {
            Ok(body) => carry_out(&panel, head.method.as_str(), head.uri.path(), &body),
            Err(error) => refused(&format!("The body is not JSON: {error}.")),
        }
    };
    let mut response = hyper::Response::new(whole(answer.to_string()));
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

fn carry_out(panel: &Panel, method: &str, path: &str, body: &Value) -> Outcome {
    match (method, path) {
        ("GET", "/") => (200, panel.about()),
        ("POST", "/reset") => done(panel.reset(body), || panel.about()),
        ("GET", "/history") => (200, json!(panel.lock().history.all())),
        ("DELETE", "/history") => {
            panel.lock().history.clear();
            (200, json!([]))
        }
        ("GET", "/state") => (200, json!(panel.lock().state)),
        ("PUT", "/state") => done(panel.put_state(body), || json!(panel.lock().state)),
        ("GET", "/switches") => (200, json!(panel.lock().switches)),
        ("PATCH", "/switches") => done(panel.patch_switches(body), || json!(panel.lock().switches)),
        ("GET", "/chaos") => (200, json!(panel.lock().knobs)),
        ("PATCH", "/chaos") => done(panel.patch_chaos(body), || json!(panel.lock().knobs)),
        ("GET", "/faults") => (200, panel.lock().faults.shown()),
        ("POST", "/faults") => match panel.lock().faults.add(body) {
            Ok(fault) => (200, fault),
            Err(sentence) => refused(&sentence),
        },
        ("DELETE", "/faults") => {
            panel.lock().faults.clear();
            (200, json!([]))
        }
        ("DELETE", path) => delete_fault(panel, path),
        _ => unknown(method, path),
    }
}

fn delete_fault(panel: &Panel, path: &str) -> Outcome {
    let id = path.strip_prefix("/faults/").and_then(|id| id.parse().ok());
    match id {
        Some(id) if panel.lock().faults.remove(id) => (200, json!({ "id": id })),
        Some(id) => (404, json!({ "message": format!("There is no fault with the id {id}.") })),
        None => unknown("DELETE", path),
    }
}

fn done(outcome: Result<(), String>, shown: impl FnOnce() -> Value) -> Outcome {
    match outcome {
        Ok(()) => (200, shown()),
        Err(sentence) => refused(&sentence),
    }
}

fn refused(sentence: &str) -> Outcome {
    (422, json!({ "message": sentence }))
}

fn unknown(method: &str, path: &str) -> Outcome {
    (404, json!({ "message": format!("The control plane knows no {method} {path}.") }))
}
