<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Errand;
use RunCloud\Test\WordPress\Support\FaultyDay;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\Markers;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\ProcessList;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Whoever has an account on the server can read the list of processes, and looks while a call to RunCloud is under way.
 */
final class SecretsInProcessListTest extends NetworkTestCase
{
    private const RUN_QUEUE = 'do_action("action_scheduler_run_queue", "WP Cron"); return getmypid();';
    private const PROXY = ['WP_PROXY_USERNAME' => 'somebody', 'WP_PROXY_PASSWORD' => Markers::PROXY_PASSWORD];

    /** @return array<string, array{array<string, mixed>}> */
    public static function credentials(): array
    {
        return [
            'a token' => [['WU_RUNCLOUD_API_TOKEN' => Markers::TOKEN]],
            'a key and secret' => [
                ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_API_KEY' => Markers::KEY, 'WU_RUNCLOUD_API_SECRET' => Markers::SECRET],
            ],
        ];
    }

    /**
     * @dataProvider credentials
     * @param array<string, mixed> $credentials
     */
    public function testTheProcessListOfAnFpmWorkerInMidCallShowsNoSecret(array $credentials): void
    {
        $this->mapAHost($credentials);
        // WordPress lets its visitor of wp-cron.php go before it begins.
        $errand = Errand::write(Environment::get()->path('errands'), self::RUN_QUEUE, [], []);
        WordPress::request(Kind::Cron->value, ["X-Test-Errand: {$errand->id}"]);
        $list = $this->listInMidCall();
        $errand->awaitAnswer();

        self::assertStringContainsString('php-fpm: pool network', $list->text($errand->answer('wp-cron.php')));
        self::assertSame([], Markers::in($list->text()));
    }

    /**
     * @dataProvider credentials
     * @param array<string, mixed> $credentials
     */
    public function testTheProcessListOfACommandLineInMidCallShowsNoSecret(array $credentials): void
    {
        $this->mapAHost($credentials);
        $process = WordPress::start(self::RUN_QUEUE);
        $list = $this->listInMidCall();

        self::assertStringContainsString('support/cli.php', $list->text($process->answer()));
        self::assertSame([], Markers::in($list->text()));
    }

    /** @param array<string, mixed> $credentials */
    private function mapAHost(array $credentials): void
    {
        $this->panel->simulator->setState(['tokens' => [Markers::TOKEN], 'basic' => [[Markers::KEY, Markers::SECRET]]]);
        $this->define($credentials + self::PROXY + ['TEST_INI' => ['runcloud.timeout' => '20', 'runcloud.deadline' => '30']]);
        $this->network->map('shop.customer.example');
        $this->panel->simulator->clearHistory();
        $this->panel->simulator->fault('slow', ['ms' => 2000, 'times' => 1, 'match' => ['method' => 'POST']]);
    }

    private function listInMidCall(): ProcessList
    {
        Deadline::poll('the request for a domain', fn (): bool => $this->panel->changes() !== []);
        $ready = json_decode(file_get_contents(Environment::get()->path('simulator.json')), true, 512, JSON_THROW_ON_ERROR);
        $list = ProcessList::now($ready['pid']);
        self::assertSame([null], array_column($this->panel->simulator->history(), 'status'), 'The panel has not answered yet');

        return $list;
    }
}
