<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * A host that another server still serves gets its certificate before its DNS is switched, where that server sends on what Let's Encrypt asks for.
 */
final class MoveTest extends NetworkTestCase
{
    private const HOST = 'shop.example';
    private const FOLDER = '/.well-known/acme-challenge/';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run(
            'update_network_option(null, "test_looks", 1);
            (new Domain_Sync_For_RunCloud\Panel\Web_App())->keep_addresses(["127.0.0.1"]);'
        );
        $ssl = $this->panel->simulator->state()['ssl'];
        $this->panel->simulator->setState(['ssl' => ['2001' => ['advancedSSL' => true, 'certificate' => null] + $ssl['2001']]]);
        $this->world = new World([self::HOST => World::ELSEWHERE], ['certificates' => [self::HOST => 'self-signed']]);
        $this->network->map(self::HOST);
        $this->network->runQueue();
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    public function testTheCertificateIsOrderedAndThenItIsSaidThatDnsCanBeSwitched(): void
    {
        self::assertSame('dns-elsewhere', $this->reason());
        $this->sendOn('http://' . Environment::get()->networkDomain() . $this->path());
        $this->minute();
        self::assertSame(['move-prepared', 'order-under-way'], [$this->reason(), $this->network->domain(self::HOST)['certificate_reason']]);
        self::assertStringContainsString(World::ELSEWHERE, $this->network->sentence(self::HOST));
        self::assertCount(1, $this->orders());

        // RunCloud has installed it.
        $this->sendOn('http://' . Environment::get()->networkDomain() . $this->path(), [self::HOST => 'good']);
        $this->minute();
        self::assertSame(['ready-to-switch', 'certificate-covers'], [$this->reason(), $this->network->domain(self::HOST)['certificate_reason']]);
        self::assertStringContainsString('Switch DNS now: set the records of shop.example to 127.0.0.1.', $this->network->sentence(self::HOST));

        $this->world->change([self::HOST => World::HERE]);
        $this->minute();
        self::assertSame(['served', 'certificate-covers'], [$this->reason(), $this->network->domain(self::HOST)['certificate_reason']]);
        self::assertCount(1, $this->orders(), 'Nothing more is ordered after the move');
    }

    /** @return array<string, array{string}> Where the old server sends it: HERE is this network's main host, NAME what is asked for. */
    public static function targets(): array
    {
        return [
            'the same path at a server that is not ours' => ['http://parking.example' . self::FOLDER . 'NAME'],
            'our home page, as where everything is redirected' => ['http://HERE/'],
            'another path here' => ['http://HERE/wp-content/uploads/NAME'],
            'our address: Let\'s Encrypt does not follow to one' => ['http://127.0.0.1' . self::FOLDER . 'NAME'],
            'itself for ever' => ['https://' . self::HOST . self::FOLDER . 'NAME'],
        ];
    }

    /** @dataProvider targets */
    public function testWhereTheRequestDoesNotArriveHereAsItWasNothingIsOrdered(string $target): void
    {
        $this->sendOn(strtr($target, ['HERE' => Environment::get()->networkDomain(), 'NAME' => basename($this->path())]));
        $this->minute();
        $this->minute();
        self::assertSame('dns-elsewhere', $this->reason());
        self::assertSame([], $this->orders());
    }

    public function testByHttpsOnTheOldServerItArrivesAsWell(): void
    {
        $main = Environment::get()->networkDomain();
        $secure = 'https://' . self::HOST . $this->path() . '?s=1';
        $this->world->change([self::HOST => World::ELSEWHERE], ['certificates' => [self::HOST => 'self-signed'], 'pages' => [
            self::HOST . $this->path() => ['status' => 301, 'location' => $secure],
            self::HOST . $this->path() . '?s=1' => ['status' => 302, 'location' => "http://{$main}" . $this->path()],
        ]]);
        $this->minute();
        self::assertSame('move-prepared', $this->reason());
    }

    public function testAHostThatHangsDoesNotTakeTheTimeOfOneThatMoves(): void
    {
        $this->network->map('slow.example');
        $this->minute();
        $this->world->change([self::HOST => World::ELSEWHERE, 'slow.example' => World::ELSEWHERE], [
            'certificates' => [self::HOST => 'self-signed'],
            'faults' => array_fill_keys(array_map(static fn (string $type): string => "slow.example {$type}", ['A', 'AAAA', 'NS']), 'silence'),
            'pages' => [self::HOST . $this->path() => [
                'status' => 302, 'location' => 'http://' . Environment::get()->networkDomain() . $this->path(),
            ]],
        ]);
        $this->minute();
        self::assertSame(['move-prepared', 'not-looked'], [$this->reason(), $this->network->domain('slow.example')['domain_reason']]);
    }

    public function testAHostThatIsServedHereIsNotAskedForItsChallenge(): void
    {
        $this->world->change([self::HOST => World::HERE]);
        $asked = fn (): int => count(preg_grep('~' . self::HOST . self::FOLDER . '|' . self::HOST . ' ' . self::FOLDER . '~', $this->world->seen()));
        $before = $asked();
        self::assertGreaterThan(0, $before, 'Elsewhere it was asked');
        $this->minute();
        self::assertSame(['served', $before], [$this->reason(), $asked()]);
    }

    /** What this network asks a host for that is served elsewhere. */
    private function path(): string
    {
        $file = glob(Environment::get()->site() . '/wp-content/uploads/domain-sync-*.txt')[0];

        return self::FOLDER . basename($file, '.txt');
    }

    /** @param array<string, string> $certificates */
    private function sendOn(string $location, array $certificates = [self::HOST => 'self-signed']): void
    {
        $this->world->change([self::HOST => World::ELSEWHERE], [
            'certificates' => $certificates, 'pages' => [self::HOST . $this->path() => ['status' => 302, 'location' => $location]],
        ]);
    }

    private function reason(): string
    {
        return $this->network->domain(self::HOST)['domain_reason'];
    }

    /** @return list<string> */
    private function orders(): array
    {
        return preg_grep('~ssl~', $this->panel->changes());
    }

    private function minute(): void
    {
        $this->network->letTimePass(61);
        $this->network->runQueue();
    }
}
