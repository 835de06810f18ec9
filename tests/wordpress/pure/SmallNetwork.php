<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Holder;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Facts;
use Domain_Sync_For_RunCloud\Sync\Planner;
use Domain_Sync_For_RunCloud\Sync\Step;

/**
 * A network, RunCloud and DNS in memory. The rows change as the statements of the store change them; who may be served is counted apart from
 * them, in Rights. Where no site, customer or time is given, it is drawn.
 *
 * The worst is taken for granted: whatever Ultimate Multisite has an active record for is served, as if RunCloud sent everything here.
 */
final class SmallNetwork
{
    private const BASE = 'network.example';

    /** @var array<string, int> */
    public array $counts = ['held' => 0, 'proven' => 0];

    private int $now = Rows::NOW;

    private string $policy;

    private readonly int $delay;

    /** @var list<string> */
    private array $wildcards = [];

    /** @var array<int, int> Customers by site; 0 is the network itself. */
    private array $customers = [1 => 0, 2 => 7, 3 => 8, 4 => 7, 5 => 9];

    /** @var array<string, array{site: int, active: bool}> Records of Ultimate Multisite by host. */
    private array $records = [];

    /** @var array<string, array<string, mixed>> The plugin's rows by host, by column. */
    private array $rows = [];

    /** @var array<string, true> TXT records: host and customer. */
    private array $published = [];

    private readonly Rights $rights;

    public function __construct(?string $policy = null, ?int $delay = null)
    {
        $this->policy = $policy ?? self::pick(['after-another-customer', 'after-another-customer', 'always']);
        $this->delay = $delay ?? self::pick([0, 86400]);
        $this->rights = new Rights(self::BASE);
    }

    public function map(string $host, ?int $site = null): string
    {
        $this->now += 5;
        if (isset($this->records[$host])) {
            return "{$host}: taken";
        }
        $site ??= $this->site();
        $this->records[$host] = ['site' => $site, 'active' => true];
        $this->want($host);

        return "{$host} for {$this->customers[$site]}";
    }

    public function unmap(string $host): string
    {
        $this->now += 5;
        if (isset($this->records[$host])) {
            unset($this->records[$host]);
            $this->rights->forget($host);
            $this->unwant($host);
        }

        return $host;
    }

    /** The record is of another site from now on: for the rows that is as if it was deleted and made anew. */
    public function move(string $host, ?int $site = null): string
    {
        $this->now += 5;
        if (!isset($this->records[$host])) {
            return $host;
        }
        $before = $this->customers[$this->records[$host]['site']];
        $this->records[$host]['site'] = $site ?? $this->site();
        if ($before !== $this->customers[$this->records[$host]['site']]) {
            $this->rights->forget($host);
        }
        $this->want($host);

        return "{$host} to {$this->customers[$this->records[$host]['site']]}";
    }

    /** The admin gives a site to another customer. */
    public function give(string $host = '', ?int $site = null, ?int $customer = null): string
    {
        $this->now += 5;
        $site ??= $this->site();
        $customer ??= self::pick([0, 7, 8, 9]);
        foreach ($this->records as $host => $record) {
            if ($record['site'] === $site && $customer !== $this->customers[$site]) {
                $customer !== 0 && $this->rights->servedOn($host) !== 0 ? $this->rights->allow($host, $customer) : $this->rights->forget($host);
            }
        }
        $this->customers[$site] = $customer;
        foreach ($this->records as $host => $record) {
            if ($record['site'] === $site) {
                $this->want($host);
            }
        }

        return "site {$site} to {$customer}";
    }

    /** A customer publishes the record: mostly their own, at times an old one stays or somebody's is copied. */
    public function publish(string $host, ?int $customer = null): string
    {
        $customer ??= self::pick([...array_fill(0, 4, $this->customers[$this->records[$host]['site'] ?? 2]), 7, 8]);
        $this->published["{$host} {$customer}"] = true;

        return "{$host} of {$customer}";
    }

    public function unpublish(string $host): string
    {
        $this->published = array_filter($this->published, static fn (string $record): bool => !str_starts_with($record, "{$host} "), ARRAY_FILTER_USE_KEY);

        return $host;
    }

