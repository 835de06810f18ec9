<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\StoreTestCase;

/**
 * What becomes of a row: each change happens whole or not at all, and nobody's change is lost.
 */
final class StoreTest extends StoreTestCase
{
    public function testAHostIsWantedWhileOneIsLeftWhoWantsIt(): void
    {
        $answer = $this->store(
            '$say = static fn () => [Domain_List::find("shop.example")->source, Domain_List::find("shop.example")->generation];
            return [$want("shop.example"), $want("shop.example"), $want("shop.example", [], "site"), $say(),
                Domains::unwant("shop.example", "record"), $say(), Domains::unwant("shop.example", "site"), $say(), Domains::unwant("shop.example"),
                Domains::unwant("none.example")];'
        );
        self::assertSame([true, false, false, [['record', 'site'], 1], false, [['site'], 1], true, [[], 2], false, false], $answer);
    }

    public function testEveryChangeOfWhatIsDesiredRaisesTheGeneration(): void
    {
        $answer = $this->store(
            '$generations = [];
            foreach ([[], [], ["site_id" => 3], ["www" => true], ["www" => true, "redirection" => "non-www"], ["suspended" => true],
                ["customer_id" => 8]] as $more) {
                $want("shop.example", $more);
                $generations[] = Domain_List::find("shop.example")->generation;
            }
            $row = Domain_List::find("shop.example");
            return [$generations, $row->last_customer_id, $row->left_at > 0, $row->due_at > 0];'
        );
        self::assertSame([[1, 1, 2, 3, 4, 5, 6], 7, true, true], $answer);
    }

    public function testWhoHadTheHostBeforeIsRemembered(): void
    {
        $answer = $this->store(
            '$there("shop.example");
            Domains::unwant("shop.example");
            $left = Domain_List::find("shop.example");
            $want("shop.example", ["customer_id" => 8]);
            $back = Domain_List::find("shop.example");
            return [$left->last_customer_id, $left->customer_id, abs($left->left_at - time()) < 60, $back->last_customer_id, $back->customer_id];'
        );
        self::assertSame([7, 0, true, 7, 8], $answer);
    }

    public function testARowIsClaimedOnceAndComesBackWhenTheRunDies(): void
    {
        $answer = $this->store(
            'foreach (["a", "b", "c"] as $name) { $want("$name.example"); }
            $first = Domains::claim_due(2, 75);
            $second = Domains::claim_due(50, 75);
            $third = Domains::claim_due(50, 75);
            $work = Domain_List::has_work()["steps"];
            array_map(fn ($row) => $later($row->host, 80), $first);
            $again = Domains::claim_due(50, 75);
            return [$work, count($first), count($second), count($third), count($again), array_diff(array_column($again, "host"), array_column($first,
                "host"))];'
        );
        self::assertSame([false, 2, 1, 0, 2, []], $answer);
    }

    public function testTheNewestAndTheOldestAreClaimedByTurnsAndWhatEndedARunOnlyInItsTurn(): void
    {
        $answer = $this->store(
            'foreach (["a", "b", "c", "d", "e"] as $i => $name) { $want("$name.example"); $later("$name.example", 600 - 100 * $i); }
            Table::change("UPDATE {domains} SET unfinished = 1 WHERE host = \'e.example\'");
            return [array_column(Domains::claim_due(3, 75), "host"), array_column(Domains::claim_due(50, 75), "host")];'
        );
        self::assertSame([['d.example', 'a.example', 'c.example'], ['b.example', 'e.example']], $answer);
    }

    public function testAStepStartsOnlyForTheGenerationItWasPlannedForAndWithItsClaim(): void
    {
        $answer = $this->store(
            '$want("shop.example");
            $row = $claim();
            $want("shop.example", ["www" => true]);
            $changed = Domains::mark_asked($row, "add", 2001, time() + 75);
            $later("shop.example", 100);
            $new = $claim();
            $stolen = Domains::mark_asked($row, "add", 2001, time() + 75);
            return [$changed, $stolen, Domains::mark_asked($new, "add", 2001, time() + 75), Domain_List::find("shop.example")->asked,
                Domain_List::find("shop.example")->attempts, Domain_List::find("shop.example")->unfinished];'
        );
        self::assertSame([false, false, true, 'add', 1, 1], $answer);
    }

