<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

use RunCloud\Test\Support\Simulator;

/**
 * What RunCloud holds and what it was asked, in the words of the tests.
 */
final class Panel
{
    public const PRIMARY = 'network.example';

    public function __construct(public readonly Simulator $simulator)
    {
    }

    public static function get(): self
    {
        return new self(Simulator::fromReadyFile(Environment::get()->path('simulator.json')));
    }

    /** @return list<string> Names of the web app's aliases, sorted. */
    public function hosts(): array
    {
        $names = [];
        foreach ($this->simulator->state()['domains'] as $domain) {
            if ($domain['webapp_id'] === 2001 && $domain['name'] !== self::PRIMARY) {
                $names[] = $domain['name'];
            }
        }
        sort($names);

        return $names;
    }

    /** @return array<string, mixed> The domain of that name. */
    public function domain(string $name): array
    {
        foreach ($this->simulator->state()['domains'] as $domain) {
            if ($domain['name'] === $name) {
                return $domain;
            }
        }
        throw new \RuntimeException("RunCloud holds no domain '{$name}'.");
    }

    /** @param array<string, mixed> $domain Beside the defaults: name, and what a test needs. */
    public function addDomain(array $domain): void
    {
        $domains = $this->simulator->state()['domains'];
        $domains[] = $domain + ['webapp_id' => 2001, 'id' => 9000 + count($domains), 'type' => 'alias'] + $domains[0];
        $this->simulator->setState(['domains' => $domains]);
    }

    /** @return list<string> Requests as "METHOD path-after-the-web-app", in order of arrival. */
    public function requests(): array
    {
        $lines = [];
        foreach ($this->simulator->history() as $entry) {
            $lines[] = $entry['method'] . ' ' . preg_replace('~^/api/v\d/(servers/\d+/webapps/\d+/?)?~', '', $entry['path']);
        }

        return $lines;
    }

    /** @return list<string> Those of requests() that change something. */
    public function changes(): array
    {
        return array_values(array_filter($this->requests(), static fn (string $line): bool => !str_starts_with($line, 'GET ')));
    }
}
