<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;

final class PhpinfoTest extends ExtensionTestCase
{
    private function ri(array $ini = []): string
    {
        $result = Php::run('', $ini, arguments: ['--ri', 'runcloud']);
        self::assertSame(0, $result->status, $result->errors);

        return $result->output;
    }

    public function testItShowsTheVersion(): void
    {
        $version = (string) phpversion('runcloud');

        self::assertMatchesRegularExpression('/^\d+\.\d+\.\d+/', $version);
        self::assertMatchesRegularExpression('/version => ' . preg_quote($version, '/') . '$/im', $this->ri());
    }

    public function testItShowsTheTlsBackendTheRootsAndTheLibraries(): void
    {
        $shown = $this->ri();

        self::assertMatchesRegularExpression('/TLS.* => .*rustls/i', $shown);
        self::assertMatchesRegularExpression('/roots.* => .*system/i', $shown);
        foreach (['reqwest', 'hickory-proto', 'rustls', 'ext-php-rs'] as $library) {
            self::assertMatchesRegularExpression("/{$library}\\b.*\\d+\\.\\d+\\.\\d+/", $shown);
        }
    }

    public function testItShowsEverySettingWithItsValue(): void
    {
        $shown = $this->ri(['runcloud.timeout' => '12.5']);

        foreach (array_keys(ini_get_all('runcloud')) as $name) {
            self::assertMatchesRegularExpression('/^' . preg_quote($name, '/') . ' => /m', $shown);
        }
        self::assertStringContainsString('runcloud.timeout => 12.5 => 12.5', $shown);
        self::assertStringContainsString('runcloud.base_url => ' . ini_get('runcloud.base_url'), $shown);
    }

    public function testItShowsTheProxyWithoutItsPassword(): void
    {
        $shown = $this->ri(['runcloud.proxy' => 'http://user:marker-password@proxy.example:3128']);

        self::assertStringContainsString('proxy.example:3128', $shown);
        self::assertStringNotContainsString('marker-password', $shown);
    }

    public function testShowingItSendsNothing(): void
    {
        $this->ri();

        $this->assertNoRequest();
    }
}
