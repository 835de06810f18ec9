<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

/**
 * docs/fault-matrix-plugin.md, made of the tables.
 */
final class Page
{
    public const FILE = __DIR__ . '/../../../../docs/fault-matrix-plugin.md';

    private const BEGINNING = <<<'MARKDOWN'
        # Faults and their outcomes: the plugin

        Every operation of the WordPress plugin under every fault of the simulated panel. The tests carry each cell out in a real network, one
        job of its queue each, and hold it to this page: what becomes of the domain, the number of requests, and what RunCloud holds afterwards.
        [Faults and their outcomes](fault-matrix.md) has the same for the extension.

        ```console
        $ tests/wordpress/run --filter FaultsTest                # holds the page to the code
        $ UPDATE_DOCS=1 tests/wordpress/run --filter FaultsTest  # writes the page anew
        ```

        A cell is the state of the domain (or of the certificate) after one run of the queue, and the number of requests. The extension does not
        repeat anything here (`runcloud.max_retries = 0`), so the queue has to. [What the states mean](plugin.md#the-table).

        | word | what the network's admin has | what ends it |
        |---|---|---|
        | `mapped`, `gone`, `requested` | what was wanted | |
        | `retrying` | the reason in the log and in the row | its next try, within a day; after a day of tries it is `failed` |
        | `paused` | the same; no job of the network sends anything until then | the end of the pause, an hour at most |
        | `failed` | the same, and how to go on; an admin has to put it right | the next "Test connection" that passes; an outage also by itself |
        | `died` | nothing: the process was killed, and the row is still claimed | the end of the claim, five minutes at most |
        | `yes`, `no` | the answer of "Test connection"; after a `no` what had failed stays failed | a test that passes |

        `+` says that RunCloud has done the work (`++`: issued the certificate twice) and the plugin does not know it yet.

        In every cell, beside what it says:

        - While the fault stands nothing changes at RunCloud but what was asked for. Nothing is doubled, nothing else is removed.
        - Whatever is not as wanted has a message, if its process lives: a whole sentence on one line that says what to do, without a secret
          that the panel sent back. It is in the plugin's log too. What is as wanted has none.
        - Then the fault ends, an admin presses "Test connection" where only an admin can put it right, and the time of the next try comes
          (not the hourly sweep's). After that RunCloud holds exactly the wanted hosts, each once, and the 42 domains of others under their
          ids; a certificate is issued once more at most; the table has a mapped row for each wanted host, without an error, and no other row.
        - A host that is unmapped after all this is removed from RunCloud if the plugin made it, whether or not the answer was lost, and left
          there if not.
        - The job ends within the deadline of its call, and nothing waits longer than a day, whatever the panel asks for.

        *Map what is there* maps a host that somebody added at RunCloud by hand. *Unmap after a lost answer* removes a host that RunCloud was
        asked for without ever answering. *Slow* and *trickle* take longer than `runcloud.timeout`; certificates may take the whole deadline.
        *After the work* means that the panel has carried the request out. A *stale connection* is closed by the panel as soon as it is used a
        second time. *Killed* is a SIGKILL to the process that makes the call, once.
        MARKDOWN;

    private const SECTIONS = [
        'every-request' => "## The fault meets every request\n",
        'the-work' => "## The fault meets the request that does the work\n\n"
            . "The `POST`, `DELETE` or `PUT`, each time; all others are answered as always.\n",
    ];

    public static function write(): string
    {
        $page = self::BEGINNING . "\n";
        foreach (self::SECTIONS as $table => $head) {
            $page .= "\n{$head}\n" . Table::read($table)->markdown();
        }

        return $page;
    }
}
