<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Admin\Mail_Record;
use PHPUnit\Framework\TestCase;

/**
 * When a mail is due: one for what lasts, one a day at most for what is new, one when all is well again.
 */
final class MailRecordTest extends TestCase
{
    private const NOW = Rows::NOW;
    private const HOUR = 3600;
    private const DAY = 86400;

    /** @var array<string, mixed> */
    private array $record;

    /** Since when rows need somebody. @var list<int> */
    private array $rows = [];

    /** What else needs somebody. @var list<string> */
    private array $others = [];

    private int $now = self::NOW;

    protected function setUp(): void
    {
        $this->record = Mail_Record::whole(null, self::NOW);
    }

    public function testNothingIsSaidWhereNothingNeedsAnybody(): void
    {
        self::assertSame([], $this->hours(24 * 30));
    }

    public function testWhatLastsIsSaidOnceAndItsEndOnce(): void
    {
        $this->rows = [self::NOW];
        self::assertSame([24 => 'needs'], $this->hours(24 * 30));
        $this->rows = [];
        self::assertSame([2 => 'well'], $this->hours(24 * 30));
    }

    public function testWhatEndsInTimeIsNeverSaid(): void
    {
        $this->rows = [self::NOW];
        self::assertSame([], $this->hours(23));
        $this->rows = [];
        self::assertSame([], $this->hours(24 * 30));
    }

    public function testWhatIsNewIsGatheredIntoOneMailADay(): void
    {
        $mails = [];
        for ($hour = 0; $hour < 24 * 7; $hour++) {
            $this->rows[] = $this->now;
            $mails = [...$mails, ...$this->hours(1)];
        }
        self::assertSame(['needs'], array_unique($mails));
        self::assertCount(7, $mails);
    }

    public function testABlockIsSaidOnceForAsLongAsItLasts(): void
    {
        $this->others = ['unauthorized'];
        self::assertSame([25 => 'needs'], $this->hours(24 * 10), 'It counts from when it was first seen');
        $this->others = ['unauthorized', 'extension-missing'];
        self::assertSame([25 => 'needs'], $this->hours(24 * 10));
        $this->others = ['unauthorized'];
        self::assertSame([], $this->hours(24 * 10));
        $this->others = [];
        self::assertSame([2 => 'well'], $this->hours(24 * 10));
    }

    public function testWhatComesAndGoesSendsOneMailOfAKindADay(): void
    {
        $mails = [];
        for ($day = 0; $day < 20; $day++) {
            for ($turn = 0; $turn < 4; $turn++) {
                $this->rows = [$this->now - self::DAY];
                $mails = [...$mails, ...array_values($this->hours(3))];
                $this->rows = [];
                $mails = [...$mails, ...array_values($this->hours(3))];
            }
        }
        $numbers = array_count_values($mails);
        self::assertLessThanOrEqual(20, $numbers['needs']);
        self::assertLessThanOrEqual(20, $numbers['well']);
    }

    public function testTwoLooksSeeThatAllIsWell(): void
    {
        $this->rows = [self::NOW - self::DAY];
        self::assertSame([1 => 'needs'], $this->hours(2));
        for ($turn = 0; $turn < 10; $turn++) {
            // While it is tried again it does not need anybody for a moment.
            $this->rows = [];
            self::assertSame([], $this->hours(1));
            $this->rows = [self::NOW - self::DAY];
            self::assertSame([], $this->hours(1));
        }
    }

    public function testAMailThatIsLostIsSaidAgainTheNextDay(): void
    {
        $this->rows = [self::NOW - self::DAY];
        self::assertSame([1 => 'needs'], $this->hours(10, outcome: null));
        self::assertSame([15 => 'needs'], $this->hours(48));
        $this->rows = [];
        self::assertSame([2 => 'well'], $this->hours(10, outcome: null));
        self::assertSame([16 => 'well'], $this->hours(48));
    }

    public function testAMailThatCannotBeSentIsTriedEverMoreRarely(): void
    {
        $this->rows = [self::NOW - self::DAY];
        self::assertSame([1, 2, 4, 8, 16, 32, 56, 80], array_slice(array_keys($this->hours(24 * 5, outcome: false)), 0, 8));
        $this->rows = [];
        self::assertSame([], $this->hours(24 * 5), 'Nothing was said');
        $this->rows = [$this->now - self::DAY];
        $this->hours(48);
        $this->rows = [];
        self::assertCount(Mail_Record::TRIES, $this->hours(24 * 30, outcome: false), 'That all is well is said no more then');
    }

    public function testAClockThatWasAheadDelaysNothingAndSaysNothingTwice(): void
    {
        $this->rows = [self::NOW - self::DAY];
        $this->now = self::NOW + 365 * self::DAY;
        self::assertSame([1 => 'needs'], $this->hours(2));
        $this->now = self::NOW;
        self::assertSame([], $this->hours(48));
        $this->rows[] = $this->now;
        self::assertSame([24 => 'needs'], $this->hours(48));
    }

    public function testWhatCannotBeReadCountsAsNothing(): void
    {
        $empty = Mail_Record::whole(null, self::NOW);
        foreach ([false, 'x', 5, ['seen' => 'x', 'reported_until' => '9', 'more' => 1, 'is_open' => 1, 'reported' => [[]]]] as $saved) {
            self::assertSame($empty, Mail_Record::whole($saved, self::NOW));
        }
    }

    /**
     * Lets hours pass, with a look after each.
     *
     * @param ?bool $outcome Whether mails are sent; null: the process dies before.
     *
     * @return array<int, string> Mails by the hour.
     */
    private function hours(int $number, ?bool $outcome = true): array
    {
        $mails = [];
        for ($hour = 1; $hour <= $number; $hour++) {
            $this->now += self::HOUR;
            $until = $this->now - self::DAY;
            $this->record = Mail_Record::whole(unserialize(serialize($this->record)), $this->now);
            self::assertTrue(Mail_Record::is_due($this->record, $this->now));
            $told = $this->record['reported_until'];
            $new = array_filter($this->rows, static fn (int $since): bool => $since > $told && $since <= $until);
            $rows = ['any' => $this->rows !== [], 'is_new' => $new !== []];
            [$this->record, $mail] = Mail_Record::after_look($this->record, $rows, $this->others, $this->now, self::DAY);
            self::assertFalse(Mail_Record::is_due($this->record, $this->now + 60));
            if ($mail !== '') {
                $mails[$hour] = $mail;
                if ($outcome !== null) {
                    $this->record = Mail_Record::after_mail($this->record, $mail, $outcome, $until, $this->others, $this->now);
                }
            }
        }

        return $mails;
    }
}
