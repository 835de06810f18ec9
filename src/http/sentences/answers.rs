//! What the panel answered, or did not answer.

use super::Arguments;
use crate::http::{reason::Reason, settings::DEADLINE};

const BETWEEN: &str = "check what is between this server and RunCloud, such as a proxy";

pub(super) fn sentence(reason: Reason, a: &Arguments<'_>) -> String {
    let what = a.text("request");
    let status = a.text("status");
    let says = says(a);
    match reason {
        Reason::Unknown => "The cause is not known.".into(),
        Reason::ConnectionBroken => {
            format!("The connection to {} broke during {what}: try again later.", a.text("host"))
        }
        Reason::AnswerBroken => format!("RunCloud's answer to {what} broke off: try again later."),
        Reason::AnswerTimeout => format!(
            "RunCloud did not answer {what} within {} ({}): try again later.",
            a.text("seconds"),
            a.text("setting")
        ),
        Reason::DeadlinePassed => deadline(a),
        Reason::AnswerNotHttp => format!(
            "What answered {what} at {} does not speak HTTP: check runcloud.base_url, and what is between this server and RunCloud.",
            a.text("host")
        ),
        Reason::TooManyHeaders => format!(
            "The answer to {what} has too many headers, or too long ones: {BETWEEN}, that may have added them."
        ),
        Reason::AnswerTooLarge => format!(
            "The answer to {what} is larger than 4 MiB, which no documented answer is: {BETWEEN}, that may have answered in \
             RunCloud's place."
        ),
        Reason::AnswerCompressed => format!(
            "The answer to {what} is compressed ({}), although that was not asked for: {BETWEEN}, that may have compressed it.",
            a.text("encoding")
        ),
        Reason::AnswerNotJson => format!(
            "RunCloud answered {what} with HTTP {status}, but {} ({}): {BETWEEN}, that may have answered in its place.",
            if a.is("problem", "empty") { "without a body" } else { "not with JSON" },
            a.text("content_type")
        ),
        Reason::AnswerUndocumented => format!(
            "RunCloud answered {what} with HTTP {status}, but the JSON is not what the API documents ({}): this version of the extension \
             cannot read it, look for a newer one.",
            match a.text("path") {
                path if path.is_empty() => "as a whole".to_owned(),
                path => format!("at {path}"),
            }
        ),
        Reason::Redirected => format!(
            "RunCloud answered {what} with a redirect (HTTP {status}), which is not followed: set runcloud.base_url to the address of \
             the API itself."
        ),
        Reason::IntermediaryRefused => format!(
            "A web page refused {what} (HTTP {status}). RunCloud's API does not answer with pages, so something before it did, such as a \
             firewall, a proxy or a bot check: check it and runcloud.base_url, or try again later."
        ),
        Reason::ListEndless => format!(
            "RunCloud's list of {} did not end after {} pages: try again later.",
            a.text("list"),
            a.text("pages")
        ),
        Reason::Unauthorized => format!(
            "RunCloud refused the {} (HTTP {status}). Either it is wrong or was regenerated, or this server's IP address is not on \
             the workspace's API allow-list, or API access is switched off: see Settings > API Management in RunCloud.{says}",
            a.text("credentials")
        ),
        Reason::Forbidden => format!(
            "RunCloud forbids {what} (HTTP {status}). Either the {} has no right to it, or the plan does not include it, or the plan's \
             API calls are spent: see the workspace's settings in RunCloud.{says}",
            a.text("credentials")
        ),
        Reason::ValidationRefused => validation(a, &says),
        Reason::DomainTaken => format!(
            "{}RunCloud refused the name as one that is in use (HTTP {status}), and web app {} does not have it: look in RunCloud's \
             dashboard which other web application does, and remove it there first.{says}",
            not_added(a),
            a.text("web_app_id")
        ),
        Reason::RateLimited => format!(
            "RunCloud's rate limit is reached (HTTP {status}): {}.{says}",
            if a.has("seconds") {
                format!("try again in {}", a.text("seconds"))
            } else {
                "try again in a minute".into()
            }
        ),
        Reason::MonthlyQuotaSpent => format!(
            "The API calls of this month are spent (HTTP {status}): wait for the next month or upgrade the plan, see Settings > API \
             Management in RunCloud.{says}"
        ),
        Reason::RequestTimeout => format!("RunCloud timed out on {what} (HTTP {status}): try again later."),
        Reason::ServerError => format!("RunCloud failed on {what} (HTTP {status}): try again later.{says}"),
        Reason::StatusUnexpected => format!(
            "RunCloud answered {what} with HTTP {status}, which its API does not document: check runcloud.base_url and the proxy, or \
             try again later.{says}"
        ),
        _ => missing(reason, a),
    }
}

