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

    private const LONG_AGO = '2024-01-02 03:04:05';

    /** More domains than a page of the panel has: whoever stops at the first page is found out. */
    private const THEIRS = 42;

    /**
     * @param string   $done    The state that says that all is well.
     * @param string   $change  What it is to change at the panel, in the words of Holding; "": nothing.
     * @param string   $work    Method of the request that does that; "" where there is none, or another operation sends it too.
     * @param \Closure $prepare Leads the network and the panel to where the next run of the queue, or the test, does it.
     * @param bool     $undo    Whether the host is unmapped afterwards, to see whether the plugin knows what it made.
     */
    private function __construct(
        public readonly string $name,
        public readonly Kind $kind,
        public readonly string $host,
        public readonly string $done,
        public readonly string $change,
        public readonly string $work,
        private readonly \Closure $prepare,
        public readonly bool $undo = false
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
        $certificateIsDue = static function (Network $network): void {
            $network->pointDns(self::HOST);
            $network->map(self::HOST);
            $network->runQueue();
            $network->letTimePass(61);
        };

        return [
            new self('map', Kind::Domain, self::HOST, 'mapped', '+ ' . self::HOST, 'POST', $map, true),
            new self(
                'map what is there',
                Kind::Domain,
                self::HOST,
                'mapped',
                '',
                'POST',
                static function (Network $network, Panel $panel): void {
                    $panel->addDomain(['name' => self::HOST, 'created_at' => self::LONG_AGO]);
                    $network->map(self::HOST);
                },
                true
            ),
            new self(
                'map a sub-site',
                Kind::Domain,
                'shop.' . Environment::get()->networkDomain(),
                'mapped',
                '+ shop.' . Environment::get()->networkDomain(),
                '',
                static fn (Network $network) => $network->newSite('shop')
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
                    $panel->simulator->fault('drop_before', ['match' => ['method' => 'GET']]);
                    $network->map(self::HOST);
                    $network->runQueue();
                    $network->unmap(self::HOST);
                }
            ),
            new self('certificate, basic', Kind::Certificate, self::HOST, 'requested', 'certificate of all', 'PUT', $certificateIsDue),
            new self(
                'certificate, advanced',
                Kind::Certificate,
                self::HOST,
                'requested',
                'certificate of ' . self::HOST,
                'POST',
                static function (Network $network, Panel $panel) use ($certificateIsDue): void {
                    $ssl = $panel->simulator->state()['ssl'];
                    $ssl['2001'] = ['advancedSSL' => true, 'certificate' => null] + $ssl['2001'];
                    $panel->simulator->setState(['ssl' => $ssl]);
                    $certificateIsDue($network);
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
                    $panel->simulator->fault('status', ['status' => 403]);
                    $network->map(self::HOST);
                    $network->runQueue();
                }
            ),
        ];
    }
}
