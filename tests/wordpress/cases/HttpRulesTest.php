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
        self::assertSame('failed', $domain['state']);
        self::assertStringContainsString('WP_ACCESSIBLE_HOSTS', $domain['last_error']);
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
        $this->assertDomain(self::SHOP, ['state' => 'retrying']);
        self::assertStringNotContainsString('p@ss', $this->network->log() . $this->network->domain(self::SHOP)['last_error']);
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
