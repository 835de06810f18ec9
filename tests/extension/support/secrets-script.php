<?php

declare(strict_types=1);

// What PHP-FPM runs in the tests of secrets. Makes every call with every kind of credentials, shows each exception in all ways that
// PHP has, and leaves the last one uncaught; or shows what PHP tells of itself. No secret stands in the request.

use RunCloud\Client;
use RunCloud\Test\Support\PlantedSecrets;

require __DIR__ . '/PlantedSecrets.php';

define('WU_RUNCLOUD_API_TOKEN', PlantedSecrets::TOKEN);
define('WU_RUNCLOUD_SERVER_ID', 1001);
define('WU_RUNCLOUD_APP_ID', '2001');
define('OLD_API_KEY', PlantedSecrets::KEY);
define('OLD_API_SECRET', PlantedSecrets::SECRET);
define('OLD_SERVER_ID', 1001);
define('OLD_APP_ID', 2001);

foreach ($_GET['ini'] ?? [] as $name => $value) {
    ini_set($name, $value);
}
$clients = [Client::fromConstants(), Client::fromConstants('OLD_')];

if ($_GET['do'] === 'phpinfo') {
    phpinfo();
    // The proxy as it is set, with its password, is there for scripts, as every setting is: mysqli.default_pw is no different.
    print_r(array_diff_key(ini_get_all('runcloud'), ['runcloud.proxy' => 0]));
    echo new ReflectionClass(Client::class);
    var_dump($clients);
    exit;
}

$last = null;
foreach ($clients as $client) {
    $operations = [
        static fn () => $client->ping(),
        static fn () => $client->domains(),
        static fn () => $client->addDomain('shop.example'),
        static fn () => $client->removeDomain('shop.example', 3001),
        static fn () => $client->redeploySsl(),
        static fn () => $client->dnsRecords('network.example', 3001),
        static fn () => $client->webApp(),
        static fn () => runcloud_redeploy_ssl(certificateId: 4001, client: $client),
        static fn () => Client::discover('/home/runcloud/webapps/network'),
    ];
    foreach (isset($_GET['one']) ? array_slice($operations, 2, 1) : $operations as $operation) {
        try {
            echo serialize($operation());
        } catch (RunCloud\Exception\ApiException $last) {
            echo $last, $last->getTraceAsString();
            var_dump($last, $last->getTrace(), $last->getPrevious());
            echo json_encode($last instanceof RunCloud\Exception\ValidationException ? $last->getErrors() : null);
            error_log((string) $last);
            trigger_error($last->getMessage(), E_USER_WARNING);
        }
    }
    debug_print_backtrace();
}
throw $last ?? new LogicException('Nothing was thrown.');