    public function approve(string $host): string
    {
        $row = $this->rows[$host] ?? null;
        if ($row === null || $row['hold'] === '') {
            return '';
        }
        if ($row['customer_id'] !== 0) {
            $this->rights->allow($host, $row['customer_id']);
        }
        $approved = (new Domain(...$row))->approved();
        $this->rows[$host] = ['hold' => '', 'approved' => $row['hold'] === 'ownership' ? $row['approved'] : $row['generation'], 'proven_customer_id' => $approved->proven_customer_id] + $row;
        $this->run();

        return $host;
    }

    public function decline(string $host): string
    {
        if (($this->rows[$host]['hold'] ?? '') !== '') {
            $this->rows[$host] = ['hold' => 'declined', 'domain_reason' => Reason::Declined, 'approved' => 0] + $this->rows[$host];
        }

        return $host;
    }

    public function wildcard(): string
    {
        $this->wildcards = $this->wildcards === [] ? ['example'] : [];

        return implode(' ', $this->wildcards);
    }

    /** The admin makes the domain at RunCloud by hand. */
    public function others(string $host): string
    {
        if (isset($this->rows[$host]) && $this->rows[$host]['remote_state'] !== Domain::PRESENT) {
            $this->rows[$host] = ['owner' => Domain::OTHERS] + self::THERE + $this->rows[$host];
        }

        return $host;
    }

    /** Somebody saves the record as it was before: a process that remembers it, or the customer's own switch. */
    public function save(string $host): string
    {
        if (isset($this->records[$host], $this->rows[$host])) {
            $isKept = $this->rows[$host]['withheld'] !== 0 || $this->mustProve(new Domain(...$this->rows[$host]));
            $this->records[$host]['active'] = !$isKept;
            $this->rows[$host]['withheld'] = $isKept ? Domain::WAS_ACTIVE : 0;
        }

        return $host;
    }

    public function pass(string $host = '', ?int $seconds = null): string
    {
        $seconds ??= self::pick([60, 3600, 86400, 90 * 86400, 400 * 86400]);
        $this->now += $seconds;
        $this->tell();

        return (string) $seconds;
    }

    public function policy(string $host = '', ?string $policy = null): string
    {
        return $this->policy = $policy ?? self::pick(['off', 'after-another-customer', 'after-another-customer', 'always']);
    }

    /** Looks for proofs, then the planner's steps, twice: what the first has made due follows in the same run. */
    public function run(): string
    {
        $this->now += 61;
        $this->look();
        for ($round = 0; $round < 3; $round++) {
            foreach (array_keys($this->rows) as $host) {
                $row = new Domain(...$this->rows[$host]);
                $step = Planner::next($row, $this->facts(), $this->now);
                if ($this->seeToHolder($row)) {
                    $this->carryOut($row, $step);
                }
            }
            $this->look();
        }
        $this->expect();

        return '';
    }

    /** Who is served on a host; 0 for nobody. */
    public function servedOn(string $host): int
    {
        $this->tell();

        return $this->rights->servedOn($host);
    }

    public function broken(): string
    {
        $this->tell();

        return $this->rights->broken;
    }

    /** How often somebody began to be served. */
    public function begun(): int
    {
        return $this->rights->begun;
    }

    public function rows(): string
    {
        return json_encode(['now' => $this->now, 'policy' => $this->policy, 'records' => $this->records, 'rows' => $this->rows] + $this->rights->told(), JSON_PRETTY_PRINT);
    }

    private const THERE = [
        'web_app' => Rows::WEB_APP, 'remote_id' => 5001, 'remote_type' => 'alias', 'remote_state' => Domain::PRESENT, 'asked' => '',
        'domain_status' => Status::Ready, 'domain_reason' => Reason::Served, 'dns_since' => Rows::NOW,
    ];

