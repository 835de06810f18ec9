<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * In basic mode one certificate is for all domains of the web application: one that is not here may spoil the order for all.
 */
final class SharedOrderTest extends NetworkTestCase
{
    private const RIGHT = 'right.example';
    private const LATE = 'late.example';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->world = new World();
        $this->network->setSetting('auto_create_www_subdomain', 'never');
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    public function testTheOrderWaitsForAHostThatIsNotHereYetNamesItAndLeavesWhenItIs(): void
    {
        $this->mapBoth();
        self::assertSame([], $this->orders());
        self::assertSame(['pending', 'shared-order-waits'], $this->certificate(self::RIGHT));
        self::assertStringContainsString('not reachable here yet: late.example.', $this->network->sentence(self::RIGHT, 'certificate'));
        self::assertStringNotContainsString('(not known)', $this->network->sentence(self::RIGHT, 'certificate'));
        $this->serve(self::RIGHT, self::LATE);
        $this->minutes(1);
        self::assertSame(['PUT ssl/4001'], $this->orders(), 'One order for both, in the first turn after the last is right');
        self::assertSame(['order-under-way', 'order-under-way'], [$this->certificate(self::RIGHT)[1], $this->certificate(self::LATE)[1]]);
    }

    public function testAHostThatIsUnmappedStandsInNobodysWay(): void
    {
        $this->mapBoth();
        $this->network->unmap(self::LATE);
        $this->minutes(7);
        self::assertSame(['PUT ssl/4001'], $this->orders());
        $this->assertPanelHolds([self::RIGHT]);
    }

    public function testNobodyWaitsForEverItIsOrderedAfterAnHourAndWhereThatBroughtNothingSomebodyIsNeeded(): void
    {
        $this->mapBoth();
        $this->network->letTimePass(3700);
        $this->network->runQueue();
        self::assertCount(1, $this->orders());
        $this->network->letTimePass(700);
        $this->minutes(5);
        self::assertSame(['action', 'shared-order-blocked'], $this->certificate(self::RIGHT));
        self::assertStringContainsString('stopped it: late.example.', $this->network->sentence(self::RIGHT, 'certificate'));
        $this->network->letTimePass(43200);
        $this->minutes(2);
        self::assertCount(1, $this->orders(), 'One a day');
        $this->network->letTimePass(43200);
        $this->minutes(7);
        self::assertCount(2, $this->orders());
        $this->network->letTimePass(700);
        $this->serve(self::RIGHT, self::LATE);
        // After a day there is a look each hour.
        $this->network->letTimePass(3600);
        $this->minutes(2);
        self::assertCount(3, $this->orders(), 'What failed before the last was right does not count');
        self::assertSame('order-under-way', $this->certificate(self::RIGHT)[1]);
    }

    public function testWhereRunCloudLeavesOutWhoIsNotHereNobodyWaitsForThatHostAgain(): void
    {
        $this->mapBoth();
        $servers = $this->panel->simulator->state()['servers'];
        $this->panel->simulator->setState(['servers' => [['ipAddress' => World::HERE] + $servers[0]]]);
        // The world's certificates are ten days old, and so younger than this.
        $this->network->letTimePass(11 * 86400);
        $this->minutes(1);
        $this->world->change([self::RIGHT => World::HERE]);
        $this->minutes(5);
        self::assertSame(['ready', 'certificate-covers'], $this->certificate(self::RIGHT));
        $orders = count($this->orders());
        $this->network->letTimePass(700);
        $this->world->change([self::RIGHT => World::HERE, 'new.example' => World::HERE], ['certificates' => ['new.example' => 'self-signed']]);
        $this->network->map('new.example');
        $this->minutes(1);
        self::assertCount($orders + 1, $this->orders(), json_encode($this->network->domains()));
    }

    public function testADomainThatNobodyMappedIsLookedAtBeforeTheOrderAndNamed(): void
    {
        $this->panel->addDomain(['name' => 'others.example']);
        $this->readList();
        $this->serve(self::RIGHT);
        $this->network->map(self::RIGHT);
        $this->minutes(2);
        self::assertSame([], $this->orders());
        self::assertStringContainsString('not reachable here yet: others.example.', $this->network->sentence(self::RIGHT, 'certificate'));
        self::assertSame('not-ours', $this->network->domain('others.example')['domain_reason'], 'Its own condition stays');
        $this->serve(self::RIGHT, 'others.example');
        $this->minutes(6);
        self::assertSame(['PUT ssl/4001'], $this->orders());
    }

    public function testDomainsThatNobodyMappedAreLookedAtOnceADayAndOnlyWhileAnOrderIsDue(): void
    {
        $this->panel->addDomain(['name' => 'others.example']);
        $this->readList();
        $looks = fn (): int => count(preg_grep('~^dns 127\.0\.1\.1 others\.example A$~', $this->world->seen()));
        $this->minutes(3);
        self::assertSame(0, $looks());
        $this->serve(self::RIGHT, 'others.example');
        $this->network->map(self::RIGHT);
        $this->minutes(2);
        self::assertSame(['PUT ssl/4001'], $this->orders());
        self::assertSame(1, $looks());
        $this->network->map('second.example');
        $this->serve(self::RIGHT, 'others.example', 'second.example');
        $this->minutes(3);
        self::assertSame(['PUT ssl/4001', 'PUT ssl/4001'], $this->orders());
        self::assertSame(1, $looks(), 'What was found is kept');
    }

