<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;

final class ReadmeTest extends ExtensionTestCase
{
    public function testTheExamplesRunAsTheyStand(): void
    {
        preg_match_all('/^```php\n(.+?)^```/ms', file_get_contents(__DIR__ . '/../../README.md'), $blocks);
        self::assertCount(4, $blocks[1]);
        $token = "putenv('RUNCLOUD_TOKEN=test-token'); \$hosts = [];";
        $code = str_replace("API_TOKEN', '...'", "API_TOKEN', 'test-token'", implode("\n", $blocks[1]));

        $result = Php::run($token . $code);

        self::assertSame('', $result->errors);
        self::assertSame(0, $result->status);
        self::assertSame(['network.example', 'xn--mnchen-3ya.example'], $this->names());
    }
}
