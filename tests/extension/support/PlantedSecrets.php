<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * Secrets that can be recognised wherever they turn up.
 */
final class PlantedSecrets
{
    public const TOKEN = 'marker-token-7f3a';
    public const KEY = 'marker-key-91bc';
    public const SECRET = 'marker-secret-55de';
    public const PROXY_PASSWORD = 'marker-password-c0de';
    /** What the panel must keep to itself: private keys, webhook keys. */
    public const PANEL = 'marker-panel-d1ce';

    /**
     * Every form of each of them that somebody could use, by what it is.
     *
     * @return array<string, string>
     */
    public static function forms(): array
    {
        $forms = [
            'token' => self::TOKEN,
            'key' => self::KEY,
            'secret' => self::SECRET,
            "proxy's password" => self::PROXY_PASSWORD,
            "panel's" => self::PANEL,
            'key and secret' => self::KEY . ':' . self::SECRET,
            'user and password' => 'user:' . self::PROXY_PASSWORD,
        ];
        foreach ($forms as $what => $form) {
            $forms["{$what}, base64"] = rtrim(base64_encode($form), '=');
            $forms["{$what}, hexadecimal"] = bin2hex($form);
            $forms["{$what}, backwards"] = strrev($form);
        }

        return $forms;
    }

    /** @return list<string> What of them the text shows. */
    public static function in(string $text): array
    {
        return array_keys(array_filter(self::forms(), static fn (string $form): bool => stripos($text, $form) !== false));
    }
}