    public function testAWwwThatHasNoDnsIsNamedWhoeverMadeTheDomain(): void
    {
        $this->panel->addDomain(['name' => 'others.example', 'www' => true]);
        $this->readList();
        $this->serve(self::RIGHT, 'others.example');
        $this->network->map(self::RIGHT);
        $this->minutes(2);
        self::assertSame([], $this->orders());
        self::assertStringContainsString('not reachable here yet: www.others.example.', $this->network->sentence(self::RIGHT, 'certificate'));
    }

    public function testWhereTheModeIsNotKnownItIsAskedBeforeAnOrderThatOthersMaySpoil(): void
    {
        $this->mapBoth();
        self::assertSame(['POST domains', 'POST domains', 'GET ssl/advanced'], $this->panel->requests());
    }

    public function testAnOrderThatFindsOutTheModeCountsForAllNamesOfTheCertificate(): void
    {
        $this->readList();
        $this->serve(self::RIGHT);
        $this->network->map(self::RIGHT);
        $this->network->runQueue();
        self::assertSame(['POST domains', 'GET ssl/advanced', 'GET ssl', 'PUT ssl/4001'], $this->panel->requests());
        $lines = Support\Environment::get()->sql("SELECT scope, order_set FROM wp_domain_sync_events WHERE kind = 'order' ORDER BY scope");
        self::assertSame(['network.example', self::RIGHT], array_column($lines, 'scope'));
        $set = WordPress::run('return Domain_Sync_For_RunCloud\Store\Domain::set_of(["network.example", $host]);', ['host' => self::RIGHT]);
        self::assertSame([$set, $set], array_column($lines, 'order_set'));
    }

    public function testWithAdvancedSslNobodyWaitsForAnother(): void
    {
        $ssl = $this->panel->simulator->state()['ssl'];
        $this->panel->simulator->setState(['ssl' => ['2001' => ['advancedSSL' => true, 'certificate' => null] + $ssl['2001']]]);
        $this->mapBoth();
        self::assertCount(1, $this->orders());
        self::assertSame(['pending', 'order-under-way'], $this->certificate(self::RIGHT));
    }

    public function testAHostBehindAProxyIsOrderedWhenTheNonceArrivesAndStandsInNobodysWay(): void
    {
        WordPress::run(
            'Domain_Sync_For_RunCloud\Serving\Nonce::get();
            (new Domain_Sync_For_RunCloud\Panel\Web_App())->keep_addresses(["127.0.0.1"]);'
        );
        $site = Support\Environment::get()->site();
        $file = glob("{$site}/wp-content/uploads/domain-sync-*.txt")[0];
        $page = ['proxied.example' . substr($file, strlen($site)) => ['body' => file_get_contents($file)]];
        $certificates = ['proxied.example' => 'self-signed', self::RIGHT => 'self-signed'];
        $this->world->change(['proxied.example' => World::ELSEWHERE, self::RIGHT => World::HERE], ['certificates' => $certificates]);
        $this->network->map('proxied.example');
        $this->network->map(self::RIGHT);
        $this->minutes(2);
        self::assertSame(['dns-elsewhere', []], [$this->network->domain('proxied.example')['domain_reason'], $this->orders()]);
        $this->world->change(
            ['proxied.example' => World::ELSEWHERE, self::RIGHT => World::HERE],
            ['certificates' => $certificates, 'pages' => $page]
        );
        $this->minutes(1);
        self::assertSame(['proxied', ['PUT ssl/4001']], [$this->network->domain('proxied.example')['domain_reason'], $this->orders()]);
        self::assertSame('order-under-way', $this->certificate('proxied.example')[1]);
    }

    private function mapBoth(): void
    {
        $this->serve(self::RIGHT);
        $this->network->map(self::RIGHT);
        $this->network->map(self::LATE);
        $this->minutes(2);
    }

    /** DNS of these hosts is right, and there is no certificate yet. */
    private function serve(string ...$hosts): void
    {
        $this->world->change(array_fill_keys($hosts, World::HERE), ['certificates' => array_fill_keys($hosts, 'self-signed')]);
    }

    private function readList(): void
    {
        WordPress::run('Domain_Sync_For_RunCloud\Panel\Inventory::ask();');
        $this->minutes(1);
        $this->panel->simulator->clearHistory();
    }

    /** @return list<string> */
    private function orders(): array
    {
        return array_values(preg_grep('~ssl~', $this->panel->changes()));
    }

    /** @return array{string, string} */
    private function certificate(string $host): array
    {
        $row = $this->network->domain($host);

        return [$row['certificate_status'], $row['certificate_reason']];
    }

    private function minutes(int $minutes): void
    {
        for ($minute = 0; $minute < $minutes; $minute++) {
            $this->network->runQueue();
            $this->network->letTimePass(61);
            $this->network->runQueue();
        }
    }
}
