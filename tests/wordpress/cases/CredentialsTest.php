<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Where server, web app, and the keys to them come from.
 */
final class CredentialsTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const PAIR = ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_API_KEY' => 'test-key', 'WU_RUNCLOUD_API_SECRET' => 'test-secret'];
    private const NONE = ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_SERVER_ID' => null, 'WU_RUNCLOUD_APP_ID' => null];

    /** @dataProvider integrations */
    public function testATokenUsesApiVersion3(string $integrations): void
    {
        $this->withIntegrations($integrations);
        self::assertSame(['v3'], $this->versionsUsed());
    }

    /** @dataProvider integrations */
    public function testAKeyWithItsSecretCountsAsSetUpAndUsesApiVersion2(string $integrations): void
    {
        $this->define(self::PAIR + ($integrations === 'legacy' ? ['WU_DOUBLE_INTEGRATIONS' => 'legacy'] : []));
        if ($integrations === 'legacy') {
            $this->skipLegacyOnTheRealOne();
        }
        self::assertSame(['v2'], $this->versionsUsed());
    }

    public function testATokenWinsOverAKey(): void
    {
        $this->define(['WU_RUNCLOUD_API_KEY' => 'wrong', 'WU_RUNCLOUD_API_SECRET' => 'wrong']);
        self::assertSame(['v3'], $this->versionsUsed());
    }

    public function testCredentialsThatTheWizardStoredAreUsedWhereNoConstantIs(): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        $this->store(['WU_RUNCLOUD_API_TOKEN' => 'test-token', 'WU_RUNCLOUD_SERVER_ID' => '1001', 'WU_RUNCLOUD_APP_ID' => '2001']);
        self::assertSame(['v3'], $this->versionsUsed());
    }

    public function testAConstantWinsOverWhatWasStored(): void
    {
        $this->withIntegrations('registry');
        $this->store(['WU_RUNCLOUD_API_TOKEN' => 'an old token', 'WU_RUNCLOUD_SERVER_ID' => '7', 'WU_RUNCLOUD_APP_ID' => '7']);
        self::assertSame(['v3'], $this->versionsUsed());
    }

    public function testStoredCredentialsThatNobodyCanReadAnyMoreCountAsMissing(): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        $this->store(['WU_RUNCLOUD_API_TOKEN' => 'test-token', 'WU_RUNCLOUD_SERVER_ID' => '1001', 'WU_RUNCLOUD_APP_ID' => '2001']);
        $this->define(self::NONE + ['AUTH_SALT' => 'another salt']);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());
    }

    /** @return array<string, array{array<string, mixed>}> */
    public static function junk(): array
    {
        return [
            'the field numbers that old wizards wrote' => [
                ['WU_RUNCLOUD_API_TOKEN' => '0', 'WU_RUNCLOUD_SERVER_ID' => '1', 'WU_RUNCLOUD_APP_ID' => '2'],
            ],
            'a server that is no number' => [['WU_RUNCLOUD_SERVER_ID' => 'web-1']],
            'an empty token' => [['WU_RUNCLOUD_API_TOKEN' => '']],
            'a list' => [['WU_RUNCLOUD_APP_ID' => [2001]]],
            'below zero' => [['WU_RUNCLOUD_APP_ID' => -1]],
        ];
    }

    /**
     * @dataProvider junk
     * @param array<string, mixed> $constants
     */
    public function testJunkInTheConstantsSendsNothingAndBreaksNothing(array $constants): void
    {
        $this->define($constants);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());
    }

    public function testTextOrNumberIdsAreTheSame(): void
    {
        $this->define(['WU_RUNCLOUD_SERVER_ID' => '1001', 'WU_RUNCLOUD_APP_ID' => '2001']);
        self::assertSame(['v3'], $this->versionsUsed());
    }

    /** @return list<string> API versions of the requests that a mapping makes; the host is at RunCloud afterwards. */
    private function versionsUsed(): array
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);

        return array_values(array_unique(array_column($this->panel->simulator->history(), 'version')));
    }

    /** @param array<string, string> $credentials */
    private function store(array $credentials): void
    {
        WordPress::run(
            'WP_Ultimo\Integrations\Integration_Registry::get_instance()->get("runcloud")->save_credentials($credentials);',
            ['credentials' => $credentials]
        );
    }

    private function skipLegacyOnTheRealOne(): void
    {
        if (\RunCloud\Test\WordPress\Support\Environment::get()->isReal() && $this->network->hasRegistry()) {
            $this->markTestSkipped('This Ultimate Multisite has no legacy integrations.');
        }
    }
}
