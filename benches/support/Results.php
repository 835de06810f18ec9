<?php

declare(strict_types=1);

namespace RunCloud\Bench\Support;

/**
 * What a run has measured: one line of JSON for each figure, by its key ("b.40.warm.extension").
 */
final class Results
{
    /** @param string $file Where they are kept; each figure is written at once. */
    public function __construct(private readonly string $file)
    {
    }

    /**
     * A figure with its spread: the median of the samples, and what 10 and 90 of 100 stay below.
     *
     * @param list<int|float> $samples
     */
    public function spread(string $key, string $unit, array $samples): void
    {
        sort($samples);
        $this->write($key, $unit, [
            'value' => self::quantile($samples, 0.5),
            'low' => self::quantile($samples, 0.1),
            'high' => self::quantile($samples, 0.9),
            'samples' => count($samples),
        ]);
    }

    /** A figure that has no spread: a count, or what was measured once. */
    public function one(string $key, string $unit, int|float|string|null $value): void
    {
        $this->write($key, $unit, ['value' => $value]);
    }

    /**
     * The figures of a file, by key.
     *
     * @return array<string, array{unit: string, value: int|float|string|null, low?: int|float, high?: int|float, samples?: int}>
     */
    public static function read(string $file): array
    {
        $figures = [];
        foreach (is_file($file) ? file($file, FILE_IGNORE_NEW_LINES) : [] as $line) {
            $figure = json_decode($line, true, 512, JSON_THROW_ON_ERROR);
            $figures[$figure['key']] = array_diff_key($figure, ['key' => 1]);
        }

        return $figures;
    }

    /** @param list<int|float> $sorted */
    public static function quantile(array $sorted, float $share): int|float
    {
        $place = $share * (count($sorted) - 1);
        $below = (int) floor($place);
        $above = (int) ceil($place);

        return $sorted[$below] + ($place - $below) * ($sorted[$above] - $sorted[$below]);
    }

    /** @param array<string, mixed> $figure */
    private function write(string $key, string $unit, array $figure): void
    {
        $round = static fn (mixed $value): mixed => is_float($value) ? round($value, $value < 10 ? 4 : 2) : $value;
        $line = json_encode(['key' => $key, 'unit' => $unit] + array_map($round, $figure), JSON_THROW_ON_ERROR);
        file_put_contents($this->file, "{$line}\n", FILE_APPEND);
    }
}
