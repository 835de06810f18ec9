<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Observation;
use Domain_Sync_For_RunCloud\Serving\Shared_Certificate;
use Domain_Sync_For_RunCloud\Serving\Verdict;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Facts;
use Domain_Sync_For_RunCloud\Sync\Planner;
use Domain_Sync_For_RunCloud\Sync\Step;

/**
 * A network whose time passes: DNS that comes late, goes and returns; orders whose process is killed or whose answer is lost;
 * people who have things tried again and again; a RunCloud that renews, or forgets to. Planner, facts, verdict and row are the plugin's. What
 * the executor, the looks and the statements write is written here once more, as short as it can be.
 */
final class Years
{
    private const WEEK = 7 * 86400;

    /** @var list<string> Hosts that waited though nothing was in the way. */
    public array $idle = [];

    /** @var list<int> Seconds from right DNS to a certificate, where no validation failed on the way. */
    public array $waits = [];

    public int $orders = 0;

    public int $covered = 0;

    public int $ready = 0;

    public readonly LetsEncrypt $authority;

    private int $now = Rows::NOW;

    private string $mode;

    /** What the plugin knows of how SSL is set up, and of the shared certificate. */
    private string $known = '';

    private int $sharedOrderedAt = 0;

    private int $sharedReadAt = 0;

    private string $sharedSet = '';

    /** @var array<string, mixed>|null */
    private ?array $sharedSeen = null;

    /** @var list<string> Where RunCloud redeploys the shared certificate for the names that it had: their hosts. */
    private array $kept = [];

    /** @var array<string, Domain> */
    private array $rows = [];

    /** @var array<string, int> When each is looked at next, and when its next step is due. */
    private array $lookAt = [];

    private array $dueAt = [];

    /** @var array<string, array{list<mixed>, Observation}> What each was like when it was looked at last. */
    private array $seen = [];

    /** @var array<string, bool> Whether DNS is right, and whether Let's Encrypt sees it otherwise than we do. */
    private array $right = [];

    private array $trap = [];

    /** @var array<string, bool> Whether what is issued for the host is not served: the web server does not take it up. */
    private array $stuck = [];

    /** @var array<string, int> When RunCloud renewed by itself. */
    private array $renewed = [];

    /** @var array<string, int> Since when DNS is right and nothing has failed. */
    private array $since = [];

    /** @var array<string, array{int, int}> Until when somebody was told that Let's Encrypt's limit lasts, and after how many orders. */
    private array $promised = [];

    /** @var array<string, array<string, mixed>> What is served. */
    private array $served = [];

    private Past $past;

    /** @var \SplPriorityQueue<int, array{string, mixed}> What happens in the world, and when. */
    private \SplPriorityQueue $world;

    private int $serial = 0;

    /** @var array<string, string> */
    private array $scopes = [];

    /** @var array<string, true> Hosts for which a process was killed in this run. */
    private array $killed = [];

    public function __construct(int $hosts, string $mode, private readonly int $life, private readonly bool $isOneScope, private readonly string $switchTo = '', private readonly bool $keepsNames = false)
    {
        $this->authority = new LetsEncrypt();
        $this->past = new Past();
        $this->mode = $mode;
        $this->world = new \SplPriorityQueue();
        for ($n = 0; $n < $hosts; $n++) {
            // A few at a time, so that what is ordered together changes; two at least come later.
            $this->later($n < min(10, $hosts - 2) ? 0 : intdiv($n, 5) * 86400 + $n % 5 * 90, 'join', $n);
        }
        if ($switchTo !== '') {
            $this->later(20 * self::WEEK, 'switch', '');
        }
    }

    private function join(int $n): void
    {
        $host = $this->isOneScope ? "h{$n}.customers.example" : "h{$n}.example";
        $this->rows[$host] = Rows::present(
            id: $n + 1,
            host: $host,
            www: !$this->isOneScope && $n % 3 === 0,
            remote_www: !$this->isOneScope && $n % 3 === 0,
            remote_id: 5000 + $n,
            desired_since: $this->now,
            domain_since: $this->now
        );
        $this->lookAt[$host] = $this->now;
        $this->dueAt[$host] = PHP_INT_MAX;
        foreach ($this->rows[$host]->names() as $name) {
            $this->scopes[$name] = $this->isOneScope ? 'customers.example' : $host;
        }
        $this->right[$host] = false;
        $this->trap[$host] = false;
        $this->stuck[$host] = false;
        $this->later(mt_rand(0, 3) === 0 ? mt_rand(0, 3 * 86400) : mt_rand(0, 3600), 'dns', $host);
        $this->later(mt_rand(0, self::WEEK), 'press', $host);
        $this->later(mt_rand(0, 2) * mt_rand(0, 3 * self::WEEK), 'trap', $host);
        if (!$this->keepsNames) {
            // What RunCloud issues for other names than were ordered, and does not serve, nobody can see.
            $this->later(mt_rand(0, 4) * mt_rand(0, 6 * self::WEEK), 'stuck', $host);
        }
    }

