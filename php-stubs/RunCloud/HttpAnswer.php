<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What plain HTTP serves at one path, as Let's Encrypt would see it.
 *
 * An ordinary value: readable, comparable, serializable. Only the extension makes one. The body may hold any bytes, which
 * json_encode() refuses.
 */
final class HttpAnswer
{
    /** The path that was asked for. */
    public readonly string $path;

    /** The status of the last answer; null if redirects did not end in one. */
    public readonly ?int $status;

    /** Why there is no last answer: the error of the last hop. */
    public readonly ?string $error;

    /** The first 1,024 bytes of the last answer's body. */
    public readonly string $body;

    /** @var list<HttpHop> Every request, in order: redirects, and a second address where the first could not be connected to. */
    public readonly array $hops;

    private function __construct()
    {
    }
}
