<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\StoreTestCase;

/**
 * What happened to each host.
 */
final class StoreHistoryTest extends StoreTestCase
{
    public function testTheHistoryIsListedCountedAndPruned(): void
    {
        $answer = $this->store(
            '$old = time() - 91 * 86400;
            History::add("a.example", "added", ["message" => "grün"], 5);
            History::add("a.example", History::ORDER, [], 0, ["scope" => "a.example", "order_set" => "s1", "at" => time() - 50]);
            History::add("b.example", History::ORDER, [], 0, ["scope" => "b.example", "order_set" => "s1", "at" => time() - 50]);
            History::add("a.example", History::ISSUED, [], 0, ["scope" => "a.example", "order_set" => "s2", "at" => time() - 20]);
            History::add("a.example", History::ORDER, [], 0, ["scope" => "a.example", "order_set" => "s1", "at" => $old]);
            History::add("a.example", History::INVALID);
            History::add("", History::INVALID, ["panel" => "none"]);
            History::add("", History::INVALID, ["panel" => "none"]);
            $orders = History::orders_since(time() - 86400, ["a.example"], ["s1", "s3"]);
            return [array_column(History::list("a.example"), "kind"), History::list("a.example")[1]["details"],
                History::list("a.example")[1]["actor"],
                array_map("count", $orders["scope"]), array_map("count", $orders["set"]), count(History::all_orders_since(time() - 86400)),
                array_map(
                    fn ($of) => count($of["at"]),
                    History::failed_validations(["", "a.example", "b.example"], time() - 60)
                ), History::prune(), History::prune()];'
        );
        self::assertSame(['validation-failed', 'added', 'certificate', 'order', 'order'], $answer[0]);
        self::assertSame([['message' => 'grün'], 5, ['a.example' => 2], ['s1' => 1], 2, ['' => 1, 'a.example' => 1], 1, 0], array_slice($answer, 1));
    }
}
