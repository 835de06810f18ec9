//! Why a call failed, as a code that stays the same: for programs, and for whoever translates messages.

use super::error::ErrorKind;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident, $retryable:ident;)*) => {
        /// One cause of a failure that a program may want to tell apart from the others. `sentences` has the sentence
        /// for each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// Every reason, in the order of this page.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name, as in `DnsTimeout`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// The code, such as `dns-timeout`. It never changes.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// The kind of error, which decides about the exception's class.
            #[must_use]
            pub fn kind(self) -> ErrorKind {
                match self {
                    $(Self::$name => ErrorKind::$kind,)*
                }
            }

            /// Whether the same call may succeed later without anyone changing anything.
            #[must_use]
            pub(crate) fn is_retryable(self) -> bool {
                match self {
                    $(Self::$name => reasons!(@$retryable),)*
                }
            }
        }
    };
    (@final) => { false };
    (@passing) => { true };
}

reasons! {
    /// A setting has a value that it cannot have.
    SettingInvalid = "setting-invalid", Configuration, final;
    /// The file of `runcloud.ca_file` cannot be read.
    CaFileUnreadable = "ca-file-unreadable", Configuration, final;
    /// The file of `runcloud.ca_file` has no certificate, or a damaged one.
    CaFileInvalid = "ca-file-invalid", Configuration, final;
    /// Neither the system nor `runcloud.ca_file` has an authority to trust.
    RootsMissing = "roots-missing", Configuration, final;
    /// No token, or only one half of a key pair.
    CredentialsMissing = "credentials-missing", Configuration, final;
    /// A token, key or secret that cannot be sent.
    CredentialsInvalid = "credentials-invalid", Configuration, final;
    /// A PHP constant that is needed is not defined, or empty.
    ConstantMissing = "constant-missing", Configuration, final;
    /// A PHP constant has a value that it cannot have.
    ConstantInvalid = "constant-invalid", Configuration, final;
    /// Nothing is asked for: all arguments that would change something are left out.
    NothingToChange = "nothing-to-change", Configuration, final;
    /// An argument has a value that it cannot have.
    ArgumentInvalid = "argument-invalid", Configuration, final;
    /// The application has a class of its own whose name is that of a result.
    ClassTaken = "class-taken", Configuration, final;

    /// The text is no host name.
    DomainInvalid = "domain-invalid", InvalidDomain, final;
    /// `www`, the redirection and the host do not go together.
    WwwInvalid = "www-invalid", InvalidDomain, final;
    /// The primary domain is not removed.
    DomainPrimary = "domain-primary", InvalidDomain, final;
    /// The id is that of another domain.
    DomainIdMismatch = "domain-id-mismatch", InvalidDomain, final;
    /// In advanced SSL mode the domain has to be named.
    DomainRequired = "domain-required", InvalidDomain, final;
    /// A wildcard's first certificate needs DNS validation, which the admin sets up.
    WildcardCertificate = "wildcard-certificate", InvalidDomain, final;

    /// This process may open no more files.
    OutOfFileDescriptors = "out-of-file-descriptors", Connection, passing;
    /// The system gives no further thread, or no memory for one.
    OutOfThreads = "out-of-threads", Connection, passing;
    /// The HTTP client cannot be started, or has stopped.
    ClientFailed = "client-failed", Connection, passing;

    /// `/etc/resolv.conf` cannot be read.
    DnsConfigurationUnreadable = "dns-configuration-unreadable", Connection, final;
    /// DNS says that there is no such name, or that it has no address.
    DnsNameUnknown = "dns-name-unknown", Connection, passing;
    /// The name servers refuse the question or fail on it.
    DnsFailed = "dns-failed", Connection, passing;
    /// No name server answers in time.
    DnsTimeout = "dns-timeout", Timeout, passing;

    /// Nobody listens at the port.
    ConnectRefused = "connect-refused", Connection, passing;
    /// No connection, for another reason.
    ConnectFailed = "connect-failed", Connection, passing;
    /// No connection within `runcloud.connect_timeout`.
    ConnectTimeout = "connect-timeout", Timeout, passing;

    /// The proxy wants a user and a password, or others than it was given (HTTP 407).
    ProxyAuthenticationRequired = "proxy-authentication-required", Connection, final;
    /// The proxy does not connect to the panel for this server (HTTP 403 and other refusals).
    ProxyRefused = "proxy-refused", Connection, final;
    /// The proxy did not get through to the panel (HTTP 5xx, 408 and 429).
    ProxyFailed = "proxy-failed", Connection, passing;
    /// The proxy's answer is no HTTP, or it broke off.
    ProxyAnswerInvalid = "proxy-answer-invalid", Connection, passing;

    /// The certificate is out of date.
    CertificateExpired = "certificate-expired", Connection, final;
    /// The certificate is for later, or this server's clock is behind.
    CertificateNotYetValid = "certificate-not-yet-valid", Connection, final;
    /// The certificate is for other names.
    CertificateWrongName = "certificate-wrong-name", Connection, final;
    /// No trusted authority has issued the certificate.
    CertificateUnknownIssuer = "certificate-unknown-issuer", Connection, final;
    /// The certificate has a key or a signature that is not supported.
    CertificateKeyUnsupported = "certificate-key-unsupported", Connection, final;
    /// The certificate cannot be used for another reason.
    CertificateInvalid = "certificate-invalid", Connection, final;
    /// The peer wants a certificate of ours.
    ClientCertificateRequired = "client-certificate-required", Connection, final;
    /// The peer speaks no version of TLS that is safe.
    TlsVersionTooOld = "tls-version-too-old", Connection, final;
    /// The peer has no cipher, curve or signature that both sides know.
    TlsNothingInCommon = "tls-nothing-in-common", Connection, final;
    /// What is at the port does not speak TLS.
    TlsNotSpoken = "tls-not-spoken", Connection, final;
    /// The connection broke during the TLS handshake.
    TlsBroken = "tls-broken", Connection, passing;
    /// The peer ended the TLS handshake with an alert.
    TlsRefused = "tls-refused", Connection, final;

    /// The connection broke before an answer came.
    ConnectionBroken = "connection-broken", Connection, passing;
    /// The answer broke off.
    AnswerBroken = "answer-broken", Connection, passing;
    /// No answer within `runcloud.timeout`.
    AnswerTimeout = "answer-timeout", Timeout, passing;
    /// The call took longer than `runcloud.deadline`.
    DeadlinePassed = "deadline-passed", Timeout, passing;

    /// The answer is no HTTP.
    AnswerNotHttp = "answer-not-http", UnexpectedResponse, passing;
    /// The answer has more headers than any panel sends.
    TooManyHeaders = "too-many-headers", UnexpectedResponse, passing;
    /// The answer's body is larger than any documented one.
    AnswerTooLarge = "answer-too-large", UnexpectedResponse, passing;
    /// The answer is compressed, although that was not asked for.
    AnswerCompressed = "answer-compressed", UnexpectedResponse, passing;
    /// A success without JSON.
    AnswerNotJson = "answer-not-json", UnexpectedResponse, passing;
    /// JSON that is not what the API documents.
    AnswerUndocumented = "answer-undocumented", UnexpectedResponse, final;
    /// A redirect, which is not followed.
    Redirected = "redirected", UnexpectedResponse, final;
    /// A web page refuses the request: something between this server and the panel has answered.
    IntermediaryRefused = "intermediary-refused", UnexpectedResponse, passing;
    /// A list has more pages than it can have.
    ListEndless = "list-endless", UnexpectedResponse, final;

    /// 401.
    Unauthorized = "unauthorized", Authentication, final;
    /// 403.
    Forbidden = "forbidden", Permission, final;
    /// 404, and nothing says what is missing.
    NotFound = "not-found", NotFound, final;
    /// 404: the server.
    ServerNotFound = "server-not-found", NotFound, final;
    /// 404: the web application.
    WebAppNotFound = "web-app-not-found", NotFound, final;
    /// The web application does not have the domain.
    DomainNotFound = "domain-not-found", NotFound, final;
    /// What was there a moment ago is not there any more.
    GoneMeanwhile = "gone-meanwhile", NotFound, passing;
    /// The panel says that a domain is not there, and shows it.
    DomainContradictory = "domain-contradictory", NotFound, passing;
    /// 422.
    ValidationRefused = "validation-refused", Validation, final;
    /// 422, in words that say that the name is in use, and the web application does not have it: another one does, as far as an
    /// answer said so.
    DomainTaken = "domain-taken", Validation, final;
    /// 429: too many requests in the minute.
    RateLimited = "rate-limited", RateLimit, passing;
    /// The rate limit leaves too few requests to look through all domains.
    SearchUnfinished = "search-unfinished", RateLimit, passing;
    /// 429 or 403, in words that say that the API calls of the month are spent.
    MonthlyQuotaSpent = "monthly-quota-spent", RateLimit, passing;
    /// 408.
    RequestTimeout = "request-timeout", Timeout, passing;
    /// 5xx.
    ServerError = "server-error", Server, passing;
    /// Any other status.
    StatusUnexpected = "status-unexpected", Api, final;

    /// Nobody said why: an exception that other code has made.
    Unknown = "unknown", Api, final;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Reason;

    #[test]
    fn codes_are_distinct_words_joined_by_hyphens() {
        let codes: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
        for code in codes {
            assert!(
                code.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())),
                "{code}"
            );
        }
    }
}
