<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\FastCgi;
use RunCloud\Test\Support\FpmTestCase;
use RunCloud\Test\Support\Php;

/**
 * However PHP-FPM loads the extension, every request of a worker sees whole classes and enums.
 */
final class LoadingTest extends FpmTestCase
{
    private const POOL = ['pm.max_children' => '1'];
    private const EXPECTED = [
        'same' => true,
        'from' => true,
        'cases' => '35',
        'json' => '"non-www"',
        'match' => 'alias',
        'mode' => 'Basic',
    ];

    /** @dataProvider opcache */
    public function testLoadedThroughPhpIni(array $opcache): void
    {
        $fpm = $this->start(['pm.max_children' => '1'], $opcache);

        $this->assertWholeInEveryRequest($fpm->client());
    }

    /** @dataProvider opcache */
    public function testLoadedForOnePool(array $opcache): void
    {
        $fpm = $this->startBare($opcache + $this->panel(), self::POOL + ['php_admin_value[extension]' => Php::extension()]);

        $this->assertWholeInEveryRequest($fpm->client());
    }

    /** @dataProvider opcache */
    public function testLoadedForOnePoolWhileAnotherIsServedFirst(array $opcache): void
    {
        $fpm = $this->startBare($opcache + $this->panel(), self::POOL + ['php_admin_value[extension]' => Php::extension()], self::POOL);
        $script = __DIR__ . '/support/many-classes.php';
        for ($i = 0; $i < 3; $i++) {
            self::assertSame('"without"', $fpm->client(pool: 'other')->run($script)->body);
            self::assertSame('"with"', $fpm->client()->run($script)->body);
            $this->assertWholeInEveryRequest($fpm->client(), "round{$i}");
        }
    }

    /** @dataProvider opcache */
    public function testLoadedByAFastCgiParameter(array $opcache): void
    {
        $fpm = $this->startBare($opcache + $this->panel(), self::POOL);

        $this->assertWholeInEveryRequest($fpm->client(), 'shop', ['PHP_ADMIN_VALUE' => 'extension=' . Php::extension()]);
    }

    /** PHP-FPM applies a pool's values from the last line to the first, and those of php_value before those of php_admin_value. */
    public function testValuesOfAPoolThatLoadsItStandAboveTheExtension(): void
    {
        $extension = ['php_admin_value[extension]' => Php::extension()];
        $value = ['php_admin_value[runcloud.timeout]' => '7'];
        $orders = ['7' => $value + $extension, '30' => $extension + $value];
        foreach ($orders as $expected => $lines) {
            $fpm = $this->startBare($this->panel(), self::POOL + $lines);
            $answer = $fpm->client()->run(__DIR__ . '/support/fpm-script.php', ['do' => 'ini']);
            self::assertSame((string) $expected, $answer->json()['result']['runcloud.timeout'] ?? $answer->body);
            $log = $fpm->stop();
            self::assertSame($expected === 30, str_contains($log, "Unable to set php_admin_value 'runcloud.timeout'"), $log);
        }
    }

    /** @dataProvider opcache */
    public function testWhatIgbinaryStoresIsWholeInEveryRequest(array $opcache): void
    {
        $fpm = $this->startBare($opcache + $this->panel() + ['extension' => ['igbinary', Php::extension()]], self::POOL);
        for ($i = 0; $i < 5; $i++) {
            $query = ['do' => 'stored', 'domain' => "shop{$i}.example"];
            $answer = $fpm->client()->run(__DIR__ . '/support/fpm-script.php', $query);
            self::assertSame(['same' => true, 'mode' => true], $answer->json()['result'] ?? $answer->body, "request {$i}");
        }
    }

    /** @dataProvider opcache */
    public function testAClassThatIsSwitchedOffIsToldInASentence(array $opcache): void
    {
        foreach (['RunCloud\\Client', 'RunCloud\\Exception\\ConfigurationException,RunCloud\\Client'] as $classes) {
            $fpm = $this->startBare(
                $opcache + $this->panel() + ['extension' => Php::extension()],
                self::POOL + ['php_admin_value[disable_classes]' => $classes]
            );
            for ($i = 0; $i < 3; $i++) {
                $query = ['do' => 'disabled', 'domain' => "shop{$i}.example"];
                $answer = $fpm->client()->run(__DIR__ . '/support/fpm-script.php', $query);
                self::assertMatchesRegularExpression('/disable_classes|disabled/', $answer->json()['result'] ?? $answer->body);
            }
            $fpm->stop();
        }
    }

    /** @return iterable<string, array{array<string, string>}> */
    public static function opcache(): iterable
    {
        yield 'without OPcache' => [['opcache.enable' => '0']];
        yield 'with OPcache' => [['zend_extension' => 'opcache', 'opcache.enable' => '1', 'opcache.jit' => 'disable']];
        yield 'with OPcache and JIT' => [
            ['zend_extension' => 'opcache', 'opcache.enable' => '1', 'opcache.jit' => 'tracing', 'opcache.jit_buffer_size' => '16M'],
        ];
    }

    /** @param array<string, string> $parameters */
    private function assertWholeInEveryRequest(FastCgi $pool, string $name = 'shop', array $parameters = []): void
    {
        for ($i = 0; $i < 5; $i++) {
            $query = ['do' => 'enums', 'domain' => "{$name}{$i}.example"];
            $answer = $pool->start(__DIR__ . '/support/fpm-script.php', $query, $parameters)->wait();
            self::assertSame(self::EXPECTED, $answer->json()['result'] ?? $answer->body, "request {$i}");
        }
    }
}