    public function pass(int $weeks): void
    {
        $end = Rows::NOW + $weeks * self::WEEK;
        while ($this->now < $end) {
            $next = $this->rows === [] ? PHP_INT_MAX : min(min($this->lookAt), min($this->dueAt));
            $event = $this->world->isEmpty() ? PHP_INT_MAX : -$this->world->top()[0];
            if ($event <= $next || $event <= $this->now) {
                [$minus, $what, $of] = $this->world->extract();
                $this->now = max($this->now, -$minus);
                $this->happen($what, $of);
            } else {
                $tick = (int) ceil($next / 60) * 60;
                if ($event <= $tick) {
                    [$minus, $what, $of] = $this->world->extract();
                    $this->now = max($this->now, -$minus);
                    $this->happen($what, $of);
                    continue;
                }
                $this->now = max($this->now + 1, $tick);
                $this->run();
            }
        }
        foreach ($this->kept === [] ? $this->rows : array_intersect_key($this->rows, array_flip($this->kept)) as $row) {
            $this->ready += $this->right[$row->host] ? 1 : 0;
            $this->covered += $this->right[$row->host] && Reason::Covers === $row->certificate_reason ? 1 : 0;
        }
    }

    private function later(int $seconds, string $what, mixed $of): void
    {
        $at = -($this->now + $seconds);
        $this->world->insert([$at, $what, $of], $at);
    }

    private function happen(string $what, mixed $of): void
    {
        switch ($what) {
            case 'dns':
                $this->right[$of] = !$this->right[$of];
                $this->since[$of] = $this->right[$of] ? $this->now : 0;
                $isFlap = mt_rand(0, 9) === 0;
                $this->later($this->right[$of] ? mt_rand($isFlap ? 60 : 86400, $isFlap ? 900 : 16 * self::WEEK) : mt_rand(60, mt_rand(0, 1) ? 900 : 3 * 86400), 'dns', $of);
                break;
            case 'trap':
                $this->trap[$of] = !$this->trap[$of];
                $this->later($this->trap[$of] ? mt_rand(60, mt_rand(0, 3) ? 7200 : 2 * 86400) : mt_rand(3600, 8 * self::WEEK), 'trap', $of);
                break;
            case 'stuck':
                $this->stuck[$of] = !$this->stuck[$of];
                $this->later($this->stuck[$of] ? mt_rand(3600, 5 * 86400) : mt_rand(self::WEEK, 20 * self::WEEK), 'stuck', $of);
                break;
            case 'join':
                $this->join($of);
                break;
            case 'press':
                for ($press = mt_rand(0, 4) === 0 ? 5 : 1; $press > 0; $press--) {
                    $this->press($of, mt_rand(0, 1) === 0);
                    $this->run();
                    $this->now += mt_rand(1, 240);
                }
                $isWell = Reason::Covers === $this->rows[$of]->certificate_reason;
                $this->later(!$isWell && mt_rand(0, 4) > 0 ? mt_rand(60, 2400) : mt_rand(86400, 3 * self::WEEK), 'press', $of);
                break;
            case 'order':
                // What RunCloud renewed by itself after the order had left nobody could know.
                $this->issue($of[0], ($this->renewed[$of[0][0]] ?? 0) < $of[1]);
                break;
            case 'renew':
                $this->renew($of);
                break;
            case 'switch':
                $this->mode = $this->switchTo;
                break;
        }
    }

