<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What the plugin relies on in the queue that Ultimate Multisite brings along: the double's has the same rules as the real one.
 */
final class QueueRulesTest extends NetworkTestCase
{
    /** Jobs "probe_*" note that they ran, "probe_fails" throws; $ran says which did. $ids makes short work of a query. */
    private const BEFORE = 'global $wpdb;
        $ran = [];
        $note = static function (...$args) use (&$ran): void { $ran[] = implode(" ", [current_action(), ...$args]); };
        foreach (["probe_one", "probe_two", "probe_again"] as $probe) { add_action($probe, $note, 10, 9); }
        add_action("probe_fails", static function (): void { throw new TypeError("It went wrong."); });
        add_action("probe_dies", static fn () => posix_kill(getmypid(), 9));
        add_action("probe_exits", static function (): void { error_clear_last(); exit; });
        add_action("probe_fatal", static fn () => str_repeat("x", PHP_INT_MAX - 100));
        $ids = static fn (array $query = []): array
            => as_get_scheduled_actions($query + ["group" => "probe", "per_page" => -1], "ids");
        $statuses = static function () use ($ids): array {
            $found = [];
            foreach ($ids(["orderby" => "action_id"]) as $id) {
                $store = ActionScheduler::store();
                $found[] = substr($store->fetch_action($id)->get_hook(), 6) . " " . $store->get_status($id);
            }
            return $found;
        };
        $run = static fn () => do_action("action_scheduler_run_queue", "WP Cron");';

    protected function setUp(): void
    {
        parent::setUp();
        // What the network itself has to do would come in between.
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions');
    }

    public function testDueActionsRunByDateAndThenInTheOrderInWhichTheyWereQueued(): void
    {
        $ran = $this->queue(
            'as_enqueue_async_action("probe_one", ["at once", "first"], "probe");
            as_enqueue_async_action("probe_one", ["name" => "at once", "site" => 2], "probe");
            as_schedule_single_action(time() - 60, "probe_two", ["late"], "probe");
            as_schedule_single_action(time() + 60, "probe_two", ["early"], "probe");
            as_enqueue_async_action("probe_two", ["urgent"], "probe", false, 5);
            $run();
            return $ran;'
        );
        self::assertSame(['probe_two urgent', 'probe_two late', 'probe_one at once first', 'probe_one at once 2'], $ran);
    }

    public function testARunIsAnnouncedAndTakesOneBatchAfterTheOther(): void
    {
        [$ran, $claimed, $told] = $this->queue(
            '// No job of the plugin takes a place.
            remove_action("action_scheduler_before_process_queue", ["Domain_Sync_For_RunCloud\\Sync\\Queue", "wake"]);
            $claimed = [];
            add_action("probe_one", static function () use (&$claimed, $ids): void {
                $claimed[] = count($ids(["claimed" => true]));
            });
            $told = [];
            foreach (["before", "after"] as $when) {
                add_action("action_scheduler_{$when}_process_queue", static function () use (&$told, &$ran, $when): void {
                    $told[] = "{$when} with " . count($ran);
                });
            }
            for ($i = 0; $i < 30; $i++) { as_schedule_single_action(time() - 9, "probe_one", [$i], "probe"); }
            $run();
            return [count($ran), array_values(array_unique($claimed)), $told];'
        );
        self::assertSame(30, $ran);
        // What is complete keeps the number of its claim.
        self::assertSame([25, 30], $claimed);
        self::assertSame(['before with 0', 'after with 30'], $told);
    }

    public function testAProcessStopsWhenThreeMoreActionsWouldTakeTooLong(): void
    {
        [$ran, $statuses, $claims] = $this->queue(
            '(new ReflectionProperty("ActionScheduler_Abstract_QueueRunner", "created_time"))
                ->setValue(ActionScheduler::runner(), microtime(true) - 10);
            as_enqueue_async_action("probe_one", [], "probe", false, 0);
            as_enqueue_async_action("probe_two", [], "probe", false, 0);
            $run();
            return [$ran, $statuses(), ActionScheduler::store()->get_claim_count()];'
        );
        self::assertSame(['probe_one'], $ran);
        self::assertSame(['one complete', 'two pending'], $statuses);
        self::assertSame(0, $claims);
    }

    public function testAFailureIsFinalAndTheBatchGoesOn(): void
    {
        [$statuses, $failures] = $this->queue(
            '$failures = [];
            add_action("action_scheduler_failed_execution", static function ($id, $error, $context) use (&$failures): void {
                $failures[] = [get_class($error), $error->getMessage(), $context];
            }, 10, 3);
            foreach (["probe_fails", "probe_nobody", "probe_one"] as $hook) { as_enqueue_async_action($hook, [], "probe"); }
            $run();
            $run();
            return [$statuses(), $failures];'
        );
        self::assertSame(['fails failed', 'nobody failed', 'one complete'], $statuses);
        self::assertSame(['Exception', 'It went wrong.', 'WP Cron'], $failures[0]);
        self::assertStringContainsString('no callbacks are registered', $failures[1][1]);
        self::assertCount(2, $failures);
    }

