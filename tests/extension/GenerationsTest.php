<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\SslOutcome;
use RunCloud\Test\Support\ExtensionTestCase;

final class GenerationsTest extends ExtensionTestCase
{
    public function testATokenGoesAsBearerToVersionThree(): void
    {
        $this->everything($this->client());

        $this->assertEveryRequest('v3', 'Bearer (ok)');
    }

    public function testKeyAndSecretGoAsBasicToVersionTwo(): void
    {
        $this->everything($this->legacyClient());

        $this->assertEveryRequest('v2', 'Basic (ok)');
    }

    public function testATokenWinsOverKeyAndSecret(): void
    {
        (new Client(self::SERVER, self::WEB_APP, self::TOKEN, self::KEY, self::SECRET))->ping();

        $this->assertEveryRequest('v3', 'Bearer (ok)');
    }

    public function testAnEmptyTokenIsAsIfThereWereNone(): void
    {
        (new Client(self::SERVER, self::WEB_APP, '', self::KEY, self::SECRET))->ping();

        $this->assertEveryRequest('v2', 'Basic (ok)');
    }

    private function everything(Client $client): void
    {
        $client->ping();
        self::assertSame(self::SERVER, $client->server()->id);
        self::assertSame(self::WEB_APP, $client->webApp()->id);
        $added = $client->addDomain('shop.example');
        self::assertFalse($client->addDomain('shop.example')->created);
        self::assertCount(2, $client->domains());
        self::assertNotSame([], $client->dnsRecords('shop.example'));
        self::assertSame(SslOutcome::Redeployed, $client->redeploySsl('shop.example')->outcome);
        $this->setSsl(true, false, null);
        self::assertSame(SslOutcome::Installed, $client->redeploySsl('shop.example')->outcome);
        self::assertSame(SslOutcome::Redeployed, $client->redeploySsl('shop.example')->outcome);
        self::assertTrue($client->removeDomain('shop.example', $added->id));
    }

    private function assertEveryRequest(string $version, string $authorization): void
    {
        foreach ($this->simulator()->history() as $request) {
            self::assertSame($version, $request['version']);
            self::assertSame($authorization, $request['headers']['authorization']);
        }
    }
}