    /** Somebody presses "Try again", or tests the connection. */
    private function press(string $host, bool $isTest): void
    {
        $row = $this->rows[$host];
        if ($isTest) {
            foreach ($this->rows as $one) {
                if (Status::Action === $one->certificate_status && (0 !== $one->failing_since || in_array($one->certificate_reason, [Reason::Order_Failed, Reason::First_Certificate, Reason::Not_Renewable], true))) {
                    $this->lookAt[$one->host] = $this->now;
                    $this->write($one->host, ['due_at' => $this->now, 'attempts' => 0, 'unfinished' => 0, 'failing_since' => 0, 'ordered_at' => 0, 'certificate_status' => Status::Pending]);
                }
            }

            return;
        }
        $this->lookAt[$host] = $this->now;
        $this->write($host, [
            'due_at' => $this->now, 'attempts' => 0, 'unfinished' => 0, 'failing_since' => 0, 'ordered_at' => 'order' === $row->asked ? $row->ordered_at : 0,
            'domain_status' => Status::Ready === $row->domain_status ? Status::Ready : Status::Pending,
            'certificate_status' => Status::Ready === $row->certificate_status ? Status::Ready : Status::Pending,
        ]);
    }

    /** One run: looks, then steps, and again what these have made due. */
    private function run(): void
    {
        $this->killed = [];
        for ($round = 0; $round < 6; $round++) {
            $looks = self::until($this->lookAt, $this->now);
            array_map($this->look(...), $looks);
            $due = array_filter(self::until($this->dueAt, $this->now), fn (string $host): bool => !isset($this->killed[$host]));
            $facts = $due === [] ? null : $this->facts();
            foreach ($due as $host) {
                $step = Planner::next($this->rows[$host], $facts, $this->now);
                if ($step->due_at === $this->now && $step->is_call()) {
                    $step->action === Step::ORDER ? $this->order($this->rows[$host], $facts) : $this->read($this->rows[$host], $facts);
                    $facts = $this->facts();
                } else {
                    $this->settle($this->rows[$host], $step);
                }
            }
            if ($looks === [] && $due === []) {
                break;
            }
        }
        // Who is not among the names that are kept waits for somebody.
        if (!$this->keepsNames && $round > 0) {
            $facts = null;
            foreach ($this->rows as $row) {
                if (0 !== $row->dns_since && Status::Ready !== $row->certificate_status) {
                    $this->expectNoIdleness($row, $facts);
                }
            }
        }
    }

    /**
     * @param array<string, int> $times
     *
     * @return list<string> Whose time has come.
     */
    private static function until(array $times, int $now): array
    {
        return $times === [] || min($times) > $now ? [] : array_keys(array_filter($times, static fn (int $at): bool => $at <= $now));
    }

    private function look(string $host): void
    {
        $row = $this->rows[$host];
        $seen = $this->see($row);
        $verdict = Verdict::of($seen, $row, null, $this->now);
        $needsOrder = 0 !== $verdict->dns_since && Status::Ready === $verdict->domain->status() && Reason::Order_Under_Way !== $verdict->certificate
            && (Status::Pending === $verdict->certificate->status() || Reason::Renewal_Late === $verdict->certificate);
        $isOld = ($verdict->here['serial'] ?? '') === $row->certificate_serial && Observation::not_covered($verdict->here, $row->names()) === [];
        if ($this->known !== 'advanced' && isset($verdict->here['serial']) && $verdict->here['verdict'] !== 'expired' && !$isOld) {
            $known = $this->sharedSeen;
            $this->sharedSeen = Shared_Certificate::after($known, $verdict->here, $row, $this->sharedOrderedAt);
            if ($this->known === 'basic' && Shared_Certificate::counts($known, $this->sharedSeen, $this->sharedSet)) {
                $this->past->add(min($this->now, $this->sharedSeen['from'] + 3600), 'certificate', '', [], $this->sharedSeen['set']);
            }
        }
        if ($verdict->has_new_certificate() && !$verdict->was_ordered_at($row->ordered_at) && !($this->known === 'basic' && $verdict->was_ordered_at($this->sharedOrderedAt))) {
            $this->past->add($verdict->issued_at(), 'certificate', $row->host, [$this->scopes[$row->host]], Domain::set_of($verdict->served['names']));
        }
        if (Reason::Covers === $verdict->certificate && Reason::Covers !== $row->certificate_reason && '' === $row->certificate_serial && ($this->since[$row->host] ?? 0) > 0) {
            $this->waits[] = $this->now - $this->since[$row->host];
        }
        $this->lookAt[$host] = $verdict->look_at;
        $this->write($row->host, [
            ...$this->condition($row, 'domain', $verdict->domain, $verdict->domain_details),
            ...$this->condition($row, 'certificate', $verdict->certificate, $verdict->certificate_details),
            'certificate_from' => $verdict->served_from(),
            'certificate_until' => $verdict->served_until(),
            'certificate_serial' => (string) ($verdict->served['serial'] ?? '') ?: $row->certificate_serial,
            'dns_since' => $verdict->dns_since,
            'asked' => 'order' === $row->asked && Status::Ready === $verdict->certificate->status() ? '' : $row->asked,
        ] + ($needsOrder && (0 === $row->due_at || (0 === $row->failing_since || $row->due_at > $this->now + 3600) && ($verdict->certificate !== $row->certificate_reason || $verdict->dns_since !== $row->dns_since)) ? ['due_at' => $this->now] : []));
    }

