<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\FpmTestCase;
use RunCloud\Test\Support\PhpFpm;
use RunCloud\Test\Support\PlantedSecrets;
use RunCloud\Test\Support\Soak;

/**
 * Planted secrets are searched for in everything that PHP-FPM shows and logs, under every fault and every setting for errors. The
 * panel says everything it was sent back.
 */
final class SecretsInFpmTest extends FpmTestCase
{
    private const SCRIPT = __DIR__ . '/support/secrets-script.php';
    private const SWITCHES = ['zend.exception_ignore_args', 'display_errors', 'html_errors', 'log_errors'];

    protected function setUp(): void
    {
        parent::setUp();
        $this->simulator()->setState([
            'tokens' => [PlantedSecrets::TOKEN],
            'basic' => [[PlantedSecrets::KEY, PlantedSecrets::SECRET]],
        ]);
    }

    public function testNoFaultUnderNoSettingMakesPhpShowOrLogASecret(): void
    {
        $fpm = $this->start(['pm.max_children' => '1'], ['runcloud.max_retries' => '0', 'zend.exception_string_param_max_len' => '200']);
        $shown = 0;
        foreach (array_values(self::faults()) as $number => [$name, $faults, $one]) {
            $this->simulator()->clearFaults();
            foreach ($faults as [$kind, $details]) {
                $this->simulator()->fault($kind, $details);
            }
            // All settings in the full form; in the bounded one every fault has two, which are each other's opposite.
            foreach (Soak::isOn() ? range(0, 15) : [$number % 16, 15 - $number % 16] as $bits) {
                $text = $this->show($fpm, $this->settings($bits) + ['runcloud.timeout' => $one ? '0.05' : '20'], $one);
                self::assertSame([], PlantedSecrets::in($text), "{$name}, settings {$bits}");
                $shown += strlen($text);
            }
        }
        $log = $fpm->stop();
        self::assertStringContainsString('RunCloud\Exception\\', $log);
        self::assertSame([], PlantedSecrets::in($log), 'the log of PHP-FPM');
        $faults = count(self::faults());
        Soak::report("Secrets: {$faults} faults under 16 settings, " . strlen($log) . " bytes of log and {$shown} of answers: none found.");
    }

    public function testPhpinfoAsAWebPageShowsNoSecret(): void
    {
        $proxy = 'http://user:' . PlantedSecrets::PROXY_PASSWORD . '@127.0.0.1:3128';
        $fpm = $this->start(['php_admin_value[runcloud.proxy]' => $proxy]);

        $answer = $fpm->client()->run(self::SCRIPT, ['do' => 'phpinfo']);

        self::assertStringContainsString('<td class="e">runcloud.proxy</td><td class="v">http://user:hidden@', $answer->body);
        self::assertSame([], PlantedSecrets::in($answer->body . $answer->errors));
    }

    public function testTheProcessListShowsNoSecret(): void
    {
        $fpm = $this->start(['pm.max_children' => '1']);
        $this->show($fpm, [], false);

        foreach ([$fpm->pid(), ...$fpm->workers()] as $pid) {
            $shown = '';
            foreach (['cmdline', 'environ', 'comm', 'status', 'task/' . $pid . '/comm', 'limits', 'mountinfo', 'maps'] as $file) {
                $shown .= file_get_contents("/proc/{$pid}/{$file}");
            }
            $shown .= implode(array_map(static fn ($file) => @readlink($file), glob("/proc/{$pid}/fd/*")));
            self::assertStringContainsString('php-fpm', $shown);
            self::assertSame([], PlantedSecrets::in($shown));
        }
    }

    /**
     * Everything that a request with these settings shows.
     *
     * @param array<string, string> $ini
     */
    private function show(PhpFpm $fpm, array $ini, bool $one): string
    {
        $query = ['do' => 'call', 'ini' => $ini] + ($one ? ['one' => 1] : []);
        $answer = $fpm->client()->run(self::SCRIPT, $query);

        return print_r($answer->headers, true) . $answer->body . $answer->errors;
    }

    /** @return array<string, string> One of the sixteen positions of the switches. */
    private function settings(int $bits): array
    {
        $settings = [];
        foreach (self::SWITCHES as $number => $name) {
            $settings[$name] = (string) ($bits >> $number & 1);
        }

        return $settings;
    }

    /** @return list<array{string, list<array{string, array<string, mixed>}>, bool}> Name, faults, whether one call is enough. */
    private static function faults(): array
    {
        $faults = [];
        foreach ([200, 201, 301, 302, 400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 502, 503, 504] as $status) {
            $faults[] = ["HTTP {$status}", self::echoes(['status' => $status]), false];
        }
        $faults[] = ['HTTP 422 with a web page', self::echoes(['status' => 422], page: true), false];
        $faults[] = ['HTTP 200 with a web page', self::echoes(['status' => 200], page: true), false];
        $secretAsTime = ['status' => 429, 'retry_after' => PlantedSecrets::TOKEN];
        $faults[] = ['HTTP 429 and a secret as Retry-After', self::echoes($secretAsTime), false];
        $kinds = ['drop_before', 'drop_after', 'truncated', 'html', 'deep_json', 'invalid_utf8', 'wrong_type', 'wrong_types', 'empty'];
        foreach ($kinds as $kind) {
            $faults[] = [$kind, [[$kind, []]], false];
        }
        $faults[] = ['huge', [['huge', ['bytes' => 5_000_000]]], true];
        $faults[] = ['redirect', [['redirect', ['location' => 'https://evil.example/?token=' . PlantedSecrets::TOKEN]]], false];
        foreach (['slow', 'latency', 'trickle'] as $kind) {
            $faults[] = [$kind, [[$kind, ['ms' => 500]]], true];
        }

        return $faults;
    }

    /**
     * Answers that say back what they were sent, for each generation of the API its own credentials.
     *
     * @param array<string, mixed> $details
     *
     * @return list<array{string, array<string, mixed>}>
     */
    private static function echoes(array $details, bool $page = false): array
    {
        [$key, $secret] = [PlantedSecrets::KEY, PlantedSecrets::SECRET];
        $sent = [
            '/api/v3/' => 'Authorization: Bearer ' . PlantedSecrets::TOKEN,
            '/api/v2/' => 'Authorization: Basic ' . base64_encode("{$key}:{$secret}") . " ({$key}, {$secret})",
        ];
        $pem = "-----BEGIN PRIVATE KEY-----\n" . PlantedSecrets::PANEL . "\n-----END PRIVATE KEY-----\n";
        $faults = [];
        foreach ($sent as $path => $text) {
            $own = PlantedSecrets::PANEL;
            $body = [
                'message' => "You sent {$text}.",
                'errors' => [$text => [$text, $pem], 'name' => [$pem . $text]],
                'data' => [['id' => $own, 'name' => [$own], $text => $text]],
                'id' => [$own],
            ] + array_fill_keys(['meta', 'privateKey', 'pullKey1', 'advancedSSL'], $own);
            $body = $page ? '<html>' . json_encode($body) : $body;
            $faults[] = ['status', $details + ['match' => ['path' => $path], 'body' => $body]];
        }

        return $faults;
    }
}
