<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * Why a call failed, as a code that never changes: for programs and translations. Messages are for people, and may be reworded.
 *
 *     try {
 *         $client->addDomain($host);
 *     } catch (RunCloud\Exception\ExceptionInterface $e) {
 *         if ($e->getReason() === RunCloud\Reason::DnsTimeout) {
 *             echo 'No name server answered: ', $e->getDetails()['servers'] ?? '';
 *         }
 *     }
 *
 * A later version may add cases, so give a match a default.
 */
enum Reason: string
{
    /** A setting has a value that it cannot have. */
    case SettingInvalid = 'setting-invalid';

    /** The file of runcloud.ca_file cannot be read. */
    case CaFileUnreadable = 'ca-file-unreadable';

    /** The file of runcloud.ca_file has no certificate, or a damaged one. */
    case CaFileInvalid = 'ca-file-invalid';

    /** Neither the system nor runcloud.ca_file has an authority to trust. */
    case RootsMissing = 'roots-missing';

    /** No token, or only one half of a key pair. */
    case CredentialsMissing = 'credentials-missing';

    /** A token, key or secret that cannot be sent. */
    case CredentialsInvalid = 'credentials-invalid';

    /** A PHP constant that is needed is not defined, or empty. */
    case ConstantMissing = 'constant-missing';

    /** A PHP constant has a value that it cannot have. */
    case ConstantInvalid = 'constant-invalid';

    /** Nothing is asked for: all arguments that would change something are left out. */
    case NothingToChange = 'nothing-to-change';

    /** An argument has a value that it cannot have. */
    case ArgumentInvalid = 'argument-invalid';

    /** The application has a class of its own whose name is that of a result. */
    case ClassTaken = 'class-taken';

    /** The text is no host name. */
    case DomainInvalid = 'domain-invalid';

    /** www, the redirection and the host do not go together. */
    case WwwInvalid = 'www-invalid';

    /** The primary domain is not removed. */
    case DomainPrimary = 'domain-primary';

    /** The id is that of another domain. */
    case DomainIdMismatch = 'domain-id-mismatch';

    /** In advanced SSL mode the domain has to be named. */
    case DomainRequired = 'domain-required';

    /** A wildcard's first certificate needs DNS validation, which the admin sets up. */
    case WildcardCertificate = 'wildcard-certificate';

    /** This process may open no more files. */
    case OutOfFileDescriptors = 'out-of-file-descriptors';

    /** The system gives no further thread, or no memory for one. */
    case OutOfThreads = 'out-of-threads';

    /** The HTTP client cannot be started, or has stopped. */
    case ClientFailed = 'client-failed';

    /** /etc/resolv.conf cannot be read. */
    case DnsConfigurationUnreadable = 'dns-configuration-unreadable';

    /** DNS says that there is no such name, or that it has no address. */
    case DnsNameUnknown = 'dns-name-unknown';

    /** The name servers refuse the question or fail on it. */
    case DnsFailed = 'dns-failed';

    /** No name server answers in time. */
    case DnsTimeout = 'dns-timeout';

    /** Nobody listens at the port. */
    case ConnectRefused = 'connect-refused';

    /** No connection, for another reason. */
    case ConnectFailed = 'connect-failed';

    /** No connection within runcloud.connect_timeout. */
    case ConnectTimeout = 'connect-timeout';

    /** The proxy wants a user and a password, or others than it was given (HTTP 407). */
    case ProxyAuthenticationRequired = 'proxy-authentication-required';

    /** The proxy does not connect to the panel for this server (HTTP 403 and other refusals). */
    case ProxyRefused = 'proxy-refused';

    /** The proxy did not get through to the panel (HTTP 5xx, 408 and 429). */
    case ProxyFailed = 'proxy-failed';

    /** The proxy's answer is no HTTP, or it broke off. */
    case ProxyAnswerInvalid = 'proxy-answer-invalid';

    /** The certificate is out of date. */
    case CertificateExpired = 'certificate-expired';

