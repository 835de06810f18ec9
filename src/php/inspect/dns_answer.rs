//! `RunCloud\DnsAnswer`.

use ext_php_rs::{binary::Binary, flags::DataType};

use crate::{inspect, php::value_class::value_class};

/// What the DNS says to one question, as PHP sees it.
pub struct DnsAnswer(pub(super) inspect::Answer);

value_class!(DnsAnswer, "RunCloud\\DnsAnswer",
    "outcome": DataType::String, false = |a| a.0.outcome.code();
    "detail": DataType::String, true = |a| a.0.detail;
    "records": DataType::Array, false = |a| a.0.records.iter().cloned().map(Binary::from).collect::<Vec<Binary<u8>>>();
    "name": DataType::String, false = |a| a.0.name.as_str();
    "aliases": DataType::Array, false = |a| a.0.aliases.clone();
    "source": DataType::String, true = |a| a.0.source.map(inspect::Source::code);
);
