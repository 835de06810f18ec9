<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\DnsRecord;
use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\NotFoundException;
use RunCloud\Test\Support\ExtensionTestCase;

final class DnsRecordsTest extends ExtensionTestCase
{
    public function testTheRecordsAreThePanels(): void
    {
        $id = $this->putAlias('shop.example');

        $records = $this->client()->dnsRecords('shop.example');

        $this->assertRequests('GET /domains', "GET /domains/{$id}/dns");
        self::assertContainsOnlyInstancesOf(DnsRecord::class, $records);
        self::assertSame('A', $records[0]->type);
        self::assertSame('shop.example', $records[0]->hostname);
        self::assertSame('203.0.113.10', $records[0]->content);
    }

    public function testWithTheIdOfTheDomainOneRequestIsEnough(): void
    {
        $this->fillDomains(99);

        self::assertSame('shop99.example', $this->client()->dnsRecords('shop99.example', 5099)[0]->hostname);

        $this->assertRequests('GET /domains/5099/dns');
    }

    public function testWhenTheIdIsGoneTheNameIsSearched(): void
    {
        $id = $this->putAlias('shop.example');

        self::assertSame('shop.example', $this->client()->dnsRecords('shop.example', 9999)[0]->hostname);

        $this->assertRequests('GET /domains/9999/dns', 'GET /domains', "GET /domains/{$id}/dns");
    }

    public function testADomainThatIsNotThereIsNamed(): void
    {
        $e = $this->assertThrows(
            NotFoundException::class,
            fn () => $this->client()->dnsRecords('unknown.example'),
            'unknown.example'
        );

        self::assertSame(404, $e->getStatus());
        self::assertSame(1, $e->getAttempts());
        $this->assertRequests('GET /domains');
    }

    public function testAnIdOfAnotherDomainIsRefused(): void
    {
        $id = $this->putAlias('other.example');

        $this->assertThrows(
            InvalidDomainException::class,
            fn () => $this->client()->dnsRecords('shop.example', $id),
            'shop.example',
            'other.example',
            (string) $id
        );
    }
}
