<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The next version of plugin and extension, made up: WordPress puts an update's files in place and activates nothing, and the two
 * come at different times.
 */
final class UpgradeTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const STORE = 'store.customer.example';

    private string $folder;

    private string $installed;

    protected function setUp(): void
    {
        parent::setUp();
        $this->folder = sys_get_temp_dir() . '/runcloud-upgrade-' . bin2hex(random_bytes(6));
        mkdir($this->folder);
        $this->installed = (string) readlink(self::link());
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    protected function tearDown(): void
    {
        $this->use($this->installed);
        exec('rm -rf ' . escapeshellarg($this->folder));
    }

    public function testAnUpdatedPluginCompletesTheTablesAndKeepsRowsAndOptions(): void
    {
        $before = [$this->network->domain(self::SHOP), $this->options()];
        $this->use($this->nextPlugin());
        $this->mapAndRun(self::STORE);
        $this->assertPanelHolds([self::SHOP, self::STORE]);

        self::assertSame('7', $this->network->domain(self::STORE)['mood'], 'A row of the new version');
        $after = $this->network->domain(self::SHOP);
        self::assertSame('7', $after['mood'], 'A row from before has the default');
        $kept = array_flip(['host', 'source', 'remote_state', 'owner', 'remote_id', 'generation']);
        self::assertSame(array_intersect_key($before[0], $kept), array_intersect_key($after, $kept));
        self::assertSame(['domain_sync_tables' => (string) ($this->version() + 1)] + $before[1], $this->options());
    }

    public function testThePluginBeforeGoesOnWithTheTablesOfTheNext(): void
    {
        $this->use($this->nextPlugin());
        $this->mapAndRun(self::STORE);
        $this->use($this->installed);
        WordPress::run('wu_get_domain_by_domain($host)->delete();', ['host' => self::SHOP], Kind::Cli);
        foreach ([0, 61, 61] as $seconds) {
            WordPress::run('test_clock_let_time_pass($seconds);', ['seconds' => $seconds], Kind::Cli);
            $this->network->runQueue(Kind::Cli);
        }
        $this->assertPanelHolds([self::STORE]);
        self::assertSame((string) ($this->version() + 1), $this->options()['domain_sync_tables'], 'What the tables have is not taken back');
    }

    public function testAnUpdatedPluginWaitsForTheExtensionItNeedsAndLosesNothing(): void
    {
        $least = WordPress::run('return Domain_Sync_For_RunCloud\Plugin::MINIMUM_EXTENSION;', [], Kind::Cli);
        $this->use($this->nextPlugin(['includes/class-plugin.php' => ["MINIMUM_EXTENSION = '{$least}'", "MINIMUM_EXTENSION = '9.1.0'"]]));
        $this->panel->simulator->clearHistory();
        // The run would be handed over to PHP-FPM, which may still be reading the plugin when it goes.
        WordPress::run('update_network_option(null, "test_handovers_are_lost", 1);', [], Kind::Cli);
        $this->mapAndRun(self::STORE);
        $sentence = WordPress::run('return Domain_Sync_For_RunCloud\Plugin::missing_extension();', [], Kind::Cli);
        $version = phpversion('runcloud') ?: WordPress::run('return phpversion("runcloud");', [], Kind::Cli);
        self::assertSame("The PHP extension \"runcloud\" is too old: version {$version} is loaded, 9.1.0 or later is needed.", $sentence);
        self::assertSame([], $this->panel->changes(), 'Nothing is done by halves');

        // The extension follows.
        $this->mapAndRun('third.customer.example', $this->nextExtension('9.1.0'));
        $this->assertPanelHolds([self::SHOP, self::STORE, 'third.customer.example']);
    }

    public function testThePluginGoesOnWithANewerExtension(): void
    {
        $next = $this->nextExtension('9.1.0');
        self::assertSame('9.1.0', WordPress::run('return phpversion("runcloud");', [], Kind::Cli, $next));
        $this->mapAndRun(self::STORE, $next);
        $this->assertPanelHolds([self::SHOP, self::STORE]);
    }

    /** @param array<string, mixed> $more As for WordPress::start(). */
    private function mapAndRun(string $host, array $more = []): void
    {
        WordPress::run(
            '$domain = wu_create_domain(["domain" => $host, "blog_id" => 1, "active" => true, "primary_domain" => false, "stage" => "checking-dns"]);
            if (is_wp_error($domain)) { throw new RuntimeException($domain->get_error_message()); }',
            ['host' => $host],
            Kind::Cli,
            $more
        );
        $this->network->runQueue(Kind::Cli, $more);
    }

    /**
     * This plugin as its next version: a column more, whose default is 7.
     *
     * @param array<string, array{string, string}> $more What is different too: a text and what takes its place, by file.
     */
    private function nextPlugin(array $more = []): string
    {
        $next = "{$this->folder}/domain-sync-for-runcloud";
        exec('cp -RL ' . escapeshellarg($this->installed) . ' ' . escapeshellarg($next), $output, $status);
        self::assertSame(0, $status);
        $first = "'domains' => array(\n\t\t\t'id' ";
        $changes = $more + [
            'includes/store/class-table.php' => ["VERSION = {$this->version()};", 'VERSION = ' . ($this->version() + 1) . ';'],
            'includes/store/tables.php' => [$first, strtr($first, ["'id'" => "'mood' => 'int NOT NULL DEFAULT 7',\n\t\t\t'id'"])],
        ];
        foreach ($changes as $file => [$from, $to]) {
            $code = (string) file_get_contents("{$next}/{$file}");
            self::assertSame(1, substr_count($code, $from), "{$file} has the text \"{$from}\"");
            file_put_contents("{$next}/{$file}", str_replace($from, $to, $code));
        }

        return $next;
    }

    /**
     * The built extension with another version in it, for processes of the command line.
     *
     * @return array{extension: false, ini: string} For WordPress::run().
     */
    private function nextExtension(string $version): array
    {
        $settings = (string) file_get_contents(Environment::get()->ini() . '/98-runcloud.ini');
        self::assertSame(1, preg_match('/^extension=(.+)$/m', $settings, $match));
        $built = (string) file_get_contents($match[1]);
        $is = WordPress::run('return phpversion("runcloud");', [], Kind::Cli);
        self::assertSame(strlen($version), strlen($is), 'The made-up version must be as long as the real one');
        // The compiler may have put its first four letters into an instruction of x86-64 (a mov).
        $inlined = '/(?<=\xc7.)' . preg_quote(substr($is, 0, 4)) . '/s';
        $changed = preg_replace($inlined, substr($version, 0, 4), str_replace($is, $version, $built));
        file_put_contents("{$this->folder}/runcloud.so", $changed);
        mkdir("{$this->folder}/ini");
        file_put_contents("{$this->folder}/ini/98-runcloud.ini", str_replace($match[1], "{$this->folder}/runcloud.so", $settings));

        return ['extension' => false, 'ini' => "{$this->folder}/ini"];
    }

    /** The version of the tables of the plugin as it is. */
    private function version(): int
    {
        preg_match('/VERSION = (\d+);/', (string) file_get_contents("{$this->installed}/includes/store/class-table.php"), $found);

        return (int) $found[1];
    }

    /** Puts a plugin in place, as an update does. */
    private function use(string $plugin): void
    {
        symlink($plugin, self::link() . '.new');
        rename(self::link() . '.new', self::link());
    }

    /** @return array<string, string> What the plugin notes for good. */
    private function options(): array
    {
        $rows = Environment::get()->sql(
            "SELECT meta_key, meta_value FROM wp_sitemeta WHERE meta_key IN ('domain_sync_tables', 'domain_sync_before', 'domain_sync_network',
                'domain_sync_settings') ORDER BY meta_key"
        );

        $options = array_column($rows, 'meta_value', 'meta_key');
        return ['domain_sync_tables' => $options['domain_sync_tables']] + $options;
    }

    private static function link(): string
    {
        return Environment::get()->site() . '/wp-content/plugins/domain-sync-for-runcloud';
    }
}
