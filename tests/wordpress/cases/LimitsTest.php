<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\Process;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * When RunCloud may be called, and by whom: one record that several processes change at the same time.
 */
final class LimitsTest extends NetworkTestCase
{
    private const BEFORE = 'use Domain_Sync_For_RunCloud\Panel\{Limits, Limits_Record, Result};
        use Domain_Sync_For_RunCloud\Store\Reason;
        global $wpdb;
        $now = 1800000000;
        $row = static fn (): array => $wpdb->get_results("SELECT meta_id, meta_value FROM $wpdb->sitemeta WHERE meta_key = \'domain_sync_limits\'
            ORDER BY meta_id", ARRAY_A);
        $value = static fn (): array => json_decode($row()[0]["meta_value"], true);
        $write = static fn (?string $text): int => (int) $wpdb->query("UPDATE $wpdb->sitemeta SET meta_value = "
            . ($text === null ? "NULL" : "\'" . esc_sql($text) . "\'") . " WHERE meta_key = \'domain_sync_limits\'");
        $edit = static fn (callable $change): int => $write(json_encode($change($value())));
        $later = static fn (int $seconds): int => $edit(static function (array $record) use ($seconds): array {
            $record["lease"]["until"] -= $seconds;
            return $record;
        });
        $fail = static fn (string $operation, Reason $reason, int $now, string $code = "", int $retryAfter = 0) => Limits::note(
            $operation, Result::failed($reason, $code === "" ? [] : ["code" => $code], retry_after: $retryAfter), $now);
        $work = static fn (string $operation, int $now) => Limits::note($operation, Result::done(true), $now);
        $left = static fn (int $now): array => array_map(static fn (array $block): int => $block["until"] - $now, Limits::blocks($now));
        $statements = static function (callable $code) use ($wpdb): int {
            $before = $wpdb->num_queries;
            $code();
            return $wpdb->num_queries - $before;
        };';

    public function testOneOfTwoProcessesThatTryAtTheSameTimeGetsTheLease(): void
    {
        foreach (['no record yet', 'a lease that has run out'] as $start) {
            $taken = $this->atOnce(4, 'return Limits::take_lease("process $number");');
            self::assertSame([false, false, false, true], $taken, $start);
            self::assertSame(1, $this->limits('return count($row());'), $start);
            $this->limits('$later(100);');
        }
    }

    public function testTheLeaseIsRenewedByItsOwnerOnly(): void
    {
        $answer = $this->limits(
            '$seen = [Limits::take_lease("a"), Limits::take_lease("b"), Limits::renew_lease("b"), Limits::renew_lease("a"), Limits::take_lease("a")];
            $later(20);
            $before = $value()["lease"]["until"];
            $seen[] = Limits::renew_lease("a");
            $seen[] = $value()["lease"]["until"] - $before >= 20;
            Limits::end_lease("b");
            $seen[] = Limits::take_lease("b");
            Limits::end_lease("a");
            return [...$seen, Limits::renew_lease("a"), Limits::take_lease("b")];'
        );
        self::assertSame([true, false, false, true, true, true, true, false, false, true], $answer);
    }

    public function testTheLeaseOfADeadProcessEnds(): void
    {
        $code = self::BEFORE . '$taken = Limits::take_lease("dead"); posix_kill(getmypid(), 9);';
        try {
            WordPress::start($code)->answer();
            self::fail('It lives.');
        } catch (\RunCloud\Test\WordPress\Support\ProcessDied) {
        }
        $answer = $this->limits(
            '$seen = [Limits::take_lease("next")];
            $later(38);
            $seen[] = Limits::take_lease("next");
            $later(8);
            return [...$seen, Limits::take_lease("next"), Limits::renew_lease("dead")];'
        );
        self::assertSame([false, false, true, false], $answer);
    }

    public function testALeaseFromADatabaseWhoseClockWasAheadEndsLikeAnyOther(): void
    {
        $answer = $this->limits(
            'Limits::take_lease("a");
            $later(-86400);
            $seen = [Limits::take_lease("b"), $value()["lease"]["until"] - time() <= Limits::LEASE];
            $later(46);
            return [...$seen, Limits::take_lease("b")];'
        );
        self::assertSame([false, true, true], $answer);
    }

    public function testWhatMeetsEveryCallBlocksAllAtOnceAndLongerEachTimeUpToAMost(): void
    {
        $answer = $this->limits(
            '$seen = [];
            foreach (["Unreachable" => "", "Unauthorized" => "", "Web_App_Not_Found" => "server-not-found", "Blocked" => ""] as $name => $code) {
                Limits::end_all();
                for ($i = 0, $at = $now; $i < 12; $i++) {
                    $fail("add", constant(Reason::class . "::$name"), $at, $code);
                    $seen[$name][] = $left($at)["all"];
                    $at += $left($at)["all"];
                }
                $seen[$name] = [array_slice($seen[$name], 0, 3), max($seen[$name]), array_keys(Limits::blocks($at))];
            }
            return $seen;'
        );
        $slow = [[300, 600, 1200], 21600, ['all']];
        self::assertSame(
            ['Unreachable' => [[30, 60, 120], 900, ['all']], 'Unauthorized' => $slow, 'Web_App_Not_Found' => $slow, 'Blocked' => $slow],
            $answer
        );
    }

    public function testAFailureWhileABlockHoldsDoesNotDoubleIt(): void
    {
        $answer = $this->limits(
            '$fail("add", Reason::Unreachable, $now);
            $before = $row();
            $fail("remove", Reason::Unreachable, $now + 10);
            return [$before === $row(), $left($now)];'
        );
        self::assertSame([true, ['all' => 30]], $answer);
    }

    public function testARateLimitAndAQuotaBlockForAsLongAsRunCloudSaysWithinBounds(): void
    {
        $answer = $this->limits(
            '$seen = [];
            foreach ([["Rate_Limited", 0], ["Rate_Limited", 7], ["Rate_Limited", 86400], ["Quota_Spent", 0], ["Quota_Spent", 60],
                ["Quota_Spent", 86400]] as [$name, $asked]) {
                Limits::end_all();
                $fail("add", constant(Reason::class . "::$name"), $now, "", $asked);
                $seen[] = $left($now)["all"];
                $seen[] = Limits::is_half_open($now + 86400);
            }
            return $seen;'
        );
        self::assertSame([60, false, 7, false, 3600, false, 3600, false, 3600, false, 21600, false], $answer);
    }

    public function testAPingThatWorksClosesButTheNextOpeningDoublesOnUntilARealCallWorks(): void
    {
        $answer = $this->limits(
            '$fail("add", Reason::Unreachable, $now);
            $fail("add", Reason::Unreachable, $now + 30);
            $seen = [Limits::is_half_open($now + 89), Limits::is_half_open($now + 90)];
            $work("ping", $now + 91);
            array_push($seen, Limits::blocks($now + 91), Limits::is_half_open($now + 91));
            $fail("add", Reason::Unreachable, $now + 92);
            $seen[] = $left($now + 92);
            $work("ping", $now + 212);
            $work("look-up", $now + 213);
            $fail("add", Reason::Unreachable, $now + 214);
            return [...$seen, $left($now + 214)];'
        );
        self::assertSame([false, true, [], false, ['all' => 120], ['all' => 30]], $answer);
    }

    public function testAPingThatFailsInWhateverWayKeepsAllBlocked(): void
    {
        $answer = $this->limits(
            '$fail("add", Reason::Unreachable, $now);
            $fail("ping", Reason::Panel_Down, $now + 30);
            $first = $left($now + 30);
            $fail("ping", Reason::Panel_Down, $now + 60);
            return [$first, $left($now + 60)];'
        );
        self::assertSame([['all' => 30], ['all' => 60]], $answer);
    }

    public function testThreeErrorsInARowBlockThatOperationAndNoOther(): void
    {
        $answer = $this->limits(
            '$seen = [];
            foreach (["Panel_Down", "Forbidden", "Web_App_Not_Found"] as $name) {
                Limits::end_all();
                $reason = constant(Reason::class . "::$name");
                foreach (["order", "order"] as $operation) { $fail($operation, $reason, $now, "not-found"); }
                $work("order", $now);
                foreach (["order", "order", "add", "add"] as $operation) { $fail($operation, $reason, $now, "not-found"); }
                $seen[$name][] = $left($now);
                $fail("order", $reason, $now, "not-found");
                $seen[$name][] = $left($now);
                $at = $now + $left($now)["order"];
                $work("add", $at);
                $fail("order", $reason, $at, "not-found");
                $seen[$name][] = $left($at);
                for ($i = 0; $i < 12; $i++) { $at += $left($at)["order"]; $fail("order", $reason, $at, "not-found"); }
                $seen[$name][] = $left($at);
                $work("order", $at);
                $seen[$name][] = $left($at);
                $fail("order", $reason, $at, "not-found");
                $seen[$name][] = $left($at);
            }
            return $seen;'
        );
        $slow = [[], ['order' => 300], ['order' => 600], ['order' => 21600], [], []];
        self::assertSame(
            ['Panel_Down' => [[], ['order' => 30], ['order' => 60], ['order' => 900], [], []], 'Forbidden' => $slow, 'Web_App_Not_Found' => $slow],
            $answer
        );
    }

    public function testWhatIsAboutOneDomainNeverBlocks(): void
    {
        $answer = $this->limits(
            '$seen = 0;
            $blocking = [Reason::Unreachable, Reason::Unauthorized, Reason::Web_App_Not_Found, Reason::Blocked, Reason::Rate_Limited,
                Reason::Quota_Spent, Reason::Panel_Down, Reason::Forbidden];
            foreach (Reason::cases() as $reason) {
                if (!in_array($reason, $blocking, true)) {
                    for ($i = 0; $i < 4; $i++) { $fail("add", $reason, $now); }
                    $seen++;
                }
            }
            return [$seen > 60, Limits::blocks($now), count($row())];'
        );
        self::assertSame([true, [], 0], $answer);
    }

    public function testATestOfTheConnectionThatPassedEndsAllBlocks(): void
    {
        $answer = $this->limits(
            '$fail("add", Reason::Unauthorized, $now);
            foreach (["order", "order", "order"] as $operation) { $fail($operation, Reason::Panel_Down, $now); }
            $before = array_keys(Limits::blocks($now));
            Limits::end_all();
            $fail("order", Reason::Panel_Down, $now);
            return [$before, Limits::blocks($now)];'
        );
        self::assertSame([['all', 'order'], []], $answer);
    }

    public function testAClockThatWasAheadIsMended(): void
    {
        $answer = $this->limits(
            '$ahead = $now + 19800;
            $seen = [Limits::mend_clock($ahead), Limits::mend_clock($ahead + 29), Limits::mend_clock($ahead - 59)];
            Limits::take_lease("a");
            $fail("add", Reason::Unauthorized, $ahead);
            foreach (["order", "order", "order"] as $operation) { $fail($operation, Reason::Panel_Down, $ahead); }
            $seen[] = Limits::mend_clock($now);
            array_push($seen, $left($now), Limits::is_half_open($now), Limits::take_lease("b"));
            return [...$seen, Limits::mend_clock($now), Limits::mend_clock($now + 60)];'
        );
        self::assertSame([false, false, false, true, ['all' => 0, 'order' => 0], true, true, false, false], $answer);
    }

    public function testATimeThatNoBlockCanHaveIsOver(): void
    {
        $answer = $this->limits(
            '$fail("add", Reason::Unreachable, $now + 86400);
            $seen = [$left($now), Limits::is_half_open($now)];
            $fail("ping", Reason::Unreachable, $now);
            return [...$seen, $left($now)["all"] <= 900];'
        );
        self::assertSame([['all' => 0], true, true], $answer);
    }

    public function testRequestsAreCountedByTheMonth(): void
    {
        $answer = $this->limits(
            '$seen = [array_sum(Limits::spent())];
            foreach ([2, 0, 40] as $requests) { Limits::count($requests, "add"); }
            $seen[] = array_sum(Limits::spent());
            $edit(static fn (array $record): array => ["month" => ["name" => "2020-01"] + $record["month"]] + $record);
            $seen[] = array_sum(Limits::spent());
            Limits::count(3, "add");
            return [...$seen, array_sum(Limits::spent()), $value()["month"]["name"] === gmdate("Y-m")];'
        );
        self::assertSame([0, 42, 0, 3, true], $answer);
    }

    public function testNoCountOfProcessesThatChangeTheRecordAtOnceIsLost(): void
    {
        $this->atOnce(4, 'for ($i = 0; $i < 25; $i++) { Limits::count(1, "add"); usleep(mt_rand(0, 2000)); } return true;');
        self::assertSame([100, 1], $this->limits('return [array_sum(Limits::spent()), count($row())];'));
    }

    public function testARecordThatIsNoneCountsAsEmpty(): void
    {
        $odd = '{"version":7,"blocks":3,"lease":[],"month":{"name":[]}}';
        foreach (['', 'not JSON', '[]', '{"version":"1"}', "b\u{fc}cher", null, 'a:1:{i:0;i:1;}', $odd] as $text) {
            $answer = $this->limits(
                'Limits::count(5, "add");
                $write($text);
                $seen = [Limits::blocks(), array_sum(Limits::spent()), Limits::take_lease("a"), Limits::take_lease("b")];
                Limits::count(1, "add");
                $seen[] = [array_sum(Limits::spent()), count($row())];
                Limits::end_lease("a");
                return $seen;',
                ['text' => $text]
            );
            self::assertSame([[], 0, true, false, [1, 1]], $answer, var_export($text, true));
        }
    }

    public function testTwoProcessesThatMakeTheRecordAtOnceMakeOne(): void
    {
        for ($round = 0; $round < 3; $round++) {
            $this->atOnce(4, 'Limits::count(1, "add"); return true;');
            self::assertSame([4, 1], $this->limits('$seen = [array_sum(Limits::spent()), count($row())]; $wpdb->query("DELETE FROM $wpdb->sitemeta
                WHERE meta_key = \'domain_sync_limits\'"); return $seen;'));
        }
    }

    public function testOfDuplicatesThatAnImportLeftTheOldestIsTheRecord(): void
    {
        $answer = $this->limits(
            'Limits::count(5, "add");
            $wpdb->query("INSERT INTO $wpdb->sitemeta (site_id, meta_key, meta_value) SELECT site_id, meta_key, \'{\"version\":9}\'
                FROM $wpdb->sitemeta WHERE meta_key = \'domain_sync_limits\'");
            Limits::count(1, "add");
            return [array_sum(Limits::spent()), count($row()), $row()[1]["meta_value"]];'
        );
        self::assertSame([6, 2, '{"version":9}'], $answer);
    }

    public function testARecordThatOthersChangedIsReadAnewAndNeverTakenFromACache(): void
    {
        $answer = $this->limits(
            'Limits::take_lease("a");
            Limits::count(5, "add");
            get_network_option(1, Limits::OPTION);
            $edit(static fn (array $record): array => ["version" => 100, "month" => ["kinds" => ["add" => 50]] + $record["month"]] + $record);
            Limits::count(1, "add");
            return [array_sum(Limits::spent()), $value()["version"], Limits::renew_lease("a")];'
        );
        self::assertSame([51, 101, true], $answer);
    }

    public function testACallCostsFewStatements(): void
    {
        $answer = $this->limits(
            'Limits::count(1, "add");
            $bare = [$statements(fn () => $fail("order", Reason::Panel_Down, $now)), $statements(fn () => $work("add", $now))];
            Limits::take_lease("a");
            Limits::mend_clock($now);
            return [$bare, $statements(fn () => Limits::renew_lease("a")), $statements(fn () => Limits::count(2, "add")),
                $statements(fn () => $work("add", $now)), $statements(fn () => $fail("order", Reason::Panel_Down, $now)),
                $statements(fn () => $fail("add", Reason::Refused, $now)), $statements(fn () => Limits::blocks()),
                $statements(fn () => Limits::mend_clock($now + 20)), $statements(fn () => Limits::end_lease("a"))];'
        );
        self::assertSame([[2, 1], 1, 1, 0, 1, 0, 1, 1, 2], $answer);
    }

    public function testTheRecordIsAscii(): void
    {
        $answer = $this->limits('Limits::take_lease("b\u{fc}ro\xff"); $fail("add", Reason::Unauthorized, $now); return $row()[0]["meta_value"];');
        self::assertMatchesRegularExpression('/^[\x20-\x7e]+$/', $answer);
        self::assertStringNotContainsString('message', $answer);
    }

    /** @param array<string, mixed> $arguments */
    private function limits(string $code, array $arguments = []): mixed
    {
        return WordPress::run(self::BEFORE . $code, $arguments);
    }

    /**
     * Runs the same in several processes, which begin at the same moment.
     *
     * @return list<mixed> What they gave, sorted.
     */
    private function atOnce(int $many, string $code): array
    {
        $gate = Environment::get()->path('gate-' . bin2hex(random_bytes(4)));
        $code = self::BEFORE . 'touch("$gate-$number");
            for ($i = 0; $i < 20000 && !file_exists($gate); $i++) { usleep(500); clearstatcache(); }' . $code;
        $processes = array_map(static fn (int $number): Process => WordPress::start($code, ['gate' => $gate, 'number' => $number]), range(1, $many));
        \RunCloud\Test\Support\Deadline::poll('all processes at the gate', static fn (): bool => count((array) glob("{$gate}-*")) === $many);
        touch($gate);
        $answers = array_map(static fn (Process $process): mixed => $process->answer(), $processes);
        array_map('unlink', [$gate, ...(array) glob("{$gate}-*")]);
        sort($answers);

        return $answers;
    }
}
