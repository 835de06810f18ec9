<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Listener;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\PlantedSecrets;

/**
 * Planted secrets are searched for in everything that PHP can show.
 */
final class SecretsTest extends ExtensionTestCase
{
    public function testNothingThatShowsAnObjectShowsASecret(): void
    {
        $client = $this->marked();

        ob_start();
        var_dump($client);
        print_r($client);
        var_export($client);
        print_r((array) $client);
        print_r(get_object_vars($client));
        print_r(get_mangled_object_vars($client));
        foreach ($client as $key => $value) {
            print_r([$key, $value]);
        }
        $shown = ob_get_clean() . json_encode($client) . (new \ReflectionObject($client))->__toString();

        $this->assertNoSecret($shown);
    }

    public function testAClientRefusesToBeCloned(): void
    {
        $this->expectException(\Error::class);
        $this->expectExceptionMessageMatches('/clone.*RunCloud\\\\Client/');

        clone $this->marked();
    }

    public function testAClientRefusesToBeSerialized(): void
    {
        $this->expectException(\Exception::class);
        $this->expectExceptionMessageMatches("/^Serialization of 'RunCloud.Client' is not allowed/");

        serialize([$this->marked()]);
    }

    public function testAClientRefusesToBeUnserialized(): void
    {
        $this->expectException(\Exception::class);
        $this->expectExceptionMessageMatches("/^Unserialization of 'RunCloud.Client' is not allowed/");

        unserialize('O:15:"RunCloud\Client":0:{}');
    }

    public function testAClientCannotBeMadeWithoutItsConstructor(): void
    {
        try {
            $client = (new \ReflectionClass(Client::class))->newInstanceWithoutConstructor();
            $client->ping();
            self::fail('an empty client was used');
        } catch (\Throwable $e) {
            self::assertNotSame('', $e->getMessage());
        }
        $this->assertNoRequest();
    }

    public function testAClientTakesNoOtherProperty(): void
    {
        $this->expectException(\Error::class);

        $this->marked()->apiToken = 'mine';
    }

    /** @dataProvider leaks */
    public function testTracesWithArgumentsShowNoSecret(string $code): void
    {
        $result = Php::run(
            'function shown(Throwable $e): string { return $e . print_r($e->getTrace(), true) . print_r($e, true); }
            try { ' . $code . '; echo "nothing was thrown"; } catch (Throwable $e) { echo shown($e); }',
            ['zend.exception_ignore_args' => '0', 'zend.exception_string_param_max_len' => '200']
        );

        self::assertStringNotContainsString('nothing was thrown', $result->output);
        self::assertStringContainsString('SensitiveParameterValue', $result->output);
        $this->assertNoSecret($result->output . $result->errors);
    }

    /** @return iterable<string, array{string}> */
    public static function leaks(): iterable
    {
        $token = PlantedSecrets::TOKEN;
        $all = "'{$token}', '" . PlantedSecrets::KEY . "', '" . PlantedSecrets::SECRET . "'";
        yield 'bad id' => ["new RunCloud\\Client(0, 1, {$all}, 'http://u:" . PlantedSecrets::PROXY_PASSWORD . "@127.0.0.1:1')"];
        yield 'wrong type' => ["new RunCloud\\Client('x', 1, {$all})"];
        yield 'secret of a wrong type' => ["new RunCloud\\Client(1, 1, ['{$token}'])"];
        yield 'named' => ["new RunCloud\\Client(webAppId: 0, serverId: 1, apiToken: '{$token}')"];
        yield 'bad header' => ["new RunCloud\\Client(1, 1, \"{$token}\\nX-Evil: 1\")"];
        yield 'bad proxy' => ["new RunCloud\\Client(1, 1, 't', proxy: 'ftp://u:" . PlantedSecrets::PROXY_PASSWORD . "@127.0.0.1:1')"];
        yield 'discovery' => ["RunCloud\\Client::discover('/srv', {$all})"];
    }

    public function testTheErrorLogOfAnUncaughtExceptionShowsNoSecret(): void
    {
        $result = Php::run(
            '(new RunCloud\Client(1, 1, "' . PlantedSecrets::TOKEN . '"))->ping();',
            ['zend.exception_ignore_args' => '0', 'display_errors' => '1', 'log_errors' => '1']
        );

        self::assertSame(255, $result->status);
        self::assertStringContainsString('AuthenticationException', $result->output);
        $this->assertNoSecret($result->output . $result->errors);
    }

    /** @dataProvider echoes */
    public function testAPanelThatSaysBackWhatItWasSentMakesNoMessageShowASecret(string $answer): void
    {
        $panel = new Listener($answer);
        $result = Php::run(
            '$pair = ["apiKey" => "' . PlantedSecrets::KEY . '", "apiSecret" => "' . PlantedSecrets::SECRET . '"];
            foreach ([["' . PlantedSecrets::TOKEN . '"], $pair] as $all) {
                foreach (["ping", "server", "domains", "redeploySsl", "sslMode"] as $method) {
                    try { (new RunCloud\Client(1, 1, ...$all))->$method(); echo "nothing was thrown, "; }
                    catch (RunCloud\Exception\ApiException $e) { var_dump($e); echo $e, $e->getTraceAsString(); }
                }
            }',
            ['runcloud.base_url' => "http://127.0.0.1:{$panel->port}/api", 'runcloud.max_retries' => '0', 'runcloud.timeout' => '5']
        );

        self::assertSame(['token', 'key and secret, base64'], array_values(array_intersect(
            ['token', 'key and secret, base64'],
            PlantedSecrets::in($panel->received())
        )), 'the panel was sent them');
        $this->assertNoSecret($result->output . $result->errors);
    }