    /** What a look shows of a host: the same as long as its DNS and its certificate are. */
    private function see(Domain $row): Observation
    {
        $isRight = $this->right[$row->host];
        $tls = $this->served[$row->host] ?? ['verdict' => 'self-signed', 'names' => [], 'from' => 1, 'until' => 2_000_000_000];
        if ($tls['verdict'] === 'trusted' && $tls['until'] < $this->now) {
            $tls['verdict'] = 'expired';
        } elseif ($tls['verdict'] === 'trusted' && !in_array($row->host, $tls['names'], true)) {
            $tls['verdict'] = 'other-name';
        }
        $is = [$isRight, $tls['verdict'], $tls['serial'] ?? ''];
        if (($this->seen[$row->host][0] ?? []) !== $is) {
            $of = static fn (string $host, ?Observation $www): Observation => new Observation($host, [Looks::OURS], Looks::dns([$isRight ? Looks::OURS : Looks::THEIRS]), [['url' => "http://{$host}/", 'status' => $isRight ? 200 : 404]], $isRight, $isRight ? $tls : [], $tls, $www);
            $this->seen[$row->host] = [$is, $of($row->host, $row->www ? $of("www.{$row->host}", null) : null)];
        }

        return $this->seen[$row->host][1];
    }

    private function order(Domain $row, Facts $facts): void
    {
        $isShared = $facts->ssl_mode === 'basic';
        $set = $facts->order_set($row);
        if ($isShared ? $facts->shared_missed : 0 !== $row->ordered_at && $row->has_failed_order()) {
            $this->fail($isShared ? '' : $row->host, $isShared ? $facts->shared_ordered_at : $row->ordered_at);
        }
        $this->write($row->host, ['asked' => 'order', 'ordered_at' => $this->now, 'order_set' => $set, 'attempts' => $row->attempts + 1, 'unfinished' => $row->unfinished + 1, 'due_at' => $this->now + 60]);
        $scopes = $isShared ? array_values(array_unique($facts->scopes)) : [$this->scopes[$row->host]];
        $this->past->add($this->now, 'order', $row->host, $scopes, $set);
        if ('' !== $facts->shared_kept_set) {
            $this->past->add($this->now, 'order', $row->host, [], $facts->shared_kept_set);
        }
        $fate = mt_rand(0, 99);
        if ($fate === 0) {
            $this->killed[$row->host] = true;

            return;
        }
        $this->orders++;
        // A shared certificate that is asked for where there is none any more is not found; the domain's own is ordered then.
        $isForAll = $this->mode === 'basic';
        $this->later(mt_rand(3, 100), 'order', [$isForAll ? array_keys($this->rows) : [$row->host], $this->now]);
        if ($fate === 1) {
            $this->killed[$row->host] = true;

            return;
        }
        $row = $this->rows[$row->host];
        if ($fate < 4) {
            $this->write($row->host, ['attempts' => $row->attempts + 1, 'unfinished' => 0, 'failing_since' => $row->failing_since ?: $this->now, 'due_at' => $this->now + 30] + $this->condition($row, 'certificate', Reason::Panel_Down, []));

            return;
        }
        if ($this->known === 'basic' && $this->mode === 'advanced') {
            $this->carryOver();
        }
        $this->known = $this->mode;
        if ($isShared && !$isForAll) {
            // It was counted for all, and is for this host alone.
            $this->past->add($this->now, 'order', $row->host, [], Domain::set_of($row->names()));
        }
        $this->lookAt[$row->host] = min($this->lookAt[$row->host], $this->now + 10);
        $done = ['unfinished' => 0, 'attempts' => 0, 'failing_since' => 0, 'due_at' => 0];
        $reason = Reason::Covers === $row->certificate_reason ? [] : $this->condition($row, 'certificate', Reason::Order_Under_Way, []);
        $this->write($row->host, $done + $reason + ($isForAll ? [] : ['certificate_id' => $row->id]));
        if ($isForAll) {
            if (!$isShared) {
                // It was counted for this host alone.
                $set = Domain::set_of(array_keys($this->scopes));
                $this->past->add($this->now, 'order', $row->host, array_values(array_unique($this->scopes)), $set);
            }
            $this->sharedOrderedAt = $this->now;
            $this->sharedSet = $facts->shared_kept_set ?: $set;
            foreach ($this->rows as $other) {
                if (0 !== $other->dns_since && Status::Ready !== $other->certificate_status) {
                    $this->lookAt[$other->host] = min($this->lookAt[$other->host], $this->now + 10);
                    $this->write($other->host, [
                        'ordered_at' => $this->now, 'order_set' => $set, 'attempts' => 0, 'failing_since' => 0, 'certificate_since' => $this->now,
                        'certificate_reason' => Reason::Order_Under_Way, 'certificate_status' => Status::Pending,
                    ]);
                }
            }
        }
    }

