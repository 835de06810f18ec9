<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Facts;
use Domain_Sync_For_RunCloud\Sync\Planner;
use Domain_Sync_For_RunCloud\Sync\Step;
use PHPUnit\Framework\TestCase;

/**
 * What holds for every state that a row can be in, also for those that nobody thought of.
 */
final class PlannerPropertyTest extends TestCase
{
    private const NOW = Rows::NOW;

    private const ACTIONS = [
        Step::NONE, Step::ADD, Step::REMOVE, Step::UPDATE, Step::LOOK_UP, Step::ORDER, Step::READ, Step::ADOPT, Step::CONFIRM, Step::FORGET,
    ];

    /** How often the rest of a row and the facts are drawn for each combination. */
    private const DRAWS = 12;

    /** Columns that decide, each with the values that can make a difference. */
    private const COLUMNS = [
        'source' => [[], [Domain::RECORD], [Domain::CODE, Domain::SITE]],
        'hold' => ['', 'existing', 'mass-removal', 'other-app', 'ownership', 'declined'],
        'approved' => [0, 3],
        'owner' => ['', 'ours', 'adopted', 'others'],
        'remote_state' => ['unknown', 'present', 'absent'],
        'remote_id' => [0, 5001],
        'asked' => ['', 'add', 'remove', 'update', 'order'],
        'web_app' => [0, Rows::WEB_APP, 1999],
    ];

    /** Further columns, drawn at random for each of those combinations. */
    private const DRAWN = [
        'suspended' => [false, false, false, true],
        'remote_type' => ['alias', 'alias', 'primary', ''],
        'www' => [false, true],
        'remote_www' => [false, true],
        'customer_id' => [0, 7],
        'last_customer_id' => [0, 7, 8],
        'proven_customer_id' => [0, 7],
        'left_at' => [0, self::NOW - 100, self::NOW - 400 * 86400],
        'desired_since' => [0, self::NOW - 10, self::NOW - 61, self::NOW - 100000, self::NOW + 5000],
        'dns_since' => [0, self::NOW - 100, self::NOW - 5000],
        'ordered_at' => [0, self::NOW - 100, self::NOW - 700, self::NOW - 90000],
        'attempts' => [0, 1, 40],
        'unfinished' => [0, 0, 0, 4, 5, 250],
        'failing_since' => [0, self::NOW - 100, self::NOW - 90000],
        'domain_since' => [0, self::NOW - 100],
        'certificate_since' => [0, self::NOW - 10],
    ];

    private const FACTS = [
        'web_app' => [Rows::WEB_APP],
        'policy' => ['sync', 'sync', 'sync', 'sync', 'add-only', 'paused', 'what a newer version wrote'],
        'removal_delay' => [0, 0, 86400],
        'ownership' => ['off', 'after-another-customer', 'always'],
        'wildcards' => [[], [], ['example']],
        'vanished' => [0, 11],
        'confirmed' => [[], [Rows::HOST => self::NOW - 1], [Rows::HOST => self::NOW - 90000]],
        'ssl_mode' => ['', 'basic', 'advanced', 'advanced', 'automatic'],
        'shared_certificate' => [0, 9],
        'shared_blocker' => ['', 'x.example'],
        'shared_ordered_at' => [0, self::NOW - 10, self::NOW - 5000],
        'shared_read_at' => [0, self::NOW - 5000],
        'certificate_delay' => [0, 60],
        'with_domain' => [[], [], [], [Rows::HOST]],
        'unlisted' => [[], [], [Rows::HOST]],
        'blocked_steps' => [[], [], [Step::ADD => [Reason::Forbidden, self::NOW + 90]], [Step::ORDER => [Reason::Forbidden, self::NOW + 90]]],
        'orders' => [[], [self::NOW - 5]],
        'blocked_until' => [0, self::NOW - 1, self::NOW + 60],
    ];

