<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * Ultimate Multisite's stage and our two conditions, side by side in every five minutes: what one calls right the other never calls failed.
 *
 * What was seen is written to stages-side-by-side.log among the environment's logs.
 */
final class StagesSideBySideTest extends NetworkTestCase
{
    private const HOST = 'shop.example';

    private World $world;

    private int $id;

    /** Seconds since the host was mapped. */
    private int $age = 0;

    /** @var list<string> */
    private array $table = [];

    protected function setUp(): void
    {
        if (Environment::get()->isReal() && !Environment::get()->hasInternet()) {
            $this->markTestSkipped('The real one looks at the real Internet; INTERNET=1 gives it one.');
        }
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $servers = $this->panel->simulator->state()['servers'];
        $here = static fn (array $server): array => ['ipAddress' => World::HERE] + $server;
        $this->panel->simulator->setState(['servers' => array_map($here, $servers)]);
        $this->world = new World([], ['certificates' => [self::HOST => 'self-signed']]);
    }

    protected function tearDown(): void
    {
        unset($this->world);
        // PHPUnit 9 has one name for it, later ones another.
        $name = method_exists($this, 'nameWithDataSet') ? $this->nameWithDataSet() : $this->getName();
        $text = implode("\n", [$name, ...$this->table]) . "\n\n";
        file_put_contents(Environment::get()->logs() . '/stages-side-by-side.log', $text, FILE_APPEND);
        parent::tearDown();
    }

    /** @return array<string, array{int}> */
    public static function lateness(): array
    {
        return ['after 2 h 35 min' => [9300], 'after a day' => [86400]];
    }

    /** @dataProvider lateness */
    public function testDnsThatComesLateEndsInReadyOnBothSides(int $seconds): void
    {
        $this->map();
        $this->watch($seconds);
        self::assertSame(['failed', 'dns-none', 'waits-for-dns'], $this->now());
        $this->serve('self-signed');
        // After a day the host is looked at each hour.
        $this->watch($seconds < 86400 ? 600 : 3900);
        self::assertSame(['checking-ssl-cert', 'served', 'order-under-way'], $this->now());
        $this->serve('good');
        $this->watch(1500);
        self::assertSame(['done', 'served', 'certificate-covers'], $this->now());
    }

    /** @return array<string, array{int, string}> */
    public static function certificates(): array
    {
        return [
            'while Ultimate Multisite waits for it' => [7200, 'checking-ssl-cert'],
            'a day later' => [86400, 'ssl-failed'],
        ];
    }

    /** @dataProvider certificates */
    public function testACertificateThatComesLateEndsInReadyOnBothSides(int $seconds, string $stage): void
    {
        $this->serve('self-signed');
        $this->map();
        $this->watch($seconds);
        self::assertSame([$stage, 'served'], array_slice($this->now(), 0, 2));
        $this->serve('good');
        $this->watch(3900);
        self::assertSame(['done', 'served', 'certificate-covers'], $this->now());
    }

