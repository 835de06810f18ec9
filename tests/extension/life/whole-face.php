<?php

declare(strict_types=1);

// Touches everything that PHP code can touch: every class, function and exception, good input and bad, results in every form.
// For a memory checker, so it is a script of its own; the panel is the one of the tests.

use RunCloud\Client;
use RunCloud\Domain;
use RunCloud\DomainType;
use RunCloud\Exception\ApiException;
use RunCloud\Exception\ValidationException;
use RunCloud\Redirection;
use RunCloud\SslMode;
use RunCloud\SslOutcome;
use RunCloud\Test\Support\Description;
use RunCloud\Test\Support\Simulator;

require dirname(__DIR__) . '/support/autoload.php';

define('WU_RUNCLOUD_API_TOKEN', 'test-token');
define('WU_RUNCLOUD_SERVER_ID', 1001);
define('WU_RUNCLOUD_APP_ID', '2001');
define('JUNK_API_KEY', ['no', 'text']);
define('JUNK_SERVER_ID', 1.5);
define('JUNK_APP_ID', 'a text that is longer than an id can be');

/** Looks at a value in every way in which PHP shows values. */
$shown = static function (mixed $value): void {
    ob_start();
    var_dump($value);
    print_r($value);
    echo json_encode($value, JSON_PARTIAL_OUTPUT_ON_ERROR);
    try {
        var_export($value);
        $copy = unserialize(serialize($value));
        echo $copy == $value;
    } catch (Throwable) { // a client cannot be stored, and a half-made result cannot be restored
    }
    if (is_object($value)) {
        print_r((array) $value);
        print_r(get_object_vars($value));
        foreach ($value as $name => $property) {
            echo $name, gettype($property);
        }
        try {
            $value instanceof Throwable || $value->nothing = 1;
        } catch (Error) {
        }
        try {
            echo (clone $value) == $value;
        } catch (Error) {
        }
    }
    ob_end_clean();
};
$thrown = 0;
/** Calls, and looks at what comes out. */
$try = static function (callable $call) use ($shown, &$thrown): void {
    try {
        $shown($call());
    } catch (Throwable $e) {
        $thrown++;
        $text = (string) $e . $e->getTraceAsString() . $e->getLine() . $e->getFile();
        if ($e instanceof ApiException) {
            $text .= json_encode([$e->getStatus(), $e->isRetryable(), $e->getRetryAfter(), $e->getAttempts()]);
        }
        if ($e instanceof ValidationException) {
            $shown($e->getErrors());
        }
        $shown($e);
        $text === '' && exit(1);
    }
};

$simulator = Simulator::fromReadyFile((string) getenv('RUNCLOUD_READY_FILE'));
$simulator->reset();
$client = Client::fromConstants();
$legacy = new Client(1001, 2001, apiKey: 'test-key', apiSecret: 'test-secret', proxy: '');
$operations = static fn (Client $client): array => [
    static fn () => $client->ping(),
    static fn () => $client->server(),
    static fn () => $client->webApp(),
    static fn () => $client->domains(),
    static fn () => $client->addDomain('Shop.Example', true, Redirection::Www),
    static fn () => $client->addDomain('shop.example'),
    static fn () => $client->findDomain('shop.example'),
    static fn () => $client->findDomain('not-there.example'),
    static fn () => $client->dnsRecords('shop.example'),
    static fn () => $client->sslMode(),
    static fn () => $client->redeploySsl('shop.example'),
    static fn () => $client->redeploySsl(certificateId: 4001),
    static fn () => $client->removeDomain('shop.example'),
    static fn () => $client->removeDomain('shop.example', 77),
    static fn () => $client->removeDomain('network.example'),
    static fn () => [$client->requestCount(), $client->rateLimitRemaining()],
    static fn () => $client,
];

// What works, in both generations of the API and in every mode of SSL, by methods and by functions.
foreach ([$client, $legacy] as $one) {
    array_map($try, $operations($one));
}
foreach ([[true, false], [false, true]] as [$advanced, $automatic]) {
    $simulator->reset();
    $simulator->setState(['ssl' => [2001 => ['advancedSSL' => $advanced, 'autoSSL' => $automatic, 'certificate' => null]]]);
    $try(static fn () => $client->redeploySsl('network.example'));
    $try(static fn () => $client->redeploySsl('network.example'));
    $try(static fn () => $client->redeploySsl());
}
$simulator->reset();
$try(static fn () => Client::discover('/home/runcloud/webapps/network'));
$try(static fn () => Client::discover('relative', 'test-token'));
$try(static fn () => runcloud_add_domain('bücher.example'));
$try(static fn () => runcloud_redeploy_ssl('bücher.example', 4001, $client, 1));
$try(static fn () => runcloud_remove_domain('bücher.example', client: $client));