    /** As Ownership::look() does. */
    private function look(): void
    {
        $left = [];
        foreach ($this->rows as $host => $values) {
            $row = new Domain(...$values);
            if ($row->hold !== 'ownership' || !$row->is_wanted()) {
                continue;
            }
            $isProven = isset($this->published["{$host} {$row->customer_id}"]);
            if ($isProven || !$this->mustProve($row)) {
                $this->counts['proven'] += (int) $isProven;
                if ($isProven) {
                    $this->rights->allow($host, $row->customer_id);
                }
                $this->letGoOn($host, $isProven || $this->policyOf($host) === 'off');
            } else {
                $left[$host] = $row;
            }
        }
        $siblings = array_map(fn (Domain $row): ?Domain => $this->sibling($row->host), $left);
        foreach ($left as $host => $row) {
            $row = Holder::renewed($row, $siblings[$host], $this->now);
            $this->rows[$host] = ['last_customer_id' => $row->last_customer_id, 'left_at' => $row->left_at] + $this->rows[$host];
            if (!$this->mustProve($row)) {
                $this->letGoOn($host, false);
            }
        }
        $this->tell();
    }

    private function letGoOn(string $host, bool $isCertain): void
    {
        if ($this->admit($host, $isCertain)) {
            $this->giveBack($host);
        }
    }

    /** As the executor does before a step; false when the row is to be planned anew. */
    private function seeToHolder(Domain $row): bool
    {
        if (!$row->is_wanted()) {
            return true;
        }
        if ($this->mustProve($row)) {
            $this->withhold($row->host);

            return true;
        }
        $isKnown = $row->proven_customer_id === $row->customer_id;
        if ($row->customer_id !== 0 && (!$isKnown || $row->hold === 'ownership') && !$this->admit($row->host, $isKnown || $this->policyOf($row->host) === 'off')) {
            return false;
        }
        $this->giveBack($row->host);

        return true;
    }

    private function carryOut(Domain $row, Step $step): void
    {
        $this->counts['held'] += (int) ($step->hold === 'ownership');
        $values = $this->rows[$row->host];
        $isServing = in_array($step->action, [Step::ADD, Step::ORDER, Step::ADOPT, Step::UPDATE], true);
        if ($isServing) {
            $this->rights->begin($row->host, $row->customer_id, $this->policy, $this->now, 'asked RunCloud for it');
        }
        $this->rows[$row->host] = match ($step->action) {
            Step::ADD => ['owner' => Domain::OURS] + self::THERE + $values,
            Step::ADOPT => ['owner' => Domain::ADOPTED, 'approved' => 0] + $values,
            Step::ORDER => ['certificate_status' => Status::Ready, 'certificate_reason' => Reason::Covers] + $values,
            Step::REMOVE => ['remote_state' => Domain::ABSENT, 'remote_id' => 0, 'owner' => '', 'certificate_status' => Status::Pending, 'certificate_reason' => null] + $values,
            Step::NONE => ['hold' => $step->hold, 'domain_reason' => $step->reason?->is_about_certificate() === false ? $step->reason : $values['domain_reason']] + $values,
            default => $values,
        };
        if ($step->action === Step::FORGET) {
            unset($this->rows[$row->host]);
        }
    }

    private function facts(): Facts
    {
        $unwanted = array_filter($this->rows, static fn (array $row): bool => $row['source'] === []);

        return Rows::facts(
            ownership: $this->policy,
            bases: [self::BASE],
            wildcards: $this->wildcards,
            removal_delay: $this->delay,
            confirmed: array_fill_keys(array_keys($unwanted), $this->now),
        );
    }

    /** As Domains::want() changes the row, with what the network has of the host. */
    private function want(string $host): void
    {
        $site = $this->records[$host]['site'];
        $customer = $this->customers[$site];
        $row = isset($this->rows[$host]) ? new Domain(...$this->rows[$host]) : null;
        $this->rights->map($host, $customer);
        $policy = $customer === 0 ? null : $this->policyOf($host);
        $isAsked = $row === null || !$row->is_wanted() || $row->customer_id !== $customer || $row->proven_customer_id !== $customer;
        $sibling = $isAsked && !in_array($policy, [null, 'off'], true) ? $this->sibling($host) : null;
        $holder = Holder::on_coming($row, $site, $customer, $sibling, $policy, $this->now);
        $waits = $holder['must_prove'];
        unset($holder['must_prove']);
        $this->rows[$host] = $holder + [
            'site_id' => $site, 'customer_id' => $customer, 'source' => [Domain::RECORD], 'hold' => $waits ? 'ownership' : '',
            'desired_since' => $this->now, 'generation' => ($row->generation ?? 0) + 1, 'domain_reason' => Reason::Waiting,
        ] + ($this->rows[$host] ?? [
            'id' => 1, 'host' => $host, 'approved' => 0, 'owner' => '', 'web_app' => 0, 'remote_id' => 0, 'remote_type' => '', 'remote_state' => Domain::UNKNOWN,
            'asked' => '', 'domain_status' => Status::Pending, 'certificate_status' => Status::Pending, 'certificate_reason' => Reason::No_Certificate,
            'dns_since' => 0, 'withheld' => 0,
        ]);
        $waits ? $this->withhold($host) : $this->giveBack($host);
    }

