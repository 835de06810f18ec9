<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\WpCli;

/**
 * What an admin can do about a host on a screen can be done by a command, over REST and as an ability, with the same outcome; README.md says how to
 * name a WordPress that has abilities.
 */
final class SameServicesTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    private const COMMANDS = [
        'remove' => ['remove'], 'approve' => ['approve', '--yes'], 'decline' => ['decline', '--yes'],
        'adopt' => ['approve', '--kind=adopt', '--yes'], 'undo' => ['decline', '--kind=remove', '--yes'],
    ];

    /** @return array<string, array{string}> */
    public static function ways(): array
    {
        return ['a screen' => ['screen'], 'a command' => ['command'], 'REST' => ['rest'], 'an ability' => ['ability']];
    }

    /** @dataProvider ways */
    public function testARowThatWaitsAndIsInOrderIsLetGo(string $way): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->wait('ownership');
        $this->does($way, 'approve');
        $this->assertDomain(self::SHOP, ['hold' => '', 'owner' => 'ours']);
        self::assertSame(['approve-asked'], array_values(preg_grep('/-asked$/', $this->network->history(self::SHOP))));
    }

    /** @dataProvider ways */
    public function testWhatOthersMadeIsAdoptedAndNothingElseIs(string $way): void
    {
        $this->panel->addDomain(['name' => self::SHOP, 'created_at' => '2024-01-02 03:04:05']);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['owner' => 'others']);
        $this->does($way, 'adopt');
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['owner' => 'adopted']);
    }

    /** @dataProvider ways */
    public function testADelayedRemovalIsCalledOffAndThenRemoved(string $way): void
    {
        WordPress::run('return Domain_Sync_For_RunCloud\Settings::set("removal_delay", 86400);');
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->runRemovals();
        $this->assertDomain(self::SHOP, ['domain_reason' => 'removal-delayed']);
        $this->does($way, 'undo');
        $this->assertDomain(self::SHOP, ['hold' => 'declined']);
        $this->network->letTimePass(2 * 86400);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
        $this->does($way, 'remove');
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    /** @dataProvider ways */
    public function testWhatTheNetworkMapsAndThePrimaryDomainAreNotRemoved(string $way): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->does($way, 'remove', false);
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET source = 'code', remote_type = 'primary'; SELECT 1");
        $this->does($way, 'remove', false);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
        self::assertSame([], preg_grep('/-asked$/', $this->network->history(self::SHOP)));
    }

    /** @dataProvider ways */
    public function testWhatWaitsIsDeclined(string $way): void
    {
        $this->network->map(self::SHOP);
        $this->wait('existing');
        $this->does($way, 'decline');
        $this->assertDomain(self::SHOP, ['hold' => 'declined']);
    }

    private function wait(string $hold): void
    {
        Environment::get()->sql(
            "UPDATE wp_domain_sync_domains SET hold = '{$hold}', domain_status = 'action', domain_reason = '{$hold}', due_at = NULL; SELECT 1"
        );
    }

    /** Has something done in some way, and sees that it says whether it was. */
    private function does(string $way, string $what, bool $isDone = true): void
    {
        if ($way === 'command') {
            $words = self::COMMANDS[$what];
            $command = array_shift($words);
            self::assertSame($isDone ? 0 : 1, WpCli::run($command, self::SHOP, ...$words)->code);

            return;
        }
        if ($way === 'screen') {
            $admin = Browser::admin();
            $nonce = $admin->nonce('bulk-domain-sync-domains');
            $fields = ['action' => 'domain_sync_act', '_wpnonce' => $nonce, 'confirmed' => '1', 'do' => $what, 'hosts' => [self::SHOP]];
            self::assertSame(302, $admin->post('/wp-admin/admin-post.php', $fields)[0]);

            return;
        }
        if ($way === 'ability' && !WordPress::run('return function_exists("wp_register_ability");')) {
            $this->markTestSkipped('This WordPress has no abilities.');
        }
        $code = $way === 'ability'
            ? 'return wp_get_ability("domain-sync/$what")->execute(["hosts" => [$host]])["done"];'
            : '$request = new WP_REST_Request("POST", "/domain-sync/v1/$what"); $request->set_body_params(["hosts" => [$host]]);
                return rest_do_request($request)->get_data()["done"];';
        self::assertSame($isDone ? 1 : 0, WordPress::run($code, ['what' => $what, 'host' => self::SHOP], more: ['user' => WordPress::ADMIN]));
    }
}
