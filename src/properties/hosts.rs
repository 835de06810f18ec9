//! Host names.

use proptest::prelude::*;

use super::{hold, is_fit_to_be_shown, texts::texts};
use crate::{api::Host, http::Error};

#[test]
fn a_host_is_safe_to_send_and_stays_what_it_is() {
    hold("texts as host names", &texts(), |text| {
        let host = match Host::parse(&text) {
            Ok(host) => host,
            Err(e) => return is_fit_to_be_shown(&Error::from(e)),
        };
        let name = host.as_str().strip_prefix("*.").unwrap_or(host.as_str());
        prop_assert!((3..=253).contains(&host.as_str().len()), "{host}");
        prop_assert!(name.contains('.') && name.split('.').all(is_label), "{host}");
        prop_assert!(name.parse::<std::net::IpAddr>().is_err(), "{host}");
        prop_assert_eq!(
            Host::parse(host.as_str()),
            Ok(host.clone()),
            "is another host when it is read again"
        );
        prop_assert!(
            host.is(&text) && host.is(&host.as_str().to_uppercase()),
            "{host} is not what it was made of"
        );
        Ok(())
    });
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