    /** @return array<string, array{string}> */
    public static function silentEnds(): array
    {
        return ['killed' => ['probe_dies'], 'exit' => ['probe_exits']];
    }

    /** @dataProvider silentEnds */
    public function testABatchWhoseProcessEndedSilentlyBlocksTheQueueForFiveMinutes(string $hook): void
    {
        $this->dieInABatch($hook, 2);
        $this->network->letTimePass(290);
        self::assertSame([substr($hook, 6) . ' in-progress', 'one pending', 'one pending'], $this->statusesAfterARun());
        $this->network->letTimePass(20);
        self::assertSame([substr($hook, 6) . ' failed', 'one complete', 'one complete'], $this->statusesAfterARun());
    }

    public function testOnlyTwentyActionsOfADeadBatchAreFreedAtOnce(): void
    {
        $this->dieInABatch('probe_dies', 24);
        $this->network->letTimePass(301);
        $complete = static fn (array $statuses): int => count(array_keys($statuses, 'one complete', true));
        self::assertSame(0, $complete($this->statusesAfterARun()));
        self::assertSame(24, $complete($this->statusesAfterARun()));
    }

    public function testAFatalErrorFailsItsActionAndFreesTheRestAtOnce(): void
    {
        $this->dieInABatch('probe_fatal', 1);
        self::assertSame(['fatal failed', 'one complete'], $this->statusesAfterARun());
        // This one was meant.
        unlink(Environment::get()->logs() . '/debug.log');
    }

