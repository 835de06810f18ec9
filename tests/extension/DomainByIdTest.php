<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\DomainPage;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\NotFoundException;
use RunCloud\Exception\UnexpectedResponseException;
use RunCloud\Redirection;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * What jobs need that outlive a call: one page, one domain by its id, one change, one certificate.
 */
final class DomainByIdTest extends ExtensionTestCase
{
    public function testPagesAreReadOneByOne(): void
    {
        $this->fillDomains(99);
        $client = $this->client();
        $names = [];
        for ($number = 1; $number <= 3; $number++) {
            $page = $client->domainsPage($number);
            self::assertSame([$number, 3, 100], [$page->page, $page->pages, $page->total]);
            array_push($names, ...array_column($page->domains, 'name'));
        }

        self::assertSame($this->names(), $names);
        self::assertSame(3, $client->requestCount());
        self::assertSame([], $client->domainsPage(9)->domains);
    }

    public function testAPageSurvivesBeingStored(): void
    {
        $page = $this->client()->domainsPage(1);

        self::assertEquals($page, unserialize(serialize($page)));
        self::assertEquals($page, eval('return ' . var_export($page, true) . ';'));
        $this->expectException(\TypeError::class);
        DomainPage::__set_state(['domains' => [new \stdClass()], 'page' => 1]);
    }

    public function testADomainIsReadByItsIdAndIsNullOnlyWhenThePanelSaysSo(): void
    {
        $client = $this->client();

        self::assertSame(self::PRIMARY, $client->domain(self::PRIMARY_ID)?->name);
        self::assertNull($client->domain(77));
        $this->assertThrows(NotFoundException::class, fn () => $this->client(webAppId: 9)->domain(77), 'web app 9');

        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('html', ['status' => 404]);
        $this->assertThrows(UnexpectedResponseException::class, fn () => $client->domain(77));
    }

    public function testAnUpdateKeepsTheDomainAndReadsItBack(): void
    {
        $id = $this->putAlias('shop.example');
        $client = $this->client();

        $domain = $client->updateDomain($id, www: true, redirection: Redirection::NonWww);

        self::assertSame([$id, true, Redirection::NonWww], [$domain->id, $domain->www, $domain->redirection]);
        $this->assertRequests("GET /domains/{$id}", "PATCH /domains/{$id}/meta", "GET /domains/{$id}");
        self::assertSame(Redirection::None, $client->updateDomain($id, redirection: Redirection::None)->redirection);
        self::assertTrue($client->domain($id)->www, 'what was left out stays');
    }

    public function testAnUpdateThatCannotBeIsRefused(): void
    {
        $id = $this->putAlias('*.shop.example');
        $client = $this->client();

        $this->assertThrows(ConfigurationException::class, fn () => $client->updateDomain($id), 'Nothing is to be changed');
        $this->assertThrows(InvalidDomainException::class, fn () => $client->updateDomain($id, www: true), 'wildcard');
        $this->assertThrows(NotFoundException::class, fn () => $client->updateDomain(77, www: true), '77');
    }

    public function testACertificateIsReadWithoutItsKey(): void
    {
        $certificate = $this->client()->certificate();

        self::assertSame(self::CERTIFICATE, $certificate?->id);
        self::assertSame(['id', 'method', 'validUntil', 'renewalDate', 'staging'], array_keys(get_object_vars($certificate)));
        self::assertStringNotContainsString('BEGIN', json_encode($certificate));
        $this->setSsl(false, false, null);
        self::assertNull($this->client()->certificate());
        $this->setSsl(true, false, null);
        self::assertNull($this->client()->certificate(self::PRIMARY_ID));
        $this->assertThrows(NotFoundException::class, fn () => $this->client()->certificate(77), '77');
    }
}
