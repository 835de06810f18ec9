<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * Somebody with a browser, with the cookies that WordPress gave.
 */
final class Browser
{
    private function __construct(private readonly string $cookies)
    {
    }

    public static function admin(): self
    {
        return self::logIn('admin', 'password');
    }

    /** Somebody with an account and no rights. */
    public static function subscriber(): self
    {
        WordPress::run('wpmu_create_user("reader", "password", "reader@network.example");');

        return self::logIn('reader', 'password');
    }

    /** Somebody who rules one site, and not the network. */
    public static function siteAdmin(): self
    {
        WordPress::run(
            '$user = wpmu_create_user("owner", "password", "owner@network.example"); add_user_to_blog(1, $user, "administrator");'
        );

        return self::logIn('owner', 'password');
    }

    /** Somebody without an account. */
    public static function visitor(): self
    {
        return new self('Cookie: none=none');
    }

    /** @return mixed The JSON of admin-ajax.php, asked for with its nonce. */
    public function ajax(string $action, array $fields): mixed
    {
        [, $body] = WordPress::request(
            '/wp-admin/admin-ajax.php',
            [$this->cookies],
            null,
            http_build_query(['action' => $action, '_ajax_nonce' => $this->nonce($action)] + $fields)
        );

        return json_decode($body, true) ?? throw new \RuntimeException("Not JSON: {$body}");
    }

    /** A nonce as a page would hold it for this person. */
    public function nonce(string $action): string
    {
        return WordPress::run('return wp_create_nonce($action);', ['action' => $action], Kind::Ajax, ['headers' => [$this->cookies]]);
    }

    /**
     * @param list<string> $headers More header lines.
     *
     * @return array{int, string} Status and body of a page.
     */
    public function get(string $path, array $headers = []): array
    {
        return array_slice(WordPress::request($path, [$this->cookies, ...$headers]), 0, 2);
    }

    /**
     * @param array<string, mixed> $fields Of a form.
     *
     * @return array{int, string} Status and body of the answer.
     */
    public function post(string $path, array $fields): array
    {
        return array_slice(WordPress::request($path, [$this->cookies], null, http_build_query($fields)), 0, 2);
    }

    /**
     * Presses a button of a page: what its form has in it is sent along, and the way back is followed.
     *
     * @param string                $page   Path and query of the page.
     * @param string                $name   Name of the button.
     * @param string                $value  Its value.
     * @param array<string, mixed>  $fields What is filled in or ticked in the form.
     *
     * @return array{string, string} The address that it leads to, and the page there.
     */
    public function press(string $page, string $name, string $value, array $fields = []): array
    {
        [$status, $body] = $this->get($page);
        $document = new \DOMDocument();
        @$document->loadHTML('<?xml encoding="utf-8"?>' . $body);
        $found = (new \DOMXPath($document))->query("//form[.//button[@name='{$name}' and @value='{$value}']]");
        if ($found->length === 0) {
            throw new \RuntimeException("{$page} ({$status}) has no button {$name} = {$value}.");
        }
        $hidden = (new \DOMXPath($document))->query(".//input[@type='hidden']", $found->item(0));
        foreach ($hidden as $input) {
            $field = preg_replace('~\[\]$~', '', $input->getAttribute('name'), -1, $isList);
            if (!$isList) {
                $fields += [$field => $input->getAttribute('value')];
            } else {
                $fields[$field][] = $input->getAttribute('value');
            }
        }
        $path = parse_url($found->item(0)->getAttribute('action'), PHP_URL_PATH);
        [$status, $body, $headers] = WordPress::request($path, [$this->cookies], null, http_build_query([$name => $value] + $fields));
        $location = preg_filter('~^Location: (https?://[^/]+)?~i', '', $headers);
        if ($status !== 302 || $location === null || $location === []) {
            throw new \RuntimeException("After {$name} = {$value}: {$status}, {$body}");
        }
        $location = current($location);

        return [$location, $this->get($location)[1]];
    }

    private static function logIn(string $name, string $password): self
    {
        [, , $headers] = WordPress::request(
            '/wp-login.php',
            ['Cookie: wordpress_test_cookie=WP%20Cookie%20check'],
            null,
            http_build_query(['log' => $name, 'pwd' => $password, 'testcookie' => 1])
        );
        preg_match_all('~^Set-Cookie: ([^;]+)~im', implode("\n", $headers), $cookies);
        if (!preg_grep('~^wordpress_logged_in_~', $cookies[1])) {
            throw new \RuntimeException("'{$name}' could not log in.");
        }

        return new self('Cookie: ' . implode('; ', $cookies[1]));
    }
}
