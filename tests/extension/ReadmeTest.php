<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\SmallWorld;

final class ReadmeTest extends ExtensionTestCase
{
    public function testTheExamplesRunAsTheyStand(): void
    {
        preg_match_all('/^```php\n(.+?)^```/ms', file_get_contents(__DIR__ . '/../../README.md'), $blocks);
        self::assertCount(5, $blocks[1]);
        $token = "putenv('RUNCLOUD_TOKEN=test-token');";
        $code = str_replace("API_TOKEN', '...'", "API_TOKEN', 'test-token'", implode("\n", $blocks[1]));

        // What is looked at is a small world, and the server's address one in it.
        $world = new SmallWorld([
            'zones' => ['example.com' => ['servers' => ['127.0.1.1']]],
            'records' => ['shop.example.com A' => ['127.0.0.1'], '_domain-sync.shop.example.com TXT' => ['proof']],
        ]);
        $code = str_replace('203.0.113.7', '127.0.0.2', $code, $replaced);
        self::assertSame(1, $replaced);

        $result = Php::run($token . $code, ['runcloud.inspect_world' => $world->setting()]);

        self::assertSame('', $result->errors);
        self::assertSame(0, $result->status);
        self::assertStringContainsString('TLS   127.0.0.2 trusted', $result->output);
        self::assertStringContainsString("_domain-sync.shop.example.com: found proof\n", $result->output);
        self::assertStringContainsString("_domain-sync.b\u{fc}cher.example: none \n", $result->output);
        self::assertSame(['network.example', 'xn--mnchen-3ya.example'], $this->names());
    }
}
