<?php

declare(strict_types=1);

namespace RunCloud\Exception;

use RunCloud\Reason;

/**
 * Every exception of the extension itself implements this interface. It tells the reason to programs, as the message does to people.
 *
 * PHP's own do not: TypeError and ArgumentCountError for arguments of the wrong type or number, ValueError for text that
 * is not UTF-8 and for ids below 1.
 *
 *     try {
 *         runcloud_add_domain($host);
 *     } catch (RunCloud\Exception\ExceptionInterface $e) {
 *         error_log($e->getMessage()); // a sentence for people, without secrets
 *     }
 *
 * An exception of yours may implement it; a later version may add methods.
 */
interface ExceptionInterface extends \Throwable
{
    /** Why the call failed. Reason::Unknown for an exception that other code has made. */
    public function getReason(): Reason;

    /**
     * What belongs to the reason, such as the host, the setting, the status: what the message names, without secrets.
     *
     * @return array<string, string|int|float> Times are in seconds. Which names there are depends on the reason, and may grow.
     */
    public function getDetails(): array;
}
