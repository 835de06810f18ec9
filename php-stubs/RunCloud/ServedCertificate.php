<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What is written in a certificate.
 *
 * An ordinary value: readable, comparable, serializable. Only the extension makes one.
 */
final readonly class ServedCertificate
{
    /** @var list<string> The names that it is for, lower case, at most 100. */
    public array $names;

    /** Who issued it, as in "C=US, O=Let's Encrypt, CN=R11". */
    public string $issuer;

    /**
     * The key that signed it, in hexadecimal digits; empty where it does not say. With the serial it names the certificate for ARI
     * (RFC 9773).
     */
    public string $authorityKeyId;

    /** The serial number, in hexadecimal digits. */
    public string $serial;

    /** The SHA-256 of the whole certificate, in hexadecimal digits. */
    public string $sha256;

    /** The first second of its time, since 1970. */
    public int $validFrom;

    /** The last second of its time, since 1970. */
    public int $validUntil;

    private function __construct()
    {
    }
}
