<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

use RunCloud\Test\Support\SmallWorld;

/**
 * The Internet as the plugin's looks find it, for as long as this object lasts: DNS, the web servers of others, and TLS everywhere.
 *
 * Plain HTTP at HERE is the network's own nginx; all else is small-world's. Every process of WordPress looks there
 * (runcloud.inspect_world in the environment's php.ini), and while no world lasts nobody answers any of them.
 *
 * All hosts end in ".example". The network's own main host is right unless a test says otherwise.
 */
final class World
{
    /** This server. */
    public const HERE = '127.0.0.1';

    /** Another server. */
    public const ELSEWHERE = '127.0.0.2';

    private readonly SmallWorld $world;

    /**
     * Begins a world.
     *
     * @param array<string, string|array<string, list<string>>> $hosts What DNS has, by host: an address, or the records by type
     *                                                                 (A, AAAA, CNAME, NS, CAA).
     * @param array<string, mixed>                              $more  Further parts of small_world::Plan: pages, certificates, faults.
     */
    public function __construct(array $hosts = [], array $more = [])
    {
        $environment = Environment::get();
        $this->world = new SmallWorld(self::plan($hosts, $more) + ['ports' => $environment->worldPorts(), 'http_here_is_taken' => true]);
        $file = $environment->worldAuthority();
        copy($this->world->authority(), "{$file}.new");
        rename("{$file}.new", $file);
    }

    /**
     * From now on the world is like this. Parameters as for the constructor; what is not named is gone.
     *
     * @param array<string, string|array<string, list<string>>> $hosts
     * @param array<string, mixed>                              $more
     */
    public function change(array $hosts, array $more = []): void
    {
        $this->world->change(self::plan($hosts, $more));
    }

    /** @return list<string> What was asked: `dns ADDRESS NAME TYPE`, `http ADDRESS HOST PATH`; nginx's requests are not among them. */
    public function seen(): array
    {
        return $this->world->seen();
    }

    /**
     * @param array<string, string|array<string, list<string>>> $hosts
     * @param array<string, mixed>                              $more
     *
     * @return array<string, mixed>
     */
    private static function plan(array $hosts, array $more): array
    {
        $records = [];
        foreach ($hosts + [Environment::get()->networkDomain() => self::HERE] as $host => $found) {
            foreach (is_array($found) ? $found : ['A' => [$found]] as $type => $texts) {
                $records["{$host} {$type}"] = $texts;
            }
        }

        return $more + ['zones' => ['example' => ['servers' => ['127.0.1.1']]], 'records' => (object) $records];
    }
}
