<?php

/**
 * The story of a mapping, seen from both sides: what happens in the WordPress network, and what RunCloud makes of it.
 *
 * Usage: RUNCLOUD_WORDPRESS_DIR=... php demo-network.php, with the environment of tests/wordpress up.
 */

declare(strict_types=1);

namespace RunCloud\Demo;

use RunCloud\Test\Support\Simulator;
use RunCloud\Test\WordPress\Support\SharedCertificate;
use RunCloud\Test\WordPress\Support\World;

require __DIR__ . '/../tests/extension/support/autoload.php';
require __DIR__ . '/../tests/wordpress/support/autoload.php';

$folder = getenv('RUNCLOUD_WORDPRESS_DIR');
if ($argc > 1 || $folder === false || !is_file("{$folder}/environment.json")) {
    fwrite(STDERR, "Usage: RUNCLOUD_WORDPRESS_DIR=... php demo-network.php, with the environment of tests/wordpress up.\n");
    exit(2);
}
exit((new Story($folder))->notify() ? 0 : 1);

final class Story
{
    /** Seconds after which a row that is still open is a failure of this demo. */
    private const PATIENCE = 60;
    /** Seconds that are skipped between two visits of cron, which come each minute on a server. */
    private const SKIP = 61;
    /** Hosts of the story; their DNS points to this server from the start. */
    private const HOSTS = ['shop.example', 'store.example'];

    /** @var array{port: int, php_conf: string, site: string, network_domain: string} */
    private readonly array $facts;
    private readonly Simulator $panel;
    private readonly World $internet;
    /** What RunCloud's web server shows to the visitors of all its domains. */
    private readonly SharedCertificate $certificate;

    public function __construct(private readonly string $folder)
    {
        $this->facts = json_decode(file_get_contents("{$folder}/environment.json"), true);
        $this->panel = Simulator::fromReadyFile("{$folder}/simulator.json");
        $credentials = ['WU_RUNCLOUD_API_TOKEN' => 'test-token', 'WU_RUNCLOUD_SERVER_ID' => 1001, 'WU_RUNCLOUD_APP_ID' => 2001];
        file_put_contents("{$folder}/constants.json", json_encode($credentials));
        array_map('unlink', $this->logs());
        $network = $this->facts['network_domain'];
        $this->internet = new World();
        $zones = array_fill_keys(['example', 'localhost'], ['servers' => ['127.0.1.1']]);
        $this->certificate = new SharedCertificate($this->internet, $this->panel, ['zones' => $zones]);
        $this->certificate->pointHere(...self::HOSTS, ...[$network, "shop.{$network}"]);
    }

    /** Whether it ended as it should. */
    public function notify(): bool
    {
        $this->introduce();
        $network = $this->facts['network_domain'];

        $site = $this->chapter("A customer orders a site", fn () => $this->wordpress('new-site', "shop.{$network}"));
        $this->chapter('The customer maps shop.example to it', fn () => $this->wordpress('map', 'shop.example', (string) $site));
        $this->chapter('... and renames it to store.example', fn () => $this->wordpress('rename', 'shop.example', 'store.example'));
        $held = $this->panelHolds();
        $this->chapter('The customer takes store.example away again', fn () => $this->wordpress('unmap', 'store.example'));
        $this->showLog();
        $this->wordpress('end');

        return in_array('store.example', $held, true) && !in_array('shop.example', $held, true)
            && !in_array('store.example', $this->panelHolds(), true)
            && preg_grep('~not ordered from here~', array_map('file_get_contents', $this->logs())) === [];
    }

    private function introduce(): void
    {
        $about = $this->wordpress('about');
        printf(
            "\nNetwork  %s: WordPress %s, %s %s, MariaDB %s\n         %s %s in PHP-FPM %s, extension runcloud %s\n"
                . "Panel    runcloud-simulator %s, web app 2001; DNS and visitors' TLS are simulated as well\n",
            $this->facts['network_domain'],
            $about['wordpress'],
            $about['um']['Name'],
            $about['um']['Version'],
            strtok($about['database'], '-') === '5.5.5' ? strtok('-') : strtok($about['database'], '-'),
            $about['plugin']['Name'],
            $about['plugin']['Version'],
            PHP_VERSION,
            $about['extension'],
            $this->panel->version
        );
    }

