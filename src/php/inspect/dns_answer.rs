//! `RunCloud\DnsAnswer`.

use ext_php_rs::binary::Binary;

use crate::{
    inspect,
    php::value_class::{Kind, value_class},
};

/// What the DNS says to one question, as PHP sees it.
pub struct DnsAnswer(pub(super) inspect::Answer);

value_class!(DnsAnswer, "RunCloud\\DnsAnswer",
    "outcome": Kind::Text, false = |a| a.0.outcome.code();
    "detail": Kind::Text, true = |a| a.0.detail;
    "records": Kind::Texts, false = |a| a.0.records.iter().cloned().map(Binary::from).collect::<Vec<Binary<u8>>>();
    "name": Kind::Text, false = |a| a.0.name.as_str();
    "aliases": Kind::Texts, false = |a| a.0.aliases.clone();
    "source": Kind::Text, true = |a| a.0.source.map(inspect::Source::code);
);
