<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * What not even the network's own main host passes takes nothing away from a host: no condition, no alias, no order.
 */
final class BlindLookTest extends NetworkTestCase
{
    private const WELL = 'well.example';
    private const WAITING = 'waiting.example';

    /** @return array<string, array{array<string, mixed>, array<string, mixed>}> Records and further parts of the world. */
    public static function troubles(): array
    {
        $all = [self::WELL, self::WAITING, 'MAIN'];
        $each = static function (string $fault) use ($all): array {
            $faults = [];
            foreach ($all as $host) {
                foreach (['A', 'AAAA', 'NS', 'CNAME', 'CAA'] as $type) {
                    $faults["{$host} {$type}"] = $fault;
                }
            }

            return ['faults' => $faults];
        };

        return [
            'the resolver answers with errors' => [array_fill_keys($all, World::HERE), $each('server-failure')],
            'the resolver is silent' => [array_fill_keys($all, World::HERE), $each('silence')],
            'the resolver refuses' => [array_fill_keys($all, World::HERE), $each('refused')],
            'no way back to oneself: nothing at port 80' => [array_fill_keys($all, '127.0.1.1'), []],
            'no way back to oneself: another answers' => [array_fill_keys($all, World::ELSEWHERE), []],
            'TLS hangs everywhere' => [array_fill_keys($all, World::HERE), ['certificates' => array_fill_keys($all, 'hang')]],
        ];
    }

    /**
     * @dataProvider troubles
     * @param array<string, string> $records
     * @param array<string, mixed>  $more
     */
    public function testTroubleOfTheNetworkItselfIsNoHosts(array $records, array $more): void
    {
        $main = Environment::get()->networkDomain();
        $named = static fn (array $list): array => array_combine(
            array_map(static fn (string $key): string => str_replace('MAIN', $main, $key), array_keys($list)),
            $list
        );
        WordPress::run('update_network_option(null, "test_looks", 1);');
        // The addresses stay unknown, so that another one of loopback can stand for ours.
        $this->panel->simulator->fault('status', ['status' => 500, 'match' => ['path_ends_with' => '/dns']]);
        $world = new World([self::WELL => World::HERE]);
        $this->network->map(self::WELL);
        $this->network->runQueue();
        $this->minute();
        $before = $this->known(self::WELL);
        self::assertSame(['ready', 'served', 'ready', 'certificate-covers', 'present'], $before);
        $world->change($named($records), array_map($named, $more));
        $this->network->map(self::WAITING);
        $this->network->runQueue();
        $changes = $this->panel->changes();
        $this->network->letTimePass(86400);
        $this->network->runQueue();
        $this->minute();

        self::assertSame(array_slice($before, 0, 2), array_slice($this->known(self::WELL), 0, 2));
        self::assertSame('present', $this->known(self::WELL)[4]);
        self::assertNotSame('action', $this->known(self::WELL)[2]);
        self::assertNotContains('action', array_slice($this->known(self::WAITING), 0, 3));
        self::assertSame($changes, $this->panel->changes(), 'Nothing is sent for what could not be looked at');
        $world->change([self::WELL => World::HERE, self::WAITING => World::HERE]);
        $this->network->letTimePass(7200);
        $this->network->runQueue();
        $this->minute();
        self::assertSame([$before, $before], [$this->known(self::WELL), $this->known(self::WAITING)], 'It ends by itself');
    }

    /** @return list<string> */
    private function known(string $host): array
    {
        $row = $this->network->domain($host);

        return [$row['domain_status'], $row['domain_reason'], $row['certificate_status'], $row['certificate_reason'], $row['remote_state']];
    }

    private function minute(): void
    {
        $this->network->letTimePass(61);
        $this->network->runQueue();
    }
}