    /** As Domains::unwant() does. */
    private function unwant(string $host): void
    {
        $row = new Domain(...$this->rows[$host]);
        $this->rows[$host] = Holder::on_leaving($row, $this->now) + [
            'site_id' => 0, 'customer_id' => 0, 'source' => [], 'hold' => '', 'withheld' => 0, 'desired_since' => $this->now,
            'generation' => $row->generation + 1, 'domain_reason' => Reason::Removal_Waits,
        ] + $this->rows[$host];
    }

    /** As Domains::admit() does. */
    private function admit(string $host, bool $isCertain): bool
    {
        $row = $this->rows[$host];
        $taken = $isCertain ? null : Holder::taken_from(new Domain(...$row), $this->sibling($host), $this->now);
        if ($taken !== null) {
            $this->rows[$host] = $taken + $row;

            return false;
        }
        $this->rows[$host] = ['proven_customer_id' => $row['customer_id'], 'hold' => $row['hold'] === 'ownership' ? '' : $row['hold']] + $row;

        return true;
    }

    /** The row of the same name with "www.", or without. */
    private function sibling(string $host): ?Domain
    {
        $sibling = $this->rows[Holder::sibling_of($host)] ?? null;

        return $sibling === null ? null : new Domain(...$sibling);
    }

    private function withhold(string $host): void
    {
        if ($this->records[$host]['active'] ?? false) {
            $this->rows[$host]['withheld'] = Domain::WAS_ACTIVE;
            $this->records[$host]['active'] = false;
        }
    }

    private function giveBack(string $host): void
    {
        if ($this->rows[$host]['withheld'] !== 0) {
            $this->records[$host]['active'] = true;
            $this->rows[$host]['withheld'] = 0;
        }
    }

    private function mustProve(Domain $row): bool
    {
        return Holder::must_prove($row, $this->policyOf($row->host), $this->now);
    }

    private function policyOf(string $host): string
    {
        return Holder::policy_of($host, $this->policy, [self::BASE]);
    }

    private function tell(): void
    {
        $this->rights->tell(array_map(fn (array $record): int => $record['active'] ? $this->customers[$record['site']] : 0, $this->records), $this->policy, $this->now);
    }

    /** What must be so after a run: whoever has published the record is served, and nobody waits without a reason. */
    private function expect(): void
    {
        foreach ($this->records as $host => $record) {
            $row = $this->rows[$host];
            $isAsked = $row['hold'] === 'ownership';
            $this->rights->broken = match (true) {
                $this->rights->broken !== '' => $this->rights->broken,
                isset($this->published["{$host} {$row['customer_id']}"]) && !$record['active'] && $row['hold'] !== 'declined' => "{$host}: proven, and not served",
                $isAsked && ($row['customer_id'] === 0 || str_ends_with($host, '.' . self::BASE) || ($this->policy !== 'always' && !$this->rights->wasAnothers($host, $row['customer_id']))) => "{$host}: has to prove what nobody else had",
                $isAsked && $this->policy !== 'always' && $this->rights->servedOn(Holder::sibling_of($host)) === $row['customer_id'] => "{$host}: has to prove what is served by its other name",
                $isAsked && $this->policy !== 'always' && !$this->rights->hadAnother($host, $row['customer_id'], $this->now) => "{$host}: has to prove what nobody else had within a year",
                default => '',
            };
        }
    }

    private function site(): int
    {
        return self::pick(array_keys($this->customers));
    }

    /** @param list<mixed> $values */
    private static function pick(array $values): mixed
    {
        return $values[mt_rand(0, count($values) - 1)];
    }
}
