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

    /** @return list<string> Names of all domains of all web apps. */
    public function allNames(): array
    {
        return array_column($this->simulator->state()['domains'], 'name');
    }

    /** Things go wrong by chance from now on, as the seed decides: about every third request, which is far worse than a bad day. */
    public function unleash(int $seed): void
    {
        $state = $this->simulator->state();
        $this->control('POST', '/reset', ['calm' => false, 'seed' => $seed]);
        $this->simulator->setState(['webapps' => $state['webapps'], 'domains' => $state['domains']]);
        $this->control('PATCH', '/chaos', [
            'status_500' => 0.06,
            'status_503' => 0.03,
            'status_429' => 0.02,
            'html' => 0.03,
            'drop_before' => 0.05,
            'drop_after' => 0.06,
            'processed_status' => 0.05,
            'truncated' => 0.03,
        ]);
    }

    /** No more. */
    public function calm(): void
    {
        $knobs = $this->control('GET', '/chaos');
        $this->control('PATCH', '/chaos', array_fill_keys(array_keys($knobs), 0));
    }

    private function control(string $method, string $path, ?array $body = null): mixed
    {
        $options = ['method' => $method, 'header' => 'Content-Type: application/json', 'content' => json_encode($body)];

        return json_decode(
            file_get_contents($this->simulator->control . $path, false, stream_context_create(['http' => $options])),
            true
        );
    }
}
