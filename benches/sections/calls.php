<?php

declare(strict_types=1);

// (a) and (b): calls and mappings, compared.

use RunCloud\Bench\Support\Page;

return static function (Page $page): void {
    $cases = ['cold' => 'cold: in a fresh process', 'idle' => 'idle: the panel has closed the connection', 'warm' => 'warm'];
    $who = ['extension' => 'extension', 'curl' => 'cURL, one handle', 'curl-fresh' => 'cURL, fresh handles', 'wordpress' => '`wp_remote_request()`',
        'extension/curl' => 'extension / cURL with one handle', 'extension/wordpress' => 'extension / `wp_remote_request()`'];
    $page->add('## A call');
    $page->add('`benches/run calls`. One small request, `GET ping`.');
    foreach ([0 => 'On loopback', 40 => 'At a round trip of 40 ms'] as $roundTrip => $where) {
        $lines = [];
        foreach ($cases as $case => $name) {
            foreach ($who as $key => $whose) {
                $lines["a.{$roundTrip}.{$case}.{$key}"] = "{$name}: {$whose}";
            }
        }
        $page->add("**{$where}**");
        $page->figures('call', $lines);
    }

    $cases['batch'] = 'ten in a batch, each';
    $who = ['extension' => 'extension', 'extension-unknown' => 'extension, certificate\'s id not known', 'curl' => 'cURL, one handle',
        'curl-unknown' => 'cURL, one handle, id not known', 'curl-fresh' => 'cURL, fresh handles', 'curl-fresh-unknown' => 'cURL, fresh handles, id not known',
        'incumbent' => 'incumbent', 'extension/incumbent' => 'extension / incumbent', 'extension-unknown/incumbent' => 'extension, id not known / incumbent',
        'extension/curl' => 'extension / cURL with one handle'];
    $page->add('## A complete mapping');
    $page->add('`benches/run mapping`. The domain and the redeploy of its certificate in basic mode. In a batch the extension and cURL send one order for all, as '
        . 'the plugin does.');
    foreach ([0 => 'On loopback', 40 => 'At a round trip of 40 ms'] as $roundTrip => $where) {
        $lines = [];
        foreach ($cases as $case => $name) {
            foreach ($who as $key => $whose) {
                $lines["b.{$roundTrip}.{$case}.{$key}"] = "{$name}: {$whose}";
            }
        }
        $page->add("**{$where}**");
        $page->figures('mapping', $lines);
    }
    $page->figures('requests for a mapping', ['b.requests.warm' => 'certificate\'s id known', 'b.requests.cold' => 'not known', 'b.requests.incumbent' => 'incumbent']);
    $page->add(<<<'TEXT'
        **Idle is what a queue meets that wakes once a minute:** the extension keeps a connection for 20 seconds, and whoever stands before a panel closes it after a
        minute or so. Then a call connects anew: a round trip for TCP and one for TLS, which a resumed session does not save. Keeping it for longer would not
        help a queue whose next turn is another process, and a request on a connection that was closed meanwhile costs a look at the list. The process's
        authorities and settings are warm, and nothing else is asked for: a mapping takes four round trips, with the certificate's id, which the
        plugin keeps in the database.
        TEXT);
};
