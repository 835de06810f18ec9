<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * One request of an HTTP look, or why it was not made.
 *
 * An ordinary value: readable, comparable, serializable. Only the extension makes one.
 */
final readonly class HttpHop
{
    /** What was, or would have been, asked for; never with a user name or password. */
    public string $url;

    /** The address that was connected to; null where there was none. */
    public ?string $address;

    /** The status of the answer. */
    public ?int $status;

    /**
     * Why there is no answer: "no-address", "dns" (the DNS fails), "not-public", "connect-timeout", "connect-refused",
     * "unreachable", "no-socket", "tls", "answer-timeout", "connection-closed", "not-http", "deadline". Or why a redirect is not
     * followed: "bad-scheme", "bad-port", "bad-host", "bad-location", "location-too-long", "user-name-in-url", "redirect-loop",
     * "too-many-redirects".
     */
    public ?string $error;

    private function __construct()
    {
    }
}
