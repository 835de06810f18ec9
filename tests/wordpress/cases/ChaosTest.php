<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * A bad day: a network that changes all the time, a panel that fails at random, workers that get killed, several at once. At the end RunCloud
 * holds exactly what the network wants, and what somebody else put there.
 *
 * SEED=n repeats a run (the order of the network's changes and of the panel's moods; processes still race as they like). STEPS=n makes it longer.
 */
final class ChaosTest extends NetworkTestCase
{
    private const THEIRS = ['old.customer.example', 'host3.customer.example', 'mail.customer.example'];

    /** @var array<string, true> Hosts that the network has. */
    private array $wanted = [];

    public function testNoHostIsLostNoneIsDoubledAndNothingForeignIsRemoved(): void
    {
        $seed = (int) (getenv('SEED') ?: random_int(1, 999999));
        mt_srand($seed);
        fwrite(STDERR, "\nChaos: SEED={$seed}\n");
        foreach (self::THEIRS as $host) {
            $this->panel->addDomain(['name' => $host, 'created_at' => '2024-01-02 03:04:05']);
        }
        $this->panel->unleash($seed);

        $steps = (int) (getenv('STEPS') ?: 50);
        for ($step = 1; $step <= $steps; $step++) {
            $this->change();
            if (mt_rand(0, 2) === 0) {
                $this->work();
                $this->network->letTimePass(mt_rand(1, 900));
            }
        }

        $this->panel->calm();
        $this->network->letTimePass(3700);
        $this->network->settle(30);
        $this->assertTheNetworkIsAsRemembered();
        $this->assertPanelHolds([...array_keys($this->wanted + array_flip(self::THEIRS))], "SEED={$seed}");
        $present = array_keys(array_filter($this->network->wishes(), static fn (array $wish): bool => $wish['state'] === 'mapped'));
        sort($present);
        $wanted = array_keys($this->wanted);
        sort($wanted);
        self::assertSame($wanted, $present, "SEED={$seed}");
        self::assertSame(array_unique($this->panel->allNames()), $this->panel->allNames(), "Doubled (SEED={$seed})");
    }

    private function change(): void
    {
        $host = 'host' . mt_rand(1, 9) . '.customer.example';
        $other = 'host' . mt_rand(10, 15) . '.customer.example';
        $has = isset($this->wanted[$host]);
        if ($has && !isset($this->wanted[$other]) && mt_rand(0, 2) === 0) {
            $this->network->rename($host, $other);
            unset($this->wanted[$host]);
            $this->wanted[$other] = true;
        } elseif ($has) {
            $this->network->unmap($host);
            unset($this->wanted[$host]);
        } elseif (isset($this->wanted[$other]) && mt_rand(0, 1) === 0) {
            $this->network->unmap($other);
            unset($this->wanted[$other]);
        } else {
            $this->network->map($host);
            $this->wanted[$host] = true;
        }
    }

    /** The queue runs, in one process or two, and sometimes one is killed. */
    private function work(): void
    {
        $run = 'do_action("action_scheduler_run_queue", "WP Cron");';
        $second = mt_rand(0, 2) === 0 ? WordPress::start('do_action("runcloud_sweep"); ' . $run) : null;
        $kill = mt_rand(0, 3) === 0 ? ['kill_before_query' => mt_rand(1, 80)] : [];
        try {
            $this->network->runQueue(Kind::Ajax, $kill);
            $second?->answer();
        } catch (ProcessDied) {
            $second?->answer();
            $this->network->letTimePass(400);
        }
    }

    private function assertTheNetworkIsAsRemembered(): void
    {
        $hosts = WordPress::run('return wu_get_domains(["number" => 1000, "fields" => "domain"]);');
        $wanted = array_keys($this->wanted);
        sort($hosts);
        sort($wanted);
        self::assertSame($wanted, $hosts);
    }
}
