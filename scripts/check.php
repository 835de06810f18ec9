<?php

/**
 * Checks step by step whether the extension works on this server, and says why not. It only reads at RunCloud, one request a step.
 *
 *     php check.php /path/to/wp-config.php   the WU_RUNCLOUD_ constants of that file; the file is read, not run
 *     php check.php                          WU_RUNCLOUD_API_TOKEN, WU_RUNCLOUD_SERVER_ID, WU_RUNCLOUD_APP_ID in the environment
 *
 * It never prints a token, key or secret. Exit status: 0 when all is well, 1 when a step failed, 2 when it was called wrongly.
 */

declare(strict_types=1);

namespace RunCloud\Check;

use RunCloud\Client;
use RunCloud\Exception\ExceptionInterface;

const NAMES = ['API_TOKEN', 'API_KEY', 'API_SECRET', 'SERVER_ID', 'APP_ID'];

if ($argc > 2 || in_array($argv[1] ?? '', ['-h', '--help'], true)) {
    preg_match('~/\*\*\n(.*?)\n \*/~s', file_get_contents(__FILE__), $help);
    fwrite($argc > 2 ? STDERR : STDOUT, preg_replace('/^ \* ?/m', '', $help[1]) . "\n");
    exit($argc > 2 ? 2 : 0);
}
exit(check($argv[1] ?? null) ? 0 : 1);

function check(?string $file): bool
{
    $steps = ['extension' => extension(...), 'credentials' => credentials(...), 'ping' => ping(...), 'server' => server(...),
        'webApp' => web_app(...), 'sslMode' => static fn (Client $client): string => $client->sslMode()->value,
        'domains' => domains(...)];
    $client = null;
    $well = true;
    foreach ($steps as $name => $step) {
        if ($well) {
            [$well, $sentence] = outcome($name === 'credentials' ? static fn (): string => $step($file) : $step, $client);
            printf("%-4s  %-11s  %s\n", $well ? 'ok' : 'FAIL', $name, $sentence);
        } else {
            printf("%-4s  %-11s  %s\n", '--', $name, 'not tried');
        }
        if ($well && $name === 'credentials') {
            $client = Client::fromConstants();
        }
    }
    printf("%s. Requests sent: %d\n", $well ? 'All is well' : 'Correct what failed and run this again', $client?->requestCount() ?? 0);

    return $well;
}

/** @return array{bool, string} */
function outcome(callable $step, ?Client $client): array
{
    try {
        return [true, $step($client)];
    } catch (ExceptionInterface | Problem $e) {
        return [false, $e->getMessage()];
    } catch (\Throwable $e) {
        // A message of PHP itself might repeat a value.
        return [false, $e::class . ' in ' . basename($e->getFile()) . ':' . $e->getLine()];
    }
}

function extension(): string
{
    if (!extension_loaded('runcloud')) {
        throw new Problem(PHP_BINARY . ' does not load the extension runcloud: write extension=runcloud into one of its ini files, '
            . 'which "php --ini" lists.');
    }

    return 'runcloud ' . phpversion('runcloud') . ' in PHP ' . PHP_VERSION . ' (' . PHP_BINARY . ')';
}

function credentials(?string $file): string
{
    $from = $file === null ? from_environment() : from_file($file);
    $facts = Client::fromConstants()->__debugInfo();
    $proxy = $facts['proxy'] === '' ? '' : " through {$facts['proxy']}";

    return "{$facts['credentials']} from {$from}, to {$facts['baseUrl']}{$proxy}";
}

function ping(Client $client): string
{
    $client->ping();

    return 'RunCloud answers and accepts the credentials';
}

function server(Client $client): string
{
    $server = $client->server();
    $state = match ($server->online) {
        true => 'online',
        false => 'offline as RunCloud sees it',
        null => 'state unknown',
    };

    return "{$server->id} is {$server->name}, " . ($server->ipAddress ?? 'no address') . ", {$state}";
}

function web_app(Client $client): string
{
    $app = $client->webApp();

    return "{$app->id} is {$app->name}, " . ($app->rootPath ?? 'no folder') . ', ' . ($app->phpVersion ?? 'PHP unknown');
}

/** Only the first page, where the extension has pages: RunCloud meters requests. */
function domains(Client $client): string
{
    $page = method_exists($client, 'domainsPage') ? $client->domainsPage(1) : null;
    $names = array_map(static fn ($domain): string => $domain->name, $page === null ? $client->domains() : $page->domains);
    $count = $page?->total ?? count($names);

    return "{$count}: " . implode(', ', array_slice($names, 0, 3)) . ($count > 3 ? ', ...' : '');
}

function from_environment(): string
{
    $found = array_filter(NAMES, static fn (string $name): bool => getenv("WU_RUNCLOUD_{$name}") !== false);
    if ($found === []) {
        throw new Problem('No WU_RUNCLOUD_ variables are in the environment: name the wp-config.php that has the constants, as in '
            . '"php ' . basename(__FILE__) . ' /path/to/wp-config.php".');
    }
    foreach ($found as $name) {
        define("WU_RUNCLOUD_{$name}", getenv("WU_RUNCLOUD_{$name}"));
    }

    return 'the environment';
}

/** Takes define('WU_RUNCLOUD_...', 'text or number') out of a PHP file without running it. */
function from_file(string $file): string
{
    if (!function_exists('token_get_all')) {
        throw new Problem('This PHP has no tokenizer extension, so it cannot read the file: put the WU_RUNCLOUD_ variables into the '
            . 'environment and name no file.');
    }
    $code = is_file($file) ? @file_get_contents($file) : false;
    if ($code === false) {
        throw new Problem("{$file} cannot be read: name the wp-config.php, and run this as a user who may read it.");
    }
    $ignored = [T_WHITESPACE, T_COMMENT, T_DOC_COMMENT];
    $tokens = array_values(array_filter(\PhpToken::tokenize($code), static fn (\PhpToken $token): bool => !$token->is($ignored)));
    $found = false;
    foreach ($tokens as $i => $token) {
        $name = strtr(trim($tokens[$i + 2]->text ?? '', '\'"'), ['WU_RUNCLOUD_' => '']);
        $defines = in_array(strtolower($token->text), ['define', '\define'], true) && ($tokens[$i + 1]->text ?? '') === '(';
        if (!$defines || !in_array($name, NAMES, true) || defined("WU_RUNCLOUD_{$name}")) {
            continue;
        }
        $value = $tokens[$i + 4];
        if (!$value->is([T_CONSTANT_ENCAPSED_STRING, T_LNUMBER]) || !in_array($tokens[$i + 5]->text ?? '', [')', ','], true)) {
            throw new Problem("WU_RUNCLOUD_{$name} in {$file}, line {$token->line}, is not a plain text or number, and the file is "
                . 'not run: put the WU_RUNCLOUD_ variables into the environment and name no file.');
        }
        define("WU_RUNCLOUD_{$name}", $value->is(T_LNUMBER) ? (int) $value->text : unquoted($value->text));
        $found = true;
    }
    if (!$found) {
        throw new Problem("{$file} defines no WU_RUNCLOUD_ constants. Credentials of Ultimate Multisite's wizard are in its database: "
            . 'use its "Test connection" for these.');
    }

    return $file;
}

/** The text between the quotes; what double quotes would make of a backslash or a dollar is not looked at. */
function unquoted(string $literal): string
{
    return strtr(substr($literal, 1, -1), ['\\\\' => '\\', "\\'" => "'"]);
}

final class Problem extends \RuntimeException
{
}
