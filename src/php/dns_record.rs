//! `RunCloud\DnsRecord`.

use ext_php_rs::flags::DataType;

use super::value_class::value_class;
use crate::api;

/// A DNS record as PHP sees it.
pub struct DnsRecord(api::DnsRecord);

value_class!(DnsRecord, "RunCloud\\DnsRecord",
    "type": DataType::String, false = |r| r.0.kind.as_str();
    "hostname": DataType::String, false = |r| r.0.hostname.as_str();
    "content": DataType::String, false = |r| r.0.content.as_str();
);

impl From<api::DnsRecord> for DnsRecord {
    fn from(record: api::DnsRecord) -> Self {
        Self(record)
    }
}
