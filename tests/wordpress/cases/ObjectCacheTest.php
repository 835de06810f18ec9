<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\Worker;

/**
 * The environment's own object cache does what WordPress asks of one, and deceives a process that lives long as those of the real world do.
 */
final class ObjectCacheTest extends NetworkTestCase
{
    protected function setUp(): void
    {
        if (!Environment::get()->hasObjectCache()) {
            self::markTestSkipped('There is no persistent object cache without OBJECT_CACHE=1.');
        }
        parent::setUp();
    }

    /** What WordPress's own cache answers to the same. */
    public function testItAnswersAsTheCacheOfWordPress(): void
    {
        $answers = 'return [
            wp_cache_add("a", 1, "g"), wp_cache_add("a", 2, "g"), wp_cache_get("a", "g"), wp_cache_get("b", "g"),
            wp_cache_replace("b", 1, "g"), wp_cache_replace("a", [1, "x" => null], "g"), wp_cache_get("a", "g"),
            wp_cache_set("no", false, "g"), wp_cache_get("no", "g", false, $found), $found, wp_cache_get("none", "g", false, $found), $found,
            wp_cache_set("n", 5, "g"), wp_cache_incr("n", 3, "g"), wp_cache_decr("n", 1, "g"), wp_cache_decr("n", 100, "g"), wp_cache_get("n", "g"),
            wp_cache_incr("none", 1, "g"), wp_cache_set("text", "7", "g"), wp_cache_get("text", "g"), wp_cache_incr("text", 1, "g"),
            wp_cache_set("word", "x", "g"), wp_cache_incr("word", 2, "g"),
            wp_cache_set_multiple(["m1" => 1, "m2" => "zwei"], "g"), wp_cache_add_multiple(["m2" => 2, "m3" => 3.5], "g"),
            wp_cache_get_multiple(["m1", "m2", "m3", "m4"], "g"), wp_cache_delete_multiple(["m1", "m4"], "g"), wp_cache_get("m1", "g"),
            wp_cache_delete("m2", "g"), wp_cache_delete("m2", "g"), wp_cache_get("m2", "g"),
            wp_cache_set("", 1, "g"), wp_cache_set("default group", 1), wp_cache_get("default group", "default"),
            wp_cache_set("object", (object) ["a" => 1], "g"), wp_cache_get("object", "g")->a,
            (function () { $one = wp_cache_get("object", "g"); $one->a = 2; return wp_cache_get("object", "g")->a; })(),
            wp_cache_set("mine", "site 1", "g"), wp_cache_switch_to_blog(2), wp_cache_get("mine", "g"), wp_cache_set("mine", "site 2", "g"),
            wp_cache_switch_to_blog(1), wp_cache_get("mine", "g"),
            wp_cache_add_global_groups("all"), wp_cache_set("ours", 1, "all"), wp_cache_switch_to_blog(2), wp_cache_get("ours", "all"),
            wp_cache_switch_to_blog(1),
            wp_suspend_cache_addition(true), wp_cache_add("suspended", 1, "g"), wp_suspend_cache_addition(false),
            wp_cache_set("k", 1, "one"), wp_cache_set("k", 1, "two*"), wp_cache_supports("flush_group"), wp_cache_flush_group("one"),
            wp_cache_get("k", "one"), wp_cache_get("k", "two*"),
            array_map("wp_cache_supports", ["add_multiple", "set_multiple", "get_multiple", "delete_multiple", "flush_runtime", "magic"]),
            wp_cache_flush(), wp_cache_get("k", "two*"), wp_cache_close(),
        ];';
        $drop_in = Environment::get()->site() . '/wp-content/object-cache.php';
        $with = WordPress::run($answers);
        rename($drop_in, "{$drop_in}.away");
        try {
            $without = WordPress::run('add_filter("doing_it_wrong_trigger_error", "__return_false"); ' . $answers);
        } finally {
            rename("{$drop_in}.away", $drop_in);
        }
        self::assertSame($without, $with);
    }

    public function testItLastsFromProcessToProcessButForGroupsThatDoNot(): void
    {
        WordPress::run('wp_cache_add_non_persistent_groups(["brief"]);
            wp_cache_set("a", [1], "g"); wp_cache_set("a", 1, "brief"); wp_cache_set("gone", 1, "g", 1);');
        // Redis counts in seconds of its own; nothing else can let them pass.
        Deadline::poll('the end of what lasts a second', static fn (): bool => WordPress::run('return wp_cache_get("gone", "g") === false;'), 10);
        self::assertSame(
            [[1], [1], false],
            WordPress::run('return [wp_cache_get("a", "g"), wp_cache_get_multiple(["a"], "g")["a"], wp_cache_get("a", "brief")];')
        );
    }

    public function testAProcessThatLivesLongSeesOldValues(): void
    {
        $worker = new Worker();
        $worker->run('wp_cache_set("a", "old", "g");');
        WordPress::run('wp_cache_set("a", "new", "g");');
        self::assertSame(['old', 'new'], $worker->run('return [wp_cache_get("a", "g"), wp_cache_get("a", "g", true)];'));
        self::assertSame('new', $worker->run('wp_cache_set("a", "new", "g"); wp_cache_flush_runtime(); return wp_cache_get("a", "g");'));
    }

    public function testWithoutRedisAProcessGoesOnWithWhatItRemembers(): void
    {
        $worker = new Worker();
        $worker->run('wp_cache_set("a", "there", "g");');
        Environment::get()->whileObjectCacheIsSilent(function () use ($worker): void {
            $answers = $worker->run('return [wp_cache_get("a", "g"), wp_cache_get("b", "g"), wp_cache_add("b", 1, "g"), wp_cache_get("b", "g")];');
            self::assertSame(['there', false, true, 1], $answers);
            self::assertFalse($worker->run('return $GLOBALS["wp_object_cache"]->is_persistent();'));
        });
        self::assertTrue(WordPress::run('return $GLOBALS["wp_object_cache"]->is_persistent();'));
    }
}
