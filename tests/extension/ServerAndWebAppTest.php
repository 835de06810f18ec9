<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;

final class ServerAndWebAppTest extends ExtensionTestCase
{
    public function testTheServerIsRead(): void
    {
        $server = $this->client()->server();

        $this->assertRequests('GET /servers/1001');
        self::assertSame(self::SERVER, $server->id);
        self::assertSame('web-1', $server->name);
        self::assertSame('203.0.113.10', $server->ipAddress);
        self::assertIsBool($server->online);
    }

    public function testTheWebApplicationIsReadWithoutItsKeys(): void
    {
        $app = $this->client()->webApp();

        $this->assertRequests('GET /servers/1001/webapps/2001');
        self::assertSame(self::WEB_APP, $app->id);
        self::assertSame(self::SERVER, $app->serverId);
        self::assertSame('network', $app->name);
        self::assertSame('/home/runcloud/webapps/network', $app->rootPath);
        self::assertStringNotContainsStringIgnoringCase('pullKey', serialize($app));
    }
}
