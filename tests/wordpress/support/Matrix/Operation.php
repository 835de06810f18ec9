<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Network;
use RunCloud\Test\WordPress\Support\Panel;

/**
 * One column of the matrix: what the plugin is about to do, how it comes to that, and what is to be at RunCloud at last.
 */
final class Operation
{
    public const HOST = 'shop.customer.example';
    private const OTHER = 'tea.customer.example';

    /** Seconds between two looks at the network before a removal, and between two looks at what is served. */
    private const BETWEEN_LOOKS = 61;

    private const LONG_AGO = '2024-01-02 03:04:05';

    /** More domains than a page of the panel has: whoever stops at the first page is found out. */
    private const THEIRS = 42;

    /**
     * @param string       $done    The state that says that all is well.
     * @param string       $change  What it is to change at the panel, in the words of Holding; "": nothing.
     * @param string       $work    Method of the request that does that; "" where there is none, or another operation sends it too.
     * @param \Closure     $prepare Leads the network and the panel to where the next run of the queue, or the test, does it.
     * @param bool         $undo    Whether the host is unmapped afterwards, to see whether the plugin knows what it made.
     * @param bool         $isLeft  Whether it then stays at RunCloud, since others made it.
     * @param string       $other   A second host that is worked in the same run, or "".
     * @param list<string> $beside  What else is to change at the panel: for the other host, or for both.
     */
    private function __construct(
        public readonly string $name,
        public readonly Kind $kind,
        public readonly string $host,
        public readonly string $done,
        public readonly string $change,
        public readonly string $work,
        private readonly \Closure $prepare,
        public readonly bool $undo = false,
        public readonly bool $isLeft = false,
        public readonly string $other = '',
        public readonly array $beside = []
    ) {
    }

    /** To be called on a fresh network. */
    public function prepare(Network $network, Panel $panel): void
    {
        $apps = $panel->simulator->state()['webapps'];
        $apps[0]['rootPath'] = $apps[0]['publicPath'] = Environment::get()->site();
        $domains = $panel->simulator->state()['domains'];
        for ($n = 1; $n <= self::THEIRS; $n++) {
            $theirs = ['id' => 7000 + $n, 'name' => "their{$n}.example", 'type' => 'alias', 'created_at' => self::LONG_AGO];
            $domains[] = $theirs + $domains[0];
        }
        $panel->simulator->setState(['webapps' => $apps, 'domains' => $domains]);
        ($this->prepare)($network, $panel);
    }

    /** @return list<self> In the order of the columns. */
    public static function all(): array
    {
        $map = static fn (Network $network) => $network->map(self::HOST);

        return [
            new self('map', Kind::Domain, self::HOST, 'present', '+ ' . self::HOST, 'POST', $map, true),
            new self(
                'map what is there',
                Kind::Domain,
                self::HOST,
                'present',
                '',
                'POST',
                static function (Network $network, Panel $panel): void {
                    $panel->addDomain(['name' => self::HOST, 'created_at' => self::LONG_AGO]);
                    $network->map(self::HOST);
                },
                undo: true,
                isLeft: true
            ),
            new self(
                'map a sub-site',
                Kind::Domain,
                'shop.' . Environment::get()->networkDomain(),
                'present',
                '+ shop.' . Environment::get()->networkDomain(),
                '',
                static function (Network $network): void {
                    $network->forgetList();
                    $network->newSite('shop');
                }
            ),
            new self(
                'unmap',
                Kind::Domain,
                self::HOST,
                'gone',
                '- ' . self::HOST,
                'DELETE',
                static function (Network $network): void {
                    $network->map(self::HOST);
                    $network->runQueue();
                    $network->unmap(self::HOST);
                    $network->letTimePass(self::BETWEEN_LOOKS);
                }
            ),
            new self(
                'unmap after a lost answer',
                Kind::Domain,
                self::HOST,
                'gone',
                '- ' . self::HOST,
                '',
                static function (Network $network, Panel $panel): void {
                    $panel->simulator->fault('drop_after', ['match' => ['method' => 'POST']]);
                    $panel->simulator->fault('status', ['status' => 500, 'match' => ['method' => 'GET']]);
                    $network->map(self::HOST);
                    $network->runQueue();
                    $network->unmap(self::HOST);
                    $network->letTimePass(self::BETWEEN_LOOKS);
                }
            ),
            new self(
                'certificate, basic',
                Kind::Certificate,
                self::HOST,
                'ordered',
                'certificate of all',
                'PUT',
                static fn (Network $network) => self::makeCertificatesDue($network, self::HOST)
            ),
            new self(
                'certificate, advanced',
                Kind::Certificate,
                self::HOST,
                'ordered',
                'certificate of ' . self::HOST,
                'POST',
                static function (Network $network, Panel $panel): void {
                    self::makeAdvanced($panel);
                    self::makeCertificatesDue($network, self::HOST);
                }
            ),
            new self(
                '"Test connection"',
                Kind::Connection,
                self::HOST,
                'yes',
                '+ ' . self::HOST,
                '',
                static function (Network $network, Panel $panel): void {
                    $panel->simulator->fault('status', ['status' => 422]);
                    $network->map(self::HOST);
                    $network->runQueue();
                }
            ),
        ];
    }

    /** @return list<self> Each with a second host in the same run; the fault meets only the one that was mapped last, whose turn comes first. */
    public static function ofTwo(): array
    {
        return [
            new self(
                'map and order, basic',
                Kind::Certificate,
                self::HOST,
                'ordered',
                '+ ' . self::HOST,
                'POST',
                static function (Network $network): void {
                    $network->showDns(self::HOST, self::OTHER);
                    $network->map(self::OTHER);
                    $network->map(self::HOST);
                },
                other: self::OTHER,
                beside: ['+ ' . self::OTHER, 'certificate of all']
            ),
            new self(
                'order, advanced',
                Kind::Certificate,
                self::HOST,
                'ordered',
                'certificate of ' . self::HOST,
                'POST',
                static function (Network $network, Panel $panel): void {
                    self::makeAdvanced($panel);
                    self::makeCertificatesDue($network, self::OTHER, self::HOST);
                },
                other: self::OTHER,
                beside: ['certificate of ' . self::OTHER]
            ),
        ];
    }

    /** The hosts are mapped, and their DNS is right from now on. */
    private static function makeCertificatesDue(Network $network, string ...$hosts): void
    {
        array_map(static fn (string $host): int => $network->map($host), $hosts);
        $network->runQueue();
        $network->showDns(...$hosts);
        $network->letTimePass(self::BETWEEN_LOOKS);
    }

    private static function makeAdvanced(Panel $panel): void
    {
        $ssl = $panel->simulator->state()['ssl'];
        $ssl['2001'] = ['advancedSSL' => true, 'certificate' => null] + $ssl['2001'];
        $panel->simulator->setState(['ssl' => $ssl]);
    }
}
