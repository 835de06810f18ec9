<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * Which of "example.org" and "www.example.org" RunCloud redirects to the other.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617111
 */
enum Redirection: string
{
    /** Neither. */
    case None = 'none';

    /** To the form with "www.". */
    case Www = 'www';

    /** To the form without "www.". */
    case NonWww = 'non-www';
}
