<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * Arguments follow PHP's own rules, and a TypeError reads as PHP's own.
 */
final class TypingTest extends ExtensionTestCase
{
    /** @var array<string, \Closure> Calls from a file without strict_types. */
    private array $weak;

    protected function setUp(): void
    {
        parent::setUp();
        $this->weak = require __DIR__ . '/support/weak-calls.php';
    }

    /** @dataProvider accepted */
    public function testWeakTypingTakesWhatPhpTakes(string $call, array $arguments): void
    {
        $client = $this->client();
        $this->putAlias('12.example', 3002);

        self::assertNotFalse($this->weak[$call]($client, ...$arguments));
    }

    /** @return iterable<string, array{string, list<mixed>}> */
    public static function accepted(): iterable
    {
        yield 'digits for an id' => ['new', ['1001', '2001', 'token']];
        yield 'whole float for an id' => ['new', [1001.0, 2001.0, 'token']];
        yield 'int for a secret' => ['new', [1001, 2001, 12]];
        yield 'digits for a nullable id' => ['remove', ['12.example', '3002']];
        yield 'int for bool' => ['add', ['new.example', 1]];
        yield 'object with __toString for text' => ['add', [new class {
            public function __toString(): string
            {
                return 'new.example';
            }
        }]];
    }

    /** @dataProvider wrongEverywhere */
    public function testWhatPhpNeverTakesIsRefusedInPhpsWords(string $call, array $arguments, string $message): void
    {
        foreach ([$this->weak, $this->strict()] as $calls) {
            $this->assertTypeError(fn () => $calls[$call]($this->client(), ...$arguments), $message);
        }
        $this->assertNoRequest();
    }

    /** @return iterable<string, array{string, list<mixed>, string}> */
    public static function wrongEverywhere(): iterable
    {
        $add = 'RunCloud\Client::addDomain(): Argument ';
        yield 'array for text' => ['add', [[]], $add . '#1 ($domain) must be of type string, array given'];
        yield 'null for text' => ['add', [null], $add . '#1 ($domain) must be of type string, null given'];
        yield 'text for an enum' => [
            'add',
            ['a.example', true, 'www'],
            $add . '#3 ($redirection) must be of type RunCloud\Redirection, string given',
        ];
        yield 'another enum' => [
            'add',
            ['a.example', true, \RunCloud\SslMode::Basic],
            $add . '#3 ($redirection) must be of type RunCloud\Redirection, RunCloud\SslMode given',
        ];
        yield 'text for a nullable id' => [
            'remove',
            ['a.example', 'x'],
            'RunCloud\Client::removeDomain(): Argument #2 ($domainId) must be of type ?int, string given',
        ];
        yield 'text for an id' => [
            'new',
            ['x', 1, 't'],
            'RunCloud\Client::__construct(): Argument #1 ($serverId) must be of type int, string given',
        ];
        yield 'object for a client' => [
            'function',
            ['a.example', new \stdClass()],
            'runcloud_remove_domain(): Argument #3 ($client) must be of type ?RunCloud\Client, stdClass given',
        ];
        yield 'array for a secret' => [
            'new',
            [1, 2, []],
            'RunCloud\Client::__construct(): Argument #3 ($apiToken) must be of type ?string, array given',
        ];
    }

    /** @dataProvider wrongStrictly */
    public function testStrictTypingTakesNothingElse(string $call, array $arguments, string $message): void
    {
        $this->assertTypeError(fn () => $this->strict()[$call]($this->client(), ...$arguments), $message);
        $this->assertNoRequest();
    }

    /** @return iterable<string, array{string, list<mixed>, string}> */
    public static function wrongStrictly(): iterable
    {
        yield 'digits for an id' => [
            'new',
            ['1001', 2001, 't'],
            'RunCloud\Client::__construct(): Argument #1 ($serverId) must be of type int, string given',
        ];
        yield 'float for an id' => [
            'remove',
            ['a.example', 12.0],
            'RunCloud\Client::removeDomain(): Argument #2 ($domainId) must be of type ?int, float given',
        ];
        yield 'int for bool' => [
            'add',
            ['a.example', 1],
            'RunCloud\Client::addDomain(): Argument #2 ($www) must be of type bool, int given',
        ];
        yield 'int for text' => [
            'add',
            [12],
            'RunCloud\Client::addDomain(): Argument #1 ($domain) must be of type string, int given',
        ];
    }

    public function testTooFewAndTooManyArgumentsAreRefused(): void
    {
        $client = $this->client();
        foreach ([fn () => $client->addDomain(), fn () => $client->ping(1), fn () => runcloud_add_domain()] as $call) {
            try {
                $call();
                self::fail('nothing was thrown');
            } catch (\ArgumentCountError $e) {
                self::assertMatchesRegularExpression('/^\S+\(\) expects (exactly|at least|at most) \d arg/', $e->getMessage());
            }
        }
        $this->assertNoRequest();
    }

    public function testAnUnknownNamedArgumentIsRefused(): void
    {
        $this->expectException(\Error::class);
        $this->expectExceptionMessage('Unknown named parameter $api_token');

        new Client(1, 2, api_token: 't');
    }

    public function testNullMayBeWrittenWhereItIsTheDefault(): void
    {
        $this->assertThrows(ConfigurationException::class, fn () => new Client(1, 2, null, null, null, null));
        self::assertFalse($this->client()->removeDomain('a.example', null));
        self::assertSame(4001, $this->client()->redeploySsl(null, null, null)->certificateId);
    }

    /** @return array<string, \Closure> */
    private function strict(): array
    {
        return [
            'new' => static fn (Client $client, ...$arguments) => new Client(...$arguments),
            'add' => static fn (Client $client, ...$arguments) => $client->addDomain(...$arguments),
            'remove' => static fn (Client $client, ...$arguments) => $client->removeDomain(...$arguments),
            'function' => static fn (Client $client, string $domain, $other) => runcloud_remove_domain($domain, client: $other),
        ];
    }

    private function assertTypeError(callable $call, string $message): void
    {
        try {
            $call();
            self::fail("not thrown: {$message}");
        } catch (\TypeError $e) {
            self::assertSame($message, $e->getMessage());
        }
    }
}