// What does not work: arguments, constants, settings.
foreach (['', 'no domain', 'a..b', str_repeat('a', 300), "nul\0.example", "\xff.example", '127.0.0.1', '*.*.example'] as $domain) {
    $try(static fn () => $client->addDomain($domain));
}
foreach ([1.5, [], null, true, new stdClass(), STDIN, 'www'] as $junk) {
    $try(static fn () => $client->addDomain($junk));
    $try(static fn () => $client->addDomain('shop.example', $junk));
    $try(static fn () => $client->addDomain('shop.example', true, $junk));
    $try(static fn () => $client->removeDomain('shop.example', $junk));
    $try(static fn () => runcloud_remove_domain('shop.example', null, $junk));
    $try(static fn () => new Client($junk, 1, 'token'));
    $try(static fn () => new Client(1, 1, $junk));
}
$try(static fn () => $client->addDomain());
$try(static fn () => $client->addDomain('a.example', false, Redirection::None, 'too much'));
$try(static fn () => $client->removeDomain('shop.example', 0));
$try(static fn () => $client->__construct(1, 2, 'test-token'));
$try(static fn () => new Client(0, 1, 'token'));
$try(static fn () => new Client(1, 1));
$try(static fn () => new Client(1, 1, apiKey: 'key'));
$try(static fn () => new Client(1, 1, "token\n"));
$try(static fn () => new Client(1, 1, 'token', proxy: 'ftp://user:password@host'));
$try(static fn () => (new Client(1, 1, 'token', proxy: 'http://user:password@127.0.0.1:1'))->ping());
$try(static fn () => Client::fromConstants('JUNK_'));
$try(static fn () => Client::fromConstants('NOT_DEFINED_'));
$try(static fn () => (new ReflectionClass(Client::class))->newInstanceWithoutConstructor());
$try(static fn () => (new ReflectionClass(Domain::class))->newInstanceWithoutConstructor());
$try(static fn () => unserialize('O:15:"RunCloud\Domain":1:{s:2:"id";s:1:"x";}'));
$try(static fn () => unserialize('O:15:"RunCloud\Client":0:{}'));
foreach (['runcloud.timeout' => 'soon', 'runcloud.max_retries' => '-1', 'runcloud.connect_timeout' => '3'] as $name => $value) {
    $before = ini_set($name, $value);
    $try(static fn () => $client->ping());
    ini_set($name, $before);
}

// What goes wrong at the panel and on the way.
ini_set('runcloud.max_retries', '0');
ini_set('runcloud.timeout', '20');
$faults = array_map(static fn (int $status) => ['status', ['status' => $status, 'retry_after' => 1,
    'body' => ['message' => 'No.', 'errors' => ['name' => ['Taken.', 'Too long.']]]]], [400, 401, 403, 404, 405, 409, 422, 429, 500, 503]);
foreach (
    ['drop_before', 'drop_after', 'truncated', 'html', 'deep_json', 'invalid_utf8', 'wrong_type', 'wrong_types', 'empty',
    'redirect'] as $kind
) {
    $faults[] = [$kind, []];
}
foreach ($faults as [$kind, $details]) {
    $simulator->reset();
    $simulator->fault($kind, $details);
    array_map($try, array_slice($operations($client), 1, 11));
}
$simulator->reset();
$simulator->fault('slow', ['ms' => 3000]);
ini_set('runcloud.timeout', '0.2');
$try(static fn () => $client->ping());
$simulator->reset();
$try(static fn () => (new Client(1001, 2001, 'wrong-token'))->ping());
$try(static fn () => (new Client(1001, 9999, 'test-token'))->domains());

// Classes as such: exceptions made and extended by PHP code, enums, Reflection, the information page.
foreach (get_declared_classes() as $class) {
    if (is_subclass_of($class, RunCloud\Exception\ExceptionInterface::class)) {
        $try(static fn () => throw new $class('Made here.', 7, new LogicException('Why.')));
    }
}
$try(static fn () => throw new class ('Extended.') extends ValidationException {
});
$try(static fn () => [...DomainType::cases(), ...SslMode::cases(), ...SslOutcome::cases(), Redirection::tryFrom('none')]);
$try(static fn () => Redirection::from('nowhere'));
$try(static fn () => Domain::__set_state(['id' => 'x']));
$try(static fn () => [$client == $legacy, RUNCLOUD_VERSION, (string) new ReflectionClass(RunCloud\ClientInterface::class)]);
$try(static fn () => Description::ofThisProcess());
ob_start();
phpinfo(INFO_MODULES);
(new ReflectionExtension('runcloud'))->__toString();
ob_end_clean();
unset($client, $legacy, $one, $operations);
gc_collect_cycles();
echo $thrown;
