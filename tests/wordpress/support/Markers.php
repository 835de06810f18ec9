<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * Planted secrets, and the search for them in whatever form somebody could have written them down.
 */
final class Markers
{
    public const TOKEN = 'marker-token-7f3a9c1e5b';
    public const KEY = 'marker-key-51d2ab77c0';
    public const SECRET = 'marker-secret-90ffe3124d';
    public const PROXY_PASSWORD = 'marker-password-c0de17';
    /** In certificates and web applications of the simulated panel. */
    public const PANEL = ['SIMULATOR-PRIVATE-KEY', 'SIMULATOR-PULL-KEY'];

    private const AROUND = 200;

    /** @return list<string> */
    public static function all(): array
    {
        return [self::TOKEN, self::KEY, self::SECRET, self::PROXY_PASSWORD, ...self::PANEL];
    }

    /**
     * What a text shows of them.
     *
     * @return array<string, string> Marker and form, with the text around the first place.
     */
    public static function in(string $text): array
    {
        $found = [];
        $searched = strtolower($text);
        foreach (self::all() as $marker) {
            foreach (self::forms($marker) as $form => $written) {
                $at = strpos($searched, strtolower($written));
                if ($at !== false) {
                    $found["{$marker}, {$form}"] = substr($text, max(0, $at - self::AROUND), 2 * self::AROUND);
                }
            }
        }

        return $found;
    }

    /** @return array<string, string> */
    public static function forms(string $marker): array
    {
        $forms = ['as it is' => $marker, 'hexadecimal' => bin2hex($marker), 'backwards' => strrev($marker)];
        // Three bytes make four characters, so what stands before the marker decides which three forms it can have.
        for ($before = 0; $before < 3; $before++) {
            $text = base64_encode(str_repeat(' ', $before) . $marker);
            $first = (int) ceil($before * 8 / 6);
            $behindLast = intdiv(($before + strlen($marker)) * 8, 6);
            $forms["base64 behind {$before} bytes"] = substr($text, $first, $behindLast - $first);
        }

        return $forms;
    }
}
