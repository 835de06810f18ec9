<?php

declare(strict_types=1);

namespace RunCloud\Bench\Support;

/**
 * A plot of how figures grow, as SVG: both axes by powers of ten, so that what grows as its work does is a line of one step up for each to the right.
 */
final class Plot
{
    private const WIDTH = 640;
    private const HEIGHT = 360;
    private const LEFT = 64;
    private const RIGHT = 190;
    private const TOP = 40;
    private const BOTTOM = 48;
    /** Colours that people who see few of them can distinguish as well. */
    private const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#555555'];

    /** @var array<string, array<int, float>> Figures by number, for each line. */
    private array $lines = [];

    public function __construct(private readonly string $title, private readonly string $across, private readonly string $up)
    {
    }

    /** @param array<int, float> $figures By number. */
    public function line(string $name, array $figures): void
    {
        $figures = array_filter($figures, static fn (float $figure): bool => $figure > 0);
        if ($figures !== []) {
            ksort($figures);
            $this->lines[$name] = $figures;
        }
    }

    /** Whether there is nothing to be seen: its part was not run. */
    public function isEmpty(): bool
    {
        return $this->lines === [];
    }

    public function svg(): string
    {
        $numbers = array_merge(...array_map('array_keys', array_values($this->lines)));
        $figures = array_merge(...array_map('array_values', array_values($this->lines)));
        [$left, $right] = [floor(log10(min($numbers))), max(ceil(log10(max($numbers))), floor(log10(min($numbers))) + 1)];
        [$low, $high] = [floor(log10(min($figures))), max(ceil(log10(max($figures))), floor(log10(min($figures))) + 1)];
        $x = static fn (float $number): float => self::LEFT
            + (log10($number) - $left) / ($right - $left) * (self::WIDTH - self::LEFT - self::RIGHT);
        $y = static fn (float $figure): float => self::HEIGHT - self::BOTTOM
            - (log10($figure) - $low) / ($high - $low) * (self::HEIGHT - self::TOP - self::BOTTOM);

        $parts = [sprintf('<text x="%d" y="22" font-weight="bold">%s</text>', self::LEFT, self::text($this->title))];
        for ($power = $left; $power <= $right; $power++) {
            $parts[] = self::rule($x(10 ** $power), self::TOP, $x(10 ** $power), self::HEIGHT - self::BOTTOM);
            $parts[] = self::label($x(10 ** $power), self::HEIGHT - self::BOTTOM + 16, 'middle', self::power((int) $power));
        }
        for ($power = $low; $power <= $high; $power++) {
            $parts[] = self::rule(self::LEFT, $y(10 ** $power), self::WIDTH - self::RIGHT, $y(10 ** $power));
            $parts[] = self::label(self::LEFT - 6, $y(10 ** $power) + 4, 'end', self::power((int) $power));
        }
        $parts[] = self::label((self::LEFT + self::WIDTH - self::RIGHT) / 2, self::HEIGHT - 10, 'middle', $this->across);
        $parts[] = self::label(self::LEFT - 6, self::TOP - 14, 'end', $this->up);
        $index = 0;
        foreach ($this->lines as $name => $line) {
            $colour = self::COLOURS[$index % count(self::COLOURS)];
            $points = array_map(
                static fn (int $number, float $figure): string => sprintf('%.1f,%.1f', $x($number), $y($figure)),
                array_keys($line),
                $line
            );
            $parts[] = sprintf('<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>', implode(' ', $points), $colour);
            foreach ($points as $point) {
                [$across, $up] = explode(',', $point);
                $parts[] = "<circle cx=\"{$across}\" cy=\"{$up}\" r=\"3\" fill=\"{$colour}\"/>";
            }
            $place = self::TOP + 14 + 20 * $index++;
            $parts[] = sprintf('<rect x="%d" y="%d" width="12" height="4" fill="%s"/>', self::WIDTH - self::RIGHT + 14, $place - 6, $colour);
            $parts[] = self::label(self::WIDTH - self::RIGHT + 32, $place, 'start', (string) $name);
        }

        return sprintf(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1\$d %2\$d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n"
                . "<title>%3\$s</title>\n<rect width=\"%1\$d\" height=\"%2\$d\" fill=\"#ffffff\"/>\n%4\$s\n</svg>\n",
            self::WIDTH,
            self::HEIGHT,
            self::text($this->title),
            implode("\n", $parts)
        );
    }

    private static function rule(float $x1, float $y1, float $x2, float $y2): string
    {
        return sprintf('<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#dddddd"/>', $x1, $y1, $x2, $y2);
    }

    private static function label(float $x, float $y, string $anchor, string $text): string
    {
        return sprintf('<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>', $x, $y, $anchor, self::text($text));
    }

    private static function power(int $power): string
    {
        return $power >= 0 ? number_format(10 ** $power) : rtrim(sprintf('%.6f', 10 ** $power), '0');
    }

    private static function text(string $text): string
    {
        return htmlspecialchars($text, ENT_XML1 | ENT_QUOTES);
    }
}