    public function testEveryRowGetsAStepThatBreaksNoRule(): void
    {
        $seed = (int) (getenv('SEED') ?: random_int(1, 1 << 30));
        mt_srand($seed);
        $rows = 0;
        $seen = [];
        $reasons = array_values(array_filter(Reason::cases(), static fn (Reason $reason): bool => !$reason->is_about_certificate()));
        foreach (self::combinations(self::COLUMNS + ['draw' => range(1, self::DRAWS)]) as $values) {
            unset($values['draw']);
            $values += array_map(self::pick(...), self::DRAWN) + [
                'id' => 1, 'host' => Rows::HOST, 'generation' => 3, 'site_id' => $values['source'] === [] ? 0 : 2,
                'domain_status' => self::pick([Status::Ready, Status::Ready, ...Status::cases()]), 'domain_reason' => self::pick([Reason::Existing, self::pick([null, ...$reasons]), self::pick([null, ...$reasons])]),
                'certificate_status' => self::pick(Status::cases()), 'certificate_reason' => self::pick([Reason::No_Certificate, self::pick([null, ...Reason::cases()])]),
            ];
            $facts = array_map(self::pick(...), self::FACTS) + ['blocked' => self::pick([null, null, Reason::Panel_Down])];
            $row = new Domain(...$values);
            $step = Planner::next($row, new Facts(...$facts), self::NOW);
            $broken = self::broken($row, new Facts(...$facts), $step);
            $seen[$step->action] = true;
            if ($broken !== '') {
                self::fail("{$broken} (SEED={$seed}): " . json_encode($values) . json_encode($facts));
            }
            $rows++;
        }
        self::assertSame(self::DRAWS * array_product(array_map('count', self::COLUMNS)), $rows);
        self::assertEqualsCanonicalizing(self::ACTIONS, array_keys($seen));
    }

