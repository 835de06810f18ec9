<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * Marks every exception that the extension throws on its own account. It has no methods of its own.
 *
 * Not marked are PHP's own: TypeError and ArgumentCountError for arguments of the wrong type or number, ValueError for text that
 * is not UTF-8 and for ids below 1.
 *
 *     try {
 *         runcloud_add_domain($host);
 *     } catch (RunCloud\Exception\ExceptionInterface $e) {
 *         error_log($e->getMessage()); // a sentence for a person, without secrets
 *     }
 */
interface ExceptionInterface extends \Throwable
{
}
