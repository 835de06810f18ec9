<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

/**
 * The expected outcomes: read, compared, and written as the page. Rows of faults that come out the same, columns of operations.
 */
final class Table
{
    /**
     * @param list<string>                $columns
     * @param array<string, list<string>> $rows    Cells by the names of the faults.
     */
    private function __construct(private readonly array $columns, private readonly array $rows)
    {
    }

    /** Reads lines of cells between "|"; the first line has the names of the columns. Lines that begin with "#" are remarks. */
    public static function read(string $name): self
    {
        $file = __DIR__ . "/{$name}.txt";
        $columns = null;
        $rows = [];
        $lines = file($file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
        foreach (preg_grep('~^#~', $lines, PREG_GREP_INVERT) as $line) {
            $cells = array_map('trim', explode('|', $line));
            $name = array_shift($cells);
            if ($columns === null) {
                $columns = $cells;
            } elseif (count($cells) !== count($columns) || isset($rows[$name])) {
                throw new \UnexpectedValueException("{$file}: the row '{$name}' is there twice, or has too many or too few cells.");
            } else {
                $rows[$name] = $cells;
            }
        }

        return new self($columns, $rows);
    }

    /** @return array<string, string> Outcomes of an operation by fault; a row of several faults stands for each of them. */
    public function outcomesOf(string $operation): array
    {
        $column = array_search($operation, $this->columns, true);
        $outcomes = [];
        foreach ($this->rows as $names => $cells) {
            foreach (explode('; ', (string) $names) as $name) {
                if ($column === false || isset($outcomes[$name])) {
                    throw new \UnexpectedValueException("The table has '{$name}' twice, or no column '{$operation}'.");
                }
                $outcomes[$name] = $cells[$column];
            }
        }

        return $outcomes;
    }

    public function markdown(): string
    {
        $lines = ['| fault | ' . implode(' | ', $this->columns) . ' |', '|---|' . str_repeat('---|', count($this->columns))];
        foreach ($this->rows as $names => $cells) {
            $lines[] = '| ' . str_replace('; ', '<br>', (string) $names) . ' | ' . implode(' | ', $cells) . ' |';
        }

        return implode("\n", $lines) . "\n";
    }
}