    public function testAnOrderThatIsRefusedIsNoReadyDomainAndOneThatSucceedsLaterIs(): void
    {
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['method' => 'PUT', 'path' => '/ssl']]);
        $this->serve('self-signed');
        $this->map();
        $this->watch(4 * 3600);
        self::assertSame(['ssl-failed', 'served', 'refused'], $this->now());
        $this->panel->simulator->clearFaults();
        WordPress::run('Domain_Sync_For_RunCloud\\Store\\Domain_List::retry([$host]);', ['host' => self::HOST]);
        $this->watch(600);
        self::assertSame(['ssl-failed', 'served', 'order-under-way'], $this->now());
        $this->serve('good');
        $this->watch(1500);
        self::assertSame(['done', 'served', 'certificate-covers'], $this->now());
    }

    /** The proxy shows a certificate of its own, so Ultimate Multisite is content; the plugin looks behind it. */
    public function testAHostBehindAProxyIsReadyOnBothSides(): void
    {
        $this->map();
        $this->watch(900);
        self::assertSame(['checking-dns', 'dns-none', 'waits-for-dns'], $this->now());
        $this->proxy('self-signed');
        $this->watch(900);
        self::assertSame(['done', 'proxied', 'order-under-way'], $this->now());
        $this->proxy('good');
        $this->watch(86400);
        self::assertSame(['done', 'proxied', 'certificate-covers'], $this->now());
    }

    public function testWhatUltimateMultisiteNeverSeesIsReadyWhenItGivesUp(): void
    {
        // The resolver of this server has no answer; the name servers of the host's zone have.
        $this->world->change([self::HOST => World::HERE], ['faults' => ['resolver ' . self::HOST . ' A' => 'server-failure']]);
        $this->map();
        $this->watch(10 * 3600);
        self::assertSame(['done', 'served', 'certificate-covers'], $this->now());
    }

    private function map(): void
    {
        $this->id = $this->network->map(self::HOST);
        $this->age = 0;
        $this->network->runQueue();
        $this->note();
    }

    /** Five minutes each, as long as something moves quickly; half an hour each, after that. */
    private function watch(int $seconds): void
    {
        for ($end = $this->age + $seconds; $this->age < $end;) {
            $step = min($end - $this->age, $this->age < 4 * 3600 || $seconds < 7200 ? 300 : 1800);
            $this->age += $step;
            WordPress::run(
                'test_clock_let_time_pass($seconds); do_action("action_scheduler_run_queue", "WP Cron");',
                ['seconds' => $step],
                Kind::Ajax
            );
            $this->note();
        }
    }

    private function note(): void
    {
        [$stage, $domain, $certificate] = $this->now();
        $line = sprintf('%02d:%02d  %-18s %-16s %s', intdiv($this->age, 3600), intdiv($this->age, 60) % 60, $stage, $domain, $certificate);
        if (substr($line, 5) !== substr(end($this->table) ?: '', 5)) {
            $this->table[] = $line;
        }
        $row = $this->network->domain(self::HOST);
        if ($row['domain_status'] === 'ready') {
            self::assertNotSame('failed', $stage, $line);
        }
        if ($row['domain_status'] === 'ready' && $row['certificate_status'] === 'ready') {
            self::assertNotContains($stage, ['failed', 'ssl-failed'], $line);
        }
        if ($stage === 'done') {
            self::assertSame('ready', $row['domain_status'], $line);
        }
    }

    /** @return array{string, string, string} Their stage, our reason for the domain, and for the certificate. */
    private function now(): array
    {
        $record = Environment::get()->sql("SELECT stage FROM wp_wu_domain_mappings WHERE id = {$this->id}")[0];
        $row = $this->network->domain(self::HOST);

        return [$record['stage'], $row['domain_reason'], $row['certificate_reason']];
    }

    /** The host is this server's, with such a certificate. */
    private function serve(string $certificate): void
    {
        $this->world->change([self::HOST => World::HERE], ['certificates' => [self::HOST => $certificate]]);
        $this->showDouble($certificate === 'good');
    }

    /** A proxy stands before the network, with a good certificate of its own. */
    private function proxy(string $certificate): void
    {
        $page = ['how' => 'proxy', 'location' => World::HERE . ':' . Environment::get()->port()];
        $certificates = [World::ELSEWHERE . ' ' . self::HOST => 'good', World::HERE . ' ' . self::HOST => $certificate];
        $this->world->change([self::HOST => World::ELSEWHERE], ['certificates' => $certificates, 'pages' => [self::HOST . '/*' => $page]]);
        $this->showDouble(true);
    }

    /** The double cannot look. */
    private function showDouble(bool $certificate): void
    {
        WordPress::run('update_network_option(null, "wu_double_ssl", $hosts);', ['hosts' => $certificate ? [self::HOST] : []]);
    }
}