    /** Those that are covered get certificates of their own within a day; what waits for the shared one is planned anew. */
    private function carryOver(): void
    {
        $waits = [Reason::Names_Limit, Reason::Order_Failed, Reason::Budget_Spent, Reason::Shared_Waits, Reason::Renewal_Late];
        foreach ($this->rows as $row) {
            if (Reason::Covers === $row->certificate_reason && 0 === $row->certificate_id && 0 === $row->failing_since) {
                $this->write($row->host, ['order_set' => 'shared', 'due_at' => $this->now + crc32($row->host) % 86400]);
            } elseif (0 === $row->failing_since && in_array($row->certificate_reason, $waits, true)) {
                $this->write($row->host, ['due_at' => $this->now]);
            }
        }
    }

    private function read(Domain $row, Facts $facts): void
    {
        $isShared = $facts->ssl_mode === 'basic';
        $this->fail($isShared ? '' : $row->host, $isShared ? $facts->shared_ordered_at : $row->ordered_at);
        $this->sharedReadAt = $isShared ? $facts->shared_ordered_at : $this->sharedReadAt;
        if ($this->known === 'basic' && $this->mode === 'advanced') {
            $this->carryOver();
        }
        $this->known = $this->mode;
        $this->write($row->host, ['unfinished' => 0, 'asked' => 'order' === $row->asked ? '' : $row->asked, 'due_at' => $this->now]);
    }

    private function settle(Domain $row, Step $step): void
    {
        if ($step->action === Step::NONE && $step->due_at > $this->now) {
            [$until, $lines] = $this->promised[$row->host] ?? [0, 0];
            if (Reason::Budget_Spent === $step->reason && $until === $row->due_at && $lines === $this->past->added && $step->due_at > $until) {
                $this->idle[] = "{$row->host} at {$this->now}: it was to be ordered by now, and is to be " . ($step->due_at - $until) . ' seconds later';
            }
            $this->promised[$row->host] = Reason::Budget_Spent === $step->reason ? [$step->due_at, $this->past->added] : [0, 0];
        }
        $reason = $step->action === Step::ORDER || null === $step->reason ? [] : $this->condition($row, $step->reason->is_about_certificate() ? 'certificate' : 'domain', $step->reason, $step->details);
        $isIdle = null === $step->reason && 0 === $step->due_at && Status::Action !== $row->domain_status && Status::Action !== $row->certificate_status;
        $this->write($row->host, ['due_at' => $step->due_at] + $reason + ($isIdle ? ['failing_since' => 0, 'attempts' => 0] : []));
    }

    private function fail(string $host, int $at): void
    {
        $this->past->add($at, 'failed', $host, [], '');
    }

