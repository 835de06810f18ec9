<?php

declare(strict_types=1);

// What PHP-FPM runs in the tests: does what "do" says and answers in JSON which worker did it and what came of it.

use RunCloud\Client;

define('WU_RUNCLOUD_API_TOKEN', 'test-token');
define('WU_RUNCLOUD_SERVER_ID', 1001);
define('WU_RUNCLOUD_APP_ID', '2001');

$domain = $_GET['domain'] ?? '';
try {
    $result = match ($_GET['do']) {
        'ping' => Client::fromConstants()->ping(),
        'add' => runcloud_add_domain($domain),
        'redeploy' => runcloud_redeploy_ssl($domain),
        'remove' => runcloud_remove_domain($domain, (int) $_GET['id']),
        'ini' => ini_get_all('runcloud', false),
        'enums' => enums($domain),
        'disabled' => disabled($domain),
        'stored' => stored($domain),
        'throw' => throw new RunCloud\Exception\ApiException('Thrown by the script.'),
    };
} catch (RunCloud\Exception\ExceptionInterface $e) {
    if ($_GET['do'] === 'throw') {
        throw $e;
    }
    $result = ['exception' => $e::class, 'message' => $e->getMessage()];
}

/** Passes enums in and gets them back, in every way in which they are compared. */
function enums(string $domain): array
{
    $added = Client::fromConstants()->addDomain($domain, true, RunCloud\Redirection::NonWww);
    $again = unserialize(serialize($added));

    return [
        'same' => $added->redirection === RunCloud\Redirection::NonWww && $again->type === RunCloud\DomainType::Alias,
        'from' => RunCloud\Redirection::from('www') === RunCloud\Redirection::Www,
        'cases' => count(RunCloud\Redirection::cases()) . count(RunCloud\SslOutcome::cases()),
        'json' => json_encode($added->redirection),
        'match' => match ($added->type) {
            RunCloud\DomainType::Primary => 'primary',
            RunCloud\DomainType::Alias => 'alias',
        },
        'mode' => Client::fromConstants()->sslMode()->name,
    ];
}

/** What is said when a class is switched off. */
function disabled(string $domain): string
{
    set_error_handler(static fn (int $level, string $message): never => throw new ErrorException($message));
    try {
        return get_debug_type((new Client(1001, 2001, 'test-token'))->addDomain($domain));
    } catch (Throwable $e) {
        return $e->getMessage();
    }
}

/** Stores results and restores them, as an object cache with igbinary does. */
function stored(string $domain): array
{
    $added = Client::fromConstants()->addDomain($domain);
    $again = igbinary_unserialize(igbinary_serialize($added));
    $mode = igbinary_unserialize(igbinary_serialize(RunCloud\SslMode::Advanced));

    return ['same' => $again == $added && $again->type === RunCloud\DomainType::Alias, 'mode' => $mode === RunCloud\SslMode::Advanced];
}

header('Content-Type: application/json');
$opcache = function_exists('opcache_get_status') && opcache_get_status(false) !== false;
echo json_encode(['pid' => getmypid(), 'opcache' => $opcache, 'result' => $result], JSON_THROW_ON_ERROR);
