<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Network;
use RunCloud\Test\WordPress\Support\Panel;
use RunCloud\Test\WordPress\Support\ProcessDied;

/**
 * An operation under one fault after the other, each carried out and described in a few words.
 */
final class Cell
{
    /** The queue does the repeating; time-outs are so long that a starved machine does not run into them. */
    private const SETTINGS = ['max_retries' => '0', 'connect_timeout' => '20', 'timeout' => '30', 'deadline' => '60'];

    /** What a starved machine may need beyond the deadline of a call. */
    private const SLACK = 20;

    /** Wake-ups that are close together share one, every quarter of a minute. */
    private const UNTIL_WOKEN = 16;

    /** Longer than any claim, and than the time after which the queue gives a dead process up; no hourly sweep comes so soon. */
    private const UNTIL_DEAD_WORKERS_ARE_FORGOTTEN = 400;

    /** Hosts that become ready within a minute share a certificate. */
    private const GATHERING = 61;

    /** Whatever the panel says: nobody waits longer than a day, and all together no longer than an hour. */
    private const LONGEST_WAIT = 86400;
    private const LONGEST_PAUSE = 3600;

    private const DIED = 'died';

    private const QUEUE = 'do_action("action_scheduler_run_queue", "WP Cron"); $answer = true;';
    private const TEST = '$answer = Domain_Sync_For_RunCloud\Plugin::instance()->test_connection();
        $answer = is_wp_error($answer) ? $answer->get_error_message() : $answer;';

    private readonly Moment $moment;

    private readonly Holding $before;

    public function __construct(
        private readonly Operation $operation,
        private readonly Network $network,
        private readonly Panel $panel,
        private readonly Processes $processes
    ) {
        $operation->prepare($network, $panel);
        $panel->simulator->clearFaults();
        // No wake-up of an earlier step may hide that one is missing.
        Environment::get()->sql("DELETE FROM wp_actionscheduler_actions WHERE hook = 'domain_sync_wake'");
        $this->before = Holding::of($panel);
        $this->moment = new Moment($panel);
    }

    /**
     * The outcome as the table writes it, or what is never allowed.
     *
     * @param array<string, mixed> $match The requests that the fault meets.
     */
    public function observe(Fault $fault, array $match): string
    {
        $this->moment->restore();
        array_map('unlink', $this->logs());
        $fault->arrange($this->panel, $match);
        $start = microtime(true);
        $code = $this->operation->kind === Kind::Connection ? self::TEST : self::QUEUE;
        try {
            [$requests, $answer] = $this->processes->run($code, $fault->limits + self::SETTINGS, $fault->ini(), $fault->killedOn);
        } catch (ProcessDied $died) {
            if ($fault->killedOn === '') {
                throw $died;
            }
            [$requests, $answer] = [count($this->panel->simulator->history()), null];
        }
        // Not a measurement: without the bound some of these calls would never end.
        if (microtime(true) - $start > ($fault->limits + self::SETTINGS)['deadline'] + self::SLACK) {
            return 'HANGS';
        }
        [$state, $message] = $this->outcome($answer);
        $changes = Holding::of($this->panel)->changesSince($this->before);
        $wrong = $this->complaint($state, $message, $changes);
        if ($wrong !== null) {
            return "{$state}, {$wrong}";
        }
        $fault->lift($this->panel);
        $afterwards = $this->afterwards($state, count($changes));
        if ($afterwards !== []) {
            return "{$state}, AFTERWARDS " . implode('; ', $afterwards);
        }
        // That it was done once is what success says.
        $signs = str_repeat('+', max(0, count($changes) - (int) ($state === $this->operation->done)));

        return "{$state}{$signs} ×{$requests}";
    }

    /**
     * What became of it, and what the admin reads.
     *
     * @param true|string|null $answer Of the test; null: the process died.
     *
     * @return array{string, string}
     */
    private function outcome(bool|string|null $answer): array
    {
        $domain = $this->network->domains()[$this->operation->host] ?? null;
        if ($answer === null) {
            return [self::DIED, ''];
        }
        if ($this->operation->kind === Kind::Connection) {
            // A step that had failed is tried again after a yes only.
            [$state, $message, $expected] = $answer === true ? ['yes', '', 'waiting'] : ['no', $answer, 'failed'];
            return [$state . ($domain['state'] === $expected ? '' : ", the row {$domain['state']}"), $message];
        }
        if ($domain === null) {
            return ['gone', ''];
        }
        [$state, $message] = [$domain['state'], $domain['last_error']];
        if ($this->operation->kind === Kind::Certificate && $state === 'mapped') {
            [$state, $message] = [$domain['certificate'], $domain['certificate_error']];
        }
        if ($state === 'due' && $message !== '') {
            $state = 'retrying';
        }

        return [$state === 'retrying' && $this->secondsOfPause() > 0 ? 'paused' : $state, $message];
    }

