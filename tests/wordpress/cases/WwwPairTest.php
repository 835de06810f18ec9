<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * A host and the same with "www." are both mapped.
 */
final class WwwPairTest extends NetworkTestCase
{
    private const BARE = 'shop.example';
    private const WWW = 'www.shop.example';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->network->setSetting('auto_create_www_subdomain', 'always');
        $hosts = [self::BARE, self::WWW];
        $this->world = new World(array_fill_keys($hosts, World::HERE), ['certificates' => array_fill_keys($hosts, 'self-signed')]);
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    /** @return array<string, array{list<string>, bool}> In which order they come, and whether each comes in a run of its own. */
    public static function arrivals(): array
    {
        return [
            'the host first' => [[self::BARE, self::WWW], true],
            'both at once, the host first' => [[self::BARE, self::WWW], false],
            'both at once, www first' => [[self::WWW, self::BARE], false],
        ];
    }

    /**
     * @dataProvider arrivals
     * @param list<string> $hosts
     */
    public function testOneAliasServesBothAndOneOrderIsForBoth(array $hosts, bool $apart): void
    {
        foreach ($hosts as $host) {
            $this->network->map($host);
            $this->minutes($apart ? 2 : 0);
        }
        $this->minutes(4);
        self::assertSame(['POST domains', 'PUT ssl/4001'], $this->panel->changes());
        self::assertSame([self::BARE], $this->panel->hosts());
        self::assertTrue((bool) $this->panel->domain(self::BARE)['www']);
        self::assertSame('www-covered', $this->network->domain(self::WWW)['domain_reason']);
        $names = $this->panel->simulator->state()['ssl']['2001']['certificate']['names'];
        self::assertSame([self::BARE, self::WWW], array_values(array_intersect([self::BARE, self::WWW], $names)), 'The order was for both names');
    }

    /** Taking its alias away would leave it without a certificate until the next order. */
    public function testAnAliasOfItsOwnThatWwwHasAlreadyStaysAndNoNameIsCountedTwice(): void
    {
        $this->network->map(self::WWW);
        $this->minutes(2);
        $this->network->map(self::BARE);
        $this->minutes(4);
        self::assertSame([self::BARE, self::WWW], $this->panel->hosts());
        self::assertSame(['served'], array_values(array_unique(array_column($this->network->domains(), 'domain_reason'))));
        $names = WordPress::run(
            'use Domain_Sync_For_RunCloud\Store\Remotes;
            return Remotes::shared_names(Remotes::shared(2001));'
        );
        self::assertSame(['shop.example', 'www.shop.example'], $names);
    }

    private function minutes(int $minutes): void
    {
        for ($minute = 0; $minute < $minutes; $minute++) {
            $this->network->runQueue();
            $this->network->letTimePass(61);
        }
    }
}
