<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\DomainType;
use RunCloud\Exception\AuthenticationException;
use RunCloud\Exception\RateLimitException;
use RunCloud\Exception\ValidationException;
use RunCloud\Reason;
use RunCloud\Redirection;
use RunCloud\SslMode;
use RunCloud\SslOutcome;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * The panel's documentation leaves things open; whichever way it is, the extension does the same.
 */
final class SwitchesTest extends ExtensionTestCase
{
    /** @dataProvider positions */
    public function testTheMainOperationsWorkInEveryPosition(string $switch, string $position): void
    {
        $this->simulator()->switch([$switch => $position]);
        $this->fillDomains(50);
        $client = $this->client();

        $added = $client->addDomain('new.example');
        self::assertTrue($added->created);
        self::assertFalse($client->addDomain('new.example')->created);
        self::assertCount(52, $client->domains());
        self::assertSame($added->id, $client->findDomain('new.example')?->id);
        self::assertNotSame([], $client->dnsRecords('new.example'));
        self::assertSame(SslOutcome::Redeployed, $client->redeploySsl('new.example')->outcome);
        self::assertCount(1, Client::discover('/home/runcloud/webapps/network', self::TOKEN));
        self::assertTrue($client->removeDomain('new.example', $added->id));
        self::assertFalse($client->removeDomain('new.example'));
        self::assertCount(51, $client->domains());
    }

    /** @dataProvider positions */
    public function testCertificatesByDomainWorkInEveryPosition(string $switch, string $position): void
    {
        $this->simulator()->switch([$switch => $position]);
        $this->putAlias('shop.example');
        $this->setSsl(true, false, null);
        $client = $this->client();

        $installed = $client->redeploySsl('shop.example');
        self::assertSame(SslOutcome::Installed, $installed->outcome);
        $again = $client->redeploySsl('shop.example', $installed->certificateId, $installed->domainId);
        self::assertSame(SslOutcome::Redeployed, $again->outcome);
        self::assertIsInt($again->certificateId);

        $this->setSsl(false, false, null);
        self::assertSame(SslOutcome::NotInstalled, $client->redeploySsl('shop.example')->outcome);
    }

    /** @dataProvider booleans */
    public function testBooleansAreReadInEveryForm(string $position): void
    {
        $this->simulator()->switch(['booleans' => $position]);
        $client = $this->client();

        self::assertTrue($client->addDomain('with.example', www: true)->www);
        self::assertFalse($client->addDomain('without.example', www: false)->www);
        self::assertSame([false, true, false], array_column($client->domains(), 'www'));
        self::assertTrue($client->server()->online);
        $this->setSsl(true, false, null);
        self::assertSame(SslMode::Advanced, $client->sslMode());
        $this->setSsl(false, false, null);
        self::assertSame(SslMode::Basic, $client->sslMode());
    }

    /** @return iterable<string, array{string}> */
    public static function booleans(): iterable
    {
        yield 'int' => ['int'];
        yield 'bool' => ['bool'];
        yield 'string' => ['string'];
    }

    public function testADomainWithoutItsNewerFieldsIsReadWithTheUsualValues(): void
    {
        $this->simulator()->switch(['domain_object' => 'minimal']);
        $this->putAlias('shop.example');

        $domain = $this->client()->findDomain('shop.example');

        self::assertSame(3002, $domain?->id);
        self::assertSame(DomainType::Alias, $domain->type);
        self::assertFalse($domain->www);
        self::assertSame(Redirection::None, $domain->redirection);
        self::assertNull($domain->dnsIntegration);
    }

    /** @return iterable<string, array{string, string}> */
    public static function positions(): iterable
    {
        $switches = [
            'pagination' => ['pagination', 'lastPage'],
            'ssl_not_installed' => ['404', '200'],
            'ssl_write_answer' => ['certificate', 'empty'],
            'basic_redeploy' => ['all_names', 'same_names'],
            'validation_body' => ['message_and_errors', 'message'],
            'booleans' => ['int', 'bool', 'string'],
            'links' => ['object', 'array'],
            'page_size_over_40' => ['clamp', 'ignore'],
            'domain_object' => ['full', 'minimal'],
            'unknown_fields' => ['absent', 'present'],
            'list_order' => ['oldest_first', 'newest_first', 'by_name'],
        ];
        foreach ($switches as $switch => $positions) {
            foreach ($positions as $position) {
                yield "{$switch}: {$position}" => [$switch, $position];
            }
        }
    }

