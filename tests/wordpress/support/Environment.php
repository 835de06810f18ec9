<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * The running environment that tests/wordpress/environment/up has brought up: where its parts are, and how it goes back to the start.
 */
final class Environment
{
    /** Credentials as an admin writes them into wp-config.php; they are what the simulator knows. */
    public const CREDENTIALS = [
        'WU_RUNCLOUD_API_TOKEN' => 'test-token',
        'WU_RUNCLOUD_SERVER_ID' => 1001,
        'WU_RUNCLOUD_APP_ID' => 2001,
    ];

    private static ?self $instance = null;

    private ?Tables $tables = null;

    /** @param array<string, string> $facts What up has written down. */
    private function __construct(private readonly array $facts)
    {
    }

    /** @throws \RuntimeException When no environment is up. */
    public static function get(): self
    {
        if (self::$instance === null) {
            $file = getenv('RUNCLOUD_WORDPRESS_DIR') . '/environment.json';
            $facts = json_decode((string) @file_get_contents($file), true);
            if (!is_array($facts)) {
                throw new \RuntimeException("There is no running environment at '{$file}'; start the tests with tests/wordpress/run.");
            }
            self::$instance = new self($facts);
        }

        return self::$instance;
    }

    /** Whether a real Ultimate Multisite runs, and not the double. */
    public function isReal(): bool
    {
        return $this->facts['flavour'] !== 'double';
    }

    /** Whether Ultimate Multisite's own checks see the small world, too. */
    public function hasInternet(): bool
    {
        return ($this->facts['internet'] ?? '') !== '';
    }

    public function path(string $below = ''): string
    {
        return rtrim($this->facts['dir'] . '/' . $below, '/');
    }

    public function site(): string
    {
        return $this->facts['site'];
    }

    public function logs(): string
    {
        return $this->facts['logs'];
    }

    public function port(): int
    {
        return (int) $this->facts['port'];
    }

    /** @return array{dns: int, http: int, https: int} The ports of the small world; plain HTTP at 127.0.0.1 is this network's nginx. */
    public function worldPorts(): array
    {
        return ['dns' => (int) $this->facts['world_dns'], 'http' => $this->port(), 'https' => (int) $this->facts['world_https']];
    }

    /** The file with the authority that is trusted in the small world. */
    public function worldAuthority(): string
    {
        return $this->facts['world_authority'];
    }

    public function networkDomain(): string
    {
        return $this->facts['network_domain'];
    }

    /** Folder of ini files for PHP on the command line, with or without the extension. */
    public function ini(bool $extension = true): string
    {
        return $this->facts['php_conf'] . ($extension ? '/conf.d' : '/plain');
    }

    /** @param array<string, mixed> $constants What wp-config.php defines from the next process on. */
    public function setConstants(array $constants): void
    {
        $file = $this->path('constants.json');
        file_put_contents("{$file}.new", json_encode((object) $constants, JSON_THROW_ON_ERROR));
        rename("{$file}.new", $file);
    }

    /** The dump of the database as it was after the installation. */
    public function snapshot(): string
    {
        return (string) file_get_contents($this->facts['snapshot']);
    }

    /** Database, uploads and logs as they were after the installation, and nothing in the object cache. */
    public function restore(): void
    {
        $this->keepOut(function (): void {
            $this->tables ??= new Tables($this);
            $this->tables->restore();
        });
        $this->flushObjectCache();
        self::clear($this->site() . '/wp-content/uploads');
        foreach (['debug.log', 'php.log'] as $log) {
            @unlink($this->logs() . '/' . $log);
        }
    }

    /** Runs while WordPress has no connection to the database: what a test before set off ends first, or is cut off after ten seconds. */
    private function keepOut(callable $code): void
    {
        $connections = "SELECT id FROM information_schema.PROCESSLIST WHERE user = 'wordpress'";
        for ($end = microtime(true) + 10; $this->sql($connections) !== [] && microtime(true) < $end;) {
            usleep(5_000);
        }
        $this->sql('ALTER USER wordpress@localhost ACCOUNT LOCK');
        try {
            $this->sql('KILL USER wordpress@localhost');
            $code();
        } finally {
            $this->sql('ALTER USER wordpress@localhost ACCOUNT UNLOCK');
        }
    }

    /** One or more statements; gives the rows of a single one. */
    public function sql(string $statements): array
    {
        $database = mysqli_init();
        $database->real_connect('localhost', 'root', '', 'wordpress', 0, $this->facts['socket']);
        $database->set_charset('utf8mb4');
        $rows = [];
        $database->multi_query($statements);
        do {
            $result = $database->store_result();
            $rows = $result instanceof \mysqli_result ? $result->fetch_all(MYSQLI_ASSOC) : $rows;
        } while ($database->more_results() && $database->next_result());
        $database->close();

        return $rows;
    }

    /** Whether WordPress has a persistent object cache. */
    public function hasObjectCache(): bool
    {
        return ($this->facts['redis'] ?? '') !== '';
    }

    /** Empties the persistent object cache, where there is one; what processes remember stays. */
    public function flushObjectCache(): void
    {
        if ($this->hasObjectCache()) {
            $redis = stream_socket_client("unix://{$this->facts['redis']}");
            fwrite($redis, "FLUSHALL\r\n");
            if (fgets($redis) !== "+OK\r\n") {
                throw new \RuntimeException('Redis was not flushed.');
            }
        }
    }

    /** Redis answers nobody while this runs. */
    public function whileObjectCacheIsSilent(callable $code): mixed
    {
        [$redis] = explode(' ', (string) file_get_contents($this->path('pids/redis')));
        posix_kill((int) $redis, SIGSTOP);
        try {
            return $code();
        } finally {
            posix_kill((int) $redis, SIGCONT);
        }
    }

    private static function clear(string $folder): void
    {
        $entries = new \RecursiveIteratorIterator(
            new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS),
            \RecursiveIteratorIterator::CHILD_FIRST
        );
        foreach ($entries as $entry) {
            $entry->isDir() ? rmdir($entry->getPathname()) : unlink($entry->getPathname());
        }
    }
}
