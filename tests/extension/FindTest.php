<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\DomainType;
use RunCloud\Redirection;
use RunCloud\Test\Support\ExtensionTestCase;

final class FindTest extends ExtensionTestCase
{
    public function testTheSearchStopsAtThePageThatHoldsTheDomain(): void
    {
        $this->fillDomains(99);

        self::assertSame(5099, $this->client()->findDomain('shop99.example')?->id);

        $this->assertRequests('GET /domains', 'GET /domains');
    }

    public function testBothEndsOfTheListAreSearchedFirst(): void
    {
        $this->fillDomains(199);

        self::assertSame(5150, $this->client()->findDomain('shop150.example')?->id);

        $pages = array_map(
            static fn (array $request): string => preg_replace('/&.*/', '', $request['query']),
            $this->simulator()->history()
        );
        self::assertSame(['page=1', 'page=5', 'page=4'], $pages);
    }

    public function testADomainThatIsNotThereIsNull(): void
    {
        $this->fillDomains(50);

        self::assertNull($this->client()->findDomain('shop999.example'));

        $this->assertRequests('GET /domains', 'GET /domains');
    }

    public function testASubdomainIsAnotherDomain(): void
    {
        $this->putAlias('shop.example');

        self::assertNull($this->client()->findDomain('www.shop.example'));
        self::assertNull($this->client()->findDomain('*.shop.example'));
        self::assertNull($this->client()->findDomain('op.example'));
    }

    public function testEveryFieldOfThePanelIsRead(): void
    {
        $this->simulator()->setState(['domains' => [[
            'id' => 3007,
            'webapp_id' => self::WEB_APP,
            'name' => 'shop.example',
            'type' => 'redirect',
            'www' => true,
            'redirection' => 'non-www',
            'wildcard' => true,
            'dns_integration' => 'cloudflare',
            'status' => 'active',
            'created_at' => '2026-11-01 09:30:00',
        ]]]);

        $domain = $this->client()->findDomain('SHOP.example');

        self::assertSame([
            'id' => 3007,
            'name' => 'shop.example',
            'type' => DomainType::Redirect,
            'www' => true,
            'redirection' => Redirection::NonWww,
            'wildcard' => true,
            'dnsIntegration' => 'cloudflare',
            'status' => 'active',
            'createdAt' => '2026-11-01 09:30:00',
            'created' => false,
        ], get_object_vars($domain));
    }
}