    public function testWhatRunsKnowsThatItRuns(): void
    {
        $seen = $this->queue(
            'add_action("probe_one", static function () use (&$ran, $statuses): void {
                $ran = [as_next_scheduled_action("probe_one", [], "probe"), as_has_scheduled_action("probe_one"), $statuses()];
            });
            as_enqueue_async_action("probe_one", [], "probe");
            $before = as_next_scheduled_action("probe_one");
            $run();
            return [$before, ...$ran, as_next_scheduled_action("probe_one"), as_has_scheduled_action("probe_one")];'
        );
        self::assertSame([true, true, true, ['one in-progress'], false, false], $seen);
    }

    public function testACancelledActionOfARunningBatchIsLeftOut(): void
    {
        [$statuses, $ignored] = $this->queue(
            '$ignored = 0;
            add_action("action_scheduler_execution_ignored", static function () use (&$ignored): void { $ignored++; });
            add_action("probe_one", static fn () => as_unschedule_all_actions("probe_two"));
            foreach (["probe_one", "probe_two", "probe_again"] as $hook) { as_enqueue_async_action($hook, [], "probe"); }
            $run();
            return [$statuses(), $ignored];'
        );
        self::assertSame(['one complete', 'two canceled', 'again complete'], $statuses);
        self::assertSame(1, $ignored);
    }

    public function testTimeThatPassesInATestPassesForTheQueueToo(): void
    {
        $this->queue('as_schedule_single_action(time() + 500, "probe_one", [], "probe");');
        $this->network->letTimePass(100);
        self::assertContains($this->queue('return as_next_scheduled_action("probe_one") - time();'), [399, 400]);
    }

    public function testARecurringActionHasItsSuccessorOnlyAfterItsEnd(): void
    {
        [$during, $next, $statuses] = $this->queue(
            'add_action("probe_again", static function () use (&$during, $ids): void {
                $during = count($ids(["status" => "pending"]));
            });
            as_schedule_recurring_action(time() - 500, 100, "probe_again", [], "probe");
            $run();
            return [$during, as_next_scheduled_action("probe_again", [], "probe") - time(), $statuses()];'
        );
        self::assertSame(0, $during);
        self::assertContains($next, [99, 100]);
        self::assertSame(['again complete', 'again pending'], $statuses);
    }

    public function testAfterFiveFailuresARecurringActionHasNoSuccessor(): void
    {
        $this->queue('as_schedule_recurring_action(time() - 9, 100, "probe_fails", [], "probe");');
        for ($i = 0; $i < 7; $i++) {
            $statuses = $this->statusesAfterARun();
            $this->network->letTimePass(105);
        }
        self::assertSame(array_fill(0, 5, 'fails failed'), $statuses);
    }

    public function testUniqueMeansOneOfHookAndGroupWhateverTheArguments(): void
    {
        $ids = $this->queue(
            '$enqueue = static fn ($hook, $args, $group) => as_enqueue_async_action($hook, $args, $group, true) > 0;
            return [$enqueue("probe_one", [1], "probe"), $enqueue("probe_one", [2], "probe"), $enqueue("probe_one", [2], "other"),
                $enqueue("probe_two", [1], "probe")];'
        );
        self::assertSame([true, false, true, true], $ids);
    }

    /** @return array<string, array{string, int}> Call, how many of the five actions wait afterwards. */
    public static function cancellations(): array
    {
        return [
            'a hook' => ['as_unschedule_all_actions("probe_one")', 2],
            'a group' => ['as_unschedule_all_actions("", [], "probe")', 1],
            'a hook with arguments' => ['as_unschedule_all_actions("probe_one", [1])', 3],
            'a hook of a group means no arguments' => ['as_unschedule_all_actions("probe_one", [], "probe")', 4],
            'null is any arguments' => ['as_unschedule_all_actions("probe_one", null, "probe")', 3],
            'one alone' => ['as_unschedule_action("probe_one", [1], "probe")', 4],
        ];
    }

    /** @dataProvider cancellations */
    public function testCancelling(string $call, int $left): void
    {
        $waiting = $this->queue(
            'foreach (["probe_one", "probe_two"] as $probe) {
                as_enqueue_async_action($probe, [], "probe");
                as_enqueue_async_action($probe, [1], "probe");
            }
            as_enqueue_async_action("probe_one", [1], "other");
            ' . $call . ';
            return count($ids(["status" => "pending"])) + count($ids(["status" => "pending", "group" => "other"]));'
        );
        self::assertSame($left, $waiting);
    }

    public function testLookingForActions(): void
    {
        [$ids, $found] = $this->queue(
            '$made = [];
            foreach ([-10, 500, 300] as $i => $seconds) {
                $made[] = as_schedule_single_action(time() + $seconds, "probe_one", ["n" => $i], "probe");
            }
            for ($i = 0; $i < 6; $i++) { $made[] = as_enqueue_async_action("probe_two", [], "probe"); }
            $run();
            $found = [
                "by date" => $ids(["hook" => "probe_one"]),
                "backwards" => $ids(["hook" => "probe_one", "order" => "DESC"]),
                "by id" => $ids(["hook" => "probe_one", "orderby" => "action_id"]),
                "later" => $ids(["date" => time() + 400, "date_compare" => ">"]),
                "before" => $ids(["hook" => "probe_one", "date" => gmdate("Y-m-d H:i:s", time() + 400)]),
                "statuses" => $ids(["hook" => "probe_one", "status" => ["pending", "complete"]]),
                "arguments" => $ids(["args" => ["n" => 2]]),
                "keys count" => $ids(["args" => [2]]),
                "five unless asked" => count(as_get_scheduled_actions(["group" => "probe"])),
                "offset" => $ids(["hook" => "probe_one", "per_page" => 1, "offset" => 1]),
            ];
            return [array_map("strval", $made), $found];'
        );
        [$due, $last, $next] = $ids;
        self::assertSame([
            'by date' => [$due, $next, $last],
            'backwards' => [$last, $next, $due],
            'by id' => [$due, $last, $next],
            'later' => [$last],
            'before' => [$due, $next],
            'statuses' => [$due, $next, $last],
            'arguments' => [$next],
            'keys count' => [],
            'five unless asked' => 5,
            'offset' => [$next],
        ], $found);
    }

    public function testEachSiteHasAQueueOfItsOwnFromItsFirstRequestOn(): void
    {
        $site = $this->network->newSite('one');
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions');
        $code = 'switch_to_blog($site);
            $wpdb->suppress_errors();
            $id = as_enqueue_async_action("probe_one", [], "probe");
            $there = (int) as_has_scheduled_action("probe_one");
            restore_current_blog();
            $wpdb->suppress_errors(false);
            $run();
            return [$id > 0, $there, (int) as_has_scheduled_action("probe_one"), $ran];';
        self::assertSame([false, 0, 0, []], $this->queue($code, ['site' => $site]));
        WordPress::run('return 1;', [], Kind::FrontEnd, ['host' => $this->network->host('one')]);
        self::assertSame([true, 1, 0, []], $this->queue($code, ['site' => $site]));
    }

    public function testWhatIsLongOverIsForgotten(): void
    {
        $this->queue(
            'foreach (["probe_one", "probe_fails"] as $hook) { as_enqueue_async_action($hook, [], "probe"); }
            $run();
            as_enqueue_async_action("probe_two", [], "probe");
            as_unschedule_all_actions("probe_two");'
        );
        self::assertSame(['one complete', 'fails failed'], $this->statusesAfterARun());
        $this->network->letTimePass(32 * 86400);
        self::assertSame(['fails failed'], $this->statusesAfterARun());
    }

    /** Queues an action that ends its process, and others behind it; lets them run. */
    private function dieInABatch(string $hook, int $others): void
    {
        try {
            $this->queue(
                'as_enqueue_async_action($hook, [], "probe");
                for ($i = 0; $i < $others; $i++) { as_enqueue_async_action("probe_one", [$i], "probe"); }
                $run();',
                ['hook' => $hook, 'others' => $others]
            );
            self::fail('The process did not die.');
        } catch (ProcessDied) {
            return;
        }
    }

    /** @return list<string> */
    private function statusesAfterARun(): array
    {
        return $this->queue('$run(); return $statuses();');
    }

    /** @param array<string, mixed> $arguments */
    private function queue(string $code, array $arguments = []): mixed
    {
        return WordPress::run(self::BEFORE . $code, $arguments);
    }
}
