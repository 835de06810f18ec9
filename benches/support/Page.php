<?php

declare(strict_types=1);

namespace RunCloud\Bench\Support;

/**
 * A page of tables, each with the figures of two runs side by side, as Markdown.
 */
final class Page
{
    private string $text = '';

    /**
     * @param array<string, array<string, mixed>> $first  Figures of the run before; may be empty.
     * @param array<string, array<string, mixed>> $second Figures of the last run.
     */
    public function __construct(private readonly array $first, private readonly array $second)
    {
    }

    public function add(string $text): void
    {
        $this->text .= "{$text}\n\n";
    }

    /**
     * A table with a line for each figure.
     *
     * @param array<string, string> $lines What it is, by key.
     */
    public function figures(string $head, array $lines): void
    {
        $table = [$this->first === [] ? "| {$head} | |" : "| {$head} | first run | second run |"];
        $table[] = $this->first === [] ? '|---|---|' : '|---|---|---|';
        foreach ($lines as $key => $what) {
            if (isset($this->second[$key]) || isset($this->first[$key])) {
                $table[] = "| {$what} | " . implode(' | ', $this->cells($key)) . ' |';
            }
        }
        $this->table($table);
    }

    /** A plot that report.php writes beside the page. */
    public function plot(string $what, string $name, Plot $plot): void
    {
        if (!$plot->isEmpty()) {
            $this->add("![{$what}](performance/{$name}.svg)");
        }
    }

    /**
     * A table with a line for each number and a column for each figure, of both runs.
     *
     * @param list<int>             $numbers What makes the lines.
     * @param array<string, string> $columns Heads of columns, by key; "%d" in a key stands for the number.
     */
    public function growth(string $head, array $numbers, array $columns): void
    {
        $table = ["| {$head} | " . implode(' | ', $columns) . ' |', '|---|' . str_repeat('---|', count($columns))];
        foreach ($numbers as $number) {
            $cells = [];
            foreach (array_keys($columns) as $key) {
                $pair = $this->cells(sprintf($key, $number), true);
                $cells[] = implode(' / ', array_unique($pair) === [''] ? ['–'] : $pair);
            }
            if (array_unique($cells) !== ['–']) {
                $table[] = '| ' . number_format($number) . ' | ' . implode(' | ', $cells) . ' |';
            }
        }
        $this->table($table);
    }

    /** @return array<int, float> The last run's figures by number, for a plot; "%d" in the key stands for the number. */
    public function by(array $numbers, string $key, float $factor = 1): array
    {
        $figures = [];
        foreach ($numbers as $number) {
            $value = $this->second[sprintf($key, $number)]['value'] ?? null;
            if ($value !== null) {
                $figures[$number] = $value * $factor;
            }
        }

        return $figures;
    }

    /** @return list<float> A figure in both runs, as far as there is one. */
    public function values(string $key, string $which = 'value'): array
    {
        return array_values(array_filter(
            [$this->first[$key][$which] ?? null, $this->second[$key][$which] ?? null],
            static fn (mixed $value): bool => $value !== null
        ));
    }

    /** @return list<string> A figure of each run, with its spread where it has one. */
    public function cells(string $key, bool $isShort = false): array
    {
        $runs = $this->first === [] ? [$this->second] : [$this->first, $this->second];

        return array_map(static fn (array $run): string => self::cell($run[$key] ?? null, $isShort), $runs);
    }

    public function text(): string
    {
        return rtrim($this->text) . "\n";
    }

    /** @param list<string> $lines Two of head, and those with figures. Without any there is no table. */
    private function table(array $lines): void
    {
        if (count($lines) > 2) {
            $this->add(implode("\n", $lines));
        }
    }

    /** @param array<string, mixed>|null $figure */
    private static function cell(?array $figure, bool $isShort): string
    {
        if ($figure === null || $figure['value'] === null) {
            return '';
        }
        if (is_string($figure['value'])) {
            return $figure['value'];
        }
        $isPlain = in_array($figure['unit'], ['', 'ratio', 'instructions', 'bytes', 'requests', 'statements', 'queries'], true);
        $unit = $isShort || $isPlain ? '' : ' ' . strtok($figure['unit'], ' ');
        $text = self::number($figure['value']) . $unit;

        return isset($figure['samples']) && $figure['samples'] > 1 && !$isShort
            ? $text . ' (' . self::number($figure['low']) . ' to ' . self::number($figure['high']) . ')' : $text;
    }

    private static function number(int|float $number): string
    {
        $size = abs($number);

        return match (true) {
            is_int($number) || $size >= 100 => number_format($number),
            $size >= 10 => number_format($number, 1),
            $size >= 0.1 => number_format($number, 2),
            default => rtrim(rtrim(number_format($number, 4), '0'), '.') ?: '0',
        };
    }
}
