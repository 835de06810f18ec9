<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * Lets a sequence happen on a network while the panel fails at random, and looks afterwards whether RunCloud holds what the network wants.
 */
final class BadDay
{
    /** Domains that somebody made at RunCloud by hand, two of which the network maps again and again. */
    private const THEIRS = ['mail.customer.example', 'host3.customer.example', 'host5.customer.example'];

    /** Longer than any claim of the plugin, and than the time after which the queue gives a dead process up. */
    private const UNTIL_DEAD_WORKERS_ARE_FORGOTTEN = 400;

    /** @var array<string, int> What happened so far. */
    public array $counts = ['sequences' => 0, 'changes' => 0, 'killed' => 0, 'requests' => 0, 'faults' => 0];

    /** @var array<string, Prefork> */
    private array $preforks = [];

    /** @param bool $forks Whether processes of the command line are forked, instead of loading WordPress each: a shorter day. */
    public function __construct(private readonly Network $network, private readonly Panel $panel, private readonly bool $forks)
    {
    }

    /**
     * To be called on a fresh network.
     *
     * @param int $seed Decides the panel's moods.
     *
     * @return list<string> What is not as it should be at the end of the day.
     */
    public function live(Sequence $sequence, int $seed): array
    {
        foreach (self::THEIRS as $host) {
            $this->panel->addDomain(['name' => $host, 'created_at' => '2024-01-02 03:04:05']);
        }
        $theirs = array_intersect_key($this->idsByName(), array_flip(self::THEIRS));
        $this->panel->unleash($seed);
        foreach ($sequence->rounds() as [$work, $seconds]) {
            $this->atOnce($work);
            $this->network->letTimePass($seconds);
        }
        $history = $this->panel->simulator->history();
        $this->counts['sequences']++;
        $this->counts['requests'] += count($history);
        $this->counts['faults'] += count(array_filter(array_column($history, 'fault')));

        $this->panel->calm();
        $this->network->letTimePass(3700);
        try {
            $this->network->settle(30);
        } catch (\RuntimeException $neverEnds) {
            return [$neverEnds->getMessage()];
        }

        return $this->complaints($theirs);
    }

    /** @param array<string, list<list<string>>> $work Lines by process. */
    private function atOnce(array $work): void
    {
        $started = [];
        foreach ($work as $name => $lines) {
            $changes = array_values(array_filter($lines, static fn (array $words): bool => !in_array($words[0], ['run', 'killed'], true)));
            $kill = array_column(array_filter($lines, static fn (array $words): bool => $words[0] === 'killed'), 1);
            $started[$name] = $this->start($name, $changes, $kill === [] ? [] : ['kill_before_query' => (int) $kill[0]]);
        }
        // The one of php-fpm begins when it is waited for, beside the others.
        foreach (array_intersect_key($started, ['Q' => true]) + $started as $answer) {
            try {
                $this->counts['changes'] += (int) $answer();
            } catch (ProcessDied) {
                $this->counts['killed']++;
                $this->network->letTimePass(self::UNTIL_DEAD_WORKERS_ARE_FORGOTTEN);
            }
        }
    }

    /**
     * Starts a process: A and B change the network, Q and R run its queue. Q is one of php-fpm, R competes with it for every row.
     *
     * @param list<list<string>>  $changes
     * @param array<string, int>  $kill
     *
     * @return callable(): mixed Waits for its end.
     */
    private function start(string $name, array $changes, array $kill): callable
    {
        if ($name === 'Q') {
            return fn () => $this->network->runQueue(Kind::Ajax, $kill);
        }
        [$code, $arguments] = $name === 'R'
            ? ['do_action("domain_sync_run"); do_action("action_scheduler_run_queue", "WP Cron");', []]
            : ['return require $file;', ['file' => __DIR__ . '/changes.php', 'changes' => $changes]];
        $process = $this->forks
            ? ($this->preforks[$name] ??= new Prefork())->start($code, $arguments, $kill)
            : WordPress::start($code, $arguments, $kill);

        return $process->answer(...);
    }

    /**
     * @param array<string, int> $theirs Names and ids of what somebody made by hand.
     *
     * @return list<string>
     */
    private function complaints(array $theirs): array
    {
        $desired = $this->desired();
        $held = $this->panel->hosts();
        $rows = $this->network->domains();
        $found = [
            'RunCloud lacks' => array_diff($desired, $held),
            'RunCloud holds what nobody wants' => array_diff($held, $desired, self::THEIRS),
            'RunCloud holds twice' => array_diff_key($held, array_unique($held)),
            'made by hand, and not left alone' => array_keys(array_diff_assoc($theirs, $this->idsByName())),
            'not there in the table' => array_filter($desired, static fn (string $host): bool => ($rows[$host]['remote_state'] ?? '') !== 'present'),
            'not settled in the table' => array_filter(array_map(self::openPartsOf(...), $rows)),
            // What somebody made by hand is left there, and the table knows why.
            'left over in the table' => array_diff(array_keys($rows), $desired, array_keys(array_filter($rows, self::isLeft(...)))),
        ];
        $complaints = [];
        foreach (array_filter($found) as $what => $hosts) {
            $complaints[] = "{$what}: " . implode(', ', $hosts);
        }

        return $complaints;
    }

    /**
     * What a row has that means that something is still to be done, or still goes wrong.
     *
     * @param array<string, ?string> $row
     */
    private static function openPartsOf(array $row): string
    {
        $parts = array_intersect_key($row, array_flip(['asked', 'claim', 'failing_since', 'due_at']));
        $open = array_filter($parts, static fn (?string $value): bool => $value !== null && $value !== '');

        return $open === [] ? '' : "{$row['host']} ({$row['domain_status']}/{$row['domain_reason']}) has " . json_encode($open);
    }

    /** @param array<string, ?string> $row */
    private static function isLeft(array $row): bool
    {
        return in_array($row['host'], self::THEIRS, true) && $row['domain_reason'] === 'not-ours' && $row['source'] === '';
    }

    /** @return list<string> Hosts of domain records whose site exists, and of sites other than the main one. */
    private function desired(): array
    {
        return array_column(
            Environment::get()->sql(
                'SELECT record.domain FROM wp_wu_domain_mappings AS record JOIN wp_blogs AS site ON site.blog_id = record.blog_id
                UNION SELECT domain FROM wp_blogs WHERE blog_id > 1 ORDER BY domain'
            ),
            'domain'
        );
    }

    /** @return array<string, int> */
    private function idsByName(): array
    {
        return array_column($this->panel->simulator->state()['domains'], 'id', 'name');
    }
}
