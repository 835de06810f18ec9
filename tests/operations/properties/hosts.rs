//! Host names.

use super::{hold, rules, texts::texts};

#[test]
fn a_host_is_safe_to_send_and_stays_what_it_is() {
    hold("texts as host names", &texts(), |text| rules::host(&text));
}
