<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Matrix\Cell;
use RunCloud\Test\WordPress\Support\Matrix\Fault;
use RunCloud\Test\WordPress\Support\Matrix\Operation;
use RunCloud\Test\WordPress\Support\Matrix\Page;
use RunCloud\Test\WordPress\Support\Matrix\Processes;
use RunCloud\Test\WordPress\Support\Matrix\Table;
use RunCloud\Test\WordPress\Support\NetworkTestCase;

/**
 * Every operation of the plugin under every fault. What comes of it stands in a table, which is docs/fault-matrix-plugin.md too.
 */
final class FaultsTest extends NetworkTestCase
{
    private static ?Processes $processes = null;

    public static function tearDownAfterClass(): void
    {
        self::$processes = null;
    }

    /** @return array<string, array{Operation, string}> */
    public static function operations(): array
    {
        $cases = [];
        foreach (Operation::all() as $operation) {
            $tables = $operation->work === '' ? ['every-request'] : ['every-request', 'the-work', 'after-a-lost-answer'];
            foreach ($tables as $table) {
                $cases["{$operation->name}, {$table}"] = [$operation, $table];
            }
        }
        foreach (Operation::ofTwo() as $operation) {
            $cases["{$operation->name}, one-of-two"] = [$operation, 'one-of-two'];
        }

        return $cases;
    }

    /** @dataProvider operations */
    public function testAFaultHasTheOutcomeOfTheTable(Operation $operation, string $table): void
    {
        $expected = Table::read($table)->outcomesOf($operation->name);
        $cell = new Cell($operation, $this->network, $this->panel, self::$processes ??= new Processes());
        $wrong = [];
        foreach (Fault::all($this->panel) as $fault) {
            if ($table === 'every-request' || $fault->canBeChoosy()) {
                $outcome = $cell->observe($fault, $table);
                $desired = $expected[$fault->name] ?? 'nothing';
                if ($outcome !== $desired) {
                    $wrong[] = "{$fault->name}: {$outcome}, the table has {$desired}";
                }
                unset($expected[$fault->name]);
            }
        }
        foreach (array_keys($expected) as $name) {
            $wrong[] = "{$name}: in the table only";
        }
        self::assertSame('', implode("\n", $wrong), "{$operation->name}: outcomes that differ from {$table}.txt");
    }

    public function testThePageShowsTheTables(): void
    {
        if (getenv('UPDATE_DOCS') !== false) {
            file_put_contents(Page::FILE, Page::write());
        }
        self::assertStringEqualsFile(Page::FILE, Page::write(), 'The page is not up to date: UPDATE_DOCS=1 writes it anew');
    }
}
