<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What plain HTTP serves at one path, as Let's Encrypt would see it.
 *
 * An ordinary value: readable, comparable, serializable. Only the extension makes one. The body may hold any bytes, which
 * json_encode() refuses.
 */
final readonly class HttpAnswer
{
    /** The path that was asked for. */
    public string $path;

    /** The status of the last answer; null if redirects did not end in one. */
    public ?int $status;

    /** Why there is no last answer: the error of the last hop. */
    public ?string $error;

    /** The first 1,024 bytes of the last answer's body. */
    public string $body;

    /** @var list<HttpHop> Every request, in order: redirects, and a second address where the first could not be connected to. */
    public array $hops;

    private function __construct()
    {
    }
}
