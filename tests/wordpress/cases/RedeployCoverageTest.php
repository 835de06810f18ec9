<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Pure\LetsEncrypt;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\SharedCertificate;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

require_once __DIR__ . '/../pure/LetsEncrypt.php';

/**
 * From the panel to what is served, in basic mode: nobody documents whether RunCloud redeploys its certificate for the names of the moment or for
 * those that it had. Both end well where they can, and with what the admin can do where they cannot.
 */
final class RedeployCoverageTest extends NetworkTestCase
{
    private const COVERED = ['ready', 'certificate-covers'];
    private const UNDER_WAY = ['pending', 'order-under-way'];
    private const FAILED = ['action', 'order-failed'];
    /** What the first order finds out, then what it is. */
    private const FIRST_ORDER = ['GET ssl/advanced', 'GET ssl', 'PUT ssl/4001'];

    private World $world;

    private SharedCertificate $certificate;

    private LetsEncrypt $letsEncrypt;

    private int $now = 1_800_000_000;

    private int $deployments = 1;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->network->setSetting('auto_create_www_subdomain', 'never');
        $this->world = new World();
        $this->certificate = new SharedCertificate($this->world, $this->panel->simulator);
        $this->letsEncrypt = new LetsEncrypt();
        $servers = $this->panel->simulator->state()['servers'];
        $this->panel->simulator->setState(['servers' => [['ipAddress' => World::HERE] + $servers[0]]]);
        // What RunCloud has is known, the primary domain too.
        WordPress::run('Domain_Sync_For_RunCloud\Panel\Inventory::ask();');
        $this->turn();
        $this->panel->simulator->clearHistory();
    }

    protected function tearDown(): void
    {
        unset($this->certificate, $this->world);
        parent::tearDown();
    }

    public function testWhereNewNamesAreCoveredAMappingEndsServedWithAValidCertificateAndUltimateMultisiteIsDone(): void
    {
        WordPress::run('update_network_option(null, "wu_double_ssl", ["shop.example"]);');
        $this->map('shop.example');
        $this->network->runQueue();
        self::assertSame(['POST domains', ...self::FIRST_ORDER], $this->panel->requests());
        self::assertSame(self::UNDER_WAY, $this->of('shop.example'), 'RunCloud has taken it, and nothing is served yet');
        $this->certificate->install();
        $this->pass(10);
        self::assertSame([self::COVERED, ['ready', 'served']], [$this->of('shop.example'), $this->of('shop.example', 'domain')]);
        $this->passDays(3);
        self::assertSame(self::COVERED, $this->of('shop.example'));
        if (!Support\Environment::get()->isReal()) {
            // The real one looks at the real Internet.
            self::assertSame('done', $this->stage('shop.example'));
        }
        self::assertSame(['PUT ssl/4001'], $this->orders());
        $this->assertAllWasOrderedHere();
    }

    public function testWhereNewNamesAreCoveredHostsMappedTogetherShareAnOrderAndOneOfBeforeStaysCovered(): void
    {
        $this->map('old.example');
        $this->turn();
        $this->pass(10);
        self::assertSame(self::COVERED, $this->of('old.example'));
        $this->map('one.example', 'two.example', 'three.example');
        $this->pass(50);
        $this->pass(10);
        foreach (['old.example', 'one.example', 'two.example', 'three.example'] as $host) {
            self::assertSame(self::COVERED, $this->of($host), $host);
        }
        self::assertCount(2, $this->orders());
        $this->passDays(2);
        self::assertCount(2, $this->orders());
        $this->assertAllWasOrderedHere();
    }

    public function testWhereNewNamesAreCoveredARemovedOneLeavesTheOthersTheirCertificateAndTheNextOrderLeavesItOut(): void
    {
        $this->map('shop.example', 'stays.example');
        $this->turn();
        $this->pass(10);
        $this->unmap('shop.example');
        self::assertSame(self::COVERED, $this->of('stays.example'));
        self::assertCount(1, $this->orders(), 'Nothing is ordered for a name that goes');
        $this->map('next.example');
        $this->pass(61);
        $this->pass(10);
        self::assertSame(['network.example', 'stays.example', 'next.example'], $this->certificate->names());
        self::assertSame([self::COVERED, self::COVERED], [$this->of('stays.example'), $this->of('next.example')]);
        self::assertCount(2, $this->orders());
        $this->assertAllWasOrderedHere();
    }

    public function testWhereOldNamesAreKeptItIsOrderedOnceMoreAndThenTheAdminReadsWhatToDoAndNothingIsRepeated(): void
    {
        $this->keepNames();
        $this->map('shop.example');
        $this->turn();
        self::assertSame(['POST domains', ...self::FIRST_ORDER], $this->panel->requests());
        $this->panel->simulator->clearHistory();
        self::assertSame([20, 40, 80, 160, 320, 600], array_map($this->secondsToTheNextLookAfter(...), [10, 10, 20, 40, 80, 160]));
        self::assertSame([], $this->panel->requests(), 'Looks cost nothing');
        $this->pass(280);
        self::assertSame(['GET ssl/advanced', 'GET ssl', 'PUT ssl/4001'], $this->panel->requests(), 'Read back, and ordered once more');
        $this->panel->simulator->clearHistory();
        $this->pass(601);
        self::assertSame(['GET ssl/advanced', 'GET ssl'], $this->panel->requests(), 'Read back again');
        self::assertSame([self::FAILED, ['ready', 'served']], [$this->of('shop.example'), $this->of('shop.example', 'domain')]);
        $this->assertSaysThatNamesAreKept('shop.example');
        $this->panel->simulator->clearHistory();
        $this->passDays(6);
        self::assertSame(self::FAILED, $this->of('shop.example'));
        self::assertSame([], $this->orders());
        $this->passDays(2);
        self::assertCount(1, $this->orders(), 'After a week it is tried once');
        self::assertSame(self::FAILED, $this->of('shop.example'));
        $this->assertAllWasOrderedHere();
    }

    public function testWhereOldNamesAreKeptAllIsWellWhenTheAdminMakesANewCertificateAndTheNextHostIsTriedOnce(): void
    {
        $this->failFor('shop.example');
        $this->panel->simulator->clearHistory();
        $this->makeNewCertificate();
        $this->pass(3600);
        self::assertSame(self::COVERED, $this->of('shop.example'));
        $this->passDays(8);
        self::assertSame([], $this->orders());
        $this->map('next.example');
        $this->turn();
        for ($turn = 0; $turn < 3; $turn++) {
            $this->pass(601);
        }
        self::assertSame(['PUT ssl/4002'], $this->orders());
        self::assertSame([self::COVERED, self::FAILED], [$this->of('shop.example'), $this->of('next.example')]);
        $this->assertSaysThatNamesAreKept('next.example');
    }

    public function testWhereOldNamesAreKeptHostsMappedTogetherShareTheOrdersAndOneOfBeforeStaysCovered(): void
    {
        $this->map('old.example');
        $this->turn();
        $this->pass(10);
        $this->keepNames();
        $this->panel->simulator->clearHistory();
        $this->map('one.example', 'two.example', 'three.example');
        $this->pass(61);
        for ($turn = 0; $turn < 4; $turn++) {
            $this->pass(601);
        }
        self::assertCount(2, $this->orders());
        self::assertSame(self::COVERED, $this->of('old.example'));
        foreach (['one.example', 'two.example', 'three.example'] as $host) {
            self::assertSame(self::FAILED, $this->of($host), $host);
            $this->assertSaysThatNamesAreKept($host);
        }
        $this->passDays(5);
        self::assertCount(2, $this->orders());
        self::assertSame(self::COVERED, $this->of('old.example'));
        $this->assertAllWasOrderedHere();
    }

    public function testWhereOldNamesAreKeptAHostAfterTheOtherHitsNoLimitAndEachSaysWhatToDo(): void
    {
        $this->keepNames();
        for ($n = 1; $n <= 12; $n++) {
            $this->map("shop{$n}.example");
            $this->pass(61);
            for ($turn = 0; $turn < 6; $turn++) {
                $this->pass(1801);
            }
            self::assertSame(self::FAILED, $this->of("shop{$n}.example"), "Host {$n}");
            $this->assertSaysThatNamesAreKept("shop{$n}.example");
        }
        // 36 hours have passed, in which one of five comes back.
        self::assertCount(6, $this->orders());
    }

    public function testWhereOldNamesAreKeptANameThatGoesHasNothingOrderedAgain(): void
    {
        $this->failFor('shop.example', 'other.example');
        $orders = count($this->orders());
        $this->unmap('other.example');
        $this->passDays(2);
        self::assertCount($orders, $this->orders());
        self::assertSame(self::FAILED, $this->of('shop.example'));
        $this->assertSaysThatNamesAreKept('shop.example');
    }

    public function testWhereOldNamesAreKeptAHostThatIsNotHereIsNotToBlame(): void
    {
        $this->keepNames();
        $this->map('shop.example');
        $this->network->map('late.example');
        for ($turn = 0; $turn < 16; $turn++) {
            $this->pass(901);
        }
        self::assertCount(2, $this->orders());
        self::assertSame(self::FAILED, $this->of('shop.example'));
        $this->assertSaysThatNamesAreKept('shop.example');
    }

    /** Redeploying covers the names that the certificate had, and no other. */
    private function keepNames(): void
    {
        $this->panel->simulator->switch(['basic_redeploy' => 'same_names']);
    }

    /** These hosts are mapped where old names are kept, and are what that leads to. */
    private function failFor(string ...$hosts): void
    {
        $this->keepNames();
        $this->map(...$hosts);
        $this->turn();
        for ($turn = 0; $turn < 3; $turn++) {
            $this->pass(601);
        }
        foreach ($hosts as $host) {
            self::assertSame(self::FAILED, $this->of($host), $host);
        }
    }

    private function map(string ...$hosts): void
    {
        $this->certificate->pointHere(...$hosts);
        array_map([$this->network, 'map'], $hosts);
    }

    private function unmap(string $host): void
    {
        $this->network->unmap($host);
        $this->certificate->forget($host);
        $this->pass(61);
        $this->pass(61);
        self::assertNotContains($host, $this->panel->hosts());
    }

    /** In RunCloud's dashboard somebody takes the certificate away and has a new one made: for all names. */
    private function makeNewCertificate(): void
    {
        $names = array_column($this->panel->simulator->state()['domains'], 'name');
        $ssl = $this->panel->simulator->state()['ssl']['2001'];
        $this->panel->simulator->setState(['ssl' => ['2001' => ['certificate' => ['names' => $names]] + $ssl]]);
        $this->certificate->install();
    }

    /** Cron comes, and what RunCloud issued is served. */
    private function turn(): void
    {
        $this->network->runQueue();
        $certificate = $this->panel->simulator->state()['ssl']['2001']['certificate'];
        if ($certificate['id'] === 4001) {
            for (; $this->deployments < $certificate['deployments']; $this->deployments++) {
                $scopes = array_combine($certificate['names'], $certificate['names']);
                $this->letsEncrypt->order($this->now, $certificate['names'], $scopes, [], true);
            }
        }
        self::assertSame([], $this->letsEncrypt->hits, 'A limit of Let\'s Encrypt is hit');
        $this->certificate->install();
    }

    /** Time passes, cron comes, and what RunCloud issued is served. */
    private function pass(int $seconds): void
    {
        $this->now += $seconds;
        $this->network->letTimePass($seconds);
        $this->certificate->age($seconds);
        $this->turn();
    }

    private function passDays(int $days): void
    {
        for ($turn = 0; $turn < 8 * $days; $turn++) {
            $this->pass(3 * 3600);
        }
    }

    private function secondsToTheNextLookAfter(int $seconds): int
    {
        $this->pass($seconds);
        self::assertSame(self::UNDER_WAY, $this->of('shop.example'));
        $row = $this->network->domain('shop.example');

        return strtotime($row['look_at']) - strtotime($row['ordered_at']);
    }

    /** No certificate counts as one that somebody else ordered. */
    private function assertAllWasOrderedHere(): void
    {
        self::assertStringNotContainsString('that was not ordered from here', $this->network->log());
    }

    private function assertSaysThatNamesAreKept(string $host): void
    {
        $sentence = $this->network->sentence($host, 'certificate');
        self::assertStringContainsString("for the names that it had before, without {$host}.", $sentence);
        self::assertStringContainsString('advanced SSL', $sentence);
    }

    /** @return list<string> */
    private function orders(): array
    {
        return array_values(preg_grep('~^PUT ssl~', $this->panel->requests()));
    }

    private function stage(string $host): string
    {
        return Support\Environment::get()->sql("SELECT stage FROM wp_wu_domain_mappings WHERE domain = '{$host}'")[0]['stage'];
    }

    /** @return array{string, string} Status and reason of a host's certificate, or of its domain. */
    private function of(string $host, string $which = 'certificate'): array
    {
        $row = $this->network->domain($host);

        return [$row["{$which}_status"], $row["{$which}_reason"]];
    }
}
