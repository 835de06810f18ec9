<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The ground that the other tests stand on.
 */
final class EnvironmentTest extends NetworkTestCase
{
    public function testTheNetworkIsARealMultisiteWithUltimateMultisiteAndTheExtension(): void
    {
        $facts = WordPress::run(
            'return [is_multisite(), is_subdomain_install(), WP_Ultimo()->is_loaded(), extension_loaded("runcloud"), PHP_SAPI];'
        );
        self::assertSame([true, true, true, true, 'fpm-fcgi'], $facts);
    }

    public function testEachKindOfProcessIsWhatItSays(): void
    {
        $code = 'return [PHP_SAPI, wp_doing_ajax(), wp_doing_cron(), is_admin()];';
        self::assertSame(['fpm-fcgi', false, false, false], WordPress::run($code, [], Kind::FrontEnd));
        self::assertSame(['fpm-fcgi', true, false, true], WordPress::run($code, [], Kind::Ajax));
        self::assertSame(['fpm-fcgi', false, true, false], WordPress::run($code, [], Kind::Cron));
        self::assertSame(['cli', false, false, false], WordPress::run($code, [], Kind::Cli));
    }

    public function testAProcessCanBeKilledBeforeAnyQuery(): void
    {
        $this->expectException(ProcessDied::class);
        WordPress::run('get_network_option(null, "not there"); return true;', [], Kind::Ajax, ['kill_before_query' => 1]);
    }

    public function testTheFrontPageIsServed(): void
    {
        [$status, $body] = WordPress::request('/');
        self::assertSame(200, $status);
        self::assertStringContainsString('The network', $body);
    }
}
