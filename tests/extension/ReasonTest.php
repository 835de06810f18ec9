<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ApiException;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\ExceptionInterface;
use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\NotFoundException;
use RunCloud\Reason;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * Programs read reasons and details, people read messages.
 */
final class ReasonTest extends ExtensionTestCase
{
    /** @dataProvider failures */
    public function testEveryFailureHasItsReasonAndWhatBelongsToIt(Reason $reason, callable $call, array $details): void
    {
        try {
            $call($this);
            self::fail('nothing was thrown');
        } catch (ExceptionInterface $e) {
            self::assertSame($reason, $e->getReason(), $e->getMessage());
            self::assertSame($details, array_intersect_key($e->getDetails(), $details), json_encode($e->getDetails()));
            self::assertStringNotContainsString(self::TOKEN, json_encode($e->getDetails()));
        }
    }

    /** @return iterable<string, array{Reason, callable, array<string, mixed>}> */
    public static function failures(): iterable
    {
        $status = static fn (int $status): callable => static function (self $test) use ($status): void {
            $test->ini('runcloud.max_retries', '0');
            $test->simulator()->fault('status', ['status' => $status]);
            $test->client()->ping();
        };
        yield 'no host' => [Reason::DomainInvalid, static fn (self $test) => $test->client()->addDomain('no host'), []];
        yield 'the primary domain' => [
            Reason::DomainPrimary,
            static fn (self $test) => $test->client()->removeDomain(self::PRIMARY),
            ['domain' => self::PRIMARY],
        ];
        yield 'a setting' => [
            Reason::SettingInvalid,
            static function (self $test): void {
                $test->ini('runcloud.timeout', 'soon');
                $test->client()->ping();
            },
            ['setting' => 'runcloud.timeout', 'value' => 'soon'],
        ];
        yield 'a constant' => [
            Reason::ConstantMissing,
            static fn () => \RunCloud\Client::fromConstants('NOT_DEFINED_'),
            ['constant' => 'NOT_DEFINED_SERVER_ID'],
        ];
        yield '401' => [Reason::Unauthorized, $status(401), ['request' => 'GET ping', 'status' => 401]];
        yield '403' => [Reason::Forbidden, $status(403), ['status' => 403]];
        yield '500' => [Reason::ServerError, $status(500), ['status' => 500]];
        yield 'the server' => [Reason::ServerNotFound, static fn (self $test) => $test->client(9)->webApp(), []];
        yield 'the web application' => [Reason::WebAppNotFound, static fn (self $test) => $test->client(webAppId: 9)->webApp(), []];
    }

    public function testAnExceptionThatOtherCodeMakesHasAnUnknownReason(): void
    {
        foreach ([ApiException::class, NotFoundException::class, ConfigurationException::class, InvalidDomainException::class] as $class) {
            $exception = new $class('Made here.');

            self::assertSame(Reason::Unknown, $exception->getReason());
            self::assertSame([], $exception->getDetails());
        }
        self::assertFalse((new ApiException())->isOutcomeUnknown());
    }

    public function testAnAdditionWhoseReadBackIsRefusedHasAnUnknownOutcome(): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('drop_after', ['match' => ['method' => 'POST']]);
        $this->simulator()->fault('status', ['status' => 403, 'match' => ['method' => 'GET'], 'times' => 9]);

        try {
            $this->client()->addDomain('shop.example');
            self::fail('nothing was thrown');
        } catch (ApiException $e) {
            self::assertSame(403, $e->getStatus());
            self::assertTrue($e->isOutcomeUnknown());
        }
        self::assertContains('shop.example', $this->names());
    }

    public function testARefusedAdditionHasAKnownOutcome(): void
    {
        $this->simulator()->fault('status', ['status' => 403, 'match' => ['method' => 'POST']]);

        try {
            $this->client()->addDomain('shop.example');
            self::fail('nothing was thrown');
        } catch (ApiException $e) {
            self::assertFalse($e->isOutcomeUnknown());
        }
    }
}
