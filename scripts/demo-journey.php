<?php

/**
 * The demo's story: starts a PHP-FPM with the extension, has its worker map a domain, and tells what happened.
 *
 * Usage: RUNCLOUD_EXTENSION=/abs/runcloud.so php demo-journey.php DOMAIN [READY-FILE-OF-THE-SIMULATOR]
 * Without a ready file the panel is the real one, with the WU_RUNCLOUD_ constants taken from the environment.
 */

declare(strict_types=1);

namespace RunCloud\Demo;

use RunCloud\Test\Support\FastCgi;
use RunCloud\Test\Support\PhpFpm;
use RunCloud\Test\Support\Simulator;
use RunCloud\Test\Support\TemporaryDirectory;

require __DIR__ . '/../tests/extension/support/autoload.php';

if ($argc < 2 || $argc > 3 || getenv('RUNCLOUD_EXTENSION') === false) {
    fwrite(STDERR, "Usage: RUNCLOUD_EXTENSION=/abs/runcloud.so php demo-journey.php DOMAIN [READY-FILE-OF-THE-SIMULATOR]\n");
    exit(2);
}

// A signal ends the script in order, so that PHP-FPM is stopped and the directory removed.
pcntl_async_signals(true);
pcntl_signal(SIGINT, static fn () => exit(130));
pcntl_signal(SIGTERM, static fn () => exit(143));

$simulator = isset($argv[2]) ? Simulator::fromReadyFile($argv[2]) : null;
exit((new Journey($argv[1], $simulator))->tell() ? 0 : 1);

final class Journey
{
    private const LONGEST_LIST = 8;

    private readonly TemporaryDirectory $site;
    private readonly FastCgi $worker;
    private readonly PhpFpm $fpm;
    /** @var list<array<string, mixed>> What the simulator saw. */
    private array $requests = [];
    private bool $well = true;

    public function __construct(private readonly string $domain, private readonly ?Simulator $simulator)
    {
        $this->site = new TemporaryDirectory();
        $this->site->write('wp-config.php', $this->constants());
        $this->site->write('index.php', file_get_contents(__DIR__ . '/demo-page.php'));
        $ini = ['extension' => getenv('RUNCLOUD_EXTENSION')];
        if ($simulator !== null) {
            $ini += ['runcloud.base_url' => $simulator->panel, 'runcloud.ca_file' => $simulator->ca];
        }
        $this->fpm = new PhpFpm($ini, ['pm.max_children' => '1']);
        $this->worker = $this->fpm->client(timeout: 120);
    }

    /** Whether every call went well. */
    public function tell(): bool
    {
        $this->introduce();
        $added = $this->showDomains() ? $this->step("runcloud_add_domain('{$this->domain}')", 'add') : null;
        if ($added === null) {
            return false;
        }
        $certificate = $this->step("runcloud_redeploy_ssl('{$this->domain}')", 'redeploy')['certificateId'] ?? null;
        if ($this->simulator !== null && $certificate !== null) {
            // Only here: at a real panel every redeployment counts with Let's Encrypt.
            $this->step("runcloud_redeploy_ssl('{$this->domain}', {$certificate})", 'redeploy', $certificate);
        }
        $this->showDomains();

        if ($added['created']) {
            $this->step("runcloud_remove_domain('{$this->domain}', {$added['id']})", 'remove', $added['id']);
            $this->showDomains();
        } else {
            echo "{$this->domain} was there before this demo, so it stays.\n";
        }
        $this->showRequests();

        return $this->well;
    }

    private function introduce(): void
    {
        $about = $this->ask('about')['result'];
        $panel = $this->simulator === null
            ? 'your RunCloud account'
            : "runcloud-simulator {$this->simulator->version}; nothing leaves this machine";
        echo "Panel   {$panel}\n";
        echo "Worker  PHP-FPM {$about['php']} with the extension runcloud {$about['version']}, process {$about['pid']}\n";
    }

    /** Has the worker make a call, prints it with its time and answer, and returns the answer; null when it threw. */
    private function step(string $code, string $call, ?int $id = null): mixed
    {
        $this->simulator?->clearHistory();
        $answer = $this->ask($call, $id);
        $requests = $this->simulator?->history() ?? [];
        array_push($this->requests, ...$requests);
        $cost = $requests === [] ? '' : $this->count($requests, 'request');
        printf("%-48s %10s %9.1f ms\n", $code, $cost, $answer['milliseconds']);
        if (isset($answer['error'])) {
            $this->well = false;
            echo "  {$answer['error']}\n";

            return null;
        }
        echo '  ', $this->describe($call, $answer['result']), "\n";

        return $answer['result'];
    }

    private function ask(string $call, ?int $id = null): array
    {
        $query = ['call' => $call, 'domain' => $this->domain] + ($id === null ? [] : ['id' => $id]);

        return $this->worker->run("{$this->site->path}/index.php", $query)->json();
    }

    private function describe(string $call, mixed $result): string
    {
        if ($call === 'remove') {
            return $result ? 'removed' : 'was not there any more';
        }
        if ($call === 'add') {
            return sprintf('%s, domain %d: %s', $result['type'], $result['id'], $result['created'] ? 'added' : 'was there');
        }
        $whose = $result['domain'] ?? 'the whole web application';
        $until = isset($result['validUntil']) ? ", valid until {$result['validUntil']}" : '';

        return $result['certificateId'] === null
            ? "{$result['outcome']} ({$result['mode']} SSL)"
            : "{$result['outcome']}: certificate {$result['certificateId']} of {$whose}{$until}";
    }

    /** Prints what the panel holds: from the simulator itself where there is one, else as the extension lists it. */
    private function showDomains(): bool
    {
        $answer = $this->simulator === null ? $this->ask('domains') : ['result' => $this->simulator->state()['domains']];
        if (isset($answer['error'])) {
            $this->well = false;
            echo "\n{$answer['error']}\n";

            return false;
        }
        $domains = $answer['result'];
        echo "\nThe panel holds {$this->count($domains, 'domain')}\n";
        foreach (array_slice($domains, -self::LONGEST_LIST) as $domain) {
            printf("  %6d  %-8s %s\n", $domain['id'], $domain['type'], $domain['name']);
        }
        echo "\n";

        return true;
    }

    private function showRequests(): void
    {
        if ($this->requests === []) {
            return;
        }
        $connections = array_unique(array_column($this->requests, 'connection'));
        $base = '/api/v3/servers/1001/webapps/2001';
        echo "The panel saw, over {$this->count($connections, 'connection')} and below {$base}\n";
        foreach ($this->requests as $request) {
            printf("  %d  %-6s %s\n", $request['status'], $request['method'], substr($request['path'], strlen($base)));
        }
    }

    private function count(array $things, string $name): string
    {
        return count($things) . " {$name}" . (count($things) === 1 ? '' : 's');
    }

    /** What a WordPress site has in its wp-config.php. */
    private function constants(): string
    {
        $values = ['API_TOKEN' => 'test-token', 'SERVER_ID' => '1001', 'APP_ID' => '2001'];
        if ($this->simulator === null) {
            $values = [];
            foreach (['API_TOKEN', 'API_KEY', 'API_SECRET', 'SERVER_ID', 'APP_ID'] as $name) {
                $values[$name] = (string) getenv("WU_RUNCLOUD_{$name}");
            }
        }
        $code = "<?php\n";
        foreach (array_filter($values, static fn (string $value) => $value !== '') as $name => $value) {
            $code .= "define('WU_RUNCLOUD_{$name}', " . var_export($value, true) . ");\n";
        }

        return $code;
    }
}
