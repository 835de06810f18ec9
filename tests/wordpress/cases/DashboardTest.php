<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * What once failed without a word is said on the Network Admin's dashboard, with what to do, before anything is clicked.
 */
final class DashboardTest extends NetworkTestCase
{
    private const HOST = 'shop.customer.example';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->world = new World();
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    public function testADomainThatRunCloudRefuses(): void
    {
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['method' => 'POST']]);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        foreach (['notice', 'widget'] as $where) {
            $this->assertSays($where, self::HOST, 'RunCloud refused the domain', 'HTTP 422', 'Put right what RunCloud says');
        }
    }

    public function testATokenThatRunCloudDoesNotAccept(): void
    {
        $this->panel->simulator->fault('status', ['status' => 401]);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        foreach (['notice', 'widget'] as $where) {
            $this->assertSays($where, 'RunCloud does not accept the token', 'Set a token that is valid');
        }
        self::assertSame(1, substr_count($this->part('widget'), 'Set a token that is valid'), 'What meets all domains is said once');
        $this->hide();
        self::assertSame('', $this->part('notice'));
        $this->assertSays('widget', 'RunCloud does not accept the token');
    }

    public function testAFirstCertificateThatIsMissing(): void
    {
        $this->world->change([self::HOST => World::HERE], ['certificates' => [self::HOST => 'self-signed']]);
        $this->network->map(self::HOST);
        $ssl = $this->panel->simulator->state()['ssl'];
        $this->panel->simulator->setState(['ssl' => ['2001' => ['certificate' => null] + $ssl['2001']]]);
        $this->network->runQueue();
        $this->network->letTimePass(660);
        $this->network->runQueue();
        foreach (['notice', 'widget'] as $where) {
            $this->assertSays($where, self::HOST, 'Install the first certificate in the RunCloud dashboard');
        }
        $page = Browser::admin()->get('/wp-admin/network/admin.php?page=domain-sync&host=' . self::HOST)[1];
        self::assertStringNotContainsString('It ends:', $page, 'What is served is the self-signed one of the server');
    }

    public function testADayOfWaitingForDns(): void
    {
        $this->network->map(self::HOST);
        $this->network->runQueue();
        self::assertStringNotContainsString(self::HOST, $this->part('widget'), 'It has just been mapped');
        $this->network->letTimePass(86400);
        $this->network->runQueue();
        $this->assertSays('widget', self::HOST, 'No DNS yet', 'for 1 day', 'Set an address record');
        self::assertSame('', $this->part('notice'), 'Its customer is asked for, and nobody else');
    }

    public function testSeveralAreCountedInTheNotice(): void
    {
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['method' => 'POST']]);
        array_map($this->network->map(...), [self::HOST, 'other.customer.example']);
        $this->network->runQueue();
        $this->assertSays('notice', '2 domains need somebody');
        $this->assertSays('widget', self::HOST, 'other.customer.example', '2 Action needed');
    }

    public function testWhoMayNotSeeTheScreensHasNoWidget(): void
    {
        $this->network->map(self::HOST);
        self::assertSame('', WordPress::run(
            'add_filter("domain_sync_capability", static fn (): string => "do_not_allow");
            require_once ABSPATH . "wp-admin/includes/admin.php";
            require_once ABSPATH . "wp-admin/includes/dashboard.php";
            set_current_screen("dashboard-network");
            do_action("wp_network_dashboard_setup");
            return $GLOBALS["wp_meta_boxes"]["dashboard-network"]["side"]["high"]["domain-sync-for-runcloud"]["id"] ?? "";',
            [],
            more: ['user' => WordPress::ADMIN]
        ));
    }

    private function assertSays(string $where, string ...$texts): void
    {
        $said = $this->part($where);
        foreach ($texts as $text) {
            self::assertStringContainsString($text, $said, "The {$where}");
        }
    }

    /** The text of the notice, or of the widget; "" where there is none. */
    private function part(string $where): string
    {
        $page = new \DOMDocument();
        @$page->loadHTML(Browser::admin()->get('/wp-admin/network/')[1]);
        $part = $page->getElementById($where === 'notice' ? 'domain-sync-for-runcloud-notice' : 'domain-sync-for-runcloud');

        return $part === null ? '' : (string) preg_replace('/\s+/', ' ', $part->textContent);
    }

    private function hide(): void
    {
        $day = intdiv(time(), 86400);
        WordPress::run('update_user_meta(1, "domain_sync_dismiss", ["block" => $day]);', ['day' => $day]);
    }
}
