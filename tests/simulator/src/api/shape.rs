//! Objects as the panel shows them, in the shapes that the switches ask for.

use crate::content::certificate::Certificate;
use crate::content::state::{Domain, Server, Ssl, WebApp};
use crate::content::switches::{Booleans, DomainObject, Presence, Switches};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Shapes answers; one per request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) switches: Switches,
}

impl Shape {
    pub(crate) fn server(self, server: &Server) -> Value {
        self.object(server, &[])
    }

    pub(crate) fn web_app(self, webapp: &WebApp) -> Value {
        self.object(webapp, &["server_id"])
    }

    /// The Domain object of <https://runcloud.io/docs/api/v3/api-8617113>: `www` and `wildcard` are 0 or 1.
    pub(crate) fn domain(self, domain: &Domain) -> Value {
        let mut fields = self.fields(domain, &["webapp_id"]);
        if self.switches.booleans == Booleans::Int {
            fields.insert("www".to_owned(), json!(u8::from(domain.www)));
            fields.insert("wildcard".to_owned(), json!(u8::from(domain.wildcard)));
        }
        if self.switches.domain_object == DomainObject::Minimal {
            fields.retain(|key, _| matches!(key.as_str(), "id" | "name" | "created_at"));
        }
        Value::Object(fields)
    }

    pub(crate) fn certificate(self, certificate: &Certificate) -> Value {
        self.object(certificate, &["names", "deployments"])
    }

    pub(crate) fn ssl_mode(self, ssl: &Ssl) -> Value {
        self.object(ssl, &["certificate"])
    }

    fn object(self, item: &impl Serialize, hidden: &[&str]) -> Value {
        Value::Object(self.fields(item, hidden))
    }

    fn fields(self, item: &impl Serialize, hidden: &[&str]) -> Map<String, Value> {
        let Ok(Value::Object(mut fields)) = serde_json::to_value(item) else { return Map::new() };
        fields.retain(|key, _| !hidden.contains(&key.as_str()));
        if self.switches.booleans == Booleans::String {
            for field in fields.values_mut() {
                if let Value::Bool(yes) = field {
                    *field = json!(if *yes { "1" } else { "0" });
                }
            }
        }
        if self.switches.unknown_fields == Presence::Present {
            fields.insert("added_later".to_owned(), json!({ "by": ["RunCloud"] }));
        }
        fields
    }
}
