<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

use PHPUnit\Framework\TestCase;

/**
 * Starts each test with a fresh network (plugin on, credentials set, no domains, the empty list at RunCloud read) and a fresh, calm panel.
 */
abstract class NetworkTestCase extends TestCase
{
    protected Network $network;

    protected Panel $panel;

    protected function setUp(): void
    {
        $this->network = new Network();
        $this->panel = Panel::get();
        // What the test before left running ends with a calm panel, and is forgotten there as well.
        $this->panel->simulator->reset();
        Environment::get()->restore();
        $this->panel->simulator->reset();
        Environment::get()->setConstants(Environment::CREDENTIALS);
        $this->network->knowList();
    }

    /** Chooses the integrations that the double plays. On a real Ultimate Multisite only its own can be tested. */
    protected function withIntegrations(string $integrations): void
    {
        if (!Environment::get()->isReal()) {
            $this->define(['WU_DOUBLE_INTEGRATIONS' => $integrations]);
        } elseif ($integrations === 'legacy' && $this->network->hasRegistry() || $integrations === 'registry' && !$this->network->hasRegistry()) {
            $this->markTestSkipped("This Ultimate Multisite has no {$integrations} integrations.");
        }
    }

    /** @return array<string, array{string}> */
    public static function integrations(): array
    {
        return ['registry' => ['registry'], 'legacy integrations' => ['legacy']];
    }

    /** @param array<string, mixed> $constants Beside, or instead of, the credentials in wp-config.php; null takes one away. */
    protected function define(array $constants): void
    {
        Environment::get()->setConstants($constants + Environment::CREDENTIALS);
    }

    /** @param list<string> $expected */
    protected function assertPanelHolds(array $expected, string $message = ''): void
    {
        sort($expected);
        self::assertSame($expected, $this->panel->hosts(), $message !== '' ? $message : 'Domains at RunCloud');
    }

    /** @param array<string, mixed> $expected Columns of the host's row. */
    protected function assertDomain(string $host, array $expected): void
    {
        $actual = array_intersect_key($this->network->domain($host), $expected);
        ksort($expected);
        ksort($actual);
        self::assertSame($expected, $actual, "The row of {$host}");
    }

    /** Nothing of PHP's own may have been said: no warning, no notice of our code. */
    protected function assertPostConditions(): void
    {
        $file = Environment::get()->logs() . '/debug.log';
        $lines = is_file($file) ? file($file, FILE_IGNORE_NEW_LINES) : [];
        $ours = preg_grep('~domain-sync-for-runcloud|wordpress-plugin/|PHP Fatal~', $lines);
        self::assertSame([], array_values($ours), "{$file} has lines of the plugin");
    }
}
