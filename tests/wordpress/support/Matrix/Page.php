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
        run of its queue each, and hold it to this page: what becomes of the domain, the number of requests, and what RunCloud holds afterwards.
        [Faults and their outcomes](fault-matrix.md) has the same for the extension.

        ```console
        $ tests/wordpress/run --filter FaultsTest                # holds the page to the code
        $ UPDATE_DOCS=1 tests/wordpress/run --filter FaultsTest  # writes the page anew
        ```

        A cell is the state of the domain (or of the certificate) after one run, and the number of requests. Nothing is repeated within a run; the
        next ones do that. What is not as wanted has its status and its reason. [What these are](plugin.md#words).

        | word | what the network's admin has | what ends it |
        |---|---|---|
        | `present`, `gone`, `ordered` | what was wanted | |
        | `pending/panel-down`, `pending/outcome-unknown` | the reason in the row and in the log | the next try, within an hour; after three in a row that kind of call waits for all, up to a quarter of an hour |
        | `pending/panel-unreachable` | the same | a ping that works; until then nothing is sent, for 30 seconds at first and a quarter of an hour at most |
        | `pending/rate-limited`, `pending/quota-spent` | the same | the time that RunCloud said, an hour at most (for the quota six); until then nothing is sent |
        | `action/unauthorized`, `action/web-app-not-found`, `action/forbidden` | the same, and what to put right | a ping that works, after five minutes at first and six hours at most (for `forbidden`: the next try); or a "Test connection" that passes |
        | `action/refused` | the same, and how to go on; an admin has to put it right | the next "Test connection" that passes |
        | `other` with `pending/waiting` or `pending/certificate-missing` | its turn has not come: the first one's fault blocks all calls | as above |
        | `died` | nothing: the process was killed, and the row is still claimed | the end of the claim, two minutes at most |
        | `yes`, `no` | the answer of "Test connection"; after a `no` what had failed stays failed | a test that passes |

        `+` says that RunCloud has done the work (`++`: issued the certificate twice) and the plugin does not know it yet.

        In every cell, beside what it says:

        - While the fault stands nothing changes at RunCloud but what was asked for. Nothing is doubled, nothing else is removed.
        - Whatever is not as wanted has a message, if its process lives: whole sentences on one line that say what to do, without a secret
          that the panel sent back. The log has the reason, and nothing that the panel wrote.
        - Then the fault ends, an admin presses "Test connection" where only an admin can put it right, and the time of the next try comes
          (not the hourly walk's). After that RunCloud holds exactly the wanted hosts, each once, and the 42 domains of others under their
          ids; a certificate is issued once more at most for each host that waited; the table has a settled row for each wanted host, and no
          other row.
        - A host that is unmapped after all this is removed from RunCloud if the plugin made it, whether or not the answer was lost, and left
          there if not.
        - No call takes longer than 20 seconds, and nothing waits longer than a day, whatever the panel asks for.

        *Map what is there* maps a host that somebody added at RunCloud by hand. *Map a sub-site* first reads the list of domains, two pages, to
        see whether a wildcard serves it. *Unmap* is the run after the second look at the network. *Unmap after a lost answer* removes a host
        that RunCloud was asked for without ever answering.

        An order that RunCloud may have taken is made again after ten minutes, where no look finds the certificate. One that is refused while it is
        not known how SSL is set up has this asked, one request: a shared certificate would be refused to each other host in turn. An
        outage then counts for all of them.

        *Slow* and *trickle* take longer than `runcloud.timeout`; certificates may take the whole deadline. *After the work* means that the panel
        has carried the request out. A *stale connection* is closed by the panel as soon as it is used a second time. *Killed* is a SIGKILL to
        the process that makes the call, once.
        MARKDOWN;

    private const SECTIONS = [
        'every-request' => "## The fault meets every request\n",
        'the-work' => "## The fault meets the request that does the work\n\n"
            . "The `POST`, `DELETE` or `PUT`, each time; all others are answered as always.\n",
        'after-a-lost-answer' => "## The answer of the work is lost, and the fault meets what is asked next\n\n"
            . "The `POST`, `DELETE` or `PUT` is carried out and its connection closed, each time; the fault meets every other request from then on.\n",
        'one-of-two' => "## The fault meets one of two hosts\n\n"
            . "Both are due in the same run. The fault meets the `POST` of the first one, once: in basic mode the one that maps it, in advanced mode\n"
            . "the one that orders its certificate.\n",
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
