<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What TLS shows for a host at one address.
 *
 * An ordinary value: readable, comparable, serializable. Only the extension makes one.
 */
final readonly class TlsAnswer
{
    /** The address that was connected to. */
    public string $address;

    /** Whether the DNS of the host leads to it. False: it is one of $serverAddresses only. */
    public bool $inDns;

    /**
     * What a browser would think, the first that is true: "none" (no certificate), "too-late", "trusted"; "self-signed", "staging"
     * (of Let's Encrypt's staging environment), "other-name", "expired" (or an intermediate is), "not-yet-valid", "unknown-issuer".
     */
    public string $verdict;

    /** Whether the certificate is for the host's name, whatever else is wrong with it. */
    public bool $coversHost;

    /**
     * Why there is no certificate: "connect-timeout", "connect-refused", "unreachable", "no-socket", "not-public" (it was not
     * connected to), "answer-timeout", "connection-closed", "not-tls", "tls-version" (nothing in common), "tls-alert", "tls",
     * "unreadable-certificate", "deadline". Beside a certificate: how the handshake ended after it was shown.
     */
    public ?string $error;

    /** The certificate that was shown. */
    public ?ServedCertificate $certificate;

    private function __construct()
    {
    }
}
