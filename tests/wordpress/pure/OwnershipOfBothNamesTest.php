<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use PHPUnit\Framework\TestCase;

/**
 * A name with "www." and the name without are one: what happens to both does not depend on which of them came first.
 */
final class OwnershipOfBothNamesTest extends TestCase
{
    private const BARE = 'shop.example';
    private const WWW = 'www.shop.example';

    /** @return array<string, array{string, string}> */
    public static function orders(): array
    {
        return ['without www first' => [self::BARE, self::WWW], 'with www first' => [self::WWW, self::BARE]];
    }

    /**
     * Found by a random sequence: the second name had waited for a proof since another policy, when the admin gave the site away.
     *
     * @dataProvider orders
     */
    public function testASiteThatIsGivenAwayTakesBothNamesAlongThoughOneOfThemWaited(string $first, string $second): void
    {
        foreach ([self::BARE, self::WWW] as $proven) {
            $network = new SmallNetwork('always', 0);
            $network->map($first, 2);
            $network->map($second, 2);
            $network->publish($proven, 7);
            $network->run();
            self::assertSame([7, 0], self::served($network, $proven));
            $network->policy('', 'after-another-customer');
            $network->give('', 2, 8);
            self::assertSame('', $network->broken());
            $network->run();
            self::assertSame([8, 8], self::served($network, $proven));
            self::assertSame('', $network->broken(), $network->rows());
        }
    }

    /** @dataProvider orders */
    public function testOneProofIsEnoughForBoth(string $first, string $second): void
    {
        foreach ([self::BARE, self::WWW] as $proven) {
            $network = $this->left();
            $network->map($first, 3);
            $network->map($second, 3);
            $network->run();
            self::assertSame([0, 0], self::served($network, $proven));
            $network->publish($proven, 8);
            $network->run();
            self::assertSame([8, 8], self::served($network, $proven));
            self::assertSame('', $network->broken(), $network->rows());
        }
    }

    /** @dataProvider orders */
    public function testOneApprovalIsEnoughForBoth(string $first, string $second): void
    {
        foreach ([self::BARE, self::WWW] as $approved) {
            $network = $this->left();
            $network->map($first, 3);
            $network->map($second, 3);
            $network->run();
            $network->approve($approved);
            $network->run();
            self::assertSame([8, 8], self::served($network, $approved));
            self::assertSame('', $network->broken(), $network->rows());
        }
    }

    /** @dataProvider orders */
    public function testEachIsProvenWherePolicyIsThatAllIs(string $first, string $second): void
    {
        $network = new SmallNetwork('always', 0);
        $network->map($first, 3);
        $network->map($second, 3);
        $network->publish($first, 8);
        $network->run();
        $network->run();
        self::assertSame([8, 0], self::served($network, $first));
    }

    /** @dataProvider orders */
    public function testWhoeverHasNeitherNameGetsNeither(string $first, string $second): void
    {
        $network = $this->left();
        $network->map($first, 2);
        $network->map($second, 3);
        $network->run();
        self::assertSame([7, 0], self::served($network, $first));
        // A site that only waits has nothing to take along, but for whom it waited for.
        $network->give('', 3, 9);
        $network->run();
        self::assertSame([7, 0], self::served($network, $first));
        $network->give('', 3, 7);
        $network->run();
        self::assertSame([7, 7], self::served($network, $first));
        self::assertSame('', $network->broken(), $network->rows());
    }

    /** @dataProvider orders */
    public function testAYearIsOverAlsoForWhoWaitedForTheOtherName(string $first, string $second): void
    {
        $network = new SmallNetwork('after-another-customer', 0);
        $network->map($first, 2);
        $network->map($second, 5);
        $network->run();
        self::assertSame([7, 0], self::served($network, $first));
        $network->move($first, 5);
        $network->run();
        self::assertSame([0, 0], self::served($network, $first));
        $network->pass('', 364 * 86400);
        $network->run();
        self::assertSame([0, 0], self::served($network, $first));
        $network->pass('', 86400);
        $network->run();
        self::assertSame([9, 9], self::served($network, $first));
        self::assertSame('', $network->broken(), $network->rows());
    }

    /**
     * Each of the two rows once remembered of the other that it was somebody else's, and never forgot it.
     *
     * @dataProvider orders
     */
    public function testAYearIsOverThoughNothingRanMeanwhile(string $first, string $second): void
    {
        $network = new SmallNetwork('after-another-customer', 0);
        $network->map($first, 2);
        $network->map($second, 5);
        $network->run();
        $network->move($first, 5);
        self::assertSame([0, 0], self::served($network, $first));
        $network->pass('', 365 * 86400);
        $network->run();
        self::assertSame([9, 9], self::served($network, $first));
        self::assertSame('', $network->broken(), $network->rows());
    }

    /**
     * Found by a random sequence: what a row had heard of its other name stayed after whoever waited had left, and after the other name was forgotten.
     *
     * @dataProvider orders
     */
    public function testWhatWasHeardForOneCustomerDoesNotStayForTheNext(string $first, string $second): void
    {
        $network = new SmallNetwork('after-another-customer', 0);
        $network->map($first, 3);
        $network->map($second, 2);
        $network->run();
        $network->unmap($second);
        $network->map($second, 1);
        $network->unmap($first);
        $network->pass('', 366 * 86400);
        $network->run();
        $network->run();
        $network->move($second, 2);
        $network->run();
        self::assertSame([0, 7], self::served($network, $first));
        self::assertSame('', $network->broken(), $network->rows());
    }

    /** A network in which a customer had the host without "www.", and left. */
    private function left(): SmallNetwork
    {
        $network = new SmallNetwork('after-another-customer', 0);
        $network->map(self::BARE, 2);
        $network->run();
        self::assertSame(7, $network->servedOn(self::BARE));
        $network->unmap(self::BARE);
        $network->run();

        return $network;
    }

    /** @return array{int, int} Who is served on a name, and on the other one. */
    private static function served(SmallNetwork $network, string $host): array
    {
        return [$network->servedOn($host), $network->servedOn($host === self::BARE ? self::WWW : self::BARE)];
    }
}