    public function testAnOutcomeIsWrittenWhateverIsDesiredByThen(): void
    {
        $answer = $this->store(
            '$want("shop.example");
            $row = $claim();
            Domains::mark_asked($row, "add", 2001, time() + 75);
            Domains::unwant("shop.example");
            $written = Domains::mark_present($row, ["id" => 5001, "owner" => "ours", "web_app" => 2001]);
            $row = Domain_List::find("shop.example");
            return [$written, $row->remote_state, $row->remote_id, $row->owner, $row->asked, $row->is_wanted(), $row->due_at <= time(),
                $row->claim, $row->unfinished];'
        );
        self::assertSame([true, 'present', 5001, 'ours', '', false, true, '', 0], $answer);
    }

    public function testAProcessThatLostItsClaimMarksTheRowUnknown(): void
    {
        $answer = $this->store(
            '$there("shop.example");
            $old = $claim();
            $later("shop.example", 100);
            $new = $claim();
            $written = Domains::settle($old, null, [], 0);
            $row = Domain_List::find("shop.example");
            return [$written, $row->remote_state, $row->due_at <= time(), $row->claim === $new->claim];'
        );
        self::assertSame([false, 'unknown', true, true], $answer);
    }

    public function testWhoMadeADomainIsNotForgottenWhileItStands(): void
    {
        $answer = $this->store(
            '$there("shop.example");
            $owners = [];
            foreach ([5001, 5002] as $id) {
                Domains::mark_present($claim(), ["id" => $id, "owner" => "others", "web_app" => 2001]);
                $owners[] = Domain_List::find("shop.example")->owner;
            }
            Domains::adopt($claim());
            $owners[] = Domain_List::find("shop.example")->owner;
            Domains::mark_absent($claim(), Reason::Deleted);
            $row = Domain_List::find("shop.example");
            return [...$owners, $row->owner, $row->remote_id, $row->domain_reason->value, $row->remote_state];'
        );
        self::assertSame(['ours', 'others', 'adopted', '', 0, 'deleted-at-runcloud', 'absent'], $answer);
    }

    public function testAFailureIsDatedAndSettledRowsWait(): void
    {
        $answer = $this->store(
            '$want("shop.example");
            Domains::mark_asked($row = $claim(), "add", 2001, time() + 75);
            Domains::mark_failed($row, Reason::Panel_Down, ["status" => 503], time() + 30, false);
            $failing = Domain_List::find("shop.example");
            $later("shop.example", 40);
            Domains::mark_asked($row = $claim(), "add", 2001, time() + 75);
            Domains::mark_failed($row, Reason::Refused, ["message" => "no"], 0, true);
            $failed = Domain_List::find("shop.example");
            return [$failing->asked, $failing->failing_since > 0, $failing->domain_status->value, $failing->due_at > time(), $failing->attempts,
                $failed->asked, $failed->failing_since === $failing->failing_since, $failed->domain_status->value, $failed->due_at,
                    $failed->attempts,
                Domain_List::retry(["shop.example"]), $claim()->attempts];'
        );
        self::assertSame(['add', true, 'pending', true, 1, '', true, 'action', 0, 2, 1, 0], $answer);
    }

