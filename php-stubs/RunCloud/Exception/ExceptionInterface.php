<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * Every exception of the extension itself implements this interface. It has no methods of its own.
 *
 * PHP's own do not: TypeError and ArgumentCountError for arguments of the wrong type or number, ValueError for text that
 * is not UTF-8 and for ids below 1.
 *
 *     try {
 *         runcloud_add_domain($host);
 *     } catch (RunCloud\Exception\ExceptionInterface $e) {
 *         error_log($e->getMessage()); // a sentence for people, without secrets
 *     }
 */
interface ExceptionInterface extends \Throwable
{
}