    /** Something happens on the network; the queue runs; both sides are shown. */
    private function chapter(string $title, callable $event): mixed
    {
        echo "\n{$title}\n";
        $this->panel->clearHistory();
        $answer = $event();
        $start = hrtime(true);
        $skipped = $this->letQueueRun();
        $seconds = (hrtime(true) - $start) / 1e9;
        foreach ($this->panel->history() as $request) {
            printf("  -> %-6s %-34s %s\n", $request['method'], $this->short($request['path']), $request['status'] ?? 'no answer');
        }
        foreach ($this->wordpress('table') as $row) {
            echo "  network   {$row['host']}: {$row['domain']}; certificate: {$row['certificate']}\n";
        }
        echo '  RunCloud  ', implode(', ', $this->panelHolds()), "\n";
        printf("  done %.1f s after the event%s\n", $seconds, match ($skipped) {
            0 => '',
            1 => '; one minute was skipped',
            default => "; {$skipped} minutes were skipped",
        });

        return $answer;
    }

    /** Calls WordPress's cron as a system's cron job does, until nothing is pending any more. How many minutes were skipped. */
    private function letQueueRun(): int
    {
        $deadline = hrtime(true) + self::PATIENCE * 1e9;
        for ($skipped = 0;; $skipped++) {
            $this->letCronRun($deadline);
            $open = array_filter($this->wordpress('table'), static fn (array $row) => $row['pending']);
            if ($open === []) {
                return $skipped;
            }
            if (hrtime(true) > $deadline) {
                throw new \RuntimeException('The network did not come to rest: ' . json_encode(array_values($open)));
            }
            $this->certificate->install();
            $this->wordpress('skip', (string) self::SKIP);
            $this->certificate->age(self::SKIP);
        }
    }

    /** One visit to WordPress's cron, which answers before it begins. */
    private function letCronRun(float $deadline): void
    {
        $before = $this->wordpress('queue-is-due');
        file_get_contents("http://127.0.0.1:{$this->facts['port']}/wp-cron.php?doing_wp_cron", false, stream_context_create([
            'http' => ['header' => "Host: {$this->facts['network_domain']}", 'timeout' => self::PATIENCE],
        ]));
        while ($this->wordpress('queue-runs') === $before) {
            if (hrtime(true) > $deadline) {
                throw new \RuntimeException('The queue did not run.');
            }
            usleep(20000);
        }
    }

    private function showLog(): void
    {
        echo "\nThe plugin's log (Ultimate Multisite > Events > Logs, integration-runcloud)\n";
        foreach ($this->logs() as $file) {
            foreach (file($file, FILE_IGNORE_NEW_LINES) as $line) {
                echo "  {$line}\n";
            }
        }
    }

    /** @return list<string> The plugin's channel of Ultimate Multisite's log. */
    private function logs(): array
    {
        return glob("{$this->facts['site']}/wp-content/uploads/wu-logs/*integration-runcloud*.log");
    }

    /** @return list<string> */
    private function panelHolds(): array
    {
        return array_column($this->panel->state()['domains'], 'name');
    }

    private function short(string $path): string
    {
        return preg_replace('~^/api/v\d/servers/\d+/webapps/\d+~', '', $path);
    }

    private function wordpress(string ...$errand): mixed
    {
        $command = [PHP_BINARY, __DIR__ . '/demo-wordpress.php', $this->facts['site'], ...$errand];
        $environment = ['PHP_INI_SCAN_DIR' => ":{$this->facts['php_conf']}/conf.d"] + getenv();
        $process = proc_open($command, [1 => ['pipe', 'w']], $pipes, null, $environment);
        $answer = stream_get_contents($pipes[1]);
        if (proc_close($process) !== 0) {
            throw new \RuntimeException("WordPress failed on {$errand[0]}: {$answer}");
        }

        return json_decode($answer, true, 512, JSON_THROW_ON_ERROR);
    }
}