    /** The certificate is for later, or this server's clock is behind. */
    case CertificateNotYetValid = 'certificate-not-yet-valid';

    /** The certificate is for other names. */
    case CertificateWrongName = 'certificate-wrong-name';

    /** No trusted authority has issued the certificate. */
    case CertificateUnknownIssuer = 'certificate-unknown-issuer';

    /** The certificate has a key or a signature that is not supported. */
    case CertificateKeyUnsupported = 'certificate-key-unsupported';

    /** The certificate cannot be used for another reason. */
    case CertificateInvalid = 'certificate-invalid';

    /** The peer wants a certificate of ours. */
    case ClientCertificateRequired = 'client-certificate-required';

    /** The peer speaks no version of TLS that is safe. */
    case TlsVersionTooOld = 'tls-version-too-old';

    /** The peer has no cipher, curve or signature that both sides know. */
    case TlsNothingInCommon = 'tls-nothing-in-common';

    /** What is at the port does not speak TLS. */
    case TlsNotSpoken = 'tls-not-spoken';

    /** The connection broke during the TLS handshake. */
    case TlsBroken = 'tls-broken';

    /** The peer ended the TLS handshake with an alert. */
    case TlsRefused = 'tls-refused';

    /** The connection broke before an answer came. */
    case ConnectionBroken = 'connection-broken';

    /** The answer broke off. */
    case AnswerBroken = 'answer-broken';

    /** No answer within runcloud.timeout. */
    case AnswerTimeout = 'answer-timeout';

    /** The call took longer than runcloud.deadline. */
    case DeadlinePassed = 'deadline-passed';

    /** The answer is no HTTP. */
    case AnswerNotHttp = 'answer-not-http';

    /** The answer has more headers than any panel sends. */
    case TooManyHeaders = 'too-many-headers';

    /** The answer's body is larger than any documented one. */
    case AnswerTooLarge = 'answer-too-large';

    /** The answer is compressed, although that was not asked for. */
    case AnswerCompressed = 'answer-compressed';

    /** A success without JSON. */
    case AnswerNotJson = 'answer-not-json';

    /** JSON that is not what the API documents. */
    case AnswerUndocumented = 'answer-undocumented';

    /** A redirect, which is not followed. */
    case Redirected = 'redirected';

    /** A web page refuses the request: something between this server and the panel has answered. */
    case IntermediaryRefused = 'intermediary-refused';

    /** A list has more pages than it can have. */
    case ListEndless = 'list-endless';

    /** 401. */
    case Unauthorized = 'unauthorized';

    /** 403. */
    case Forbidden = 'forbidden';

    /** 404, and nothing says what is missing. */
    case NotFound = 'not-found';

    /** 404: the server. */
    case ServerNotFound = 'server-not-found';

    /** 404: the web application. */
    case WebAppNotFound = 'web-app-not-found';

    /** The web application does not have the domain. */
    case DomainNotFound = 'domain-not-found';

    /** What was there a moment ago is not there any more. */
    case GoneMeanwhile = 'gone-meanwhile';

    /** The panel says that a domain is not there, and shows it. */
    case DomainContradictory = 'domain-contradictory';

    /** 422. */
    case ValidationRefused = 'validation-refused';

    /**
     * 422, in words that say that the name is in use, and the web application does not have it: another one does, as far as an
     * answer said so.
     */
    case DomainTaken = 'domain-taken';

    /** 429: too many requests in the minute. */
    case RateLimited = 'rate-limited';

    /** The rate limit leaves too few requests to look through all domains. */
    case SearchUnfinished = 'search-unfinished';

    /** 429 or 403, in words that say that the API calls of the month are spent. */
    case MonthlyQuotaSpent = 'monthly-quota-spent';

    /** 408. */
    case RequestTimeout = 'request-timeout';

    /** 5xx. */
    case ServerError = 'server-error';

    /** Any other status. */
    case StatusUnexpected = 'status-unexpected';

    /** Nobody said why: an exception that other code has made. */
    case Unknown = 'unknown';
}
