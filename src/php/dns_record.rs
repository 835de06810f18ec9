//! `RunCloud\DnsRecord`.

use super::value_class::{Kind, value_class};
use crate::api;

/// A DNS record as PHP sees it.
pub struct DnsRecord(api::DnsRecord);

value_class!(DnsRecord, "RunCloud\\DnsRecord",
    "type": Kind::Text, false = |r| r.0.kind.as_str();
    "hostname": Kind::Text, false = |r| r.0.hostname.as_str();
    "content": Kind::Text, false = |r| r.0.content.as_str();
);

impl From<api::DnsRecord> for DnsRecord {
    fn from(record: api::DnsRecord) -> Self {
        Self(record)
    }
}