    public function testAHoldWaitsForTheAdmin(): void
    {
        $answer = $this->store(
            'foreach (["a", "b", "c"] as $name) {
                Domains::want("$name.example", ["site_id" => 2], "site", "existing");
            }
            $held = [count(Decisions::on_hold("existing")), $claim()];
            $row = Domain_List::find("b.example");
            $stale = Decisions::decline_rows([$row->id => $row->generation + 1]);
            Decisions::decline_rows([$row->id => $row->generation]);
            $approved = Decisions::approve([], "existing");
            $rows = Domain_List::find_many(["a.example", "b.example"]);
            return [...$held, $stale, $approved, $rows["a.example"]->is_approved(), $rows["a.example"]->hold, $rows["b.example"]->hold,
                $rows["b.example"]->is_approved(),
                count(Domains::claim_due(50, 75)), Decisions::approve(["b.example"])];'
        );
        self::assertSame([3, null, 0, 2, true, '', 'declined', false, 2, 1], $answer);
    }

    public function testAnApprovalThatComesDuringARunStands(): void
    {
        $answer = $this->store(
            'Domains::want("shop.example", ["site_id" => 2], "site", "existing");
            Table::change("UPDATE {domains} SET due_at = %s", Table::at(time()));
            $row = $claim();
            Decisions::approve(["shop.example"]);
            Domains::settle($row, Reason::Existing, [], 0, "existing");
            $row = Domain_List::find("shop.example");
            return [$row->is_approved(), $row->hold, $row->due_at > 0];'
        );
        self::assertSame([true, '', true], $answer);
    }

    public function testAnApprovalIsUsedUpByWhatItWasFor(): void
    {
        $answer = $this->store(
            'Domains::want("shop.example", ["site_id" => 2, "customer_id" => 7], "site", "ownership");
            Decisions::approve(["shop.example"]);
            Domains::want("shop.example", ["site_id" => 3, "customer_id" => 7], "site", "existing");
            Decisions::approve(["shop.example"]);
            $approved = Domain_List::find("shop.example")->is_approved();
            $proven = Domain_List::find("shop.example")->proven_customer_id;
            Domains::mark_asked($row = $claim(), "add", 2001, time() + 75);
            Domains::mark_present($row, ["id" => 5001, "owner" => "ours", "web_app" => 2001]);
            return [$proven, $approved, Domain_List::find("shop.example")->is_approved()];'
        );
        self::assertSame([7, true, false], $answer);
    }

    public function testTheInventoryFindsWhatIsNewOtherAndGone(): void
    {
        $answer = $this->store(
            '$seen = static fn (string $host, int $id, bool $www = false) => ["host" => $host, "id" => $id, "type" => "alias", "www" => $www,
                "redirection" => "none", "wildcard" => false];
            foreach (["same", "other", "gone"] as $i => $name) {
                $want("$name.example");
                Domains::mark_asked($row = $claim(), "add", 2001, time() + 75);
                Domains::mark_present($row, ["id" => 5001 + $i, "owner" => "ours", "web_app" => 2001, "redirection" => "none"]);
                Domains::settle($claim(), null, [], 0);
            }
            Remotes::mark_seen(2001, 1, [$seen("same.example", 5001), $seen("other.example", 5002, true), $seen("theirs.example", 9001)]);
            Remotes::mark_seen(2001, 1, [$seen("went.example", 9002)]);
            Table::change("UPDATE {domains} SET inventory = 0 WHERE host = %s", "went.example");
            $gone = Remotes::mark_unseen(2001, 1, time() + 1);
            $rows = Domain_List::find_many(["same.example", "other.example", "gone.example", "theirs.example", "went.example"]);
            return [$gone, array_map(fn ($row) => [$row->remote_state, $row->owner, $row->due_at > 0, $row->inventory], $rows),
                Remotes::mark_unseen(2001, 1, time() + 1)];'
        );
        self::assertEquals(
            [
                1,
                [
                    'same.example' => ['present', 'ours', false, 1],
                    'other.example' => ['present', 'ours', true, 1],
                    'gone.example' => ['unknown', 'ours', true, 0],
                    'theirs.example' => ['present', 'others', false, 1],
                ],
                0,
            ],
            $answer
        );
    }

    public function testALookIsWrittenUnlessSomethingElseIsDesiredByThen(): void
    {
        $answer = $this->store(
            '$row = $there("shop.example");
            $taken = [count(Domain_List::take_looks(50, 120)), count(Domain_List::take_looks(50, 120))];
            $more = ["until" => time() + 86400, "serial" => "0a", "dns_since" => time(), "look_at" => time() + 60];
            $written = Domain_List::write_look($row, Reason::Served, [], Reason::Covers, $more);
            $ready = Domain_List::find("shop.example");
            Domains::unwant("shop.example");
            return [...$taken, $written, $ready->domain_status->value, $ready->certificate_reason->value, $ready->certificate_serial,
                Domain_List::write_look($row, Reason::Dns_None, [], Reason::No_Certificate, $more),
                    Domain_List::find("shop.example")->domain_reason->value];'
        );
        self::assertSame([1, 0, true, 'ready', 'certificate-covers', '0a', false, 'removal-waits'], $answer);
    }

    public function testWhatIsWantedAnewIsLookedAtAndWhatIsSwitchedOffIsNot(): void
    {
        $answer = $this->store(
            '$there("shop.example");
            $look = static fn () => count(Domain_List::take_looks(50, 120));
            $looks = [$look(), $look()];
            Domains::unwant("shop.example");
            $looks[] = Domain_List::has_work()["looks"];
            $want("shop.example");
            array_push($looks, $look(), $look());
            $want("shop.example", ["suspended" => true]);
            array_push($looks, $look(), Domain_List::find("shop.example")->look_at);
            $want("shop.example");
            $looks[] = $look();
            return $looks;'
        );
        self::assertSame([1, 0, false, 1, 0, 0, 0, 1], $answer);
    }

    public function testSourcesComeAndGoTogether(): void
    {
        $answer = $this->store(
            '$say = static fn () => [Domain_List::find("shop.example")->source, Domain_List::find("shop.example")->generation];
            return [$want("shop.example", [], ["record", "site"]), $say(), $want("shop.example", [], ["site", "code"]), $say(),
                Domains::unwant("shop.example", ["record", "site"]), $say(), Domains::unwant("shop.example", ["code", "site"]), $say()];'
        );
        self::assertEquals(
            [true, [['record', 'site'], 1], false, [['record', 'site', 'code'], 1], false, [['code'], 1], true, [[], 2]],
            $answer
        );
    }

    public function testWhenRunCloudWasFirstAskedIsKeptUntilSomethingElseIsDesired(): void
    {
        $answer = $this->store(
            '$want("shop.example");
            $asked_at = static fn () => time() - Domain_List::find("shop.example")->asked_at < 50 ? "now" : "before";
            $times = [];
            Domains::mark_asked($row = $claim(), "add", 2001, time() + 75);
            Table::change("UPDATE {domains} SET asked_at = asked_at - INTERVAL 100 SECOND,
                desired_since = desired_since - INTERVAL 100 SECOND");
            Domains::mark_failed($row, Reason::Panel_Down, [], time(), false);
            Domains::mark_asked($row = $claim(), "add", 2001, time() + 75);
            $times[] = $asked_at();
            // RunCloud has not got it: it is asked once more, and the first time counts.
            Domains::mark_absent($row, Reason::Waiting);
            Domains::mark_asked($row = $claim(), "add", 2001, time() + 75);
            $times[] = $asked_at();
            Domains::release($row);
            $want("shop.example", ["www" => true]);
            Domains::mark_asked($claim(), "add", 2001, time() + 75);
            $times[] = $asked_at();
            return $times;'
        );
        self::assertSame(['before', 'before', 'now'], $answer);
    }

    public function testAttemptsWithoutAnOutcomeAreCountedUntilThereIsOne(): void
    {
        $answer = $this->store(
            '$want("shop.example");
            $unfinished = static fn () => Domain_List::find("shop.example")->unfinished;
            $begin = static function (string $asked = "add") use ($claim, $later) {
                $later("shop.example");
                Domains::mark_asked($row = $claim(), $asked, 2001, time() + 75);
                return $row;
            };
            $counts = [];
            $begin();
            $begin();
            $counts[] = $unfinished();
            // A look that finds nothing is no outcome of an addition, nor is a pause.
            $later("shop.example");
            Domains::mark_absent($claim(), Reason::Waiting);
            $counts[] = $unfinished();
            Domains::settle($claim(), null, [], time());
            $counts[] = $unfinished();
            $row = $begin();
            $counts[] = $unfinished();
            Domains::mark_failed($row, Reason::Panel_Down, [], time(), false);
            $counts[] = $unfinished();
            // Nothing there is what a removal is about.
            $row = $begin("remove");
            $counts[] = $unfinished();
            Domains::mark_absent($row, Reason::Removed);
            $counts[] = $unfinished();
            $row = $begin();
            Domains::mark_present($row, ["id" => 5001, "owner" => "ours", "web_app" => 2001]);
            $counts[] = $unfinished();
            return $counts;'
        );
        self::assertSame([2, 2, 2, 3, 0, 1, 0, 0], $answer);
    }

    public function testARowWhoseNameWasChangedInTheTableIsKnown(): void
    {
        $answer = $this->store(
            '$there("shop.example");
            $before = Domain_List::find("shop.example")->has_foreign_id();
            Table::change("UPDATE {domains} SET host = %s", "shop.staging.example");
            $row = Domain_List::find("shop.staging.example");
            $after = $row->has_foreign_id();
            Domains::split($claim(), ["host" => "shop.example", "id" => 5001, "type" => "alias", "www" => false, "redirection" => "none"]);
            $rows = Domain_List::find_many(["shop.example", "shop.staging.example"]);
            $say = fn ($row) => [$row->remote_id, $row->remote_state, $row->owner, $row->is_wanted(), $row->has_foreign_id(), $row->due_at <= time()];
            return [$before, $after, array_map($say, $rows)];'
        );
        self::assertEquals(
            [
                false,
                true,
                [
                    'shop.example' => [5001, 'present', 'ours', false, false, true],
                    'shop.staging.example' => [0, 'unknown', '', true, false, true],
                ],
            ],
            $answer
        );
    }

    public function testTheEndOfAnOutageWakesOnlyWhatFailedForIt(): void
    {
        $answer = $this->store(
            'foreach ([["a", Reason::Panel_Down], ["b", Reason::Refused], ["c", Reason::Unauthorized]] as [$name, $reason]) {
                $want("$name.example");
                Domains::mark_failed($claim(), $reason, [], time() + 3000, true);
            }
            $woken = Domain_List::wake(Reason::Panel_Down, Reason::Unauthorized);
            $hosts = array_column(Domains::claim_due(50, 75), "host");
            sort($hosts);
            return [$woken, $hosts];'
        );
        self::assertSame([2, ['a.example', 'c.example']], $answer);
    }

    public function testAClockThatWasAheadHoldsNothingUp(): void
    {
        $answer = $this->store(
            '$row = $there("shop.example");
            Domains::settle($claim(), null, [], time() + 20000);
            Domain_List::write_look(Domain_List::find("shop.example"), Reason::Dns_None, [], Reason::Waits_For_Dns, ["look_at" => time() + 20000]);
            $before = Domain_List::has_work();
            Domain_List::make_all_due();
            return [$before, Domain_List::has_work(), Domain_List::next_at() <= time()];'
        );
        self::assertSame([['steps' => false, 'looks' => false], ['steps' => true, 'looks' => true], true], $answer);
    }

    public function testOnlyAForgottenRowGoes(): void
    {
        $answer = $this->store(
            '$want("a.example");
            $wanted = Domains::forget($claim());
            $want("b.example");
            $row = $claim();
            Domains::unwant("b.example");
            $stale = Domains::forget($row);
            $later("b.example", 100);
            return [$wanted, $stale, Domains::forget(array_column(Domains::claim_due(50, 75), null, "host")["b.example"]),
                Domain_List::find("b.example")];'
        );
        self::assertSame([false, false, true, null], $answer);
    }
}
