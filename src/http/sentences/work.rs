//! What was being done when a request failed, and how far it had come.

use super::{Arguments, answers};
use crate::http::reason::Reason;

/// Said before the failure, with a space after it; empty where there is nothing to add.
pub(super) fn before(a: &Arguments<'_>) -> String {
    let domain = a.text("domain");
    match a.text("during").as_str() {
        "look-for-lost-addition" => format!(
            "\"{domain}\" may have been added: RunCloud's answer was lost, and a look for the domain failed. "
        ),
        "look-for-refused-addition" => format!(
            "RunCloud refused to add \"{domain}\", and a look whether it is there already failed. "
        ),
        "look-for-lost-order" => {
            "A certificate may have been ordered: RunCloud's answer was lost, and a look for the certificate failed. ".into()
        }
        _ => String::new(),
    }
}

/// Said after the failure, with a space before it; empty where there is nothing to add.
pub(super) fn after(reason: Reason, a: &Arguments<'_>) -> String {
    match a.text("pages_read").as_str() {
        "" => String::new(),
        _ if reason == Reason::SearchUnfinished => String::new(),
        read if a.has("listed") => {
            format!(" {read} pages of the list were read before; domainsPage() reads them one by one.")
        }
        _ => format!(" \"{}\" is not on the {} that were read before.", a.text("domain"), answers::pages(a)),
    }
}
