//! Settings, credentials, constants, arguments and domains: what the caller can put right.

use super::Arguments;
use crate::http::{
    reason::Reason,
    settings::{BASE_URL, CA_FILE},
};

pub(super) fn sentence(reason: Reason, a: &Arguments<'_>) -> Option<String> {
    Some(match reason {
        Reason::SettingInvalid => setting(a),
        Reason::CaFileUnreadable => format!(
            "{} \"{}\" cannot be read ({}): correct the path or the file's permissions.",
            ca_setting(a),
            a.text("file"),
            a.text("problem")
        ),
        Reason::CaFileInvalid => ca_file(a),
        Reason::RootsMissing => roots(a),
        Reason::CredentialsMissing => credentials_missing(a),
        Reason::CredentialsInvalid if a.is("problem", "colon") => format!(
            "{} contains a colon, which no API key does: copy it again from Settings > API Management in RunCloud.",
            a.text("name")
        ),
        Reason::CredentialsInvalid => format!(
            "{} contains a space, a control character or a character that is not ASCII: copy it again from Settings > API \
             Management in RunCloud.",
            a.text("name")
        ),
        Reason::ConstantMissing => {
            let what = if a.is("problem", "empty") { "is empty" } else { "is not defined" };
            constant(a, what)
        }
        Reason::ConstantInvalid if a.is("of", "secret") => format!(
            "{} is not a string: define it as the text from Settings > API Management in RunCloud.",
            a.text("constant")
        ),
        Reason::ConstantInvalid => constant(a, &format!("is {}", a.text("value"))),
        Reason::ArgumentInvalid if a.is("argument", "documentRoot") => {
            "The document root is not an absolute path: pass one such as /home/runcloud/webapps/shop.".into()
        }
        Reason::ArgumentInvalid if a.is("argument", "page") => {
            "Pages are counted from 1: pass a page of at least 1.".into()
        }
        Reason::ArgumentInvalid => format!(
            "${} is {}: pass the id that RunCloud's dashboard shows in its address, a positive integer.",
            a.text("argument"),
            a.text("value")
        ),
        Reason::ClassTaken => format!(
            "The application declares a class {} of its own, which is what the extension calls a result: rename that class.",
            a.text("class")
        ),
        Reason::DomainInvalid if a.has("problem") => a.text("problem"),
        Reason::DomainInvalid => "The domain is not a host name: pass one such as shop.example.com.".into(),
        Reason::NothingToChange => "Nothing is to be changed: pass www, a redirection, or both.".into(),
        Reason::WwwInvalid => www(a),
        Reason::DomainPrimary => format!(
            "\"{}\" is the primary domain of web app {} and was not removed: make another domain the primary one in RunCloud first.",
            a.text("domain"),
            a.text("web_app_id")
        ),
        Reason::DomainIdMismatch => format!(
            "Domain id {} is \"{}\" at RunCloud, not \"{}\": nothing was changed. Pass the right id, or leave it \
             out.",
            a.text("domain_id"),
            a.text("found"),
            a.text("domain")
        ),
        Reason::DomainRequired => {
            "The web app's SSL is in advanced mode, where each domain has its own certificate: pass the domain.".into()
        }
        Reason::WildcardCertificate => format!(
            "A first certificate for the wildcard \"{}\" needs DNS validation: install it in RunCloud's dashboard.",
            a.text("domain")
        ),
        _ => return None,
    })
}

fn setting(a: &Arguments<'_>) -> String {
    let (name, host) = (a.text("setting"), a.text("host"));
    let instead = format!("set it to {} or leave it out.", BASE_URL.default);
    match a.text("problem").as_str() {
        "not-a-url" => format!("{name} is not a URL: {instead}"),
        "credentials" => {
            format!(
                "{name} contains a user name or password: leave it out; API credentials go into the constants or the client."
            )
        }
        "no-api" if host.is_empty() => format!("{name} is not the URL of an API: {instead}"),
        "no-api" => format!(
            "{name} (host {host}) has a query or a fragment and so is not the URL of an API: {instead}"
        ),
        "version" => format!(
            "{name} (host {host}) ends in /{}, which the extension appends by itself: leave it out, as in {}.",
            a.text("version"),
            BASE_URL.default
        ),
        "plain-http" => {
            format!(
                "{name} \"http://{host}\" is plain http, which would show the API token to the network: use https."
            )
        }
        "scheme" => format!("{name} has the scheme {}: use https.", a.text("scheme")),
        "relative" => format!(
            "{name} is \"{}\", a path relative to the current directory: write the absolute one, as in \
             /etc/ssl/panel.pem.",
            a.text("value")
        ),
        "not-a-proxy" => {
            "The proxy (runcloud.proxy or the client's own) is not a proxy URL: write it as http://host:port."
                .into()
        }
        "unreadable-part" => format!(
            "{name} has a part that cannot be read, \"{}\": correct it, or leave the setting out.",
            a.text("value")
        ),
        "not-a-number" => format!(
            "{name} is \"{}\": set it to a number of seconds between {} and {}.",
            a.text("value"),
            a.text("least"),
            a.text("most")
        ),
        "not-a-count" => {
            format!(
                "{name} is \"{}\": set it to a whole number between 0 and {}.",
                a.text("value"),
                a.text("most")
            )
        }
        _ => format!("The setting {name} cannot be used: correct it."),
    }
}

