<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\PhpResult;
use RunCloud\Test\Support\TemporaryDirectory;

/**
 * scripts/check.php tells what works and the first thing that does not, reads only, and shows no secret.
 */
final class CheckTest extends ExtensionTestCase
{
    private const CHECK = __DIR__ . '/../../scripts/check.php';
    private const CONFIG = <<<'PHP'
        <?php
        // define('WU_RUNCLOUD_API_TOKEN', 'a comment');
        define( 'WU_RUNCLOUD_API_TOKEN', 'test-token' );
        \define("WU_RUNCLOUD_SERVER_ID", 1001);
        define('WU_RUNCLOUD_APP_ID', '2001'); // as text
        file_put_contents(__FILE__ . '.was-run', '');
        PHP;

    protected function tearDown(): void
    {
        parent::tearDown();
        foreach (['API_TOKEN', 'SERVER_ID', 'APP_ID'] as $name) {
            putenv("WU_RUNCLOUD_{$name}");
        }
    }

    public function testAnInstallationThatWorksIsToldStepByStep(): void
    {
        $result = $this->check(self::CONFIG);

        self::assertSame(0, $result->status, $result->output . $result->errors);
        self::assertSame(7, preg_match_all('/^ok    \w+ +\S/m', $result->output), $result->output);
        self::assertStringContainsString('All is well. Requests sent: 5', $result->output);
    }

    public function testNothingIsChangedAtThePanel(): void
    {
        $this->check(self::CONFIG);

        self::assertSame(['GET'], array_values(array_unique(array_column($this->simulator()->history(), 'method'))));
    }

    public function testTheFileIsReadAndNotRun(): void
    {
        $directory = new TemporaryDirectory();
        $this->check(self::CONFIG, $directory);

        self::assertFileDoesNotExist("{$directory->path}/wp-config.php.was-run");
    }

    public function testTheEnvironmentWillDo(): void
    {
        putenv('WU_RUNCLOUD_API_TOKEN=' . self::TOKEN);
        putenv('WU_RUNCLOUD_SERVER_ID=' . self::SERVER);
        putenv('WU_RUNCLOUD_APP_ID=' . self::WEB_APP);

        self::assertSame(0, $this->check(null)->status);
    }

    /** @dataProvider obstacles */
    public function testTheFirstObstacleIsNamedAndNoSecretIsShown(string $step, string $sentence, array $changes): void
    {
        $result = $this->check(strtr(self::CONFIG, $changes));

        self::assertSame(1, $result->status, $result->output);
        self::assertMatchesRegularExpression("/^FAIL  {$step} .*{$sentence}/m", $result->output);
        self::assertSame(1, substr_count($result->output, 'FAIL'));
        self::assertStringNotContainsString('MARKER', $result->output . $result->errors);
        self::assertSame('', $result->errors);
    }

    /** @return iterable<string, array{string, string, array<string, string>}> */
    public static function obstacles(): iterable
    {
        yield 'a wrong token' => ['ping', 'HTTP 401', ['test-token' => 'MARKER']];
        yield 'a wrong server' => ['server', 'server 1999', ['1001' => '1999']];
        yield 'a wrong web app' => ['webApp', 'web app 2999', ['2001' => '2999']];
        yield 'no id' => ['credentials', 'WU_RUNCLOUD_APP_ID', ["define('WU_RUNCLOUD_APP_ID', '2001');" => '']];
        yield 'a token as an id' => ['credentials', 'WU_RUNCLOUD_APP_ID', ['test-token' => 'MARKER', '2001' => 'MARKER-as-long-as-a-token-is']];
        yield 'an id that is computed' => [
            'credentials', 'WU_RUNCLOUD_SERVER_ID in .*, line 4, is not a plain text or number',
            ['1001' => "getenv('MARKER')"],
        ];
        yield 'a token that is put together' => ['credentials', 'WU_RUNCLOUD_API_TOKEN in', ["'test-token'" => "'MARKER' . 'x'"]];
        yield 'another file' => ['credentials', 'defines no WU_RUNCLOUD_ constants', ['WU_RUNCLOUD_' => 'MARKER_']];
        yield 'code that is cut' => ['credentials', 'WU_RUNCLOUD_API_TOKEN in', [", 'test-token' );" => '']];
    }

    public function testAFileThatIsNotThereIsNamed(): void
    {
        $result = Php::run('', arguments: [self::CHECK, '/nowhere/wp-config.php'], ini: self::tokenizer());

        self::assertSame(1, $result->status);
        self::assertStringContainsString('/nowhere/wp-config.php cannot be read', $result->output);
    }

    public function testAPhpWithoutTheExtensionIsNamed(): void
    {
        $result = Php::run('', extension: false, arguments: [self::CHECK]);

        self::assertSame(1, $result->status);
        self::assertStringContainsString(PHP_BINARY . ' does not load the extension runcloud', $result->output);
    }

    private function check(?string $config, TemporaryDirectory $directory = new TemporaryDirectory()): PhpResult
    {
        $file = $config === null ? [] : [$directory->write('wp-config.php', $config)];

        return Php::run('', self::tokenizer(), arguments: [self::CHECK, ...$file]);
    }

    /** @return array<string, list<string>> What loads it, where it is no part of PHP itself. */
    private static function tokenizer(): array
    {
        $builtIn = Php::run('exit(extension_loaded("tokenizer") ? 0 : 1);', extension: false)->status === 0;

        return $builtIn ? [] : ['extension' => ['tokenizer']];
    }
}
