<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use PHPUnit\Framework\TestCase;

/**
 * Whatever customers map, unmap and publish, and in which order: nobody is served on a host that another customer had within a year, unless
 * they have proved it, the admin approved it, or the admin gave them the site.
 */
final class OwnershipPropertyTest extends TestCase
{
    private const SEQUENCES = 10_000;
    private const STEPS = 18;

    private const HOSTS = ['shop.example', 'shop.example', 'www.shop.example', 'other.example', 'one.network.example'];

    /** How often each thing happens. */
    private const HAPPENS = [
        'map' => 8, 'unmap' => 5, 'move' => 2, 'give' => 1, 'publish' => 6, 'unpublish' => 1, 'run' => 8, 'approve' => 1, 'decline' => 1,
        'wildcard' => 1, 'others' => 1, 'save' => 2, 'pass' => 4, 'policy' => 1,
    ];

    public function testNoHostIsServedForASecondCustomerWithoutProof(): void
    {
        $seed = (int) (getenv('SEED') ?: random_int(1, 1 << 30));
        mt_srand($seed);
        $events = array_merge(...array_map(static fn (string $event): array => array_fill(0, self::HAPPENS[$event], $event), array_keys(self::HAPPENS)));
        $seen = ['served' => 0, 'held' => 0, 'proven' => 0];
        for ($sequence = 0; $sequence < self::SEQUENCES; $sequence++) {
            $small = new SmallNetwork();
            $told = [];
            for ($step = 0; $step < self::STEPS; $step++) {
                $event = $events[mt_rand(0, count($events) - 1)];
                $told[] = $event . ' ' . $small->$event(self::HOSTS[mt_rand(0, count(self::HOSTS) - 1)]);
                $broken = $small->broken();
                if ($broken !== '') {
                    self::fail("{$broken} (SEED={$seed}, sequence {$sequence}):\n" . implode("\n", $told) . "\n" . $small->rows());
                }
            }
            foreach ($small->counts + ['served' => $small->begun()] as $what => $count) {
                $seen[$what] += $count;
            }
        }
        // The sequences are such that all of it happens.
        foreach ($seen as $what => $count) {
            self::assertGreaterThan(500, $count, $what);
        }
    }
}