    /** @dataProvider duplicateNames */
    public function testASecondAdditionDoublesOnlyWhereThePanelAcceptsAName(string $position, bool $doubled): void
    {
        $this->simulator()->switch(['duplicate_name' => $position]);
        $this->fillDomains(50);
        $client = $this->client();
        $count = fn (): int => count(array_keys($this->names(), 'new.example', true));

        // A lost answer never does.
        $this->simulator()->fault('drop_after', ['match' => ['method' => 'POST'], 'times' => 1]);
        self::assertFalse($client->addDomain('new.example')->created);
        self::assertSame(1, $count());

        self::assertSame($doubled, $client->addDomain('new.example')->created);
        self::assertSame($doubled ? 2 : 1, $count());
        self::assertTrue($client->removeDomain('new.example'));
        self::assertSame($doubled ? 1 : 0, $count());
    }

    /** @return iterable<string, array{string, bool}> */
    public static function duplicateNames(): iterable
    {
        yield 'refused' => ['refuse', false];
        yield 'accepted' => ['accept', true];
    }

    /** @dataProvider redeployments */
    public function testAnOrderIsAnsweredAlikeWhicheverNamesItCovers(string $position, array $names): void
    {
        $this->simulator()->switch(['basic_redeploy' => $position]);
        $client = $this->client();
        $client->addDomain('new.example', www: true);

        $order = $client->redeploySsl('new.example');

        self::assertSame([SslOutcome::Redeployed, 4001], [$order->outcome, $order->certificateId]);
        self::assertSame($names, $this->simulator()->state()['ssl']['2001']['certificate']['names']);
    }

    /** @return iterable<string, array{string, list<string>}> */
    public static function redeployments(): iterable
    {
        yield 'all names of the moment' => ['all_names', ['network.example', 'new.example', 'www.new.example']];
        yield 'the names that it had' => ['same_names', ['network.example']];
    }

    public function testARefusalWithoutFieldErrorsIsStillASentence(): void
    {
        $this->simulator()->switch(['validation_body' => 'message']);
        $webApps = $this->simulator()->state()['webapps'];
        $this->simulator()->setState(['webapps' => [...$webApps, ['id' => 2002] + $webApps[0]]]);
        $this->putAlias('shop.example', webAppId: 2002);

        $e = $this->assertThrows(
            ValidationException::class,
            fn () => $this->client()->addDomain('shop.example'),
            'shop.example'
        );

        self::assertSame([], $e->getErrors());
        self::assertSame(Reason::ValidationRefused, $e->getReason(), 'Nothing says that the name is in use');
    }

    /** @dataProvider missingTokenTexts */
    public function testTheSameIsSaidOfAWrongTokenWhateverThePanelSays(string $text): void
    {
        $this->simulator()->switch(['missing_token_text' => $text]);
        $client = new Client(self::SERVER, self::WEB_APP, 'wrong');

        $this->assertThrows(AuthenticationException::class, fn () => $client->ping(), 'token', 'allow-list', 'API');
    }

    /** @return iterable<string, array{string}> */
    public static function missingTokenTexts(): iterable
    {
        yield 'missing' => ['missing'];
        yield 'generic' => ['generic'];
    }

    /** @dataProvider retryAfterForms */
    public function testTheWaitIsReadInEveryForm(string $form): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->switch(['retry_after' => $form]);
        $this->simulator()->setState(['rate_limit_per_minute' => 1]);
        $client = $this->client();
        $client->ping();

        $e = $this->assertThrows(RateLimitException::class, fn () => $client->ping());

        if ($form === 'absent') {
            self::assertNull($e->getRetryAfter());
        } else {
            self::assertGreaterThanOrEqual(0.0, $e->getRetryAfter());
            self::assertLessThanOrEqual(60.0, $e->getRetryAfter());
        }
    }

    /** @return iterable<string, array{string}> */
    public static function retryAfterForms(): iterable
    {
        yield 'seconds' => ['seconds'];
        yield 'date' => ['date'];
        yield 'absent' => ['absent'];
    }

    /** @dataProvider spentQuotas */
    public function testASpentMonthIsSaidWhateverTheStatusAndNotTriedAgainWithinTheHour(string $position, int $status): void
    {
        $this->simulator()->switch(['quota_spent' => $position]);
        $this->simulator()->setState(['monthly_quota' => 1]);
        $client = $this->client();
        $client->ping();

        $e = $this->assertThrows(RateLimitException::class, fn () => $client->ping(), 'this month are spent');

        self::assertSame([$status, 1], [$e->getStatus(), $e->getAttempts()]);
        self::assertGreaterThanOrEqual(3600.0, $e->getRetryAfter());
    }

    /** @return iterable<string, array{string, int}> */
    public static function spentQuotas(): iterable
    {
        yield '429' => ['429', 429];
        yield '403' => ['403', 403];
    }
}
