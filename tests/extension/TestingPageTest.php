<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\TemporaryDirectory;

/**
 * docs/testing.md shows what happens.
 */
final class TestingPageTest extends ExtensionTestCase
{
    public function testTheStubOfTheClientPassesAsItStands(): void
    {
        [$shops, $test] = $this->blocks();
        $directory = new TemporaryDirectory();
        $file = $directory->write('ShopsTest.php', "<?php\n{$shops}{$test}");
        $modules = array_diff(['ctype', 'dom', 'mbstring', 'tokenizer', 'xml', 'xmlwriter'], Php::run(
            'echo json_encode(array_map("strtolower", get_loaded_extensions()));',
            extension: false
        )->json());

        $result = Php::run('', ['extension' => array_values($modules)], arguments: [$_SERVER['argv'][0], '--no-configuration', $file]);

        self::assertStringContainsString('OK (2 tests, 2 assertions)', $result->output . $result->errors);
    }

    public function testTheScriptPrintsWhatThePageShows(): void
    {
        $script = $this->blocks()[2];

        self::assertSame("shop.example has the id 3002, added\nrequests: 1\n", Php::run($script)->output);
        self::assertSame("shop.example has the id 3002, was there\nrequests: 2\n", Php::run($script)->output);

        $this->simulator()->reset();
        $this->simulator()->fault('processed_status', ['status' => 500, 'match' => ['method' => 'POST'], 'times' => 1]);
        self::assertSame("shop.example has the id 3002, was there\nrequests: 2\n", Php::run($script)->output);
        $this->assertRequests('POST /domains', 'GET /domains');

        $this->simulator()->fault('status', ['status' => 401, 'times' => 1]);
        self::assertStringStartsWith(
            'RunCloud\Exception\AuthenticationException: RunCloud refused the API token (HTTP 401).',
            Php::run($script)->output
        );
    }

    /** @return array{string, string, string} */
    private function blocks(): array
    {
        preg_match_all('/^```php\n(.+?)^```/ms', file_get_contents(__DIR__ . '/../../docs/testing.md'), $blocks);
        self::assertCount(3, $blocks[1]);

        return $blocks[1];
    }
}
