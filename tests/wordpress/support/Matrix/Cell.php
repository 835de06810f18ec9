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
    /** Nothing is repeated in a call; time-outs are so long that a starved machine does not run into them. */
    private const SETTINGS = ['max_retries' => '0', 'connect_timeout' => '20', 'timeout' => '20', 'deadline' => '20'];

    /** What a starved machine may need beyond the deadline of a call. */
    private const SLACK = 20;

    /** Longer than any claim, and than the time after which the queue gives a dead process up; no hourly walk comes so soon. */
    private const UNTIL_DEAD_WORKERS_ARE_FORGOTTEN = 400;

    /** Between two orders of the shared certificate, and between two looks at the network before a removal. */
    private const A_MINUTE = 61;

    /** Tries after the fault: an order whose answer was lost is first given ten minutes, and the next shared one another. */
    private const TRIES = 1;
    private const TRIES_OF_ORDERS = 4;

    /** Whatever the panel says: nobody waits longer than a day, and all together no longer than an hour. */
    private const LONGEST_WAIT = 86400;
    private const LONGEST_PAUSE = 3600;

    private const DIED = 'died';

    private const QUEUE = 'do_action("action_scheduler_run_queue", "WP Cron"); $answer = true;';
    private const TEST = '$answer = Domain_Sync_For_RunCloud\Plugin::test_connection();
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
        // No job of an earlier step may hide that the rows bring forth none.
        Environment::get()->sql("DELETE FROM wp_actionscheduler_actions WHERE hook = 'domain_sync_run'");
        $this->before = Holding::of($panel);
        $this->moment = new Moment($panel);
    }

    /**
     * The outcome as the table writes it, or what is never allowed.
     *
     * @param string $table Of which requests the fault meets which.
     */
    public function observe(Fault $fault, string $table): string
    {
        $this->moment->restore();
        array_map('unlink', $this->logs());
        $fault->arrange($this->panel, $this->terms($table));
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
        $states = $this->outcome($answer);
        $state = $states[$this->operation->host];
        $other = $states[$this->operation->other] ?? '';
        $changes = Holding::of($this->panel)->changesSince($this->before);
        $wrong = $this->complaint($states, $changes, $answer);
        if ($wrong !== null) {
            return implode(', ', [...$states, $wrong]);
        }
        $fault->lift($this->panel);
        $afterwards = $this->afterwards($states, $changes);
        if ($afterwards !== []) {
            return implode(', ', $states) . ', AFTERWARDS ' . implode('; ', $afterwards);
        }
        // That it was done once is what success says.
        $own = array_diff($changes, $this->operation->beside);
        $signs = str_repeat('+', max(0, count($own) - (int) ($state === $this->operation->done)));

        return "{$state}{$signs} ×{$requests}" . ($other === '' ? '' : ", other {$other}");
    }

    /**
     * The requests that a fault meets.
     *
     * @return array<string, mixed> Terms of a fault of the simulator.
     */
    private function terms(string $table): array
    {
        $work = ['method' => $this->operation->work];

        return match ($table) {
            'every-request' => [],
            'the-work' => ['match' => $work],
            'one-of-two' => ['match' => $work, 'times' => 1],
            'after-a-lost-answer' => ['after' => $this->panel->simulator->fault('drop_after', ['match' => $work])],
        };
    }

    /**
     * What became of it.
     *
     * @param true|string|null $answer Of the test; null: the process died.
     *
     * @return array<string, string> By host; that of the operation is the first.
     */
    private function outcome(bool|string|null $answer): array
    {
        $rows = $this->network->domains();
        $states = [];
        foreach (array_filter([$this->operation->host, $this->operation->other]) as $host) {
            $states[$host] = match (true) {
                $answer === null => self::DIED,
                $this->operation->kind === Kind::Connection => $this->outcomeOfTest($rows[$host], $answer),
                !isset($rows[$host]) => 'gone',
                default => $this->stateOf($rows[$host]),
            };
        }

        return $states;
    }

    /**
     * @param array<string, string> $row
     * @param true|string           $answer
     */
    private function outcomeOfTest(array $row, bool|string $answer): string
    {
        // A step that had failed is tried again after a yes only.
        $expected = $answer === true ? 'pending, due' : 'action';
        $is = $row['domain_status'] . ($row['due_at'] === null ? '' : ', due');

        return ($answer === true ? 'yes' : 'no') . ($is === $expected ? '' : ", the row {$is}");
    }

    /** @param array<string, string> $row */
    private function stateOf(array $row): string
    {
        $domain = "{$row['domain_status']}/{$row['domain_reason']}";
        $certificate = "{$row['certificate_status']}/{$row['certificate_reason']}";

        return match (true) {
            $row['source'] === '' || $row['remote_state'] !== 'present' => $domain,
            $this->operation->kind === Kind::Domain || $row['domain_status'] !== 'ready' => $row['failing_since'] === null ? 'present' : $domain,
            // A look that falls into the run's last moments cannot see TLS in these tests.
            in_array($certificate, ['pending/order-under-way', 'unknown/not-looked'], true) && $row['failing_since'] === null => 'ordered',
            default => $certificate,
        };
    }

    /**
     * What is never allowed while the fault stands.
     *
     * @param array<string, string> $states  By host.
     * @param list<string>          $changes At the panel.
     * @param true|string|null      $answer  Of the test.
     */
    private function complaint(array $states, array $changes, bool|string|null $answer): ?string
    {
        $operation = $this->operation;
        $state = $states[$operation->host];
        $done = $state === $operation->done;
        $desired = $operation->kind === Kind::Connection ? '' : $operation->change;
        $others = array_diff($changes, [$desired], $operation->beside);
        $domains = preg_grep('~^[+-]~', $changes);
        $wrong = match (true) {
            $others !== [] => 'HARMS ' . implode(', ', $others),
            $domains !== array_unique($domains) => 'DOUBLES',
            $done && $desired !== '' && !in_array($desired, $changes, true) => 'UNTRUE',
            ($states[$operation->other] ?? '') === $operation->done && array_diff($operation->beside, $changes) !== [] => 'UNTRUE of the other',
            default => null,
        };

        return $wrong ?? ($state === self::DIED ? null : $this->complaintAboutWords($states, $answer));
    }

    /**
     * What is wrong with what the admin reads: one sentence or more for what is not as wanted, and its reason in the log.
     *
     * @param array<string, string> $states By host.
     * @param true|string           $answer Of the test.
     */
    private function complaintAboutWords(array $states, bool|string $answer): ?string
    {
        $logged = implode('', array_map('file_get_contents', $this->logs()));
        if (preg_match('~Said by the panel|test-token~', $logged) === 1) {
            return 'and the log has what the panel said';
        }
        if ($this->operation->kind === Kind::Connection) {
            return match (true) {
                $answer === true => null,
                preg_match('~Connection tested: [a-z-]+\n~', $logged) !== 1 => 'not in the log',
                default => Sentence::faultOf($answer),
            };
        }
        $rows = $this->network->domains();
        foreach (array_diff($states, [$this->operation->done]) as $host => $state) {
            $reason = substr($state, strpos($state, '/') + 1);
            $wrong = match (true) {
                // Another one blocked it, and is complained about if need be.
                $host === $this->operation->other && $rows[$host]['attempts'] === '0' => null,
                !str_contains($logged, $reason) => 'not in the log',
                $rows[$host]['due_at'] === null && !str_contains($logged, 'Test connection') => 'and the log does not say how to go on',
                default => Sentence::faultOf($this->messageOf($host)),
            };
            if ($wrong !== null) {
                return "{$host}: {$wrong}";
            }
        }

        return null;
    }

    /** What the screens say of a host: the sentence of its reason, and what to do. */
    private function messageOf(string $host): string
    {
        $code = '$row = Domain_Sync_For_RunCloud\Store\Domain_List::find("' . $host . '");
            $is_certificate = "ready" === $row->domain_status->value && "" !== $row->source;
            list($reason, $details) = $is_certificate
                ? array($row->certificate_reason, $row->certificate_details) : array($row->domain_reason, $row->domain_details);
            $answer = $reason->sentence($details) . " " . $reason->next_step($details);';

        return $this->processes->run($code, self::SETTINGS)[1];
    }

    /**
     * What is not as it should be when the fault is gone, an admin has put right what only an admin can, and the next try is due.
     *
     * @param array<string, string> $states  By host.
     * @param list<string>          $changes What the panel had done by then.
     *
     * @return list<string>
     */
    private function afterwards(array $states, array $changes): array
    {
        $operation = $this->operation;
        $complaints = [];
        if ($this->secondsToWait() > self::LONGEST_WAIT || $this->secondsOfPause() > self::LONGEST_PAUSE) {
            $complaints[] = "it waits for {$this->secondsToWait()} s, all for {$this->secondsOfPause()} s";
        }
        $isSettled = static fn (array $row): bool => $row['due_at'] === null
            && in_array('action', [$row['domain_status'], $row['certificate_status']], true);
        $settled = array_filter($this->network->domains(), $isSettled);
        if ($settled !== [] && $states[$operation->host] !== 'yes') {
            [, $answer] = $this->processes->run(self::TEST, self::SETTINGS);
            if ($answer !== true) {
                $complaints[] = "the test says {$answer}";
            }
        }
        $isOrder = $operation->kind === Kind::Certificate;
        if ($states[$operation->host] === self::DIED) {
            $this->network->letTimePass(self::UNTIL_DEAD_WORKERS_ARE_FORGOTTEN);
        }
        for ($try = 0; $try < ($isOrder ? self::TRIES_OF_ORDERS : self::TRIES); $try++) {
            $this->network->letTimePass(max(1, $this->secondsToWait() + 1, $isOrder ? self::A_MINUTE : 0));
            $this->processes->run(self::QUEUE, self::SETTINGS);
        }
        $desired = [];
        $changed = Holding::of($this->panel)->changesSince($this->before);
        foreach (array_filter([$operation->change, ...$operation->beside]) as $change) {
            $open = array_keys(array_diff($states, [$operation->done]));
            if (str_starts_with($change, 'certificate of ') && $change !== 'certificate of all') {
                $open = array_intersect($open, [substr($change, strlen('certificate of '))]);
            }
            // A certificate that is asked for again is issued again, and hosts that come one after the other do not share one.
            $issued = str_starts_with($change, 'certificate') ? count(array_keys($changes, $change, true)) : 1 - count(array_slice($open, 0, 1));
            $most = str_starts_with($change, 'certificate') ? $issued + count($open) : 1;
            $count = min($most, max($issued + count(array_slice($open, 0, 1)), count(array_keys($changed, $change, true))));
            array_push($desired, ...array_fill(0, $count, $change));
        }
        $hosts = $operation->done === 'gone' ? [] : array_keys($states);
        array_push($complaints, ...$this->differences($desired, $hosts));
        if ($complaints === [] && $operation->undo) {
            $this->processes->run("\$answer = wu_get_domain_by_domain('{$operation->host}')->delete();", self::SETTINGS);
            $this->network->letTimePass(self::A_MINUTE);
            $this->processes->run(self::QUEUE, self::SETTINGS);
            foreach ($this->differences([], $operation->isLeft ? [$operation->host] : [], $operation->isLeft) as $difference) {
                $complaints[] = "when it is unmapped, {$difference}";
            }
        }

        return $complaints;
    }

    /**
     * @param list<string> $changes What should have changed at the panel.
     * @param list<string> $hosts   Those that the table should have.
     * @param bool         $isLeft  Whether they are left at RunCloud, and not mapped.
     *
     * @return list<string>
     */
    private function differences(array $changes, array $hosts, bool $isLeft = false): array
    {
        $differences = [];
        $changed = Holding::of($this->panel)->changesSince($this->before);
        sort($changed);
        sort($changes);
        if ($changed !== $changes) {
            $differences[] = 'RunCloud has changed by ' . json_encode($changed) . ' instead of ' . json_encode($changes);
        }
        // Domains of others that nobody here ever wanted were seen by the inventory.
        $isSeenOnly = static fn (array $row): bool => $row['source'] === '' && $row['owner'] === 'others' && $row['generation'] === '1';
        $domains = array_filter($this->network->domains(), static fn (array $row): bool => !$isSeenOnly($row));
        if (array_keys($domains) !== $hosts) {
            $differences[] = 'the table has ' . json_encode(array_keys($domains));
        }
        $expected = match (true) {
            $isLeft => 'present ready/not-ours pending/waits-for-dns',
            $this->operation->kind === Kind::Certificate => 'present ready/served unknown/not-looked',
            default => 'present pending/dns-none pending/waits-for-dns',
        };
        foreach ($domains as $host => $row) {
            $is = "{$row['remote_state']} {$row['domain_status']}/{$row['domain_reason']} {$row['certificate_status']}/{$row['certificate_reason']}";
            $isOpen = static fn (?string $value): bool => !in_array($value, [null, '', 'order'], true);
            $open = array_filter(array_intersect_key($row, array_flip(['due_at', 'failing_since', 'claim', 'asked'])), $isOpen);
            if ($is !== $expected || $open !== []) {
                $differences[] = "{$host} is {$is} " . json_encode($open);
            }
        }

        return $differences;
    }

    /** Seconds until the next try of anything. */
    private function secondsToWait(): int
    {
        $times = [0, $this->secondsOfPause()];
        foreach ($this->network->domains() as $domain) {
            $times[] = $domain['due_at'] === null ? 0 : strtotime("{$domain['due_at']} UTC") - time();
        }

        return max($times);
    }

    /** Seconds for which no call, or one kind of call, is made. */
    private function secondsOfPause(): int
    {
        $rows = Environment::get()->sql("SELECT meta_value FROM wp_sitemeta WHERE meta_key = 'domain_sync_limits'");
        $blocks = json_decode($rows[0]['meta_value'] ?? '[]', true)['blocks'] ?? [];

        return max([0, ...array_map(static fn (int $until): int => $until - time(), array_column($blocks, 'until'))]);
    }

    /** @return list<string> Files of the plugin's log. */
    private function logs(): array
    {
        return glob(Environment::get()->site() . '/wp-content/uploads/wu-logs/*integration-runcloud*.log');
    }
}
