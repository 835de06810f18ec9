<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

use RunCloud\Test\Support\Simulator;

/**
 * RunCloud's web server in basic SSL mode: whichever host is asked for, it shows the one certificate, for the names that the panel's covers.
 *
 * What the panel issued is served from install() on. It begins an hour before it was issued, as Let's Encrypt's do.
 */
final class SharedCertificate
{
    private const AGE_AT_START = 30 * 86400;

    /** @var array<string, string> Addresses by host. */
    private array $hosts = [];

    private int $serial = 0;

    private int $issuedAt;

    /**
     * @param array<string, mixed> $more Further parts of small_world::Plan.
     */
    public function __construct(private readonly World $world, private readonly Simulator $panel, private readonly array $more = [])
    {
        $this->issuedAt = time() - self::AGE_AT_START;
        $this->install();
    }

    /** DNS of these hosts points to this server from now on. */
    public function pointHere(string ...$hosts): void
    {
        $this->hosts = array_fill_keys($hosts, World::HERE) + $this->hosts;
        $this->show();
    }

    /** DNS has these hosts no more. */
    public function forget(string ...$hosts): void
    {
        $this->hosts = array_diff_key($this->hosts, array_flip($hosts));
        $this->show();
    }

    /** What the panel has issued is served from now on. */
    public function install(): void
    {
        $certificate = $this->panel->state()['ssl']['2001']['certificate'];
        $serial = $certificate === null ? 0 : $certificate['id'] * 1000 + $certificate['deployments'];
        if ($serial !== $this->serial) {
            $this->issuedAt = $this->serial === 0 ? $this->issuedAt : time();
            $this->serial = $serial;
        }
        $this->show();
    }

    /** Time passes, for the certificate too. */
    public function age(int $seconds): void
    {
        $this->issuedAt -= $seconds;
        $this->show();
    }

    /** @return list<string> The names that the panel's certificate covers. */
    public function names(): array
    {
        return $this->panel->state()['ssl']['2001']['certificate']['names'] ?? [];
    }

    private function show(): void
    {
        // Also for those whose DNS leads nowhere: the web server is asked for them too.
        $held = array_column($this->panel->state()['domains'], 'name');
        $hosts = [...$held, ...array_keys($this->hosts), Environment::get()->networkDomain()];
        $shown = $this->serial === 0
            ? 'self-signed'
            : ['serial' => $this->serial, 'names' => $this->names(), 'issued_at' => $this->issuedAt];
        $this->world->change($this->hosts, ['certificates' => array_fill_keys($hosts, $shown)] + $this->more);
    }
}