    /**
     * What is never allowed while the fault stands.
     *
     * @param list<string> $changes At the panel.
     */
    private function complaint(string $state, string $message, array $changes): ?string
    {
        $done = $state === $this->operation->done;
        $desired = $this->operation->kind === Kind::Connection ? '' : $this->operation->change;
        $others = array_diff($changes, [$desired]);
        $logged = implode('', array_map('file_get_contents', $this->logs()));

        return match (true) {
            $others !== [] => 'HARMS ' . implode(', ', $others),
            count($changes) > 1 && $this->operation->kind === Kind::Domain => 'DOUBLES',
            $done && $desired !== '' && $changes === [] => 'UNTRUE',
            $done => $message === '' ? null : "and yet says {$message}",
            $state === self::DIED => null,
            !str_contains($logged, $message) => 'not in the log',
            $state === 'failed' && !str_contains($logged, 'Test connection') => 'and the log does not say how to go on',
            default => Sentence::faultOf($message),
        };
    }

    /**
     * What is not as it should be when the fault is gone, an admin has put right what only an admin can, and the next try is due.
     *
     * @param int $issued How often the panel has issued the certificate, or done what else was asked for.
     *
     * @return list<string>
     */
    private function afterwards(string $state, int $issued): array
    {
        $complaints = [];
        if ($this->secondsToWait() > self::LONGEST_WAIT || $this->secondsOfPause() > self::LONGEST_PAUSE) {
            $complaints[] = "it waits for {$this->secondsToWait()} s";
        }
        if ($state === 'failed' || $this->operation->kind === Kind::Connection && $state !== 'yes') {
            [, $answer] = $this->processes->run(self::TEST, self::SETTINGS);
            if ($answer !== true) {
                $complaints[] = "the test says {$answer}";
            }
        }
        $seconds = $state === self::DIED ? self::UNTIL_DEAD_WORKERS_ARE_FORGOTTEN : $this->secondsToWait() + self::UNTIL_WOKEN;
        $this->network->letTimePass($seconds);
        $this->processes->run(self::QUEUE, self::SETTINGS);
        if ($this->operation->kind === Kind::Certificate && in_array($state, ['failed', self::DIED], true)) {
            $this->network->letTimePass(self::GATHERING);
            $this->processes->run(self::QUEUE, self::SETTINGS);
        }
        $desired = $this->operation->change === '' ? [] : [$this->operation->change];
        if ($this->operation->kind === Kind::Certificate && $state !== $this->operation->done) {
            // One that is asked for again is issued again.
            array_push($desired, ...array_fill(0, $issued, $this->operation->change));
        }
        $hosts = $this->operation->done === 'gone' ? [] : [$this->operation->host];
        array_push($complaints, ...$this->differences($desired, $hosts));
        if ($complaints === [] && $this->operation->undo) {
            $this->processes->run("wu_get_domain_by_domain('{$this->operation->host}')->delete();" . self::QUEUE, self::SETTINGS);
            foreach ($this->differences([], []) as $difference) {
                $complaints[] = "when it is unmapped, {$difference}";
            }
        }

        return $complaints;
    }

    /**
     * @param list<string> $changes What should have changed at the panel.
     * @param list<string> $hosts   Those that the table should have, mapped.
     *
     * @return list<string>
     */
    private function differences(array $changes, array $hosts): array
    {
        $differences = [];
        $changed = Holding::of($this->panel)->changesSince($this->before);
        if ($changed !== $changes) {
            $differences[] = 'RunCloud has changed by ' . json_encode($changed);
        }
        $domains = $this->network->domains();
        if (array_keys($domains) !== $hosts) {
            $differences[] = 'the table has ' . json_encode(array_keys($domains));
        }
        $certificate = $this->operation->kind === Kind::Certificate ? $this->operation->done : 'waiting-for-dns';
        foreach ($domains as $host => $domain) {
            $is = [$domain['state'], $domain['certificate'], $domain['last_error'] . $domain['certificate_error'], $domain['claim']];
            if ($is !== ['mapped', $certificate, '', '']) {
                $differences[] = "{$host} is " . implode(' ', $is);
            }
        }

        return $differences;
    }

    /** Seconds until the next try of anything. */
    private function secondsToWait(): int
    {
        $times = [0, $this->secondsOfPause()];
        foreach ($this->network->domains() as $domain) {
            if ($domain['state'] !== 'mapped' || $domain['certificate'] === 'due') {
                $times[] = strtotime("{$domain['next_try_at']} UTC") - time();
            }
        }

        return max($times);
    }

    private function secondsOfPause(): int
    {
        $rows = Environment::get()->sql("SELECT meta_value FROM wp_sitemeta WHERE meta_key = 'domain_sync_paused_until'");

        return max(0, (int) ($rows[0]['meta_value'] ?? 0) - time());
    }

    /** @return list<string> Files of the plugin's log. */
    private function logs(): array
    {
        return glob(Environment::get()->site() . '/wp-content/uploads/wu-logs/*integration-runcloud*.log');
    }
}
