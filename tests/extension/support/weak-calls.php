<?php

// Without strict_types on purpose: what the file that calls declares is what counts.

use RunCloud\Client;

return [
    'new' => static fn (Client $client, ...$arguments) => new Client(...$arguments),
    'add' => static fn (Client $client, ...$arguments) => $client->addDomain(...$arguments),
    'remove' => static fn (Client $client, ...$arguments) => $client->removeDomain(...$arguments),
    'function' => static fn (Client $client, $domain, $other) => runcloud_remove_domain($domain, client: $other),
];