    /** @return iterable<string, array{string}> */
    public static function echoes(): iterable
    {
        $sent = '{authorization}';
        $headers = "Content-Type: {$sent}\r\nLocation: https://{$sent}.example/{$sent}\r\nRetry-After: {$sent}\r\n"
            . "X-RateLimit-Remaining: {$sent}\r\nSet-Cookie: a={$sent}\r\nContent-Encoding: {$sent}\r\n";
        foreach ([200, 302, 401, 407, 429, 500] as $status) {
            yield "HTTP {$status}" => ["HTTP/1.1 {$status} {$sent}\r\n{$headers}\r\n{$sent}"];
        }
        yield 'a header with no name' => ["HTTP/1.1 200 OK\r\n{$headers}{$sent}: {$sent}\r\n\r\n{$sent}"];
        yield 'a length that is none' => ["HTTP/1.1 200 OK\r\nContent-Length: {$sent}\r\n\r\n{$sent}"];
        yield 'a chunk that is none' => ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{$sent}\r\n{$sent}"];
        yield 'no HTTP at all' => ["{$sent}\r\n{$sent}\r\n\r\n"];
        $json = ['data' => [[$sent => $sent, 'id' => $sent]], 'autoSSL' => [$sent => 1]]
            + array_fill_keys(['id', 'meta', 'advancedSSL', 'message'], $sent);
        yield 'JSON' => ["HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" . json_encode($json)];
    }

    public function testASecretInTheWrongConstantIsNotShown(): void
    {
        define('WRONG_SERVER_ID', PlantedSecrets::TOKEN . '|with-the-rest-of-a-token');
        define('WRONG_APP_ID', 2001);

        $e = $this->assertThrows(ConfigurationException::class, fn () => Client::fromConstants('WRONG_'), 'WRONG_SERVER_ID');

        $this->assertNoSecret((string) $e);
    }

    public function testCodeThatRunsInsideOfACallSeesNoSecret(): void
    {
        $result = Php::run(
            'class Tell { public function __construct(private string $text) {} public function __toString(): string {
                debug_print_backtrace(); print_r(debug_backtrace()[1]); echo (new Exception())->getTraceAsString();
                return $this->text; } }
            set_error_handler(function () { debug_print_backtrace(); return true; });
            new RunCloud\Client(1, 1, "' . PlantedSecrets::TOKEN . '", new Tell("key"), "' . PlantedSecrets::SECRET . '");
            new RunCloud\Client(1.5, 1, "' . PlantedSecrets::TOKEN . '");',
            ['zend.exception_ignore_args' => '0', 'zend.exception_string_param_max_len' => '200']
        );

        self::assertStringContainsString('SensitiveParameterValue', $result->output);
        $this->assertNoSecret($result->output . $result->errors);
    }

    public function testNoPrivateKeyOfACertificateIsKept(): void
    {
        $secrets = ['privateKey' => PlantedSecrets::PANEL, 'certificate' => PlantedSecrets::PANEL];
        $this->setSsl(false, false, $secrets + $this->certificate(4001));

        $this->assertNoSecret(serialize($this->client()->redeploySsl()));
    }

    public function testNoWebhookKeyOfAWebApplicationIsKept(): void
    {
        $webApps = $this->simulator()->state()['webapps'];
        $webApps[0] = ['pullKey1' => PlantedSecrets::PANEL, 'pullKey2' => PlantedSecrets::PANEL] + $webApps[0];
        $this->simulator()->setState(['webapps' => $webApps]);

        $this->assertNoSecret(serialize($this->client()->webApp()));
    }

    public function testPhpinfoShowsNoSecret(): void
    {
        $result = Php::run(
            '$client = new RunCloud\Client(1, 1, "' . PlantedSecrets::TOKEN . '"); phpinfo(INFO_MODULES);
            echo json_encode(ini_get_all("runcloud"));',
            ['runcloud.proxy' => 'http://user:' . PlantedSecrets::PROXY_PASSWORD . '@127.0.0.1:3128']
        );

        self::assertStringContainsString('runcloud.proxy', $result->output);
        $module = substr($result->output, 0, (int) strrpos($result->output, '{"runcloud'));
        $this->assertNoSecret($module);
    }

    private function marked(): Client
    {
        return new Client(self::SERVER, self::WEB_APP, PlantedSecrets::TOKEN, PlantedSecrets::KEY, PlantedSecrets::SECRET);
    }

    private function assertNoSecret(string $shown): void
    {
        self::assertNotSame('', $shown);
        self::assertSame([], PlantedSecrets::in($shown), $shown);
    }
}
