<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * WordPress's own constants for requests to other hosts hold for the extension's as well.
 */
final class HttpRulesTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    public function testBlockedExternalRequestsAreNotSent(): void
    {
        $this->define(['WP_HTTP_BLOCK_EXTERNAL' => true]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());
        $domain = $this->network->domain(self::SHOP);
        self::assertSame(['action', 'requests-blocked'], [$domain['domain_status'], $domain['domain_reason']]);
        $advice = WordPress::run(
            '$row = Domain_Sync_For_RunCloud\\Store\\Domain_List::find($host); return $row->domain_reason->next_step($row->domain_details);',
            ['host' => self::SHOP]
        );
        self::assertSame('Add 127.0.0.1 to WP_ACCESSIBLE_HOSTS.', $advice);

        // Once that is put right it goes on by itself.
        $this->define(['WP_HTTP_BLOCK_EXTERNAL' => true, 'WP_ACCESSIBLE_HOSTS' => '127.0.0.1']);
        $this->network->letTimePass(600);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAnAccessibleHostIsReached(): void
    {
        $this->define(['WP_HTTP_BLOCK_EXTERNAL' => true, 'WP_ACCESSIBLE_HOSTS' => 'api.wordpress.org,127.0.0.1']);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testRequestsGoThroughWordPresssProxyWithItsPassword(): void
    {
        $proxy = stream_socket_server('tcp://127.0.0.1:0');
        $port = (int) substr(strrchr(stream_socket_get_name($proxy, false), ':'), 1);
        $this->define(
            ['WP_PROXY_HOST' => '127.0.0.1', 'WP_PROXY_PORT' => $port, 'WP_PROXY_USERNAME' => 'us er', 'WP_PROXY_PASSWORD' => 'p@ss:word']
        );
        $this->network->map(self::SHOP);
        $worker = WordPress::start('do_action("action_scheduler_run_queue", "WP Cron");');
        $connection = stream_socket_accept($proxy, 30);
        $head = '';
        while (!str_contains($head, "\r\n\r\n")) {
            $head .= fgets($connection);
        }
        fwrite($connection, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        fclose($connection);
        fclose($proxy);
        $worker->answer();

        self::assertStringStartsWith('CONNECT 127.0.0.1:', $head);
        self::assertStringContainsString('Basic ' . base64_encode('us er:p@ss:word'), $head);
        self::assertSame([], $this->panel->requests());
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'panel-unreachable']);
        self::assertStringNotContainsString('p@ss', $this->network->log() . json_encode($this->network->domain(self::SHOP)));
    }

    public function testAHostThatBypassesTheProxyIsReachedDirectly(): void
    {
        $this->define(['WP_PROXY_HOST' => '127.0.0.1', 'WP_PROXY_PORT' => 1, 'WP_PROXY_BYPASS_HOSTS' => '127.0.0.1']);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAProxyInTheRequestOfAVisitorChangesNothing(): void
    {
        $this->network->map(self::SHOP);
        $this->network->letCronRun(['Proxy: http://127.0.0.1:1', 'HTTPS_PROXY: http://127.0.0.1:1']);
        Deadline::poll('the domain at RunCloud', fn (): bool => $this->panel->hosts() === [self::SHOP]);
        self::assertSame(['POST domains'], $this->panel->changes());
    }
}