fn ca_file(a: &Arguments<'_>) -> String {
    let file = format!("{} \"{}\"", ca_setting(a), a.text("file"));
    match a.text("problem").as_str() {
        "not-a-file" => format!("{file} is {}, not a file: set it to a PEM file.", a.text("found")),
        "too-large" => {
            format!("{file} is larger than 16 MiB, which no file of authorities is: set it to a PEM file.")
        }
        "no-certificate" => format!(
            "{file} holds no PEM certificate to trust: set it to a file with at least one block that begins with BEGIN CERTIFICATE."
        ),
        _ => format!(
            "{file} has a damaged certificate: block {}, which begins at line {}, {}. Correct the file, or copy it again.",
            a.text("block"),
            a.text("line"),
            a.text("damage")
        ),
    }
}

fn roots(a: &Arguments<'_>) -> String {
    let advice = "install the system's CA certificates (package ca-certificates) or set runcloud.ca_file.";
    match (a.has("SSL_CERT_FILE"), a.has("SSL_CERT_DIR")) {
        (false, false) => format!("There is no certificate authority to trust: {advice}"),
        (true, false) => format!(
            "There is no certificate authority to trust in \"{}\", which SSL_CERT_FILE named when PHP started: correct it, {advice}",
            a.text("SSL_CERT_FILE")
        ),
        (false, true) => format!(
            "There is no certificate authority to trust in \"{}\", which SSL_CERT_DIR named when PHP started: correct it, {advice}",
            a.text("SSL_CERT_DIR")
        ),
        (true, true) => format!(
            "There is no certificate authority to trust in \"{}\" and \"{}\", which SSL_CERT_FILE and SSL_CERT_DIR named when PHP \
             started: correct them, {advice}",
            a.text("SSL_CERT_FILE"),
            a.text("SSL_CERT_DIR")
        ),
    }
}

fn credentials_missing(a: &Arguments<'_>) -> String {
    let (missing, token) = (a.text("name"), a.text("token"));
    if a.has("given") {
        return format!(
            "{missing} is missing although {} is given: API v2 needs both. Give it, or give {token} for API v3.",
            a.text("given")
        );
    }
    format!(
        "{token} is missing: give an API token from Settings > API Management in RunCloud, or {} and {} for API v2.",
        a.text("key"),
        a.text("secret")
    )
}

fn constant(a: &Arguments<'_>, what: &str) -> String {
    let name = a.text("constant");
    format!(
        "{name} {what}: define it as the id of the {} at RunCloud, a positive integer, as in define('{name}', 1234).",
        a.text("of")
    )
}

fn www(a: &Arguments<'_>) -> String {
    let domain = a.text("domain");
    match a.text("problem").as_str() {
        "wildcard" => format!(
            "The wildcard \"{domain}\" serves \"www.{}\" already, and \"www.{domain}\" is no host name: pass it without www.",
            domain.trim_start_matches("*.")
        ),
        "www-twice" => format!(
            "\"{domain}\" with www would be served as \"www.{domain}\" too: pass it without www, or pass \"{}\" with www.",
            domain.trim_start_matches("www.")
        ),
        _ => format!(
            "A redirection from \"{domain}\" to \"www.{domain}\" leads nowhere unless www is served: pass www as well, or another \
             redirection."
        ),
    }
}

/// The setting that names the file of authorities.
fn ca_setting(a: &Arguments<'_>) -> String {
    match a.text("setting") {
        setting if setting.is_empty() => CA_FILE.name.to_owned(),
        setting => setting,
    }
}