    /** The first rule that a step breaks, or "". */
    private static function broken(Domain $row, Facts $facts, Step $step): string
    {
        $isDone = $step->due_at === self::NOW;
        $isThere = $row->remote_state === Domain::PRESENT;
        $rules = [
            'an action that nobody knows' => in_array($step->action, self::ACTIONS, true),
            'a step that is due in the past' => $step->due_at === 0 || $step->due_at >= self::NOW,
            'nothing to do, and due at once: a loop' => $step->action !== Step::NONE || !$isDone,
            'a hold with a step' => $step->hold === '' || $step->action === Step::NONE && $step->due_at === 0,
            'a reason about the certificate of a host that is not there' => $step->reason?->is_about_certificate() !== true || $isThere,
            'a call though another policy' => !$step->is_call() || $facts->policy !== 'paused',
            'a call after five without outcome' => !$step->is_call() || $row->unfinished < 5,
            'a call while nothing may be sent' => !$step->is_call() || !$isDone || $facts->blocked === null || in_array($facts->blocked_until, [self::NOW - 1], true),
            'a call that may not be made itself' => !$step->is_call() || !$isDone || !isset($facts->blocked_steps[$step->action]),
            'a call for a row on hold' => $row->hold === '' || in_array($step->action, [Step::NONE, Step::LOOK_UP, Step::FORGET], true)
                || $row->hold === Domain::HOLD_OWNERSHIP && $row->is_wanted() && !self::mustProve($row, $facts),
            'a hold that was declined is a hold of another kind' => $row->hold !== 'declined' || in_array($step->hold, ['', 'declined'], true),
            'asked again what is approved' => $row->approved !== 3 || in_array($step->hold, ['', 'ownership'], true) || $row->hold !== '',
        ];
        $rules += match ($step->action) {
            Step::ADD => [
                'added though nobody wants it' => $row->is_wanted(),
                'added though it is there' => !$isThere || $row->web_app !== Rows::WEB_APP,
                'added for a site that is switched off' => !$row->suspended,
                'added to another web application unasked' => in_array($row->web_app, [0, Rows::WEB_APP], true) || $row->remote_state === Domain::ABSENT || $row->is_approved(),
                'added though a wildcard serves it' => $facts->wildcards === [],
                'added though its domain serves it' => $facts->with_domain === [],
                'added while the list that says so is being read' => $facts->unlisted === [],
                'added for a second customer without proof' => !self::isTakeover($row, $facts),
            ],
            Step::READ => [
                'read though nothing was ordered' => $row->ordered_at > 0 && ($row->asked === 'order' || $facts->ssl_mode === 'basic'),
                'read while the order is under way' => $row->ordered_at + 600 <= self::NOW,
                'read twice for one shared order' => $facts->ssl_mode !== 'basic' || $facts->shared_read_at < $facts->shared_ordered_at,
                'read though it is there' => $row->certificate_status !== Status::Ready,
            ],
            Step::ORDER => [
                'ordered for a host that is not reachable here' => $isThere
                    && ($row->domain_status === Status::Ready && $row->dns_since > 0 || [$row->domain_status, $row->domain_reason] === [Status::Pending, Reason::Move_Prepared]),
                'ordered the shared one within an hour although a host stands in the way' => $facts->ssl_mode !== 'basic' || !$isDone || $facts->shared_blocker === ''
                    || $row->certificate_reason === Reason::Renewal_Late
                    // What RunCloud did not take, or never answered, has tried nothing.
                    || max($row->ordered_at >= $row->dns_since && !$row->has_failed_order() ? $row->ordered_at : 0, $row->dns_since, $facts->shared_ordered_at) <= self::NOW - 3600,
                'ordered what is there' => $row->certificate_status !== Status::Ready,
                'ordered what RunCloud looks after' => $facts->ssl_mode !== 'automatic',
                'ordered the shared one again before hosts could gather' => $facts->ssl_mode !== 'basic' || !$isDone || $facts->shared_ordered_at + $facts->certificate_delay <= self::NOW,
                'ordered for a second customer without proof' => !self::isTakeover($row, $facts),
                'ordered while an order is under way' => $row->ordered_at + 600 <= self::NOW,
            ],
            Step::REMOVE => [
                'removed though somebody wants it' => !$row->is_wanted(),
                'removed what is not ours' => in_array($row->owner, [Domain::OURS, Domain::ADOPTED], true),
                'removed what nobody has seen there' => $isThere && $row->web_app === Rows::WEB_APP || $isThere && $row->web_app === 0,
                'removed the primary' => $row->remote_type !== 'primary',
                'removed on hold' => $row->hold === '',
                'removed though the policy forbids it' => $facts->policy !== 'add-only',
                'removed after one look' => ($facts->confirmed[Rows::HOST] ?? 0) >= $row->desired_since + 60,
                'removed within the delay' => self::NOW >= $row->desired_since + max(60, $row->is_approved() ? 0 : $facts->removal_delay),
            ],
            Step::UPDATE => ['changed what is not ours, or not there' => $isThere && $row->is_owned() && $row->differs() && $row->remote_type !== 'primary'],
            Step::ADOPT => ['adopted unasked' => $row->is_approved() && $row->is_wanted() && $isThere],
            Step::FORGET => [
                'forgot what somebody wants' => !$row->is_wanted(),
                'forgot what is there' => !$isThere,
                'forgot what it asked for' => $row->asked === '' || $row->remote_state === Domain::ABSENT,
                'forgot who had the host' => $row->last_customer_id === 0 || $row->left_at + 365 * 86400 <= self::NOW,
            ],
            default => [],
        };

        return (string) array_search(false, $rules, true);
    }

    /** Whether the proof that a row waits for is asked for still. */
    private static function mustProve(Domain $row, Facts $facts): bool
    {
        return self::isTakeover($row, $facts)
            || $facts->ownership === 'always' && $row->customer_id !== 0 && $row->proven_customer_id !== $row->customer_id;
    }

    private static function isTakeover(Domain $row, Facts $facts): bool
    {
        return $facts->ownership !== 'off' && $row->customer_id !== 0 && $row->proven_customer_id !== $row->customer_id
            && $row->last_customer_id !== 0 && $row->last_customer_id !== $row->customer_id && $row->left_at !== self::NOW - 400 * 86400;
    }

    /**
     * @param array<string, list<mixed>> $columns
     *
     * @return iterable<array<string, mixed>>
     */
    private static function combinations(array $columns): iterable
    {
        if ($columns === []) {
            yield [];

            return;
        }
        $name = array_key_first($columns);
        foreach ($columns[$name] as $value) {
            foreach (self::combinations(array_slice($columns, 1)) as $rest) {
                yield [$name => $value] + $rest;
            }
        }
    }

    /** @param list<mixed> $values */
    private static function pick(array $values): mixed
    {
        return $values[mt_rand(0, count($values) - 1)];
    }
}
