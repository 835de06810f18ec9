<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A real PHP-FPM with one pool or two, in the foreground, with its own php.ini and nothing of the system's.
 *
 *     $fpm = new PhpFpm(ini: ['extension' => '/abs/runcloud.so'], pool: ['pm.max_children' => '1']);
 *     $answer = $fpm->client()->run('/abs/script.php');
 *     $fpm->stop();
 */
final class PhpFpm
{
    private readonly TemporaryDirectory $directory;
    /** @var list<string> */
    private readonly array $command;
    /** @var resource */
    private $process;
    private int $pid;
    /** @var list<string> Names of the pools. */
    private readonly array $pools;

    /**
     * Starts it and waits until the pool answers.
     *
     * @param array<string, string|list<string>> $ini Lines of php.ini; a list stands for several lines of one name.
     * @param array<string, string> $pool Lines of the pool, such as "pm.max_requests" or "php_admin_value[memory_limit]".
     * @param array<string, string>|null $other Lines of a second pool.
     * @param list<string> $before A command that runs PHP-FPM, such as valgrind.
     *
     * @throws \RuntimeException When it does not start; the message holds its log.
     */
    public function __construct(array $ini = [], array $pool = [], ?array $other = null, array $before = [])
    {
        $this->directory = new TemporaryDirectory();
        $this->pools = $other === null ? ['pool'] : ['pool', 'other'];
        $phpIni = $this->directory->write('php.ini', $this->lines($ini, '"'));
        $config = $this->directory->write('fpm.conf', $this->config(['pool' => $pool] + ($other === null ? [] : ['other' => $other])));
        $root = posix_geteuid() === 0 ? ['-R'] : [];
        $this->command = [...$before, self::binary(), '-c', $phpIni, '-y', $config, '-F', ...$root];
        $this->launch();
    }

    /** @param string $pool "pool" or "other". */
    public function client(float $timeout = 30.0, string $pool = 'pool'): FastCgi
    {
        return new FastCgi($this->socket($pool), $timeout);
    }

    /** Pid of the master process. */
    public function pid(): int
    {
        return $this->pid;
    }

    /**
     * Starts the workers anew; returns when the new master is ready.
     *
     * @param callable|null $meanwhile Done after the signal. Read the answers of calls in flight here: a worker does not go
     *                                 before its client has hung up.
     */
    public function reload(?callable $meanwhile = null): void
    {
        $ready = substr_count($this->log(), 'ready to handle connections');
        posix_kill($this->pid, SIGUSR2);
        if ($meanwhile !== null) {
            $meanwhile();
        }
        Deadline::poll(
            'PHP-FPM to reload',
            fn () => substr_count($this->log(), 'ready to handle connections') > $ready && $this->answers()
        );
    }

    /**
     * Ends it at once, calls in flight included, and starts it anew.
     *
     * @throws \RuntimeException When it does not start; the message holds its log.
     */
    public function restart(): void
    {
        $this->stop();
        $this->launch();
    }

    /** @return list<int> Pids of the workers. */
    public function workers(): array
    {
        return Process::children($this->pid);
    }

    /** @return list<int> Pids of all processes that belong to it: those that have its socket open. */
    public function processes(): array
    {
        return Process::listeningAt($this->socket());
    }

    /** Everything that PHP-FPM has logged or printed. */
    public function log(): string
    {
        return @file_get_contents("{$this->directory->path}/fpm.log")
            . @file_get_contents("{$this->directory->path}/output.log");
    }

    /** Stops it by its pid and returns its log. */
    public function stop(): string
    {
        if (is_resource($this->process)) {
            posix_kill($this->pid, SIGTERM);
            Deadline::poll('PHP-FPM to stop', fn () => !proc_get_status($this->process)['running']);
            proc_close($this->process);
        }

        return $this->log();
    }

    public function __destruct()
    {
        $this->stop();
    }

    private function launch(): void
    {
        $output = ['file', "{$this->directory->path}/output.log", 'a'];
        // An empty value would stand for the system's own folder.
        $environment = ['PHP_INI_SCAN_DIR' => "{$this->directory->path}/conf.d", 'PATH' => getenv('PATH')];
        $this->process = proc_open($this->command, [['file', '/dev/null', 'r'], $output, $output], $pipes, null, $environment);
        $this->pid = proc_get_status($this->process)['pid'];
        try {
            Deadline::poll('PHP-FPM', fn () => $this->answers());
        } catch (\RuntimeException $e) {
            $log = $this->log();
            $this->stop();
            throw new \RuntimeException("{$e->getMessage()} It said: {$log}", 0, $e);
        }
    }

    /** The system's PHP-FPM of this PHP version. */
    private static function binary(): string
    {
        $version = PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION;
        foreach (["/usr/sbin/php-fpm{$version}", dirname(PHP_BINARY, 2) . '/sbin/php-fpm'] as $path) {
            if (is_executable($path)) {
                return $path;
            }
        }
        throw new \RuntimeException("PHP-FPM {$version} is not installed; on Debian: apt-get install php{$version}-fpm.");
    }

    private function socket(string $pool = 'pool'): string
    {
        return "{$this->directory->path}/{$pool}.sock";
    }

    /** Whether every pool takes connections: they begin to listen one after the other. */
    private function answers(): bool
    {
        foreach ($this->pools as $pool) {
            $connection = file_exists($this->socket($pool)) ? @stream_socket_client("unix://{$this->socket($pool)}") : false;
            if ($connection === false) {
                return false;
            }
            fclose($connection);
        }

        return true;
    }

    /** @param array<string, array<string, string>> $pools */
    private function config(array $pools): string
    {
        $global = ['error_log' => "{$this->directory->path}/fpm.log", 'daemonize' => 'no', 'process_control_timeout' => '10s'];
        $config = "[global]\n" . $this->lines($global);
        foreach ($pools as $name => $lines) {
            $root = posix_geteuid() === 0 ? ['user' => 'root', 'group' => 'root'] : [];
            $defaults = ['listen' => $this->socket($name), 'pm' => 'static', 'pm.max_children' => '2', 'catch_workers_output' => 'yes'];
            $config .= "[{$name}]\n" . $this->lines([...$root, ...$defaults, ...$lines]);
        }

        return $config;
    }

    /** @param array<string, string|list<string>> $settings */
    private function lines(array $settings, string $quote = ''): string
    {
        $lines = '';
        foreach ($settings as $name => $values) {
            foreach ((array) $values as $value) {
                $lines .= "{$name} = {$quote}{$value}{$quote}\n";
            }
        }

        return $lines;
    }
}