    /**
     * What RunCloud's order leads to.
     *
     * @param list<string> $hosts
     */
    private function issue(array $hosts, bool $isOurs): bool
    {
        $names = $bad = [];
        if ($this->keepsNames && $this->mode === 'basic') {
            $this->kept = $this->kept ?: array_slice($hosts, 0, 3);
        }
        foreach ($this->kept ?: $hosts as $host) {
            array_push($names, ...$this->rows[$host]->names());
            if (!$this->right[$host] || $this->trap[$host]) {
                array_push($bad, ...$this->rows[$host]->names());
                $this->since[$host] = 0;
            }
        }
        sort($names);
        if (!$this->authority->order($this->now, $names, $this->scopes, $bad, $isOurs)) {
            foreach ($hosts as $host) {
                $this->since[$host] = 0;
            }

            return false;
        }
        $from = $this->now - 3600;
        $certificate = ['verdict' => 'trusted', 'names' => $names, 'issuer' => 'R11', 'serial' => dechex(++$this->serial), 'from' => $from, 'until' => $from + $this->life];
        foreach ($hosts as $host) {
            if ($this->stuck[$host]) {
                $this->since[$host] = 0;
            } else {
                $this->served[$host] = $certificate;
            }
        }
        // RunCloud renews when a third is left; some day it does not.
        $this->later(intdiv($this->life * 2, 3), 'renew', [$hosts, $certificate['serial']]);

        return true;
    }

    /** @param array{list<string>, string} $of */
    private function renew(array $of): void
    {
        [$hosts, $serial] = $of;
        $isCurrent = ($this->served[$hosts[0]]['serial'] ?? '') === $serial && (count($hosts) === 1 || $this->mode === 'basic');
        $isStuck = array_filter($hosts, fn (string $host): bool => $this->stuck[$host]) !== [];
        // What RunCloud issues by itself and does not serve nobody can see.
        if ($isCurrent && ($isStuck || mt_rand(0, 4) > 0 && !$this->issue($hosts, false))) {
            $this->later(86400, 'renew', $of);
        } elseif ($isCurrent) {
            $this->renewed = array_fill_keys($hosts, $this->now) + $this->renewed;
        }
    }

    private function facts(?int $since = null): Facts
    {
        ['scopes' => $ofScope, 'sets' => $ofSet, 'failed' => $failed] = $this->past->since($since ?? Facts::counted_since($this->now));
        $isBasic = $this->known === 'basic';
        $last = $this->past->lastOrder($this->now);
        $isLost = $isBasic && $last > $this->sharedOrderedAt;
        $orderedAt = $isLost ? $last : $this->sharedOrderedAt;
        $missed = $isLost || $isBasic && $this->sharedReadAt < $orderedAt && array_filter($this->rows, fn (Domain $row): bool => Reason::Order_Under_Way === $row->certificate_reason
            && Status::Pending === $row->certificate_status && $row->ordered_at >= $orderedAt - 60 && $row->ordered_at <= $this->now - 20);
        $shared = [...$failed[''] ?? [], ...$missed ? [$orderedAt] : []];
        foreach ($shared === [] ? [] : array_keys($this->rows) as $host) {
            $failed[$host] = array_values(array_unique([...$shared, ...$failed[$host] ?? []]));
            sort($failed[$host]);
        }

        return Rows::facts(
            ssl_mode: $this->known,
            shared_set: $isBasic ? Domain::set_of(array_keys($this->scopes)) : '',
            shared_names: $isBasic ? count($this->scopes) : 0,
            shared_ordered_at: $isBasic ? $orderedAt : 0,
            shared_read_at: $isBasic ? $this->sharedReadAt : 0,
            shared_missed: (bool) $missed,
            scopes: $this->scopes,
            orders_of_scope: $ofScope,
            orders_of_set: $ofSet,
            orders: $this->past->orders($this->now),
            failed_validations: $failed,
            shared_brought_at: $isBasic ? $this->sharedSeen['order'] ?? 0 : 0,
            shared_kept: $isBasic ? $this->sharedSeen['kept'] ?? 0 : 0,
            shared_kept_set: $isBasic && ($this->sharedSeen['kept'] ?? 0) > 0 ? $this->sharedSeen['set'] : ''
        );
    }

