<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\WpCli;

/**
 * The history of a host says of each line who did it and by what way: person, hook, command, another system, the plugin itself, or RunCloud's drift.
 */
final class TimelineTest extends NetworkTestCase
{
    private const LIST = '/wp-admin/network/admin.php?page=domain-sync';
    private const SHOP = 'shop.customer.example';

    public function testWhoeverMapsADomainIsNamedAndWithoutAUserTheHookIs(): void
    {
        $this->network->map(self::SHOP);
        self::assertSame(['hook', '0'], $this->line('wanted'));
        WordPress::run('return domain_sync_add($host, 1);', ['host' => 'code.customer.example'], more: ['user' => WordPress::ADMIN]);
        self::assertSame(['hook', (string) WordPress::ADMIN], $this->line('wanted', 'code.customer.example'));
        $this->network->runQueue();
        self::assertSame(['run', '0'], $this->line('added'));
        $this->network->unmap(self::SHOP);
        self::assertSame(['hook', '0'], $this->line('unwanted'));
        $shown = $this->shown(self::SHOP);
        self::assertStringContainsString('The network wants it, for site 1. by a hook, without a user', $shown);
        self::assertStringContainsString('The network does not want it any more. by a hook, without a user', $shown);
        self::assertStringContainsString('Added at RunCloud. by itself', $shown);
        self::assertStringContainsString('The network wants it, for site 1. by admin, in the network', $this->shown('code.customer.example'));
    }

    public function testTheSameRequestIsTheScreensTheCommandsOrAnotherSystems(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $admin = Browser::admin();
        $nonce = $admin->nonce('bulk-domain-sync-domains');
        $fields = ['action' => 'domain_sync_act', '_wpnonce' => $nonce, 'do' => 'redeploy', 'hosts' => [self::SHOP]];
        self::assertSame(302, $admin->post('/wp-admin/admin-post.php', $fields)[0]);
        self::assertNull($this->line('redeploy-asked'), 'What is not done is not written down');
        self::assertSame(0, WpCli::run('retry', self::SHOP)->code);
        self::assertSame(['command', '0'], $this->line('retry-asked'));
        self::assertStringContainsString('Another try was asked for. by a command, without a user', $this->shown(self::SHOP));
        self::assertSame(0, WpCli::run('retry', self::SHOP, '--user=1')->code);
        self::assertSame(['command', '1'], $this->line('retry-asked'));
        $request = '$request = new WP_REST_Request("POST", "/domain-sync/v1/retry"); $request->set_body_params(["hosts" => [$host]]);
            return rest_do_request($request)->get_data()["done"];';
        self::assertSame(1, WordPress::run($request, ['host' => self::SHOP], more: ['user' => WordPress::ADMIN]));
        self::assertSame(['system', '1'], $this->line('retry-asked'));
        $admin->post('/wp-admin/admin-post.php', ['do' => 'retry'] + $fields);
        self::assertSame(['screen', '1'], $this->line('retry-asked'));
        $shown = $this->shown(self::SHOP);
        foreach (['by admin, with a command', 'by admin, from another system', 'Another try was asked for. by adminnow'] as $words) {
            self::assertStringContainsString($words, $shown);
        }
    }

    public function testWhatRunCloudHasOtherwiseIsDrift(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $left = array_filter($this->panel->simulator->state()['domains'], static fn (array $domain): bool => $domain['name'] !== self::SHOP);
        $this->panel->simulator->setState(['domains' => array_values($left)]);
        $this->network->letTimePass(86400);
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        self::assertSame(['drift', '0'], $this->line('deleted-at-runcloud'));
        self::assertSame(['drift', '0'], $this->line('added'));
        self::assertStringContainsString('Added at RunCloud. by itself, since RunCloud had it otherwise', $this->shown(self::SHOP));
    }

    /** @return array{string, string}|null The way and the user of the last line of a kind. */
    private function line(string $kind, string $host = self::SHOP): ?array
    {
        $found = Environment::get()->sql("SELECT via, actor FROM wp_domain_sync_events WHERE host = '{$host}' AND kind = '{$kind}' ORDER BY id DESC");

        return $found ? [$found[0]['via'], $found[0]['actor']] : null;
    }

    private function shown(string $host): string
    {
        $html = Browser::admin()->get(self::LIST . "&host={$host}")[1];

        return html_entity_decode(preg_replace('~\s+~', ' ', strip_tags($html)), ENT_QUOTES | ENT_HTML5);
    }
}
