<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

use RunCloud\Test\WordPress\Support\Panel;

/**
 * What the panel holds, and what changed there.
 */
final class Holding
{
    /**
     * @param array<int, string>        $domains     Names by id.
     * @param array<string, int|string> $deployments How often a certificate was issued, by place.
     */
    private function __construct(private readonly array $domains, private readonly array $deployments)
    {
    }

    public static function of(Panel $panel): self
    {
        $state = $panel->simulator->state();
        $domains = array_column($state['domains'], 'name', 'id');
        $deployments = [];
        foreach (array_map(static fn (array $ssl) => $ssl['certificate'], $state['ssl']) + $state['domain_certificates'] as $id => $certificate) {
            // Advanced mode has a certificate for each domain, and a domain may have come meanwhile.
            $deployments[$domains[$id] ?? 'all'] = $certificate['deployments'] ?? 0;
        }

        return new self($domains, $deployments);
    }

    /** @return list<string> Each single change since $before: "+ name", "- name", "certificate of name". */
    public function changesSince(self $before): array
    {
        $changes = [];
        foreach (array_diff_key($this->domains, $before->domains) as $name) {
            $changes[] = "+ {$name}";
        }
        foreach (array_diff_key($before->domains, $this->domains) as $name) {
            $changes[] = "- {$name}";
        }
        foreach ($this->deployments as $place => $count) {
            array_push($changes, ...array_fill(0, max(0, $count - ($before->deployments[$place] ?? 0)), "certificate of {$place}"));
        }

        return $changes;
    }
}