/// What is not there.
fn missing(reason: Reason, a: &Arguments<'_>) -> String {
    let status = a.text("status");
    match reason {
        Reason::ServerNotFound => format!(
            "RunCloud has no server {} for these credentials (HTTP {status}): check the server id.",
            a.text("server_id")
        ),
        Reason::WebAppNotFound => format!(
            "Server {} has no web app {} (HTTP {status}): check the web app id.",
            a.text("server_id"),
            a.text("web_app_id")
        ),
        Reason::SearchUnfinished => format!(
            "RunCloud's rate limit leaves too few requests to look through all domains: \"{}\" is not on the {} that were read, try \
             again in a minute.",
            a.text("domain"),
            pages(a)
        ),
        Reason::DomainNotFound if a.has("domain_id") => format!(
            "Web app {} has no domain with the id {} (HTTP 404): check the id.",
            a.text("web_app_id"),
            a.text("domain_id")
        ),
        Reason::DomainNotFound => {
            format!("Web app {} has no domain \"{}\": add it first.", a.text("web_app_id"), a.text("domain"))
        }
        Reason::GoneMeanwhile => format!(
            "RunCloud does not know {} any more (HTTP {status}), although it did a moment ago: try again.",
            a.text("request")
        ),
        Reason::DomainContradictory => format!(
            "RunCloud said that \"{}\" is not there to be removed (HTTP {status}), yet it is: try again later.",
            a.text("domain")
        ),
        _ if a.has("no_ids") => format!(
            "RunCloud does not know {} (HTTP {status}): check runcloud.base_url, or try again later.{}",
            a.text("request"),
            says(a)
        ),
        _ => format!(
            "RunCloud does not know {} (HTTP {status}): check the ids, or try again later.{}",
            a.text("request"),
            says(a)
        ),
    }
}

fn deadline(a: &Arguments<'_>) -> String {
    let still = match a.text("stage").as_str() {
        "dns" => format!("was still looking up {} in DNS", a.text("lookup")),
        "connecting" => format!("was still connecting to {}", a.text("host")),
        "proxy" => {
            format!("was still connecting to {} through the proxy {}", a.text("host"), a.text("proxy"))
        }
        "tls" => format!("was still setting up TLS with {}", a.text("host")),
        _ => String::new(),
    };
    let last = match (a.text("request"), still) {
        (request, still) if still.is_empty() => format!("the last request was {request}"),
        (request, still) => format!("the last request, {request}, {still}"),
    };
    format!(
        "The call did not finish within {} ({}); {last}: try again later.",
        a.text("seconds"),
        DEADLINE.name
    )
}

fn validation(a: &Arguments<'_>, says: &str) -> String {
    let advice =
        if says.is_empty() { "look in its dashboard for the reason" } else { "correct what it names" };
    format!(
        "{}RunCloud refused the data of {} (HTTP {}): {advice}.{says}",
        not_added(a),
        a.text("request"),
        a.text("status")
    )
}

/// Said before the refusal of a domain; empty when it was something else.
fn not_added(a: &Arguments<'_>) -> String {
    match a.text("domain") {
        domain if domain.is_empty() => domain,
        domain => format!("\"{domain}\" was not added. "),
    }
}

/// The panel's own words as the end of a message.
fn says(a: &Arguments<'_>) -> String {
    match a.text("says") {
        says if says.is_empty() => says,
        says => format!(" RunCloud says: \"{says}\""),
    }
}

/// How many pages were read.
pub(super) fn pages(a: &Arguments<'_>) -> String {
    match a.text("pages") {
        pages if pages.is_empty() => format!("{} pages", a.text("pages_read")),
        pages => format!("{} of {pages} pages", a.text("pages_read")),
    }
}