    /** Whoever could be ordered after a run, and was not, waits without need. */
    private function expectNoIdleness(Domain $row, ?Facts &$facts): void
    {
        $needs = Status::Pending === $row->certificate_status || Reason::Renewal_Late === $row->certificate_reason || Reason::Order_Failed === $row->certificate_reason;
        if (!$needs || 0 === $row->dns_since || Status::Ready !== $row->domain_status || isset($this->killed[$row->host]) || $row->ordered_at + 600 > $this->now) {
            return;
        }
        if ($this->known === 'basic' && $this->now < Rows::NOW + 3 * self::WEEK) {
            // What is ordered together grows; whoever joins orders for all when its DNS is right.
            return;
        }
        $facts ??= $this->facts(0);
        $bucket = function (array $times, int $size, int $seconds): bool {
            $full = 0;
            foreach ($times as $time) {
                // RunCloud has ten minutes to carry an order out.
                $full = max($full, $time + 600) + $seconds;
            }
            $from = max($this->now, $times === [] ? 0 : max($times) + 600);

            return $full - $from <= ($size - 1) * $seconds;
        };
        $set = $facts->order_set($row);
        $failed = $facts->failed_validations[$row->host] ?? [];
        $tls = $this->served[$row->host] ?? ['names' => []];
        $isRenewal = in_array($row->host, $tls['names'], true) && $tls['until'] - $this->now < ($tls['until'] - $tls['from']) / 4;
        $since = max($row->dns_since, $isRenewal ? $tls['from'] + 3600 + 600 : $this->now - 2 * self::WEEK);
        // After two orders the next is due a week after the last; of what is about to end, or has ended, sooner. One more is kept for whoever asks for it.
        $isRepeat = 0 !== $row->ordered_at && count(array_filter($facts->orders_of_set[$set] ?? [], fn (int $at): bool => $at >= $since)) >= 2;
        $longest = $isRenewal ? max(6 * 3600, min(self::WEEK, abs($tls['until'] - $this->now) / 2)) : self::WEEK;
        $mayWait = $this->known === 'basic' && $facts->shared_ordered_at + 60 > $this->now
            || !$bucket($facts->orders_of_set[$set] ?? [], $isRepeat ? 4 : 5, 34 * 3600)
            || !$bucket($facts->orders_of_scope[$this->scopes[$row->host]] ?? [], 50, 12096)
            || !$bucket($facts->orders, 300, 36)
            || !$bucket($failed, $failed !== [] && max($failed) >= $row->dns_since ? 4 : 5, 720)
            || 0 !== $row->failing_since && $row->due_at > $this->now && $row->due_at <= $this->now + 3600
            || $isRepeat && !$row->has_failed_order() && $row->due_at > $this->now && $row->due_at <= $this->now + $longest
            || $row->due_at > 0 && $row->due_at <= $this->now + 60
            // While a shared order is under way it counts as one that fails; a token comes back in twelve minutes.
            || $this->known === 'basic' && Reason::Budget_Spent === $row->certificate_reason && $row->due_at <= $this->now + 720 + 600;
        if (!$mayWait) {
            $this->idle[] = "{$row->host} at {$this->now}: {$row->certificate_reason?->value}, due in " . ($row->due_at - $this->now) . ', look in ' . ($this->lookAt[$row->host] - $this->now)
                . ', ends in ' . (($tls['until'] ?? 0) - $this->now) . ', ordered ' . implode(' ', array_map(fn (int $at): int => $this->now - $at, array_slice($facts->orders_of_set[$set] ?? [], -6))) . ', DNS since ' . ($this->now - $row->dns_since);
        }
    }

    /**
     * @param array<string, mixed> $details
     *
     * @return array<string, mixed>
     */
    private function condition(Domain $row, string $of, Reason $reason, array $details): array
    {
        $isSame = $row->{"{$of}_reason"} === $reason && $row->{"{$of}_status"} === $reason->status();

        return [
            "{$of}_status" => $reason->status(), "{$of}_reason" => $reason, "{$of}_details" => $details,
            "{$of}_since" => $isSame ? $row->{"{$of}_since"} : $this->now,
        ];
    }

    /** @param array<string, mixed> $values */
    private function write(string $host, array $values): void
    {
        $row = $this->rows[$host];
        $this->dueAt[$host] = ($values['due_at'] ?? $row->due_at) ?: PHP_INT_MAX;
        foreach ($values as $name => $value) {
            if ($row->{$name} !== $value) {
                $this->rows[$host] = new Domain(...array_replace(get_object_vars($row), $values));

                return;
            }
        }
    }
}
