//! Every enum and every class of results that PHP gets when it first uses it. One that is missing here is unknown to PHP: "Class
//! ... not found".

use super::{
    certificate, dns_record, domain, domain_page, enum_case::EnumInfo, enums, inspect, server,
    ssl_deployment, value_class::ValueClass, web_app,
};

const VALUES: [&ValueClass; 7] = [
    &domain::CLASS,
    &domain_page::CLASS,
    &ssl_deployment::CLASS,
    &certificate::CLASS,
    &dns_record::CLASS,
    &server::CLASS,
    &web_app::CLASS,
];

/// The PHP code of the class with this name, whose case does not matter.
pub(super) fn source(name: &[u8]) -> Option<String> {
    // Loaders are asked for every class of an application: most are told by their first letters.
    if !name.get(..9)?.eq_ignore_ascii_case(br"runcloud\") {
        return None;
    }
    let is_it = |class: &str| class.as_bytes().eq_ignore_ascii_case(name);
    let of_enum = enums::ALL.iter().find(|info: &&&EnumInfo| is_it(info.class)).map(|info| info.source());
    let mut values = VALUES.iter().chain(&inspect::VALUE_CLASSES);
    of_enum.or_else(|| values.find(|class| is_it(class.name)).map(|class| class.source()))
}
