<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\Exception\ApiException;
use RunCloud\Exception\AuthenticationException;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\ConnectionException;
use RunCloud\Exception\ExceptionInterface;
use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\NotFoundException;
use RunCloud\Exception\PermissionException;
use RunCloud\Exception\RateLimitException;
use RunCloud\Exception\ServerException;
use RunCloud\Exception\TimeoutException;
use RunCloud\Exception\UnexpectedResponseException;
use RunCloud\Exception\ValidationException;
use RunCloud\Test\Support\ExtensionTestCase;

final class ErrorsTest extends ExtensionTestCase
{
    /** @dataProvider statuses */
    public function testEveryStatusHasItsClass(int $status, string $class, bool $retryable): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('status', ['status' => $status]);

        $e = $this->assertThrows($class, fn () => $this->client()->ping());

        self::assertInstanceOf(ExceptionInterface::class, $e);
        self::assertInstanceOf(ApiException::class, $e);
        self::assertInstanceOf(\RuntimeException::class, $e);
        self::assertSame($status, $e->getStatus());
        self::assertSame($status, $e->getCode());
        self::assertSame($retryable, $e->isRetryable());
        self::assertSame(1, $e->getAttempts());
        self::assertNull($e->getRetryAfter());
    }

    /** @return iterable<int, array{int, class-string, bool}> */
    public static function statuses(): iterable
    {
        yield 401 => [401, AuthenticationException::class, false];
        yield 403 => [403, PermissionException::class, false];
        yield 404 => [404, NotFoundException::class, false];
        yield 422 => [422, ValidationException::class, false];
        yield 429 => [429, RateLimitException::class, true];
        foreach ([500, 501, 502, 503, 504, 599] as $status) {
            yield $status => [$status, ServerException::class, true];
        }
    }

    /** @dataProvider otherStatuses */
    public function testAnyOtherStatusIsAnApiException(int $status): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('status', ['status' => $status]);

        $e = $this->client();
        try {
            $e->ping();
            self::fail("status {$status} was taken as a success");
        } catch (ApiException $e) {
            $this->assertSentence($e->getMessage());
            self::assertSame($status, $e->getStatus());
            self::assertSame($status, $e->getCode());
            self::assertStringContainsString((string) $status, $e->getMessage());
        }
    }

    /** @return iterable<int, array{int}> */
    public static function otherStatuses(): iterable
    {
        foreach ([301, 302, 304, 307, 400, 402, 405, 406, 408, 409, 410, 413, 415, 418, 451] as $status) {
            yield $status => [$status];
        }
    }

    public function testUnauthorizedNamesTheThreeCauses(): void
    {
        $client = new Client(self::SERVER, self::WEB_APP, 'wrong');

        $e = $this->assertThrows(AuthenticationException::class, fn () => $client->domains(), 'token', 'allow-list', 'API');

        self::assertSame(401, $e->getStatus());
        $this->assertRequests('GET /domains');
    }

    public function testAnAddressThatIsNotAllowedIsUnauthorizedToo(): void
    {
        $this->simulator()->setState(['allowed_ips' => ['192.0.2.7']]);

        $this->assertThrows(AuthenticationException::class, fn () => $this->client()->ping(), 'allow-list');
    }

    public function testAWrongServerIdIsNamed(): void
    {
        $e = $this->assertThrows(
            NotFoundException::class,
            fn () => $this->client(serverId: 1999)->addDomain('shop.example'),
            'server',
            '1999'
        );

        self::assertSame(404, $e->getStatus());
    }

    public function testAWrongWebApplicationIdIsNamed(): void
    {
        $this->assertThrows(
            NotFoundException::class,
            fn () => $this->client(webAppId: 2999)->addDomain('shop.example'),
            'web app',
            '2999'
        );
    }

    public function testTheFieldErrorsOfARefusalAreListed(): void
    {
        $this->simulator()->fault('status', [
            'status' => 422,
            'body' => ['message' => 'The given data was invalid.', 'errors' => ['name' => ['Too long.', 'Bad.'], 'www' => 'No.']],
            'match' => ['method' => 'POST'],
        ]);

        $e = $this->assertThrows(ValidationException::class, fn () => $this->client()->addDomain('shop.example'));

        self::assertSame(['name' => ['Too long.', 'Bad.'], 'www' => ['No.']], $e->getErrors());
        self::assertStringContainsString('Too long.', $e->getMessage());
    }

    public function testASilentPanelIsATimeoutException(): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->ini('runcloud.timeout', '0.3');
        $this->simulator()->fault('slow', ['ms' => 3000]);

        $e = $this->assertThrows(TimeoutException::class, fn () => $this->client()->ping(), 'runcloud.timeout');

        self::assertNull($e->getStatus());
        self::assertTrue($e->isRetryable());
        self::assertSame(1, $e->getAttempts());
    }

    /** @dataProvider unexpected */
    public function testAnAnswerThatIsNotDocumentedIsNotTakenForGood(string $kind, array $details): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault($kind, $details);

        $e = $this->assertThrows(UnexpectedResponseException::class, fn () => $this->client()->domains());

        self::assertSame(200, $e->getStatus());
    }

    /** @return iterable<string, array{string, array<string, mixed>}> */
    public static function unexpected(): iterable
    {
        yield 'HTML' => ['html', ['status' => 200]];
        yield 'deep JSON' => ['deep_json', []];
        yield 'not UTF-8' => ['invalid_utf8', []];
        yield 'wrong types' => ['wrong_types', []];
        yield 'empty' => ['empty', []];
        yield 'more than 4 MiB' => ['huge', ['bytes' => 5 * 1024 * 1024]];
    }

    public function testAWrongContentTypeDoesNotMatter(): void
    {
        $this->simulator()->fault('wrong_type');

        self::assertCount(1, $this->client()->domains());
    }

    public function testAnErrorPageInHtmlKeepsItsStatus(): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('html', ['status' => 502]);

        $e = $this->assertThrows(ServerException::class, fn () => $this->client()->domains(), '502');

        self::assertSame(502, $e->getStatus());
        self::assertStringNotContainsString('<', $e->getMessage());
    }

    /** @dataProvider pages */
    public function testAWebPageThatRefusesIsNotTakenForRunCloud(int $status): void
    {
        $this->simulator()->fault('html', ['status' => $status, 'times' => 1]);

        $domain = $this->client()->addDomain('shop.example');

        self::assertTrue($domain->created, 'RunCloud has not seen the first request');
        $this->assertRequests('POST /domains', 'POST /domains');
    }

    /** @return iterable<string, array{int}> */
    public static function pages(): iterable
    {
        foreach ([400, 401, 403, 404, 422] as $status) {
            yield "HTTP {$status}" => [$status];
        }
    }

    public function testAWebPageThatGoesOnRefusingIsSaid(): void
    {
        $this->ini('runcloud.max_retries', '1');
        $this->simulator()->fault('html', ['status' => 403]);

        $e = $this->assertThrows(UnexpectedResponseException::class, fn () => $this->client()->domains(), 'web page', '403', 'firewall');

        self::assertSame([403, true, 2], [$e->getStatus(), $e->isRetryable(), $e->getAttempts()]);
        $this->simulator()->clearFaults();
        $this->simulator()->fault('html', ['status' => 429]);
        $e = $this->assertThrows(UnexpectedResponseException::class, fn () => $this->client()->domains(), 'web page', '429');
        self::assertSame(1, $e->getAttempts(), 'a limit without a hint is not hammered');
    }

    public function testFileLineAndTraceAreTheCallers(): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('status', ['status' => 500]);
        $client = $this->client();
        $line = __LINE__ + 3;

        try {
            $client->domains();
            self::fail('nothing was thrown');
        } catch (ServerException $e) {
            self::assertSame(__FILE__, $e->getFile());
            self::assertSame($line, $e->getLine());
            self::assertSame('domains', $e->getTrace()[0]['function']);
            self::assertSame(Client::class, $e->getTrace()[0]['class']);
        }
    }

    /** @dataProvider classes */
    public function testPhpCodeMayMakeThrowAndExtendThem(string $class, string $parent): void
    {
        $previous = new \Exception('before');
        $e = new $class('A sentence.', 7, $previous);

        self::assertInstanceOf(ExceptionInterface::class, $e);
        self::assertInstanceOf($parent, $e);
        self::assertSame('A sentence.', $e->getMessage());
        self::assertSame(7, $e->getCode());
        self::assertSame($previous, $e->getPrevious());
        self::assertSame(__FILE__, $e->getFile());
        self::assertFalse((new \ReflectionClass($class))->isFinal());
        if ($e instanceof ApiException) {
            self::assertNull($e->getStatus());
            self::assertFalse($e->isRetryable());
            self::assertNull($e->getRetryAfter());
            self::assertSame(0, $e->getAttempts());
        }
        if ($e instanceof ValidationException) {
            self::assertSame([], $e->getErrors());
        }
    }

    /** @return iterable<string, array{class-string, class-string}> */
    public static function classes(): iterable
    {
        yield 'configuration' => [ConfigurationException::class, \InvalidArgumentException::class];
        yield 'domain' => [InvalidDomainException::class, \InvalidArgumentException::class];
        yield 'api' => [ApiException::class, \RuntimeException::class];
        $children = [
            AuthenticationException::class, PermissionException::class, NotFoundException::class, ValidationException::class,
            RateLimitException::class, ServerException::class, ConnectionException::class, TimeoutException::class,
            UnexpectedResponseException::class,
        ];
        foreach ($children as $class) {
            yield $class => [$class, ApiException::class];
        }
    }

    public function testAChildOfTheBaseClassMayHaveItsOwnFields(): void
    {
        $e = new class ('A sentence.') extends ApiException {
            protected string $status = 'mine';

            public function status(): string
            {
                return $this->status . ($this->getStatus() ?? '-');
            }
        };

        self::assertSame('mine-', $e->status());
    }
}
